/* followup_learn - resolutions and answers that are new, and plans that were edited */
#include "store/followup.h"
#include "store/followup_row.h"
#include "store/progress.h"

DB_SQL(FOLLOWUP_NEW_RESOLVED, "SELECT v.id, t.id, t.resolved_at FROM event AS v "
    "JOIN ticket AS t ON t.id = v.ticket WHERE v.id > :after AND v.name = 'ticket.status' "
    "AND t.resolved_at IS NOT NULL ORDER BY v.id LIMIT :n");
DB_SQL(FOLLOWUP_NEW_ANSWERED, "SELECT m.id, t.id, t.last_out_at FROM message AS m "
    "JOIN ticket AS t ON t.id = m.ticket WHERE m.id > :after AND m.direction = 2 "
    "AND m.automatic = 0 AND m.at = t.last_out_at AND t.resolved_at IS NULL "
    "AND coalesce(t.last_in_at, 0) <= t.last_out_at ORDER BY m.id LIMIT :n");
DB_SQL(FOLLOWUP_OLD_RESOLVED, "SELECT id, id, resolved_at FROM ticket "
    "WHERE resolved_at >= :since");
DB_SQL(FOLLOWUP_OLD_ANSWERED, "SELECT id, id, last_out_at FROM ticket "
    "WHERE status < 3 AND last_out_at >= :since AND coalesce(last_in_at, 0) <= last_out_at");
DB_SQL(FOLLOWUP_EVENTS, "SELECT coalesce(max(id), 0) FROM event");
DB_SQL(FOLLOWUP_MESSAGES, "SELECT coalesce(max(id), 0) FROM message");

static int
one_int(struct agenda *a, const struct db_sql *sql, int64_t *v, struct err *e)
{
	struct stmt *s = db_stmt(a->db, sql, e);

	*v = 0;
	return s == NULL || stmt_one(s, v, e) < 0 ? -1 : 0;
}

/* Puts the first step of every plan that waits for ON into the agenda. OLD: what was
 * there before the plan, and would be late already, is left alone. */
static int
begin_plans(struct agenda *a, enum plan_on on, int64_t ticket, int64_t from, bool old,
    struct err *e)
{
	struct plan_facts facts;
	size_t i;

	if (matter_load(a->db, ticket, &a->matter, e) < 0)
		return -1;
	facts = agenda_facts(a, NULL);
	for (i = 0; i < a->plans.n; i++) {
		const struct plan *p = &a->plans.v[i];
		const struct plan_case *c = p->on == on ? plan_match(p, &facts) : NULL;
		struct followup_row r = { .ticket = ticket, .plan = p->name,
			.cycle = a->matter.cycle, .step = 1, .from_at = from };

		if (c == NULL)
			continue;
		r.due_at = plan_step_at(p, c, 1, from, agenda_zone(a, p));
		if (r.due_at == CAL_NEVER || (old && r.due_at < a->now - p->late_ms))
			continue;
		if (followup_first(a->db, &r, e) < 0)
			return -1;
	}
	return 0;
}

/* Where a plan, or the desk, begins: nothing older can be due and not too late. */
static int64_t
horizon(const struct agenda *a)
{
	int64_t reach = 0;
	size_t i;

	for (i = 0; i < a->plans.n; i++)
		if (plan_reach_ms(&a->plans.v[i]) > reach)
			reach = plan_reach_ms(&a->plans.v[i]);
	return a->now - plans_late_ms(&a->plans) - reach;
}

static bool
any_plan(const struct agenda *a, enum plan_on on)
{
	size_t i;

	for (i = 0; i < a->plans.n; i++)
		if (a->plans.v[i].on == on)
			return true;
	return false;
}

