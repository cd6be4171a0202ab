/* cues - what a text is found by */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/cues.h"
#include "text/utf8.h"

enum { MOST_CHARS = 4096, PIECE = 4, WORD_MAX = 64, NEAR_LEAST = 4, NEAR_MOST = 16 };

/* Measured on pairs of questions that mean the same (tests/bench/answer): a character is
 * worth twice a pair, a piece of a word a fifth of the word. */
static const float weights[CUE_CLASSES] = {
	[CUE_CHAR] = 1.0f, [CUE_PAIR] = 0.5f, [CUE_WORD] = 1.0f, [CUE_PIECE] = 0.2f,
	[CUE_SYNONYM] = 1.0f, [CUE_NEAR] = 0.7f
};

struct reading {
	struct cues *t;
	const char *text;
	bool brief;		/* no single characters, no pieces */
};

static int64_t
hash(enum cue_class class, const void *p, size_t len)
{
	const unsigned char *s = p;
	uint64_t h = UINT64_C(14695981039346656037) ^ ((uint64_t)class + 1) * 0x9E3779B97F4A7C15;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ s[i]) * UINT64_C(1099511628211);
	h ^= h >> 29;
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	h ^= h >> 32;
	h &= INT64_MAX;
	return h != 0 ? (int64_t)h : 1;
}

static void
add(struct cues *t, enum cue_class class, int64_t id, size_t at, size_t len)
{
	if (t->n == t->cap) {
		t->cap = t->cap * 2 + 64;
		t->v = xrealloc(t->v, t->cap * sizeof(*t->v));
	}
	t->v[t->n++] = (struct cue){ id, weights[class], 1, (uint8_t)class, (uint32_t)at,
		(uint32_t)len };
}

static bool
is_latin(const char *p)
{
	return (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
}

/* Letters of other alphabets that have words: Cyrillic, Greek, accents; not signs. */
static bool
is_letter(uint32_t cp)
{
	return cp >= 0xC0 && cp < 0x2000 && !utf8_is_sign(cp);
}

/* The end of the word at AT: letters and digits, an apostrophe within. */
static size_t
word_end(const char *s, size_t at, size_t len)
{
	while (at < len) {
		const char *p = s + at;

		if (is_latin(p)) {
			at++;
		} else if (*p == '\'' && at + 1 < len && is_latin(p + 1)) {
			at++;
		} else if ((unsigned char)*p >= 0x80 && is_letter(utf8_next(&p, s + len))) {
			at = (size_t)(p - s);
		} else {
			break;
		}
	}
	return at;
}

/* The word, and the word without each of its letters: two words that are one letter apart
 * (another, one too many, one too few, two changed about) have one of these in common. */
static void
add_near(struct reading *r, size_t at, size_t len)
{
	const char *s = r->text + at;
	char less[NEAR_MOST];
	size_t i;

	if (len < NEAR_LEAST || len > NEAR_MOST || (*s >= '0' && *s <= '9'))
		return;
	add(r->t, CUE_NEAR, hash(CUE_NEAR, s, len), at, len);
	for (i = 0; i < len && len > NEAR_LEAST; i++) {
		memcpy(less, s, i);
		memcpy(less + i, s + i + 1, len - i - 1);
		add(r->t, CUE_NEAR, hash(CUE_NEAR, less, len - 1), at, len);
	}
}

static void
add_word(struct reading *r, size_t at, size_t end)
{
	char marked[WORD_MAX + 2];
	size_t len = end - at, i;

	if (len > WORD_MAX)
		len = WORD_MAX;
	add(r->t, CUE_WORD, hash(CUE_WORD, r->text + at, len), at, len);
	if (r->brief || len < PIECE)
		return;
	add_near(r, at, len);
	marked[0] = '<';
	memcpy(marked + 1, r->text + at, len);
	marked[len + 1] = '>';
	for (i = 0; i + PIECE <= len + 2; i++)
		add(r->t, CUE_PIECE, hash(CUE_PIECE, marked + i, PIECE), at, len);
}

/* A run of characters without blanks between words, from AT; returns its end. */
static size_t
add_run(struct reading *r, size_t at, size_t len, size_t *chars)
{
	const char *s = r->text, *p = s + at;
	size_t before = at, first = at, end;

	while (p < s + len && *chars < MOST_CHARS) {
		const char *start = p;

		if (!utf8_is_cjk(utf8_next(&p, s + len))) {
			p = start;
			break;
		}
		at = (size_t)(start - s);
		end = (size_t)(p - s);
		if (!r->brief)
			add(r->t, CUE_CHAR, hash(CUE_CHAR, start, end - at), at, end - at);
		if (at > first)
			add(r->t, CUE_PAIR, hash(CUE_PAIR, s + before, end - before), before,
			    end - before);
		before = at;
		++*chars;
	}
	return (size_t)(p - s);
}

static void
on_synonym(void *ctx, const struct words_hit *hit)
{
	struct reading *r = ctx;

	add(r->t, CUE_SYNONYM, hash(CUE_SYNONYM, &hit->id, sizeof(hit->id)), hit->start,
	    hit->end - hit->start);
}

static int
by_id(const void *a, const void *b)
{
	const struct cue *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* Sorts, and counts the same terms together. */
static void
settle(struct cues *t)
{
	size_t i, n = 0;

	if (t->n > 1)
		qsort(t->v, t->n, sizeof(*t->v), by_id);
	t->len = 0;
	for (i = 0; i < t->n; i++) {
		t->len += t->v[i].class != CUE_NEAR ? t->v[i].weight : 0;
		if (n > 0 && t->v[n - 1].id == t->v[i].id) {
			if (t->v[n - 1].times < UINT16_MAX)
				t->v[n - 1].times++;
		} else {
			t->v[n++] = t->v[i];
		}
	}
	t->n = n;
}

static void
read_all(struct cues *t, const char *s, size_t len, bool brief)
{
	struct reading r = { t, s, brief };
	size_t at = 0, end, chars = 0;

	t->n = 0;
	while (at < len && chars < MOST_CHARS) {
		if ((end = word_end(s, at, len)) > at) {
			add_word(&r, at, end);
			chars += end - at;
		} else if ((end = add_run(&r, at, len, &chars)) == at) {
			const char *p = s + at;

			utf8_next(&p, s + len);
			end = (size_t)(p - s);
		}
		at = end;
	}
	if (t->synonyms != NULL)
		words_scan(t->synonyms, s, at, on_synonym, &r);
	settle(t);
}

void
cues_read(struct cues *t, const char *folded, size_t len)
{
	read_all(t, folded, len, false);
}

void
cues_read_long(struct cues *t, const char *folded, size_t len)
{
	read_all(t, folded, len, true);
}

float
cues_weight(unsigned class)
{
	return class < CUE_CLASSES ? weights[class] : 0;
}

void
cues_release(struct cues *t)
{
	free(t->v);
	t->v = NULL;
	t->n = t->cap = 0;
}
