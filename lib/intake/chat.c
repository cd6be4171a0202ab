/* chat - what the readers of chat platforms' JSON share */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/chat.h"
#include "stream/jtext.h"
#include "time/tm.h"

int
chat_open(struct intake *in, int fd, const char *head, size_t len, const char *member)
{
	struct chat *c = xcalloc(1, sizeof(*c));

	docs_open(&c->docs, in, fd, head, len, docs_by_member, (void *)(uintptr_t)member);
	in->state = c;
	return 0;
}

void
chat_close(struct intake *in)
{
	struct chat *c = in->state;

	docs_close(&c->docs);
	arena_release(&c->scratch);
	buf_release(&c->text);
	buf_release(&c->extra);
	node_free(c->inner);
	node_free(c->envelope);
	free(c);
}

void
chat_raw(struct intake *in)
{
	struct chat *c = in->state;

	docs_raw(&c->docs, in);
}

int
chat_next(struct intake *in, chat_read *read, struct fact *f, struct err *e)
{
	struct chat *c = in->state;
	int got = docs_next(&c->docs, in, e);

	if (got <= 0)
		return got;
	fact_init(f);
	arena_clear(&c->scratch);
	buf_clear(&c->text);
	buf_clear(&c->extra);
	node_free(c->inner);
	node_free(c->envelope);
	c->inner = c->envelope = NULL;
	f->line = c->docs.in.line;
	f->account = in->opts.account;
	return read(c, in, f, e) == 0 ? 1 : docs_refuse(&c->docs, in, e);
}

bool
chat_has(const char *head, size_t len, const char *key)
{
	const char *end = head + len, *p = head;
	size_t n = strlen(key);

	while ((p = memmem(p, (size_t)(end - p), key, n)) != NULL) {
		const char *q = p + n;

		if (p > head && p[-1] == '"' && q < end && *q++ == '"') {
			while (q < end && (*q == ' ' || *q == '\t'))
				q++;
			if (q < end && *q == ':')
				return true;
		}
		p += n;
	}
	return false;
}

const char *
chat_member(struct chat *c, const struct node *n, const char *key)
{
	const struct node *v = node_get(n, key);
	const char *s = node_as_text(v);
	char digits[24];
	int64_t number;

	if (s != NULL)
		return *s != '\0' ? s : NULL;
	if (!node_as_int(v, &number))
		return NULL;
	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	return arena_str(&c->scratch, digits);
}

static bool
is_number(const char *s, int64_t *v)
{
	size_t len = strspn(s, "0123456789");

	*v = 0;
	if (len == 0 || len > 15 || s[len] != '\0')
		return false;
	while (*s != '\0')
		*v = *v * 10 + (*s++ - '0');
	return true;
}

int
chat_time(const struct node *n, const char *key, const struct intake *in, int64_t *at,
    struct err *e)
{
	const struct node *t = node_get(n, key);
	const char *s = node_as_text(t);
	struct err ignored;
	int64_t v = 0;

	if (node_is_null(t))
		return err_set(e, ERR_DATA, "no \"%s\"", key);
	if (s != NULL && !is_number(s, &v)) {
		if (tm_parse(s, strlen(s), in->opts.zone, at, &ignored) == 0)
			return 0;
	} else if (s != NULL || node_as_int(t, &v)) {
		*at = v < INT64_C(100000000000) ? v * 1000 : v;
		if (v > 0)
			return 0;
	}
	return err_set(e, ERR_DATA, "\"%s\" is not a time", key);
}

const struct node *
chat_inner(struct chat *c, const struct node *n)
{
	const char *s = node_as_text(n);
	struct err ignored;

	if (s == NULL || (*s != '{' && *s != '['))
		return n;
	node_free(c->inner);
	c->inner = node_parse(s, strlen(s), &ignored);
	return c->inner != NULL ? c->inner : n;
}

struct members {
	struct buf *out;
	const char *known;
};

static int
add_member(void *ctx, const char *key, const struct node *value)
{
	struct members *m = ctx;
	char word[64];

	snprintf(word, sizeof(word), " %.60s ", key);
	if (node_is_null(value) || strstr(m->known, word) != NULL)
		return 0;
	jtext_key(m->out, key);
	node_print(value, m->out);
	return 0;
}

void
chat_extra(struct chat *c, struct fact *f, const struct node *root, const char *known)
{
	struct members m = { &c->extra, known };

	buf_clear(&c->extra);
	buf_char(&c->extra, '{');
	node_each(root, add_member, &m);
	buf_char(&c->extra, '}');
	f->extra = c->extra.len > 2 ? c->extra.p : NULL;
}
