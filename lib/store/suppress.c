/* suppress - addresses nothing is sent to any more */
#include <stdio.h>
#include <string.h>

#include "store/suppress.h"
#include "stream/rec.h"

DB_SQL(SUPPRESS_ADD, "INSERT INTO suppressed (channel, address, reason, actor, at) "
    "VALUES (:channel, :address, :reason, :actor, :at) "
    "ON CONFLICT (channel, address) DO NOTHING");
DB_SQL(SUPPRESS_REMOVE, "DELETE FROM suppressed WHERE channel = :channel "
    "AND address = :address");
DB_SQL(SUPPRESS_IS, "SELECT count(*) FROM suppressed WHERE channel = :channel "
    "AND address = :address");

static struct stmt *
about(struct db *db, const struct db_sql *sql, const char *channel, const char *address,
    struct err *e)
{
	struct stmt *s = db_stmt(db, sql, e);

	if (s != NULL) {
		stmt_text(s, ":channel", channel);
		stmt_text(s, ":address", address);
	}
	return s;
}

int
suppress_add(struct db *db, const char *channel, const char *address, const char *reason,
    const char *actor, int64_t at, bool *added, struct err *e)
{
	struct stmt *s = about(db, &SUPPRESS_ADD, channel, address, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":reason", reason);
	stmt_text(s, ":actor", actor);
	stmt_int(s, ":at", at);
	if (stmt_run(s, e) < 0)
		return -1;
	if (added != NULL)
		*added = db_changes(db) > 0;
	return 0;
}

int
suppress_remove(struct db *db, const char *channel, const char *address, struct err *e)
{
	struct stmt *s = about(db, &SUPPRESS_REMOVE, channel, address, e);

	return s == NULL || stmt_run(s, e) < 0 ? -1 : db_changes(db) > 0;
}

int
suppress_set(struct db *db, const char *channel, const char *address, bool on,
    const char *actor, int64_t at, struct err *e)
{
	if (db_begin(db, e) < 0)
		return -1;
	if ((on ? suppress_add(db, channel, address, "by hand", actor, at, NULL, e) :
	    suppress_remove(db, channel, address, e)) >= 0)
		return db_commit(db, e);
	db_rollback(db);
	return -1;
}

int
suppress_is(struct db *db, const char *channel, const char *address, bool *is, struct err *e)
{
	struct stmt *s = about(db, &SUPPRESS_IS, channel, address, e);
	int64_t n = 0;

	if (s == NULL || stmt_one(s, &n, e) < 0)
		return -1;
	*is = n > 0;
	return 0;
}

static int
one_recipient(struct db *db, const struct node *r, int64_t at, struct err *e)
{
	const char *address = node_as_text(node_get(r, "address"));
	const char *action = node_as_text(node_get(r, "action"));
	const char *status = node_as_text(node_get(r, "status"));
	char reason[64];

	if (address == NULL || action == NULL || strcmp(action, "failed") != 0 ||
	    (status != NULL && *status != '5'))
		return 0;
	snprintf(reason, sizeof(reason), "bounce:%.40s", status != NULL ? status : "failed");
	return suppress_add(db, "email", address, reason, "csr-ingest", at, NULL, e);
}

int
suppress_bounce(struct db *db, const char *extra, int64_t at, struct err *e)
{
	struct err ignored;
	struct node *n;
	const struct node *list;
	size_t i;
	int bad = 0;

	if (extra == NULL || strstr(extra, "\"bounce\"") == NULL ||
	    (n = node_parse(extra, strlen(extra), &ignored)) == NULL)
		return 0;
	list = node_get(node_get(n, "bounce"), "recipients");
	for (i = 0; i < node_len(list) && bad == 0; i++)
		bad = one_recipient(db, node_at(list, i), at, e);
	node_free(n);
	return bad;
}
