/* erase_tables - what each table holds about a person, and how that goes */
#include <stddef.h>

#include "store/erase_tables.h"

#define NEW_ID "'erased:' || cast(id AS TEXT)"
#define ANOTHER "x.customer FROM contact AS x JOIN customer AS o " \
	"ON o.id = x.customer AND o.root <> :root WHERE x.identity = identity.id"
DB_SQL(ERASE_CUSTOMER, "UPDATE customer SET name = NULL, folded = NULL, extra = NULL, "
    "birthday = NULL, language = NULL, zone = NULL, erased_at = :at WHERE id = :id");
/* What others use, too, is theirs from now on. */
DB_SQL(ERASE_SHARED, "UPDATE identity SET customer = (SELECT " ANOTHER " ORDER BY x.id LIMIT 1) "
    "WHERE id = :id AND EXISTS (SELECT " ANOTHER ")");
DB_SQL(ERASE_IDENTITY, "UPDATE identity SET value = " NEW_ID " WHERE id = :id "
    "AND customer IN (SELECT c.id FROM customer AS c WHERE c.root = :root)");
DB_SQL(ERASE_CONTACT, "DELETE FROM contact WHERE customer = :id");
DB_SQL(ERASE_CONSENT, "UPDATE consent SET source = 'erased' WHERE customer = :id");
DB_SQL(ERASE_PREFERENCE, "DELETE FROM preference WHERE customer = :id");
DB_SQL(ERASE_MEMBERSHIP, "UPDATE membership SET number = " NEW_ID ", source = 'erased' "
    "WHERE customer = :id");
DB_SQL(ERASE_ENTITLEMENT, "UPDATE entitlement SET reference = " NEW_ID
    " WHERE customer = :id");
DB_SQL(ERASE_MEMBER, "UPDATE member SET person = " NEW_ID ", name = NULL, invitor = NULL, "
    "extra = NULL WHERE customer = :id");
DB_SQL(ERASE_STANDING, "UPDATE standing SET why = NULL WHERE customer = :id");
DB_SQL(ERASE_THREAD, "UPDATE thread SET name = " NEW_ID " WHERE id = :id");
DB_SQL(ERASE_TICKET, "UPDATE ticket SET subject = NULL, cause = NULL, outcome = NULL "
    "WHERE id = :id");
DB_SQL(ERASE_TASK, "UPDATE task SET reason = NULL, "
    "title = CASE WHEN checklist IS NULL THEN '' ELSE title END WHERE ticket = :id");
DB_SQL(ERASE_MESSAGE, "UPDATE message SET subject = NULL, text = '', extra = NULL "
    "WHERE id = :id");
DB_SQL(ERASE_ORDERS, "UPDATE orders SET extra = NULL WHERE id = :id");
DB_SQL(ERASE_SEGMENT, "UPDATE segment SET extra = NULL WHERE orders = :id");
/* Who travels on their orders, unless that is somebody we know; and they on others'. */
#define OF_THEIRS "(customer IS NULL OR customer IN (SELECT c.id " \
	"FROM customer AS c WHERE c.root = :root))"
#define NO_PASSENGER "name = " NEW_ID ", document = '', phone = NULL, extra = NULL "
#define NO_TRAVEL "ticket_no = NULL, seat = NULL, extra = NULL "
DB_SQL(ERASE_TRAVEL, "UPDATE travel SET " NO_TRAVEL "WHERE passenger IN (SELECT id "
    "FROM passenger WHERE orders = :id AND " OF_THEIRS ")");
DB_SQL(ERASE_PASSENGER, "UPDATE passenger SET " NO_PASSENGER "WHERE orders = :id AND "
    OF_THEIRS);
DB_SQL(ERASE_TRAVEL_TOO, "UPDATE travel SET " NO_TRAVEL "WHERE passenger IN (SELECT id "
    "FROM passenger WHERE customer = :id)");
DB_SQL(ERASE_PASSENGER_TOO, "UPDATE passenger SET " NO_PASSENGER "WHERE customer = :id");
DB_SQL(ERASE_EVENT, "UPDATE event SET data = NULL, value = CASE "
    "WHEN name LIKE 'ticket.%' ESCAPE '\\' OR name LIKE 'order.%' ESCAPE '\\' "
    "OR name LIKE 'flight.%' ESCAPE '\\' OR name IN ('customer.segment', "
    "'customer.profile', 'customer.used', 'customer.entitled') THEN value END, "
    "subject = CASE WHEN name LIKE 'ticket.%' ESCAPE '\\' OR name LIKE 'order.%' ESCAPE '\\' "
    "OR name LIKE 'flight.%' ESCAPE '\\' OR name LIKE 'task.%' ESCAPE '\\' "
    "OR name LIKE 'message.%' ESCAPE '\\' OR name IN ('customer.used', "
    "'customer.entitled', 'customer.linked', 'customer.unlinked', 'customer.apart') "
    "THEN subject END WHERE id = :id");
