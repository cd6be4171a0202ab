/* index - which passages a question is most like: making an index */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/index.h"
#include "learn/index_own.h"

struct index_posting {
	int64_t term;
	uint32_t passage;
	uint16_t times;
	uint8_t class;
};

/* Of the table of passages: a sign, and how many. */
static const char magic[8] = "csrix\0\1";

float
index_idf(size_t all, size_t with)
{
	return logf(1.0f + ((float)all - (float)with + 0.5f) / ((float)with + 0.5f));
}

uint32_t
index_add(struct index_builder *b, uint32_t owner, enum passage_kind kind,
    const struct cues *t)
{
	uint32_t number = (uint32_t)b->n;
	size_t i;

	if (b->n == b->cap) {
		b->cap = b->cap * 2 + 64;
		b->passages = xrealloc(b->passages, b->cap * sizeof(*b->passages));
	}
	if (b->n_postings + t->n > b->cap_postings) {
		b->cap_postings = (b->n_postings + t->n) * 2;
		b->postings = xrealloc(b->postings, b->cap_postings * sizeof(*b->postings));
	}
	b->passages[b->n++] = (struct passage){ owner, (uint32_t)kind, t->len, 0 };
	for (i = 0; i < t->n; i++)
		b->postings[b->n_postings++] = (struct index_posting){ t->v[i].id, number,
			t->v[i].times, t->v[i].class };
	return number;
}

static int
by_term(const void *a, const void *b)
{
	const struct index_posting *x = a, *y = b;

	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static void
put_number(struct buf *out, uint32_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_char(out, (char)(v | 0x80));
	buf_char(out, (char)v);
}

/* The postings [FROM, TO) of one term: how many, then for each the distance from the passage
 * before and how often. */
static void
encode(const struct index_builder *b, size_t from, size_t to, struct buf *out)
{
	uint32_t last = 0;
	size_t i;

	buf_clear(out);
	put_number(out, (uint32_t)(to - from));
	for (i = from; i < to; i++) {
		put_number(out, b->postings[i].passage - last);
		put_number(out, b->postings[i].times);
		last = b->postings[i].passage;
	}
}

static int
emit_passages(const struct index_builder *b, index_emit *emit, void *ctx, struct buf *out,
    struct err *e)
{
	uint64_t n = b->n;

	buf_clear(out);
	buf_add(out, magic, sizeof(magic));
	buf_add(out, &n, sizeof(n));
	buf_add(out, b->passages, b->n * sizeof(*b->passages));
	return emit(ctx, 0, out->p, out->len, e);
}

int
index_finish(struct index_builder *b, index_emit *emit, void *ctx, struct err *e)
{
	struct buf out = BUF_INIT;
	size_t from, to;
	int bad = 0;

	if (b->n_postings > 0)
		qsort(b->postings, b->n_postings, sizeof(*b->postings), by_term);
	for (from = 0; from < b->n_postings && bad == 0; from = to) {
		int64_t term = b->postings[from].term;
		float idf;

		for (to = from; to < b->n_postings && b->postings[to].term == term; )
			to++;
		idf = b->postings[from].class == CUE_NEAR ? 0 :
		    index_idf(b->n, to - from) * cues_weight(b->postings[from].class);
		for (size_t i = from; i < to; i++)
			b->passages[b->postings[i].passage].mass += idf;
		encode(b, from, to, &out);
		bad = emit(ctx, term, out.p, out.len, e);
	}
	if (bad == 0)
		bad = emit_passages(b, emit, ctx, &out, e);
	buf_release(&out);
	index_builder_release(b);
	return bad;
}

void
index_builder_release(struct index_builder *b)
{
	free(b->passages);
	free(b->postings);
	*b = (struct index_builder)INDEX_BUILDER_INIT;
}

int
index_open(struct index *ix, const void *p, size_t len, index_fetch *fetch, void *ctx,
    struct err *e)
{
	const char *bytes = p;
	size_t count[2] = { 0, 0 }, i;
	double sum[2] = { 0, 0 };
	uint64_t n;

	*ix = (struct index){ .fetch = fetch, .ctx = ctx };
	if (len < sizeof(magic) + sizeof(n) || memcmp(bytes, magic, sizeof(magic)) != 0)
		return err_set(e, ERR_DATA, "the index of articles is damaged");
	memcpy(&n, bytes + sizeof(magic), sizeof(n));
	if (n > UINT32_MAX || len != sizeof(magic) + sizeof(n) + n * sizeof(struct passage))
		return err_set(e, ERR_DATA, "the index of articles is damaged");
	ix->n = n;
	ix->passages = xmalloc((n + 1) * sizeof(*ix->passages));
	memcpy(ix->passages, bytes + sizeof(magic) + sizeof(n), n * sizeof(*ix->passages));
	for (i = 0; i < n; i++) {
		if (ix->passages[i].kind >= PASSAGE_KINDS) {
			index_release(ix);
			return err_set(e, ERR_DATA, "the index of articles is damaged");
		}
		sum[ix->passages[i].kind == PASSAGE_ANSWER] += ix->passages[i].len;
		count[ix->passages[i].kind == PASSAGE_ANSWER]++;
	}
	for (i = 0; i < PASSAGE_KINDS; i++)	/* titles are questions */
		ix->average[i] = count[i == PASSAGE_ANSWER] > 0 ? (float)(sum[i == PASSAGE_ANSWER] /
		    (double)count[i == PASSAGE_ANSWER]) : 1.0f;
	ix->score = xcalloc(n + 1, sizeof(*ix->score));
	ix->matched = xcalloc(n + 1, sizeof(*ix->matched));
	ix->touched = xmalloc((n + 1) * sizeof(*ix->touched));
	return 0;
}

void
index_release(struct index *ix)
{
	free(ix->passages);
	free(ix->score);
	free(ix->matched);
	free(ix->touched);
	*ix = (struct index){ .passages = NULL };
}

/* Postings lie in `bytes` behind their length; the map knows where. */
int
index_keep(void *memory, int64_t term, const void *p, size_t len, struct err *e)
{
	struct index_memory *m = memory;

	(void)e;
	map_put(&m->terms, &term, sizeof(term), NULL)->num = (int64_t)m->bytes.len;
	buf_add(&m->bytes, &len, sizeof(len));
	buf_add(&m->bytes, p, len);
	return 0;
}

int
index_look_up(void *memory, int64_t term, const void **p, size_t *len, struct err *e)
{
	struct index_memory *m = memory;
	union map_value *at = map_get(&m->terms, &term, sizeof(term));

	(void)e;
	if (at == NULL)
		return 0;
	memcpy(len, m->bytes.p + at->num, sizeof(*len));
	*p = m->bytes.p + at->num + sizeof(*len);
	return 1;
}

void
index_memory_release(struct index_memory *m)
{
	map_release(&m->terms);
	buf_release(&m->bytes);
}
