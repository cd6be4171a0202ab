/* delivery - what became of each try to send.  Owns the table delivery.
 */
#ifndef CSR_DELIVERY_H
#define CSR_DELIVERY_H

#include <stdint.h>

#include "base/err.h"
#include "desk/gate.h"
#include "store/db.h"

struct delivery {
	int64_t outbox, attempt, at, code;	/* code 0: none */
	const char *transport;			/* NULL: none was asked */
	enum delivery_result result;
	const char *detail;
};
int delivery_add(struct db *db, const struct delivery *d, struct err *e);
#endif
