/* gram - the n-grams of a text: what a model knows it by */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/gram.h"
#include "text/utf8.h"

enum { BEGINNING = 2, ENDING = 3 };	/* characters no text has */
enum kind { BLANK, SIGN, LETTER, HAN };

/* A text as it is compared: GRAM_TEXT characters and one at either end. */
struct plain {
	uint32_t cp[GRAM_TEXT + 2];
	uint32_t at[GRAM_TEXT + 3];	/* the byte each begins at, and the end */
	unsigned char kind[GRAM_TEXT + 2];
	size_t n;
};

static enum kind
kind_of(uint32_t cp)
{
	if (cp < 0x80)
		return isalnum((int)cp) || cp == '\'' ? LETTER : cp <= ' ' ? BLANK : SIGN;
	return utf8_is_cjk(cp) ? HAN : utf8_is_sign(cp) ? SIGN : LETTER;
}

static void
add(struct plain *t, uint32_t cp, size_t at, enum kind kind)
{
	t->cp[t->n] = cp;
	t->at[t->n] = (uint32_t)at;
	t->kind[t->n++] = (unsigned char)kind;
}

static void
read_text(struct plain *t, const char *text, size_t len)
{
	const char *p = text, *end = text + len;

	t->n = 0;
	add(t, BEGINNING, 0, BLANK);
	while (p < end && t->n <= GRAM_TEXT) {
		size_t at = (size_t)(p - text);
		uint32_t cp = (unsigned char)*p < 0x80 ? (unsigned char)*p++ : utf8_next(&p, end);
		enum kind kind = kind_of(cp);

		if (kind == BLANK && t->kind[t->n - 1] == BLANK)
			continue;
		add(t, kind == BLANK ? ' ' : cp >= '0' && cp <= '9' ? '0' : cp, at, kind);
	}
	if (t->n > 1 && t->kind[t->n - 1] == BLANK)
		t->n--;
	add(t, ENDING, (size_t)(p - text), BLANK);
	t->at[t->n] = (uint32_t)(p - text);
}

static inline uint64_t
mix(uint64_t hash, uint32_t cp)
{
	hash = (hash ^ cp) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 29;
}

static void
room(struct grams *g, size_t n)
{
	size_t cap = 1024;

	if (g->cap < n) {
		g->cap = n;
		g->v = xrealloc(g->v, n * sizeof(*g->v));
	}
	while (cap < n * 2)
		cap *= 2;
	if (g->seen_cap < cap) {
		free(g->seen);
		g->seen = xcalloc(cap, sizeof(*g->seen));
		g->seen_cap = cap;
		g->turn = 0;
	}
	if (++g->turn == 0) {
		memset(g->seen, 0, g->seen_cap * sizeof(*g->seen));
		g->turn = 1;
	}
}

static inline void
put(struct grams *g, uint64_t mixed, uint32_t start, uint32_t end)
{
	uint32_t hash = (uint32_t)(mixed >> 32);
	uint64_t entry = (uint64_t)hash << 32 | g->turn;
	size_t mask = g->seen_cap - 1, i = hash & mask;

	for (; (uint32_t)g->seen[i] == g->turn; i = (i + 1) & mask)
		if (g->seen[i] == entry)
			return;
	g->seen[i] = entry;
	g->v[g->n++] = (struct gram){ hash, start, end };
}

/* A blank or an end alone says nothing. */
static void
find_chars(struct grams *g, const struct plain *t, size_t longest)
{
	size_t i, n;

	for (i = 0; i < t->n; i++) {
		size_t most = t->n - i < longest ? t->n - i : longest;
		uint64_t hash = mix(UINT64_C(0xC5), t->cp[i]);

		if (t->kind[i] != BLANK)
			put(g, hash, t->at[i], t->at[i + 1]);
		for (n = 1; n < most; n++) {
			hash = mix(hash, t->cp[i + n]);
			put(g, hash, t->at[i], t->at[i + n + 1]);
		}
	}
}

/* Words in a row, signs between them passed over; Chinese ends a row. */
static void
find_words(struct grams *g, const struct plain *t, size_t longest)
{
	uint64_t hash[GRAM_LONGEST];	/* of the row of words that ends here, by length */
	uint32_t start[GRAM_LONGEST];
	size_t i = 0, in_row = 0, n;

	while (i < t->n) {
		size_t first = i;

		if (t->kind[i] != LETTER) {
			in_row = t->kind[i++] == HAN ? 0 : in_row;
			continue;
		}
		in_row = in_row < longest ? in_row + 1 : longest;
		for (n = in_row - 1; n > 0; n--) {
			hash[n] = mix(hash[n - 1], ' ');
			start[n] = start[n - 1];
		}
		hash[0] = UINT64_C(0x3B);
		start[0] = t->at[first];
		for (; i < t->n && t->kind[i] == LETTER; i++)
			for (n = 0; n < in_row; n++)
				hash[n] = mix(hash[n], t->cp[i]);
		for (n = 0; n < in_row; n++)
			put(g, mix(hash[n], ENDING), start[n], t->at[i]);
	}
}

void
grams_find(struct grams *g, const struct gram_setting *set, const char *text, size_t len)
{
	static struct plain t;

	read_text(&t, text, len);
	g->n = 0;
	room(g, t.n * (size_t)(set->chars + set->words));
	if (set->chars > 0)
		find_chars(g, &t, set->chars);
	if (set->words > 0)
		find_words(g, &t, set->words);
}

void
grams_release(struct grams *g)
{
	free(g->v);
	free(g->seen);
	*g = (struct grams)GRAMS_INIT;
}
