/* holdings - the ids of all rows that hold something about one person */
#include <stdlib.h>

#include "base/mem.h"
#include "store/holdings.h"

#define GROUP "FROM customer AS c "
#define TICKETS GROUP "JOIN ticket AS t ON t.customer = c.id "
/* The three places of their messages; each ends in AND. */
#define ON_OWN "JOIN message AS m ON m.ticket = t.id LEFT JOIN customer AS w " \
	"ON w.id = m.customer WHERE c.root = :root " \
	"AND (m.direction <> 1 OR m.customer IS NULL OR w.root = :root)"
#define ON_OTHERS GROUP "JOIN participant AS p ON p.customer = c.id JOIN message AS m " \
	"ON m.ticket = p.ticket AND m.customer = c.id WHERE c.root = :root"
#define LOOSE GROUP "JOIN message AS m ON m.customer = c.id " \
	"AND m.ticket IS NULL WHERE c.root = :root"
#define MESSAGES(col) "m." col " " TICKETS ON_OWN " UNION SELECT m." col " " ON_OTHERS \
	" UNION SELECT m." col " " LOOSE

DB_SQL(HOLD_CUSTOMERS, "SELECT c.id FROM customer AS c WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_IDENTITIES, "SELECT i.id " GROUP "JOIN identity AS i ON i.customer = c.id "
    "WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_TICKETS, "SELECT t.id " TICKETS "WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_MESSAGES, "SELECT " MESSAGES("id") " ORDER BY 1");
DB_SQL(HOLD_ORDERS, "SELECT o.id " GROUP "JOIN orders AS o ON o.customer = c.id "
    "WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_EVENTS, "SELECT v.id " TICKETS "JOIN event AS v ON v.ticket = t.id "
    "WHERE c.root = :root UNION SELECT v.id " GROUP "JOIN event AS v ON v.customer = c.id "
    "AND v.ticket IS NULL WHERE c.root = :root UNION SELECT v.id " GROUP
    "JOIN orders AS o ON o.customer = c.id JOIN event AS v ON v.subject = o.external_id "
    "AND v.name = 'order.status' WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_OUTBOXES, "SELECT x.id " GROUP "JOIN outbox AS x ON x.customer = c.id "
    "WHERE c.root = :root UNION SELECT x.id " TICKETS "JOIN outbox AS x ON x.ticket = t.id "
    "WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_RESPONSES, "SELECT r.id " GROUP "JOIN response AS r ON r.customer = c.id "
    "WHERE c.root = :root UNION SELECT r.id " TICKETS "JOIN response AS r ON r.ticket = t.id "
    "WHERE c.root = :root ORDER BY 1");
DB_SQL(HOLD_THREADS, "SELECT t.thread " TICKETS "WHERE c.root = :root UNION SELECT "
    MESSAGES("thread") " ORDER BY 1");
DB_SQL(HOLD_OWN_THREADS, "SELECT DISTINCT t.thread " TICKETS "JOIN thread AS h "
    "ON h.id = t.thread AND h.grouped = 0 WHERE c.root = :root AND NOT EXISTS (SELECT 1 "
    "FROM ticket AS o JOIN customer AS w ON w.id = o.customer WHERE o.thread = h.id "
    "AND w.root <> :root) ORDER BY 1");
DB_SQL(HOLD_ACCOUNTS, "SELECT t.account " TICKETS "WHERE c.root = :root UNION SELECT "
    MESSAGES("account") " UNION SELECT o.account " GROUP "JOIN orders AS o "
    "ON o.customer = c.id WHERE c.root = :root UNION SELECT i.account " GROUP
    "JOIN identity AS i ON i.customer = c.id WHERE c.root = :root AND i.account <> 0 "
    "ORDER BY 1");
DB_SQL(HOLD_AGENTS, "SELECT g.id FROM agent AS g WHERE g.id IN (SELECT " MESSAGES("agent")
    " UNION SELECT t.agent " TICKETS "WHERE c.root = :root UNION SELECT "
    "t.first_response_agent " TICKETS "WHERE c.root = :root UNION SELECT k.agent " TICKETS
    "JOIN message AS m ON m.ticket = t.id JOIN call AS k ON k.message = m.id "
    "WHERE c.root = :root) ORDER BY 1");
DB_SQL(HOLD_SOURCES, "SELECT s.id FROM source AS s WHERE s.id IN (SELECT " MESSAGES("source")
    " UNION SELECT r.source " TICKETS "JOIN reported AS r ON r.ticket = t.id "
    "WHERE c.root = :root) ORDER BY 1");

static const struct db_sql *const queries[HOLDINGS] = {
	[HOLD_CUSTOMER] = &HOLD_CUSTOMERS, [HOLD_IDENTITY] = &HOLD_IDENTITIES,
	[HOLD_TICKET] = &HOLD_TICKETS, [HOLD_MESSAGE] = &HOLD_MESSAGES,
	[HOLD_ORDER] = &HOLD_ORDERS, [HOLD_EVENT] = &HOLD_EVENTS,
	[HOLD_OUTBOX] = &HOLD_OUTBOXES, [HOLD_RESPONSE] = &HOLD_RESPONSES,
	[HOLD_THREAD] = &HOLD_THREADS, [HOLD_OWN_THREAD] = &HOLD_OWN_THREADS,
	[HOLD_ACCOUNT] = &HOLD_ACCOUNTS, [HOLD_AGENT] = &HOLD_AGENTS,
	[HOLD_SOURCE] = &HOLD_SOURCES,
};

static int
load(struct held *h, struct db *db, const struct db_sql *sql, int64_t root, struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		if (h->n == h->cap) {
			h->cap = h->cap ? h->cap * 2 : 64;
			h->v = xrealloc(h->v, h->cap * sizeof(*h->v));
		}
		h->v[h->n++] = stmt_col_int(s, 0);
	}
	return got;
}

int
holdings_load(struct holdings *h, struct db *db, int64_t root, struct err *e)
{
	int i;

	*h = (struct holdings){ .of = { { NULL, 0, 0 } } };
	for (i = 0; i < HOLDINGS; i++)
		if (load(&h->of[i], db, queries[i], root, e) < 0)
			return -1;
	return 0;
}

bool
holdings_have(const struct holdings *h, enum holding kind, int64_t id)
{
	size_t lo = 0, hi = h->of[kind].n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (h->of[kind].v[mid] < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->of[kind].n && h->of[kind].v[lo] == id;
}

void
holdings_release(struct holdings *h)
{
	int i;

	for (i = 0; i < HOLDINGS; i++)
		free(h->of[i].v);
}
