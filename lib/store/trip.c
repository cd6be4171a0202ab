/* trip - what the travellers of an order are booked on */
#include "store/trip.h"
#include "store/trip_words.h"

DB_SQL(SEGMENT_FIND, "SELECT id, destination, departs_at, arrives_at, cabin, status, extra, "
    "dropped_at FROM segment WHERE orders = :orders AND code = :code AND day = :day "
    "AND origin = :origin");
DB_SQL(SEGMENT_ADD, "INSERT INTO segment (orders, code, day, origin, destination, departs_at, "
    "arrives_at, cabin, status, extra) VALUES (:orders, :code, :day, :origin, :destination, "
    ":departs_at, :arrives_at, :cabin, :status, :extra) RETURNING id");
DB_SQL(SEGMENT_SET, "UPDATE segment SET destination = CASE WHEN :destination <> '' "
    "THEN :destination ELSE destination END, departs_at = coalesce(:departs_at, departs_at), "
    "arrives_at = coalesce(:arrives_at, arrives_at), cabin = coalesce(:cabin, cabin), "
    "status = coalesce(:status, status), extra = coalesce(:extra, extra), dropped_at = NULL "
    "WHERE id = :id AND (dropped_at IS NOT NULL "
    "OR destination <> CASE WHEN :destination <> '' THEN :destination ELSE destination END "
    "OR departs_at IS DISTINCT FROM coalesce(:departs_at, departs_at) "
    "OR arrives_at IS DISTINCT FROM coalesce(:arrives_at, arrives_at) "
    "OR cabin IS DISTINCT FROM coalesce(:cabin, cabin) "
    "OR status IS DISTINCT FROM coalesce(:status, status) "
    "OR extra IS DISTINCT FROM coalesce(:extra, extra))");
DB_SQL(SEGMENT_DROP, "UPDATE segment SET dropped_at = :at WHERE id = :id "
    "AND dropped_at IS NULL");
DB_SQL(SEGMENTS_OF, "SELECT id FROM segment WHERE orders = :orders AND dropped_at IS NULL "
    "ORDER BY id");
DB_SQL(SEGMENT_SPAN, "SELECT min(departs_at), max(coalesce(arrives_at, departs_at)) "
    "FROM segment WHERE orders = :orders AND dropped_at IS NULL");
DB_SQL(PASSENGER_FIND, "SELECT id FROM passenger WHERE orders = :orders AND name = :name "
    "AND document = :document");
DB_SQL(PASSENGER_ADD, "INSERT INTO passenger (orders, name, document, customer, phone, extra) "
    "VALUES (:orders, :name, :document, :customer, :phone, :extra) RETURNING id");
DB_SQL(PASSENGER_SET, "UPDATE passenger SET customer = coalesce(:customer, customer), "
    "phone = coalesce(:phone, phone), extra = coalesce(:extra, extra), dropped_at = NULL "
    "WHERE id = :id AND (dropped_at IS NOT NULL "
    "OR customer IS DISTINCT FROM coalesce(:customer, customer) "
    "OR phone IS DISTINCT FROM coalesce(:phone, phone) "
    "OR extra IS DISTINCT FROM coalesce(:extra, extra))");
DB_SQL(PASSENGER_DROP, "UPDATE passenger SET dropped_at = :at WHERE id = :id "
    "AND dropped_at IS NULL");
DB_SQL(PASSENGERS_OF, "SELECT id FROM passenger WHERE orders = :orders "
    "AND dropped_at IS NULL ORDER BY id");
DB_SQL(TRAVEL_PUT, "INSERT INTO travel (segment, passenger, ticket_no, seat, extra) "
    "VALUES (:segment, :passenger, :ticket_no, :seat, :extra) "
    "ON CONFLICT (segment, passenger) DO UPDATE SET "
    "ticket_no = coalesce(excluded.ticket_no, travel.ticket_no), "
    "seat = coalesce(excluded.seat, travel.seat), "
    "extra = coalesce(excluded.extra, travel.extra) "
    "WHERE travel.ticket_no IS DISTINCT FROM coalesce(excluded.ticket_no, travel.ticket_no) "
    "OR travel.seat IS DISTINCT FROM coalesce(excluded.seat, travel.seat) "
    "OR travel.extra IS DISTINCT FROM coalesce(excluded.extra, travel.extra)");

