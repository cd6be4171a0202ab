/* article_json - articles as JSON objects */
#include <string.h>

#include "base/buf.h"
#include "desk/article.h"

struct reading {
	struct article *a;
	const struct zone *zone;
	struct err *e;
};

/* A value of the head as text: lists with commas between. */
static int
set_value(struct reading *r, const char *key, const struct node *value)
{
	struct buf text = BUF_INIT;
	size_t i;
	int bad;

	if (node_is_null(value))
		return 0;
	if (node_as_text(value) != NULL)
		return article_set(r->a, key, node_as_text(value), r->zone, r->e);
	if (strcmp(key, "auto") == 0)
		return article_set(r->a, key, node_as_bool(value) ? "yes" : "no", r->zone, r->e);
	if (!node_is_array(value))
		return err_set(r->e, ERR_CONFIG, "\"%s\": neither text nor a list", key);
	for (i = 0; i < node_len(value); i++) {
		const char *item = node_as_text(node_at(value, i));

		if (item == NULL) {
			buf_release(&text);
			return err_set(r->e, ERR_CONFIG, "\"%s\": an item is no text", key);
		}
		buf_str(&text, i > 0 ? "," : "");
		buf_str(&text, item);
	}
	bad = article_set(r->a, key, buf_cstr(&text), r->zone, r->e);
	buf_release(&text);
	return bad;
}

static int
on_language(void *ctx, const char *lang, const struct node *value)
{
	struct reading *r = ctx;
	struct article_text *t = article_language(r->a, lang, r->e);
	const struct node *questions = node_get(value, "questions");
	size_t i;

	if (t == NULL)
		return -1;
	t->title = arena_str(&r->a->arena, node_as_text(node_get(value, "title")));
	t->answer = arena_str(&r->a->arena, node_as_text(node_get(value, "answer")));
	for (i = 0; i < node_len(questions); i++) {
		const char *q = node_as_text(node_at(questions, i));

		if (q == NULL)
			return err_set(r->e, ERR_CONFIG, "\"questions\": an item is no text");
		article_list_add(r->a, &t->questions, q, strlen(q));
	}
	return 0;
}

static int
on_key(void *ctx, const char *key, const struct node *value)
{
	struct reading *r = ctx;

	if (strcmp(key, "kind") == 0 || strcmp(key, "version") == 0)
		return 0;
	if (strcmp(key, "text") != 0)
		return set_value(r, key, value);
	if (!node_is_object(value))
		return err_set(r->e, ERR_CONFIG, "\"text\" is no object of languages");
	return node_each(value, on_language, r);
}

int
article_read_json(struct article *a, const struct node *n, const struct zone *z,
    struct err *e)
{
	struct reading r = { a, z, e };

	return node_each(n, on_key, &r) != 0 ? -1 : article_finish(a, e);
}

static void
put_list(struct node *n, const char *key, const struct article_list *l)
{
	struct node *list;
	size_t i;

	if (l->n == 0)
		return;
	list = node_array();
	for (i = 0; i < l->n; i++)
		node_push_text(list, l->v[i]);
	node_set(n, key, list);
}

static struct node *
text_to_json(const struct article_text *t)
{
	struct node *n = node_object();

	node_set_text(n, "title", t->title);
	put_list(n, "questions", &t->questions);
	node_set_text(n, "answer", t->answer);
	return n;
}

struct node *
article_to_json(const struct article *a)
{
	struct node *n = node_object(), *text = node_object();
	size_t i;

	node_set_text(n, "kind", "article");
	node_set_text(n, "id", a->id);
	if (a->type != ARTICLE_FAQ)
		node_set_text(n, "type", article_type_name(a->type));
	if (a->for_staff)
		node_set_text(n, "audience", "staff");
	if (a->automatic)
		node_set_bool(n, "auto", true);
	put_list(n, "area", &a->area);
	put_list(n, "segment", &a->segment);
	put_list(n, "channel", &a->channel);
	put_list(n, "product", &a->product);
	put_list(n, "tags", &a->tags);
	if (a->from != NULL)
		node_set_text(n, "valid_from", a->from);
	if (a->to != NULL)
		node_set_text(n, "valid_to", a->to);
	if (a->offer != NULL)
		node_set_text(n, "offer", a->offer);
	put_list(n, "order", &a->order);
	for (i = 0; i < a->n_texts; i++)
		node_set(text, a->text[i].lang, text_to_json(&a->text[i]));
	node_set(n, "text", text);
	return n;
}
