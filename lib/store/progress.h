/* progress - how far a program that goes through a growing table has come.
 *
 * Owns the table progress.  What is remembered is an id, never a time: a clock that is
 * set back or forward, or a row that tells of the past, changes nothing.
 */
#ifndef CSR_PROGRESS_H
#define CSR_PROGRESS_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* The last id dealt with, and the rules (a hash) by which; 1, or 0 and 0 if none, -1. */
int progress_get(struct db *db, const char *name, int64_t *id, uint64_t *rules,
    struct err *e);
int progress_set(struct db *db, const char *name, int64_t id, uint64_t rules,
    struct err *e);

#endif
