/* route - decides about tickets of the database and writes it down.
 *
 * The decision is desk/route.h's; here its facts are gathered and its result is stored:
 * the columns queue, agent, priority and routed_at of ticket, an event ticket.routed
 * when they change, and the ticket's clocks.  All of one ticket happens in the
 * transaction in which it was read, so two at once do it once.
 */
#ifndef CSR_STORE_ROUTE_H
#define CSR_STORE_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "desk/route.h"
#include "desk/sla.h"
#include "desk/ticket.h"
#include "store/db.h"
#include "store/names.h"

struct router {
	struct db *db;
	struct crew crew;
	struct names names;
	int64_t now;
	int64_t seen;			/* the last event the loads know of */
	uint64_t epoch;
	struct map given;		/* rehearsals: ticket -> agent->no, as if stored */
	struct arena memory;		/* of the ticket being routed */
	struct buf data;		/* of its event */
	struct clocks clocks;
};

/* What was decided about one ticket; borrowed until the next. */
struct routed {
	struct route_ticket ticket;
	const char *subject;		/* NULL: none */
	struct ticket_sum sum;		/* what sla_of_summary() asks for, no more */
	int64_t opened_at;
	int64_t since_at;		/* waiting since, else opened: who comes first */
	const char *queue, *agent;	/* as stored before; NULL: not */
	int64_t agent_id, priority, routed_at;	/* likewise; 0: not */
	int64_t customer, follows;
	struct route route;
	const char *owner;		/* the agent it now has; NULL: nobody */
	const struct clocks *clocks;
	bool changed;			/* something was, or would have been, written */
};

/* Borrows all; P and R belong together from here on. */
void router_init(struct router *r, struct db *db, const struct policy *p,
    const struct roster *roster);
void router_release(struct router *r);
/* At the start of each transaction (also of a reading one): who is there at NOW, and who
 * has what, if anybody else changed that.  And at its end, before the commit. */
int router_begin(struct router *r, int64_t now, struct err *e);
int router_end(struct router *r, struct err *e);
/* Decides about ticket ID; SAID (may be NULL) fills in labels the database has not.
 * Writes it if STORE, else remembers who was given it. 65 if there is no such ticket. */
int router_ticket(struct router *r, int64_t id, const struct labels *said, bool store,
    struct routed *out, struct err *e);

/* Tickets that wait: the open ones, and those to which something happened since all was
 * done; by priority, then who has waited longest. */
enum { ROUTE_MARKS = 2 };
struct route_job {
	int64_t id, since_at;
	int priority;
};
struct route_work {
	struct route_job *jobs;		/* yours to free */
	size_t n;
	int64_t mark[ROUTE_MARKS];	/* the last message and event the list knows of */
	int64_t before[ROUTE_MARKS];	/* and those of the last time */
	bool news;			/* something happened in between */
};
/* Outside any transaction. */
int router_pending(struct router *r, int64_t now, struct route_work *w, struct err *e);
/* All of W is done: the marks move. Within a transaction. */
int router_done(struct router *r, const struct route_work *w, struct err *e);

#endif
