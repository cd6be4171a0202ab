/* qianniu - the chats of a Taobao or Tmall shop, as Qianniu (千牛) keeps them
 *
 * A session has its messages in a list, or they stand one a line.  Ours go by
 * "shop:agent" (or the shop's bare name), the buyer by a nick that holds in all shops.
 */
#include <stdio.h>
#include <string.h>

#include "intake/chat.h"
#include "intake/formats.h"

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return !is_dir && chat_has(head, len, "userNickFrom") && chat_has(head, len, "msg") ?
	    95 : 0;
}

static int
open_qianniu(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	(void)e;
	return chat_open(in, fd, head, len, "userNickFrom");
}

/* The nick without the prefix of the site it is of. */
static const char *
bare_nick(const char *nick)
{
	static const char *const sites[] = { "cntaobao", "cnalichn", "cntmall" };
	size_t i;

	for (i = 0; i < sizeof(sites) / sizeof(*sites); i++) {
		size_t len = strlen(sites[i]);

		if (strncmp(nick, sites[i], len) == 0 && nick[len] != '\0')
			return nick + len;
	}
	return nick;
}

/* Where the agent's name begins in "shop:agent"; NULL: it is no agent's. *LEN is the shop's. */
static const char *
agent_in(const char *nick, size_t *len)
{
	const char *wide = strstr(nick, "：");

	*len = strcspn(nick, ":");
	if (nick[*len] == ':' && *len > 0 && nick[*len + 1] != '\0')
		return nick + *len + 1;
	if (wide == NULL || wide == nick || wide[3] == '\0')
		return NULL;
	*len = (size_t)(wide - nick);
	return wide + 3;
}

/* Whose is what, by the side that has a shop's name. */
static int
set_persons(struct chat *c, struct fact *f, const char *from, const char *to, struct err *e)
{
	struct fact_message *m = &f->message;
	size_t len, size;
	const char *agent = agent_in(from, &len), *ours = from, *buyer = to;
	char *thread;

	m->direction = FACT_OUT;
	if (agent == NULL) {
		agent = agent_in(to, &len);
		ours = to;
		buyer = from;
		m->direction = FACT_IN;
	}
	if (agent == NULL)
		return err_set(e, ERR_DATA, "neither \"%.60s\" nor \"%.60s\" is shop:agent", from,
		    to);
	/* The shop's bare name on the other side is ours, too. */
	if (strlen(buyer) == len && strncmp(buyer, ours, len) == 0)
		m->direction = FACT_NOTE;
	f->agent.id = agent;
	f->agent.name = ours;
	f->agent.role = ROLE_AGENT;
	if (m->direction != FACT_NOTE) {
		f->who.id = buyer;
		f->who.role = ROLE_CUSTOMER;
	}
	size = len + strlen(buyer) + 2;
	thread = arena_alloc(&c->scratch, size);
	snprintf(thread, size, "%.*s|%s", (int)len, ours, buyer);
	m->thread = thread;
	return 0;
}

/* What is no plain text is JSON in a text: its title, or its kind. */
static const char *
text_of(struct chat *c, const char *msg)
{
	static const char *const names[] = { "text", "title", "content", "summary", "itemTitle" };
	const struct node *card;
	size_t i;

	if (msg == NULL || *msg != '{')
		return msg;
	card = chat_inner(c, node_get(c->docs.item, "msg"));
	for (i = 0; node_is_object(card) && i < sizeof(names) / sizeof(*names); i++) {
		const char *title = node_as_text(node_get(card, names[i]));

		if (title == NULL || *title == '\0')
			continue;
		buf_fmt(&c->text, i == 0 ? "%s" : "[卡片: %s]", title);
		return c->text.p;
	}
	return node_is_object(card) ? "[卡片]" : msg;
}

static int
read_fact(struct chat *c, const struct intake *in, struct fact *f, struct err *e)
{
	static const char known[] = " gmtCreated userNickFrom userNickTo msgId msg ";
	static const char but_msg[] = " gmtCreated userNickFrom userNickTo msgId ";
	const struct node *root = c->docs.item;
	const char *from = chat_member(c, root, "userNickFrom");
	const char *to = chat_member(c, root, "userNickTo");
	const char *msg = chat_member(c, root, "msg");

	f->kind = FACT_MESSAGE;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "taobao";
	f->external_id = chat_member(c, root, "msgId");
	if (from == NULL || to == NULL)
		return err_set(e, ERR_DATA, "no \"%s\"", from == NULL ? "userNickFrom" :
		    "userNickTo");
	if (chat_time(root, "gmtCreated", in, &f->message.at, e) < 0 ||
	    set_persons(c, f, bare_nick(from), bare_nick(to), e) < 0)
		return -1;
	f->message.text = text_of(c, msg);
	chat_extra(c, f, root, msg != NULL && *msg == '{' ? but_msg : known);
	return 0;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	return chat_next(in, read_fact, f, e);
}

const struct intake_format intake_qianniu = {
	"qianniu", "the chats of a Taobao shop (千牛), JSON", sniff, open_qianniu, next,
	chat_close, chat_raw
};
