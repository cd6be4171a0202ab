/* mail - one e-mail as a fact */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "intake/mail_part.h"

enum { MAX_TO = 1000, MAX_REFS = 1000 };

/* GLib logs an error of its own, a failed allocation mostly, and would then abort. */
static GLogWriterOutput
on_log(GLogLevelFlags level, const GLogField *fields, gsize n, gpointer ctx)
{
	(void)fields;
	(void)n;
	(void)ctx;
	if (level & G_LOG_LEVEL_ERROR)
		mem_die();
	return G_LOG_WRITER_HANDLED;
}

static int
open_library(struct err *e)
{
	static bool done;

	if (done)
		return 0;
	if (mail_lib_open(e) < 0)
		return -1;
	g_log_set_writer_func(on_log, NULL, NULL);
	g_mime_init();
	done = true;
	return 0;
}

/* Parses the bytes in place; the stream does not own them. */
static GMimeMessage *
parse(GMimeParserOptions *options, GMimeStream *stream)
{
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *msg;

	g_mime_parser_set_persist_stream(parser, TRUE);
	msg = g_mime_parser_construct_message(parser, options);
	g_object_unref(parser);
	return msg;
}

/* The author; for web forms, which write from no-reply, the person to answer. */
static struct mail_person
author(struct mail *m)
{
	static const char *const fields[] = { "From", "Sender", "Reply-To", "Return-Path" };
	struct mail_person p = { NULL, NULL }, reply;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (mail_people(m, fields[i], &p, 1) == 1)
			break;
	if (p.email == NULL || (strncasecmp(p.email, "no-reply@", 9) != 0 &&
	    strncasecmp(p.email, "noreply@", 8) != 0))
		return p;
	return mail_people(m, "Reply-To", &reply, 1) == 1 ? reply : p;
}

static void
set_person(struct mail *m, struct fact_person *to, const struct mail_person *p,
    enum fact_role role)
{
	to->id = mail_lower(m, p->email != NULL ? p->email : p->name);
	to->name = p->name;
	to->email = p->email;
	to->role = role;
}

static size_t
addressees(struct mail *m, struct mail_person *out)
{
	size_t n = mail_people(m, "To", out, MAX_TO);

	return n + mail_people(m, "Cc", out + n, MAX_TO - n);
}

/* Who wrote to whom: mail from our own address goes out, to the first addressee. */
static void
set_people(struct mail *m, struct fact *f)
{
	struct mail_person *to = arena_alloc(m->arena, MAX_TO * sizeof(*to));
	size_t n = addressees(m, to);
	struct mail_person from = author(m);
	const char *account = m->reader->account;
	const char **ids = arena_alloc(m->arena, (n + 1) * sizeof(*ids));
	bool out = account != NULL && from.email != NULL && strcasecmp(account, from.email) == 0;

	for (size_t i = 0; i < n; i++)
		ids[i] = mail_lower(m, to[i].email != NULL ? to[i].email : to[i].name);
	f->message.to = ids;
	f->message.to_n = n;
	f->message.direction = out ? FACT_OUT : FACT_IN;
	if (out) {
		set_person(m, &f->agent, &from, ROLE_AGENT);
		from = n > 0 ? to[0] : (struct mail_person){ NULL, NULL };
	}
	set_person(m, &f->who, &from, ROLE_CUSTOMER);
}

/* References first, oldest first, then what In-Reply-To adds (RFC 5322 part 3.6.4). */
static void
set_refs(struct mail *m, struct fact *f, const char *returned)
{
	const char **ids = arena_alloc(m->arena, (MAX_REFS + 1) * sizeof(*ids)), *reply[1];
	size_t n = mail_ids(m, "References", ids, 0, MAX_REFS - 1), have = 0;

	if (mail_ids(m, "In-Reply-To", reply, 0, 1) == 0)
		reply[0] = returned != NULL || n == 0 ? returned : ids[n - 1];
	while (reply[0] != NULL && have < n && strcmp(ids[have], reply[0]) != 0)
		have++;
	if (reply[0] != NULL && have == n)
		ids[n++] = reply[0];
	f->message.reply_to = reply[0];
	f->message.refs = ids;
	f->message.refs_n = n;
}

/* [CSR#42.9f3a...] or, from people who typed it, [CSR#42]. */
static void
set_tag(struct mail *m, struct fact *f)
{
	const char *p = f->message.subject, *end;
	long long ticket;
	char *rest;

	for (; p != NULL && (p = strcasestr(p, "[CSR#")) != NULL; p++) {
		if (!isdigit((unsigned char)p[5]))
			continue;
		ticket = strtoll(p + 5, &rest, 10);
		end = rest + (*rest == '.');
		while (isalnum((unsigned char)*end) || *end == '-' || *end == '_')
			end++;
		if (*end != ']' || ticket <= 0 || ticket == INT64_MAX)
			continue;
		f->message.tag_ticket = ticket;
		if (*rest == '.' && end > rest + 1)
			f->message.tag_sign = arena_strn(m->arena, rest + 1,
			    (size_t)(end - rest - 1));
		return;
	}
}

