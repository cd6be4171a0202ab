/* wecom_text - what a message of the WeCom archive says, in words */
#include <stdbool.h>
#include <string.h>

#include "intake/wecom_text.h"

enum { DEPTH_MAX = 4, ITEMS_MAX = 200 };	/* of forwarded chats within chats */

/* What each type is called, the members that name it, and the one that is a length in
 * seconds.  (developer.work.weixin.qq.com/document/path/91774) */
static const struct kind {
	const char *type, *label, *names[3], *seconds;
} kinds[] = {
	{ "image", "图片", { NULL }, NULL },
	{ "voice", "语音", { NULL }, "play_length" },
	{ "video", "视频", { NULL }, "play_length" },
	{ "file", "文件", { "filename" }, NULL },
	{ "emotion", "表情", { NULL }, NULL },
	{ "card", "名片", { "corpname", "userid" }, NULL },
	{ "location", "位置", { "title", "address" }, NULL },
	{ "link", "链接", { "title", "link_url" }, NULL },
	{ "weapp", "小程序", { "displayname", "title" }, NULL },
	{ "todo", "待办", { "title", "content" }, NULL },
	{ "vote", "投票", { "votetitle" }, NULL },
	{ "collect", "填表", { "title", "room_name" }, NULL },
	{ "redpacket", "红包", { "wish" }, NULL },
	{ "external_redpacket", "红包", { "wish" }, NULL },
	{ "meeting", "会议", { "topic" }, NULL },
	{ "meeting_voice_call", "语音会议", { NULL }, NULL },
	{ "meeting_notification", "会议通知", { "topic" }, NULL },
	{ "docmsg", "文档", { "title", "link_url" }, NULL },
	{ "calendar", "日程", { "title", "place" }, NULL },
	{ "voip_doc_share", "通话中的文档", { "filename" }, NULL },
	{ "voiptext", "通话", { NULL }, "callduration" },
	{ "qydiskfile", "微盘文件", { "filename" }, NULL },
	{ "sphfeed", "视频号", { "sph_name", "feed_desc" }, NULL },
	{ "chatrecord", "聊天记录", { "title" }, NULL },
	{ "news", "图文", { NULL }, NULL },
};

const struct node *
wecom_body(const struct node *message, const char *type)
{
	const struct node *body = node_get(message, type);

	if (!node_is_object(body))
		body = node_get(message, "info");
	if (!node_is_object(body))
		body = node_get(message, "doc");
	return node_is_object(body) ? body : NULL;
}

static const struct kind *
find_kind(const char *type)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].type, type) == 0)
			return &kinds[i];
	return NULL;
}

/* [文件: 行程单.pdf], [语音 12秒], and for types nobody knows [type]. */
static void
add_label(const char *type, const struct node *body, struct buf *out)
{
	const struct kind *k = find_kind(type);
	size_t i, named = 0;
	int64_t seconds;

	buf_fmt(out, "[%s", k != NULL ? k->label : type);
	for (i = 0; k != NULL && i < 3 && k->names[i] != NULL; i++) {
		const char *name = node_as_text(node_get(body, k->names[i]));

		if (name != NULL && *name != '\0')
			buf_fmt(out, "%s%s", named++ == 0 ? ": " : " ", name);
	}
	if (k != NULL && k->seconds != NULL && node_as_int(node_get(body, k->seconds), &seconds))
		buf_fmt(out, " %lld秒", (long long)seconds);
	buf_char(out, ']');
}

static void add_text(const char *type, const struct node *body, struct buf *out, int depth);

/* "ChatRecordText" is the text of forwarded chats, and so on. */
static const char *
item_type(const struct node *item, char *lower, size_t size)
{
	static const char prefix[] = "ChatRecord";
	const char *type = node_as_text(node_get(item, "type"));
	size_t i;

	if (type == NULL)
		return "text";
	if (strncmp(type, prefix, sizeof(prefix) - 1) == 0)
		type += sizeof(prefix) - 1;
	for (i = 0; type[i] != '\0' && i + 1 < size; i++)
		lower[i] = (char)(type[i] >= 'A' && type[i] <= 'Z' ? type[i] + 32 : type[i]);
	lower[i] = '\0';
	return lower;
}

/* An item's content is an object written as a string within the string. */
static void
add_item(const struct node *item, struct buf *out, int depth)
{
	const struct node *content = node_get(item, "content");
	const char *text = node_as_text(content);
	char lower[40];
	const char *type = item_type(item, lower, sizeof(lower));
	struct node *inner = NULL;
	struct err unused;

	if (text != NULL)
		inner = node_parse(text, strlen(text), &unused);
	if (node_is_object(inner))
		add_text(type, inner, out, depth + 1);
	else if (text != NULL)
		buf_str(out, text);
	else
		add_text(type, node_is_object(content) ? content : item, out, depth + 1);
	node_free(inner);
}

static void
add_items(const struct node *items, struct buf *out, int depth)
{
	size_t i;

	for (i = 0; depth < DEPTH_MAX && i < node_len(items) && i < ITEMS_MAX; i++) {
		if (out->len > 0 && out->p[out->len - 1] != '\n')
			buf_char(out, '\n');
		add_item(node_at(items, i), out, depth);
	}
}

static void
add_news(const struct node *items, struct buf *out)
{
	size_t i;

	for (i = 0; i < node_len(items) && i < ITEMS_MAX; i++) {
		const char *title = node_as_text(node_get(node_at(items, i), "title"));
		const char *url = node_as_text(node_get(node_at(items, i), "url"));

		buf_fmt(out, "%s[图文: %s%s%s]", i > 0 ? "\n" : "", title != NULL ? title : "",
		    url != NULL ? " " : "", url != NULL ? url : "");
	}
}

static void
add_votes(const struct node *items, struct buf *out)
{
	size_t i;

	for (i = 0; i < node_len(items) && i < ITEMS_MAX; i++) {
		const char *text = node_as_text(node_at(items, i));

		if (text != NULL)
			buf_fmt(out, "\n- %s", text);
	}
}

static void
add_text(const char *type, const struct node *body, struct buf *out, int depth)
{
	const char *content = node_as_text(node_get(body, "content"));
	const struct node *items = node_get(body, "item");

	if ((strcmp(type, "text") == 0 || strcmp(type, "markdown") == 0) && content != NULL) {
		buf_str(out, content);
		return;
	}
	if (strcmp(type, "mixed") == 0 && node_is_array(items)) {
		add_items(items, out, depth);
		return;
	}
	if (strcmp(type, "news") == 0 && node_is_array(items)) {
		add_news(items, out);
		return;
	}
	add_label(type, body, out);
	if (strcmp(type, "chatrecord") == 0)
		add_items(items, out, depth);
	if (strcmp(type, "vote") == 0)
		add_votes(node_get(body, "voteitem"), out);
}

void
wecom_text(const char *type, const struct node *body, struct buf *out)
{
	add_text(type, body, out, 0);
}
