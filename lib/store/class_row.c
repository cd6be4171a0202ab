/* class_row - what was found in one message, on its way to a record and to the database */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "store/class_row.h"
#include "stream/jtext.h"
#include "text/utf8.h"

enum { MOST_WHY = 12 };

/* The dimension whose labels are what a message lacks; "nothing" lacks nothing. */
static const char NEEDS[] = "needs";
static const char *const usual[] = { "type", "area", "urgency", "sentiment" };

static bool
is_named(const char *const *names, size_t n, const char *name)
{
	while (n-- > 0)
		if (strcmp(names[n], name) == 0)
			return true;
	return false;
}

static void
add_reason(struct buf *out, const char *kind, const char *what)
{
	if (out->p[out->len - 1] != '[')
		buf_char(out, ',');
	buf_char(out, '"');		/* neither needs escapes (csr-rules(5), csr-model(5)) */
	buf_str(out, kind);
	buf_str(out, what);
	buf_char(out, '"');
}

/* The least share a model gave a label of the first two dimensions, and the dimensions a
 * person should look at. */
static void
add_models(struct buf *out, const struct verdict *v)
{
	double least = 2;
	char share[8];
	size_t i;

	for (i = 0; i < v->n && i < 2; i++)
		if (v->labels[i].share >= 0 && v->labels[i].share < least)
			least = v->labels[i].share;
	if (least <= 1) {
		snprintf(share, sizeof(share), "%.2f", least);
		add_reason(out, "model:", share);
	}
	for (i = 0; i < v->n; i++)
		if (v->labels[i].unsure)
			add_reason(out, "unsure:", v->labels[i].dimension);
}

/* The rules that counted for the labels that won, each name once, and the models. */
static void
add_why(struct buf *out, const struct verdict *v)
{
	const char *names[MOST_WHY];
	size_t i, n = 0;

	buf_char(out, '[');
	for (i = 0; i < v->n_fired && n < MOST_WHY; i++) {
		if (!verdict_counted(v, i) || is_named(names, n, v->fired[i].name))
			continue;
		names[n++] = v->fired[i].name;
		add_reason(out, "rule:", v->fired[i].name);
	}
	add_models(out, v);
	buf_char(out, ']');
}

/* The labels of a user's own dimensions, as an object; false if there are none. */
static bool
add_more(struct buf *out, const struct verdict *v)
{
	size_t i, n = 0;

	buf_char(out, '{');
	for (i = 0; i < v->n; i++)
		if (strcmp(v->labels[i].dimension, NEEDS) != 0 &&
		    !is_named(usual, 4, v->labels[i].dimension)) {
			jtext_member(out, v->labels[i].dimension, v->labels[i].label);
			n++;
		}
	buf_char(out, '}');
	return n > 0;
}

static bool
add_needs(struct buf *out, const struct verdict *v)
{
	const char *lacks = verdict_label(v, NEEDS);

	if (lacks == NULL || strcmp(lacks, "nothing") == 0)
		return false;
	buf_char(out, '[');
	jtext_string(out, lacks, strlen(lacks));
	buf_char(out, ']');
	return true;
}

/* Where the texts of a row begin in one buffer; each ends in NUL. */
struct layout {
	size_t why, needs, more, entities;
	bool has_needs, has_more;
};

static struct layout
lay_out(struct buf *out, const struct classifier *c, const char *text)
{
	struct layout at = { .why = out->len };
	size_t len = strlen(text), byte = 0, chars = 0, i, n;

	add_why(out, &c->verdict);
	buf_char(out, '\0');
	at.needs = out->len;
	at.has_needs = add_needs(out, &c->verdict);
	buf_char(out, '\0');
	at.more = out->len;
	at.has_more = add_more(out, &c->verdict);
	buf_char(out, '\0');
	at.entities = out->len;
	for (i = 0; i < c->found.n; i++) {
		byte += utf8_offset(text + byte, len - byte, c->found.v[i].start - chars);
		chars = c->found.v[i].start;
		n = utf8_offset(text + byte, len - byte, c->found.v[i].end - chars);
		buf_add(out, text + byte, n);
		buf_char(out, '\0');
	}
	return at;
}

