/* cells - a JSON object as names and values */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/cells.h"

enum { DEPTH_MAX = 6, LIST_DEPTH_MAX = 3, ITEMS_MAX = 200 };

struct adding {
	struct cells *c;
	const struct node *skip;
	int depth;
};

static char *
text_of(struct cells *c, const char *s, size_t len, size_t *out_len)
{
	*out_len = len;
	return arena_strn(&c->mem, s, len);
}

/* "a,b" of texts and numbers; false for a list of anything else. */
static bool
list_text(const struct node *list, struct buf *out)
{
	size_t i, n = node_len(list);

	for (i = 0; i < n && i < ITEMS_MAX; i++) {
		const struct node *item = node_at(list, i);
		int64_t v;

		if (i > 0)
			buf_char(out, ',');
		if (node_as_text(item) != NULL)
			buf_str(out, node_as_text(item));
		else if (node_as_int(item, &v))
			buf_fmt(out, "%lld", (long long)v);
		else
			return false;
	}
	return n <= ITEMS_MAX;
}

/* The value as a cell has it. */
static void
value_text(struct cells *c, const struct node *n, struct csvin_field *f)
{
	struct buf text = BUF_INIT;
	const char *s = node_as_text(n);

	if (s != NULL)
		buf_str(&text, s);
	else if (!node_is_array(n) || !list_text(n, &text)) {
		buf_clear(&text);
		node_print(n, &text);
	}
	f->p = text_of(c, buf_cstr(&text), text.len, &f->len);
	buf_release(&text);
}

static struct csvin_field *
new_cell(struct cells *c, const struct node *n)
{
	if (c->n == c->cap) {
		c->cap = c->cap > 0 ? c->cap * 2 : 64;
		c->name = xrealloc(c->name, c->cap * sizeof(*c->name));
		c->value = xrealloc(c->value, c->cap * sizeof(*c->value));
		c->node = xrealloc(c->node, c->cap * sizeof(*c->node));
	}
	c->node[c->n] = n;
	return &c->name[c->n++];
}

static int
add(void *ctx, const char *key, const struct node *n)
{
	struct adding *a = ctx;
	struct cells *c = a->c;
	size_t before = c->path.len;
	struct csvin_field *name;
	int bad = 0;

	if (node_is_null(n) || n == a->skip)
		return 0;
	if (c->n >= CSV_COLUMNS_MAX)
		return -1;
	if (before > 0)
		buf_char(&c->path, '.');
	buf_str(&c->path, *key != '\0' ? key : "?");
	if (node_is_object(n) && a->depth < DEPTH_MAX && node_len(n) > 0) {
		struct adding in = { c, a->skip, a->depth + 1 };

		bad = node_each(n, add, &in);
	} else {
		name = new_cell(c, n);
		name->p = text_of(c, c->path.p, c->path.len, &name->len);
		value_text(c, n, &c->value[c->n - 1]);
	}
	c->path.len = before;
	return bad;
}

bool
cells_add(struct cells *c, const struct node *object, const struct node *skip)
{
	struct adding a = { c, skip, 0 };

	buf_clear(&c->path);
	return node_each(object, add, &a) == 0;
}

void
cells_join(struct cells *c, const struct cells *other)
{
	size_t i;

	for (i = 0; i < other->n; i++) {
		*new_cell(c, other->node[i]) = other->name[i];
		c->value[c->n - 1] = other->value[i];
	}
}

void
cells_clear(struct cells *c)
{
	c->n = 0;
	arena_clear(&c->mem);
}

void
cells_release(struct cells *c)
{
	free(c->name);
	free(c->value);
	free(c->node);
	arena_release(&c->mem);
	buf_release(&c->path);
	memset(c, 0, sizeof(*c));
}

bool
cells_is_list(const char *key, size_t len)
{
	static const char *const names[] = {
		"messages", "message_list", "messageList", "msg_list", "msgList", "msgs",
		"chat_messages", "chatMessages", "chat_records", "chatRecords", "transcript",
		"history", "conversation_parts", "records", "recordList", "list", "items",
		"results", "rows", "data", "comments", "comment_list", "commentList", "tweets",
		"statuses", "posts", "orders", "orderList", "order_list", "customers",
		"contacts", "users", "members", "聊天记录", "消息", "消息列表", "评论", "订单", "客户"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == len && memcmp(names[i], key, len) == 0)
			return true;
	return false;
}

struct seeking {
	const struct node *found;
	int depth;
	bool empty_too;
};

static int
seek(void *ctx, const char *key, const struct node *n)
{
	struct seeking *s = ctx;

	if (node_is_array(n) && cells_is_list(key, strlen(key)) &&
	    (node_is_object(node_at(n, 0)) || (s->empty_too && node_len(n) == 0))) {
		s->found = n;
	} else if (node_is_object(n) && s->depth < LIST_DEPTH_MAX) {
		struct seeking in = { NULL, s->depth + 1, s->empty_too };

		node_each(n, seek, &in);
		s->found = in.found;
	}
	return s->found != NULL;
}

const struct node *
cells_list(const struct node *root, bool empty_too)
{
	struct seeking s = { NULL, 1, empty_too };

	node_each(root, seek, &s);
	return s.found;
}