/* Cuts the text where a character ends, and lists it whole as an attachment. */
static int
cut(struct mail *m, struct err *e)
{
	struct buf *text = &m->text;
	size_t len = MAIL_MAX_TEXT;

	if (text->len <= MAIL_MAX_TEXT)
		return 0;
	node_set_int(m->extra, "cut", (int64_t)text->len);
	if (mail_attach_bytes(m, "text.txt", "text/plain", text->p, text->len, e) < 0)
		return -1;
	while (len > 0 && ((unsigned char)text->p[len] & 0xc0) == 0x80)
		len--;
	text->len = len;
	text->p[len] = '\0';
	return 0;
}

static void
note(struct mail *m, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		node_set_text(m->extra, key, value);
}

static int
set_text(struct mail *m, struct fact *f, struct err *e)
{
	struct mail_split s = MAIL_SPLIT_INIT;
	bool forward = f->message.subject != NULL && mail_is_forward(f->message.subject);
	int got = -1;

	if (cut(m, e) < 0)
		goto done;
	mail_split(&s, buf_cstr(&m->text), forward);
	if (s.text.len > 0)
		f->message.text = arena_strn(m->arena, s.text.p, s.text.len);
	note(m, "quoted", buf_cstr(&s.quoted));
	note(m, "signature", buf_cstr(&s.signature));
	got = 0;
done:
	mail_split_release(&s);
	return got;
}

static void
set_extra(struct mail *m, struct fact *f, const char *reason, struct node *bounce)
{
	struct buf json = BUF_INIT;

	note(m, "auto_reason", reason);
	note(m, "loop", mail_head(m, "X-CSR-Loop"));
	note(m, "list", mail_head(m, "List-Id"));
	note(m, "reply_address", mail_head(m, "Reply-To"));
	note(m, "delivered_to", mail_head(m, "Delivered-To"));
	if (bounce != NULL)
		node_set(m->extra, "bounce", bounce);
	if (m->bad > 0)
		node_set_int(m->extra, "bad_bytes", (int64_t)m->bad);
	if (node_len(m->attachments) > 0)
		node_set(m->extra, "attachments", node_copy(m->attachments));
	if (node_len(m->extra) > 0) {
		node_print(m->extra, &json);
		f->extra = arena_strn(m->arena, json.p, json.len);
	}
	buf_release(&json);
}

static int
fill(struct mail *m, const char *raw, size_t len, struct fact *f, struct err *e)
{
	const char *ids[1] = { NULL }, *returned, *reason;
	struct node *bounce;

	f->kind = FACT_MESSAGE;
	f->channel = m->reader->channel != NULL ? m->reader->channel : "email";
	f->account = m->reader->account;
	mail_ids(m, "Message-ID", ids, 0, 1);
	f->external_id = ids[0];
	set_people(m, f);
	f->message.subject = mail_head(m, "Subject");
	set_tag(m, f);
	if (mail_body(m, raw, len, e) < 0)
		return -1;
	reason = mail_auto(m);
	f->message.automatic = reason != NULL;
	bounce = mail_bounce(m, &returned);
	if (bounce != NULL)
		f->who.role = ROLE_ROBOT;
	set_refs(m, f, returned);
	if (set_text(m, f, e) < 0) {
		node_free(bounce);
		return -1;
	}
	set_extra(m, f, reason, bounce);
	return 0;
}

static int
read_parsed(struct mail *m, const char *raw, size_t len, int64_t arrived_at, struct fact *f,
    struct err *e)
{
	if (m->msg == NULL)
		return err_set(e, ERR_DATA, "not a mail: no header");
	f->message.at = mail_date(m);
	if (f->message.at == FACT_NO_TIME)
		f->message.at = arrived_at;
	if (f->message.at == FACT_NO_TIME)
		return err_set(e, ERR_DATA, "no readable Date or Received");
	return fill(m, raw, len, f, e);
}

static void
release_parsed(struct mail *m)
{
	if (m->msg != NULL)
		g_object_unref(m->msg);
	g_mime_parser_options_free(m->options);
	node_free(m->extra);
	node_free(m->attachments);
	buf_release(&m->text);
	buf_release(&m->content);
}

int
mail_read(struct mail_reader *r, char *raw, size_t len, int64_t arrived_at, struct fact *f,
    struct err *e)
{
	struct mail m = { .reader = r, .arena = &r->arena };
	GByteArray *bytes;
	GMimeStream *stream;
	int got;

	arena_clear(&r->arena);
	fact_init(f);
	if (mail_guard(raw, len, e) < 0 || open_library(e) < 0)
		return -1;
	bytes = g_byte_array_new_take((guint8 *)raw, len);
	stream = g_mime_stream_mem_new();
	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), bytes);
	m.options = g_mime_parser_options_new();
	m.msg = parse(m.options, stream);
	m.extra = node_object();
	m.attachments = node_array();
	got = read_parsed(&m, raw, len, arrived_at, f, e);
	release_parsed(&m);
	g_object_unref(stream);
	g_byte_array_free(bytes, FALSE);	/* the bytes are the caller's */
	return got;
}

void
mail_release(struct mail_reader *r)
{
	arena_release(&r->arena);
}
