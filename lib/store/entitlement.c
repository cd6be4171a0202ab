/* entitlement - benefits a customer may use, and how often they were used */
#include <stdio.h>

#include "store/entitlement.h"
#include "store/event.h"

DB_SQL(ENTITLEMENT_ADD, "INSERT INTO entitlement (customer, name, reference, quantity, "
    "expires_at, at, actor) VALUES (:customer, :name, :reference, :quantity, :expires_at, "
    ":at, :actor) ON CONFLICT (customer, name, reference) DO NOTHING");
DB_SQL(ENTITLEMENT_ID, "SELECT id FROM entitlement "
    "WHERE customer = :customer AND name = :name AND reference = :reference");
DB_SQL(ENTITLEMENT_ONE, "SELECT customer, name, quantity, used, expires_at "
    "FROM entitlement WHERE id = :id");
DB_SQL(ENTITLEMENT_USED, "UPDATE entitlement SET used = used + 1 WHERE id = :id");
#define COLUMNS "t.id, t.customer, t.name, t.reference, t.quantity, t.used, " \
	"t.expires_at, t.at, t.actor, c.root, coalesce(r.name, c.name)"
#define NAMES "JOIN customer AS r ON r.id = c.root "
DB_SQL(ENTITLEMENT_OF, "SELECT " COLUMNS " FROM customer AS c "
    "JOIN entitlement AS t ON t.customer = c.id " NAMES "WHERE c.root = :root "
    "AND (:upto = 0 OR (t.expires_at >= :since AND t.expires_at < :upto)) "
    "ORDER BY t.expires_at NULLS LAST, t.id");
DB_SQL(ENTITLEMENT_ALL, "SELECT " COLUMNS " FROM entitlement AS t "
    "JOIN customer AS c ON c.id = t.customer " NAMES
    "ORDER BY t.expires_at NULLS LAST, t.id");
DB_SQL(ENTITLEMENT_ENDING, "SELECT " COLUMNS " FROM entitlement AS t "
    "JOIN customer AS c ON c.id = t.customer " NAMES
    "WHERE t.expires_at >= :since AND t.expires_at < :upto "
    "ORDER BY t.expires_at, t.id");
DB_SQL(ENTITLEMENT_DIFFERENT, "SELECT t.id, t.used, coalesce(v.n, 0) FROM entitlement AS t "
    "LEFT JOIN (SELECT subject, count(*) AS n FROM event WHERE name = 'customer.used' "
    "GROUP BY subject) AS v ON v.subject = cast(t.id AS TEXT) "
    "WHERE t.used <> coalesce(v.n, 0) ORDER BY t.id");
DB_SQL(ENTITLEMENT_FIX, "UPDATE entitlement SET used = :used WHERE id = :id");

static int
find(struct db *db, const struct entitlement *t, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &ENTITLEMENT_ID, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", t->customer);
	stmt_text(s, ":name", t->name);
	stmt_text(s, ":reference", t->reference);
	return stmt_one(s, id, e) < 0 ? -1 : 0;
}

int
entitlement_add(struct db *db, const struct entitlement *t, int64_t *id, bool *added,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ENTITLEMENT_ADD, e);
	char subject[24];
	struct event ev = { .name = "customer.entitled", .at = t->at, .customer = t->customer,
		.subject = subject, .value = t->name, .actor = t->actor };

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", t->customer);
	stmt_text(s, ":name", t->name);
	stmt_text(s, ":reference", t->reference);
	stmt_id(s, ":quantity", t->quantity);
	stmt_id(s, ":expires_at", t->expires_at);
	stmt_int(s, ":at", t->at);
	stmt_text(s, ":actor", t->actor);
	if (stmt_run(s, e) < 0)
		return -1;
	*added = db_changes(db) > 0;
	if (find(db, t, id, e) < 0)
		return -1;
	snprintf(subject, sizeof(subject), "%lld", (long long)*id);
	return *added ? event_add(db, &ev, NULL, e) : 0;
}

