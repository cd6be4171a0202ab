/* ticket_query - the tickets for which a list of terms holds, in order */
#include <stdlib.h>
#include <string.h>

#include "desk/policy.h"
#include "desk/ticket.h"
#include "report/ticket_query.h"

/* The clock that runs out next; a ticket has a few at most. */
#define CLOCK_OF(column) "(SELECT k." column " FROM clock AS k WHERE k.ticket = t.id " \
	"AND k.stopped_at IS NULL ORDER BY k.due_at, k.kind LIMIT 1)"
#define LINE_COLUMNS "t.id, t.status, t.queue, g.code, a.channel, a.name, t.type, t.area, " \
	"t.urgency, t.sentiment, coalesce(r.segment, c.segment), " \
	"coalesce(r.language, c.language), t.cause, t.outcome, c.root, t.priority, t.csat, " \
	"t.reopens, t.opened_at, t.waiting_since_at, " CLOCK_OF("due_at") ", t.resolved_at, " \
	"t.merged, h.grouped, t.last_at, " \
	"CASE WHEN EXISTS (SELECT 1 FROM clock AS k WHERE k.ticket = t.id " \
	"AND coalesce(k.stopped_at, :now) > k.due_at) THEN 1 ELSE 0 END"
#define LINE_TABLES " FROM ticket AS t JOIN account AS a ON a.id = t.account " \
	"JOIN thread AS h ON h.id = t.thread " \
	"LEFT JOIN agent AS g ON g.id = t.agent " \
	"LEFT JOIN customer AS c ON c.id = t.customer " \
	"LEFT JOIN customer AS r ON r.id = c.root "
enum { LINE_N = 26 };

DB_SQL(LIST_OPEN, "SELECT " LINE_COLUMNS LINE_TABLES "WHERE t.status < 3");
DB_SQL(LIST_ALL, "SELECT " LINE_COLUMNS LINE_TABLES);
DB_SQL(LIST_CUSTOMER, "SELECT " LINE_COLUMNS LINE_TABLES "WHERE t.customer IN "
    "(SELECT x.id FROM customer AS x WHERE x.root = "
    "(SELECT y.root FROM customer AS y WHERE y.id = :id))");
DB_SQL(LIST_OPENED, "SELECT " LINE_COLUMNS LINE_TABLES
    "WHERE t.opened_at BETWEEN :low AND :high");
DB_SQL(LIST_LINE, "SELECT " LINE_COLUMNS ", t.cycle, t.external_id, t.subject, "
    "coalesce(r.name, c.name), " CLOCK_OF("kind") ", "
    "(SELECT substr(m.text, 1, 120) FROM message AS m WHERE m.ticket = t.id "
    "AND m.direction = 1 ORDER BY m.at, m.id LIMIT 1)" LINE_TABLES "WHERE t.id = :id");
DB_SQL(LIST_ROOT, "SELECT root FROM customer WHERE id = :id");
DB_SQL(ASK_TEXT, "SELECT m.text, m.subject FROM message AS m WHERE m.ticket = :id "
    "ORDER BY m.at, m.id");
DB_SQL(ASK_SUBJECT, "SELECT t.subject FROM ticket AS t WHERE t.id = :id");
DB_SQL(ASK_NAME, "SELECT x.name FROM ticket AS t JOIN customer AS c ON c.id = t.customer "
    "JOIN customer AS x ON x.root = c.root WHERE t.id = :id AND x.name IS NOT NULL");
DB_SQL(ASK_ORDER, "SELECT count(*) FROM message AS m JOIN entity AS n ON n.message = m.id "
    "WHERE m.ticket = :id AND n.kind = 'order_no' AND n.text = :value");

int
ticket_order_of(const char *name, enum ticket_order *order, struct err *e)
{
	static const char *const names[] = { "next", "priority", "due", "waiting", "opened",
		"last", "id" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0) {
			*order = (enum ticket_order)i;
			return 0;
		}
	return err_set(e, ERR_USAGE, "--sort %s: not next, priority, due, waiting, opened, last "
	    "or id", name);
}

void
ticket_query_init(struct ticket_query *l, struct db *db, int64_t now)
{
	*l = (struct ticket_query){ .db = db, .now = now, .fold = FOLD_INIT,
		.memory = ARENA_INIT };
}

void
ticket_query_release(struct ticket_query *l)
{
	free(l->v);
	fold_release(&l->fold);
	arena_release(&l->memory);
}

