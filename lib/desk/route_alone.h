/* route_alone - routing a stream of messages without a database.
 *
 * Each conversation is a ticket that is never resolved; everybody's table is empty at
 * first.  Memory is bounded by what the agents can take: a ticket nobody got is forgotten.
 */
#ifndef CSR_ROUTE_ALONE_H
#define CSR_ROUTE_ALONE_H

#include <stdbool.h>

#include "base/map.h"
#include "desk/route_rec.h"

struct route_alone {
	struct crew crew;
	const struct zone *zone;
	struct map owners;	/* ticket -> agent->no */
	struct arena memory;
	struct clocks clocks;
};

/* Borrows all three. */
void alone_init(struct route_alone *a, const struct policy *p, const struct roster *r,
    const struct zone *z);
void alone_release(struct route_alone *a);
/* Adds "route" to R as it is at NOW. 1; 0: not a customer's message; -1 with 65. */
int alone_route(struct route_alone *a, struct rec *r, int64_t now, bool explain,
    struct err *e);

#endif
