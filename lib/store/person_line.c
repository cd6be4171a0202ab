/* person_line - what was said and what happened, over all channels, in order of time */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/person_line.h"
#include "time/tm.h"

/* Each gives: at, what, id, ticket, channel, who, subject, text, state.  A message is
 * theirs if a customer of the group wrote it, or we did on their ticket. */
#define LAST "c.root = :root ORDER BY 1 DESC, 3 DESC LIMIT :n"
DB_SQL(LINE_MESSAGES, "SELECT m.at, m.direction, m.id, m.ticket, a.channel, "
    "CASE WHEN m.direction = 1 THEN w.name ELSE coalesce(g.name, g.code) END, m.subject, "
    "m.text, m.automatic FROM customer AS c JOIN ticket AS t ON t.customer = c.id "
    "JOIN message AS m ON m.ticket = t.id JOIN account AS a ON a.id = m.account "
    "LEFT JOIN agent AS g ON g.id = m.agent LEFT JOIN customer AS w ON w.id = m.customer "
    "WHERE (m.direction <> 1 OR m.customer IS NULL OR w.root = :root) AND " LAST);
DB_SQL(LINE_ELSEWHERE, "SELECT m.at, m.direction, m.id, m.ticket, a.channel, c.name, "
    "m.subject, m.text, m.automatic FROM customer AS c "
    "JOIN participant AS p ON p.customer = c.id JOIN ticket AS t ON t.id = p.ticket "
    "JOIN customer AS o ON o.id = t.customer AND o.root <> c.root "
    "JOIN message AS m ON m.ticket = p.ticket AND m.customer = c.id "
    "JOIN account AS a ON a.id = m.account WHERE " LAST);
DB_SQL(LINE_LOOSE, "SELECT m.at, m.direction, m.id, m.ticket, a.channel, c.name, "
    "m.subject, m.text, m.automatic FROM customer AS c JOIN message AS m "
    "ON m.customer = c.id AND m.ticket IS NULL JOIN account AS a ON a.id = m.account "
    "WHERE " LAST);
DB_SQL(LINE_TICKETS, "SELECT v.at, v.name, v.id, v.ticket, NULL, v.actor, v.subject, "
    "NULL, v.value FROM customer AS c JOIN ticket AS t ON t.customer = c.id "
    "JOIN event AS v ON v.ticket = t.id WHERE " LAST);
DB_SQL(LINE_EVENTS, "SELECT v.at, v.name, v.id, v.ticket, NULL, v.actor, v.subject, "
    "NULL, v.value FROM customer AS c JOIN event AS v "
    "ON v.customer = c.id AND v.ticket IS NULL WHERE " LAST);
DB_SQL(LINE_ORDERS, "SELECT v.at, v.name, v.id, v.ticket, NULL, v.actor, v.subject, "
    "NULL, v.value FROM customer AS c JOIN orders AS o ON o.customer = c.id "
    "JOIN event AS v ON v.subject = o.external_id AND v.name = 'order.status' "
    "AND v.customer IS NULL WHERE " LAST);
DB_SQL(LINE_OUTBOX, "SELECT x.created_at, x.kind, x.id, x.ticket, x.channel, x.recipient, "
    "x.subject, x.text, x.state FROM customer AS c JOIN outbox AS x "
    "ON x.customer = c.id AND x.audience = 1 WHERE " LAST);
DB_SQL(LINE_ANSWERS, "SELECT r.answered_at, r.form, r.id, r.ticket, r.mode, NULL, NULL, "
    "r.comment, r.score FROM customer AS c JOIN response AS r ON r.customer = c.id "
    "WHERE " LAST);

enum { AT, WHAT, ID, TICKET, CHANNEL, WHO, SUBJECT, TEXT, STATE };

struct entry {
	int64_t at, id;
	size_t source;		/* of sources[]: breaks ties */
	struct node *node;
};

struct line {
	struct entry *v;
	size_t n, cap;
	const struct zone *zone;
};

static void
set_known(struct node *o, const char *key, const struct stmt *s, int col)
{
	if (!stmt_col_null(s, col))
		node_set_text(o, key, stmt_col_text(s, col));
}

