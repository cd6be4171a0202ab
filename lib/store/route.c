/* route - decides about tickets of the database and writes it down */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/clock.h"
#include "store/event.h"
#include "store/route.h"
#include "store/route_row.h"
#include "store/ticket.h"
#include "stream/jtext.h"

enum { EVENTS_BACK = 20000 };	/* how far the last assignments are looked for */

DB_SQL(ROUTE_TICKET, "SELECT " ROUTE_COLUMNS "WHERE t.id = :id");
DB_SQL(ROUTE_LOADS, "SELECT a.code, count(*), max(t.routed_at) FROM ticket AS t "
    "JOIN agent AS a ON a.id = t.agent WHERE t.status < 3 GROUP BY a.code");
DB_SQL(ROUTE_GIVEN, "SELECT e.subject, max(e.at) FROM event AS e "
    "WHERE e.id > (SELECT max(id) FROM event) - :back AND e.name = 'ticket.routed' "
    "AND e.subject IS NOT NULL GROUP BY e.subject");
DB_SQL(ROUTE_SEEN, "SELECT coalesce(max(id), 0) FROM event");
DB_SQL(ROUTE_NEWS, "SELECT count(*) FROM event WHERE id > :seen AND name IN "
    "('ticket.routed', 'ticket.status', 'ticket.reopened', 'ticket.merged', 'ticket.unmerged')");
DB_SQL(ROUTE_FOLLOWED, "SELECT a.code FROM ticket AS t JOIN agent AS a ON a.id = t.agent "
    "WHERE t.id = :id");
/* A customer may have very many tickets: only the last few are looked at. */
DB_SQL(ROUTE_SERVED, "SELECT a.code FROM (SELECT t.id AS id, t.agent AS agent "
    "FROM ticket AS t WHERE t.customer = :customer AND t.id < :id "
    "ORDER BY t.id DESC LIMIT 10) AS p JOIN agent AS a ON a.id = p.agent "
    "ORDER BY p.id DESC LIMIT 1");

void
router_init(struct router *r, struct db *db, const struct policy *p,
    const struct roster *roster)
{
	*r = (struct router){ .db = db, .seen = -1, .given = MAP_INIT, .memory = ARENA_INIT,
		.clocks = CLOCKS_INIT };
	crew_init(&r->crew, p, roster);
	names_init(&r->names, db);
}

void
router_release(struct router *r)
{
	crew_release(&r->crew);
	names_release(&r->names);
	map_release(&r->given);
	arena_release(&r->memory);
	buf_release(&r->data);
	clocks_release(&r->clocks);
}

/* Rows of a code, a count and a time, or (COUNTED false) of a code and a time. */
static int
load_crew(struct router *r, struct stmt *s, bool counted, struct err *e)
{
	const struct agent *a;
	int got;

	while ((got = stmt_step(s, e)) > 0)
		if ((a = roster_find(r->crew.roster, stmt_col_text(s, 0))) != NULL)
			crew_load(&r->crew, a, counted ? stmt_col_int(s, 1) : 0,
			    stmt_col_int(s, counted ? 2 : 1));
	return got;
}

/* Whether somebody else has given away, resolved or reopened tickets since router_end().
 * (After a rollback there is no going on.) */
static int
loads_are_old(struct router *r, bool *old, struct err *e)
{
	struct stmt *s;
	int64_t n = 0;

	*old = r->seen < 0;
	if (*old || r->epoch == db_epoch(r->db))
		return 0;
	if ((s = db_stmt(r->db, &ROUTE_NEWS, e)) == NULL)
		return -1;
	stmt_int(s, ":seen", r->seen);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	*old = n > 0;
	return 0;
}

int
router_begin(struct router *r, int64_t now, struct err *e)
{
	struct stmt *s;
	bool old;

	r->now = now;
	crew_at(&r->crew, now);
	if (names_begin(&r->names, e) < 0 || loads_are_old(r, &old, e) < 0)
		return -1;
	r->epoch = db_epoch(r->db);
	if (!old)
		return 0;
	crew_clear(&r->crew);
	if ((s = db_stmt(r->db, &ROUTE_LOADS, e)) == NULL || load_crew(r, s, true, e) < 0 ||
	    (s = db_stmt(r->db, &ROUTE_GIVEN, e)) == NULL)
		return -1;
	stmt_int(s, ":back", EVENTS_BACK);
	return load_crew(r, s, false, e);
}

int
router_end(struct router *r, struct err *e)
{
	return names_next(r->db, &ROUTE_SEEN, &r->seen, e);
}

