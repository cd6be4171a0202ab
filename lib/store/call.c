/* call - the telephone calls among the messages */
#include <stdlib.h>
#include <string.h>

#include "intake/call_fact.h"
#include "store/call.h"

DB_SQL(CALL_GET, "SELECT c.outcome, c.answered_at, c.ended_at, c.wait_ms, c.talk_ms, "
    "c.queue, g.code FROM call AS c LEFT JOIN agent AS g ON g.id = c.agent "
    "WHERE c.message = :message");
DB_SQL(CALL_PUT, "INSERT INTO call (message, outcome, answered_at, ended_at, wait_ms, "
    "talk_ms, queue, agent) VALUES (:message, :outcome, :answered_at, :ended_at, :wait_ms, "
    ":talk_ms, :queue, :agent) ON CONFLICT (message) DO UPDATE SET "
    "outcome = excluded.outcome, answered_at = excluded.answered_at, "
    "ended_at = excluded.ended_at, wait_ms = excluded.wait_ms, "
    "talk_ms = excluded.talk_ms, queue = excluded.queue, agent = excluded.agent");
DB_SQL(CALL_LEG_ADD, "INSERT INTO call_leg (message, log, outcome, at, answered_at, "
    "ended_at, wait_ms, talk_ms, queue, party, extra) VALUES (:message, :log, :outcome, "
    ":at, :answered_at, :ended_at, :wait_ms, :talk_ms, :queue, :party, :extra) "
    "ON CONFLICT (message, log, ended_at, queue, party) DO NOTHING");
DB_SQL(CALL_LEGS, "SELECT log, outcome, at, answered_at, ended_at, wait_ms, talk_ms, queue, "
    "party FROM call_leg WHERE message = :message ORDER BY id");
DB_SQL(CALL_AGENT, "SELECT id FROM agent WHERE code = :code");
DB_SQL(CALL_NEAR, "SELECT m.ticket FROM ticket AS t JOIN message AS m ON m.ticket = t.id "
    "JOIN call AS c ON c.message = m.id WHERE t.thread = :thread AND m.at >= :from_at "
    "AND m.at <= :to_at ORDER BY abs(m.at - :at), m.id LIMIT 1");
DB_SQL(CALLS_AFTER, "SELECT message FROM call WHERE message > :after "
    "ORDER BY message LIMIT 1");

static void
bind_span(struct stmt *s, const char *name, int64_t ms)
{
	if (ms == CALL_NO_SPAN)
		stmt_null(s, name);
	else
		stmt_int(s, name, ms);
}

static int64_t
col_span(const struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? CALL_NO_SPAN : stmt_col_int(s, i);
}

/* The text of a column, NULL when it is "" or null. */
static const char *
col_name(const struct stmt *s, int i, struct arena *a)
{
	const char *text = stmt_col_text(s, i);

	return text != NULL && *text != '\0' ? arena_str(a, text) : NULL;
}

static int
get(struct db *db, int64_t message, struct arena *a, struct call_sum *sum, struct err *e)
{
	struct stmt *s = db_stmt(db, &CALL_GET, e);
	int got;

	*sum = (struct call_sum){ .wait_ms = CALL_NO_SPAN, .talk_ms = CALL_NO_SPAN };
	if (s == NULL)
		return -1;
	stmt_int(s, ":message", message);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	sum->outcome = (enum call_outcome)stmt_col_int(s, 0);
	sum->answered_at = stmt_col_int(s, 1);
	sum->ended_at = stmt_col_int(s, 2);
	sum->wait_ms = col_span(s, 3);
	sum->talk_ms = col_span(s, 4);
	sum->queue = col_name(s, 5, a);
	sum->agent = col_name(s, 6, a);
	stmt_reset(s);
	return 1;
}

static int
put(struct db *db, int64_t message, const struct call_sum *sum, int64_t agent,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &CALL_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":message", message);
	stmt_int(s, ":outcome", sum->outcome);
	stmt_id(s, ":answered_at", sum->answered_at);
	stmt_id(s, ":ended_at", sum->ended_at);
	bind_span(s, ":wait_ms", sum->wait_ms);
	bind_span(s, ":talk_ms", sum->talk_ms);
	stmt_text(s, ":queue", sum->queue);
	stmt_id(s, ":agent", agent);
	return stmt_run(s, e);
}

static int
add_leg(struct db *db, int64_t message, const struct call_leg *l, const char *extra,
    bool *added, struct err *e)
{
	struct stmt *s = db_stmt(db, &CALL_LEG_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":message", message);
	stmt_int(s, ":log", l->log);
	stmt_int(s, ":outcome", l->outcome);
	stmt_int(s, ":at", l->at);
	stmt_id(s, ":answered_at", l->answered_at);
	stmt_int(s, ":ended_at", l->ended_at);
	bind_span(s, ":wait_ms", l->wait_ms);
	bind_span(s, ":talk_ms", l->talk_ms);
	stmt_text(s, ":queue", l->queue != NULL ? l->queue : "");
	stmt_text(s, ":party", l->agent != NULL ? l->agent : "");
	stmt_text(s, ":extra", extra);
	if (stmt_run(s, e) < 0)
		return -1;
	*added = db_changes(db) > 0;
	return 0;
}

