/* sla - promises of time: which were made, when they began, when they were kept.
 *
 * A replay is fed a ticket's steps (desk/ticket.h) and says which clocks ran; it needs
 * no policy.  What was promised (policy, calendar, target) is frozen in a clock when it
 * is first reckoned and never changes; when it started, is due and stopped follow the
 * steps, so that a message which comes in late, from another export, still counts.
 *
 * The rules, by the definitions of csr-routing(5):
 *   first response   from the first customer message to the first public answer by a
 *                    person; automatic messages and notes count for nothing
 *   next response    after that, from the oldest unanswered customer message to the
 *                    answer; further messages before it do not move it
 *   resolution       from the opening, or a reopening, to the resolution
 * A resolution stops all.  A message to a resolved ticket that did not reopen it
 * ("thanks!") starts none.
 */
#ifndef CSR_SLA_H
#define CSR_SLA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/policy.h"
#include "desk/ticket.h"

#define SLA_RUNNING INT64_MAX		/* stopped_at of a clock that still runs */

/* A clock: one row of the table. Texts are borrowed from who made it. */
struct clock {
	enum clock_kind kind;
	int64_t cycle;			/* 1, 2, ... of this kind on this ticket */
	int64_t started_at, stopped_at;
	const char *policy;		/* name of the sla; NULL while nothing is promised */
	const char *calendar;
	int64_t target_ms, due_at;
	bool is_new, changed;		/* to be inserted, to be updated */
};

struct clocks {
	struct clock *v;
	size_t n, cap;
};
#define CLOCKS_INIT { NULL, 0, 0 }

/* One more clock, zeroed; borrowed until the next one is added. */
struct clock *clocks_add(struct clocks *c);
void clocks_clear(struct clocks *c);
void clocks_release(struct clocks *c);

/* A replay on its way; OUT gets the clocks in order of starting, with kind, cycle,
 * started_at and stopped_at set.  Feed all steps of a ticket in their order. */
struct sla_replay {
	struct clocks *out;
	ptrdiff_t waiting, resolution;	/* what runs, by place in OUT; -1: nothing */
	int64_t nexts, cycle;
	bool answered, resolved, merged;
};
void sla_begin(struct sla_replay *r, struct clocks *out);
void sla_step(struct sla_replay *r, const struct step *step);

/* The same from a ticket's summary, if that is enough to tell: no status was ever set,
 * and it has one question at most before the first answer and none after.  Looks at
 * opened_at, cycle, event_at, messages_in, messages_out, first_in_at, first_response_at.
 * False: replay the steps. */
bool sla_of_summary(const struct ticket_sum *s, struct clocks *out);

/* Brings CLOCKS, as stored, to what the replay RAN found: marks what changed, adds what
 * S promises for clocks not seen before (S NULL: nothing new).  Calendars of stored
 * clocks are found by FIND when a due time must be reckoned anew.  -1 with 78 if one is
 * not there any more. */
int sla_reckon(struct clocks *clocks, const struct clocks *ran, const struct sla *s,
    cal_find_fn *find, struct err *e);

/* The clock of KIND that is running, NULL if none is. */
const struct clock *clocks_running(const struct clocks *c, enum clock_kind kind);

#endif
