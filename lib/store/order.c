/* order - orders and bookings in their present state */
#include <string.h>

#include "store/order.h"

#define FIELDS "external_id = :external_id AND account = :account"
DB_SQL(ORDER_FIND, "SELECT id, customer, status, title, amount_minor, currency, "
    "ordered_at, paid_at, starts_at, ends_at, extra FROM orders WHERE " FIELDS);
DB_SQL(ORDER_ADD, "INSERT INTO orders (account, external_id, customer, status, title, "
    "amount_minor, currency, ordered_at, paid_at, starts_at, ends_at, extra) "
    "VALUES (:account, :external_id, :customer, :status, :title, :amount_minor, "
    ":currency, :ordered_at, :paid_at, :starts_at, :ends_at, :extra) RETURNING id");
DB_SQL(ORDER_UPDATE, "UPDATE orders SET customer = coalesce(:customer, customer), "
    "status = coalesce(:status, status), title = coalesce(:title, title), "
    "amount_minor = coalesce(:amount_minor, amount_minor), "
    "currency = coalesce(:currency, currency), "
    "ordered_at = coalesce(:ordered_at, ordered_at), "
    "paid_at = coalesce(:paid_at, paid_at), starts_at = coalesce(:starts_at, starts_at), "
    "ends_at = coalesce(:ends_at, ends_at), extra = coalesce(:extra, extra) "
    "WHERE " FIELDS);
DB_SQL(ORDER_STATUS, "UPDATE orders SET status = :status "
    "WHERE external_id = :external_id");
DB_SQL(ORDER_CUSTOMER, "SELECT customer FROM orders WHERE external_id = :external_id "
    "AND customer IS NOT NULL ORDER BY id LIMIT 1");

DB_SQL(ORDER_BUYER, "SELECT customer FROM orders WHERE external_id = :external_id "
    "AND account = :account");
DB_SQL(ORDER_SPAN, "UPDATE orders SET starts_at = coalesce(:starts_at, starts_at), "
    "ends_at = coalesce(:ends_at, ends_at) WHERE id = :id");

static void
bind_number(struct stmt *s, const char *name, int64_t v, int64_t none)
{
	if (v == none)
		stmt_null(s, name);
	else
		stmt_int(s, name, v);
}

static void
bind(struct stmt *s, const struct fact *f, int64_t account, int64_t customer,
    const char *status)
{
	const struct fact_order *o = &f->order;

	stmt_int(s, ":account", account);
	stmt_text(s, ":external_id", f->external_id);
	stmt_id(s, ":customer", customer);
	stmt_text(s, ":status", status);
	stmt_text(s, ":title", o->title);
	bind_number(s, ":amount_minor", o->amount_minor, FACT_NO_MONEY);
	stmt_text(s, ":currency", o->currency);
	bind_number(s, ":ordered_at", o->ordered_at, FACT_NO_TIME);
	bind_number(s, ":paid_at", o->paid_at, FACT_NO_TIME);
	bind_number(s, ":starts_at", o->starts_at, FACT_NO_TIME);
	bind_number(s, ":ends_at", o->ends_at, FACT_NO_TIME);
	stmt_text(s, ":extra", f->extra);
}

static bool
text_differs(const struct stmt *s, int col, const char *v)
{
	const char *have = stmt_col_text(s, col);

	return v != NULL && (have == NULL || strcmp(have, v) != 0);
}

static bool
number_differs(const struct stmt *s, int col, int64_t v, int64_t none)
{
	return v != none && (stmt_col_null(s, col) || stmt_col_int(s, col) != v);
}

/* What the row S stands on lacks of F. */
static void
compare(const struct stmt *s, const struct fact *f, int64_t customer, const char *status,
    struct order_row *row)
{
	const struct fact_order *o = &f->order;

	row->id = stmt_col_int(s, 0);
	row->customer = stmt_col_int(s, 1);
	row->status_changed = text_differs(s, 2, status);
	if (row->status_changed || (customer != 0 && row->customer != customer) ||
	    text_differs(s, 3, o->title) || text_differs(s, 5, o->currency) ||
	    text_differs(s, 10, f->extra) ||
	    number_differs(s, 4, o->amount_minor, FACT_NO_MONEY) ||
	    number_differs(s, 6, o->ordered_at, FACT_NO_TIME) ||
	    number_differs(s, 7, o->paid_at, FACT_NO_TIME) ||
	    number_differs(s, 8, o->starts_at, FACT_NO_TIME) ||
	    number_differs(s, 9, o->ends_at, FACT_NO_TIME))
		row->change = ORDER_CHANGED;
}

int
order_put(struct db *db, const struct fact *f, int64_t account, int64_t customer,
    bool is_past, struct order_row *row, struct err *e)
{
	struct stmt *s = db_stmt(db, &ORDER_FIND, e);
	const char *status = is_past ? NULL : f->order.status;
	int got;

	*row = (struct order_row){ .change = ORDER_SAME, .customer = customer };
	if (s == NULL)
		return -1;
	stmt_text(s, ":external_id", f->external_id);
	stmt_int(s, ":account", account);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	if (got > 0) {
		compare(s, f, customer, status, row);
		stmt_reset(s);
		if (row->change == ORDER_SAME)
			return 0;
	} else {
		row->change = ORDER_NEW;
		row->status_changed = status != NULL;
	}
	s = db_stmt(db, got > 0 ? &ORDER_UPDATE : &ORDER_ADD, e);
	if (s == NULL)
		return -1;
	bind(s, f, account, customer, status);
	if (got > 0)
		return stmt_run(s, e);
	return stmt_one(s, &row->id, e) < 0 ? -1 : 0;
}

int
order_set_status(struct db *db, const char *external_id, const char *status,
    int64_t *customer, struct err *e)
{
	struct stmt *s = db_stmt(db, &ORDER_STATUS, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":status", status);
	stmt_text(s, ":external_id", external_id);
	if (stmt_run(s, e) < 0 || (s = db_stmt(db, &ORDER_CUSTOMER, e)) == NULL)
		return -1;
	stmt_text(s, ":external_id", external_id);
	return stmt_one(s, customer, e) < 0 ? -1 : 0;
}

int
order_customer(struct db *db, int64_t account, const char *external_id, int64_t *customer,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ORDER_BUYER, e);

	*customer = 0;
	if (s == NULL)
		return -1;
	stmt_text(s, ":external_id", external_id);
	stmt_int(s, ":account", account);
	return stmt_one(s, customer, e) < 0 ? -1 : 0;
}

int
order_set_span(struct db *db, int64_t id, int64_t starts_at, int64_t ends_at, struct err *e)
{
	struct stmt *s = db_stmt(db, &ORDER_SPAN, e);

	if (s == NULL)
		return -1;
	bind_number(s, ":starts_at", starts_at, FACT_NO_TIME);
	bind_number(s, ":ends_at", ends_at, FACT_NO_TIME);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}
