/* trip_flight - flights as last told, and who is on them */
#include <string.h>

#include "store/trip.h"
#include "time/tm.h"

DB_SQL(FLIGHT_PUT, "INSERT INTO flight (code, day, origin, destination, leg, state, "
    "departs_at, arrives_at, departs_now_at, arrives_now_at, left_at, landed_at, told_at) "
    "VALUES (:code, :day, :origin, :destination, :leg, :state, :departs_at, :arrives_at, "
    ":departs_now_at, :arrives_now_at, :left_at, :landed_at, :told_at) "
    "ON CONFLICT (code, day, origin, destination) DO UPDATE SET state = excluded.state, "
    "departs_at = coalesce(excluded.departs_at, flight.departs_at), "
    "arrives_at = coalesce(excluded.arrives_at, flight.arrives_at), "
    "departs_now_at = coalesce(excluded.departs_now_at, flight.departs_now_at), "
    "arrives_now_at = coalesce(excluded.arrives_now_at, flight.arrives_now_at), "
    "left_at = coalesce(excluded.left_at, flight.left_at), "
    "landed_at = coalesce(excluded.landed_at, flight.landed_at), "
    "told_at = excluded.told_at WHERE excluded.told_at >= flight.told_at");
DB_SQL(TRAVELLERS, "SELECT p.id, coalesce(p.customer, o.customer, 0), o.id, s.id, p.name, "
    "p.phone, o.external_id, s.origin, s.destination, s.departs_at FROM segment AS s "
    "JOIN orders AS o ON o.id = s.orders JOIN travel AS t ON t.segment = s.id "
    "JOIN passenger AS p ON p.id = t.passenger WHERE s.code = :code AND s.day = :day "
    "AND s.dropped_at IS NULL AND p.dropped_at IS NULL ORDER BY s.id, p.id");

static void
bind_time(struct stmt *s, const char *name, const struct node *n, const char *key)
{
	const char *text = node_as_text(node_get(n, key));
	struct err ignored;
	int64_t at;

	if (text != NULL && tm_parse(text, strlen(text), NULL, &at, &ignored) == 0)
		stmt_int(s, name, at);
	else
		stmt_null(s, name);
}

static const char *
text(const struct node *n, const char *key)
{
	const char *s = node_as_text(node_get(n, key));

	return s != NULL ? s : "";
}

static int
put(struct db *db, const struct node *n, bool leg, int64_t at, struct err *e)
{
	struct stmt *s;

	if (*text(n, "flight") == '\0' || *text(n, "date") == '\0' || *text(n, "state") == '\0')
		return 0;	/* not in our form: the event has it */
	if ((s = db_stmt(db, &FLIGHT_PUT, e)) == NULL)
		return -1;
	stmt_text(s, ":code", text(n, "flight"));
	stmt_text(s, ":day", text(n, "date"));
	stmt_text(s, ":origin", text(n, "from"));
	stmt_text(s, ":destination", text(n, "to"));
	stmt_int(s, ":leg", leg);
	stmt_text(s, ":state", text(n, "state"));
	bind_time(s, ":departs_at", n, "departs");
	bind_time(s, ":arrives_at", n, "arrives");
	bind_time(s, ":departs_now_at", n, "departs_now");
	bind_time(s, ":arrives_now_at", n, "arrives_now");
	bind_time(s, ":left_at", n, "left");
	bind_time(s, ":landed_at", n, "landed");
	stmt_int(s, ":told_at", at);
	return stmt_run(s, e);
}

int
trip_flight(struct db *db, const char *extra, int64_t at, struct err *e)
{
	struct err ignored;
	struct node *root = extra != NULL ? node_parse(extra, strlen(extra), &ignored) : NULL;
	const struct node *legs = node_get(root, "legs");
	int bad = root != NULL ? put(db, root, false, at, e) : 0;
	size_t i;

	for (i = 0; i < node_len(legs) && bad == 0; i++)
		bad = put(db, node_at(legs, i), true, at, e);
	node_free(root);
	return bad;
}

int
trip_travellers(struct db *db, const char *code, const char *day,
    int (*fn)(void *ctx, const struct traveller *t, struct err *e), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &TRAVELLERS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_text(s, ":code", code);
	stmt_text(s, ":day", day);
	while ((got = stmt_step(s, e)) > 0) {
		struct traveller t = { stmt_col_int(s, 0), stmt_col_int(s, 1), stmt_col_int(s, 2),
			stmt_col_int(s, 3), stmt_col_text(s, 4), stmt_col_text(s, 5),
			stmt_col_text(s, 6), stmt_col_text(s, 7), stmt_col_text(s, 8),
			stmt_col_null(s, 9) ? FACT_NO_TIME : stmt_col_int(s, 9) };

		if (fn(ctx, &t, e) < 0) {
			stmt_reset(s);
			return -1;
		}
	}
	return got;
}
