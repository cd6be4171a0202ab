/* check - does the database hold what csr promises of it? */
#include <stdio.h>

#include "store/call.h"
#include "store/check.h"
#include "store/clock.h"
#include "store/customer.h"
#include "store/entitlement.h"
#include "store/participant.h"
#include "store/ticket.h"
#include "store/traffic.h"

/* Each gives the id of a row that must not be, and perhaps what it should say. */
DB_SQL(CHECK_THREAD_ACCOUNT, "SELECT m.id FROM message AS m "
    "JOIN thread AS t ON t.id = m.thread WHERE t.account <> m.account ORDER BY m.id");
DB_SQL(CHECK_TICKET_THREAD, "SELECT k.id FROM ticket AS k "
    "JOIN thread AS t ON t.id = k.thread WHERE t.account <> k.account ORDER BY k.id");
DB_SQL(CHECK_FOLLOWS, "SELECT id FROM ticket "
    "WHERE follows >= id OR related >= id ORDER BY id");
DB_SQL(CHECK_RESOLVED, "SELECT id FROM ticket "
    "WHERE (status < 3) <> (resolved_at IS NULL) ORDER BY id");
DB_SQL(CHECK_IDENTITY, "SELECT i.id FROM identity AS i "
    "WHERE (i.kind = 1) <> (i.account <> 0) ORDER BY i.id");
DB_SQL(CHECK_CSAT, "SELECT k.id FROM ticket AS k WHERE k.csat IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM response AS r WHERE r.ticket = k.id "
    "AND r.form = 'csat' AND r.score = k.csat) ORDER BY k.id");
DB_SQL(CHECK_ROUTED, "SELECT k.id FROM ticket AS k LEFT JOIN agent AS a ON a.id = k.agent "
    "LEFT JOIN event AS e ON e.id = (SELECT max(x.id) FROM event AS x "
    "WHERE x.ticket = k.id AND x.name = 'ticket.routed') "
    "WHERE k.routed_at IS DISTINCT FROM e.at OR k.queue IS DISTINCT FROM e.value "
    "OR a.code IS DISTINCT FROM e.subject ORDER BY k.id");
DB_SQL(CHECK_MERGED, "SELECT k.id FROM ticket AS k LEFT JOIN event AS e ON e.id = "
    "(SELECT max(x.id) FROM event AS x WHERE x.ticket = k.id "
    "AND x.name IN ('ticket.merged', 'ticket.unmerged')) "
    "WHERE k.merged IS DISTINCT FROM "
    "CASE WHEN e.name = 'ticket.merged' THEN cast(e.value AS bigint) END "
    "OR (k.merged IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM ticket AS i WHERE i.id = k.merged)) ORDER BY k.id");
DB_SQL(CHECK_TASK, "SELECT id FROM task WHERE (state > 2) <> (done_at IS NOT NULL) "
    "OR (state = 1) <> (started_at IS NULL AND done_at IS NULL) "
    "OR (checklist IS NULL) <> (step IS NULL) ORDER BY id");
DB_SQL(CHECK_OUTBOX, "SELECT o.id FROM outbox AS o WHERE "
    "(o.state IN (3, 4) AND o.done_at IS NULL) OR (o.state < 3 AND o.done_at IS NOT NULL) "
    "OR (o.state = 2) <> (o.lease_at IS NOT NULL) OR (o.state = 3 AND NOT EXISTS "
    "(SELECT 1 FROM delivery AS d WHERE d.outbox = o.id AND d.result = 1)) ORDER BY o.id");
DB_SQL(CHECK_CLASS, "SELECT c.message FROM class AS c JOIN message AS m ON m.id = c.message "
    "WHERE m.direction <> 1 ORDER BY c.message");
DB_SQL(CHECK_LABEL, "SELECT l.id FROM label AS l LEFT JOIN class AS c ON c.message = l.message "
    "WHERE c.message IS NULL OR (l.dimension = 'type' AND c.type <> l.label "
    "AND NOT EXISTS (SELECT 1 FROM label AS x WHERE x.message = l.message "
    "AND x.dimension = 'type' AND (x.at > l.at OR (x.at = l.at AND x.id > l.id)))) "
    "ORDER BY l.id");
DB_SQL(CHECK_CLOCK, "SELECT id FROM clock WHERE due_at < started_at "
    "OR stopped_at < started_at ORDER BY id");
DB_SQL(CHECK_NOTICE, "SELECT n.id FROM notice AS n JOIN clock AS c ON c.id = n.clock "
    "WHERE n.level > 0 AND n.done_at < c.due_at ORDER BY n.id");
DB_SQL(CHECK_FOLLOWUP, "SELECT id FROM followup "
    "WHERE (done_at IS NULL) <> (outbox IS NULL AND skipped IS NULL) ORDER BY id");
DB_SQL(CHECK_SURVEY, "SELECT s.id FROM survey AS s JOIN ticket AS k ON k.id = s.ticket "
    "WHERE s.cycle > k.cycle ORDER BY s.id");
