/* route_pending - the tickets that wait to be routed
 *
 * These are the open ones, and those to which something happened since the last time all
 * was done: a message or a status event behind the marks.  Marks are ids, which only
 * grow; they move when a run has dealt with everything, so a run that was killed leaves
 * nothing behind.
 */
#include <stdlib.h>
#include <string.h>

#include "store/progress.h"
#include "store/route_row.h"

DB_SQL(ROUTE_PENDING, "SELECT " ROUTE_COLUMNS "WHERE t.id IN ("
    "SELECT o.id FROM ticket AS o WHERE o.status < 3 UNION "
    "SELECT m.ticket FROM message AS m WHERE m.id > :message AND m.ticket IS NOT NULL UNION "
    "SELECT e.ticket FROM event AS e WHERE e.id > :event AND e.ticket IS NOT NULL "
    "AND e.name IN ('ticket.status', 'ticket.answered', 'ticket.reopened', "
    "'message.recalled'))");
DB_SQL(ROUTE_LAST_MESSAGE, "SELECT coalesce(max(id), 0) FROM message");
DB_SQL(ROUTE_LAST_EVENT, "SELECT coalesce(max(id), 0) FROM event");
DB_SQL(ROUTE_HAPPENED, "SELECT count(*) FROM event WHERE id > :event AND name IN "
    "('ticket.status', 'ticket.answered', 'ticket.reopened', 'message.recalled')");

static const struct {
	const char *name;
	const struct db_sql *last;
} marks[ROUTE_MARKS] = {
	{ "route.message", &ROUTE_LAST_MESSAGE }, { "route.event", &ROUTE_LAST_EVENT }
};

static int
by_urgency(const void *a, const void *b)
{
	const struct route_job *x = a, *y = b;

	if (x->priority != y->priority)
		return x->priority < y->priority ? -1 : 1;
	if (x->since_at != y->since_at)
		return x->since_at < y->since_at ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int
read_mark(struct router *r, struct route_work *w, int i, struct err *e)
{
	struct stmt *s = db_stmt(r->db, marks[i].last, e);
	uint64_t rules;

	if (s == NULL || stmt_one(s, &w->mark[i], e) < 0)
		return -1;
	return progress_get(r->db, marks[i].name, &w->before[i], &rules, e) < 0 ? -1 : 0;
}

/* Our own events are no news: the second of two runs has nothing to write. */
static int
read_marks(struct router *r, struct route_work *w, struct err *e)
{
	struct stmt *s;
	int64_t n = 0;

	if (read_mark(r, w, 0, e) < 0 || read_mark(r, w, 1, e) < 0 ||
	    (s = db_stmt(r->db, &ROUTE_HAPPENED, e)) == NULL)
		return -1;
	stmt_int(s, ":event", w->before[1]);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	w->news = n > 0 || w->mark[0] != w->before[0];
	return 0;
}

static void
add_job(struct route_work *w, size_t *cap, struct route_job job)
{
	if (w->n == *cap) {
		*cap = *cap ? *cap * 2 : 1024;
		w->jobs = xrealloc(w->jobs, *cap * sizeof(*w->jobs));
	}
	w->jobs[w->n++] = job;
}

static int
list(struct router *r, int64_t now, struct route_work *w, struct err *e)
{
	struct stmt *s;
	struct routed o;
	size_t cap = 0;
	int got;

	if (read_marks(r, w, e) < 0 || (s = db_stmt(r->db, &ROUTE_PENDING, e)) == NULL)
		return -1;
	stmt_int(s, ":message", w->before[0]);
	stmt_int(s, ":event", w->before[1]);
	while ((got = stmt_step(s, e)) > 0) {
		arena_clear(&r->memory);
		route_read_row(s, now, &r->memory, &o);
		add_job(w, &cap, (struct route_job){ o.ticket.id, o.since_at,
		    route_priority(r->crew.policy, &o.ticket) });
	}
	return got;
}

int
router_pending(struct router *r, int64_t now, struct route_work *w, struct err *e)
{
	int bad;

	memset(w, 0, sizeof(*w));
	if (db_begin_read(r->db, e) < 0)
		return -1;
	bad = list(r, now, w, e);
	db_rollback(r->db);
	if (w->n > 0)
		qsort(w->jobs, w->n, sizeof(*w->jobs), by_urgency);
	return bad;
}

int
router_done(struct router *r, const struct route_work *w, struct err *e)
{
	int i;

	for (i = 0; w->news && i < ROUTE_MARKS; i++)
		if (progress_set(r->db, marks[i].name, w->mark[i], 0, e) < 0)
			return -1;
	return 0;
}
