/* traffic - how many messages each quarter of an hour had */
#include <stdio.h>
#include <string.h>

#include "store/traffic.h"
#include "time/tm.h"

/* Division rounds towards zero, a quarter begins before what is in it. */
#define QUARTER_OF_MESSAGE "m.at - (m.at % 900000 + 900000) % 900000"

DB_SQL(TRAFFIC_ADD, "INSERT INTO traffic (quarter_at, account, direction, automatic, n) "
    "VALUES (:quarter_at, :account, :direction, :automatic, :n) "
    "ON CONFLICT (quarter_at, account, direction, automatic) "
    "DO UPDATE SET n = traffic.n + excluded.n");
DB_SQL(TRAFFIC_DIFFERENT, "SELECT x.quarter_at, x.account, x.direction, x.automatic, "
    "sum(x.have), sum(x.want) FROM (SELECT t.quarter_at AS quarter_at, "
    "t.account AS account, t.direction AS direction, t.automatic AS automatic, "
    "t.n AS have, 0 AS want FROM traffic AS t UNION ALL "
    "SELECT " QUARTER_OF_MESSAGE ", m.account, m.direction, m.automatic, 0, 1 "
    "FROM message AS m) AS x "
    "GROUP BY x.quarter_at, x.account, x.direction, x.automatic "
    "HAVING sum(x.have) <> sum(x.want) "
    "ORDER BY x.quarter_at, x.account, x.direction, x.automatic");
DB_SQL(TRAFFIC_CLEAR, "DELETE FROM traffic");
DB_SQL(TRAFFIC_RECOUNT, "INSERT INTO traffic (quarter_at, account, direction, automatic, n) "
    "SELECT " QUARTER_OF_MESSAGE ", m.account, m.direction, m.automatic, count(*) "
    "FROM message AS m "
    "GROUP BY " QUARTER_OF_MESSAGE ", m.account, m.direction, m.automatic");

struct traffic_key {
	int64_t quarter_at, account, direction, automatic;
};

void
traffic_begin(struct traffic *t)
{
	map_clear(&t->counts);
}

void
traffic_count(struct traffic *t, int64_t at, int64_t account, int direction, bool automatic)
{
	int64_t past = at % TM_QUARTER_MS;
	struct traffic_key key = { .account = account, .direction = direction,
		.automatic = automatic,
		.quarter_at = at - past - (past < 0 ? TM_QUARTER_MS : 0) };

	map_put(&t->counts, &key, sizeof(key), NULL)->num++;
}

int
traffic_flush(struct traffic *t, struct db *db, struct err *e)
{
	struct stmt *s = db_stmt(db, &TRAFFIC_ADD, e);
	struct map_slot *slot;
	struct traffic_key key;
	size_t at = 0;

	if (s == NULL)
		return -1;
	while ((slot = map_each(&t->counts, &at)) != NULL) {
		memcpy(&key, slot->key, sizeof(key));
		stmt_int(s, ":quarter_at", key.quarter_at);
		stmt_int(s, ":account", key.account);
		stmt_int(s, ":direction", key.direction);
		stmt_int(s, ":automatic", key.automatic);
		stmt_int(s, ":n", slot->value.num);
		if (stmt_run(s, e) < 0)
			return -1;
	}
	map_clear(&t->counts);
	return 0;
}

void
traffic_release(struct traffic *t)
{
	map_release(&t->counts);
}

static int
recount(struct db *db, struct err *e)
{
	struct stmt *clear = db_stmt(db, &TRAFFIC_CLEAR, e);
	struct stmt *fill = db_stmt(db, &TRAFFIC_RECOUNT, e);

	if (clear == NULL || fill == NULL || stmt_run(clear, e) < 0)
		return -1;
	return stmt_run(fill, e);
}

int
traffic_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t quarter_at, const char *what), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, &TRAFFIC_DIFFERENT, e);
	bool wrong = false;
	char what[160];
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0) {
		wrong = true;
		snprintf(what, sizeof(what), "account %lld, direction %lld, automatic %lld: "
		    "its n is %lld, its messages are %lld", (long long)stmt_col_int(s, 1),
		    (long long)stmt_col_int(s, 2), (long long)stmt_col_int(s, 3),
		    (long long)stmt_col_int(s, 4), (long long)stmt_col_int(s, 5));
		fn(ctx, stmt_col_int(s, 0), what);
	}
	if (got < 0)
		return -1;
	return wrong && fix ? recount(db, e) : 0;
}
