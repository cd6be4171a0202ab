/* rank - how likely a question and a passage ask for the same */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "learn/rank.h"
#include "text/utf8.h"

/* Words that say what is asked, by kind; folded. */
static const struct { const char *word; unsigned kind; } kind_words[] = {
	{ "怎么样", 0 }, { "为什么", 2 }, { "为啥", 2 }, { "为何", 2 }, { "怎么不", 2 },
	{ "怎么没", 2 }, { "怎么还", 2 }, { "why", 2 },
	{ "怎么", 1 }, { "如何", 1 }, { "怎样", 1 }, { "咋", 1 }, { "how do", 1 }, { "how can", 1 },
	{ "how to", 1 }, { "什么时候", 4 }, { "多久", 4 }, { "几天", 4 }, { "何时", 4 },
	{ "几点", 4 }, { "多长时间", 4 }, { "when", 4 }, { "how long", 4 }, { "how soon", 4 },
	{ "多少", 8 }, { "how much", 8 }, { "how many", 8 }, { "哪里", 16 }, { "在哪", 16 },
	{ "哪儿", 16 }, { "where", 16 }, { "吗", 32 }, { "能不能", 32 }, { "可不可以", 32 },
	{ "是否", 32 }, { "是不是", 32 }, { "有没有", 32 }, { "can i", 32 }, { "is there", 32 },
};
static const char *const no_words[] = { "没有", "没", "不", "无法", "别", "not", "n't", "no ", "cannot",
	"unable", "without", NULL };
/* Where a no is none. */
static const char *const yes_words[] = { "能不能", "可不可以", "是不是", "有没有", "会不会", "要不要",
	"行不行", "好不好", "不好意思", "差不多", "对不起", NULL };

const char *
rank_feature_name(enum rank_feature f)
{
	static const char *const names[RANK_FEATURES] = { "bias", "score", "asked", "said",
		"units", "pairs", "order", "run", "length", "kind", "not", "numbers", "support" };

	return names[f];
}

static uint32_t
mix(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x7FEB352D;
	h ^= h >> 15;
	h *= 0x846CA68B;
	return h ^ h >> 16;
}

/* Bytes of the first word of a list that stands at P. */
static size_t
any_of(const char *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strncmp(p, *words, strlen(*words)) == 0)
			return strlen(*words);
	return 0;
}

/* What is asked, and whether it is denied. */
static void
read_sense(struct rank_text *t, const char *s)
{
	size_t i, n;
	const char *p;

	for (p = s; *p != '\0'; p += n > 0 ? n : 1) {
		n = any_of(p, yes_words);
		for (i = 0; i < sizeof(kind_words) / sizeof(*kind_words); i++)
			if (strncmp(p, kind_words[i].word, strlen(kind_words[i].word)) == 0) {
				t->kinds |= kind_words[i].kind;
				break;
			}
		if (n == 0 && (n = any_of(p, no_words)) != 0)
			t->negations++;
		else if (n == 0 && i < sizeof(kind_words) / sizeof(*kind_words) &&
		    kind_words[i].kind != 2)
			n = strlen(kind_words[i].word);
	}
}

static bool
is_word_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'';
}

/* The unit at *P, moved behind it; 0 for a sign. */
static uint32_t
next_unit(struct rank_text *t, const char **p, const char *end)
{
	const char *start = *p;
	uint32_t cp, h = 2166136261u;
	bool number = true;

	if (is_word_byte((unsigned char)*start)) {
		for (; *p < end && is_word_byte((unsigned char)**p); ++*p) {
			h = (h ^ (unsigned char)**p) * 16777619u;
			number = number && **p >= '0' && **p <= '9';
		}
		if (number)
			t->numbers += mix(h) | 1;
		return mix(h) | 0x80000000u;
	}
	cp = utf8_next(p, end);
	return utf8_is_sign(cp) ? 0 : cp;
}

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void
rank_text(struct rank_text *t, const char *folded, size_t len)
{
	const char *p = folded, *end = folded + len;
	uint32_t unit;
	size_t i;

	t->n = t->n_pairs = t->kinds = t->numbers = t->negations = 0;
	while (p < end && t->n < RANK_UNITS_MAX)
		if ((unit = next_unit(t, &p, end)) != 0)
			t->units[t->n++] = unit;
	for (i = 0; i + 1 < t->n; i++)
		t->pairs[t->n_pairs++] = mix(t->units[i] * 31 + t->units[i + 1]);
	memcpy(t->sorted, t->units, t->n * sizeof(*t->units));
	qsort(t->sorted, t->n, sizeof(*t->sorted), by_value);
	qsort(t->pairs, t->n_pairs, sizeof(*t->pairs), by_value);
	read_sense(t, folded);
}

