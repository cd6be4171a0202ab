/* rec - one JSON record: read it, add to it, print it as it came */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/rec.h"
#include "stream/span.h"

enum { PARSE = JSON_REJECT_DUPLICATES, PRINT = JSON_COMPACT | JSON_ENCODE_ANY };

/* jansson reports a failed allocation as a syntax error, and bad data would be blamed
 * for it: so its allocations end the program with 71 like all others. */
static void
use_own_memory(void)
{
	static bool done;

	if (!done)
		json_set_alloc_funcs(xmalloc, free);
	done = true;
}

static json_t *
value(struct node *n)
{
	return (json_t *)(void *)n;
}

static const json_t *
peek(const struct node *n)
{
	return (const json_t *)(const void *)n;
}

static struct node *
own(json_t *v)
{
	return (struct node *)(void *)v;
}

static const struct node *
lend(const json_t *v)
{
	return (const struct node *)(const void *)v;
}

static json_t *
load(const char *text, size_t len, size_t flags, struct err *e)
{
	json_error_t why;
	json_t *v;

	use_own_memory();
	v = json_loadb(text, len, flags, &why);
	if (v == NULL)
		err_set(e, ERR_DATA, "not JSON: %s at byte %d", why.text, why.position);
	return v;
}

void
rec_hold(struct rec *r, const char *text, size_t len)
{
	r->raw = xstrndup(text, len);
	r->len = len;
}

int
rec_read(struct rec *r, struct err *e)
{
	json_t *v = load(r->raw, r->len, PARSE, e);

	if (v == NULL)
		return -1;
	if (!json_is_object(v)) {
		json_decref(v);
		return err_set(e, ERR_DATA, "not a JSON object");
	}
	r->root = own(v);
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
		json_decref(value(r->root));
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

	json_object_del(value(r->root), key);
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
	struct node *k = node_text(key);

	buf_char(&r->added, ',');
	node_print(k, &r->added);
	buf_char(&r->added, ':');
	node_print(n, &r->added);
	node_free(k);
}

void
rec_slim(struct rec *r)
{
	node_free(r->root);
	r->root = NULL;
}

void
rec_put(struct rec *r, const char *key, struct node *n)
{
	if (node_get(r->root, key) != NULL) {
		if (r->added.len > 0)
			settle(r);
		cut(r, key);
	}
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

struct node *
node_object(void)
{
	use_own_memory();
	return own(json_object());
}

struct node *
node_array(void)
{
	use_own_memory();
	return own(json_array());
}

struct node *
node_text(const char *s)
{
	json_t *v;

	use_own_memory();
	if (s == NULL)
		return own(json_null());
	v = json_string(s);
	if (v == NULL) {
		struct buf clean = BUF_INIT;

		span_clean_utf8(s, strlen(s), &clean);
		v = json_string(buf_cstr(&clean));
		buf_release(&clean);
	}
	return own(v);
}

struct node *
node_int(int64_t v)
{
	use_own_memory();
	return own(json_integer(v));
}

struct node *
node_real(double v)
{
	json_t *real;

	use_own_memory();
	real = json_real(v);
	return own(real != NULL ? real : json_null());	/* not finite */
}

struct node *
node_bool(bool v)
{
	return own(json_boolean(v));
}

struct node *
node_null(void)
{
	return own(json_null());
}

void
node_set(struct node *object, const char *key, struct node *n)
{
	json_object_set_new(value(object), key, value(n));
}

void
node_set_text(struct node *object, const char *key, const char *s)
{
	node_set(object, key, node_text(s));
}

void
node_set_int(struct node *object, const char *key, int64_t v)
{
	node_set(object, key, node_int(v));
}

void
node_set_real(struct node *object, const char *key, double v)
{
	node_set(object, key, node_real(v));
}

void
node_set_bool(struct node *object, const char *key, bool v)
{
	node_set(object, key, node_bool(v));
}

void
node_push(struct node *array, struct node *n)
{
	json_array_append_new(value(array), value(n));
}

void
node_push_text(struct node *array, const char *s)
{
	node_push(array, node_text(s));
}

struct node *
node_copy(const struct node *n)
{
	return own(json_deep_copy(peek(n)));
}

void
node_free(struct node *n)
{
	if (n != NULL)
		json_decref(value(n));
}

const struct node *
node_get(const struct node *object, const char *key)
{
	return lend(json_object_get(peek(object), key));
}

const struct node *
node_at(const struct node *array, size_t i)
{
	return lend(json_array_get(peek(array), i));
}

size_t
node_len(const struct node *n)
{
	return json_is_array(peek(n)) ? json_array_size(peek(n)) : json_object_size(peek(n));
}

const char *
node_as_text(const struct node *n)
{
	return json_string_value(peek(n));
}

bool
node_as_int(const struct node *n, int64_t *v)
{
	if (!json_is_integer(peek(n)))
		return false;
	*v = json_integer_value(peek(n));
	return true;
}

bool
node_as_real(const struct node *n, double *v)
{
	if (!json_is_number(peek(n)))
		return false;
	*v = json_number_value(peek(n));
	return true;
}

bool
node_as_bool(const struct node *n)
{
	return json_is_true(peek(n));
}

bool
node_is_null(const struct node *n)
{
	return n == NULL || json_is_null(peek(n));
}

bool
node_is_object(const struct node *n)
{
	return json_is_object(peek(n));
}

bool
node_is_array(const struct node *n)
{
	return json_is_array(peek(n));
}

int
node_each(const struct node *object,
    int (*fn)(void *ctx, const char *key, const struct node *value), void *ctx)
{
	/* jansson's iterators take a mutable object but change nothing. */
	json_t *o = (json_t *)(uintptr_t)peek(object);
	void *at;
	int stop = 0;

	for (at = json_object_iter(o); at != NULL && stop == 0;
	    at = json_object_iter_next(o, at))
		stop = fn(ctx, json_object_iter_key(at), lend(json_object_iter_value(at)));
	return stop;
}

void
node_print(const struct node *n, struct buf *out)
{
	size_t flags = PRINT | JSON_REAL_PRECISION(15);
	size_t room = out->cap > out->len ? out->cap - out->len - 1 : 0;
	size_t need = json_dumpb(peek(n), room > 0 ? out->p + out->len : NULL, room, flags);

	if (need > room) {
		buf_room(out, need);
		json_dumpb(peek(n), out->p + out->len, need, flags);
	}
	out->len += need;
	if (out->p != NULL)
		out->p[out->len] = '\0';
}

struct node *
node_parse(const char *text, size_t len, struct err *e)
{
	return own(load(text, len, PARSE | JSON_DECODE_ANY, e));
}
