/* wecom - the WeCom message archive (会话内容存档), decrypted, one JSON object a line
 *
 * Format: developer.work.weixin.qq.com/document/path/91774.  The archive gives ids and
 * no names: wo and wm begin a customer's, wb a robot's, all others are staff.  A group is
 * its roomid; a talk of two is "customer|staff", whoever speaks, so that both directions
 * meet in one conversation.  Staff among themselves are notes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/formats.h"
#include "intake/mentions.h"
#include "intake/wecom_text.h"
#include "stream/jsonl.h"
#include "stream/jtext.h"
#include "time/tm.h"

struct state {
	struct jsonl in;
	struct arena scratch;	/* of the present message */
	struct buf text, extra;
};

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	const char *end = memchr(head, '\n', len);

	(void)path;
	len = end != NULL ? (size_t)(end - head) : len;
	if (is_dir || memmem(head, len, "\"msgid\"", 7) == NULL)
		return 0;
	return memmem(head, len, "\"action\"", 8) != NULL ||
	    memmem(head, len, "\"encrypt_chat_msg\"", 18) != NULL ? 95 : 0;
}

static int
open_wecom(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));

	(void)e;
	lines_attach(&s->in.in, fd, in->name, head, len);
	s->in.in.dry = in->opts.dry;
	s->in.in.ctx = in->opts.ctx;
	in->state = s;
	return 0;
}

/* Staff choose their ids, so that some wolf is no customer: the platform's own ids are
 * long, or go on otherwise than a name does. */
static enum fact_role
role_of(const char *id)
{
	bool made = id[0] == 'w' && id[1] != '\0' && (strlen(id) >= 20 ||
	    !(id[2] >= 'a' && id[2] <= 'z'));

	if (made && (id[1] == 'o' || id[1] == 'm') && id[2] != '\0')
		return ROLE_CUSTOMER;
	return made && id[1] == 'b' && id[2] != '\0' ? ROLE_ROBOT : ROLE_AGENT;
}

static const char *
text_of(const struct rec *r, const char *key)
{
	const char *s = rec_text(r, key);

	return s != NULL && *s != '\0' ? s : NULL;
}

/* Milliseconds, or seconds where a number is that small; a number or a string of one. */
static int
time_of(const struct node *n, const char *key, int64_t *at, struct err *e)
{
	const char *s = node_as_text(n);
	int64_t v;

	if (s != NULL) {
		struct node *number = node_parse(s, strlen(s), e);
		bool ok = number != NULL && node_as_int(number, &v);

		node_free(number);
		if (!ok)
			return err_set(e, ERR_DATA, "\"%s\" is not a time", key);
	} else if (!node_as_int(n, &v)) {
		return err_set(e, ERR_DATA, node_is_null(n) ? "no \"%s\"" :
		    "\"%s\" is not a time", key);
	}
	if (v <= 0)
		return err_set(e, ERR_DATA, "\"%s\" is not a time", key);
	*at = v < INT64_C(100000000000) ? v * 1000 : v;
	return 0;
}

static void
push_id(struct fact_message *m, const char **to, size_t max, const char *id)
{
	if (id != NULL && *id != '\0' && m->to_n < max)
		to[m->to_n++] = id;
	m->to = to;
}

/* Ids in one string, as some pushes have it. */
static void
split_ids(struct fact_message *m, const char *s, struct arena *a)
{
	size_t max = 1, i;
	const char **to;

	for (i = 0; s[i] != '\0'; i++)
		max += strchr(",|;", s[i]) != NULL;
	to = arena_alloc(a, max * sizeof(*to));
	while (*s != '\0') {
		size_t len = strcspn(s, ",|;");

		push_id(m, to, max, arena_strn(a, s, len));
		s += len + (s[len] != '\0');
	}
}

