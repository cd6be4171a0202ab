/* wecom_text - what a message of the WeCom archive says, in words */
#include <stdbool.h>
#include <string.h>

#include "intake/wecom_text.h"
#include "time/tm.h"

enum { DEPTH_MAX = 4, ITEMS_MAX = 200 };	/* of forwarded chats within chats */

/* What each type is called, the members that name it, and the one that is a length in
 * seconds, or (with an @) a time.  (developer.work.weixin.qq.com/document/path/91774; the
 * types of messages to customer service: path/94670) */
static const struct kind {
	const char *type, *label, *names[3], *number;
} kinds[] = {
	{ "image", "图片", { NULL }, NULL },
	{ "voice", "语音", { NULL }, "play_length" },
	{ "video", "视频", { NULL }, "play_length" },
	{ "file", "文件", { "filename" }, NULL },
	{ "emotion", "表情", { NULL }, NULL },
	{ "card", "名片", { "corpname", "userid" }, NULL },
	{ "business_card", "名片", { "userid" }, NULL },
	{ "location", "位置", { "title", "name", "address" }, NULL },
	{ "link", "链接", { "title", "link_url", "url" }, NULL },
	{ "weapp", "小程序", { "displayname", "title" }, NULL },
	{ "miniprogram", "小程序", { "title" }, NULL },
	{ "todo", "待办", { "title", "content" }, NULL },
	{ "vote", "投票", { "votetitle" }, NULL },
	{ "collect", "填表", { "title", "room_name" }, NULL },
	{ "redpacket", "红包", { "wish" }, NULL },
	{ "external_redpacket", "红包", { "wish" }, NULL },
	{ "meeting", "会议", { "topic", "address", "remarks" }, "@starttime" },
	{ "meeting_voice_call", "语音会议", { NULL }, "@endtime" },
	{ "meeting_notification", "会议通知", { "topic" }, NULL },
	{ "docmsg", "文档", { "title", "link_url" }, NULL },
	{ "calendar", "日程", { "title", "place", "remarks" }, "@starttime" },
	{ "voip_doc_share", "通话中的文档", { "filename" }, NULL },
	{ "voiptext", "通话", { NULL }, "callduration" },
	{ "qydiskfile", "微盘文件", { "filename" }, NULL },
	{ "sphfeed", "视频号", { "sph_name", "feed_desc" }, NULL },
	{ "channels", "视频号", { "nickname", "title" }, NULL },
	{ "channels_shop_product", "商品", { "title", "sales_price" }, NULL },
	{ "channels_shop_order", "订单", { "order_id", "product_titles", "price_wording" }, NULL },
	{ "chatrecord", "聊天记录", { "title" }, NULL },
	{ "merged_msg", "聊天记录", { "title" }, NULL },
	{ "msgmenu", "菜单", { NULL }, NULL },
	{ "note", "笔记", { NULL }, NULL },
	{ "news", "图文", { NULL }, NULL },
};

