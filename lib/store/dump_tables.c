/* dump_tables - how each table is read out and filled again */
#include <stddef.h>

#include "store/dump_tables.h"

DB_SQL(ALL_ACCOUNT, "SELECT * FROM account ORDER BY id");
DB_SQL(ONE_ACCOUNT, "SELECT * FROM account WHERE id = :id");
DB_SQL(PUT_ACCOUNT, "INSERT INTO account ("
    "id, channel, name) VALUES ("
    ":id, :channel, :name) ON CONFLICT DO NOTHING");
DB_SQL(ALL_AGENT, "SELECT * FROM agent ORDER BY id");
DB_SQL(ONE_AGENT, "SELECT * FROM agent WHERE id = :id");
DB_SQL(PUT_AGENT, "INSERT INTO agent ("
    "id, code, name) VALUES ("
    ":id, :code, :name) ON CONFLICT DO NOTHING");
DB_SQL(ALL_SOURCE, "SELECT * FROM source ORDER BY id");
DB_SQL(ONE_SOURCE, "SELECT * FROM source WHERE id = :id");
DB_SQL(PUT_SOURCE, "INSERT INTO source ("
    "id, name, format, read_at) VALUES ("
    ":id, :name, :format, :read_at) ON CONFLICT DO NOTHING");
DB_SQL(ALL_THREAD, "SELECT * FROM thread ORDER BY id");
DB_SQL(ONE_THREAD, "SELECT * FROM thread WHERE id = :id");
DB_SQL(PUT_THREAD, "INSERT INTO thread ("
    "id, account, name, grouped) VALUES ("
    ":id, :account, :name, :grouped) ON CONFLICT DO NOTHING");
DB_SQL(ALL_CUSTOMER, "SELECT * FROM customer ORDER BY id");
DB_SQL(ONE_CUSTOMER, "SELECT * FROM customer WHERE id = :id");
DB_SQL(PUT_CUSTOMER, "INSERT INTO customer ("
    "id, root, name, segment, language, zone, extra, created_at, folded, "
    "birthday, profile, erased_at) VALUES ("
    ":id, :root, :name, :segment, :language, :zone, :extra, :created_at, :folded, "
    ":birthday, :profile, :erased_at) ON CONFLICT DO NOTHING");
