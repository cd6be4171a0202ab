/* rec - one JSON record: read it, add to it, print it as it came */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/json.h"
#include "stream/jtext.h"
#include "stream/rec.h"
#include "stream/span.h"

void
rec_hold(struct rec *r, const char *text, size_t len)
{
	r->raw = xstrndup(text, len);
	r->len = len;
}

int
rec_read(struct rec *r, struct err *e)
{
	json_t *v = json_text(r->raw, r->len, 0, e);

	if (v == NULL)
		return -1;
	if (!json_is_object(v)) {
		json_decref(v);
		return err_set(e, ERR_DATA, "not a JSON object");
	}
	r->root = json_node(v);
	return 0;
}

int
rec_parse(struct rec *r, const char *text, size_t len, struct err *e)
{
	rec_hold(r, text, len);
	return rec_read(r, e);
}

void
rec_from_node(struct rec *r, struct node *root)
{
	struct buf text = BUF_INIT;

	*r = (struct rec)REC_INIT;
	node_print(root, &text);
	r->len = text.len;
	r->raw = buf_take(&text);
	r->root = root;
}

void
rec_release(struct rec *r)
{
	if (r->root != NULL)
		json_decref(json_value(r->root));
	free(r->raw);
	buf_release(&r->added);
	*r = (struct rec)REC_INIT;
}

void
rec_move(struct rec *to, struct rec *from)
{
	*to = *from;
	*from = (struct rec)REC_INIT;
}

const struct node *
rec_node(const struct rec *r, const char *path)
{
	const struct node *n = r->root;
	char key[128];

	while (n != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		if (len >= sizeof(key))
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		n = node_get(n, key);
		path += len + (path[len] == '.');
	}
	return node_is_null(n) ? NULL : n;
}

const char *
rec_text(const struct rec *r, const char *path)
{
	return node_as_text(rec_node(r, path));
}

bool
rec_int(const struct rec *r, const char *path, int64_t *v)
{
	return node_as_int(rec_node(r, path), v);
}

bool
rec_bool(const struct rec *r, const char *path)
{
	return node_as_bool(rec_node(r, path));
}

bool
rec_is(const struct rec *r, const char *kind)
{
	const char *k = rec_text(r, "kind");

	return k != NULL && strcmp(k, kind) == 0;
}

static void
take_text(struct rec *r, struct buf *text)
{
	free(r->raw);
	r->len = text->len;
	r->raw = buf_take(text);
}

/* Cuts the member KEY out of the raw bytes, with its comma.  A key spelt with escapes
 * is not found there: then the record is printed anew. */
static void
cut(struct rec *r, const char *key)
{
	struct buf text = BUF_INIT;
	size_t start, end;

	json_object_del(json_value(r->root), key);
	if (!span_of_member(r->raw, r->len, key, &start, &end)) {
		node_print(r->root, &text);
		take_text(r, &text);
		return;
	}
	memmove(r->raw + start, r->raw + end, r->len - end + 1);
	r->len -= end - start;
}

/* Prints what was added into the raw bytes: the rare case of adding a key twice. */
static void
settle(struct rec *r)
{
	struct buf line = BUF_INIT;

	rec_print(r, &line);
	line.p[--line.len] = '\0';
	take_text(r, &line);
	buf_clear(&r->added);
}

static void
add_text(struct rec *r, const char *key, const struct node *n)
{
	const char *s = node_as_text(n);

	buf_char(&r->added, ',');
	jtext_string(&r->added, key, strlen(key));
	buf_char(&r->added, ':');
	if (s != NULL)
		jtext_string(&r->added, s, strlen(s));
	else
		node_print(n, &r->added);
}

void
rec_slim(struct rec *r)
{
	node_free(r->root);
	r->root = NULL;
}

/* Cuts the field KEY out if the record has it. */
static void
make_way(struct rec *r, const char *key)
{
	if (node_get(r->root, key) == NULL)
		return;
	if (r->added.len > 0)
		settle(r);
	cut(r, key);
}

void
rec_put_text(struct rec *r, const char *key, const char *json, size_t len)
{
	make_way(r, key);
	buf_fmt(&r->added, ",\"%s\":", key);
	buf_add(&r->added, json, len);
	rec_slim(r);
}

void
rec_put(struct rec *r, const char *key, struct node *n)
{
	make_way(r, key);
	add_text(r, key, n);
	if (r->root != NULL)
		node_set(r->root, key, n);
	else
		node_free(n);
}

void
rec_put_int(struct rec *r, const char *key, int64_t v)
{
	if (r->root == NULL)
		buf_fmt(&r->added, ",\"%s\":%lld", key, (long long)v);
	else
		rec_put(r, key, node_int(v));
}

void
rec_put_bool(struct rec *r, const char *key, bool v)
{
	if (r->root == NULL)
		buf_fmt(&r->added, ",\"%s\":%s", key, v ? "true" : "false");
	else
		rec_put(r, key, node_bool(v));
}

void
rec_print(const struct rec *r, struct buf *out)
{
	size_t brace = r->len;
	size_t inner;

	if (r->added.len == 0) {
		buf_add(out, r->raw, r->len);
		buf_char(out, '\n');
		return;
	}
	while (r->raw[--brace] != '}')
		;
	buf_add(out, r->raw, brace);
	for (inner = brace; inner > 0 && strchr(" \t\r\n", r->raw[inner - 1]) != NULL; inner--)
		;
	if (inner > 0 && r->raw[inner - 1] == '{')
		buf_add(out, r->added.p + 1, r->added.len - 1);	/* no member before ours */
	else
		buf_add(out, r->added.p, r->added.len);
	buf_str(out, "}\n");
}