/* Refuses what cannot be used; else fills the event. */
static int
may_use(struct db *db, int64_t id, int64_t at, struct event *ev, char name[128],
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ENTITLEMENT_ONE, e);
	int64_t quantity, used, expires_at;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	if (got == 0)
		return err_set(e, ERR_DATA, "no entitlement %lld", (long long)id);
	ev->customer = stmt_col_int(s, 0);
	snprintf(name, 128, "%s", stmt_col_text(s, 1));
	quantity = stmt_col_int(s, 2);
	used = stmt_col_int(s, 3);
	expires_at = stmt_col_int(s, 4);
	stmt_reset(s);
	if (quantity != 0 && used >= quantity)
		return err_set(e, ERR_DATA, "entitlement %lld, %s: all %lld are used",
		    (long long)id, name, (long long)quantity);
	if (expires_at != 0 && at >= expires_at)
		return err_set(e, ERR_DATA, "entitlement %lld, %s: has expired", (long long)id,
		    name);
	return 0;
}

int
entitlement_use(struct db *db, int64_t id, const char *reference, const char *actor,
    int64_t at, bool *counted, struct err *e)
{
	char key[320], subject[24], name[128];
	struct event ev = { .key = reference != NULL ? key : NULL, .name = "customer.used",
		.at = at, .subject = subject, .value = name, .actor = actor };
	int64_t known = 0;
	struct stmt *s;

	snprintf(subject, sizeof(subject), "%lld", (long long)id);
	snprintf(key, sizeof(key), "used:%lld:%.256s", (long long)id,
	    reference != NULL ? reference : "");
	*counted = false;
	if (reference != NULL && event_find(db, key, &known, e) < 0)
		return -1;
	if (known != 0)
		return 0;
	if (may_use(db, id, at, &ev, name, e) < 0 || event_add(db, &ev, counted, e) < 0 ||
	    (s = db_stmt(db, &ENTITLEMENT_USED, e)) == NULL)
		return -1;
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

int
entitlement_each(struct db *db, int64_t root, int64_t from, int64_t to,
    void (*fn)(void *ctx, const struct entitlement *t), void *ctx, struct err *e)
{
	const struct db_sql *sql = root != 0 ? &ENTITLEMENT_OF :
	    to != 0 ? &ENTITLEMENT_ENDING : &ENTITLEMENT_ALL;
	struct stmt *s = db_stmt(db, sql, e);
	int got;

	if (s == NULL)
		return -1;
	if (root != 0)
		stmt_int(s, ":root", root);
	if (sql != &ENTITLEMENT_ALL) {
		stmt_int(s, ":since", from);
		stmt_int(s, ":upto", to);
	}
	while ((got = stmt_step(s, e)) > 0) {
		struct entitlement t = { .id = stmt_col_int(s, 0),
			.customer = stmt_col_int(s, 1), .name = stmt_col_text(s, 2),
			.reference = stmt_col_text(s, 3), .quantity = stmt_col_int(s, 4),
			.used = stmt_col_int(s, 5), .expires_at = stmt_col_int(s, 6),
			.at = stmt_col_int(s, 7), .actor = stmt_col_text(s, 8),
			.root = stmt_col_int(s, 9), .customer_name = stmt_col_text(s, 10) };

		fn(ctx, &t);
	}
	return got;
}

static int
set_used(struct db *db, int64_t id, int64_t used, struct err *e)
{
	struct stmt *s = db_stmt(db, &ENTITLEMENT_FIX, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":used", used);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

int
entitlement_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t id, int64_t have, int64_t want), void *ctx,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &ENTITLEMENT_DIFFERENT, e);
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		int64_t id = stmt_col_int(s, 0), want = stmt_col_int(s, 2);

		fn(ctx, id, stmt_col_int(s, 1), want);
		if (fix && set_used(db, id, want, e) < 0)
			return -1;
	}
	return got;
}
