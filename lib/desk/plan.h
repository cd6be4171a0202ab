/* plan - what is to be sent after a resolution, after an answer, or as a clock runs.
 *
 * The store says what is so, this module says what follows from it by the plan; all
 * answers are functions of the arguments.
 */
#ifndef CSR_PLAN_H
#define CSR_PLAN_H

#include "desk/planfile.h"

/* The first case that fits, or NULL. */
const struct plan_case *plan_match(const struct plan *p, const struct plan_facts *f);

/* When step STEP (1, 2, ...) of C is due for what happened at FROM; local times are
 * those of Z.  CAL_NEVER when the case has no such step, or its calendar never opens. */
int64_t plan_step_at(const struct plan *p, const struct plan_case *c, size_t step,
    int64_t from, const struct zone *z);

/* No first step of P counts longer than this (a calendar that is hardly ever open aside). */
int64_t plan_reach_ms(const struct plan *p);

/* A clock, as far as its notices depend on it. */
struct plan_clock {
	const struct cal *cal;
	int64_t started_at, due_at, target_ms;
};
/* The step of C for LEVEL, or for the lowest level above it; NULL when there is none. */
const struct plan_step *plan_level(const struct plan_case *c, int level);
int64_t plan_level_at(const struct plan_step *s, const struct plan_clock *k);

/* Who ROLE is in QUEUE (may be NULL); NULL when the plan names nobody.  "owner" and
 * "queue" are not people of the plan. */
const char *plan_person(const struct plan *p, const char *role, const char *queue);

/* A ticket, as far as a follow-up depends on it. */
struct plan_state {
	int64_t from_at;	/* what the follow-up counts from */
	int64_t cycle;		/* the follow-up's */
	int64_t ticket_cycle;	/* the ticket's now */
	int64_t resolved_at;	/* 0: open */
	int64_t last_in_at;	/* 0: never */
	bool merged;
	bool human;		/* a person wrote to us on it */
	bool known;		/* there is a customer */
	bool spam;
};
/* Why the follow-up must not go out, a word for followup.skipped: merged, reopened,
 * resolved, replied, no_customer, spam, automatic.  NULL: it may. */
const char *plan_refusal(const struct plan *p, const struct plan_state *s);

#endif
