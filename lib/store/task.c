/* task - pieces of work on tickets: alone, or as the steps of a checklist */
#include <stdio.h>
#include <string.h>

#include "store/event.h"
#include "store/names.h"
#include "store/task.h"
#include "time/calendar.h"

DB_SQL(TASK_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM task");
DB_SQL(TASK_ADD, "INSERT INTO task (id, ticket, checklist, step, round, title, queue, state, "
    "waits, calendar, target_ms, created_at, started_at, due_at, actor) VALUES (:id, :ticket, "
    ":checklist, :step, :round, :title, :queue, :state, :waits, :calendar, :target_ms, "
    ":created_at, :started_at, :due_at, :actor)");
DB_SQL(TASK_ROUND, "SELECT coalesce(max(round), 0), "
    "sum(CASE WHEN state < 3 THEN 1 ELSE 0 END) FROM task "
    "WHERE ticket = :ticket AND checklist = :checklist");
DB_SQL(TASK_GET, "SELECT ticket, checklist, step, round, state, title FROM task "
    "WHERE id = :id");
DB_SQL(TASK_STEP, "SELECT id, state FROM task WHERE ticket = :ticket "
    "AND checklist = :checklist AND round = :round AND step = :step");
DB_SQL(TASK_END, "UPDATE task SET state = :state, reason = :reason, done_at = :at "
    "WHERE id = :id");
DB_SQL(TASK_OPEN_IT, "UPDATE task SET state = 2, started_at = :at, due_at = :due_at "
    "WHERE id = :id");
DB_SQL(TASK_WAITED, "SELECT count(*) FROM task WHERE ticket = :ticket AND waits = 1 "
    "AND state = 2");

/* A row about to be written. */
struct row {
	int64_t id, ticket, round;
	const char *checklist, *step;
	bool open;
};

static int64_t
due(const struct task_new *n, int64_t from)
{
	int64_t at = n->cal != NULL && n->within_ms > 0 ?
	    cal_add(n->cal, from, n->within_ms) : CAL_NEVER;

	return at == CAL_NEVER ? 0 : at;
}

static int
insert(struct acting *a, struct row *r, const struct task_new *n, struct err *e)
{
	struct stmt *s;

	if (names_next(a->db, &TASK_NEXT, &r->id, e) < 0 ||
	    (s = db_stmt(a->db, &TASK_ADD, e)) == NULL)
		return -1;
	stmt_int(s, ":id", r->id);
	stmt_int(s, ":ticket", r->ticket);
	stmt_text(s, ":checklist", r->checklist);
	stmt_text(s, ":step", r->step);
	stmt_int(s, ":round", r->round);
	stmt_text(s, ":title", n->title);
	stmt_text(s, ":queue", n->queue);
	stmt_int(s, ":state", r->open ? TASK_OPEN : TASK_LATER);
	stmt_int(s, ":waits", n->waits);
	stmt_text(s, ":calendar", n->within_ms > 0 && n->cal != NULL ? cal_name(n->cal) : NULL);
	stmt_id(s, ":target_ms", n->within_ms);
	stmt_int(s, ":created_at", a->now);
	stmt_id(s, ":started_at", r->open ? a->now : 0);
	stmt_id(s, ":due_at", r->open ? due(n, a->now) : 0);
	stmt_text(s, ":actor", a->actor);
	return stmt_run(s, e);
}

static int
tell(struct acting *a, int64_t ticket, int64_t task, const char *name, const char *value,
    struct err *e)
{
	char number[24];
	struct event ev = { .name = name, .at = a->now, .ticket = ticket, .subject = number,
		.value = value, .actor = a->actor };

	snprintf(number, sizeof(number), "%lld", (long long)task);
	return event_add(a->db, &ev, NULL, e);
}

/* The ticket's status follows what it waits for. */
static int
settle(struct acting *a, int64_t ticket, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &TASK_WAITED, e);
	struct ticket *k = NULL;
	struct acted ignored;
	int64_t n = 0;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	if (stmt_one(s, &n, e) < 0 || tickets_get(&a->in.tickets, ticket, &k, e) < 0)
		return -1;
	if (k == NULL || k->sum.status != (n > 0 ? TICKET_OPEN : TICKET_PENDING))
		return 0;
	return act_status(a, ticket, n > 0 ? TICKET_PENDING : TICKET_OPEN, NULL, NULL, &ignored,
	    e);
}

int
task_add(struct acting *a, int64_t ticket, const struct task_new *n, struct acted *out,
    struct err *e)
{
	struct row r = { .round = 1, .open = true };