static int
read_to(struct fact_message *m, const struct node *list, struct arena *a, struct err *e)
{
	size_t n = node_len(list), i;
	const char **to;

	if (node_as_text(list) != NULL) {
		split_ids(m, node_as_text(list), a);
		return 0;
	}
	if (!node_is_array(list))
		return node_is_null(list) ? 0 : err_set(e, ERR_DATA, "\"tolist\" is not a list");
	to = arena_alloc(a, (n + 1) * sizeof(*to));
	for (i = 0; i < n; i++) {
		if (node_as_text(node_at(list, i)) == NULL)
			return err_set(e, ERR_DATA, "\"tolist\" is not a list of ids");
		push_id(m, to, n, node_as_text(node_at(list, i)));
	}
	return 0;
}

/* A talk of two goes by its customer, whoever of ours he has before him: a matter handed
 * over stays one.  Among ourselves both directions must name it alike. */
static const char *
talk(const char *a, const char *b, struct arena *scratch)
{
	bool swap = strcmp(a, b) > 0;
	size_t size = strlen(a) + strlen(b) + 2;
	char *name;

	if (role_of(a) == ROLE_CUSTOMER || role_of(b) == ROLE_CUSTOMER)
		return role_of(a) == ROLE_CUSTOMER ? a : b;
	name = arena_alloc(scratch, size);
	snprintf(name, size, "%s|%s", swap ? b : a, swap ? a : b);
	return name;
}

static void
set_persons(struct fact *f, const char *from, struct arena *scratch)
{
	struct fact_message *m = &f->message;
	const char *to = m->group == NULL && m->to_n > 0 ? m->to[0] : NULL;
	enum fact_role role = role_of(from);

	m->thread = m->group != NULL ? m->group : to != NULL ? talk(from, to, scratch) : from;
	m->direction = role == ROLE_CUSTOMER ? FACT_IN : FACT_OUT;
	m->automatic = role == ROLE_ROBOT;
	if (role == ROLE_CUSTOMER) {
		f->who.id = from;
		f->who.role = role;
		return;
	}
	f->agent.id = from;
	f->agent.role = role;
	if (to != NULL && role_of(to) == ROLE_CUSTOMER) {
		f->who.id = to;
		f->who.role = ROLE_CUSTOMER;
	} else if (to != NULL && role == ROLE_AGENT) {
		m->direction = FACT_NOTE;
	}
}

struct members {
	struct buf *out;
	bool plain;		/* a text: its object holds nothing more */
};

static int
add_member(void *ctx, const char *key, const struct node *value)
{
	static const char known[] = " msgid action from tolist roomid msgtime revoke time user "
	    "agree disagree ";
	struct members *m = ctx;
	char word[40];

	snprintf(word, sizeof(word), " %.36s ", key);
	if (strstr(known, word) != NULL || (m->plain && (strcmp(key, "text") == 0 ||
	    strcmp(key, "msgtype") == 0)))
		return 0;
	jtext_key(m->out, key);
	node_print(value, m->out);
	return 0;
}

/* Everything the fact has no member for. */
static void
set_extra(struct fact *f, struct state *s, const struct node *root, const char *type)
{
	struct members m = { &s->extra, strcmp(type, "text") == 0 &&
	    node_len(node_get(root, "text")) == 1 };

	buf_clear(&s->extra);
	buf_char(&s->extra, '{');
	node_each(root, add_member, &m);
	buf_char(&s->extra, '}');
	if (s->extra.len > 2)
		f->extra = s->extra.p;
}

/* Consent to the archive, or its end: whose, and when. */
static int
read_consent(struct fact *f, const struct node *root, const char *type, struct err *e)
{
	const struct node *body = node_get(root, type);
	const char *key = *type == 'a' ? "agree_time" : "disagree_time";

	f->kind = FACT_EVENT;
	f->event.name = *type == 'a' ? "archive.agree" : "archive.disagree";
	f->event.status = type;
	f->who.id = node_as_text(node_get(body, "userid"));
	f->event.subject = f->who.id;
	if (f->who.id == NULL)
		return err_set(e, ERR_DATA, "no \"%s.userid\"", type);
	f->who.role = role_of(f->who.id);
	if (node_is_null(node_get(body, key)))
		return time_of(node_get(root, "msgtime"), "msgtime", &f->event.at, e);
	return time_of(node_get(body, key), key, &f->event.at, e);
}

