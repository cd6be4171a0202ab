/* event - what happened, once each, never changed */
#include "store/event.h"

DB_SQL(EVENT_ADD, "INSERT INTO event (key, name, at, ticket, customer, message, subject, "
    "value, actor, data) VALUES (:key, :name, :at, :ticket, :customer, :message, "
    ":subject, :value, :actor, :data) ON CONFLICT (key) DO NOTHING");
DB_SQL(EVENT_FIND, "SELECT id FROM event WHERE key = :key");

int
event_add(struct db *db, const struct event *ev, bool *added, struct err *e)
{
	struct stmt *s = db_stmt(db, &EVENT_ADD, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":key", ev->key);
	stmt_text(s, ":name", ev->name);
	stmt_int(s, ":at", ev->at);
	stmt_id(s, ":ticket", ev->ticket);
	stmt_id(s, ":customer", ev->customer);
	stmt_id(s, ":message", ev->message);
	stmt_text(s, ":subject", ev->subject);
	stmt_text(s, ":value", ev->value);
	stmt_text(s, ":actor", ev->actor);
	stmt_text(s, ":data", ev->data);
	if (stmt_run(s, e) < 0)
		return -1;
	if (added != NULL)
		*added = db_changes(db) > 0;
	return 0;
}

int
event_find(struct db *db, const char *key, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &EVENT_FIND, e);

	*id = 0;
	if (s == NULL)
		return -1;
	stmt_text(s, ":key", key);
	return stmt_one(s, id, e) < 0 ? -1 : 0;
}
