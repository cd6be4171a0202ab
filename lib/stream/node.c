/* node - JSON values: building, reading, printing */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/json.h"
#include "stream/span.h"

enum { PRINT = JSON_COMPACT | JSON_ENCODE_ANY };

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

static const json_t *
peek(const struct node *n)
{
	return (const json_t *)(const void *)n;
}

static const struct node *
lend(const json_t *v)
{
	return (const struct node *)(const void *)v;
}

json_t *
json_text(const char *text, size_t len, size_t flags, struct err *e)
{
	json_error_t why;
	json_t *v;

	use_own_memory();
	if ((v = json_plain(text, len)) != NULL)
		return v;
	v = json_loadb(text, len, flags | JSON_REJECT_DUPLICATES, &why);
	if (v == NULL)
		err_set(e, ERR_DATA, "not JSON: %s at byte %d", why.text, why.position);
	return v;
}

struct node *
node_object(void)
{
	use_own_memory();
	return json_node(json_object());
}

struct node *
node_array(void)
{
	use_own_memory();
	return json_node(json_array());
}

struct node *
node_text(const char *s)
{
	json_t *v;

	use_own_memory();
	if (s == NULL)
		return json_node(json_null());
	v = json_string(s);
	if (v == NULL) {
		struct buf clean = BUF_INIT;

		span_clean_utf8(s, strlen(s), &clean);
		v = json_string(buf_cstr(&clean));
		buf_release(&clean);
	}
	return json_node(v);
}

struct node *
node_int(int64_t v)
{
	use_own_memory();
	return json_node(json_integer(v));
}

struct node *
node_real(double v)
{
	json_t *real;

	use_own_memory();
	real = json_real(v);
	return json_node(real != NULL ? real : json_null());	/* not finite */
}

struct node *
node_bool(bool v)
{
	return json_node(json_boolean(v));
}

struct node *
node_null(void)
{
	return json_node(json_null());
}

void
node_set(struct node *object, const char *key, struct node *n)
{
	json_object_set_new(json_value(object), key, json_value(n));
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
	json_array_append_new(json_value(array), json_value(n));
}

void
node_push_text(struct node *array, const char *s)
{
	node_push(array, node_text(s));
}

struct node *
node_copy(const struct node *n)
{
	return json_node(json_deep_copy(peek(n)));
}

void
node_free(struct node *n)
{
	if (n != NULL)
		json_decref(json_value(n));
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
	return json_node(json_text(text, len, JSON_DECODE_ANY, e));
}
