/* notice_row - the rows of the table notice */
#include <stdlib.h>

#include "store/notice_row.h"

DB_SQL(NOTICE_NEW, "SELECT k.id, k.ticket, k.kind, k.calendar, k.started_at, k.due_at, "
    "k.target_ms, (SELECT coalesce(max(n.level), -1) + 1 FROM notice AS n "
    "WHERE n.clock = k.id), 0 FROM clock AS k "
    "WHERE k.id > :after AND k.stopped_at IS NULL ORDER BY k.id LIMIT :n");
DB_SQL(NOTICE_DUE, "SELECT k.id, k.ticket, k.kind, k.calendar, k.started_at, k.due_at, "
    "k.target_ms, n.level, CASE WHEN k.stopped_at IS NULL THEN 0 ELSE 1 END "
    "FROM notice AS n JOIN clock AS k ON k.id = n.clock "
    "WHERE n.done_at IS NULL AND n.due_at <= :now ORDER BY n.due_at, n.id LIMIT :n");
DB_SQL(NOTICE_WAIT, "INSERT INTO notice (clock, level, due_at) "
    "VALUES (:clock, :level, :due_at) ON CONFLICT (clock, level) DO UPDATE "
    "SET due_at = excluded.due_at WHERE notice.done_at IS NULL");
DB_SQL(NOTICE_DONE, "INSERT INTO notice (clock, level, due_at, done_at, outbox, skipped) "
    "VALUES (:clock, :level, :due_at, :at, :outbox, :skipped) "
    "ON CONFLICT (clock, level) DO UPDATE SET done_at = excluded.done_at, "
    "outbox = excluded.outbox, skipped = excluded.skipped WHERE notice.done_at IS NULL");
DB_SQL(NOTICE_DROP, "DELETE FROM notice WHERE clock = :clock AND level = :level "
    "AND done_at IS NULL");
DB_SQL(NOTICE_DROP_WAITING, "DELETE FROM notice WHERE done_at IS NULL");
DB_SQL(NOTICE_CLOCKS, "SELECT coalesce(max(id), 0) FROM clock");

void
notices_release(struct notices *n)
{
	free(n->v);
	arena_release(&n->text);
	*n = (struct notices){ NULL, 0, 0, ARENA_INIT };
}

static struct notice *
add(struct notices *n)
{
	if (n->n == n->cap) {
		n->cap = n->cap ? n->cap * 2 : 64;
		n->v = xrealloc(n->v, n->cap * sizeof(*n->v));
	}
	return &n->v[n->n++];
}

static int
fetch(struct stmt *s, struct notices *out, struct err *e)
{
	int got;

	stmt_int(s, ":n", NOTICE_SHARE);
	while ((got = stmt_step(s, e)) > 0)
		*add(out) = (struct notice){ .clock = stmt_col_int(s, 0),
			.ticket = stmt_col_int(s, 1), .kind = (int)stmt_col_int(s, 2),
			.calendar = arena_str(&out->text, stmt_col_text(s, 3)),
			.reckoned = { NULL, stmt_col_int(s, 4), stmt_col_int(s, 5),
			    stmt_col_int(s, 6) },
			.level = (int)stmt_col_int(s, 7), .stopped = stmt_col_int(s, 8) != 0 };
	return got;
}

int
notice_take_new(struct db *db, int64_t after, struct notices *out, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_NEW, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":after", after);
	return fetch(s, out, e);
}

int
notice_take_due(struct db *db, int64_t now, struct notices *out, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_DUE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":now", now);
	return fetch(s, out, e);
}

int
notice_wait(struct db *db, int64_t clock, int level, int64_t due_at, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_WAIT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":clock", clock);
	stmt_int(s, ":level", level);
	stmt_int(s, ":due_at", due_at);
	return stmt_run(s, e);
}

int
notice_done(struct db *db, int64_t clock, int level, int64_t due_at, int64_t at,
    int64_t outbox, const char *skipped, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_DONE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":clock", clock);
	stmt_int(s, ":level", level);
	stmt_int(s, ":due_at", due_at);
	stmt_int(s, ":at", at);
	stmt_id(s, ":outbox", outbox);
	stmt_text(s, ":skipped", skipped);
	return stmt_run(s, e);
}

int
notice_drop(struct db *db, int64_t clock, int level, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_DROP, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":clock", clock);
	stmt_int(s, ":level", level);
	return stmt_run(s, e);
}

int
notice_drop_waiting(struct db *db, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_DROP_WAITING, e);

	return s == NULL ? -1 : stmt_run(s, e);
}

int
notice_newest(struct db *db, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTICE_CLOCKS, e);

	*id = 0;
	return s == NULL || stmt_one(s, id, e) < 0 ? -1 : 0;
}

const char *
notice_kind_name(int kind)
{
	static const char *const names[] = { "", "first_response", "next_response",
		"resolution", "keep_informed" };

	return names[kind];
}

bool
notice_choose(struct agenda *a, struct notice *n)
{
	struct plan_facts facts = agenda_facts(a, notice_kind_name(n->kind));
	size_t i;

	for (i = 0; i < a->plans.n; i++) {
		n->plan = &a->plans.v[i];
		if (n->plan->on == PLAN_CLOCK &&
		    (n->chosen = plan_match(n->plan, &facts)) != NULL)
			return true;
	}
	return false;
}

int
notice_calendar(struct notice *n, struct err *e)
{
	n->reckoned.cal = cal_get(n->calendar, e);
	return n->reckoned.cal != NULL ? 0 : -1;
}
