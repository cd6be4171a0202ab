/* holdings - the ids of all rows that hold something about one person.
 *
 * Reads only.  A message is theirs if a customer of the group wrote it, on any ticket, or we
 * did on their ticket; what other people wrote on it is not.
 */
#ifndef CSR_HOLDINGS_H
#define CSR_HOLDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "store/db.h"

enum holding {
	HOLD_CUSTOMER, HOLD_IDENTITY, HOLD_TICKET, HOLD_MESSAGE, HOLD_ORDER, HOLD_EVENT,
	HOLD_OUTBOX, HOLD_RESPONSE,
	HOLD_THREAD,		/* any that their tickets and messages are in */
	HOLD_OWN_THREAD,	/* one to one: nobody else's */
	HOLD_ACCOUNT, HOLD_AGENT, HOLD_SOURCE,	/* that these rows refer to */
	HOLDINGS
};

struct holdings {
	struct held {
		int64_t *v;	/* ascending */
		size_t n, cap;
	} of[HOLDINGS];
};

/* Release it in any case. */
int holdings_load(struct holdings *h, struct db *db, int64_t root, struct err *e);
bool holdings_have(const struct holdings *h, enum holding kind, int64_t id);
void holdings_release(struct holdings *h);

#endif