/* What desk/terms.h asks about; texts are the statement's. */
static void
read_facts(struct stmt *s, int64_t now, struct ticket_line *line)
{
	static const enum term_field texts[] = { TERM_QUEUE, TERM_AGENT, TERM_CHANNEL,
		TERM_ACCOUNT, TERM_TYPE, TERM_AREA, TERM_URGENCY, TERM_SENTIMENT, TERM_SEGMENT,
		TERM_LANGUAGE, TERM_CAUSE, TERM_OUTCOME };
	struct term_facts *f = &line->facts;
	enum ticket_status status = (enum ticket_status)stmt_col_int(s, 1);
	size_t i;

	*line = (struct ticket_line){ .facts.id = stmt_col_int(s, 0) };
	f->text[TERM_STATUS] = ticket_status_name(status);
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		f->text[texts[i]] = stmt_col_text(s, (int)i + 2);
	f->customer = stmt_col_int(s, 14);
	f->priority = stmt_col_int(s, 15);
	f->csat = stmt_col_int(s, 16);
	f->reopens = stmt_col_int(s, 17);
	f->opened_at = stmt_col_int(s, 18);
	f->waiting_since_at = stmt_col_int(s, 19);
	f->due_at = stmt_col_int(s, 20);
	f->resolved_at = stmt_col_int(s, 21);
	line->merged = stmt_col_int(s, 22);
	line->last_at = stmt_col_int(s, 24);
	f->is[TERM_IS_OPEN] = !ticket_status_is_over(status);
	f->is[TERM_IS_UNANSWERED] = f->waiting_since_at != 0;
	f->is[TERM_IS_UNASSIGNED] = f->text[TERM_AGENT] == NULL;
	f->is[TERM_IS_OVERDUE] = f->due_at != 0 && f->due_at < now;
	f->is[TERM_IS_BREACHED] = stmt_col_int(s, 25) != 0;
	f->is[TERM_IS_REOPENED] = f->reopens > 0;
	f->is[TERM_IS_MERGED] = line->merged != 0;
	f->is[TERM_IS_GROUP] = stmt_col_int(s, 23) != 0;
}

static bool
column_holds(struct ticket_query *l, const char *text, const char *folded)
{
	if (text == NULL)
		return false;
	fold_text(&l->fold, text, strlen(text));
	return strstr(buf_cstr(&l->fold.text), folded) != NULL;
}

static int
ask(void *ctx, int64_t ticket, enum term_field field, const char *value, struct err *e)
{
	struct ticket_query *l = ctx;
	const struct db_sql *sql = field == TERM_TEXT ? &ASK_TEXT : field == TERM_ORDER ?
	    &ASK_ORDER : field == TERM_NAME ? &ASK_NAME : &ASK_SUBJECT;
	struct stmt *s = db_stmt(l->db, sql, e);
	int64_t n = 0;
	int got, i;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", ticket);
	if (field == TERM_ORDER) {
		stmt_text(s, ":value", value);
		return stmt_one(s, &n, e) < 0 ? -1 : n > 0;
	}
	while ((got = stmt_step(s, e)) > 0)
		for (i = 0; i < stmt_cols(s); i++)
			if (column_holds(l, stmt_col_text(s, i), value)) {
				stmt_reset(s);
				return 1;
			}
	return got;
}

/* Smaller comes first; what has no such time comes last. */
static int64_t
or_last(int64_t at)
{
	return at != 0 ? at : INT64_MAX;
}