/* Values two sorted lists have in common, each as often as in both. */
static size_t
common(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	size_t i = 0, k = 0, both = 0;

	while (i < n && k < m) {
		if (a[i] == b[k]) {
			both++;
			i++;
			k++;
		} else if (a[i] < b[k]) {
			i++;
		} else {
			k++;
		}
	}
	return both;
}

/* The longest common subsequence and the longest common run, in units. */
static void
alike(const struct rank_text *a, const struct rank_text *b, size_t *order, size_t *run)
{
	uint16_t seq[RANK_UNITS_MAX + 1] = { 0 }, runs[RANK_UNITS_MAX + 1] = { 0 };
	size_t i, k;

	*run = 0;
	for (i = 0; i < a->n; i++) {
		uint16_t diagonal = 0, run_before = 0;

		for (k = 0; k < b->n; k++) {
			uint16_t above = seq[k + 1], run_here = runs[k + 1];
			bool same = a->units[i] == b->units[k];

			seq[k + 1] = same ? (uint16_t)(diagonal + 1) :
			    above > seq[k] ? above : seq[k];
			runs[k + 1] = same ? (uint16_t)(run_before + 1) : 0;
			if (runs[k + 1] > *run)
				*run = runs[k + 1];
			diagonal = above;
			run_before = run_here;
		}
	}
	*order = seq[b->n];
}

static double
dice(size_t both, size_t n, size_t m)
{
	return n + m > 0 ? 2.0 * (double)both / (double)(n + m) : 0;
}

void
rank_features(const struct rank_text *q, const struct rank_text *p, double f[RANK_FEATURES])
{
	size_t order, run;

	alike(q, p, &order, &run);
	f[RANK_BIAS] = 1;
	f[RANK_UNITS] = dice(common(q->sorted, q->n, p->sorted, p->n), q->n, p->n);
	f[RANK_PAIRS] = dice(common(q->pairs, q->n_pairs, p->pairs, p->n_pairs), q->n_pairs,
	    p->n_pairs);
	f[RANK_ORDER] = dice(order, q->n, p->n);
	f[RANK_RUN] = dice(run, q->n, p->n);
	f[RANK_LENGTH] = q->n == 0 || p->n == 0 ? 0 : q->n < p->n ?
	    (double)q->n / (double)p->n : (double)p->n / (double)q->n;
	f[RANK_KIND] = q->kinds == 0 || p->kinds == 0 ? 0 : (q->kinds & p->kinds) ? 1 : -1;
	f[RANK_NOT] = (q->negations == 0) != (p->negations == 0);
	f[RANK_NUMBERS] = q->numbers != 0 && p->numbers != 0 && q->numbers != p->numbers;
}

/* Hashes of what only A has, with SALT; of what both have, if BOTH is not 0. */
static void
single(const uint32_t *a, size_t n, const uint32_t *b, size_t m, uint32_t salt, uint32_t both,
    void (*fn)(void *ctx, uint32_t hash), void *ctx)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		while (k < m && b[k] < a[i])
			k++;
		if (k < m && b[k] == a[i]) {
			if (both != 0)
				fn(ctx, mix(a[i] ^ both));
			k++;
		} else {
			fn(ctx, mix(a[i] ^ salt));
		}
	}
}

void
rank_singles(const struct rank_text *q, const struct rank_text *p,
    void (*fn)(void *ctx, uint32_t hash), void *ctx)
{
	single(q->sorted, q->n, p->sorted, p->n, 0x11111111, 0x22222222, fn, ctx);
	single(p->sorted, p->n, q->sorted, q->n, 0x33333333, 0, fn, ctx);
	single(q->pairs, q->n_pairs, p->pairs, p->n_pairs, 0x44444444, 0x55555555, fn, ctx);
	single(p->pairs, p->n_pairs, q->pairs, q->n_pairs, 0x66666666, 0, fn, ctx);
}

struct summing {
	const struct rank_model *m;
	double sum;
};

static void
on_single(void *ctx, uint32_t hash)
{
	struct summing *s = ctx;

	s->sum += s->m->sparse[hash >> (32 - s->m->bits)];
}

double
rank_score(const struct rank_model *m, const struct rank_text *q, const struct rank_text *p,
    const double f[RANK_FEATURES])
{
	struct summing s = { m, 0 };
	size_t i;

	for (i = 0; i < RANK_FEATURES; i++)
		s.sum += m->dense[i] * f[i];
	if (m->sparse != NULL)
		rank_singles(q, p, on_single, &s);
	return 1 / (1 + exp(-s.sum));
}