const struct node *
wecom_body(const struct node *message, const char *type)
{
	static const char *const others[] = { "info", "doc" };
	const struct node *body = node_get(message, type);
	size_t i;

	for (i = 0; i < 2 && !node_is_object(body) && node_as_text(body) == NULL; i++)
		body = node_get(message, others[i]);
	return node_is_object(body) || node_as_text(body) != NULL ? body : NULL;
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

/* A length in seconds, or a time. */
static void
add_number(const char *key, const struct node *body, const struct zone *z, struct buf *out)
{
	bool is_time = *key == '@';
	char text[TM_SIZE];
	int64_t v;

	if (!node_as_int(node_get(body, key + is_time), &v) || v <= 0)
		return;
	if (!is_time)
		buf_fmt(out, " %lld秒", (long long)v);
	else if (v < INT64_C(100000000000))	/* 2026-10-01T09:00 */
		buf_fmt(out, " %.10s %.5s", tm_format(v * 1000, z, text), text + 11);
}

/* [文件: 行程单.pdf], [语音 12秒], and for types nobody knows [type]. */
static void
add_label(const char *type, const struct node *body, const struct zone *z, struct buf *out)
{
	const struct kind *k = find_kind(type);
	size_t i, named = 0;

	buf_fmt(out, "[%s", k != NULL ? k->label : type);
	for (i = 0; k != NULL && i < 3 && k->names[i] != NULL; i++) {
		const char *name = node_as_text(node_get(body, k->names[i]));

		if (name != NULL && *name != '\0')
			buf_fmt(out, "%s%s", named++ == 0 ? ": " : " ", name);
	}
	if (k != NULL && k->number != NULL)
		add_number(k->number, body, z, out);
	buf_char(out, ']');
}

static void add_text(const char *type, const struct node *body, const struct zone *z,
    struct buf *out, int depth);

/* "ChatRecordText" is the text of forwarded chats, and so on. */
static const char *
item_type(const struct node *item, char *lower, size_t size)
{
	static const char prefix[] = "ChatRecord";
	const char *type = node_as_text(node_get(item, "type"));
	size_t i;

	if (type == NULL)
		type = node_as_text(node_get(item, "msgtype"));
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
add_item(const struct node *item, const struct zone *z, struct buf *out, int depth)
{
	const struct node *content = node_get(item, "content");
	const char *name = node_as_text(node_get(item, "sender_name")), *text;
	char lower[40];
	const char *type = item_type(item, lower, sizeof(lower));
	struct node *inner = NULL;
	struct err unused;

	if (node_is_null(content))
		content = node_get(item, "msg_content");
	text = node_as_text(content);
	if (text != NULL)
		inner = node_parse(text, strlen(text), &unused);
	if (name != NULL)
		buf_fmt(out, "%s: ", name);
	if (node_is_object(inner))
		add_text(type, node_is_object(node_get(inner, type)) ? node_get(inner, type) :
		    inner, z, out, depth + 1);
	else if (text != NULL)
		buf_str(out, text);
	else
		add_text(type, node_is_object(content) ? content : item, z, out, depth + 1);
	node_free(inner);
}

static void
add_items(const struct node *items, const struct zone *z, struct buf *out, int depth)
{
	size_t i;

	for (i = 0; depth < DEPTH_MAX && i < node_len(items) && i < ITEMS_MAX; i++) {
		if (out->len > 0 && out->p[out->len - 1] != '\n')
			buf_char(out, '\n');
		add_item(node_at(items, i), z, out, depth);
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

/* A line for each item: a text, or an object's member KEY. */
static void
add_lines(const struct node *items, const char *key, struct buf *out)
{
	size_t i;

	for (i = 0; i < node_len(items) && i < ITEMS_MAX; i++) {
		const struct node *item = node_at(items, i);
		const char *text = node_as_text(item);

		if (text == NULL)
			text = node_as_text(node_get(item, key));
		if (text != NULL)
			buf_fmt(out, "\n- %s", text);
	}
}

/* Head, choices and tail of a menu sent to a customer. */
static void
add_menu(const struct node *body, struct buf *out)
{
	const char *head = node_as_text(node_get(body, "head_content"));
	const char *tail = node_as_text(node_get(body, "tail_content"));
	const struct node *list = node_get(body, "list");
	size_t i;

	buf_str(out, head != NULL ? head : "[菜单]");
	for (i = 0; i < node_len(list) && i < ITEMS_MAX; i++) {
		const char *type = node_as_text(node_get(node_at(list, i), "type"));
		const struct node *choice = node_get(node_at(list, i), type != NULL ? type : "");
		const char *text = node_as_text(node_get(choice, "content"));

		if (text != NULL)
			buf_fmt(out, "\n- %s", text);
	}
	if (tail != NULL)
		buf_fmt(out, "\n%s", tail);
}

static void
add_text(const char *type, const struct node *body, const struct zone *z, struct buf *out,
    int depth)
{
	const char *content = node_as_text(node_get(body, "content"));
	const struct node *items = node_get(body, "item");
	bool is_text = strcmp(type, "text") == 0 || strcmp(type, "markdown") == 0;

	if (is_text && content == NULL)
		content = node_as_text(body);
	if (is_text && content != NULL) {
		buf_str(out, content);
	} else if (strcmp(type, "mixed") == 0 && node_is_array(items)) {
		add_items(items, z, out, depth);
	} else if (strcmp(type, "news") == 0 && node_is_array(items)) {
		add_news(items, out);
	} else if (strcmp(type, "msgmenu") == 0) {
		add_menu(body, out);
	} else {
		add_label(type, body, z, out);
		if (strcmp(type, "chatrecord") == 0 || strcmp(type, "merged_msg") == 0)
			add_items(items, z, out, depth);
		if (strcmp(type, "vote") == 0)
			add_lines(node_get(body, "voteitem"), "title", out);
		if (strcmp(type, "collect") == 0)
			add_lines(node_get(body, "details"), "ques", out);
	}
}

void
wecom_text(const char *type, const struct node *body, const struct zone *z, struct buf *out)
{
	add_text(type, body, z, out, 0);
}
