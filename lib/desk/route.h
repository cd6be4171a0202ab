/* route - the decision: how urgent, which queue, whose.
 *
 * A pure function of the ticket, the policy, the roster, what everybody has on the table
 * and the time.  Priority is the sum of the policy's points; the queue is the first
 * whose condition holds.  The agent is, in this order:
 *   1. the owner, unless absent, unfit for the queue, or off shift on a priority 1;
 *   2. the absent owner's backup;
 *   3. who served the customer before;
 *   4. of all who could take it, who has least on the table, then who was given nothing
 *      for longest, then by a hash of ticket and agent (so that ties are spread).
 * For 2 to 4 one must have the queue's skills and group, the channel and the language,
 * be on shift, not absent and below capacity.  If there is nobody the owner keeps it
 * after all, unless absent; else the ticket stays in the queue.  `why` says what kept
 * everyone from it.
 */
#ifndef CSR_ROUTE_H
#define CSR_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "desk/crew.h"

enum { ROUTE_WHY_MAX = 32 };

struct route_ticket {
	int64_t id;
	struct labels labels;	/* without queue and priority */
	bool open;		/* not resolved */
	int64_t waiting_ms;	/* clock time the customer has waited for an answer, 0: not */
	const char *owner;	/* code of who has it, or who has answered it; NULL: nobody */
	const char *known;	/* code of who served the customer before; NULL: nobody */
};

struct route {
	int priority;		/* 1 highest .. 4 */
	const struct queue *queue;
	const struct agent *agent;	/* NULL: waits in the queue, or resolved */
	const struct sla *sla;	/* the promises that hold; NULL: none */
	const char *why[ROUTE_WHY_MAX];	/* in the arena given */
	size_t n_why;
	const enum pass *passed;	/* by agent->no, when everybody was looked at; else NULL */
};

/* The priority alone, 1 to 4. */
int route_priority(const struct policy *p, const struct route_ticket *t);
/* Texts go into A.  Takes nobody's place: the caller then says crew_move(). */
void route_decide(const struct crew *c, const struct route_ticket *t, struct arena *a,
    struct route *out);

#endif
