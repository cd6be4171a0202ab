/* outbox_out - the outbox as who empties it sees it: claims, ends, counts */
#include <string.h>

#include "store/outbox_out.h"
#include "stream/rec.h"

DB_SQL(OUT_DUE, "SELECT id FROM outbox WHERE state < 3 AND not_before_at <= :now "
    "AND (state = 1 OR lease_at <= :now) AND (channel = :channel OR :channel = '') "
    "ORDER BY CASE WHEN kind = 'reply' THEN 0 ELSE 1 END, not_before_at, id LIMIT :max");
DB_SQL(OUT_LOAD, "SELECT o.key, o.kind, o.audience, o.channel, o.recipient, o.ticket, "
    "o.customer, o.subject, o.text, o.data, o.created_at, o.not_before_at, o.state, "
    "o.attempts, o.lease_at, o.done_at, o.purpose, c.root FROM outbox AS o "
    "LEFT JOIN customer AS c ON c.id = o.customer WHERE o.id = :id");
DB_SQL(OUT_TAKE, "UPDATE outbox SET state = 2, attempts = attempts + 1, lease_at = :lease_at, "
    "purpose = :purpose WHERE id = :id");
DB_SQL(OUT_PUT_OFF, "UPDATE outbox SET state = 1, not_before_at = :at, lease_at = NULL "
    "WHERE id = :id");
DB_SQL(OUT_END, "UPDATE outbox SET state = :state, done_at = :at, lease_at = NULL "
    "WHERE id = :id");
DB_SQL(OUT_SET, "UPDATE outbox SET state = :to, attempts = CASE WHEN :to = 1 THEN 0 "
    "ELSE attempts END, done_at = CASE WHEN :to = 1 THEN NULL ELSE :at END, "
    "not_before_at = CASE WHEN :to = 1 THEN :at ELSE not_before_at END, lease_at = NULL "
    "WHERE id = :id AND state = :from");
DB_SQL(OUT_COUNT_ADDRESS, "SELECT purpose, channel, done_at FROM outbox "
    "WHERE recipient = :recipient AND state = 3 AND done_at > :since_at");
DB_SQL(OUT_COUNT_TICKET, "SELECT purpose, channel, done_at FROM outbox "
    "WHERE ticket = :ticket AND state = 3 AND done_at > :since_at");
DB_SQL(OUT_COUNT_ALL, "SELECT purpose, channel, done_at FROM outbox "
    "WHERE state = 3 AND done_at > :since_at");
DB_SQL(OUT_ROBOT, "SELECT count(*), sum(m.automatic) FROM message AS m "
    "JOIN customer AS c ON c.id = m.customer WHERE c.root = :root AND m.direction = 1");

static int
take_ids(struct stmt *s, int64_t *ids, size_t max, struct err *e)
{
	size_t n = 0;
	int got = 0;

	while (n < max && (got = stmt_step(s, e)) > 0)
		ids[n++] = stmt_col_int(s, 0);
	stmt_reset(s);
	return got < 0 ? -1 : (int)n;
}

int
outgoing_due(struct db *db, const char *channel, int64_t now, int64_t *ids, size_t max,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_DUE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":now", now);
	stmt_text(s, ":channel", channel != NULL ? channel : "");
	stmt_int(s, ":max", (int64_t)max);
	return take_ids(s, ids, max, e);
}

/* A row may say what it is for, whatever its kind. */
static enum purpose
said_purpose(const struct outgoing *o)
{
	struct err ignored;
	struct node *n = o->row.data == NULL ? NULL :
	    node_parse(o->row.data, strlen(o->row.data), &ignored);
	enum purpose p = purpose_of(node_as_text(node_get(n, "purpose")));

	node_free(n);
	return p != 0 ? p : purpose_of_kind(o->row.kind, o->row.audience == OUTBOX_STAFF);
}

