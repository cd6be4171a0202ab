/* membership - who is a member, by which number, at which level, until when */
#include "store/membership.h"

DB_SQL(MEMBERSHIP_PUT, "INSERT INTO membership (customer, number, level, expires_at, at, "
    "source) VALUES (:customer, :number, :level, :expires_at, :at, :source) "
    "ON CONFLICT (number) DO UPDATE SET level = coalesce(excluded.level, membership.level), "
    "expires_at = coalesce(excluded.expires_at, membership.expires_at), at = excluded.at, "
    "source = excluded.source WHERE membership.level IS DISTINCT FROM "
    "coalesce(excluded.level, membership.level) OR membership.expires_at IS DISTINCT FROM "
    "coalesce(excluded.expires_at, membership.expires_at)");
DB_SQL(MEMBERSHIP_OF, "SELECT m.customer, m.number, m.level, m.expires_at, m.at, m.source "
    "FROM customer AS c JOIN membership AS m ON m.customer = c.id WHERE c.root = :root "
    "ORDER BY m.expires_at DESC NULLS FIRST, m.id");

int
membership_put(struct db *db, const struct membership *m, bool *changed, struct err *e)
{
	struct stmt *s = db_stmt(db, &MEMBERSHIP_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", m->customer);
	stmt_text(s, ":number", m->number);
	stmt_text(s, ":level", m->level);
	stmt_id(s, ":expires_at", m->expires_at);
	stmt_int(s, ":at", m->at);
	stmt_text(s, ":source", m->source);
	if (stmt_run(s, e) < 0)
		return -1;
	if (changed != NULL)
		*changed = db_changes(db) > 0;
	return 0;
}

int
membership_each(struct db *db, int64_t root,
    void (*fn)(void *ctx, const struct membership *m), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &MEMBERSHIP_OF, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		struct membership m = { .customer = stmt_col_int(s, 0),
			.number = stmt_col_text(s, 1), .level = stmt_col_text(s, 2),
			.expires_at = stmt_col_int(s, 3), .at = stmt_col_int(s, 4),
			.source = stmt_col_text(s, 5) };

		fn(ctx, &m);
	}
	return got;
}