DB_SQL(ERASE_ENTITY, "UPDATE entity SET text = '' WHERE message = :id");
DB_SQL(ERASE_CALL_LEG, "UPDATE call_leg SET extra = NULL WHERE message = :id");
DB_SQL(ERASE_OUTBOX, "UPDATE outbox SET recipient = CASE WHEN audience = 1 THEN '' "
    "ELSE recipient END, subject = NULL, text = '', data = NULL, "
    "state = CASE WHEN state < 3 THEN 5 ELSE state END WHERE id = :id");
DB_SQL(ERASE_DELIVERY, "UPDATE delivery SET detail = NULL WHERE outbox = :id");
DB_SQL(ERASE_RESPONSE, "UPDATE response SET comment = NULL WHERE id = :id");

const struct erased erase_tables[] = {
	{ "identity", HOLD_IDENTITY, &ERASE_SHARED, "owner, of what others use" },
	{ "identity", HOLD_IDENTITY, &ERASE_IDENTITY, "value" },
	{ "contact", HOLD_CUSTOMER, &ERASE_CONTACT, "all" },
	{ "customer", HOLD_CUSTOMER, &ERASE_CUSTOMER, "name extra birthday language zone" },
	{ "consent", HOLD_CUSTOMER, &ERASE_CONSENT, "source" },
	{ "preference", HOLD_CUSTOMER, &ERASE_PREFERENCE, "all" },
	{ "membership", HOLD_CUSTOMER, &ERASE_MEMBERSHIP, "number source" },
	{ "entitlement", HOLD_CUSTOMER, &ERASE_ENTITLEMENT, "reference" },
	{ "member", HOLD_CUSTOMER, &ERASE_MEMBER, "person name invitor extra" },
	{ "standing", HOLD_CUSTOMER, &ERASE_STANDING, "why" },
	{ "thread", HOLD_OWN_THREAD, &ERASE_THREAD, "name" },
	{ "ticket", HOLD_TICKET, &ERASE_TICKET, "subject cause outcome" },
	{ "task", HOLD_TICKET, &ERASE_TASK, "title reason" },
	{ "message", HOLD_MESSAGE, &ERASE_MESSAGE, "subject text extra" },
	{ "orders", HOLD_ORDER, &ERASE_ORDERS, "extra" },
	{ "segment", HOLD_ORDER, &ERASE_SEGMENT, "extra" },
	{ "travel", HOLD_ORDER, &ERASE_TRAVEL, "ticket_no seat extra" },
	{ "passenger", HOLD_ORDER, &ERASE_PASSENGER, "name document phone extra" },
	{ "travel", HOLD_CUSTOMER, &ERASE_TRAVEL_TOO, "ticket_no seat extra" },
	{ "passenger", HOLD_CUSTOMER, &ERASE_PASSENGER_TOO, "name document phone extra" },
	{ "event", HOLD_EVENT, &ERASE_EVENT, "data; value and subject where they are words" },
	{ "entity", HOLD_MESSAGE, &ERASE_ENTITY, "text" },
	{ "call_leg", HOLD_MESSAGE, &ERASE_CALL_LEG, "extra" },
	{ "outbox", HOLD_OUTBOX, &ERASE_OUTBOX, "recipient subject text data; withdrawn" },
	{ "delivery", HOLD_OUTBOX, &ERASE_DELIVERY, "detail" },
	{ "response", HOLD_RESPONSE, &ERASE_RESPONSE, "comment" },
	{ NULL, HOLD_CUSTOMER, NULL, NULL }
};

const char *const erase_harmless[] = { "account", "agent", "source", "link", "conflict",
	"apart", "participant", "class", "label", "call", "clock", "reported", "followup", "notice",
	"survey", "survey_skip", "traffic", "progress", "place", "secret", "metric", "flight",
	"rule_use", "article", "article_index", "answer", NULL };

#define BEHIND "id > :after ORDER BY id"
DB_SQL(READ_MESSAGE, "SELECT id, external_id, subject, text, extra, thread FROM message "
    "WHERE " BEHIND);
DB_SQL(SWEEP_MESSAGE, "UPDATE message SET external_id = :c1, subject = :c2, text = :c3, "
    "extra = :c4 WHERE id = :id");
DB_SQL(READ_EVENT, "SELECT id, key, subject, value, data, NULL FROM event WHERE " BEHIND);
DB_SQL(SWEEP_EVENT, "UPDATE event SET key = :c1, subject = :c2, value = :c3, data = :c4 "
    "WHERE id = :id");
DB_SQL(READ_OUTBOX, "SELECT id, key, subject, text, data, NULL FROM outbox WHERE " BEHIND);
DB_SQL(SWEEP_OUTBOX, "UPDATE outbox SET key = :c1, subject = :c2, text = :c3, data = :c4 "
    "WHERE id = :id");
DB_SQL(READ_TICKET, "SELECT id, subject, cause, outcome, NULL FROM ticket WHERE " BEHIND);
DB_SQL(SWEEP_TICKET, "UPDATE ticket SET subject = :c1, cause = :c2, outcome = :c3 "
    "WHERE id = :id");