static void
keep(struct ticket_query *l, const struct ticket_line *line, enum ticket_order order)
{
	const struct term_facts *f = &line->facts;
	int64_t urgent = f->is[TERM_IS_OVERDUE] ? 0 : f->priority != 0 ? f->priority : 9;
	struct ticket_place *p;

	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 256;
		l->v = xrealloc(l->v, l->cap * sizeof(*l->v));
	}
	p = &l->v[l->n++];
	*p = (struct ticket_place){ .id = f->id };
	switch (order) {
	case ORDER_NEXT:
		p->key[0] = f->is[TERM_IS_OPEN] ? urgent : INT64_MAX;
		p->key[1] = or_last(f->due_at);
		break;
	case ORDER_PRIORITY:
		p->key[0] = or_last(f->priority);
		p->key[1] = or_last(f->due_at);
		break;
	case ORDER_DUE:
		p->key[0] = or_last(f->due_at);
		break;
	case ORDER_WAITING:
		p->key[0] = or_last(f->waiting_since_at);
		break;
	case ORDER_OPENED:
		p->key[0] = f->opened_at;
		break;
	case ORDER_LAST:
		p->key[0] = -line->last_at;
		break;
	case ORDER_ID:
		break;
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct ticket_place *x = a, *y = b;

	if (x->key[0] != y->key[0])
		return x->key[0] < y->key[0] ? -1 : 1;
	if (x->key[1] != y->key[1])
		return x->key[1] < y->key[1] ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int
by_key_reversed(const void *a, const void *b)
{
	return by_key(b, a);
}

/* True if the terms leave only open tickets, or none of them says which. */
static bool
only_open(const struct terms *t)
{
	const struct term *status = terms_find(t, TERM_STATUS), *is = terms_find(t, TERM_IS);
	size_t i;

	if (status == NULL && is == NULL)
		return terms_find(t, TERM_ID) == NULL && terms_find(t, TERM_RESOLVED) == NULL;
	if (status == NULL)
		return is->n == 1 && (is->v[0].low == TERM_IS_OPEN || is->v[0].low ==
		    TERM_IS_UNANSWERED || is->v[0].low == TERM_IS_OVERDUE);
	for (i = 0; i < status->n; i++)
		if (strcmp(status->v[i].text, "open") != 0 &&
		    strcmp(status->v[i].text, "pending") != 0)
			return false;
	return true;
}

static const struct term_value *
single(const struct terms *t, enum term_field field)
{
	const struct term *term = terms_find(t, field);

	return term != NULL && term->n == 1 ? &term->v[0] : NULL;
}

/* The rows worth looking at. */
static struct stmt *
choose(struct ticket_query *l, const struct terms *t, struct err *e)
{
	const struct term_value *id = single(t, TERM_ID), *v = single(t, TERM_CUSTOMER);
	struct stmt *s;

	if (id != NULL && id->low == id->high)
		s = db_stmt(l->db, &LIST_LINE, e);
	else if (v != NULL && v->low == v->high)
		s = db_stmt(l->db, &LIST_CUSTOMER, e);
	else if (only_open(t))
		s = db_stmt(l->db, &LIST_OPEN, e);
	else if ((v = single(t, TERM_OPENED)) != NULL)
		s = db_stmt(l->db, &LIST_OPENED, e);
	else
		s = db_stmt(l->db, &LIST_ALL, e);
	if (s == NULL)
		return NULL;
	stmt_int(s, ":now", l->now);
	if (stmt_has(s, ":id"))
		stmt_int(s, ":id", id != NULL && id->low == id->high ? id->low : v->low);
	if (stmt_has(s, ":low")) {
		stmt_int(s, ":low", v->low);
		stmt_int(s, ":high", v->high);
	}
	return s;
}

/* A customer is asked for by any id that was ever linked to him. */
static int
to_roots(struct ticket_query *l, struct terms *t, struct err *e)
{
	size_t i, k;

	for (i = 0; i < t->n; i++)
		for (k = 0; t->v[i].field == TERM_CUSTOMER && k < t->v[i].n; k++) {
			struct term_value *v = &t->v[i].v[k];
			struct stmt *s;

			if (v->low != v->high)
				continue;
			if ((s = db_stmt(l->db, &LIST_ROOT, e)) == NULL)
				return -1;
			stmt_int(s, ":id", v->low);
			if (stmt_one(s, &v->low, e) < 0)
				return -1;
			v->high = v->low;
		}
	return 0;
}

int
ticket_query_find(struct ticket_query *l, struct terms *t, enum ticket_order order,
    bool reverse, struct err *e)
{
	struct stmt *s = to_roots(l, t, e) < 0 ? NULL : choose(l, t, e);
	bool open = only_open(t);
	struct ticket_line line;
	int got, holds;

	l->n = 0;
	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		read_facts(s, l->now, &line);
		if (open && !line.facts.is[TERM_IS_OPEN])
			continue;
		if ((holds = terms_hold(t, &line.facts, l->now, ask, l, e)) < 0)
			return -1;
		if (holds > 0)
			keep(l, &line, order);
	}
	if (got == 0 && l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), reverse ? by_key_reversed : by_key);
	return got;
}

static void
own(struct ticket_query *l, const char **text)
{
	*text = arena_str(&l->memory, *text);
}

int
ticket_line_read(struct ticket_query *l, int64_t id, struct ticket_line *line, struct err *e)
{
	struct stmt *s = db_stmt(l->db, &LIST_LINE, e);
	int got, i;

	if (s == NULL)
		return -1;
	stmt_int(s, ":now", l->now);
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	arena_clear(&l->memory);
	read_facts(s, l->now, line);
	for (i = TERM_QUEUE; i < TERM_ID; i++)
		own(l, &line->facts.text[i]);
	line->cycle = stmt_col_int(s, LINE_N);
	line->external_id = arena_str(&l->memory, stmt_col_text(s, LINE_N + 1));
	line->subject = arena_str(&l->memory, stmt_col_text(s, LINE_N + 2));
	line->name = arena_str(&l->memory, stmt_col_text(s, LINE_N + 3));
	line->clock = stmt_col_null(s, LINE_N + 4) ? NULL :
	    clock_kind_name((enum clock_kind)stmt_col_int(s, LINE_N + 4));
	line->said = arena_str(&l->memory, stmt_col_text(s, LINE_N + 5));
	stmt_reset(s);
	return 1;
}
