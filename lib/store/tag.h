/* tag - the signed ticket number in a mail's subject: [CSR#42.1f3a...].
 *
 * A reply that carries it belongs to that ticket though its references were lost; since
 * it is signed, a stranger cannot write himself into somebody's ticket.  The signature is
 * the first 8 bytes of HMAC-SHA-256 over the number, by a key of this database alone.
 */
#ifndef CSR_TAG_H
#define CSR_TAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

enum { TAG_SIZE = 48 };

/* "[CSR#42.1f3a5b7c9d0e2f46]"; makes the key at first use: within a write transaction. */
int tag_make(struct db *db, int64_t ticket, char out[TAG_SIZE], struct err *e);
/* Whether SIGN is TICKET's signature, compared in constant time. */
int tag_check(struct db *db, int64_t ticket, const char *sign, bool *ok, struct err *e);

#endif
