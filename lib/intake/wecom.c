/* wecom - the WeCom message archive (会话内容存档), decrypted
 *
 * Format: developer.work.weixin.qq.com/document/path/91774.  The archive gives ids and
 * no names: wo and wm begin a customer's, wb a robot's, all others are staff.  A group is
 * its roomid; a talk of two is "customer|staff", whoever speaks, so that both directions
 * meet in one conversation.  Staff among themselves are notes.
 */
#include <stdio.h>
#include <string.h>

#include "intake/chat.h"
#include "intake/formats.h"
#include "intake/mentions.h"
#include "intake/wecom_text.h"

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	if (is_dir || !chat_has(head, len, "msgid") || chat_has(head, len, "open_kfid"))
		return 0;
	return chat_has(head, len, "action") || chat_has(head, len, "encrypt_chat_msg") ? 95 : 0;
}

static int
open_wecom(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	(void)e;
	return chat_open(in, fd, head, len, "msgid");
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

/* Consent to the archive, or its end: whose, and when. */
static int
read_consent(struct chat *c, const struct intake *in, struct fact *f, const char *type,
    struct err *e)
{
	const struct node *root = c->docs.item, *body = node_get(root, type);
	const char *key = *type == 'a' ? "agree_time" : "disagree_time";

	f->kind = FACT_EVENT;
	f->event.name = *type == 'a' ? "archive.agree" : "archive.disagree";
	f->event.status = type;
	f->who.id = chat_member(c, body, "userid");
	f->event.subject = f->who.id;
	if (f->who.id == NULL)
		return err_set(e, ERR_DATA, "no \"%s.userid\"", type);
	f->who.role = role_of(f->who.id);
	if (node_is_null(node_get(body, key)))
		return chat_time(root, "msgtime", in, &f->event.at, e);
	return chat_time(body, key, in, &f->event.at, e);
}

/* Somebody of the staff went over to another company's archive. */
static int
read_switch(struct chat *c, const struct intake *in, struct fact *f, struct err *e)
{
	f->kind = FACT_EVENT;
	f->event.name = "archive.switch";
	f->event.subject = chat_member(c, c->docs.item, "user");
	f->agent.id = f->event.subject;
	f->agent.role = ROLE_AGENT;
	return chat_time(c->docs.item, "time", in, &f->event.at, e);
}

/* What was said; the details of what is no plain text stay in extra. */
static void
read_body(struct chat *c, const struct intake *in, struct fact *f, const char *type)
{
	static const char known[] = " msgid action from tolist roomid msgtime revoke time user "
	    "agree disagree ";
	static const char plain[] = " msgid action from tolist roomid msgtime revoke time user "
	    "agree disagree msgtype text ";
	const struct node *root = c->docs.item, *body = chat_inner(c, wecom_body(root, type));
	bool bare = strcmp(type, "text") == 0 && node_len(body) == 1;

	wecom_text(type, body, in->opts.zone, &c->text);
	f->message.text = c->text.len > 0 ? c->text.p : NULL;
	mentions_set(&f->message, &c->scratch);
	chat_extra(c, f, root, bare ? plain : known);
}

static int
read_message(struct chat *c, const struct intake *in, struct fact *f, struct err *e)
{
	const struct node *root = c->docs.item, *revoke = node_get(root, "revoke");
	const char *type = chat_member(c, root, "msgtype"), *from = chat_member(c, root, "from");
	struct fact_message *m = &f->message;

	if (type == NULL)
		return err_set(e, ERR_DATA, "no \"msgtype\"");
	if (strcmp(type, "agree") == 0 || strcmp(type, "disagree") == 0)
		return read_consent(c, in, f, type, e);
	f->kind = FACT_MESSAGE;
	if (from == NULL)
		return err_set(e, ERR_DATA, "no \"from\"");
	m->group = chat_member(c, root, "roomid");
	if (chat_time(root, "msgtime", in, &m->at, e) < 0 ||
	    read_to(m, node_get(root, "tolist"), &c->scratch, e) < 0)
		return -1;
	set_persons(f, from, &c->scratch);
	if (strcmp(type, "revoke") != 0) {
		read_body(c, in, f, type);
		return 0;
	}
	m->recalls = chat_member(c, chat_inner(c, revoke), "pre_msgid");
	return m->recalls != NULL ? 0 : err_set(e, ERR_DATA, "no \"revoke.pre_msgid\"");
}

static int
read_fact(struct chat *c, const struct intake *in, struct fact *f, struct err *e)
{
	const struct node *root = c->docs.item;
	const char *action = chat_member(c, root, "action");

	f->channel = in->opts.channel != NULL ? in->opts.channel : "wecom";
	f->external_id = chat_member(c, root, "msgid");
	if (node_as_text(node_get(root, "encrypt_chat_msg")) != NULL)
		return err_set(e, ERR_DATA, "still encrypted: decrypt it with the platform's SDK");
	if (f->external_id == NULL)
		return err_set(e, ERR_DATA, "no \"msgid\"");
	if (action != NULL && strcmp(action, "switch") == 0)
		return read_switch(c, in, f, e);
	if (action == NULL || strcmp(action, "send") == 0 || strcmp(action, "recall") == 0)
		return read_message(c, in, f, e);
	return err_set(e, ERR_DATA, "\"action\" is not send, recall or switch");
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	return chat_next(in, read_fact, f, e);
}

const struct intake_format intake_wecom = {
	"wecom", "the WeCom message archive, decrypted JSON", sniff, open_wecom, next,
	chat_close, chat_raw
};