/* Somebody of the staff went over to another company's archive. */
static int
read_switch(struct fact *f, const struct rec *r, struct err *e)
{
	f->kind = FACT_EVENT;
	f->event.name = "archive.switch";
	f->event.subject = text_of(r, "user");
	f->agent.id = f->event.subject;
	f->agent.role = ROLE_AGENT;
	return time_of(node_get(r->root, "time"), "time", &f->event.at, e);
}

static int
read_message(struct fact *f, struct state *s, struct err *e)
{
	const struct rec *r = &s->in.rec;
	const char *type = text_of(r, "msgtype"), *from = text_of(r, "from");
	struct fact_message *m = &f->message;

	if (type == NULL)
		return err_set(e, ERR_DATA, "no \"msgtype\"");
	if (strcmp(type, "agree") == 0 || strcmp(type, "disagree") == 0)
		return read_consent(f, r->root, type, e);
	f->kind = FACT_MESSAGE;
	if (from == NULL)
		return err_set(e, ERR_DATA, "no \"from\"");
	m->group = text_of(r, "roomid");
	if (time_of(node_get(r->root, "msgtime"), "msgtime", &m->at, e) < 0 ||
	    read_to(m, node_get(r->root, "tolist"), &s->scratch, e) < 0)
		return -1;
	set_persons(f, from, &s->scratch);
	buf_clear(&s->text);
	if (strcmp(type, "revoke") == 0) {
		m->recalls = text_of(r, "revoke.pre_msgid");
		return m->recalls != NULL ? 0 : err_set(e, ERR_DATA, "no \"revoke.pre_msgid\"");
	}
	wecom_text(type, wecom_body(r->root, type), &s->text);
	m->text = s->text.len > 0 ? s->text.p : NULL;
	mentions_set(m, &s->scratch);
	set_extra(f, s, r->root, type);
	return 0;
}

static int
read_fact(struct fact *f, struct state *s, const struct intake *in, struct err *e)
{
	const struct rec *r = &s->in.rec;
	const char *action = text_of(r, "action");

	fact_init(f);
	arena_clear(&s->scratch);
	f->line = r->line;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "wecom";
	f->account = in->opts.account;
	f->external_id = text_of(r, "msgid");
	if (rec_text(r, "encrypt_chat_msg") != NULL)
		return err_set(e, ERR_DATA, "still encrypted: decrypt it with the platform's SDK");
	if (f->external_id == NULL)
		return err_set(e, ERR_DATA, "no \"msgid\"");
	if (action != NULL && strcmp(action, "switch") == 0)
		return read_switch(f, r, e);
	if (action == NULL || strcmp(action, "send") == 0 || strcmp(action, "recall") == 0)
		return read_message(f, s, e);
	return err_set(e, ERR_DATA, "\"action\" is not send, recall or switch");
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	in->bad = s->in.rec.raw;
	in->bad_len = s->in.rec.len;
	in->bad_line = s->in.rec.line;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got = jsonl_next(&s->in, e);

	if (got < 0) {
		in->bad = s->in.bad;
		in->bad_len = s->in.bad_len;
		in->bad_line = s->in.in.line;
	}
	if (got <= 0)
		return got;
	if (read_fact(f, s, in, e) == 0)
		return 1;
	raw(in);
	return err_at(e, in->name, in->bad_line);
}

static void
close_wecom(struct intake *in)
{
	struct state *s = in->state;

	jsonl_close(&s->in);
	arena_release(&s->scratch);
	buf_release(&s->text);
	buf_release(&s->extra);
	free(s);
}

const struct intake_format intake_wecom = {
	"wecom", "the WeCom message archive, decrypted JSON Lines", sniff, open_wecom, next,
	close_wecom, raw
};
