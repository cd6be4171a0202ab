/* labels - what is known of a ticket by name, and conditions on it */
#include <string.h>

#include "base/buf.h"
#include "desk/labels.h"

static const char *const names[DIM_N] = {
	"type", "area", "urgency", "sentiment", "segment", "language", "channel", "account",
	"queue", "priority"
};

/* The closed lists of design.md part 3; areas and segments are the user's own. */
static const char *const closed[DIM_N] = {
	[DIM_TYPE] = " inquiry request complaint suggestion praise thanks chatter spam ",
	[DIM_URGENCY] = " urgent important normal low ",
	[DIM_SENTIMENT] = " angry negative neutral positive ",
	[DIM_PRIORITY] = " 1 2 3 4 ",
};

struct term {
	enum dim dim;
	bool not;
	const char *const *values;
	size_t n;
};

struct cond {
	const struct term *terms;
	size_t n;
	const char *text;
};

int
dim_find(const char *name, size_t len)
{
	int i;

	for (i = 0; i < DIM_N; i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return i;
	return -1;
}

const char *
dim_name(enum dim d)
{
	return names[d];
}

bool
dim_takes(enum dim d, const char *value)
{
	const char *at = closed[d];
	size_t len = strlen(value);

	if (at == NULL)
		return true;
	while ((at = strstr(at, value)) != NULL) {
		if (at[-1] == ' ' && at[len] == ' ')
			return len > 0;
		at += len > 0 ? len : strlen(at);
	}
	return false;
}

const char *const *
words_of(struct arena *a, const char *text, size_t *n)
{
	const char **v = arena_alloc(a, (strlen(text) / 2 + 1) * sizeof(*v));

	*n = 0;
	for (;;) {
		size_t len;

		text += strspn(text, " \t,");
		len = strcspn(text, " \t,");
		if (len == 0)
			return v;
		v[(*n)++] = arena_strn(a, text, len);
		text += len;
	}
}

bool
words_have(const char *const *v, size_t n, const char *word)
{
	while (n-- > 0)
		if (strcmp(v[n], word) == 0)
			return true;
	return false;
}

static int
parse_term(struct arena *a, const char *text, size_t len, unsigned allowed, struct term *t,
    struct err *e)
{
	const char *colon;
	int dim;
	size_t i;

	t->not = *text == '!';
	text += t->not;
	len -= t->not;
	colon = memchr(text, ':', len);
	dim = colon != NULL ? dim_find(text, (size_t)(colon - text)) : -1;
	if (dim < 0 || (allowed & 1u << dim) == 0)
		return err_set(e, ERR_CONFIG, "\"%.*s\": a condition here looks like "
		    "area:refund,change and cannot name this", (int)len, text);
	t->dim = (enum dim)dim;
	text = arena_strn(a, colon + 1, len - (size_t)(colon + 1 - text));
	t->values = words_of(a, text, &t->n);
	if (t->n == 0)
		return err_set(e, ERR_CONFIG, "\"%s:\": no value", names[dim]);
	for (i = 0; i < t->n; i++)
		if (!dim_takes(t->dim, t->values[i]))
			return err_set(e, ERR_CONFIG, "\"%s\" is no %s", t->values[i], names[dim]);
	return 0;
}

const struct cond *
cond_parse(struct arena *a, const char *text, unsigned allowed, struct err *e)
{
	struct term *terms = arena_alloc(a, (strlen(text) / 2 + 1) * sizeof(*terms));
	struct cond *c = arena_alloc(a, sizeof(*c));
	struct buf plain = BUF_INIT;
	size_t len;

	for (;;) {
		text += strspn(text, " \t");
		if ((len = strcspn(text, " \t")) == 0)
			break;
		if (parse_term(a, text, len, allowed, &terms[c->n], e) < 0) {
			buf_release(&plain);
			return NULL;
		}
		buf_str(&plain, c->n++ > 0 ? " " : "");
		buf_add(&plain, text, len);
		text += len;
	}
	c->terms = terms;
	c->text = arena_str(a, buf_cstr(&plain));
	buf_release(&plain);
	if (c->n > 0)
		return c;
	err_set(e, ERR_CONFIG, "an empty condition");
	return NULL;
}

bool
cond_holds(const struct cond *c, const struct labels *l)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		const struct term *t = &c->terms[i];
		const char *v = l->v[t->dim];

		if ((v != NULL && words_have(t->values, t->n, v)) == t->not)
			return false;
	}
	return true;
}

const char *
cond_text(const struct cond *c)
{
	return c->text;
}
