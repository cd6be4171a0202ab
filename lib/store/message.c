/* message - what was said, once each */
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/db_rows.h"
#include "store/message.h"
#include "store/names.h"

DB_SQL(MESSAGE_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM message");
DB_SQL(MESSAGE_NEWEST, "SELECT max(external_id) FROM message WHERE account = :account");
DB_SQL(MESSAGE_FIND, "SELECT id, account, thread, ticket, customer, agent FROM message "
    "WHERE account = :account AND external_id = :external_id");
DB_SQL(MESSAGE_ON_CHANNEL, "SELECT m.id, m.account, m.thread, m.ticket, m.customer, "
    "m.agent FROM account AS a JOIN message AS m ON m.account = a.id "
    "AND m.external_id = :external_id WHERE a.channel = :channel "
    "ORDER BY (m.ticket IS NULL), m.id LIMIT 1");
DB_SQL(MESSAGE_JOIN, "UPDATE message SET ticket = :ticket, "
    "customer = coalesce(customer, :customer) WHERE id = :id AND ticket IS NULL");
DB_SQL(MESSAGE_MEND_CALL, "UPDATE message SET text = :now WHERE id = :id AND text = :was");
DB_SQL(MESSAGE_ADD, "INSERT INTO message (id, account, external_id, thread, ticket, "
    "customer, agent, direction, automatic, at, subject, text, extra, source, line) "
    "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 "
    "FROM csr_rows");

enum { ACCOUNTS_MAX = 10000 };

/* A message that waits for its row. */
struct waiting {
	struct message_row row;
	const struct fact *f;
	const char *external_id, *extra;
};

static int
flush(void *messages, struct err *e)
{
	return messages_flush(messages, e);
}

void
messages_init(struct messages *ms, struct db *db)
{
	*ms = (struct messages){ .db = db, .newest = MAP_INIT, .by_id = MAP_INIT,
		.texts = ARENA_INIT };
	db_late(db, "message", flush, ms);
}

static void
forget_newest(struct messages *ms)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_each(&ms->newest, &at)) != NULL) {
		buf_release(slot->value.ptr);
		free(slot->value.ptr);
	}
	map_clear(&ms->newest);
}

void
messages_release(struct messages *ms)
{
	db_late_end(ms->db);
	forget_newest(ms);
	map_release(&ms->newest);
	map_release(&ms->by_id);
	arena_release(&ms->texts);
	free(ms->waiting);
}

static void
forget_waiting(struct messages *ms)
{
	ms->n = ms->indexed = 0;
	map_clear(&ms->by_id);
	arena_clear(&ms->texts);
}

int
messages_begin(struct messages *ms, struct err *e)
{
	if (ms->epoch != db_epoch(ms->db) || ms->newest.n > ACCOUNTS_MAX)
		forget_newest(ms);
	ms->epoch = db_epoch(ms->db);
	forget_waiting(ms);
	return names_next(ms->db, &MESSAGE_NEXT, &ms->next, e);
}

/* The greatest id of ACCOUNT in *newest, "" if it has none yet. */
static int
load_newest(struct messages *ms, int64_t account, struct buf **newest, struct err *e)
{
	union map_value *place = map_put(&ms->newest, &account, sizeof(account), NULL);
	struct stmt *s;

	if ((*newest = place->ptr) != NULL)
		return 0;
	*newest = place->ptr = xcalloc(1, sizeof(struct buf));
	if ((s = db_stmt_early(ms->db, &MESSAGE_NEWEST, e)) == NULL)
		return -1;
	stmt_int(s, ":account", account);
	if (stmt_step(s, e) < 0)
		return -1;
	if (!stmt_col_null(s, 0))
		buf_add(*newest, stmt_col_text(s, 0), stmt_col_len(s, 0));
	stmt_reset(s);
	return 0;
}

static int
take_row(struct stmt *s, struct message_row *m, struct err *e)
{
	int got = stmt_step(s, e);

	if (got <= 0)
		return got;
	*m = (struct message_row){ .id = stmt_col_int(s, 0), .account = stmt_col_int(s, 1),
		.thread = stmt_col_int(s, 2), .ticket = stmt_col_int(s, 3),
		.customer = stmt_col_int(s, 4), .agent = stmt_col_int(s, 5) };
	stmt_reset(s);
	return 1;
}

/* The account and the id as a key, in KEY. */
static void
id_key(struct buf *key, int64_t account, const char *external_id)
{
	buf_clear(key);
	buf_add(key, &account, sizeof(account));
	buf_str(key, external_id);
}

/* The message that waits with this id, NULL if none does. */
static const struct waiting *
find_waiting(struct messages *ms, int64_t account, const char *external_id)
{
	struct buf key = BUF_INIT;
	union map_value *place;

	for (; ms->indexed < ms->n; ms->indexed++) {
		const struct waiting *w = &ms->waiting[ms->indexed];

		id_key(&key, w->row.account, w->external_id);
		map_put(&ms->by_id, key.p, key.len, NULL)->num = (int64_t)ms->indexed;
	}
	id_key(&key, account, external_id);
	place = map_get(&ms->by_id, key.p, key.len);
	buf_release(&key);
	return place != NULL ? &ms->waiting[place->num] : NULL;
}

int
messages_find(struct messages *ms, int64_t account, const char *external_id,
    struct message_row *m, struct err *e)
{
	const struct waiting *w;
	struct buf *newest;
	struct stmt *s;

