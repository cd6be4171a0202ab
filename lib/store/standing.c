/* standing - how a person stood when segments were last computed */
#include "store/standing.h"

DB_SQL(STANDING_PUT, "INSERT INTO standing (customer, as_of_at, orders, amount_minor, "
    "currency, last_order_at, recency, frequency, monetary, segment, profile, why) "
    "VALUES (:customer, :as_of_at, :orders, :amount_minor, :currency, :last_order_at, "
    ":recency, :frequency, :monetary, :segment, :profile, :why) "
    "ON CONFLICT (customer) DO UPDATE SET as_of_at = excluded.as_of_at, "
    "orders = excluded.orders, amount_minor = excluded.amount_minor, "
    "currency = excluded.currency, last_order_at = excluded.last_order_at, "
    "recency = excluded.recency, frequency = excluded.frequency, "
    "monetary = excluded.monetary, segment = excluded.segment, "
    "profile = excluded.profile, why = excluded.why");
DB_SQL(STANDING_GET, "SELECT as_of_at, orders, amount_minor, currency, last_order_at, "
    "recency, frequency, monetary, segment, profile, why FROM standing "
    "WHERE customer = :customer");

int
standing_put(struct db *db, const struct standing *t, struct err *e)
{
	struct stmt *s = db_stmt(db, &STANDING_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", t->customer);
	stmt_int(s, ":as_of_at", t->as_of_at);
	stmt_int(s, ":orders", t->orders);
	stmt_int(s, ":amount_minor", t->amount_minor);
	stmt_text(s, ":currency", t->currency);
	stmt_id(s, ":last_order_at", t->last_order_at);
	stmt_id(s, ":recency", t->recency);
	stmt_id(s, ":frequency", t->frequency);
	stmt_id(s, ":monetary", t->monetary);
	stmt_text(s, ":segment", t->segment);
	stmt_text(s, ":profile", t->profile);
	stmt_text(s, ":why", t->why);
	return stmt_run(s, e);
}

int
standing_get(struct db *db, int64_t customer, struct standing *t, struct arena *a,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &STANDING_GET, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", customer);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	*t = (struct standing){ .customer = customer, .as_of_at = stmt_col_int(s, 0),
		.orders = stmt_col_int(s, 1), .amount_minor = stmt_col_int(s, 2),
		.currency = arena_str(a, stmt_col_text(s, 3)),
		.last_order_at = stmt_col_int(s, 4), .recency = (int)stmt_col_int(s, 5),
		.frequency = (int)stmt_col_int(s, 6), .monetary = (int)stmt_col_int(s, 7),
		.segment = arena_str(a, stmt_col_text(s, 8)),
		.profile = arena_str(a, stmt_col_text(s, 9)),
		.why = arena_str(a, stmt_col_text(s, 10)) };
	stmt_reset(s);
	return 1;
}