/* The rules that held and do not speak against; returns how many. */
static size_t
fill_hits(struct rule_hit *hits, const struct verdict *v)
{
	size_t i, n = 0;

	for (i = 0; i < v->n_fired; i++)
		if (v->fired[i].weight >= 0)
			hits[n++] = (struct rule_hit){ v->fired[i].dimension, v->fired[i].label,
				v->fired[i].name, verdict_counted(v, i) };
	return n;
}

struct class_row *
class_row_new(const struct classifier *c, const char *text)
{
	struct buf texts = BUF_INIT;
	struct layout at = lay_out(&texts, c, text);
	size_t list = sizeof(struct class_row) + c->found.n * sizeof(struct class_entity), i;
	size_t head = list + c->verdict.n_fired * sizeof(struct rule_hit);
	struct class_row *row = xmalloc(head + texts.len);
	char *base = (char *)row + head, *p = base + at.entities;
	struct rule_hit *hits = (void *)((char *)row + list);

	memcpy(base, texts.p, texts.len);
	buf_release(&texts);
	*row = (struct class_row){ .type = verdict_label(&c->verdict, "type"),
		.area = verdict_label(&c->verdict, "area"),
		.urgency = verdict_label(&c->verdict, "urgency"),
		.sentiment = verdict_label(&c->verdict, "sentiment"),
		.confidence = (double)(int)(c->verdict.confidence * 100 + 0.5) / 100,
		.why = base + at.why, .needs = at.has_needs ? base + at.needs : NULL,
		.more = at.has_more ? base + at.more : NULL, .hits = hits,
		.n_hits = fill_hits(hits, &c->verdict), .n = c->found.n };
	for (i = 0; i < row->n; i++, p += strlen(p) + 1)
		row->entities[i] = (struct class_entity){ finding_name(c->found.v[i].kind), p,
			c->found.v[i].start, c->found.v[i].end };
	return row;
}

static void
add_number(struct buf *out, const char *key, size_t v)
{
	char digits[24], *p = digits + sizeof(digits);

	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	jtext_key(out, key);
	buf_add(out, p, (size_t)(digits + sizeof(digits) - p));
}

static void
add_entities(struct buf *out, const struct class_row *row)
{
	size_t i;

	buf_char(out, '[');
	for (i = 0; i < row->n; i++) {
		if (i > 0)
			buf_char(out, ',');
		buf_char(out, '{');
		jtext_member(out, "kind", row->entities[i].kind);
		jtext_member(out, "text", row->entities[i].text);
		add_number(out, "start", row->entities[i].start);
		add_number(out, "end", row->entities[i].end);
		buf_char(out, '}');
	}
	buf_char(out, ']');
}

static void
add_class(struct buf *out, const struct class_row *row)
{
	size_t hundredths = (size_t)(row->confidence * 100 + 0.5);

	buf_char(out, '{');
	jtext_member(out, "type", row->type);
	jtext_member(out, "area", row->area);
	jtext_member(out, "urgency", row->urgency);
	jtext_member(out, "sentiment", row->sentiment);
	if (row->more != NULL) {
		if (out->p[out->len - 1] != '{')
			buf_char(out, ',');
		buf_add(out, row->more + 1, strlen(row->more) - 2);
	}
	jtext_key(out, "confidence");
	buf_str(out, hundredths < 100 ? "0." : "1.");
	buf_char(out, (char)('0' + hundredths / 10 % 10));
	buf_char(out, (char)('0' + hundredths % 10));
	jtext_key(out, "why");
	buf_str(out, row->why);
	if (row->needs != NULL) {
		jtext_key(out, "needs");
		buf_str(out, row->needs);
	}
	buf_char(out, '}');
}

/* Replacing takes the tree, which the first rec_put_text() gives back. */
static void
put(struct rec *r, const char *key, const struct buf *json, bool replace)
{
	struct err none;

	if (replace)
		rec_put(r, key, node_parse(json->p, json->len, &none));
	else
		rec_put_text(r, key, json->p, json->len);
}

void
class_row_put(const struct class_row *row, struct rec *r)
{
	bool replace = rec_node(r, "class") != NULL;
	struct buf json = BUF_INIT;

	add_entities(&json, row);
	put(r, "entities", &json, replace);
	buf_clear(&json);
	add_class(&json, row);
	put(r, "class", &json, replace);
	buf_release(&json);
}
