/* erase_needle - the words by which a person is found in the words of others */
#include <stdlib.h>
#include <string.h>

#include "store/erase_needle.h"

enum { LEAST_WORD = 5, LEAST_NAME = 4, TAIL = 4 };

void
needles_add(struct needles *n, enum needle_kind kind, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0, i;

	if (len < (kind == NEEDLE_NAME ? LEAST_NAME : LEAST_WORD) ||
	    strncmp(text, "erased:", 7) == 0)
		return;
	for (i = 0; i < n->n; i++)
		if (strcmp(n->v[i].text, text) == 0)
			return;
	if (n->n == n->cap) {
		n->cap = n->cap ? n->cap * 2 : 16;
		n->v = xrealloc(n->v, n->cap * sizeof(*n->v));
	}
	n->v[n->n++] = (struct needle){ kind, arena_str(&n->text, text), len, false };
}

/* Where the digits of N that end with the tail at END begin, if all of them stand before it
 * from S on, blanks and hyphens between them; else NULL. */
static const char *
backwards(const struct needle *n, const char *s, const char *end)
{
	size_t i = n->len;
	const char *p = end;

	while (i > 0 && p > s) {
		p--;
		if (*p == n->text[i - 1])
			i--;
		else if (i == n->len || (*p != ' ' && *p != '-'))
			return NULL;
	}
	return i == 0 ? p : NULL;
}

/* The first place of N in S: where it begins, *LEN bytes; NULL if it is not there. */
static const char *
place(const struct needle *n, const char *s, size_t len, size_t *found)
{
	const char *at = s, *tail, *from;

	*found = n->len;
	if (n->kind != NEEDLE_DIGITS)
		return memmem(s, len, n->text, n->len);
	/* Its last digits stand together nearly always: they are looked for. */
	while ((tail = memmem(at, len - (size_t)(at - s), n->text + n->len - TAIL,
	    TAIL)) != NULL) {
		from = backwards(n, s, tail + TAIL);
		if (from != NULL) {
			*found = (size_t)(tail + TAIL - from);
			return from;
		}
		at = tail + 1;
	}
	return NULL;
}

bool
needles_in(struct needles *n, const char *s, size_t len, bool names)
{
	bool any = false;
	size_t i, found;

	for (i = 0; i < n->n; i++) {
		struct needle *k = &n->v[i];

		if ((k->kind == NEEDLE_NAME && !names) || place(k, s, len, &found) == NULL)
			continue;
		k->seen = true;
		any |= k->kind != NEEDLE_FILE;
	}
	return any;
}

void
needles_blank(struct needles *n, const char *s, size_t len, bool names, struct buf *out)
{
	struct buf from = BUF_INIT;
	size_t i, found;

	buf_add(&from, s, len);
	for (i = 0; i < n->n; i++) {
		const char *p = buf_cstr(&from), *end = p + from.len, *at;
		struct buf to = BUF_INIT;

		if (n->v[i].kind == NEEDLE_FILE || (n->v[i].kind == NEEDLE_NAME && !names))
			continue;
		while ((at = place(&n->v[i], p, (size_t)(end - p), &found)) != NULL) {
			buf_add(&to, p, (size_t)(at - p));
			buf_str(&to, "***");
			p = at + found;
		}
		buf_add(&to, p, (size_t)(end - p));
		buf_release(&from);
		from = to;
	}
	buf_add(out, buf_cstr(&from), from.len);
	buf_release(&from);
}

void
needles_release(struct needles *n)
{
	free(n->v);
	arena_release(&n->text);
}
