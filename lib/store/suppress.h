/* suppress - addresses nothing is sent to any more.  Owns the table suppressed.
 */
#ifndef CSR_SUPPRESS_H
#define CSR_SUPPRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* Within a write transaction; the first reason stays. *added may be NULL. */
int suppress_add(struct db *db, const char *channel, const char *address, const char *reason,
    const char *actor, int64_t at, bool *added, struct err *e);
/* 1 if it was there, 0, -1. */
int suppress_remove(struct db *db, const char *channel, const char *address, struct err *e);
/* By hand, in a transaction of its own. */
int suppress_set(struct db *db, const char *channel, const char *address, bool on,
    const char *actor, int64_t at, struct err *e);
int suppress_is(struct db *db, const char *channel, const char *address, bool *is,
    struct err *e);
/* What a bounce says (the JSON object extra of an automatic mail): recipients that are gone
 * for good are suppressed for mail.  EXTRA may say nothing of the kind. */
int suppress_bounce(struct db *db, const char *extra, int64_t at, struct err *e);

#endif
