/* outbox - everything that is to leave the desk, queued once */
#include <string.h>

#include "store/outbox.h"
#include "stream/jtext.h"
#include "time/tm.h"

DB_SQL(OUTBOX_ADD, "INSERT INTO outbox (key, kind, audience, channel, recipient, ticket, "
    "customer, subject, text, data, created_at, not_before_at) VALUES (:key, :kind, "
    ":audience, :channel, :recipient, :ticket, :customer, :subject, :text, :data, "
    ":created_at, :not_before_at) ON CONFLICT (key) DO NOTHING RETURNING id");
DB_SQL(OUTBOX_FIND, "SELECT id FROM outbox WHERE key = :key");
DB_SQL(OUTBOX_WITHDRAW, "UPDATE outbox SET state = 5 WHERE id = :id AND state = 1");

static const char *
subject_of(const struct outbox_row *row)
{
	return row->subject != NULL && *row->subject != '\0' ? row->subject : NULL;
}

static int
find(struct db *db, const char *key, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUTBOX_FIND, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":key", key);
	return stmt_one(s, id, e) < 0 ? -1 : 0;
}

int
outbox_add(struct db *db, const struct outbox_row *row, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUTBOX_ADD, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_text(s, ":key", row->key);
	stmt_text(s, ":kind", row->kind);
	stmt_int(s, ":audience", row->audience);
	stmt_text(s, ":channel", row->channel);
	stmt_text(s, ":recipient", row->recipient);
	stmt_id(s, ":ticket", row->ticket);
	stmt_id(s, ":customer", row->customer);
	stmt_text(s, ":subject", subject_of(row));
	stmt_text(s, ":text", row->text);
	stmt_text(s, ":data", row->data);
	stmt_int(s, ":created_at", row->created_at);
	stmt_int(s, ":not_before_at", row->not_before_at);
	got = stmt_one(s, id, e);
	return got == 0 ? find(db, row->key, id, e) : got;
}

int
outbox_withdraw(struct db *db, int64_t id, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUTBOX_WITHDRAW, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	return stmt_run(s, e) < 0 ? -1 : db_changes(db) > 0;
}

static void
put_int(struct buf *out, const char *key, int64_t v)
{
	if (v == 0)
		return;
	jtext_key(out, key);
	buf_fmt(out, "%lld", (long long)v);
}

void
outbox_print(const struct outbox_row *row, int64_t id, const struct zone *z,
    const struct node *why, struct buf *out)
{
	char at[TM_SIZE];

	buf_char(out, '{');
	jtext_member(out, "kind", "outbox");
	put_int(out, "id", id);
	jtext_member(out, "key", row->key);
	jtext_member(out, "purpose", row->kind);
	jtext_member(out, "audience", row->audience == OUTBOX_CUSTOMER ? "customer" : "staff");
	jtext_member(out, "channel", row->channel);
	jtext_member(out, "to", row->recipient);
	put_int(out, "ticket", row->ticket);
	put_int(out, "customer", row->customer);
	jtext_member(out, "subject", subject_of(row));
	jtext_member(out, "text", row->text);
	if (row->data != NULL) {
		jtext_key(out, "data");
		buf_str(out, row->data);
	}
	jtext_member(out, "at", tm_format(row->created_at, z, at));
	jtext_member(out, "not_before", tm_format(row->not_before_at, z, at));
	if (id == 0)
		buf_str(out, ",\"dry_run\":true");
	if (why != NULL) {
		jtext_key(out, "why");
		node_print(why, out);
	}
	buf_str(out, "}\n");
}
