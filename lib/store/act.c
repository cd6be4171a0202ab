/* act - what people do with tickets */
#include <stdio.h>
#include <string.h>

#include "store/act.h"
#include "store/event.h"
#include "time/tm.h"

DB_SQL(ACT_CUSTOMERS, "SELECT count(DISTINCT c.root) FROM ticket AS t "
    "JOIN customer AS c ON c.id = t.customer WHERE t.id IN (:a, :b)");
DB_SQL(ACT_ROUTE, "SELECT t.queue, t.priority, g.code, t.type FROM ticket AS t "
    "LEFT JOIN agent AS g ON g.id = t.agent WHERE t.id = :id");
DB_SQL(ACT_RELATED, "SELECT count(*) FROM event WHERE name = 'ticket.related' "
    "AND ticket = :a AND subject = :b");

int
act_init(struct acting *a, struct db *db, const char *actor, int64_t now,
    const struct zone *z, struct err *e)
{
	*a = (struct acting){ .db = db, .actor = actor, .now = now, .zone = z,
		.letters = LETTERS_INIT };
	if (ingest_init(&a->in, db, e) < 0)
		return -1;
	ingest_source(&a->in, "csr-ticket", "act", 0);
	return 0;
}

void
act_release(struct acting *a)
{
	ingest_release(&a->in);
	letters_release(&a->letters);
	matter_release(&a->matter);
	buf_release(&a->data);
	buf_release(&a->subject);
	buf_release(&a->body);
	arena_release(&a->scratch);
	arena_release(&a->held);
}

int
act_begin(struct acting *a, struct err *e)
{
	arena_clear(&a->held);
	return ingest_begin(&a->in, e);
}

int
act_end(struct acting *a, struct err *e)
{
	return ingest_end(&a->in, e);
}

static int
get(struct acting *a, int64_t id, struct ticket **k, struct err *e)
{
	if (tickets_get(&a->in.tickets, id, k, e) < 0)
		return -1;
	return *k != NULL ? 0 : err_set(e, ERR_DATA, "no ticket %lld", (long long)id);
}

int
act_find(struct acting *a, int64_t *id, struct err *e)
{
	struct ticket *k;

	if (get(a, *id, &k, e) < 0 || tickets_merged(&a->in.tickets, &k, e) < 0)
		return -1;
	*id = k->id;
	return 0;
}

/* The ticket as it is, redirected. */
static int
target(struct acting *a, int64_t id, struct ticket **k, struct err *e)
{
	if (get(a, id, k, e) < 0)
		return -1;
	return tickets_merged(&a->in.tickets, k, e);
}

static int
event(struct acting *a, const struct ticket *k, const char *name, const char *subject,
    const char *value, struct err *e)
{
	struct event ev = { .name = name, .at = a->now, .ticket = k->id,
		.customer = k->customer, .subject = subject, .value = value, .actor = a->actor };

	return event_add(a->db, &ev, NULL, e);
}

/* What the routing decided of a ticket; texts in a->scratch. */
struct place {
	const char *queue, *agent, *type;
	int64_t priority;
};

static int
place_of(struct acting *a, int64_t ticket, struct place *p, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &ACT_ROUTE, e);
	int got;

	if (s == NULL)
		return -1;
	arena_clear(&a->scratch);
	stmt_int(s, ":id", ticket);
	if ((got = stmt_step(s, e)) <= 0)
		return -1;
	p->queue = arena_str(&a->scratch, stmt_col_text(s, 0));
	p->priority = stmt_col_int(s, 1);
	p->agent = arena_str(&a->scratch, stmt_col_text(s, 2));
	p->type = arena_str(&a->scratch, stmt_col_text(s, 3));
	stmt_reset(s);
	return 0;
}

/* A complaint ends with a word to its customer. */
static int
may_end(struct acting *a, const struct ticket *k, struct err *e)
{
	struct place p;

	if (place_of(a, k->id, &p, e) < 0)
		return -1;
	if (p.type == NULL || strcmp(p.type, "complaint") != 0 || (k->sum.last_out_at != 0 &&
	    k->sum.waiting_since_at == 0))
		return 0;
	return err_set(e, ERR_DATA, "ticket %lld is a complaint that nobody has answered: reply "
	    "first", (long long)k->id);
}

