/* check - does the database hold what csr promises of it?
 *
 * Integrity and foreign keys as the engine sees them, summaries against the facts they
 * come from, and rows that contradict each other.  Reads only, unless FIX: then roots,
 * ticket summaries and traffic are computed anew.
 */
#ifndef CSR_CHECK_H
#define CSR_CHECK_H

#include <stdbool.h>

#include "base/err.h"
#include "store/db.h"

/* Calls FN with one line a difference. 0, or -1 when the check itself could not run. */
int check_all(struct db *db, bool fix, void (*fn)(void *ctx, const char *line), void *ctx,
    struct err *e);

#endif
