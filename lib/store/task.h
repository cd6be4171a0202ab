/* task - pieces of work on tickets: alone, or as the steps of a checklist.
 *
 * Owns the table task.  Within the transactions of store/act.h.  A ticket waits (pending)
 * while a task it waits for is open, and goes on (open) when the last such one ends.
 */
#ifndef CSR_TASK_H
#define CSR_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/checklist.h"
#include "store/act.h"

struct task_new {
	const char *title, *queue;	/* queue NULL: the owner's of the ticket */
	const struct cal *cal;		/* of within_ms; NULL: it has no time */
	int64_t within_ms;
	bool waits;
};
int task_add(struct acting *a, int64_t ticket, const struct task_new *n, struct acted *out,
    struct err *e);
/* Begins checklist NAME on TICKET, again if all its steps have ended.  65 if REASON (NULL:
 * none) is not among its reasons; out->is_new is false if it is under way. */
int task_begin(struct acting *a, int64_t ticket, const char *name, const struct checklist *c,
    const char *reason, struct acted *out, struct err *e);
/* Ends a task; FIND gives the checklist of a name (78 if it is gone): what comes after it
 * begins.  65 if there is no such task. */
int task_end(struct acting *a, int64_t task, enum task_state how, const char *reason,
    const struct checklist *(*find)(const char *name, struct err *e), struct acted *out,
    struct err *e);

#endif
