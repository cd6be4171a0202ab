/* dump - every fact of the database as JSON Lines, and back */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/dump.h"
#include "stream/jtext.h"

DB_SQL(ALL_ACCOUNT, "SELECT * FROM account ORDER BY id");
DB_SQL(ONE_ACCOUNT, "SELECT * FROM account WHERE id = :id");
DB_SQL(PUT_ACCOUNT, "INSERT INTO account ("
    "id, channel, name) VALUES ("
    ":id, :channel, :name) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_AGENT, "SELECT * FROM agent ORDER BY id");
DB_SQL(ONE_AGENT, "SELECT * FROM agent WHERE id = :id");
DB_SQL(PUT_AGENT, "INSERT INTO agent ("
    "id, code, name) VALUES ("
    ":id, :code, :name) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_SOURCE, "SELECT * FROM source ORDER BY id");
DB_SQL(ONE_SOURCE, "SELECT * FROM source WHERE id = :id");
DB_SQL(PUT_SOURCE, "INSERT INTO source ("
    "id, name, format, read_at) VALUES ("
    ":id, :name, :format, :read_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_THREAD, "SELECT * FROM thread ORDER BY id");
DB_SQL(ONE_THREAD, "SELECT * FROM thread WHERE id = :id");
DB_SQL(PUT_THREAD, "INSERT INTO thread ("
    "id, account, name, grouped) VALUES ("
    ":id, :account, :name, :grouped) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CUSTOMER, "SELECT * FROM customer ORDER BY id");
DB_SQL(ONE_CUSTOMER, "SELECT * FROM customer WHERE id = :id");
DB_SQL(PUT_CUSTOMER, "INSERT INTO customer ("
    "id, root, name, segment, language, zone, extra, created_at) VALUES ("
    ":id, :root, :name, :segment, :language, :zone, :extra, :created_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_IDENTITY, "SELECT * FROM identity ORDER BY id");
DB_SQL(ONE_IDENTITY, "SELECT * FROM identity WHERE id = :id");
DB_SQL(PUT_IDENTITY, "INSERT INTO identity ("
    "id, kind, account, value, customer, first_at) VALUES ("
    ":id, :kind, :account, :value, :customer, :first_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_LINK, "SELECT * FROM link ORDER BY id");
DB_SQL(ONE_LINK, "SELECT * FROM link WHERE id = :id");
DB_SQL(PUT_LINK, "INSERT INTO link ("
    "id, a, b, identity, actor, linked_at, unlinked_at) VALUES ("
    ":id, :a, :b, :identity, :actor, :linked_at, :unlinked_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CONFLICT, "SELECT * FROM conflict ORDER BY id");
DB_SQL(ONE_CONFLICT, "SELECT * FROM conflict WHERE id = :id");
DB_SQL(PUT_CONFLICT, "INSERT INTO conflict ("
    "id, a, b, identity, seen_at) VALUES ("
    ":id, :a, :b, :identity, :seen_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_TICKET, "SELECT * FROM ticket ORDER BY id");
DB_SQL(ONE_TICKET, "SELECT * FROM ticket WHERE id = :id");
DB_SQL(PUT_TICKET, "INSERT INTO ticket ("
    "id, account, thread, external_id, customer, follows, related, "
    "subject, opened_at, status, cycle, reopens, messages_in, "
    "messages_out, first_in_at, first_response_at, "
    "first_response_agent, last_in_at, last_out_at, waiting_since_at, "
    "first_resolved_at, resolved_at, cause, outcome, type, area, "
    "urgency, sentiment, queue, agent, priority, routed_at, csat, "
    "last_at, event_at) VALUES ("
    ":id, :account, :thread, :external_id, :customer, :follows, "
    ":related, :subject, :opened_at, :status, :cycle, :reopens, "
    ":messages_in, :messages_out, :first_in_at, :first_response_at, "
    ":first_response_agent, :last_in_at, :last_out_at, "
    ":waiting_since_at, :first_resolved_at, :resolved_at, :cause, "
    ":outcome, :type, :area, :urgency, :sentiment, :queue, :agent, "
    ":priority, :routed_at, :csat, :last_at, :event_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_MESSAGE, "SELECT * FROM message ORDER BY id");
DB_SQL(ONE_MESSAGE, "SELECT * FROM message WHERE id = :id");
DB_SQL(PUT_MESSAGE, "INSERT INTO message ("
    "id, account, external_id, thread, ticket, customer, agent, "
    "direction, automatic, at, subject, text, extra, source, line) VALUES ("
    ":id, :account, :external_id, :thread, :ticket, :customer, :agent, "
    ":direction, :automatic, :at, :subject, :text, :extra, :source, "
    ":line) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_ORDERS, "SELECT * FROM orders ORDER BY id");
DB_SQL(ONE_ORDERS, "SELECT * FROM orders WHERE id = :id");
DB_SQL(PUT_ORDERS, "INSERT INTO orders ("
    "id, account, external_id, customer, status, title, amount_minor, "
    "currency, ordered_at, paid_at, starts_at, ends_at, extra) VALUES ("
    ":id, :account, :external_id, :customer, :status, :title, "
    ":amount_minor, :currency, :ordered_at, :paid_at, :starts_at, "
    ":ends_at, :extra) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_EVENT, "SELECT * FROM event ORDER BY id");
DB_SQL(ONE_EVENT, "SELECT * FROM event WHERE id = :id");
DB_SQL(PUT_EVENT, "INSERT INTO event ("
    "id, key, name, at, ticket, customer, message, subject, value, "
    "actor, data) VALUES ("
    ":id, :key, :name, :at, :ticket, :customer, :message, :subject, "
    ":value, :actor, :data) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CLASS, "SELECT * FROM class ORDER BY message");
DB_SQL(ONE_CLASS, "SELECT * FROM class WHERE message = :message");
DB_SQL(PUT_CLASS, "INSERT INTO class ("
    "message, type, area, urgency, sentiment, confidence, why, needs, "
    "more) VALUES ("
    ":message, :type, :area, :urgency, :sentiment, :confidence, :why, "
    ":needs, :more) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_ENTITY, "SELECT * FROM entity ORDER BY message, n");
DB_SQL(ONE_ENTITY, "SELECT * FROM entity WHERE message = :message AND n = :n");
DB_SQL(PUT_ENTITY, "INSERT INTO entity ("
    "message, n, kind, text, first, past) VALUES ("
    ":message, :n, :kind, :text, :first, :past) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CLOCK, "SELECT * FROM clock ORDER BY id");
DB_SQL(ONE_CLOCK, "SELECT * FROM clock WHERE id = :id");
DB_SQL(PUT_CLOCK, "INSERT INTO clock ("
    "id, ticket, kind, cycle, policy, calendar, target_ms, started_at, "
    "due_at, stopped_at) VALUES ("
    ":id, :ticket, :kind, :cycle, :policy, :calendar, :target_ms, "
    ":started_at, :due_at, :stopped_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_OUTBOX, "SELECT * FROM outbox ORDER BY id");
DB_SQL(ONE_OUTBOX, "SELECT * FROM outbox WHERE id = :id");
DB_SQL(PUT_OUTBOX, "INSERT INTO outbox ("
    "id, key, kind, audience, channel, recipient, ticket, customer, "
    "subject, text, data, created_at, not_before_at, state) VALUES ("
    ":id, :key, :kind, :audience, :channel, :recipient, :ticket, "
    ":customer, :subject, :text, :data, :created_at, :not_before_at, "
    ":state) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_FOLLOWUP, "SELECT * FROM followup ORDER BY id");
DB_SQL(ONE_FOLLOWUP, "SELECT * FROM followup WHERE id = :id");
DB_SQL(PUT_FOLLOWUP, "INSERT INTO followup ("
    "id, ticket, plan, cycle, step, from_at, due_at, done_at, outbox, "
    "skipped) VALUES ("
    ":id, :ticket, :plan, :cycle, :step, :from_at, :due_at, :done_at, "
    ":outbox, :skipped) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_PROGRESS, "SELECT * FROM progress ORDER BY name");
DB_SQL(ONE_PROGRESS, "SELECT * FROM progress WHERE name = :name");
DB_SQL(PUT_PROGRESS, "INSERT INTO progress (name, id, rules) VALUES (:name, :id, :rules) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_NOTICE, "SELECT * FROM notice ORDER BY id");
DB_SQL(ONE_NOTICE, "SELECT * FROM notice WHERE id = :id");
DB_SQL(PUT_NOTICE, "INSERT INTO notice ("
    "id, clock, level, due_at, done_at, outbox, skipped) VALUES ("
    ":id, :clock, :level, :due_at, :done_at, :outbox, :skipped) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_SURVEY, "SELECT * FROM survey ORDER BY id");
DB_SQL(ONE_SURVEY, "SELECT * FROM survey WHERE id = :id");
DB_SQL(PUT_SURVEY, "INSERT INTO survey ("
    "id, ticket, cycle, customer, form, mode, invited_at, expires_at, "
    "outbox) VALUES ("
    ":id, :ticket, :cycle, :customer, :form, :mode, :invited_at, "
    ":expires_at, :outbox) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_SURVEY_SKIP, "SELECT * FROM survey_skip ORDER BY id");
DB_SQL(ONE_SURVEY_SKIP, "SELECT * FROM survey_skip WHERE id = :id");
DB_SQL(PUT_SURVEY_SKIP, "INSERT INTO survey_skip ("
    "id, ticket, cycle, reason, at) VALUES ("
    ":id, :ticket, :cycle, :reason, :at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_RESPONSE, "SELECT * FROM response ORDER BY id");
DB_SQL(ONE_RESPONSE, "SELECT * FROM response WHERE id = :id");
DB_SQL(PUT_RESPONSE, "INSERT INTO response ("
    "id, key, survey, ticket, customer, form, mode, score, comment, "
    "message, answered_at) VALUES ("
    ":id, :key, :survey, :ticket, :customer, :form, :mode, :score, "
    ":comment, :message, :answered_at) "
    "ON CONFLICT DO NOTHING");

struct dumped {
	const char *name;
	const struct db_sql *all, *one, *put;
};

/* A row comes after those it refers to. */
static const struct dumped tables[] = {
	{ "account", &ALL_ACCOUNT, &ONE_ACCOUNT, &PUT_ACCOUNT },
	{ "agent", &ALL_AGENT, &ONE_AGENT, &PUT_AGENT },
	{ "source", &ALL_SOURCE, &ONE_SOURCE, &PUT_SOURCE },
	{ "thread", &ALL_THREAD, &ONE_THREAD, &PUT_THREAD },
	{ "customer", &ALL_CUSTOMER, &ONE_CUSTOMER, &PUT_CUSTOMER },
	{ "identity", &ALL_IDENTITY, &ONE_IDENTITY, &PUT_IDENTITY },
	{ "link", &ALL_LINK, &ONE_LINK, &PUT_LINK },
	{ "conflict", &ALL_CONFLICT, &ONE_CONFLICT, &PUT_CONFLICT },
	{ "ticket", &ALL_TICKET, &ONE_TICKET, &PUT_TICKET },
	{ "message", &ALL_MESSAGE, &ONE_MESSAGE, &PUT_MESSAGE },
	{ "orders", &ALL_ORDERS, &ONE_ORDERS, &PUT_ORDERS },
	{ "event", &ALL_EVENT, &ONE_EVENT, &PUT_EVENT },
	{ "class", &ALL_CLASS, &ONE_CLASS, &PUT_CLASS },
	{ "entity", &ALL_ENTITY, &ONE_ENTITY, &PUT_ENTITY },
	{ "clock", &ALL_CLOCK, &ONE_CLOCK, &PUT_CLOCK },
	{ "outbox", &ALL_OUTBOX, &ONE_OUTBOX, &PUT_OUTBOX },
	{ "followup", &ALL_FOLLOWUP, &ONE_FOLLOWUP, &PUT_FOLLOWUP },
	{ "progress", &ALL_PROGRESS, &ONE_PROGRESS, &PUT_PROGRESS },
	{ "notice", &ALL_NOTICE, &ONE_NOTICE, &PUT_NOTICE },
	{ "survey", &ALL_SURVEY, &ONE_SURVEY, &PUT_SURVEY },
	{ "survey_skip", &ALL_SURVEY_SKIP, &ONE_SURVEY_SKIP, &PUT_SURVEY_SKIP },
	{ "response", &ALL_RESPONSE, &ONE_RESPONSE, &PUT_RESPONSE },
	{ NULL, NULL, NULL, NULL }
};

/* The shortest text that reads back as the same number. */
static void
add_real(struct buf *out, double v)
{
	char text[40];

	snprintf(text, sizeof(text), "%.15g", v);
	if (strtod(text, NULL) != v)
		snprintf(text, sizeof(text), "%.17g", v);
	buf_str(out, text);
	if (strpbrk(text, ".en") == NULL)
		buf_str(out, ".0");
}

static void
add_column(struct buf *out, const struct stmt *s, int i)
{
	enum db_type type = stmt_col_type(s, i);

	if (type == DB_NULL)
		return;
	jtext_key(out, stmt_col_name(s, i));
	if (type == DB_INT)
		buf_fmt(out, "%lld", (long long)stmt_col_int(s, i));
	else if (type == DB_REAL)
		add_real(out, stmt_col_real(s, i));
	else
		jtext_string(out, stmt_col_text(s, i), stmt_col_len(s, i));
}

static int
table_out(struct db *db, const struct dumped *t, struct buf *line,
    int (*put)(void *ctx, const char *line, size_t len, struct err *e), void *ctx,
    struct err *e)
{
	struct stmt *s = db_stmt(db, t->all, e);
	int got, i, n;

	if (s == NULL)
		return -1;
	n = stmt_cols(s);
	while ((got = stmt_step(s, e)) > 0) {
		buf_clear(line);
		buf_char(line, '{');
		jtext_member(line, "table", t->name);
		for (i = 0; i < n; i++)
			add_column(line, s, i);
		buf_str(line, "}\n");
		if (put(ctx, line->p, line->len, e) < 0)
			return -1;
	}
	return got;
}

int
dump_all(struct db *db, int (*put)(void *ctx, const char *line, size_t len,
    struct err *e), void *ctx, struct err *e)
{
	struct buf line = BUF_INIT;
	const struct dumped *t;
	int bad = db_begin_read(db, e);

	for (t = tables; t->name != NULL && bad == 0; t++)
		bad = table_out(db, t, &line, put, ctx, e);
	buf_release(&line);
	if (db_in_transaction(db))
		db_rollback(db);
	return bad;
}

const char *
dump_table(size_t i, const struct db_sql **one, const struct db_sql **put)
{
	*one = tables[i].one;
	*put = tables[i].put;
	return tables[i].name;
}

bool
dump_is_row(const struct rec *r)
{
	return rec_text(r, "table") != NULL;
}

struct binding {
	struct stmt *s;
	const struct rec *r;
	struct err *e;
};

static int
bind_member(void *ctx, const char *key, const struct node *value)
{
	struct binding *b = ctx;
	char name[64];
	int64_t number;
	double real;

	if (strcmp(key, "table") == 0)
		return 0;
	snprintf(name, sizeof(name), ":%.60s", key);
	if (!stmt_has(b->s, name))
		return err_set(b->e, ERR_DATA, "no column \"%.60s\"", key);
	if (node_as_text(value) != NULL)
		stmt_text(b->s, name, node_as_text(value));
	else if (node_as_int(value, &number))
		stmt_int(b->s, name, number);
	else if (node_as_real(value, &real))
		stmt_real(b->s, name, real);
	else if (!node_is_null(value))
		return err_set(b->e, ERR_DATA, "\"%.60s\" is neither text nor number", key);
	return 0;
}

static const struct dumped *
table_of(const struct rec *r)
{
	const char *name = rec_text(r, "table");
	const struct dumped *t;

	for (t = tables; t->name != NULL; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	return NULL;
}

static bool
same_value(const struct stmt *s, int i, const struct node *n)
{
	int64_t number;
	double real;

	switch (stmt_col_type(s, i)) {
	case DB_NULL:
		return node_is_null(n);
	case DB_INT:
		return node_as_int(n, &number) && number == stmt_col_int(s, i);
	case DB_REAL:
		return node_as_real(n, &real) && real == stmt_col_real(s, i);
	case DB_TEXT:
		break;
	}
	return node_as_text(n) != NULL && strcmp(node_as_text(n), stmt_col_text(s, i)) == 0;
}

/* The row is refused by a key: it must be there already, value for value. */
static int
compare(struct db *db, const struct dumped *t, const struct rec *r, struct err *e)
{
	static const char *const keys[] = { "id", "message", "n", "name" };
	struct stmt *s = db_stmt(db, t->one, e);
	int got, i;
	size_t k;
	int64_t v;

	if (s == NULL)
		return -1;
	for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		char name[16];

		snprintf(name, sizeof(name), ":%s", keys[k]);
		if (!stmt_has(s, name))
			continue;
		if (rec_int(r, keys[k], &v))
			stmt_int(s, name, v);
		else
			stmt_text(s, name, rec_text(r, keys[k]));
	}
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	for (i = 0; got > 0 && i < stmt_cols(s); i++)
		if (!same_value(s, i, rec_node(r, stmt_col_name(s, i)))) {
			err_set(e, ERR_DATA, "%s: \"%s\" differs from the row that is there",
			    t->name, stmt_col_name(s, i));
			stmt_reset(s);
			return -1;
		}
	stmt_reset(s);
	return got > 0 ? 0 : err_set(e, ERR_DATA, "%s: another row has its key", t->name);
}

int
dump_load(struct db *db, const struct rec *r, struct err *e)
{
	const struct dumped *t = table_of(r);
	struct binding b = { .r = r, .e = e };

	if (t == NULL)
		return err_set(e, ERR_DATA, "no table \"%.60s\"", rec_text(r, "table"));
	if ((b.s = db_stmt(db, t->put, e)) == NULL ||
	    node_each(r->root, bind_member, &b) != 0)
		return -1;
	if (stmt_run(b.s, e) < 0)
		return -1;
	return db_changes(db) > 0 ? 1 : compare(db, t, r, e);
}