static void
add_message(struct node *o, const struct stmt *s)
{
	static const char *const ways[] = { "", "in", "out", "note" };

	node_set_text(o, "what", "message");
	node_set_text(o, "direction", ways[stmt_col_int(s, WHAT) & 3]);
	if (stmt_col_int(s, STATE) != 0)
		node_set_bool(o, "auto", true);
}

static void
add_event(struct node *o, const struct stmt *s)
{
	set_known(o, "what", s, WHAT);
	set_known(o, "state", s, STATE);
}

static void
add_outbox(struct node *o, const struct stmt *s)
{
	static const char *const states[] = { "", "queued", "sending", "sent", "failed",
		"withdrawn" };
	int64_t state = stmt_col_int(s, STATE);

	node_set_text(o, "what", "outbox");
	set_known(o, "purpose", s, WHAT);
	if (state > 0 && state < 6)
		node_set_text(o, "state", states[state]);
}

static void
add_answer(struct node *o, const struct stmt *s)
{
	node_set_text(o, "what", "answer");
	set_known(o, "form", s, WHAT);
	if (!stmt_col_null(s, STATE))
		node_set_int(o, "score", stmt_col_int(s, STATE));
}

static const struct source {
	const struct db_sql *sql;
	void (*add)(struct node *o, const struct stmt *s);
} sources[] = {
	{ &LINE_MESSAGES, add_message }, { &LINE_ELSEWHERE, add_message },
	{ &LINE_LOOSE, add_message }, { &LINE_TICKETS, add_event }, { &LINE_EVENTS, add_event },
	{ &LINE_ORDERS, add_event }, { &LINE_OUTBOX, add_outbox }, { &LINE_ANSWERS, add_answer },
};

static int
by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static struct node *
entry_node(const struct line *l, const struct source *src, const struct stmt *s)
{
	struct node *o = node_object();
	char at[TM_SIZE];

	node_set_text(o, "at", tm_format(stmt_col_int(s, AT), l->zone, at));
	src->add(o, s);
	if (!stmt_col_null(s, TICKET))
		node_set_int(o, "ticket", stmt_col_int(s, TICKET));
	set_known(o, "channel", s, CHANNEL);
	set_known(o, "who", s, WHO);
	set_known(o, "subject", s, SUBJECT);
	set_known(o, "text", s, TEXT);
	return o;
}

/* The last N of one source. */
static int
gather(struct line *l, struct db *db, size_t source, int64_t root, int64_t n, struct err *e)
{
	struct stmt *s = db_stmt(db, sources[source].sql, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	stmt_int(s, ":n", n);
	while ((got = stmt_step(s, e)) > 0) {
		if (l->n == l->cap) {
			l->cap = l->cap ? l->cap * 2 : 64;
			l->v = xrealloc(l->v, l->cap * sizeof(*l->v));
		}
		l->v[l->n++] = (struct entry){ stmt_col_int(s, AT), stmt_col_int(s, ID), source,
			entry_node(l, &sources[source], s) };
	}
	return got;
}

int
person_line(struct db *db, int64_t root, int64_t n, const struct zone *z,
    struct node **line, bool *more, struct err *e)
{
	struct line l = { .zone = z };
	size_t i, most = n > 0 ? (size_t)n : SIZE_MAX, first;
	int bad = 0;

	/* One more than asked for tells whether there are more. */
	for (i = 0; i < sizeof(sources) / sizeof(*sources) && bad == 0; i++)
		bad = gather(&l, db, i, root, n > 0 ? n + 1 : INT64_MAX, e);
	if (l.n > 0)
		qsort(l.v, l.n, sizeof(*l.v), by_time);
	first = l.n > most ? l.n - most : 0;
	*more = first > 0;
	*line = bad == 0 ? node_array() : NULL;
	for (i = 0; i < l.n; i++)
		if (bad == 0 && i >= first)
			node_push(*line, l.v[i].node);
		else
			node_free(l.v[i].node);
	free(l.v);
	return bad;
}
