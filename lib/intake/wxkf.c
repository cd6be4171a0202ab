/* wxkf - messages of WeChat customer service (微信客服), as kf/sync_msg gives them
 *
 * Format: developer.work.weixin.qq.com/document/path/94670.  origin 3 is the customer, 4
 * the platform, 5 one of ours.  An account of ours is its open_kfid; a conversation is the
 * customer's.  What the platform tells (a session begins, changes hands, ends) are events;
 * a recall takes its message back.
 */
#include <stdio.h>
#include <string.h>

#include "intake/chat.h"
#include "intake/formats.h"
#include "intake/wecom_text.h"

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return !is_dir && chat_has(head, len, "open_kfid") && chat_has(head, len, "send_time") ?
	    95 : 0;
}

static int
open_wxkf(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	(void)e;
	return chat_open(in, fd, head, len, "msgid");
}

/* A recall is of a message; everything else the platform tells is an event. */
static int
read_event(struct chat *c, struct fact *f, struct err *e)
{
	const struct node *body = chat_inner(c, node_get(c->docs.item, "event"));
	const char *type = chat_member(c, body, "event_type");
	int64_t at = f->message.at;
	size_t size;
	char *name;

	if (type == NULL)
		return err_set(e, ERR_DATA, "no \"event.event_type\"");
	f->message.recalls = chat_member(c, body, "recall_msgid");
	if (f->message.recalls != NULL)
		return 0;
	if (f->who.id == NULL)
		f->who.id = f->message.thread = chat_member(c, body, "external_userid");
	size = strlen(type) + sizeof("kf.");
	name = arena_alloc(&c->scratch, size);
	snprintf(name, size, "kf.%s", type);
	f->kind = FACT_EVENT;
	f->event.name = name;
	f->event.at = at;
	f->event.subject = f->who.id != NULL ? f->who.id : chat_member(c, body, "fail_msgid");
	f->event.status = chat_member(c, body, "change_type");
	f->agent.id = chat_member(c, body, "new_servicer_userid");
	if (f->agent.id == NULL)
		f->agent.id = chat_member(c, body, "servicer_userid");
	chat_extra(c, f, body, " event_type open_kfid external_userid welcome_code ");
	return 0;
}

static int
set_persons(struct chat *c, struct fact *f, struct err *e)
{
	const struct node *root = c->docs.item;
	struct fact_message *m = &f->message;
	int64_t origin = 0;
	const char *word = chat_member(c, root, "origin");

	if (word != NULL && strlen(word) == 1)
		origin = *word - '0';
	if (origin < 3 || origin > 5)
		return err_set(e, ERR_DATA, "\"origin\" is not 3, 4 or 5");
	f->who.id = m->thread = chat_member(c, root, "external_userid");
	f->who.role = ROLE_CUSTOMER;
	m->direction = origin == 3 ? FACT_IN : origin == 5 ? FACT_OUT : FACT_NOTE;
	m->automatic = origin == 4;
	if (origin == 5) {
		f->agent.id = chat_member(c, root, "servicer_userid");
		f->agent.role = ROLE_AGENT;
	}
	return 0;
}

static int
read_fact(struct chat *c, const struct intake *in, struct fact *f, struct err *e)
{
	const struct node *root = c->docs.item;
	const char *type = chat_member(c, root, "msgtype");
	bool bare = type != NULL && strcmp(type, "text") == 0;

	f->kind = FACT_MESSAGE;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "wechat";
	if (f->account == NULL)
		f->account = chat_member(c, root, "open_kfid");
	f->external_id = chat_member(c, root, "msgid");
	if (f->external_id == NULL || type == NULL)
		return err_set(e, ERR_DATA, "no \"%s\"", type == NULL ? "msgtype" : "msgid");
	if (chat_time(root, "send_time", in, &f->message.at, e) < 0 ||
	    set_persons(c, f, e) < 0)
		return -1;
	if (strcmp(type, "event") == 0)
		return read_event(c, f, e);
	if (f->who.id == NULL)
		return err_set(e, ERR_DATA, "no \"external_userid\"");
	wecom_text(type, chat_inner(c, wecom_body(root, type)), in->opts.zone, &c->text);
	f->message.text = c->text.len > 0 ? c->text.p : NULL;
	chat_extra(c, f, root, bare ? " msgid open_kfid external_userid send_time origin "
	    "servicer_userid msgtype text " : " msgid open_kfid external_userid send_time origin "
	    "servicer_userid ");
	return 0;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	return chat_next(in, read_fact, f, e);
}

const struct intake_format intake_wxkf = {
	"wxkf", "WeChat customer service (kf/sync_msg), JSON", sniff, open_wxkf, next,
	chat_close, chat_raw
};
