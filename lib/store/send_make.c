/* send_make - from a row of the outbox to a message, and back into the time line */
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include "store/send_make.h"
#include "store/tag.h"
#include "stream/rec.h"

DB_SQL(SEND_ACCOUNT, "SELECT a.channel, a.name, h.name FROM ticket AS t "
    "JOIN account AS a ON a.id = t.account JOIN thread AS h ON h.id = t.thread "
    "WHERE t.id = :id");
DB_SQL(SEND_ZONE, "SELECT zone FROM customer WHERE id = :id");

uint64_t
send_seed(const char *key)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);	/* FNV-1a */

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
	return h;
}

bool
send_within_rate(struct sending *s, const struct transport *way)
{
	size_t i;

	for (i = 0; i + 1 < sizeof(s->rate) / sizeof(*s->rate) && s->rate[i].way != NULL &&
	    s->rate[i].way != way; i++)
		;
	s->rate[i].way = way;
	if (way->per_minute > 0 && s->rate[i].n >= way->per_minute)
		return false;
	s->rate[i].n++;
	return true;
}

int
send_zone(struct db *db, int64_t root, const struct zone **zone, struct err *e)
{
	struct stmt *s = db_stmt(db, &SEND_ZONE, e);
	const struct zone *own;
	struct err ignored;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", root);
	if ((got = stmt_step(s, e)) > 0 && !stmt_col_null(s, 0) &&
	    (own = zone_get(stmt_col_text(s, 0), &ignored)) != NULL)
		*zone = own;
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* Made of the key alone: whoever sends it again sends the same id. */
static const char *
message_id(struct arena *a, const char *key, const char *from)
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	const char *at = from != NULL ? strrchr(from, '@') : NULL;
	struct sha256_ctx h;
	char text[200];
	int n, i;

	sha256_init(&h);
	sha256_update(&h, strlen(key), (const uint8_t *)key);
	sha256_digest(&h, sizeof(digest), digest);
	n = snprintf(text, sizeof(text), "csr.");
	for (i = 0; i < 16; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%02x", digest[i]);
	snprintf(text + n, sizeof(text) - (size_t)n, "@%.*s", at != NULL ?
	    (int)strcspn(at + 1, "> \t\r\n") : 11, at != NULL ? at + 1 : "csr.invalid");
	return arena_str(a, text);
}

/* The signed tag brings an answer back to its ticket though its references are lost. */
static int
tagged(struct sending *s, const struct outgoing *o, const struct transport *way,
    const char **subject, struct err *e)
{
	char tag[TAG_SIZE];

	*subject = o->row.subject;
	if (o->row.ticket == 0 || o->row.audience != OUTBOX_CUSTOMER ||
	    (way->kind != WAY_SENDMAIL && way->kind != WAY_SMTP))
		return 0;
	if (db_begin(s->db, e) < 0 || tag_make(s->db, o->row.ticket, tag, e) < 0 ||
	    db_commit(s->db, e) < 0)
		return -1;
	buf_clear(&s->tag);
	buf_fmt(&s->tag, "%s%s%s", o->row.subject != NULL ? o->row.subject : "",
	    o->row.subject != NULL && *o->row.subject != '\0' ? " " : "", tag);
	*subject = arena_str(&s->arena, buf_cstr(&s->tag));
	return 0;
}

int
send_make(struct sending *s, const struct outgoing *o, const struct transport *way,
    struct wire_message *m, struct err *e)
{
	struct err ignored;
	struct node *data = o->row.data == NULL ? NULL :
	    node_parse(o->row.data, strlen(o->row.data), &ignored);
	const char *id = node_as_text(node_get(data, "message_id"));

	*m = (struct wire_message){ .key = o->row.key, .channel = o->row.channel,
		.recipient = o->row.recipient, .text = o->row.text, .at = o->row.created_at,
		.automatic = strcmp(o->row.kind, "reply") != 0,
		.unsubscribe = o->purpose == PURPOSE_MARKETING ? way->unsubscribe : NULL };
	m->message_id = id != NULL ? arena_str(&s->arena, id) :
	    message_id(&s->arena, o->row.key, way->from);
	m->in_reply_to = arena_str(&s->arena, node_as_text(node_get(data, "in_reply_to")));
	m->attachment = arena_str(&s->arena, node_as_text(node_get(data, "attachment")));
	node_free(data);
	buf_clear(&s->record);
	outbox_print(&o->row, o->id, s->zone, NULL, &s->record);
	if (s->record.len > 0)
		s->record.p[--s->record.len] = '\0';
	m->record = buf_cstr(&s->record);
	if (o->purpose == PURPOSE_MARKETING && strcmp(o->row.channel, "email") == 0 &&
	    m->unsubscribe == NULL)
		return err_set(e, ERR_DATA, "marketing by mail needs unsubscribe in [transport %s]",
		    way->name);
	return tagged(s, o, way, &m->subject, e);
}

static int
load_thread(struct sending *s, const struct outgoing *o, struct fact *f, struct err *e)
{
	struct stmt *q = db_stmt(s->db, &SEND_ACCOUNT, e);
	int got;

	if (q == NULL)
		return -1;
	stmt_int(q, ":id", o->row.ticket);
	if ((got = stmt_step(q, e)) > 0) {
		f->channel = arena_str(&s->arena, stmt_col_text(q, 0));
		f->account = arena_str(&s->arena, stmt_col_text(q, 1));
		f->message.thread = arena_str(&s->arena, stmt_col_text(q, 2));
	}
	stmt_reset(q);
	return got;
}

int
send_remember(struct sending *s, const struct outgoing *o, struct err *e)
{
	struct fact *f;
	struct ingest_out done;
	char key[400];
	int got;

	if (o->row.ticket == 0 || o->row.audience != OUTBOX_CUSTOMER ||
	    strcmp(o->row.kind, "reply") == 0)
		return 0;
	f = arena_alloc(&s->arena, sizeof(*f));
	fact_init(f);
	if ((got = load_thread(s, o, f, e)) <= 0)
		return got;
	snprintf(key, sizeof(key), "outbox:%.380s", o->row.key);
	f->kind = FACT_MESSAGE;
	f->external_id = arena_str(&s->arena, key);
	f->message.number = o->row.ticket;
	f->message.direction = FACT_OUT;
	f->message.automatic = true;
	f->message.at = s->now;
	f->message.subject = o->row.subject;
	f->message.text = o->row.text;
	return ingest_fact(&s->in, f, &done, e);
}

int
send_show(struct sending *s, int64_t id, struct err *e)
{
	const struct transport *way;
	struct wire_message m;
	struct wire_result r;
	struct outgoing o;
	int got = outgoing_load(s->db, id, &o, &s->arena, e);

	if (got <= 0)
		return got < 0 ? -1 : err_set(e, ERR_DATA, "no row %lld in the outbox",
		    (long long)id);
	if ((way = transports_for(s->ways, o.row.channel)) == NULL)
		return err_set(e, ERR_DATA, "no transport for channel %s", o.row.channel);
	if (send_make(s, &o, way, &m, e) < 0)
		return -1;
	if (wire_show(way, &m, &s->out, &r) < 0)
		return err_set(e, ERR_DATA, "row %lld: %.150s", (long long)id, r.detail);
	return 0;
}
