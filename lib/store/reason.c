/* reason - why records were refused, counted by kind of reason */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/reason.h"
#include "stream/jtext.h"
#include "stream/span.h"

/* Behind "SOURCE:17: " or "SOURCE: ". */
static const char *
behind_place(const char *error, const char *source)
{
	size_t len = strlen(source);
	const char *p = error + len;

	if (strncmp(error, source, len) != 0 || *p != ':')
		return error;
	p++;
	while (isdigit((unsigned char)*p))
		p++;
	p += *p == ':' && p > error + len + 1;
	return p + (*p == ' ');
}

/* The quotation from P to END is the name of a field, no value: "at": ..., no "text". */
static bool
is_name(const char *start, const char *p, const char *end)
{
	const char *c;

	for (c = p + 1; c < end; c++)
		if (!islower((unsigned char)*c) && *c != '_' && *c != '.')
			return false;
	return end[1] == ':' || end[1] == ')' || (p - start >= 3 && memcmp(p - 3, "no ", 3) == 0);
}

void
reason_of(const char *error, const char *source, struct buf *out)
{
	const char *p = behind_place(error, source), *end;
	size_t n;

	buf_clear(out);
	while (*p != '\0') {
		if (*p == '"') {
			/* A long message may be cut within a quotation. */
			end = strchr(p + 1, '"');
			if (end != NULL && is_name(error, p, end))
				buf_add(out, p, (size_t)(end + 1 - p));
			else
				buf_str(out, "\"…\"");
			p = end != NULL ? end + 1 : p + strlen(p);
		} else if (isdigit((unsigned char)*p)) {
			buf_char(out, '#');
			while (isdigit((unsigned char)*p) || (*p == ',' &&
			    isdigit((unsigned char)p[1])))
				p++;
		} else if ((n = span_utf8((const unsigned char *)p, strlen(p))) > 0) {
			buf_add(out, p, n);
			p += n;
		} else {
			buf_char(out, '?');
			p++;
		}
	}
}

void
reason_count(struct map *reasons, const char *error, const char *source)
{
	struct buf kind = BUF_INIT;
	union map_value *n;

	reason_of(error, source, &kind);
	n = map_get(reasons, buf_cstr(&kind), kind.len);
	if (n == NULL && reasons->n >= REASON_MAX)
		n = map_put(reasons, "others", 6, NULL);
	else if (n == NULL)
		n = map_put(reasons, buf_cstr(&kind), kind.len, NULL);
	n->num++;
	buf_release(&kind);
}

static int
more_first(const void *a, const void *b)
{
	const struct map_slot *const *x = a, *const *y = b;

	if ((*x)->value.num != (*y)->value.num)
		return (*x)->value.num > (*y)->value.num ? -1 : 1;
	return strcmp((*x)->key, (*y)->key);
}

void
reason_print(const struct map *reasons, struct buf *out)
{
	struct map_slot **v = xcalloc(reasons->n + 1, sizeof(struct map_slot *)), *slot;
	size_t at = 0, n = 0, i;

	while ((slot = map_each(reasons, &at)) != NULL)
		v[n++] = slot;
	qsort(v, n, sizeof(*v), more_first);
	buf_char(out, '{');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_char(out, ',');
		jtext_string(out, v[i]->key, v[i]->len);
		buf_fmt(out, ":%lld", (long long)v[i]->value.num);
	}
	buf_char(out, '}');
	free(v);
}
