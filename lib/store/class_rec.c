/* class_rec - the "class" and "entities" of a record */
#include <string.h>

#include "store/class_rec.h"
#include "text/utf8.h"

enum { MOST_WHY = 12 };

/* The dimension whose labels are what a message lacks; "nothing" lacks nothing. */
static const char NEEDS[] = "needs";

static bool
is_named(const char *const *names, size_t n, const char *name)
{
	while (n-- > 0)
		if (strcmp(names[n], name) == 0)
			return true;
	return false;
}

/* The rules that counted for the labels that won, each name once. */
static struct node *
why_node(const struct verdict *v)
{
	struct node *why = node_array();
	const char *names[MOST_WHY];
	struct buf text = BUF_INIT;
	size_t i, n = 0;

	for (i = 0; i < v->n_fired && n < MOST_WHY; i++) {
		if (!verdict_counted(v, i) || is_named(names, n, v->fired[i].name))
			continue;
		names[n++] = v->fired[i].name;
		buf_clear(&text);
		buf_str(&text, "rule:");
		buf_str(&text, v->fired[i].name);
		node_push_text(why, buf_cstr(&text));
	}
	buf_release(&text);
	return why;
}

/* The four that every desk has come first, then a user's own dimensions. */
static void
set_labels(struct node *class, const struct verdict *v)
{
	static const char *const usual[] = { "type", "area", "urgency", "sentiment" };
	const size_t n = sizeof(usual) / sizeof(*usual);
	size_t i;

	for (i = 0; i < n; i++)
		if (verdict_label(v, usual[i]) != NULL)
			node_set_text(class, usual[i], verdict_label(v, usual[i]));
	for (i = 0; i < v->n; i++)
		if (strcmp(v->labels[i].dimension, NEEDS) != 0 &&
		    !is_named(usual, n, v->labels[i].dimension))
			node_set_text(class, v->labels[i].dimension, v->labels[i].label);
}

static struct node *
class_node(const struct verdict *v)
{
	struct node *class = node_object(), *needs;
	const char *lacks = verdict_label(v, NEEDS);

	set_labels(class, v);
	/* Two places are as sure as it gets. */
	node_set_real(class, "confidence", (double)(int)(v->confidence * 100 + 0.5) / 100);
	node_set(class, "why", why_node(v));
	if (lacks != NULL && strcmp(lacks, "nothing") != 0) {
		needs = node_array();
		node_push_text(needs, lacks);
		node_set(class, "needs", needs);
	}
	return class;
}

static struct node *
entities_node(const struct findings *fs, const char *text)
{
	struct node *list = node_array();
	struct buf part = BUF_INIT;
	size_t len = strlen(text), byte = 0, chars = 0, i, n;

	for (i = 0; i < fs->n; i++) {
		const struct finding *f = &fs->v[i];
		struct node *one = node_object();

		byte += utf8_offset(text + byte, len - byte, f->start - chars);
		n = utf8_offset(text + byte, len - byte, f->end - f->start);
		chars = f->start;
		buf_clear(&part);
		buf_add(&part, text + byte, n);
		node_set_text(one, "kind", finding_name(f->kind));
		node_set_text(one, "text", buf_cstr(&part));
		node_set_int(one, "start", (int64_t)f->start);
		node_set_int(one, "end", (int64_t)f->end);
		node_push(list, one);
	}
	buf_release(&part);
	return list;
}

void
class_to_rec(struct rec *r, const struct classifier *c)
{
	const char *text = rec_text(r, "text");

	rec_put(r, "entities", entities_node(&c->found, text != NULL ? text : ""));
	rec_put(r, "class", class_node(&c->verdict));
}
