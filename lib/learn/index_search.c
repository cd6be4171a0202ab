/* index_search - which passages a question is most like: asking an index */
#include <stdlib.h>
#include <string.h>

#include "learn/index.h"
#include "learn/index_own.h"

/* BM25's: how soon more of a term adds nothing, how much length counts. */
static const float k1 = 1.2f, b = 0.75f;
/* An answer is long and says many things: what it has in common counts less. */
static const float kind_weight[PASSAGE_KINDS] = { 1.0f, 1.0f, 0.35f };

/* The bytes of one term's postings. */
struct cursor {
	const unsigned char *p, *end;
};

static uint32_t
number(struct cursor *c)
{
	uint32_t v = 0;
	unsigned shift;

	for (shift = 0; c->p < c->end && shift < 35; shift += 7) {
		unsigned char byte = *c->p++;

		v |= (uint32_t)(byte & 0x7F) << (shift < 32 ? shift : 31);
		if (byte < 0x80)
			break;
	}
	return v;
}

/* Adds what TERM gives to each passage that has it. */
static void
count_term(struct index *ix, struct cursor *c, uint32_t n, float idf)
{
	uint32_t passage = 0, i, times;

	for (i = 0; i < n && c->p < c->end; i++) {
		const struct passage *p;
		float tf, norm;

		passage += number(c);
		times = number(c);
		if (passage >= ix->n)
			return;		/* damaged; what is there is used */
		p = &ix->passages[passage];
		tf = (float)times;
		norm = k1 * (1 - b + b * p->len / ix->average[p->kind]);
		if (ix->matched[passage] == 0)
			ix->touched[ix->n_touched++] = passage;
		ix->score[passage] += idf * tf * (k1 + 1) / (tf + norm) * kind_weight[p->kind];
		ix->matched[passage] += idf;
	}
}

/* True if the hit A comes after B. */
static int
is_worse(const struct index_hit *x, const struct index_hit *y)
{
	return x->score < y->score || (x->score == y->score && x->passage > y->passage);
}

/* Puts HIT into the heap of the MAX best, the worst on top. */
static void
keep_best(struct index_hit *heap, size_t *n, size_t max, struct index_hit hit)
{
	size_t i, child;

	if (*n < max) {
		for (i = (*n)++; i > 0 && is_worse(&hit, &heap[(i - 1) / 2]); i = (i - 1) / 2)
			heap[i] = heap[(i - 1) / 2];
		heap[i] = hit;
		return;
	}
	if (max == 0 || !is_worse(&heap[0], &hit))
		return;
	for (i = 0; (child = 2 * i + 1) < max; i = child) {
		if (child + 1 < max && is_worse(&heap[child + 1], &heap[child]))
			child++;
		if (!is_worse(&heap[child], &hit))
			break;
		heap[i] = heap[child];
	}
	heap[i] = hit;
}

static int
best_first(const void *a, const void *c)
{
	return is_worse(a, c) ? 1 : is_worse(c, a) ? -1 : 0;
}

/* Takes the best out and leaves everything 0. */
static size_t
harvest(struct index *ix, struct index_hit *hits, size_t max)
{
	size_t n = 0, i;

	for (i = 0; i < ix->n_touched; i++) {
		uint32_t p = ix->touched[i];

		keep_best(hits, &n, max, (struct index_hit){ p, ix->score[p], ix->matched[p] });
		ix->score[p] = ix->matched[p] = 0;
	}
	ix->n_touched = 0;
	if (n > 1)
		qsort(hits, n, sizeof(*hits), best_first);
	return n;
}

/* Looks up one cue and adds what it gives. */
static int
take_cue(struct index *ix, const struct cue *g, struct index_term *out, struct err *e)
{
	struct cursor c = { NULL, NULL };
	const void *p;
	size_t len;
	uint32_t with = 0;
	int got = ix->fetch(ix->ctx, g->id, &p, &len, e);

	if (got > 0) {
		c.p = p;
		c.end = c.p + len;
		with = number(&c);
	}
	out->idf = index_idf(ix->n, with < ix->n ? with : ix->n) * g->weight;
	out->passages = with;
	if (got > 0)
		count_term(ix, &c, with, out->idf);
	return got < 0 ? -1 : 0;
}

/* The word that the near one at AT stands for; its place. */
static size_t
word_at(const struct cues *t, uint32_t at)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->v[i].class == CUE_WORD && t->v[i].at == at)
			break;
	return i;
}

/* Near words count where the word itself is unknown, and then instead of it. */
static int
take_near(struct index *ix, const struct cues *t, size_t i, struct index_term *detail,
    struct err *e)
{
	size_t word = word_at(t, t->v[i].at);

	detail[i] = (struct index_term){ 0, 0 };
	if (word == t->n || detail[word].passages > 0)
		return 0;
	if (take_cue(ix, &t->v[i], &detail[i], e) < 0)
		return -1;
	if (detail[i].passages > 0)
		detail[word].idf = 0;
	else
		detail[i].idf = 0;
	return 0;
}

int
index_search(struct index *ix, const struct cues *t, struct index_hit *hits, size_t max,
    struct index_term *detail, struct err *e)
{
	size_t i;
	int bad = 0;

	for (i = 0; i < t->n && bad == 0; i++)
		if (t->v[i].class != CUE_NEAR)
			bad = take_cue(ix, &t->v[i], &detail[i], e);
	for (i = 0; i < t->n && bad == 0; i++)
		if (t->v[i].class == CUE_NEAR)
			bad = take_near(ix, t, i, detail, e);
	i = harvest(ix, hits, bad < 0 ? 0 : max);
	return bad < 0 ? -1 : (int)i;
}

float
index_self_score(const struct index *ix, const struct cues *t,
    const struct index_term *detail)
{
	float norm = k1 * (1 - b + b * t->len / ix->average[PASSAGE_QUESTION]), sum = 0;
	size_t i;

	for (i = 0; i < t->n; i++)
		sum += detail[i].idf * (float)t->v[i].times * (k1 + 1) /
		    ((float)t->v[i].times + norm);
	return sum;
}