static void
read_row(struct stmt *s, int64_t id, struct outgoing *o, struct arena *a)
{
	struct outbox_row *r = &o->row;

	*o = (struct outgoing){ .id = id };
	r->key = arena_str(a, stmt_col_text(s, 0));
	r->kind = arena_str(a, stmt_col_text(s, 1));
	r->audience = (enum outbox_audience)stmt_col_int(s, 2);
	r->channel = arena_str(a, stmt_col_text(s, 3));
	r->recipient = arena_str(a, stmt_col_text(s, 4));
	r->ticket = stmt_col_int(s, 5);
	r->customer = stmt_col_int(s, 6);
	r->subject = arena_str(a, stmt_col_text(s, 7));
	r->text = arena_str(a, stmt_col_text(s, 8));
	r->data = arena_str(a, stmt_col_text(s, 9));
	r->created_at = stmt_col_int(s, 10);
	r->not_before_at = stmt_col_int(s, 11);
	o->state = (enum outbox_state)stmt_col_int(s, 12);
	o->attempts = stmt_col_int(s, 13);
	o->lease_at = stmt_col_int(s, 14);
	o->done_at = stmt_col_int(s, 15);
	o->purpose = (enum purpose)stmt_col_int(s, 16);
	o->root = stmt_col_int(s, 17);
	if (o->purpose == 0)
		o->purpose = said_purpose(o);
}

int
outgoing_load(struct db *db, int64_t id, struct outgoing *o, struct arena *a, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_LOAD, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) > 0)
		read_row(s, id, o, a);
	stmt_reset(s);
	return got;
}

int
outgoing_take(struct db *db, const struct outgoing *o, int64_t lease_at, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_TAKE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":lease_at", lease_at);
	stmt_int(s, ":purpose", o->purpose);
	stmt_int(s, ":id", o->id);
	return stmt_run(s, e);
}

int
outgoing_put_off(struct db *db, int64_t id, int64_t at, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_PUT_OFF, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":at", at);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

int
outgoing_end(struct db *db, int64_t id, enum outbox_state state, int64_t at, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_END, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":state", state);
	stmt_int(s, ":at", at);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

static int
set_state(struct db *db, int64_t id, enum outbox_state from, enum outbox_state to,
    int64_t at, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_SET, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":from", from);
	stmt_int(s, ":to", to);
	stmt_int(s, ":at", at);
	stmt_int(s, ":id", id);
	return stmt_run(s, e) < 0 ? -1 : db_changes(db) > 0;
}

int
outgoing_change(struct db *db, int64_t id, bool retry, int64_t at, struct err *e)
{
	int got = -1;

	if (db_begin(db, e) < 0)
		return -1;
	got = set_state(db, id, retry ? OUTBOX_FAILED : OUTBOX_QUEUED, retry ? OUTBOX_QUEUED :
	    OUTBOX_WITHDRAWN, at, e);
	if (got < 0 || db_commit(db, e) < 0) {
		db_rollback(db);
		return -1;
	}
	return got > 0 ? 0 : err_set(e, ERR_DATA, "row %lld %s", (long long)id, retry ?
	    "has not failed" : "does not wait");
}

int
outgoing_count(struct db *db, const struct outgoing *o, const struct cap *cap,
    int64_t since_at, int64_t *n, int64_t *oldest_at, struct err *e)
{
	struct stmt *s = db_stmt(db, cap->scope == CAP_ADDRESS ? &OUT_COUNT_ADDRESS :
	    cap->scope == CAP_TICKET ? &OUT_COUNT_TICKET : &OUT_COUNT_ALL, e);
	int got;

	*n = 0;
	*oldest_at = INT64_MAX;
	if (s == NULL)
		return -1;
	stmt_int(s, ":since_at", since_at);
	if (cap->scope == CAP_ADDRESS)
		stmt_text(s, ":recipient", o->row.recipient);
	if (cap->scope == CAP_TICKET)
		stmt_id(s, ":ticket", o->row.ticket);
	while ((got = stmt_step(s, e)) > 0) {
		if (!cap->purposes[stmt_col_int(s, 0)] || (cap->channel != NULL &&
		    strcmp(cap->channel, stmt_col_text(s, 1)) != 0))
			continue;
		++*n;
		*oldest_at = stmt_col_int(s, 2) < *oldest_at ? stmt_col_int(s, 2) : *oldest_at;
	}
	return got;
}

int
outgoing_robot(struct db *db, const struct outgoing *o, bool *robot, struct err *e)
{
	struct stmt *s = db_stmt(db, &OUT_ROBOT, e);
	int64_t all, automatic;

	*robot = false;
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", o->root);
	if (stmt_step(s, e) < 0)
		return -1;
	all = stmt_col_int(s, 0);
	automatic = stmt_col_int(s, 1);
	stmt_reset(s);
	*robot = all > 0 && all == automatic;
	return 0;
}
