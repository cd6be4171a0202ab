/* person_value - what a person bought, and what that comes to */
#include <string.h>

#include "desk/segment.h"
#include "store/person_private.h"
#include "store/standing.h"

DB_SQL(VALUE_ORDERS, "SELECT o.currency, o.amount_minor, o.status, "
    "coalesce(o.ordered_at, o.paid_at, o.starts_at) FROM customer AS c "
    "JOIN orders AS o ON o.customer = c.id WHERE c.root = :root ORDER BY o.id");
DB_SQL(ORDERS_LAST, "SELECT o.external_id, a.channel, a.name, o.status, o.title, "
    "o.amount_minor, o.currency, o.ordered_at, o.paid_at, o.starts_at, o.ends_at, "
    "o.extra FROM customer AS c JOIN orders AS o ON o.customer = c.id "
    "JOIN account AS a ON a.id = o.account WHERE c.root = :root "
    "ORDER BY coalesce(o.ordered_at, o.paid_at, o.starts_at) DESC NULLS LAST, o.id DESC "
    "LIMIT :n");

enum { CURRENCIES = 8 };

struct sums {
	int64_t orders, voided, first_at, last_at;
	struct {
		char currency[8];
		int64_t minor;
	} v[CURRENCIES];
	size_t n;
};

static void
add_amount(struct sums *t, const char *currency, int64_t minor)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (strcmp(t->v[i].currency, currency) == 0)
			break;
	if (i == CURRENCIES || strlen(currency) >= sizeof(t->v[i].currency))
		return;
	if (i == t->n)
		memcpy(t->v[t->n++].currency, currency, strlen(currency) + 1);
	t->v[i].minor += minor;
}

static void
count_order(struct sums *t, const struct person_ask *ask, const struct stmt *s,
    struct fold *fold)
{
	const char *currency = stmt_col_text(s, 0);
	int64_t at = stmt_col_int(s, 3);

	if (ask->plan != NULL && (segment_words(ask->plan, stmt_col_text(s, 2), fold) & 1)) {
		t->voided++;
		return;
	}
	t->orders++;
	if (at != 0 && (t->first_at == 0 || at < t->first_at))
		t->first_at = at;
	if (at > t->last_at)
		t->last_at = at;
	if (!stmt_col_null(s, 1))
		add_amount(t, currency != NULL ? currency : "", stmt_col_int(s, 1));
}

static int
sum_orders(const struct person_ask *ask, int64_t root, struct sums *t, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &VALUE_ORDERS, e);
	struct fold fold = FOLD_INIT;
	int got;

	*t = (struct sums){ .orders = 0 };
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0)
		count_order(t, ask, s, &fold);
	fold_release(&fold);
	return got;
}

static struct node *
amounts_node(const struct sums *t)
{
	struct node *list = node_array();
	size_t i;

	for (i = 0; i < t->n; i++) {
		struct node *o = node_object();

		node_set_int(o, "amount_minor", t->v[i].minor);
		person_set(o, "currency", t->v[i].currency);
		node_push(list, o);
	}
	return list;
}

static int
add_standing(const struct person_ask *ask, int64_t root, struct node *page, struct err *e)
{
	struct arena text = ARENA_INIT;
	struct standing t;
	struct err ignored;
	int got = standing_get(ask->db, root, &t, &text, e);
	struct node *o, *why;

	if (got > 0) {
		o = node_object();
		person_set_day(ask, o, "as_of", t.as_of_at);
		node_set_int(o, "orders", t.orders);
		node_set_int(o, "amount_minor", t.amount_minor);
		node_set_text(o, "currency", t.currency);
		if (t.recency != 0) {
			node_set_int(o, "recency", t.recency);
			node_set_int(o, "frequency", t.frequency);
			node_set_int(o, "monetary", t.monetary);
		}
		why = t.why != NULL ? node_parse(t.why, strlen(t.why), &ignored) : NULL;
		if (why != NULL)
			node_set(o, "why", why);
		node_set(page, "standing", o);
	}
	arena_release(&text);
	return got < 0 ? -1 : 0;
}

int
person_add_value(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e)
{
	struct node *o;
	struct sums t;

	if (sum_orders(ask, root, &t, e) < 0)
		return -1;
	if (t.orders + t.voided > 0) {
		o = node_object();
		node_set_int(o, "orders", t.orders);
		node_set_int(o, "void", t.voided);
		node_set(o, "amounts", amounts_node(&t));
		person_set_at(ask, o, "first_at", t.first_at);
		person_set_at(ask, o, "last_at", t.last_at);
		node_set(page, "value", o);
	}
	return add_standing(ask, root, page, e);
}

static void
add_extra(struct node *o, const char *text)
{
	struct err ignored;
	struct node *extra = text != NULL ? node_parse(text, strlen(text), &ignored) : NULL;

	if (extra != NULL)
		node_set(o, "extra", extra);
}

static struct node *
order_node(const struct person_ask *ask, const struct stmt *s)
{
	struct node *o = node_object();

	node_set_text(o, "order", stmt_col_text(s, 0));
	person_set(o, "channel", stmt_col_text(s, 1));
	person_set(o, "account", stmt_col_text(s, 2));
	person_set(o, "status", stmt_col_text(s, 3));
	person_set(o, "title", stmt_col_text(s, 4));
	if (!stmt_col_null(s, 5))
		node_set_int(o, "amount_minor", stmt_col_int(s, 5));
	person_set(o, "currency", stmt_col_text(s, 6));
	person_set_at(ask, o, "ordered_at", stmt_col_int(s, 7));
	person_set_at(ask, o, "paid_at", stmt_col_int(s, 8));
	person_set_at(ask, o, "starts_at", stmt_col_int(s, 9));
	person_set_at(ask, o, "ends_at", stmt_col_int(s, 10));
	add_extra(o, stmt_col_text(s, 11));
	return o;
}

int
person_add_orders(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &ORDERS_LAST, e);
	struct node *list;
	int got;

	if (s == NULL)
		return -1;
	list = node_array();
	stmt_int(s, ":root", root);
	stmt_int(s, ":n", ask->orders > 0 ? ask->orders : INT64_MAX);
	while ((got = stmt_step(s, e)) > 0)
		node_push(list, order_node(ask, s));
	if (got == 0 && node_len(list) > 0)
		node_set(page, "orders", list);
	else
		node_free(list);
	return got;
}