	if (act_find(a, &ticket, e) < 0)
		return -1;
	r.ticket = ticket;
	if (insert(a, &r, n, e) < 0 || tell(a, ticket, r.id, "task.added", n->title, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = ticket, .task = r.id, .is_new = true };
	return n->waits ? settle(a, ticket, e) : 0;
}

static int
round_of(struct acting *a, int64_t ticket, const char *name, int64_t *round, int64_t *open,
    struct err *e)
{
	struct stmt *s = db_stmt(a->db, &TASK_ROUND, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	stmt_text(s, ":checklist", name);
	if (stmt_step(s, e) < 0)
		return -1;
	*round = stmt_col_int(s, 0);
	*open = stmt_col_int(s, 1);
	stmt_reset(s);
	return 0;
}

static struct task_new
new_step(const struct checklist *c, const struct checklist_step *s)
{
	return (struct task_new){ s->title, s->queue, c->calendar, s->within_ms, s->waits };
}

int
task_begin(struct acting *a, int64_t ticket, const char *name, const struct checklist *c,
    const char *reason, struct acted *out, struct err *e)
{
	int64_t round, open;
	bool waits = false;
	size_t i;

	if (act_find(a, &ticket, e) < 0 || round_of(a, ticket, name, &round, &open, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = ticket };
	if (open > 0)
		return 0;
	if (c->n_reasons > 0 && (reason == NULL || !checklist_has_reason(c, reason)))
		return err_set(e, ERR_DATA, "\"%s\" is no reason of checklist %s",
		    reason != NULL ? reason : "", name);
	for (i = 0; i < c->n; i++) {
		struct task_new n = new_step(c, &c->steps[i]);
		struct row r = { .ticket = ticket, .round = round + 1, .checklist = name,
			.step = c->steps[i].name, .open = c->steps[i].n_after == 0 };

		waits = waits || (n.waits && r.open);
		if (insert(a, &r, &n, e) < 0)
			return -1;
		out->task = out->task != 0 ? out->task : r.id;
	}
	out->is_new = true;
	if (tell(a, ticket, out->task, "checklist.begun", reason != NULL ? reason : name, e) < 0)
		return -1;
	return waits ? settle(a, ticket, e) : 0;
}

/* A task as far as its end needs to know; texts in a->scratch. */
struct ending {
	int64_t id, ticket, round;
	const char *checklist, *step, *title;
	enum task_state state;
};

static int
get(struct acting *a, struct ending *t, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &TASK_GET, e);
	int got;

	if (s == NULL)
		return -1;
	arena_clear(&a->scratch);
	stmt_int(s, ":id", t->id);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	if (got == 0)
		return err_set(e, ERR_DATA, "no task %lld", (long long)t->id);
	t->ticket = stmt_col_int(s, 0);
	t->checklist = arena_str(&a->scratch, stmt_col_text(s, 1));
	t->step = arena_str(&a->scratch, stmt_col_text(s, 2));
	t->round = stmt_col_int(s, 3);
	t->state = (enum task_state)stmt_col_int(s, 4);
	t->title = arena_str(&a->scratch, stmt_col_text(s, 5));
	stmt_reset(s);
	return 0;
}

/* The row and state of a step of the same round; *id 0 if it has none. */
static int
step_of(struct acting *a, const struct ending *t, const char *step, int64_t *id,
    enum task_state *state, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &TASK_STEP, e);
	int got;

	*id = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", t->ticket);
	stmt_text(s, ":checklist", t->checklist);
	stmt_int(s, ":round", t->round);
	stmt_text(s, ":step", step);
	if ((got = stmt_step(s, e)) > 0) {
		*id = stmt_col_int(s, 0);
		*state = (enum task_state)stmt_col_int(s, 1);
	}
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* Whether all that STEP comes after is done or skipped. */
static int
is_free(struct acting *a, const struct ending *t, const struct checklist *c,
    const struct checklist_step *step, bool *free, struct err *e)
{
	enum task_state state = TASK_LATER;
	int64_t id;
	size_t i;

	*free = true;
	for (i = 0; i < step->n_after && *free; i++) {
		if (step_of(a, t, c->steps[step->after[i]].name, &id, &state, e) < 0)
			return -1;
		*free = id == 0 || state == TASK_DONE || state == TASK_SKIPPED;
	}
	return 0;
}

static int
open_step(struct acting *a, int64_t id, const struct task_new *n, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &TASK_OPEN_IT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":at", a->now);
	stmt_id(s, ":due_at", due(n, a->now));
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

static int
go_on(struct acting *a, const struct ending *t, const struct checklist *c, struct err *e)
{
	enum task_state state = TASK_DONE;
	struct task_new n;
	int64_t id;
	bool free;
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (step_of(a, t, c->steps[i].name, &id, &state, e) < 0)
			return -1;
		if (id == 0 || state != TASK_LATER)
			continue;
		if (is_free(a, t, c, &c->steps[i], &free, e) < 0)
			return -1;
		n = new_step(c, &c->steps[i]);
		if (free && open_step(a, id, &n, e) < 0)
			return -1;
	}
	return 0;
}

int
task_end(struct acting *a, int64_t task, enum task_state how, const char *reason,
    const struct checklist *(*find)(const char *name, struct err *e), struct acted *out,
    struct err *e)
{
	struct ending t = { .id = task };
	const struct checklist *c = NULL;
	char name[24];
	struct stmt *s;

	if (get(a, &t, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = t.ticket, .task = task };
	if (t.state >= TASK_DONE)
		return 0;
	if (t.checklist != NULL && (c = find(t.checklist, e)) == NULL)
		return -1;
	if ((s = db_stmt(a->db, &TASK_END, e)) == NULL)
		return -1;
	stmt_int(s, ":state", how);
	stmt_text(s, ":reason", reason);
	stmt_int(s, ":at", a->now);
	stmt_int(s, ":id", task);
	snprintf(name, sizeof(name), "task.%s", task_state_name(how));
	if (stmt_run(s, e) < 0 ||
	    tell(a, t.ticket, task, name, reason != NULL ? reason : t.title, e) < 0)
		return -1;
	out->is_new = true;
	if (c != NULL && how != TASK_FAILED && go_on(a, &t, c, e) < 0)
		return -1;
	return settle(a, t.ticket, e);
}