/* One writing of a trip. */
struct writing {
	const struct trip *t;
	struct db *db;
	struct customers *customers;
	int64_t orders, at;
	int64_t segments[TRIP_MAX], passengers[TRIP_MAX];
	size_t segments_n, passengers_n;
	struct buf rest;
	struct arena memory;
	bool changed;
};

static void
bind_time(struct stmt *s, const char *name, int64_t at)
{
	if (at == FACT_NO_TIME)
		stmt_null(s, name);
	else
		stmt_int(s, name, at);
}

static int
put_segment(struct writing *w, const struct node *n, struct err *e)
{
	static const char *const *const known[] = { trip_code_names, trip_day_names,
		trip_from_names, trip_to_names, trip_departs_names, trip_arrives_names,
		trip_cabin_names, trip_status_names, NULL };
	const char *code = trip_code(&w->memory, trip_member(n, trip_code_names));
	const char *to = trip_member(n, trip_to_names);
	const char *from = trip_member(n, trip_from_names), *day;
	int64_t departs, arrives, id = 0;
	struct stmt *s;

	if (trip_time(n, trip_departs_names, &departs, e) < 0 ||
	    trip_time(n, trip_arrives_names, &arrives, e) < 0 ||
	    (s = db_stmt(w->db, &SEGMENT_FIND, e)) == NULL)
		return -1;
	day = trip_day(&w->memory, n, departs);
	stmt_int(s, ":orders", w->orders);
	stmt_text(s, ":code", code);
	stmt_text(s, ":day", day);
	stmt_text(s, ":origin", from != NULL ? from : "");
	if (stmt_one(s, &id, e) < 0 ||
	    (s = db_stmt(w->db, id != 0 ? &SEGMENT_SET : &SEGMENT_ADD, e)) == NULL)
		return -1;
	if (id == 0) {
		stmt_int(s, ":orders", w->orders);
		stmt_text(s, ":code", code);
		stmt_text(s, ":day", day);
		stmt_text(s, ":origin", from != NULL ? from : "");
	} else {
		stmt_int(s, ":id", id);
	}
	stmt_text(s, ":destination", to != NULL ? to : "");
	bind_time(s, ":departs_at", departs);
	bind_time(s, ":arrives_at", arrives);
	stmt_text(s, ":cabin", trip_member(n, trip_cabin_names));
	stmt_text(s, ":status", trip_member(n, trip_status_names));
	stmt_text(s, ":extra", trip_rest(&w->memory, &w->rest, n, known));
	if (id == 0 ? stmt_one(s, &id, e) < 0 : stmt_run(s, e) < 0)
		return -1;
	w->changed = w->changed || db_changes(w->db) > 0;
	w->segments[w->segments_n++] = id;
	return 0;
}

static int
put_passenger(struct writing *w, const struct node *n, struct err *e)
{
	static const char *const travel_names[] = { "travel", NULL };
	static const char *const *const known[] = { trip_name_names, trip_document_names,
		trip_phone_names, trip_email_names, trip_ticket_names, trip_seat_names,
		travel_names, NULL };
	const char *name = trip_member(n, trip_name_names);
	const char *document = trip_masked(&w->memory, trip_member(n, trip_document_names));
	struct fact_person who = { .name = name, .phone = trip_member(n, trip_phone_names),
		.email = trip_member(n, trip_email_names), .role = ROLE_CUSTOMER };
	int64_t customer = 0, root, id = 0;
	struct stmt *s;

	if (fact_person_known(&who) && customers_resolve(w->customers, &who, 0, NULL, w->at,
	    &customer, &root, e) < 0)
		return -1;
	if ((s = db_stmt(w->db, &PASSENGER_FIND, e)) == NULL)
		return -1;
	stmt_int(s, ":orders", w->orders);
	stmt_text(s, ":name", name);
	stmt_text(s, ":document", document);
	if (stmt_one(s, &id, e) < 0 ||
	    (s = db_stmt(w->db, id != 0 ? &PASSENGER_SET : &PASSENGER_ADD, e)) == NULL)
		return -1;
	if (id == 0) {
		stmt_int(s, ":orders", w->orders);
		stmt_text(s, ":name", name);
		stmt_text(s, ":document", document);
	} else {
		stmt_int(s, ":id", id);
	}
	stmt_id(s, ":customer", customer);
	stmt_text(s, ":phone", who.phone);
	stmt_text(s, ":extra", trip_rest(&w->memory, &w->rest, n, known));
	if (id == 0 ? stmt_one(s, &id, e) < 0 : stmt_run(s, e) < 0)
		return -1;
	w->changed = w->changed || db_changes(w->db) > 0;
	w->passengers[w->passengers_n++] = id;
	return 0;
}