	if (load_newest(ms, account, &newest, e) < 0)
		return -1;
	if (strcmp(external_id, buf_cstr(newest)) > 0)
		return 0;
	if ((w = find_waiting(ms, account, external_id)) != NULL) {
		*m = w->row;
		return 1;
	}
	if ((s = db_stmt_early(ms->db, &MESSAGE_FIND, e)) == NULL)
		return -1;
	stmt_int(s, ":account", account);
	stmt_text(s, ":external_id", external_id);
	return take_row(s, m, e);
}

int
message_find_on_channel(struct db *db, const char *channel, const char *external_id,
    struct message_row *m, struct err *e)
{
	struct stmt *s = db_stmt(db, &MESSAGE_ON_CHANNEL, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":external_id", external_id);
	stmt_text(s, ":channel", channel);
	return take_row(s, m, e);
}

int
messages_add(struct messages *ms, struct message_row *m, const struct fact *f,
    const char *external_id, const char *extra, struct err *e)
{
	struct buf *newest;

	if (load_newest(ms, m->account, &newest, e) < 0)
		return -1;
	if (strcmp(external_id, buf_cstr(newest)) > 0) {
		buf_clear(newest);
		buf_str(newest, external_id);
	}
	m->id = ms->next++;
	if (ms->n == ms->cap) {
		ms->cap = ms->cap ? ms->cap * 2 : 64;
		ms->waiting = xrealloc(ms->waiting, ms->cap * sizeof(*ms->waiting));
	}
	ms->waiting[ms->n++] = (struct waiting){ *m, f, external_id == f->external_id ?
		external_id : arena_str(&ms->texts, external_id), arena_str(&ms->texts, extra) };
	return 0;
}

static void
fill(void *ctx, size_t i, struct db_cell *c)
{
	const struct waiting *w = &((const struct messages *)ctx)->waiting[i];
	const struct fact_message *m = &w->f->message;

	c[0] = cell_int(w->row.id);
	c[1] = cell_int(w->row.account);
	c[2] = cell_text(w->external_id);
	c[3] = cell_int(w->row.thread);
	c[4] = cell_id(w->row.ticket);
	c[5] = cell_id(w->row.customer);
	c[6] = cell_id(w->row.agent);
	c[7] = cell_int(m->direction);
	c[8] = cell_int(m->automatic);
	c[9] = cell_int(m->at);
	c[10] = cell_text(m->subject);
	c[11] = cell_text(m->text != NULL ? m->text : "");
	c[12] = cell_text(w->extra);
	c[13] = cell_id(w->row.source);
	c[14] = cell_id(w->row.line);
}

int
messages_flush(struct messages *ms, struct err *e)
{
	if (db_insert_rows(ms->db, &MESSAGE_ADD, ms->n, fill, ms, e) < 0) {
		/* Each fact was looked at before: none of them is to blame. */
		if (e->code == ERR_DATA)
			e->code = ERR_BUG;
		return -1;
	}
	forget_waiting(ms);
	return 0;
}

int
message_join(struct db *db, int64_t id, int64_t ticket, int64_t customer, struct err *e)
{
	struct stmt *s = db_stmt(db, &MESSAGE_JOIN, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	stmt_int(s, ":ticket", ticket);
	stmt_id(s, ":customer", customer);
	return stmt_run(s, e);
}

int
messages_mend_call(struct messages *ms, int64_t id, const char *was, const char *now,
    struct err *e)
{
	struct stmt *s;

	if (messages_flush(ms, e) < 0 || (s = db_stmt(ms->db, &MESSAGE_MEND_CALL, e)) == NULL)
		return -1;
	stmt_int(s, ":id", id);
	stmt_text(s, ":was", was);
	stmt_text(s, ":now", now);
	return stmt_run(s, e);
}

/* Each field with its length before it, so that no two facts give the same bytes. */
static void
feed(struct sha256_ctx *h, const char *s)
{
	uint64_t len = s != NULL ? strlen(s) + 1 : 0;

	sha256_update(h, sizeof(len), (const uint8_t *)&len);
	if (s != NULL)
		sha256_update(h, (size_t)len - 1, (const uint8_t *)s);
}

/* A ticket's owner, subject and the names of people change from one export to the next:
 * of what a source tells of its tickets they do not count. */
void
message_hash(const struct fact *f, char out[MESSAGE_HASH_SIZE])
{
	static const char hex[] = "0123456789abcdef";
	const struct fact_message *m = &f->message;
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx h;
	const char *who = f->who.id != NULL ? f->who.id : f->who.phone != NULL ? f->who.phone :
	    f->who.email;
	char at[32];
	int i;

	snprintf(at, sizeof(at), "%lld %d", (long long)m->at, (int)m->direction);
	sha256_init(&h);
	feed(&h, at);
	feed(&h, m->ticket);
	if (m->ticket != NULL) {
		feed(&h, who);
		feed(&h, m->direction != FACT_IN ? f->agent.id : NULL);
	} else {
		feed(&h, m->thread);
		feed(&h, m->group);
		feed(&h, f->who.id);
		feed(&h, f->who.name);
		feed(&h, f->who.phone);
		feed(&h, f->who.email);
		feed(&h, f->agent.id);
		feed(&h, m->subject);
	}
	feed(&h, m->text);
	sha256_digest(&h, sizeof(digest), digest);
	memcpy(out, "sha256:", 7);
	for (i = 0; i < 16; i++) {
		out[7 + 2 * i] = hex[digest[i] >> 4];
		out[8 + 2 * i] = hex[digest[i] & 15];
	}
	out[39] = '\0';
}