static int
load_ticket(struct router *r, int64_t id, struct routed *o, struct err *e)
{
	struct stmt *s = db_stmt(r->db, &ROUTE_TICKET, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	if (got == 0)
		return err_set(e, ERR_DATA, "the database has no ticket %lld", (long long)id);
	route_read_row(s, r->now, &r->memory, o);
	stmt_reset(s);
	return 0;
}

/* One code into *code, if SQL finds one for ID (and CUSTOMER, unless 0). */
static int
find_code(struct router *r, const struct db_sql *sql, int64_t id, int64_t customer,
    const char **code, struct err *e)
{
	struct stmt *s = db_stmt(r->db, sql, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if (customer != 0)
		stmt_int(s, ":customer", customer);
	if ((got = stmt_step(s, e)) > 0)
		*code = arena_str(&r->memory, stmt_col_text(s, 0));
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* Who served the customer before: on the ticket this one follows, else lately. */
static int
find_known(struct router *r, struct routed *o, struct err *e)
{
	const char **known = &o->ticket.known;

	if (!o->ticket.open || roster_find(r->crew.roster, o->ticket.owner) != NULL)
		return 0;
	if (o->follows != 0 && find_code(r, &ROUTE_FOLLOWED, o->follows, 0, known, e) < 0)
		return -1;
	if (*known != NULL || o->customer == 0)
		return 0;
	return find_code(r, &ROUTE_SERVED, o->ticket.id, o->customer, known, e);
}

static void
fill_in(struct labels *l, const struct labels *said)
{
	int i;

	for (i = 0; said != NULL && i < DIM_N; i++)
		if (l->v[i] == NULL && said->v[i] != NULL)
			l->v[i] = said->v[i];
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The event's data is what is not in its columns.  No key: it is written only when the
 * ticket changes, in the transaction that has just read it. */
static int
add_event(struct router *r, const struct routed *o, struct err *e)
{
	struct event ev = { .name = "ticket.routed", .at = r->now, .ticket = o->ticket.id,
		.customer = o->customer, .subject = o->owner, .value = o->route.queue->name,
		.actor = "csr-route" };

	buf_clear(&r->data);
	buf_fmt(&r->data, "{\"priority\":%d", o->route.priority);
	jtext_list(&r->data, "why", o->route.why, o->route.n_why);
	buf_char(&r->data, '}');
	ev.data = r->data.p;
	return event_add(r->db, &ev, NULL, e);
}

static int
write_route(struct router *r, struct routed *o, struct err *e)
{
	int64_t agent = o->owner == NULL ? 0 : names_agent(&r->names, o->owner,
	    o->route.agent != NULL ? o->route.agent->name : NULL, e);

	if (agent < 0 || add_event(r, o, e) < 0)
		return -1;
	return ticket_set_route(r->db, o->ticket.id, o->route.queue->name, agent,
	    o->route.priority, r->now, e);
}

static bool
clocks_changed(const struct clocks *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->v[i].is_new || c->v[i].changed)
			return true;
	return false;
}

/* A rehearsal: what an earlier record of this run would have stored. */
static void
recall(const struct router *r, struct routed *o)
{
	const union map_value *no = map_get(&r->given, &o->ticket.id, sizeof(o->ticket.id));

	if (no != NULL)
		o->agent = o->ticket.owner = r->crew.roster->agents[no->num].code;
}

static int
store_ticket(struct router *r, struct routed *o, bool moved, struct err *e)
{
	if (moved && write_route(r, o, e) < 0)
		return -1;
	return clock_store(r->db, o->ticket.id, &r->clocks, e);
}

int
router_ticket(struct router *r, int64_t id, const struct labels *said, bool store,
    struct routed *o, struct err *e)
{
	bool moved;

	arena_clear(&r->memory);
	if (load_ticket(r, id, o, e) < 0 || find_known(r, o, e) < 0)
		return -1;
	if (!store)
		recall(r, o);
	fill_in(&o->ticket.labels, said);
	route_decide(&r->crew, &o->ticket, &r->memory, &o->route);
	o->owner = o->route.agent != NULL ? o->route.agent->code :
	    o->ticket.open ? NULL : o->ticket.owner;
	if (clock_reckon_sum(r->db, id, &o->sum, o->route.sla, &r->memory, &r->clocks, e) < 0)
		return -1;
	o->clocks = &r->clocks;
	moved = o->routed_at == 0 || o->priority != o->route.priority ||
	    !same_text(o->queue, o->route.queue->name) || !same_text(o->agent, o->owner);
	o->changed = moved || clocks_changed(&r->clocks);
	if (store && store_ticket(r, o, moved, e) < 0)
		return -1;
	if (!store && o->route.agent != NULL && !same_text(o->agent, o->owner))
		map_put(&r->given, &id, sizeof(id), NULL)->num = (int64_t)o->route.agent->no;
	if (o->ticket.open)
		crew_move(&r->crew, roster_find(r->crew.roster, o->agent), o->route.agent);
	return 0;
}
