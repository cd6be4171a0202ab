/* checklist - the steps of a return, a refund, a change, as read from checklists/NAME.conf.
 *
 *	[checklist]
 *	title = 退款 Refund
 *	calendar = cn-office
 *	reasons = change_of_mind, cancelled_by_carrier
 *	[step verify]
 *	title = 核对订单和付款 Check order and payment
 *	queue = payment
 *	within = 4h
 *	[step refund]
 *	title = 原路退款 Refund the way it was paid
 *	after = verify
 *	within = 2d
 *	waits = yes
 *
 * Pure.  A step begins when the steps it comes after are done or skipped; its time is
 * working time of the calendar.  The format is documented in csr-checklists(5).
 */
#ifndef CSR_CHECKLIST_H
#define CSR_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/policy.h"

/* Where a task stands; as in the database. */
enum task_state { TASK_LATER = 1, TASK_OPEN, TASK_DONE, TASK_FAILED, TASK_SKIPPED };
/* "later" "open" "done" "failed" "skipped". */
const char *task_state_name(enum task_state s);

enum { CHECKLIST_STEPS = 32, CHECKLIST_REASONS = 64, CHECKLIST_AFTER = 8 };

struct checklist_step {
	const char *name, *title;
	const char *queue;	/* whose work; NULL: the owner's of the ticket */
	size_t after[CHECKLIST_AFTER], n_after;	/* steps before it, by number */
	int64_t within_ms;	/* 0: whenever */
	bool waits;		/* the ticket waits for it */
};

struct checklist {
	const char *title;
	const struct cal *calendar;	/* NULL if no step has a time */
	const char *reasons[CHECKLIST_REASONS];	/* why one is begun; none: any */
	size_t n_reasons;
	struct checklist_step steps[CHECKLIST_STEPS];
	size_t n;
	struct arena arena;
};

/* Reads TEXT (changed by reading).  -1 with 78 and "file:line: ..."; release it only after
 * 0. */
int checklist_parse(struct checklist *c, const char *source, char *text, cal_find_fn *find,
    struct err *e);
void checklist_release(struct checklist *c);
/* The number of step NAME, -1 if there is none. */
int checklist_step(const struct checklist *c, const char *name);
bool checklist_has_reason(const struct checklist *c, const char *reason);

#endif
