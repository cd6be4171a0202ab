/* ticket_tasks - what is to be done on tickets, by whom, by when.  Reads only. */
#ifndef CSR_TICKET_TASKS_H
#define CSR_TICKET_TASKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/checklist.h"
#include "store/db.h"

/* One task as it is listed; texts are borrowed during the call. */
struct task_line {
	int64_t id, ticket, round, created_at, due_at, done_at;	/* 0: none */
	const char *checklist, *step, *title, *queue, *reason, *actor;
	enum task_state state;
	bool waits;
};
/* Calls FN with the tasks of TICKET (0: of all), only open ones unless ALL, of QUEUE (NULL:
 * all), in order of their time.  FN returns -1 to stop. */
int task_each(struct db *db, int64_t ticket, const char *queue, bool all,
    int (*fn)(void *ctx, const struct task_line *t, struct err *e), void *ctx, struct err *e);

#endif
