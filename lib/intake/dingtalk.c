/* dingtalk - what a DingTalk robot is called with, one JSON object a message
 *
 * conversationType 1 is a talk with the robot, 2 a group.  In a group, who has a staff id
 * is one of ours; who talks to the robot alone asks it something.  The robot's own web
 * hook is a secret and worth nothing the day after: it is not kept.
 */
#include <stdio.h>
#include <string.h>

#include "intake/chat.h"
#include "intake/formats.h"
#include "intake/mentions.h"

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	if (is_dir)
		return 0;
	if (chat_has(head, len, "conversationType") && (chat_has(head, len, "chatbotUserId") ||
	    chat_has(head, len, "senderStaffId") || chat_has(head, len, "senderNick")))
		return 95;
	/* The stream's envelope has it all as text within. */
	return memmem(head, len, "/bot/messages/get", 17) != NULL ? 95 : 0;
}

static int
open_dingtalk(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	(void)e;
	return chat_open(in, fd, head, len, "msgtype");
}

/* Texts and pictures in one message. */
static void
add_rich(const struct node *items, struct buf *out)
{
	size_t i;

	for (i = 0; i < node_len(items); i++) {
		const struct node *item = node_at(items, i);
		const char *text = node_as_text(node_get(item, "text"));
		const char *type = node_as_text(node_get(item, "type"));

		if (text != NULL)
			buf_str(out, text);
		else if (type != NULL && strcmp(type, "picture") == 0)
			buf_str(out, "[图片]");
	}
}

static void
add_named(const char *label, const char *name, struct buf *out)
{
	buf_fmt(out, name != NULL ? "[%s: %s]" : "[%s]", label, name);
}

/* What is said, of each type. */
static void
add_text(struct chat *c, const char *type, struct buf *out)
{
	const struct node *root = c->docs.item, *text = node_get(root, "text");
	const struct node *content = chat_inner(c, node_get(root, "content"));
	const char *said = node_as_text(node_get(text, "content"));

	if (said == NULL)
		said = node_as_text(text);
	if (strcmp(type, "text") == 0) {
		while (said != NULL && *said == ' ')
			said++;
		buf_str(out, said != NULL ? said : "");
	} else if (strcmp(type, "richText") == 0) {
		add_rich(node_get(content, "richText"), out);
	} else if (strcmp(type, "picture") == 0) {
		buf_str(out, "[图片]");
	} else if (strcmp(type, "audio") == 0) {
		said = chat_member(c, content, "recognition");
		buf_fmt(out, said != NULL ? "[语音] %s" : "[语音]", said);
	} else if (strcmp(type, "video") == 0) {
		buf_str(out, "[视频]");
	} else if (strcmp(type, "file") == 0) {
		add_named("文件", chat_member(c, content, "fileName"), out);
	} else if (strcmp(type, "location") == 0) {
		add_named("位置", chat_member(c, content, "title"), out);
	} else {
		buf_fmt(out, "[%s]", type);
	}
}

/* The people called: their staff ids, else what DingTalk calls them. */
static void
set_mentions(struct chat *c, struct fact_message *m)
{
	const struct node *users = node_get(c->docs.item, "atUsers");
	const char **list = arena_alloc(&c->scratch, (node_len(users) + 1) * sizeof(*list));
	size_t i;

	for (i = 0; i < node_len(users); i++) {
		const char *id = chat_member(c, node_at(users, i), "staffId");

		if (id == NULL)
			id = chat_member(c, node_at(users, i), "dingtalkId");
		if (id != NULL)
			list[m->mentions_n++] = id;
	}
	m->mentions = list;
	mentions_set(m, &c->scratch);
}

static int
set_persons(struct chat *c, struct fact *f, struct err *e)
{
	const struct node *root = c->docs.item;
	const char *staff = chat_member(c, root, "senderStaffId");
	const char *sender = chat_member(c, root, "senderId");
	const char *type = chat_member(c, root, "conversationType");
	struct fact_message *m = &f->message;
	bool grouped = type != NULL && strcmp(type, "2") == 0;
	struct fact_person *from;

	m->thread = chat_member(c, root, "conversationId");
	m->group = grouped ? m->thread : NULL;
	m->direction = grouped && staff != NULL ? FACT_OUT : FACT_IN;
	from = m->direction == FACT_OUT ? &f->agent : &f->who;
	from->id = m->direction == FACT_OUT || sender == NULL ? staff : sender;
	from->name = chat_member(c, root, "senderNick");
	from->role = m->direction == FACT_OUT ? ROLE_AGENT : ROLE_CUSTOMER;
	if (from->id == NULL)
		from->id = from->name;
	return from->id != NULL ? 0 : err_set(e, ERR_DATA, "no \"senderId\"");
}

static int
read_fact(struct chat *c, const struct intake *in, struct fact *f, struct err *e)
{
	const struct node *data = node_get(c->docs.item, "data");
	const char *type;

	/* {"specVersion":…,"headers":…,"data":"{…}"}: as a stream has it. */
	if (node_is_null(node_get(c->docs.item, "msgtype")) && !node_is_null(data)) {
		c->docs.item = chat_inner(c, data);
		c->envelope = c->inner;
		c->inner = NULL;
	}
	type = chat_member(c, c->docs.item, "msgtype");
	f->kind = FACT_MESSAGE;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "dingtalk";
	f->external_id = chat_member(c, c->docs.item, "msgId");
	if (type == NULL || f->external_id == NULL)
		return err_set(e, ERR_DATA, "no \"%s\"", type == NULL ? "msgtype" : "msgId");
	if (chat_time(c->docs.item, "createAt", in, &f->message.at, e) < 0 ||
	    set_persons(c, f, e) < 0)
		return -1;
	f->message.reply_to = chat_member(c, c->docs.item, "originalMsgId");
	add_text(c, type, &c->text);
	f->message.text = c->text.len > 0 ? c->text.p : NULL;
	set_mentions(c, &f->message);
	chat_extra(c, f, c->docs.item, strcmp(type, "text") == 0 ?
	    " msgId msgtype text createAt conversationId conversationType senderId senderNick "
	    "atUsers originalMsgId sessionWebhook sessionWebhookExpiredTime " :
	    " msgId createAt conversationId conversationType senderId senderNick atUsers "
	    "originalMsgId sessionWebhook sessionWebhookExpiredTime ");
	return 0;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	return chat_next(in, read_fact, f, e);
}

const struct intake_format intake_dingtalk = {
	"dingtalk", "what a DingTalk robot is called with, JSON", sniff, open_dingtalk, next,
	chat_close, chat_raw
};