/* The tickets there were before the plans of today. */
static int
learn_old(struct agenda *a, enum plan_on on, const struct db_sql *sql, struct err *e)
{
	struct stmt *s = db_stmt(a->db, sql, e);
	int got = 1;

	if (s == NULL)
		return -1;
	stmt_int(s, ":since", horizon(a));
	while (any_plan(a, on) && got > 0 && (got = stmt_step(s, e)) > 0)
		if (begin_plans(a, on, stmt_col_int(s, 1), stmt_col_int(s, 2), true, e) < 0)
			got = -1;
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* What came after AFTER; *last becomes the id got to, 0 when there was no more. */
static int
learn_new(struct agenda *a, enum plan_on on, const struct db_sql *sql, int64_t after,
    int64_t *last, struct err *e)
{
	struct stmt *s = db_stmt(a->db, sql, e);
	int got = 0, n = 0;

	*last = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":after", after);
	stmt_int(s, ":n", FOLLOWUP_SHARE);
	while (any_plan(a, on) && (got = stmt_step(s, e)) > 0) {
		n++;
		*last = stmt_col_int(s, 0);
		if (begin_plans(a, on, stmt_col_int(s, 1), stmt_col_int(s, 2), false, e) < 0) {
			got = -1;
			break;
		}
	}
	stmt_reset(s);
	if (n < FOLLOWUP_SHARE)
		*last = 0;
	return got < 0 ? -1 : 0;
}

static int
learn_source(struct agenda *a, const char *name, enum plan_on on, const struct db_sql *max,
    const struct db_sql *fresh, const struct db_sql *old, bool *more, struct err *e)
{
	int64_t newest, known, last = 0;
	uint64_t rules;

	if (one_int(a, max, &newest, e) < 0 ||
	    progress_get(a->db, name, &known, &rules, e) < 0)
		return -1;
	if (rules != a->plans.hash) {
		if (learn_old(a, on, old, e) < 0)
			return -1;
	} else if (newest > known && learn_new(a, on, fresh, known, &last, e) < 0)
		return -1;
	if (last != 0)
		*more = true;
	return progress_set(a->db, name, last != 0 ? last : newest, a->plans.hash, e);
}

/* A plan was edited: what waits gets the time it now says, or goes. */
static int
reckon(struct agenda *a, const struct followup_row *r, struct err *e)
{
	const struct plan *p = plans_find(&a->plans, r->plan);
	const struct plan_case *c;
	struct plan_facts facts;
	int64_t at;

	if (p == NULL)
		return followup_drop(a->db, r->id, e);
	if (matter_load(a->db, r->ticket, &a->matter, e) < 0)
		return -1;
	facts = agenda_facts(a, NULL);
	if ((c = plan_match(p, &facts)) == NULL)
		return followup_drop(a->db, r->id, e);
	at = plan_step_at(p, c, (size_t)r->step, r->from_at, agenda_zone(a, p));
	if (at == CAL_NEVER)
		return followup_drop(a->db, r->id, e);
	if (r->step > 1 && at <= a->now)
		return 0;	/* it keeps its distance to the step before */
	return at == r->due_at ? 0 : followup_move(a->db, r->id, at, e);
}

static int
reckon_waiting(struct agenda *a, struct err *e)
{
	struct followup_rows *rows = followup_rows_new();
	int64_t after = 0;
	size_t i;
	int bad = 0;

	do {
		bad = followup_waiting(a->db, after, rows, e);
		for (i = 0; i < rows->n && bad == 0; i++) {
			bad = reckon(a, &rows->v[i], e);
			after = rows->v[i].id;
		}
	} while (bad == 0 && rows->n == FOLLOWUP_SHARE);
	followup_rows_free(rows);
	return bad;
}

int
followup_learn(struct agenda *a, bool *more, struct err *e)
{
	int64_t ignored;
	uint64_t rules;

	if (progress_get(a->db, "followup.event", &ignored, &rules, e) < 0)
		return -1;
	if (rules != a->plans.hash && reckon_waiting(a, e) < 0)
		return -1;
	if (learn_source(a, "followup.event", PLAN_RESOLVED, &FOLLOWUP_EVENTS,
	    &FOLLOWUP_NEW_RESOLVED, &FOLLOWUP_OLD_RESOLVED, more, e) < 0)
		return -1;
	return learn_source(a, "followup.message", PLAN_ANSWERED, &FOLLOWUP_MESSAGES,
	    &FOLLOWUP_NEW_ANSWERED, &FOLLOWUP_OLD_ANSWERED, more, e);
}
