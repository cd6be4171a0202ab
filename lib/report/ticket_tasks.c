/* ticket_tasks - what is to be done on tickets, by whom, by when */
#include <string.h>

#include "report/ticket_tasks.h"

#define TASK_COLUMNS "id, ticket, round, created_at, due_at, done_at, checklist, step, " \
	"title, queue, reason, actor, state, waits FROM task "
DB_SQL(TASKS_OF_TICKET, "SELECT " TASK_COLUMNS "WHERE ticket = :ticket ORDER BY id");
DB_SQL(TASKS_OPEN, "SELECT " TASK_COLUMNS "WHERE state < 3 ORDER BY due_at NULLS LAST, id");
DB_SQL(TASKS_ALL, "SELECT " TASK_COLUMNS "ORDER BY id");

static void
read_line(struct stmt *s, struct task_line *t)
{
	const char **const texts[] = { &t->checklist, &t->step, &t->title, &t->queue, &t->reason,
		&t->actor };
	size_t i;

	t->id = stmt_col_int(s, 0);
	t->ticket = stmt_col_int(s, 1);
	t->round = stmt_col_int(s, 2);
	t->created_at = stmt_col_int(s, 3);
	t->due_at = stmt_col_int(s, 4);
	t->done_at = stmt_col_int(s, 5);
	for (i = 0; i < 6; i++)
		*texts[i] = stmt_col_text(s, (int)i + 6);
	t->state = (enum task_state)stmt_col_int(s, 12);
	t->waits = stmt_col_int(s, 13) != 0;
}

int
task_each(struct db *db, int64_t ticket, const char *queue, bool all,
    int (*fn)(void *ctx, const struct task_line *t, struct err *e), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, ticket != 0 ? &TASKS_OF_TICKET : all ? &TASKS_ALL :
	    &TASKS_OPEN, e);
	struct task_line t;
	int got;

	if (s == NULL)
		return -1;
	if (ticket != 0)
		stmt_int(s, ":ticket", ticket);
	while ((got = stmt_step(s, e)) > 0) {
		read_line(s, &t);
		if ((!all && t.state >= TASK_DONE) ||
		    (queue != NULL && (t.queue == NULL || strcmp(queue, t.queue) != 0)))
			continue;
		if (fn(ctx, &t, e) < 0) {
			stmt_reset(s);
			return -1;
		}
	}
	return got;
}
