/* answer_facts - what an answer may speak of: the message, the customer's own orders */
#include <string.h>

#include "store/answer_own.h"
#include "text/fold.h"
#include "time/tm.h"

DB_SQL(ANSWER_MESSAGE, "SELECT m.ticket, m.customer, m.at, m.direction, m.automatic, "
    "t.grouped, c.message, c.type, c.area, c.urgency, c.sentiment FROM message AS m "
    "JOIN thread AS t ON t.id = m.thread LEFT JOIN class AS c ON c.message = m.id "
    "WHERE m.id = :id");
DB_SQL(ANSWER_ORDER_NAMED, "SELECT o.external_id, o.title, o.status, o.amount_minor, "
    "o.currency, o.starts_at, o.ends_at FROM entity AS n JOIN orders AS o "
    "ON o.external_id = n.text JOIN customer AS c ON c.id = o.customer "
    "WHERE n.message = :message AND n.kind = 'order_no' AND c.root = :root "
    "ORDER BY n.n, o.id LIMIT 2");
DB_SQL(ANSWER_ORDER_OPEN, "SELECT o.external_id, o.title, o.status, o.amount_minor, "
    "o.currency, o.starts_at, o.ends_at FROM orders AS o JOIN customer AS c "
    "ON c.id = o.customer WHERE c.root = :root AND (coalesce(o.ends_at, o.starts_at) IS NULL "
    "OR coalesce(o.ends_at, o.starts_at) >= :now) ORDER BY o.id LIMIT 2");
DB_SQL(ANSWER_ORDERS, "SELECT o.title, o.status FROM orders AS o JOIN customer AS c "
    "ON c.id = o.customer WHERE c.root = :root ORDER BY o.id DESC LIMIT 50");

int
answer_message_load(struct db *db, int64_t id, struct arena *a, struct answer_message *m,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ANSWER_MESSAGE, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	m->ticket = stmt_col_int(s, 0);
	m->customer = stmt_col_int(s, 1);
	m->at = stmt_col_int(s, 2);
	m->incoming = stmt_col_int(s, 3) == 1;
	m->automatic = stmt_col_int(s, 4) != 0;
	m->grouped = stmt_col_int(s, 5) != 0;
	m->classified = !stmt_col_null(s, 6);
	m->type = arena_str(a, stmt_col_text(s, 7));
	m->area = arena_str(a, stmt_col_text(s, 8));
	m->urgency = arena_str(a, stmt_col_text(s, 9));
	m->sentiment = arena_str(a, stmt_col_text(s, 10));
	stmt_reset(s);
	return 1;
}

static const char *
money(int64_t minor, const char *currency, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *s;
	bool whole = currency != NULL && (strcmp(currency, "JPY") == 0 ||
	    strcmp(currency, "KRW") == 0);

	if (whole)
		buf_fmt(&b, "%lld", (long long)minor);
	else
		buf_fmt(&b, "%s%lld.%02lld", minor < 0 ? "-" : "",
		    (long long)(minor < 0 ? -minor : minor) / 100,
		    (long long)(minor < 0 ? -minor : minor) % 100);
	if (currency != NULL)
		buf_fmt(&b, " %s", currency);
	s = arena_strn(a, b.p, b.len);
	buf_release(&b);
	return s;
}

static void
read_order(struct stmt *s, const struct zone *z, struct letter_values *v, struct arena *a)
{
	v->v[LETTER_ORDER_NO] = arena_str(a, stmt_col_text(s, 0));
	v->v[LETTER_ORDER_TITLE] = arena_str(a, stmt_col_text(s, 1));
	v->v[LETTER_ORDER_STATUS] = arena_str(a, stmt_col_text(s, 2));
	if (!stmt_col_null(s, 3))
		v->v[LETTER_ORDER_AMOUNT] = money(stmt_col_int(s, 3), stmt_col_text(s, 4), a);
	if (!stmt_col_null(s, 5))
		v->v[LETTER_ORDER_START] = letter_time(stmt_col_int(s, 5), z, a);
	if (!stmt_col_null(s, 6))
		v->v[LETTER_ORDER_END] = letter_time(stmt_col_int(s, 6), z, a);
}

/* The one row of a statement; two rows are not one order. */
static int
one_order(struct stmt *s, const struct zone *z, struct letter_values *v, struct arena *a,
    struct err *e)
{
	struct letter_values found = *v;
	int got = stmt_step(s, e), more;

	if (got <= 0)
		return got;
	read_order(s, z, &found, a);
	more = stmt_step(s, e);
	stmt_reset(s);
	if (more == 0)
		*v = found;
	return more < 0 ? -1 : more == 0;
}

int
answer_order(struct db *db, int64_t message, int64_t root, int64_t now,
    const struct zone *z, struct letter_values *v, struct arena *a, struct err *e)
{
	struct stmt *s;
	int got;

	if (root == 0)
		return 0;
	if ((s = db_stmt(db, &ANSWER_ORDER_NAMED, e)) == NULL)
		return -1;
	stmt_int(s, ":message", message);
	stmt_int(s, ":root", root);
	if ((got = one_order(s, z, v, a, e)) != 0)
		return got < 0 ? -1 : 0;
	if ((s = db_stmt(db, &ANSWER_ORDER_OPEN, e)) == NULL)
		return -1;
	stmt_int(s, ":root", root);
	stmt_int(s, ":now", now);
	return one_order(s, z, v, a, e) < 0 ? -1 : 0;
}

/* True if the folded TEXT holds the folded WORD. */
static bool
holds(const char *text, const char *word)
{
	struct fold t = FOLD_INIT, w = FOLD_INIT;
	bool found;

	if (text == NULL)
		return false;
	fold_text(&t, text, strlen(text));
	fold_text(&w, word, strlen(word));
	found = strstr(buf_cstr(&t.text), buf_cstr(&w.text)) != NULL;
	fold_release(&t);
	fold_release(&w);
	return found;
}

int
answer_has_order(struct db *db, int64_t root, const struct article_list *words, bool *has,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ANSWER_ORDERS, e);
	size_t i;
	int got;

	*has = false;
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0)
		for (i = 0; i < words->n; i++)
			*has |= holds(stmt_col_text(s, 0), words->v[i]) ||
			    holds(stmt_col_text(s, 1), words->v[i]);
	return got;
}