DB_SQL(CHECK_CALL, "SELECT message FROM call WHERE (outcome = 1) <> (answered_at IS NOT NULL) "
    "OR wait_ms < 0 OR talk_ms < 0 ORDER BY message");
DB_SQL(CHECK_CALL_LEG, "SELECT l.id FROM call_leg AS l LEFT JOIN call AS c "
    "ON c.message = l.message WHERE c.message IS NULL ORDER BY l.id");
DB_SQL(CHECK_REPORTED, "SELECT ticket FROM reported WHERE value_ms < 0 OR as_of_at < 0 "
    "ORDER BY ticket");
DB_SQL(CHECK_METRIC, "SELECT id FROM metric WHERE to_at < from_at ORDER BY id");
DB_SQL(CHECK_CONTACT, "SELECT x.id FROM contact AS x JOIN identity AS i "
    "ON i.id = x.identity WHERE i.shared = 0 ORDER BY x.id");
DB_SQL(CHECK_APART, "SELECT p.id FROM apart AS p JOIN customer AS a ON a.id = p.a "
    "JOIN customer AS b ON b.id = p.b WHERE p.ended_at IS NULL AND a.root = b.root "
    "ORDER BY p.id");
DB_SQL(CHECK_ENTITLEMENT, "SELECT id FROM entitlement WHERE used > quantity ORDER BY id");
DB_SQL(CHECK_STANDING, "SELECT customer FROM standing WHERE (orders = 0) <> "
    "(recency IS NULL) OR recency NOT BETWEEN 1 AND 5 OR frequency NOT BETWEEN 1 AND 5 "
    "OR monetary NOT BETWEEN 1 AND 5 ORDER BY customer");
DB_SQL(CHECK_MEMBERSHIP, "SELECT m.id FROM membership AS m WHERE NOT EXISTS (SELECT 1 "
    "FROM identity AS i JOIN customer AS c ON c.id = i.customer "
    "JOIN customer AS o ON o.id = m.customer AND o.root = c.root "
    "WHERE i.value = m.number AND i.kind = 4 AND i.account = 0) AND m.number NOT LIKE "
    "'erased:%' ESCAPE '\\' ORDER BY m.id");
DB_SQL(CHECK_ERASED, "SELECT c.id FROM customer AS c WHERE c.erased_at IS NOT NULL "
    "AND (c.name IS NOT NULL OR c.extra IS NOT NULL OR c.birthday IS NOT NULL) "
    "ORDER BY c.id");

DB_SQL(CHECK_PLACE, "SELECT inode FROM place WHERE read_to > size OR line < 0 "
    "OR (read_to = 0) <> (digest IS NULL) ORDER BY inode");
DB_SQL(CHECK_MEMBER, "SELECT id FROM member WHERE left_at < joined_at "
    "OR (staff = 1 AND customer IS NOT NULL) ORDER BY id");
DB_SQL(CHECK_GROUP, "SELECT g.thread FROM chat_group AS g JOIN thread AS t ON t.id = g.thread "
    "WHERE t.grouped = 0 ORDER BY g.thread");
DB_SQL(CHECK_SEGMENT, "SELECT id FROM segment WHERE arrives_at < departs_at ORDER BY id");
DB_SQL(CHECK_TRAVEL, "SELECT t.segment FROM travel AS t JOIN segment AS s ON s.id = t.segment "
    "JOIN passenger AS p ON p.id = t.passenger WHERE p.orders <> s.orders ORDER BY t.segment");
DB_SQL(CHECK_ANSWER, "SELECT w.message FROM answer AS w JOIN message AS m "
    "ON m.id = w.message LEFT JOIN outbox AS o ON o.id = w.outbox "
    "WHERE m.direction <> 1 OR m.automatic = 1 OR (w.automatic = 1 AND w.outbox IS NULL) "
    "OR (w.automatic = 1 AND w.article IS NULL) OR o.ticket <> w.ticket ORDER BY w.message");
DB_SQL(CHECK_ARTICLE, "SELECT id FROM article WHERE ended_at < imported_at OR version < 1 "
    "ORDER BY id");