DB_SQL(ALL_IDENTITY, "SELECT * FROM identity ORDER BY id");
DB_SQL(ONE_IDENTITY, "SELECT * FROM identity WHERE id = :id");
DB_SQL(PUT_IDENTITY, "INSERT INTO identity ("
    "id, kind, account, value, customer, first_at, shared) VALUES ("
    ":id, :kind, :account, :value, :customer, :first_at, coalesce(:shared, 0)) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_LINK, "SELECT * FROM link ORDER BY id");
DB_SQL(ONE_LINK, "SELECT * FROM link WHERE id = :id");
DB_SQL(PUT_LINK, "INSERT INTO link ("
    "id, a, b, identity, actor, linked_at, unlinked_at, unlinked_by) VALUES ("
    ":id, :a, :b, :identity, :actor, :linked_at, :unlinked_at, :unlinked_by) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CONFLICT, "SELECT * FROM conflict ORDER BY id");
DB_SQL(ONE_CONFLICT, "SELECT * FROM conflict WHERE id = :id");
DB_SQL(PUT_CONFLICT, "INSERT INTO conflict ("
    "id, a, b, identity, seen_at) VALUES ("
    ":id, :a, :b, :identity, :seen_at) ON CONFLICT DO NOTHING");
DB_SQL(ALL_CONTACT, "SELECT * FROM contact ORDER BY id");
DB_SQL(ONE_CONTACT, "SELECT * FROM contact WHERE id = :id");
DB_SQL(PUT_CONTACT, "INSERT INTO contact ("
    "id, identity, customer, name, first_at) VALUES ("
    ":id, :identity, :customer, :name, :first_at) ON CONFLICT DO NOTHING");
DB_SQL(ALL_APART, "SELECT * FROM apart ORDER BY id");
DB_SQL(ONE_APART, "SELECT * FROM apart WHERE id = :id");
DB_SQL(PUT_APART, "INSERT INTO apart ("
    "id, a, b, actor, decided_at, ended_at) VALUES ("
    ":id, :a, :b, :actor, :decided_at, :ended_at) ON CONFLICT DO NOTHING");
DB_SQL(ALL_CONSENT, "SELECT * FROM consent ORDER BY id");
DB_SQL(ONE_CONSENT, "SELECT * FROM consent WHERE id = :id");
DB_SQL(PUT_CONSENT, "INSERT INTO consent ("
    "id, customer, channel, purpose, given, at, source, actor) VALUES ("
    ":id, :customer, :channel, :purpose, :given, :at, :source, :actor) ON CONFLICT DO NOTHING");
DB_SQL(ALL_PREFERENCE, "SELECT * FROM preference ORDER BY id");
DB_SQL(ONE_PREFERENCE, "SELECT * FROM preference WHERE id = :id");
DB_SQL(PUT_PREFERENCE, "INSERT INTO preference ("
    "id, customer, name, value, at, source, actor) VALUES ("
    ":id, :customer, :name, :value, :at, :source, :actor) ON CONFLICT DO NOTHING");
DB_SQL(ALL_MEMBERSHIP, "SELECT * FROM membership ORDER BY id");
DB_SQL(ONE_MEMBERSHIP, "SELECT * FROM membership WHERE id = :id");
DB_SQL(PUT_MEMBERSHIP, "INSERT INTO membership ("
    "id, customer, number, level, expires_at, at, source) VALUES ("
    ":id, :customer, :number, :level, :expires_at, :at, :source) ON CONFLICT DO NOTHING");
DB_SQL(ALL_ENTITLEMENT, "SELECT * FROM entitlement ORDER BY id");
DB_SQL(ONE_ENTITLEMENT, "SELECT * FROM entitlement WHERE id = :id");
DB_SQL(PUT_ENTITLEMENT, "INSERT INTO entitlement ("
    "id, customer, name, reference, quantity, used, expires_at, at, "
    "actor) VALUES ("
    ":id, :customer, :name, :reference, :quantity, :used, :expires_at, "
    ":at, :actor) ON CONFLICT DO NOTHING");
DB_SQL(ALL_STANDING, "SELECT * FROM standing ORDER BY customer");
DB_SQL(ONE_STANDING, "SELECT * FROM standing WHERE customer = :customer");
DB_SQL(PUT_STANDING, "INSERT INTO standing ("
    "customer, as_of_at, orders, amount_minor, currency, "
    "last_order_at, recency, frequency, monetary, segment, profile, why) VALUES ("
    ":customer, :as_of_at, :orders, :amount_minor, :currency, "
    ":last_order_at, :recency, :frequency, :monetary, :segment, "
    ":profile, :why) ON CONFLICT DO NOTHING");
DB_SQL(ALL_TICKET, "SELECT * FROM ticket ORDER BY id");
DB_SQL(ONE_TICKET, "SELECT * FROM ticket WHERE id = :id");
DB_SQL(PUT_TICKET, "INSERT INTO ticket ("
    "id, account, thread, external_id, customer, follows, related, "
    "subject, opened_at, status, cycle, reopens, messages_in, "
    "messages_out, first_in_at, first_response_at, "
    "first_response_agent, last_in_at, last_out_at, waiting_since_at, "
    "first_resolved_at, resolved_at, cause, outcome, type, area, "
    "urgency, sentiment, queue, agent, priority, routed_at, csat, "
    "last_at, event_at, merged) VALUES ("
    ":id, :account, :thread, :external_id, :customer, :follows, "
    ":related, :subject, :opened_at, :status, :cycle, :reopens, "
    ":messages_in, :messages_out, :first_in_at, :first_response_at, "
    ":first_response_agent, :last_in_at, :last_out_at, "
    ":waiting_since_at, :first_resolved_at, :resolved_at, :cause, "
    ":outcome, :type, :area, :urgency, :sentiment, :queue, :agent, "
    ":priority, :routed_at, :csat, :last_at, :event_at, :merged) ON CONFLICT DO NOTHING");
DB_SQL(ALL_PARTICIPANT, "SELECT * FROM participant ORDER BY customer, ticket");
DB_SQL(ONE_PARTICIPANT, "SELECT * FROM participant "
    "WHERE customer = :customer AND ticket = :ticket");
DB_SQL(PUT_PARTICIPANT, "INSERT INTO participant ("
    "customer, ticket) VALUES ("
    ":customer, :ticket) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_MESSAGE, "SELECT * FROM message ORDER BY id");
DB_SQL(ONE_MESSAGE, "SELECT * FROM message WHERE id = :id");
DB_SQL(PUT_MESSAGE, "INSERT INTO message ("
    "id, account, external_id, thread, ticket, customer, agent, "
    "direction, automatic, at, subject, text, extra, source, line) VALUES ("
    ":id, :account, :external_id, :thread, :ticket, :customer, :agent, "
    ":direction, :automatic, :at, :subject, :text, :extra, :source, "
    ":line) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_TRAFFIC, "SELECT * FROM traffic "
    "ORDER BY quarter_at, account, direction, automatic");
DB_SQL(ONE_TRAFFIC, "SELECT * FROM traffic WHERE quarter_at = :quarter_at "
    "AND account = :account AND direction = :direction AND automatic = :automatic");
DB_SQL(PUT_TRAFFIC, "INSERT INTO traffic ("
    "quarter_at, account, direction, automatic, n) VALUES ("
    ":quarter_at, :account, :direction, :automatic, :n) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_ORDERS, "SELECT * FROM orders ORDER BY id");
DB_SQL(ONE_ORDERS, "SELECT * FROM orders WHERE id = :id");
DB_SQL(PUT_ORDERS, "INSERT INTO orders ("
    "id, account, external_id, customer, status, title, amount_minor, "
    "currency, ordered_at, paid_at, starts_at, ends_at, extra) VALUES ("
    ":id, :account, :external_id, :customer, :status, :title, "
    ":amount_minor, :currency, :ordered_at, :paid_at, :starts_at, "
    ":ends_at, :extra) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_EVENT, "SELECT * FROM event ORDER BY id");
DB_SQL(ONE_EVENT, "SELECT * FROM event WHERE id = :id");
DB_SQL(PUT_EVENT, "INSERT INTO event ("
    "id, key, name, at, ticket, customer, message, subject, value, "
    "actor, data) VALUES ("
    ":id, :key, :name, :at, :ticket, :customer, :message, :subject, "
    ":value, :actor, :data) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CLASS, "SELECT * FROM class ORDER BY message");
DB_SQL(ONE_CLASS, "SELECT * FROM class WHERE message = :message");
DB_SQL(PUT_CLASS, "INSERT INTO class ("
    "message, type, area, urgency, sentiment, confidence, why, needs, "
    "more) VALUES ("
    ":message, :type, :area, :urgency, :sentiment, :confidence, :why, "
    ":needs, :more) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_ENTITY, "SELECT * FROM entity ORDER BY message, n");
DB_SQL(ONE_ENTITY, "SELECT * FROM entity WHERE message = :message AND n = :n");
DB_SQL(PUT_ENTITY, "INSERT INTO entity ("
    "message, n, kind, text, first, past) VALUES ("
    ":message, :n, :kind, :text, :first, :past) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CLOCK, "SELECT * FROM clock ORDER BY id");
DB_SQL(ONE_CLOCK, "SELECT * FROM clock WHERE id = :id");
DB_SQL(PUT_CLOCK, "INSERT INTO clock ("
    "id, ticket, kind, cycle, policy, calendar, target_ms, started_at, "
    "due_at, stopped_at) VALUES ("
    ":id, :ticket, :kind, :cycle, :policy, :calendar, :target_ms, "
    ":started_at, :due_at, :stopped_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_OUTBOX, "SELECT * FROM outbox ORDER BY id");
DB_SQL(ONE_OUTBOX, "SELECT * FROM outbox WHERE id = :id");
DB_SQL(PUT_OUTBOX, "INSERT INTO outbox ("
    "id, key, kind, audience, channel, recipient, ticket, customer, "
    "subject, text, data, created_at, not_before_at, state, purpose, attempts, "
    "lease_at, done_at) VALUES ("
    ":id, :key, :kind, :audience, :channel, :recipient, :ticket, "
    ":customer, :subject, :text, :data, :created_at, :not_before_at, "
    ":state, :purpose, :attempts, :lease_at, :done_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_FOLLOWUP, "SELECT * FROM followup ORDER BY id");
DB_SQL(ONE_FOLLOWUP, "SELECT * FROM followup WHERE id = :id");
DB_SQL(PUT_FOLLOWUP, "INSERT INTO followup ("
    "id, ticket, plan, cycle, step, from_at, due_at, done_at, outbox, "
    "skipped) VALUES ("
    ":id, :ticket, :plan, :cycle, :step, :from_at, :due_at, :done_at, "
    ":outbox, :skipped) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_PLACE, "SELECT * FROM place ORDER BY device, inode");
DB_SQL(ONE_PLACE, "SELECT * FROM place WHERE device = :device AND inode = :inode");
DB_SQL(PUT_PLACE, "INSERT INTO place ("
    "device, inode, folder, size, modified_ns, read_to, line, digest) VALUES ("
    ":device, :inode, :folder, :size, :modified_ns, :read_to, :line, :digest) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_PROGRESS, "SELECT * FROM progress ORDER BY name");
DB_SQL(ONE_PROGRESS, "SELECT * FROM progress WHERE name = :name");
DB_SQL(PUT_PROGRESS, "INSERT INTO progress (name, id, rules) VALUES (:name, :id, :rules) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_NOTICE, "SELECT * FROM notice ORDER BY id");
DB_SQL(ONE_NOTICE, "SELECT * FROM notice WHERE id = :id");
DB_SQL(PUT_NOTICE, "INSERT INTO notice ("
    "id, clock, level, due_at, done_at, outbox, skipped) VALUES ("
    ":id, :clock, :level, :due_at, :done_at, :outbox, :skipped) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_SURVEY, "SELECT * FROM survey ORDER BY id");
DB_SQL(ONE_SURVEY, "SELECT * FROM survey WHERE id = :id");
DB_SQL(PUT_SURVEY, "INSERT INTO survey ("
    "id, ticket, cycle, customer, form, mode, invited_at, expires_at, "
    "outbox) VALUES ("
    ":id, :ticket, :cycle, :customer, :form, :mode, :invited_at, "
    ":expires_at, :outbox) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_SURVEY_SKIP, "SELECT * FROM survey_skip ORDER BY id");
DB_SQL(ONE_SURVEY_SKIP, "SELECT * FROM survey_skip WHERE id = :id");
DB_SQL(PUT_SURVEY_SKIP, "INSERT INTO survey_skip ("
    "id, ticket, cycle, reason, at) VALUES ("
    ":id, :ticket, :cycle, :reason, :at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_RESPONSE, "SELECT * FROM response ORDER BY id");
DB_SQL(ONE_RESPONSE, "SELECT * FROM response WHERE id = :id");
DB_SQL(PUT_RESPONSE, "INSERT INTO response ("
    "id, key, survey, ticket, customer, form, mode, score, comment, "
    "message, answered_at) VALUES ("
    ":id, :key, :survey, :ticket, :customer, :form, :mode, :score, "
    ":comment, :message, :answered_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CALL, "SELECT * FROM call ORDER BY message");
DB_SQL(ONE_CALL, "SELECT * FROM call WHERE message = :message");
DB_SQL(PUT_CALL, "INSERT INTO call ("
    "message, outcome, answered_at, ended_at, wait_ms, talk_ms, queue, "
    "agent) VALUES ("
    ":message, :outcome, :answered_at, :ended_at, :wait_ms, :talk_ms, "
    ":queue, :agent) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CALL_LEG, "SELECT * FROM call_leg ORDER BY id");
DB_SQL(ONE_CALL_LEG, "SELECT * FROM call_leg WHERE id = :id");
DB_SQL(PUT_CALL_LEG, "INSERT INTO call_leg ("
    "id, message, log, outcome, at, answered_at, ended_at, wait_ms, "
    "talk_ms, queue, party, extra) VALUES ("
    ":id, :message, :log, :outcome, :at, :answered_at, :ended_at, "
    ":wait_ms, :talk_ms, :queue, :party, :extra) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_DELIVERY, "SELECT * FROM delivery ORDER BY id");
DB_SQL(ONE_DELIVERY, "SELECT * FROM delivery WHERE id = :id");
DB_SQL(PUT_DELIVERY, "INSERT INTO delivery ("
    "id, outbox, attempt, transport, at, result, code, detail) VALUES ("
    ":id, :outbox, :attempt, :transport, :at, :result, :code, :detail) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_SUPPRESSED, "SELECT * FROM suppressed ORDER BY id");
DB_SQL(ONE_SUPPRESSED, "SELECT * FROM suppressed WHERE id = :id");
DB_SQL(PUT_SUPPRESSED, "INSERT INTO suppressed ("
    "id, channel, address, reason, actor, at) VALUES ("
    ":id, :channel, :address, :reason, :actor, :at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_TASK, "SELECT * FROM task ORDER BY id");
DB_SQL(ONE_TASK, "SELECT * FROM task WHERE id = :id");
DB_SQL(PUT_TASK, "INSERT INTO task ("
    "id, ticket, checklist, step, round, title, queue, state, waits, reason, calendar, "
    "target_ms, created_at, started_at, due_at, done_at, actor) VALUES ("
    ":id, :ticket, :checklist, :step, :round, :title, :queue, :state, :waits, :reason, "
    ":calendar, :target_ms, :created_at, :started_at, :due_at, :done_at, :actor) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_REPORTED, "SELECT * FROM reported ORDER BY ticket, measure");
DB_SQL(ONE_REPORTED, "SELECT * FROM reported WHERE ticket = :ticket "
    "AND measure = :measure");
DB_SQL(PUT_REPORTED, "INSERT INTO reported ("
    "ticket, measure, value_ms, as_of_at, source) VALUES ("
    ":ticket, :measure, :value_ms, :as_of_at, :source) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_METRIC, "SELECT * FROM metric ORDER BY id");
DB_SQL(ONE_METRIC, "SELECT * FROM metric WHERE id = :id");
DB_SQL(PUT_METRIC, "INSERT INTO metric ("
    "id, account, about, subject, measure, from_at, to_at, value, "
    "source) VALUES ("
    ":id, :account, :about, :subject, :measure, :from_at, :to_at, "
    ":value, :source) "
    "ON CONFLICT DO NOTHING");

DB_SQL(ALL_SEGMENT, "SELECT * FROM segment ORDER BY id");
DB_SQL(ONE_SEGMENT, "SELECT * FROM segment WHERE id = :id");
DB_SQL(PUT_SEGMENT, "INSERT INTO segment ("
    "id, orders, code, day, origin, destination, departs_at, arrives_at, "
    "cabin, status, extra, dropped_at) VALUES ("
    ":id, :orders, :code, :day, :origin, :destination, :departs_at, "
    ":arrives_at, :cabin, :status, :extra, :dropped_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_PASSENGER, "SELECT * FROM passenger ORDER BY id");
DB_SQL(ONE_PASSENGER, "SELECT * FROM passenger WHERE id = :id");
DB_SQL(PUT_PASSENGER, "INSERT INTO passenger ("
    "id, orders, name, document, customer, phone, extra, dropped_at) VALUES ("
    ":id, :orders, :name, :document, :customer, :phone, :extra, :dropped_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_TRAVEL, "SELECT * FROM travel ORDER BY segment, passenger");
DB_SQL(ONE_TRAVEL, "SELECT * FROM travel WHERE segment = :segment AND passenger = :passenger");
DB_SQL(PUT_TRAVEL, "INSERT INTO travel ("
    "segment, passenger, ticket_no, seat, extra) VALUES ("
    ":segment, :passenger, :ticket_no, :seat, :extra) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_FLIGHT, "SELECT * FROM flight ORDER BY id");
DB_SQL(ONE_FLIGHT, "SELECT * FROM flight WHERE id = :id");
DB_SQL(PUT_FLIGHT, "INSERT INTO flight ("
    "id, code, day, origin, destination, leg, state, departs_at, "
    "arrives_at, departs_now_at, arrives_now_at, left_at, landed_at, "
    "told_at) VALUES ("
    ":id, :code, :day, :origin, :destination, :leg, :state, :departs_at, "
    ":arrives_at, :departs_now_at, :arrives_now_at, :left_at, :landed_at, "
    ":told_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_CHAT_GROUP, "SELECT * FROM chat_group ORDER BY thread");
DB_SQL(ONE_CHAT_GROUP, "SELECT * FROM chat_group WHERE thread = :thread");
DB_SQL(PUT_CHAT_GROUP, "INSERT INTO chat_group ("
    "thread, name, owner, notice, opened_at, version, seen_at, extra) VALUES ("
    ":thread, :name, :owner, :notice, :opened_at, :version, :seen_at, "
    ":extra) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_MEMBER, "SELECT * FROM member ORDER BY id");
DB_SQL(ONE_MEMBER, "SELECT * FROM member WHERE id = :id");
DB_SQL(PUT_MEMBER, "INSERT INTO member ("
    "id, thread, person, name, customer, staff, admin, joined_at, scene, "
    "invitor, left_at, seen_at, extra) VALUES ("
    ":id, :thread, :person, :name, :customer, :staff, :admin, :joined_at, "
    ":scene, :invitor, :left_at, :seen_at, :extra) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_LABEL, "SELECT * FROM label ORDER BY id");
DB_SQL(ONE_LABEL, "SELECT * FROM label WHERE id = :id");
DB_SQL(PUT_LABEL, "INSERT INTO label (id, message, dimension, label, given, actor, at) VALUES ("
    ":id, :message, :dimension, :label, :given, :actor, :at) ON CONFLICT DO NOTHING");
DB_SQL(ALL_RULE_USE, "SELECT * FROM rule_use ORDER BY day_at, dimension, label, rule");
DB_SQL(ONE_RULE_USE, "SELECT * FROM rule_use WHERE day_at = :day_at "
    "AND dimension = :dimension AND label = :label AND rule = :rule");
DB_SQL(PUT_RULE_USE, "INSERT INTO rule_use ("
    "day_at, dimension, label, rule, hits, misses, overruled) VALUES ("
    ":day_at, :dimension, :label, :rule, :hits, :misses, :overruled) ON CONFLICT DO NOTHING");
DB_SQL(ALL_ARTICLE, "SELECT * FROM article ORDER BY id");
DB_SQL(ONE_ARTICLE, "SELECT * FROM article WHERE id = :id");
DB_SQL(PUT_ARTICLE, "INSERT INTO article (id, code, version, type, record, imported_at, "
    "ended_at) VALUES (:id, :code, :version, :type, :record, :imported_at, :ended_at) "
    "ON CONFLICT DO NOTHING");
DB_SQL(ALL_ANSWER, "SELECT * FROM answer ORDER BY message");
DB_SQL(ONE_ANSWER, "SELECT * FROM answer WHERE message = :message");
DB_SQL(PUT_ANSWER, "INSERT INTO answer ("
    "message, ticket, article, version, score, margin, automatic, why, outbox, at) VALUES ("
    ":message, :ticket, :article, :version, :score, :margin, :automatic, :why, :outbox, :at) "
    "ON CONFLICT DO NOTHING");

/* A row comes after those it refers to. */
const struct dumped dump_tables[] = {
	{ "account", &ALL_ACCOUNT, &ONE_ACCOUNT, &PUT_ACCOUNT },
	{ "agent", &ALL_AGENT, &ONE_AGENT, &PUT_AGENT },
	{ "source", &ALL_SOURCE, &ONE_SOURCE, &PUT_SOURCE },
	{ "thread", &ALL_THREAD, &ONE_THREAD, &PUT_THREAD },
	{ "customer", &ALL_CUSTOMER, &ONE_CUSTOMER, &PUT_CUSTOMER },
	{ "identity", &ALL_IDENTITY, &ONE_IDENTITY, &PUT_IDENTITY },
	{ "link", &ALL_LINK, &ONE_LINK, &PUT_LINK },
	{ "conflict", &ALL_CONFLICT, &ONE_CONFLICT, &PUT_CONFLICT },
	{ "contact", &ALL_CONTACT, &ONE_CONTACT, &PUT_CONTACT },
	{ "apart", &ALL_APART, &ONE_APART, &PUT_APART },
	{ "consent", &ALL_CONSENT, &ONE_CONSENT, &PUT_CONSENT },
	{ "preference", &ALL_PREFERENCE, &ONE_PREFERENCE, &PUT_PREFERENCE },
	{ "membership", &ALL_MEMBERSHIP, &ONE_MEMBERSHIP, &PUT_MEMBERSHIP },
	{ "entitlement", &ALL_ENTITLEMENT, &ONE_ENTITLEMENT, &PUT_ENTITLEMENT },
	{ "standing", &ALL_STANDING, &ONE_STANDING, &PUT_STANDING },
	{ "ticket", &ALL_TICKET, &ONE_TICKET, &PUT_TICKET },
	{ "participant", &ALL_PARTICIPANT, &ONE_PARTICIPANT, &PUT_PARTICIPANT },
	{ "task", &ALL_TASK, &ONE_TASK, &PUT_TASK },
	{ "message", &ALL_MESSAGE, &ONE_MESSAGE, &PUT_MESSAGE },
	{ "traffic", &ALL_TRAFFIC, &ONE_TRAFFIC, &PUT_TRAFFIC },
	{ "orders", &ALL_ORDERS, &ONE_ORDERS, &PUT_ORDERS },
	{ "chat_group", &ALL_CHAT_GROUP, &ONE_CHAT_GROUP, &PUT_CHAT_GROUP },
	{ "member", &ALL_MEMBER, &ONE_MEMBER, &PUT_MEMBER },
	{ "segment", &ALL_SEGMENT, &ONE_SEGMENT, &PUT_SEGMENT },
	{ "passenger", &ALL_PASSENGER, &ONE_PASSENGER, &PUT_PASSENGER },
	{ "travel", &ALL_TRAVEL, &ONE_TRAVEL, &PUT_TRAVEL },
	{ "flight", &ALL_FLIGHT, &ONE_FLIGHT, &PUT_FLIGHT },
	{ "event", &ALL_EVENT, &ONE_EVENT, &PUT_EVENT },
	{ "class", &ALL_CLASS, &ONE_CLASS, &PUT_CLASS },
	{ "entity", &ALL_ENTITY, &ONE_ENTITY, &PUT_ENTITY },
	{ "label", &ALL_LABEL, &ONE_LABEL, &PUT_LABEL },
	{ "rule_use", &ALL_RULE_USE, &ONE_RULE_USE, &PUT_RULE_USE },
	{ "clock", &ALL_CLOCK, &ONE_CLOCK, &PUT_CLOCK },
	{ "outbox", &ALL_OUTBOX, &ONE_OUTBOX, &PUT_OUTBOX },
	{ "delivery", &ALL_DELIVERY, &ONE_DELIVERY, &PUT_DELIVERY },
	{ "suppressed", &ALL_SUPPRESSED, &ONE_SUPPRESSED, &PUT_SUPPRESSED },
	{ "followup", &ALL_FOLLOWUP, &ONE_FOLLOWUP, &PUT_FOLLOWUP },
	{ "place", &ALL_PLACE, &ONE_PLACE, &PUT_PLACE },
	{ "progress", &ALL_PROGRESS, &ONE_PROGRESS, &PUT_PROGRESS },
	{ "notice", &ALL_NOTICE, &ONE_NOTICE, &PUT_NOTICE },
	{ "survey", &ALL_SURVEY, &ONE_SURVEY, &PUT_SURVEY },
	{ "survey_skip", &ALL_SURVEY_SKIP, &ONE_SURVEY_SKIP, &PUT_SURVEY_SKIP },
	{ "response", &ALL_RESPONSE, &ONE_RESPONSE, &PUT_RESPONSE },
	{ "call", &ALL_CALL, &ONE_CALL, &PUT_CALL },
	{ "call_leg", &ALL_CALL_LEG, &ONE_CALL_LEG, &PUT_CALL_LEG },
	{ "reported", &ALL_REPORTED, &ONE_REPORTED, &PUT_REPORTED },
	{ "metric", &ALL_METRIC, &ONE_METRIC, &PUT_METRIC },
	{ "article", &ALL_ARTICLE, &ONE_ARTICLE, &PUT_ARTICLE },
	{ "answer", &ALL_ANSWER, &ONE_ANSWER, &PUT_ANSWER },
	{ NULL, NULL, NULL, NULL }
};