/* All legs of the call, yours to free; the text in A. */
static int
read_legs(struct db *db, int64_t message, struct arena *a, struct call_leg **legs,
    size_t *n, struct err *e)
{
	struct stmt *s = db_stmt(db, &CALL_LEGS, e);
	int got;

	*legs = NULL;
	*n = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":message", message);
	while ((got = stmt_step(s, e)) > 0) {
		*legs = xrealloc(*legs, (*n + 1) * sizeof(**legs));
		(*legs)[(*n)++] = (struct call_leg){
			.log = (enum call_log)stmt_col_int(s, 0),
			.outcome = (enum call_outcome)stmt_col_int(s, 1),
			.at = stmt_col_int(s, 2), .answered_at = stmt_col_int(s, 3),
			.ended_at = stmt_col_int(s, 4), .wait_ms = col_span(s, 5),
			.talk_ms = col_span(s, 6), .queue = col_name(s, 7, a),
			.agent = col_name(s, 8, a)
		};
	}
	return got;
}

static int
sum_up(struct db *db, int64_t message, struct arena *a, struct call_sum *sum, struct err *e)
{
	struct call_leg *legs;
	size_t n;
	int bad = read_legs(db, message, a, &legs, &n, e);

	if (bad == 0)
		call_fold(legs, n, sum);
	free(legs);
	return bad;
}

static int64_t
time_of(int64_t at)
{
	return at != FACT_NO_TIME ? at : 0;
}

static void
leg_of(const struct fact *f, struct call_leg *l)
{
	struct fact_message m = f->message;
	const struct fact_call *c = &m.call;

	call_complete(&m);
	*l = (struct call_leg){ .outcome = call_outcome_parse(c->outcome),
		.log = c->log != NULL && strcmp(c->log, "queue") == 0 ? CALL_QUEUE : CALL_LINE,
		.at = m.at, .answered_at = time_of(m.answered_at),
		.ended_at = time_of(c->ended_at), .wait_ms = c->wait_ms, .talk_ms = c->talk_ms,
		.queue = c->queue, .agent = f->agent.id };
}

int
call_put(struct db *db, struct names *names, int64_t id, const struct fact *f,
    struct arena *a, struct call_change *c, struct err *e)
{
	struct call_leg leg;

	*c = (struct call_change){ .added = false };
	leg_of(f, &leg);
	if (get(db, id, a, &c->was, e) < 0)
		return -1;
	c->now = c->was;
	if (leg.outcome == CALL_ONGOING)
		c->added = c->was.outcome == 0;
	else if (add_leg(db, id, &leg, c->was.outcome != 0 ? f->extra : NULL, &c->added,
	    e) < 0)
		return -1;
	if (!c->added)
		return 0;
	if (leg.outcome != CALL_ONGOING && c->was.outcome == 0)
		call_fold(&leg, 1, &c->now);
	else if (sum_up(db, id, a, &c->now, e) < 0)
		return -1;
	c->agent = names_agent(names, c->now.agent, NULL, e);
	return c->agent < 0 ? -1 : put(db, id, &c->now, c->agent, e);
}

int
call_near(struct db *db, int64_t thread, int64_t at, int64_t reach_ms, int64_t *ticket,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &CALL_NEAR, e);

	*ticket = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":thread", thread);
	stmt_int(s, ":at", at);
	stmt_int(s, ":from_at", at - reach_ms);
	stmt_int(s, ":to_at", at + reach_ms);
	return stmt_one(s, ticket, e) < 0 ? -1 : 0;
}

/* The id of agent CODE in *id, 0 if there is none. */
static int
agent_of(struct db *db, const char *code, int64_t *id, struct err *e)
{
	struct stmt *s;

	*id = 0;
	if (code == NULL)
		return 0;
	if ((s = db_stmt(db, &CALL_AGENT, e)) == NULL)
		return -1;
	stmt_text(s, ":code", code);
	return stmt_one(s, id, e) < 0 ? -1 : 0;
}

static int
check_one(struct db *db, int64_t message, bool fix, struct arena *a, bool *same,
    struct err *e)
{
	struct call_sum have, want;
	int64_t agent;

	if (get(db, message, a, &have, e) < 0 || sum_up(db, message, a, &want, e) < 0 ||
	    agent_of(db, want.agent, &agent, e) < 0)
		return -1;
	if (agent == 0)
		want.agent = NULL;
	*same = call_sum_equal(&have, &want);
	return *same || !fix ? 0 : put(db, message, &want, agent, e);
}

int
calls_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t message, const char *what), void *ctx, struct err *e)
{
	struct arena a = ARENA_INIT;
	int64_t message = 0;
	bool same = true;
	int got = 1;

	while (got > 0) {
		struct stmt *s = db_stmt(db, &CALLS_AFTER, e);

		if (s == NULL) {
			got = -1;
			break;
		}
		stmt_int(s, ":after", message);
		got = stmt_one(s, &message, e);
		if (got > 0 && check_one(db, message, fix, &a, &same, e) < 0)
			got = -1;
		if (got > 0 && !same)
			fn(ctx, message, "its sum differs from its legs");
		arena_clear(&a);
	}
	arena_release(&a);
	return got;
}