int
act_status(struct acting *a, int64_t ticket, enum ticket_status status, const char *cause,
    const char *outcome, struct acted *out, struct err *e)
{
	struct ingest_out done;
	struct ticket *k;
	struct fact f;

	if (target(a, ticket, &k, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = k->id };
	if (k->sum.status == status && cause == NULL && outcome == NULL)
		return 0;
	if (ticket_status_is_over(status) && !ticket_status_is_over(k->sum.status) &&
	    may_end(a, k, e) < 0)
		return -1;
	if (k->sum.status == status)
		return ticket_set_outcome(a->db, k->id, cause, outcome, e);
	fact_init(&f);
	f.kind = FACT_EVENT;
	f.agent.id = a->actor;
	f.event.name = "ticket.status";
	f.event.ticket = k->id;
	f.event.status = ticket_status_name(status);
	f.event.at = a->now;
	f.event.cause = cause;
	f.event.outcome = outcome;
	if (ingest_fact(&a->in, &f, &done, e) < 0)
		return -1;
	out->is_new = done.is_new;
	return 0;
}

int
act_assign(struct acting *a, int64_t ticket, const char *agent, struct acted *out,
    struct err *e)
{
	struct place p;
	struct ticket *k;
	int64_t id = 0;
	char data[64];
	struct event ev;

	if (target(a, ticket, &k, e) < 0 || place_of(a, k->id, &p, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = k->id };
	if (agent == NULL ? p.agent == NULL : p.agent != NULL && strcmp(agent, p.agent) == 0)
		return 0;
	if (agent != NULL && (id = names_agent(&a->in.names, agent, NULL, e)) < 0)
		return -1;
	snprintf(data, sizeof(data), "{\"priority\":%lld}", (long long)p.priority);
	ev = (struct event){ .name = "ticket.routed", .at = a->now, .ticket = k->id,
		.customer = k->customer, .subject = agent, .value = p.queue, .actor = a->actor,
		.data = p.priority != 0 ? data : NULL };
	out->is_new = true;
	if (event_add(a->db, &ev, NULL, e) < 0)
		return -1;
	return ticket_set_route(a->db, k->id, p.queue, id, p.priority, a->now, e);
}

static int
one_customer(struct acting *a, int64_t x, int64_t y, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &ACT_CUSTOMERS, e);
	int64_t n = 0;

	if (s == NULL)
		return -1;
	stmt_int(s, ":a", x);
	stmt_int(s, ":b", y);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	return n < 2 ? 0 : err_set(e, ERR_DATA, "tickets %lld and %lld are of different "
	    "customers (--force merges them all the same)", (long long)x, (long long)y);
}

int
act_merge(struct acting *a, int64_t ticket, int64_t into, bool force, struct acted *out,
    struct err *e)
{
	struct ticket *k, *to;
	char value[24];

	if (get(a, ticket, &k, e) < 0 || target(a, into, &to, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = to->id };
	if (k->merged != 0 && tickets_merged(&a->in.tickets, &k, e) < 0)
		return -1;
	if (k == to)
		return ticket == to->id ? err_set(e, ERR_DATA, "ticket %lld cannot be merged into "
		    "itself", (long long)ticket) : 0;
	if (!force && one_customer(a, k->id, to->id, e) < 0)
		return -1;
	snprintf(value, sizeof(value), "%lld", (long long)to->id);
	if (event(a, k, "ticket.merged", NULL, value, e) < 0 ||
	    ticket_set_merged(a->db, k->id, to->id, e) < 0)
		return -1;
	k->merged = to->id;
	tickets_redo(&a->in.tickets, k);
	out->is_new = true;
	return 0;
}

int
act_unmerge(struct acting *a, int64_t ticket, struct acted *out, struct err *e)
{
	struct ticket *k;
	char value[24];

	if (get(a, ticket, &k, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = k->id };
	if (k->merged == 0)
		return 0;
	snprintf(value, sizeof(value), "%lld", (long long)k->merged);
	if (event(a, k, "ticket.unmerged", NULL, value, e) < 0 ||
	    ticket_set_merged(a->db, k->id, 0, e) < 0)
		return -1;
	k->merged = 0;
	tickets_redo(&a->in.tickets, k);
	out->is_new = true;
	return 0;
}

int
act_relate(struct acting *a, int64_t ticket, int64_t other, struct acted *out,
    struct err *e)
{
	struct ticket *k, *to;
	struct stmt *s;
	char number[24];
	int64_t n = 0;

	if (target(a, ticket, &k, e) < 0 || target(a, other, &to, e) < 0)
		return -1;
	*out = (struct acted){ .ticket = k->id };
	if (k == to)
		return err_set(e, ERR_DATA, "ticket %lld has to do with itself anyway",
		    (long long)k->id);
	snprintf(number, sizeof(number), "%lld", (long long)to->id);
	if ((s = db_stmt(a->db, &ACT_RELATED, e)) == NULL)
		return -1;
	stmt_int(s, ":a", k->id);
	stmt_text(s, ":b", number);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	if (n > 0)
		return 0;
	out->is_new = true;
	return event(a, k, "ticket.related", number, NULL, e);
}