/* What the order has beside those just named: dropped if they were the whole of it, else
 * added to IDS. */
static int
settle_others(struct writing *w, const struct db_sql *all, const struct db_sql *drop,
    int64_t *ids, size_t *n, bool stated, struct err *e)
{
	size_t named = *n, i, k = 0;
	int64_t others[TRIP_MAX];
	struct stmt *s = db_stmt(w->db, all, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":orders", w->orders);
	while ((got = stmt_step(s, e)) > 0 && k < TRIP_MAX) {
		others[k] = stmt_col_int(s, 0);
		for (i = 0; i < named && ids[i] != others[k]; i++)
			continue;
		k += i == named;
	}
	stmt_reset(s);
	for (i = 0; i < k && got >= 0; i++) {
		if (!stated || w->t->partial) {
			if (!stated && *n < TRIP_MAX)
				ids[(*n)++] = others[i];
			continue;
		}
		if ((s = db_stmt(w->db, drop, e)) == NULL)
			return -1;
		stmt_int(s, ":id", others[i]);
		stmt_int(s, ":at", w->at);
		got = stmt_run(s, e);
		w->changed = true;
	}
	return got < 0 ? -1 : 0;
}

/* Passenger I of the list is on each segment named. */
static int
put_travel(struct writing *w, size_t i, const struct node *n, struct err *e)
{
	size_t k;

	for (k = 0; k < w->segments_n; k++) {
		struct stmt *s = db_stmt(w->db, &TRAVEL_PUT, e);
		const struct node *pair = node_get(n, "travel");

		if (s == NULL)
			return -1;
		stmt_int(s, ":segment", w->segments[k]);
		stmt_int(s, ":passenger", w->passengers[i]);
		stmt_text(s, ":ticket_no", trip_member(n, trip_ticket_names));
		stmt_text(s, ":seat", trip_member(n, trip_seat_names));
		buf_clear(&w->rest);
		if (node_is_object(pair))
			node_print(pair, &w->rest);
		stmt_text(s, ":extra", w->rest.len > 0 ? w->rest.p : NULL);
		if (stmt_run(s, e) < 0)
			return -1;
		w->changed = w->changed || db_changes(w->db) > 0;
	}
	return 0;
}

static int
write_trip(struct writing *w, struct err *e)
{
	const struct trip *t = w->t;
	size_t i;

	if (trip_check(t, e) < 0)
		return -1;
	for (i = 0; i < node_len(t->segments); i++)
		if (put_segment(w, node_at(t->segments, i), e) < 0)
			return -1;
	for (i = 0; i < node_len(t->passengers); i++)
		if (put_passenger(w, node_at(t->passengers, i), e) < 0)
			return -1;
	if (settle_others(w, &SEGMENTS_OF, &SEGMENT_DROP, w->segments, &w->segments_n,
	    t->segments != NULL, e) < 0 || settle_others(w, &PASSENGERS_OF, &PASSENGER_DROP,
	    w->passengers, &w->passengers_n, t->passengers != NULL, e) < 0)
		return -1;
	for (i = 0; i < w->passengers_n; i++)
		if (put_travel(w, i, node_at(t->passengers, i), e) < 0)
			return -1;
	return 0;
}

int
trip_store(const struct trip *t, struct db *db, struct customers *c, int64_t orders,
    int64_t at, bool *changed, int64_t *starts, int64_t *ends, struct err *e)
{
	struct writing w = { .t = t, .db = db, .customers = c, .orders = orders, .at = at };
	struct stmt *s;
	int bad;

	*starts = *ends = FACT_NO_TIME;
	if (t->segments == NULL && t->passengers == NULL)
		return 0;
	bad = write_trip(&w, e);
	buf_release(&w.rest);
	arena_release(&w.memory);
	if (bad < 0 || (s = db_stmt(db, &SEGMENT_SPAN, e)) == NULL)
		return -1;
	stmt_int(s, ":orders", orders);
	if (stmt_step(s, e) < 0)
		return -1;
	if (!stmt_col_null(s, 0))
		*starts = stmt_col_int(s, 0);
	if (!stmt_col_null(s, 1))
		*ends = stmt_col_int(s, 1);
	stmt_reset(s);
	*changed = *changed || w.changed;
	return 0;
}