static const struct {
	const struct db_sql *sql;
	const char *table, *what;
} rules[] = {
	{ &CHECK_THREAD_ACCOUNT, "message", "its thread is of another account" },
	{ &CHECK_TICKET_THREAD, "ticket", "its thread is of another account" },
	{ &CHECK_FOLLOWS, "ticket", "follows or relates to a later ticket" },
	{ &CHECK_RESOLVED, "ticket", "its status and resolution time contradict" },
	{ &CHECK_IDENTITY, "identity", "its kind and account contradict" },
	{ &CHECK_CSAT, "ticket", "its csat is no answer that was given" },
	{ &CHECK_ROUTED, "ticket", "its route is not that of its last routing event" },
	{ &CHECK_MERGED, "ticket", "is not merged as its last such event says" },
	{ &CHECK_TASK, "task", "its state and times contradict" },
	{ &CHECK_OUTBOX, "outbox", "its state and its deliveries contradict" },
	{ &CHECK_CLASS, "class", "of a message that is not the customer's" },
	{ &CHECK_LABEL, "label", "the class of its message does not say so" },
	{ &CHECK_CLOCK, "clock", "is due or stopped before it started" },
	{ &CHECK_NOTICE, "notice", "told of a breach before it was one" },
	{ &CHECK_FOLLOWUP, "followup", "done without a trace, or not done with one" },
	{ &CHECK_CALL, "call", "its outcome and its times contradict" },
	{ &CHECK_CALL_LEG, "call_leg", "of no call" },
	{ &CHECK_REPORTED, "reported", "less than no time" },
	{ &CHECK_METRIC, "metric", "its time ends before it begins" },
	{ &CHECK_PLACE, "place", "behind the end of its file, or without proof" },
	{ &CHECK_MEMBER, "member", "left before joining, or is ours and a customer" },
	{ &CHECK_GROUP, "chat_group", "of a thread that is no group" },
	{ &CHECK_SEGMENT, "segment", "arrives before it departs" },
	{ &CHECK_TRAVEL, "segment", "has a passenger of another order" },
	{ &CHECK_SURVEY, "survey", "of a resolution that has not been" },
	{ &CHECK_CONTACT, "contact", "of an identity that is not shared" },
	{ &CHECK_APART, "apart", "two that are two are linked" },
	{ &CHECK_ENTITLEMENT, "entitlement", "used more often than it was given" },
	{ &CHECK_STANDING, "standing", "its orders and scores contradict" },
	{ &CHECK_MEMBERSHIP, "membership", "its number is no identity of its customer" },
	{ &CHECK_ANSWER, "answer", "to a machine, or sent without a trace" },
	{ &CHECK_ARTICLE, "article", "ended before it began" },
	{ &CHECK_ERASED, "customer", "is erased and still has a name" },
};

struct teller {
	void (*fn)(void *ctx, const char *line);
	void *ctx;
};

static void
tell(struct teller *t, const char *table, int64_t id, const char *what)
{
	char line[240];

	snprintf(line, sizeof(line), "%s %lld: %s", table, (long long)id, what);
	t->fn(t->ctx, line);
}

static void
on_root(void *ctx, int64_t customer, int64_t have, int64_t want)
{
	char what[120];

	snprintf(what, sizeof(what), "its root is %lld, its links say %lld", (long long)have,
	    (long long)want);
	tell(ctx, "customer", customer, what);
}

static void
on_name(void *ctx, int64_t customer)
{
	tell(ctx, "customer", customer, "its folded name is not that of its name");
}

static void
on_participant(void *ctx, int64_t customer, int64_t ticket, bool missing)
{
	char what[120];

	snprintf(what, sizeof(what), missing ? "wrote on ticket %lld and is no participant" :
	    "is a participant of ticket %lld and did not write on it", (long long)ticket);
	tell(ctx, "customer", customer, what);
}

static void
on_used(void *ctx, int64_t id, int64_t have, int64_t want)
{
	char what[120];

	snprintf(what, sizeof(what), "used %lld times, its events say %lld", (long long)have,
	    (long long)want);
	tell(ctx, "entitlement", id, what);
}

static void
on_ticket(void *ctx, int64_t ticket, const char *what)
{
	tell(ctx, "ticket", ticket, what);
}

static void
on_call(void *ctx, int64_t message, const char *what)
{
	tell(ctx, "call", message, what);
}

static void
on_traffic(void *ctx, int64_t quarter_at, const char *what)
{
	tell(ctx, "traffic", quarter_at, what);
}

static int
check_rule(struct db *db, size_t i, struct teller *t, struct err *e)
{
	struct stmt *s = db_stmt(db, rules[i].sql, e);
	int got;

	if (s == NULL)
		return -1;
	while ((got = stmt_step(s, e)) > 0)
		tell(t, rules[i].table, stmt_col_int(s, 0), rules[i].what);
	return got;
}

int
check_all(struct db *db, bool fix, void (*fn)(void *ctx, const char *line), void *ctx,
    struct err *e)
{
	struct teller t = { fn, ctx };
	size_t i;

	if (db_check_engine(db, fn, ctx, e) < 0)
		return -1;
	if (customers_check_roots(db, 0, 0, fix, on_root, &t, e) < 0 ||
	    calls_check(db, fix, on_call, &t, e) < 0 ||
	    tickets_check(db, fix, on_ticket, &t, e) < 0 ||
	    clocks_check(db, fix, on_ticket, &t, e) < 0 ||
	    traffic_check(db, fix, on_traffic, &t, e) < 0 ||
	    customers_check_names(db, fix, on_name, &t, e) < 0 ||
	    participants_check(db, fix, on_participant, &t, e) < 0 ||
	    entitlement_check(db, fix, on_used, &t, e) < 0)
		return -1;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (check_rule(db, i, &t, e) < 0)
			return -1;
	return 0;
}
