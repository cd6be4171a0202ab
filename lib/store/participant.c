/* participant - customers who wrote on tickets of others */
#include "store/participant.h"

DB_SQL(PARTICIPANT_ADD, "INSERT INTO participant (customer, ticket) "
    "VALUES (:customer, :ticket) ON CONFLICT (customer, ticket) DO NOTHING");
DB_SQL(PARTICIPANT_DROP, "DELETE FROM participant "
    "WHERE customer = :customer AND ticket = :ticket");
DB_SQL(PARTICIPANT_MISSING, "SELECT DISTINCT m.customer, m.ticket FROM ticket AS k "
    "JOIN message AS m ON m.ticket = k.id AND m.customer <> k.customer "
    "WHERE NOT EXISTS (SELECT 1 FROM participant AS p WHERE p.customer = m.customer "
    "AND p.ticket = k.id) ORDER BY m.customer, m.ticket");
DB_SQL(PARTICIPANT_EXCESS, "SELECT p.customer, p.ticket FROM participant AS p "
    "JOIN ticket AS k ON k.id = p.ticket WHERE p.customer = k.customer "
    "OR NOT EXISTS (SELECT 1 FROM message AS m WHERE m.ticket = p.ticket "
    "AND m.customer = p.customer) ORDER BY p.customer, p.ticket");

static int
run(struct db *db, const struct db_sql *sql, int64_t customer, int64_t ticket,
    struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":customer", customer);
	stmt_int(s, ":ticket", ticket);
	return stmt_run(s, e);
}

int
participant_add(struct db *db, int64_t customer, int64_t ticket, struct err *e)
{
	return run(db, &PARTICIPANT_ADD, customer, ticket, e);
}

int
participants_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t customer, int64_t ticket, bool missing), void *ctx,
    struct err *e)
{
	static const struct {
		const struct db_sql *find, *mend;
	} sides[] = { { &PARTICIPANT_MISSING, &PARTICIPANT_ADD },
		{ &PARTICIPANT_EXCESS, &PARTICIPANT_DROP } };
	int i, got;

	for (i = 0; i < 2; i++) {
		struct stmt *s = db_stmt(db, sides[i].find, e);

		if (s == NULL)
			return -1;
		while ((got = stmt_step(s, e)) > 0) {
			int64_t customer = stmt_col_int(s, 0), ticket = stmt_col_int(s, 1);

			fn(ctx, customer, ticket, i == 0);
			if (fix && run(db, sides[i].mend, customer, ticket, e) < 0)
				return -1;
		}
		if (got < 0)
			return -1;
	}
	return 0;
}
