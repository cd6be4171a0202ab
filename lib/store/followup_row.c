/* followup_row - the rows of the table followup */
#include <stdlib.h>

#include "store/followup_row.h"

DB_SQL(FOLLOWUP_WAITING, "SELECT id, ticket, plan, cycle, step, from_at, due_at "
    "FROM followup WHERE done_at IS NULL AND id > :after_id ORDER BY id LIMIT :n");
DB_SQL(FOLLOWUP_DUE, "SELECT id, ticket, plan, cycle, step, from_at, due_at FROM followup "
    "WHERE done_at IS NULL AND due_at >= :late AND due_at <= :now AND (due_at > :after_at "
    "OR (due_at = :after_at AND id > :after_id)) ORDER BY due_at, id LIMIT :n");
DB_SQL(FOLLOWUP_STOPPED, "SELECT f.id, f.ticket, f.plan, f.cycle, f.step, f.from_at, "
    "f.due_at, o.id, o.key, o.not_before_at FROM outbox AS o "
    "JOIN followup AS f ON f.ticket = o.ticket AND f.outbox = o.id "
    "JOIN ticket AS t ON t.id = o.ticket WHERE o.state < 3 AND o.state = 1 "
    "AND o.not_before_at > :now AND o.kind = 'followup' "
    "AND t.last_at > f.from_at AND (o.not_before_at > :after_at OR "
    "(o.not_before_at = :after_at AND o.id > :after_id)) "
    "ORDER BY o.not_before_at, o.id LIMIT :n");
/* A later answer starts anew what has not been sent yet. */
DB_SQL(FOLLOWUP_FIRST, "INSERT INTO followup (ticket, plan, cycle, step, from_at, due_at) "
    "VALUES (:ticket, :plan, :cycle, :step, :from_at, :due_at) "
    "ON CONFLICT (ticket, plan, cycle, step) DO UPDATE SET from_at = excluded.from_at, "
    "due_at = excluded.due_at, done_at = NULL, skipped = NULL "
    "WHERE followup.outbox IS NULL AND followup.from_at < excluded.from_at "
    "AND (followup.done_at IS NULL OR followup.skipped = 'replied')");
DB_SQL(FOLLOWUP_NEXT, "INSERT INTO followup (ticket, plan, cycle, step, from_at, due_at) "
    "VALUES (:ticket, :plan, :cycle, :step, :from_at, :due_at) "
    "ON CONFLICT (ticket, plan, cycle, step) DO UPDATE SET from_at = excluded.from_at, "
    "due_at = excluded.due_at WHERE followup.done_at IS NULL");
DB_SQL(FOLLOWUP_MOVE, "UPDATE followup SET due_at = :due_at WHERE id = :id");
DB_SQL(FOLLOWUP_DONE, "UPDATE followup SET done_at = :at, outbox = :outbox, "
    "skipped = :skipped WHERE id = :id");
DB_SQL(FOLLOWUP_DROP, "DELETE FROM followup WHERE id = :id");

struct followup_rows *
followup_rows_new(void)
{
	return xcalloc(1, sizeof(struct followup_rows));
}

void
followup_rows_free(struct followup_rows *rows)
{
	arena_release(&rows->text);
	free(rows);
}

static void
read_row(struct stmt *s, struct followup_rows *rows)
{
	bool outbox = stmt_cols(s) > 7;

	rows->v[rows->n++] = (struct followup_row){ stmt_col_int(s, 0), stmt_col_int(s, 1),
		stmt_col_int(s, 3), stmt_col_int(s, 4), stmt_col_int(s, 5), stmt_col_int(s, 6),
		outbox ? stmt_col_int(s, 7) : 0, arena_str(&rows->text, stmt_col_text(s, 2)),
		outbox ? arena_str(&rows->text, stmt_col_text(s, 8)) : NULL,
		outbox ? stmt_col_int(s, 9) : 0 };
}

static int
fetch(struct stmt *s, struct followup_rows *rows, struct err *e)
{
	int got;

	rows->n = 0;
	arena_clear(&rows->text);
	stmt_int(s, ":n", FOLLOWUP_SHARE);
	while ((got = stmt_step(s, e)) > 0)
		read_row(s, rows);
	return got;
}

int
followup_waiting(struct db *db, int64_t after_id, struct followup_rows *rows,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &FOLLOWUP_WAITING, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":after_id", after_id);
	return fetch(s, rows, e);
}

int
followup_take_due(struct agenda *a, struct followup_rows *rows, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &FOLLOWUP_DUE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":late", a->now - plans_late_ms(&a->plans));
	stmt_int(s, ":now", a->now);
	stmt_int(s, ":after_at", a->after_at);
	stmt_int(s, ":after_id", a->after_id);
	return fetch(s, rows, e);
}

int
followup_take_stopped(struct agenda *a, struct followup_rows *rows, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &FOLLOWUP_STOPPED, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":now", a->now);
	stmt_int(s, ":after_at", a->after_at);
	stmt_int(s, ":after_id", a->after_id);
	return fetch(s, rows, e);
}

static int
insert(struct stmt *s, const struct followup_row *r, struct err *e)
{
	stmt_int(s, ":ticket", r->ticket);
	stmt_text(s, ":plan", r->plan);
	stmt_int(s, ":cycle", r->cycle);
	stmt_int(s, ":step", r->step);
	stmt_int(s, ":from_at", r->from_at);
	stmt_int(s, ":due_at", r->due_at);
	return stmt_run(s, e);
}

int
followup_first(struct db *db, const struct followup_row *r, struct err *e)
{
	struct stmt *s = db_stmt(db, &FOLLOWUP_FIRST, e);

	return s != NULL ? insert(s, r, e) : -1;
}

int
followup_next(struct db *db, const struct followup_row *r, struct err *e)
{
	struct stmt *s = db_stmt(db, &FOLLOWUP_NEXT, e);

	return s != NULL ? insert(s, r, e) : -1;
}

int
followup_move(struct db *db, int64_t id, int64_t due_at, struct err *e)
{
	struct stmt *s = db_stmt(db, &FOLLOWUP_MOVE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	stmt_int(s, ":due_at", due_at);
	return stmt_run(s, e);
}

int
followup_done(struct db *db, int64_t id, int64_t at, int64_t outbox, const char *skipped,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &FOLLOWUP_DONE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":at", at);
	stmt_id(s, ":outbox", outbox);
	stmt_text(s, ":skipped", skipped);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

int
followup_drop(struct db *db, int64_t id, struct err *e)
{
	struct stmt *s = db_stmt(db, &FOLLOWUP_DROP, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}
