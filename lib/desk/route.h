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
 * be on shift, not absent and below capacity.  If there is nobody the ticket stays in
 * the queue and `why` says what kept everyone from it.
 */
#ifndef CSR_ROUTE_H
#define CSR_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "desk/policy.h"
#include "desk/roster.h"

enum { ROUTE_WHY_MAX = 32 };

/* Why an agent was passed over. */
enum pass {
	PASS_NOT, PASS_SKILL, PASS_GROUP, PASS_CHANNEL, PASS_LANGUAGE, PASS_ABSENT,
	PASS_OFF_SHIFT, PASS_FULL, PASS_N
};
const char *pass_text(enum pass p);

/* Who has what on the table; the one thing here that changes from ticket to ticket. */
struct seat {
	int64_t open;		/* tickets owned that are not resolved */
	int64_t given_at;	/* when last given one, INT64_MIN: never heard of */
	uint64_t hash;		/* of the code */
	bool absent, on_shift;	/* at the time of crew_at() */
};

struct crew {
	const struct policy *policy;
	const struct roster *roster;
	struct seat *seats;	/* by agent->no */
	unsigned char *fit;	/* enum pass by queue and agent: skills and groups */
	int64_t at;
};

/* Everybody with an empty table. Borrows both. */
void crew_init(struct crew *c, const struct policy *p, const struct roster *r);
void crew_release(struct crew *c);
/* Sets the time: who is there. */
void crew_at(struct crew *c, int64_t now);
/* Empties all tables, to be filled by crew_load(). */
void crew_clear(struct crew *c);
void crew_load(struct crew *c, const struct agent *a, int64_t open, int64_t given_at);
/* A ticket goes from one to another; either may be NULL. */
void crew_move(struct crew *c, const struct agent *from, const struct agent *to);

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

/* Texts go into A.  Takes nobody's place: the caller then says crew_move(). */
void route_decide(const struct crew *c, const struct route_ticket *t, struct arena *a,
    struct route *out);

#endif