DB_SQL(READ_THREAD, "SELECT id, name, NULL FROM thread WHERE " BEHIND);
DB_SQL(SWEEP_THREAD, "UPDATE thread SET name = :c1 WHERE id = :id");
DB_SQL(READ_ORDERS, "SELECT id, title, extra, NULL FROM orders WHERE " BEHIND);
DB_SQL(SWEEP_ORDERS, "UPDATE orders SET title = :c1, extra = :c2 WHERE id = :id");
DB_SQL(READ_PASSENGER, "SELECT id, name, phone, extra, NULL FROM passenger "
    "WHERE " BEHIND);
DB_SQL(SWEEP_PASSENGER, "UPDATE passenger SET name = :c1, phone = :c2, extra = :c3 "
    "WHERE id = :id");
DB_SQL(READ_GROUP, "SELECT thread, owner, notice, extra, NULL FROM chat_group "
    "WHERE thread > :after ORDER BY thread");
DB_SQL(SWEEP_GROUP, "UPDATE chat_group SET owner = :c1, notice = :c2, extra = :c3 "
    "WHERE thread = :id");
DB_SQL(READ_MEMBER, "SELECT id, invitor, extra, NULL FROM member WHERE " BEHIND);
DB_SQL(SWEEP_MEMBER, "UPDATE member SET invitor = :c1, extra = :c2 WHERE id = :id");
DB_SQL(READ_SUPPRESSED, "SELECT id, address, reason, NULL FROM suppressed WHERE " BEHIND);
DB_SQL(SWEEP_SUPPRESSED, "UPDATE suppressed SET address = :c1, reason = :c2 "
    "WHERE id = :id");
DB_SQL(READ_RESPONSE, "SELECT id, key, comment, NULL FROM response WHERE " BEHIND);
DB_SQL(SWEEP_RESPONSE, "UPDATE response SET key = :c1, comment = :c2 WHERE id = :id");
DB_SQL(READ_CUSTOMER, "SELECT id, extra, NULL FROM customer WHERE " BEHIND);
DB_SQL(SWEEP_CUSTOMER, "UPDATE customer SET extra = :c1 WHERE id = :id");
DB_SQL(READ_SOURCE, "SELECT id, name, NULL FROM source WHERE " BEHIND);
DB_SQL(SWEEP_SOURCE, "UPDATE source SET name = :c1 WHERE id = :id");
DB_SQL(READ_TASK, "SELECT id, title, reason, NULL FROM task WHERE " BEHIND);
DB_SQL(SWEEP_TASK, "UPDATE task SET title = :c1, reason = :c2 WHERE id = :id");
DB_SQL(READ_CALL_LEG, "SELECT id, extra, NULL FROM call_leg WHERE " BEHIND);
DB_SQL(SWEEP_CALL_LEG, "UPDATE call_leg SET extra = :c1 WHERE id = :id");

/* Its key in one number: no message has a hundred thousand of them. */
DB_SQL(READ_ENTITY, "SELECT message * 100000 + n, text, NULL FROM entity "
    "WHERE message > :after ORDER BY message, n");
DB_SQL(SWEEP_ENTITY, "UPDATE entity SET text = :c1 "
    "WHERE message = :id / 100000 AND n = :id % 100000");

const struct swept erase_sweeps[] = {
	{ "message", &READ_MESSAGE, &SWEEP_MESSAGE, 4, 1 },
	{ "event", &READ_EVENT, &SWEEP_EVENT, 4, 1 },
	{ "entity", &READ_ENTITY, &SWEEP_ENTITY, 1, 0 },
	{ "outbox", &READ_OUTBOX, &SWEEP_OUTBOX, 4, 1 },
	{ "ticket", &READ_TICKET, &SWEEP_TICKET, 3, 0 },
	{ "thread", &READ_THREAD, &SWEEP_THREAD, 1, 1 },
	{ "orders", &READ_ORDERS, &SWEEP_ORDERS, 2, 0 },
	{ "passenger", &READ_PASSENGER, &SWEEP_PASSENGER, 3, 1 },
	{ "chat_group", &READ_GROUP, &SWEEP_GROUP, 3, 0 },
	{ "member", &READ_MEMBER, &SWEEP_MEMBER, 2, 0 },
	{ "suppressed", &READ_SUPPRESSED, &SWEEP_SUPPRESSED, 2, 1 },
	{ "response", &READ_RESPONSE, &SWEEP_RESPONSE, 2, 1 },
	{ "customer", &READ_CUSTOMER, &SWEEP_CUSTOMER, 1, 0 },
	{ "source", &READ_SOURCE, &SWEEP_SOURCE, 1, 0 },
	{ "task", &READ_TASK, &SWEEP_TASK, 2, 0 },
	{ "call_leg", &READ_CALL_LEG, &SWEEP_CALL_LEG, 1, 0 },
	{ NULL, NULL, NULL, 0, 0 }
};
