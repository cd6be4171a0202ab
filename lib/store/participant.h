/* participant - customers who wrote on tickets of others.
 *
 * Owns the table participant, a summary of message: with it all that a person wrote is
 * found without reading what everybody wrote.
 */
#ifndef CSR_PARTICIPANT_H
#define CSR_PARTICIPANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

int participant_add(struct db *db, int64_t customer, int64_t ticket, struct err *e);
/* Calls FN where the table is not what the messages say; adds what is missing and drops
 * what is too much if FIX. */
int participants_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t customer, int64_t ticket, bool missing), void *ctx,
    struct err *e);

#endif
