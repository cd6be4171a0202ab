/* knowledge_ask - the articles that answer a question, best first */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/knowledge.h"

/* An article about other areas than the message is found less easily. */
static const double other_area = 0.8;
/* Of an article's further passages each counts so much less than the one before. */
static const double decay = 0.6;
#define SCORE_MOST 1.0
/* An article that has less than so much of the question in it is no safe answer, whatever
 * else speaks for it. */
#define ASKED_LEAST 0.4
#define SUPPORT_MOST 1
enum { PASSAGES_MOST = 4, PASSAGES_RANKED = 2, TERMS_TOLD = 5 };

/* An article among the hits: its passages, best first. */
struct candidate {
	const struct knowledge_article *of;
	const struct index_hit *hits[PASSAGES_MOST];
	size_t n;
	double score;
	const struct index_hit *best;	/* the passage that made the score */
};

struct asking {
	struct knowledge *k;
	const struct question *q;
	struct index_hit hits[KNOWLEDGE_CANDIDATES];
	size_t n_hits;
	struct candidate v[KNOWLEDGE_CANDIDATES];
	size_t n;
	double self, mass;	/* of the question: BM25 with itself, idf of its terms */
};

bool
knowledge_fits(const struct article *a, const struct question *q)
{
	const char *segment = q->labels.v[DIM_SEGMENT], *channel = q->labels.v[DIM_CHANNEL];

	if ((a->for_staff && !q->staff) || (a->type == ARTICLE_OFFER && !q->offers))
		return false;
	if (!q->any_time && (q->now < a->from_at || q->now >= a->to_at))
		return false;
	if (a->segment.n > 0 && !q->staff &&
	    (segment == NULL || !article_list_has(&a->segment, segment)))
		return false;
	return a->channel.n == 0 || q->staff || channel == NULL ||
	    article_list_has(&a->channel, channel);
}

static int
find_candidate(struct asking *as, uint32_t owner, struct candidate **out, struct err *e)
{
	int64_t row = owner / ARTICLE_LANGUAGES;
	const struct knowledge_article *ka;
	size_t i;

	*out = NULL;
	for (i = 0; i < as->n; i++)
		if (as->v[i].of->row == row) {
			*out = &as->v[i];
			return 0;
		}
	if ((ka = knowledge_get(as->k, row, e)) == NULL)
		return -1;
	if (!knowledge_fits(&ka->a, as->q))
		return 0;
	*out = &as->v[as->n++];
	**out = (struct candidate){ .of = ka };
	return 0;
}

static int
gather(struct asking *as, struct err *e)
{
	struct candidate *c;
	size_t i;

	for (i = 0; i < as->n_hits; i++) {
		if (find_candidate(as, as->k->index.passages[as->hits[i].passage].owner, &c, e) < 0)
			return -1;
		if (c != NULL && c->n < PASSAGES_MOST)
			c->hits[c->n++] = &as->hits[i];
	}
	return 0;
}

/* The text of a passage; NULL for an answer.  *TEXT is the language it belongs to. */
static const char *
passage_text(const struct knowledge *k, const struct knowledge_article *ka, uint32_t passage,
    const struct article_text **text)
{
	uint32_t owner = k->index.passages[passage].owner, first = passage, at;

	while (first > 0 && k->index.passages[first - 1].owner == owner)
		first--;
	at = passage - first;
	*text = &ka->a.text[owner % ARTICLE_LANGUAGES];
	if (k->index.passages[passage].kind == PASSAGE_ANSWER)
		return NULL;
	return at == 0 || at > (*text)->questions.n ? (*text)->title :
	    (*text)->questions.v[at - 1];
}

/* BM25 of the passages behind the first, each counting less than the one before. */
static double
support(const struct candidate *c)
{
	double sum = 0, weight = decay;
	size_t i;

	for (i = 1; i < c->n; i++, weight *= decay)
		sum += weight * (double)c->hits[i]->score;
	return sum;
}

/* The features of the passage a hit is on; P is scratch. */
static void
features(struct knowledge *k, const struct index_hit *hit, double self, double mass,
    double others, const char *passage, struct rank_text *p, double f[RANK_FEATURES])
{
	fold_text(&k->fold, passage, strlen(passage));
	rank_text(p, buf_cstr(&k->fold.text), k->fold.text.len);
	rank_features(&k->question, p, f);
	/* A word or two are all of many questions: that is no certainty. */
	f[RANK_SCORE] = self > 0 ? fmin((double)hit->score / self, SCORE_MOST) : 0;
	f[RANK_ASKED] = mass > 0 ? (double)hit->matched / mass : 0;
	f[RANK_SAID] = k->index.passages[hit->passage].mass > 0 ?
	    (double)(hit->matched / k->index.passages[hit->passage].mass) : 0;
	f[RANK_SUPPORT] = self > 0 ? fmin(others / self, SUPPORT_MOST) : 0;
}

/* How sure: of the passages the surest. */
static void
judge(struct asking *as, struct candidate *c)
{
	struct knowledge *k = as->k;
	double others = support(c), f[RANK_FEATURES], s;
	const struct article_text *text;
	struct rank_text p;
	size_t i;

	c->best = c->hits[0];
	if (k->plain) {
		s = as->self > 0 ? ((double)c->hits[0]->score + others) / as->self : 0;
		c->score = s / (1 + s);
		return;
	}
	for (i = 0; i < c->n && i < PASSAGES_RANKED; i++) {
		const char *passage = passage_text(k, c->of, c->hits[i]->passage, &text);

		features(k, c->hits[i], as->self, as->mass, others,
		    passage != NULL ? passage : text->title, &p, f);
		s = rank_score(&k->rank, &k->question, &p, f);
		if (f[RANK_ASKED] < ASKED_LEAST)
			s *= f[RANK_ASKED] / ASKED_LEAST;
		if (i == 0 || s > c->score) {
			c->score = s;
			c->best = c->hits[i];
		}
	}
	if (as->q->labels.v[DIM_AREA] != NULL && c->of->a.area.n > 0 &&
	    !article_list_has(&c->of->a.area, as->q->labels.v[DIM_AREA]))
		c->score *= other_area;
}

static int
surest_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->of->row < y->of->row ? -1 : x->of->row > y->of->row;
}

/* True if the folded passage has the term; a synonym is taken at its word. */
static bool
has_term(const struct knowledge *k, const struct buf *passage, const struct cue *t)
{
	return t->class == CUE_SYNONYM || memmem(buf_cstr(passage), passage->len,
	    buf_cstr(&k->asked) + t->at, t->len) != NULL;
}

/* "退款 2.1, 到账 1.7": the heaviest terms in common, characters within pairs left out. */
static const char *
tell_terms(struct knowledge *k, const char *passage)
{
	struct buf out = BUF_INIT;
	const char *s;
	size_t round, i, best;
	float below = 1e9f;

	fold_text(&k->fold, passage, strlen(passage));
	for (round = 0; round < TERMS_TOLD; round++) {
		for (i = 0, best = SIZE_MAX; i < k->cues.n; i++)
			if (k->cues.v[i].class != CUE_PIECE && k->cues.v[i].class != CUE_CHAR &&
			    k->detail[i].passages > 0 && k->detail[i].idf < below &&
			    (best == SIZE_MAX || k->detail[i].idf > k->detail[best].idf) &&
			    has_term(k, &k->fold.text, &k->cues.v[i]))
				best = i;
		if (best == SIZE_MAX)
			break;
		below = k->detail[best].idf;
		buf_fmt(&out, "%s%.*s %.1f", out.len > 0 ? ", " : "", (int)k->cues.v[best].len,
		    buf_cstr(&k->asked) + k->cues.v[best].at, (double)below);
	}
	s = arena_strn(&k->texts, buf_cstr(&out), out.len);
	buf_release(&out);
	return s;
}

static void
tell(struct asking *as, const struct candidate *c, struct suggestion *out)
{
	const char *lang = as->q->labels.v[DIM_LANGUAGE], *passage;
	const struct article_text *text, *wanted;

	passage = passage_text(as->k, c->of, c->best->passage, &text);
	wanted = lang != NULL ? article_in(&c->of->a, lang) : NULL;
	out->of = c->of;
	out->text = wanted != NULL ? wanted : text;
	out->score = c->score;
	out->bm25 = (double)c->hits[0]->score;
	out->passage = passage;
	out->terms = tell_terms(as->k, passage != NULL ? passage : text->answer);
}

static void
read_question(struct knowledge *k, const char *text)
{
	fold_text(&k->fold, text, strlen(text));
	buf_clear(&k->asked);
	buf_add(&k->asked, buf_cstr(&k->fold.text), k->fold.text.len);
	cues_read(&k->cues, buf_cstr(&k->asked), k->asked.len);
	rank_text(&k->question, buf_cstr(&k->asked), k->asked.len);
	k->detail = xrealloc(k->detail, (k->cues.n + 1) * sizeof(*k->detail));
	arena_clear(&k->texts);
}

/* What the index finds for Q, by article. */
static int
search(struct asking *as, struct err *e)
{
	struct knowledge *k = as->k;
	size_t i;
	int got;

	read_question(k, as->q->text);
	got = index_search(&k->index, &k->cues, as->hits, KNOWLEDGE_CANDIDATES, k->detail, e);
	if (got < 0)
		return -1;
	as->n_hits = (size_t)got;
	as->self = (double)index_self_score(&k->index, &k->cues, k->detail);
	for (i = 0; i < k->cues.n; i++)
		as->mass += (double)k->detail[i].idf;
	return gather(as, e);
}

int
knowledge_ask(struct knowledge *k, const struct question *q, struct suggestion *out,
    size_t max, struct err *e)
{
	struct asking as = { .k = k, .q = q };
	size_t i;

	if (search(&as, e) < 0)
		return -1;
	for (i = 0; i < as.n; i++)
		judge(&as, &as.v[i]);
	qsort(as.v, as.n, sizeof(*as.v), surest_first);
	for (i = 0; i < as.n && i < max; i++)
		tell(&as, &as.v[i], &out[i]);
	return (int)i;
}

/* Takes the passage that is the question itself out of C. */
static void
leave_out_same(struct asking *as, struct candidate *c)
{
	const struct article_text *text;
	size_t i, n = 0;

	for (i = 0; i < c->n; i++) {
		const char *passage = passage_text(as->k, c->of, c->hits[i]->passage, &text);

		if (passage == NULL || strcmp(passage, as->q->text) != 0)
			c->hits[n++] = c->hits[i];
	}
	c->n = n;
}

int
knowledge_examples(struct knowledge *k, const char *question, int64_t now, bool leave_out,
    knowledge_example *fn, void *ctx, struct err *e)
{
	const struct question q = { .text = question, .now = now, .staff = true, .offers = true,
		.any_time = true };
	struct asking as = { .k = k, .q = &q };
	const struct article_text *text;
	double f[RANK_FEATURES];
	struct rank_text p;
	size_t i, h;

	if (search(&as, e) < 0)
		return -1;
	for (i = 0; i < as.n; i++) {
		struct candidate *c = &as.v[i];

		if (leave_out)
			leave_out_same(&as, c);
		for (h = 0; h < c->n && h < PASSAGES_RANKED; h++) {
			const char *passage = passage_text(k, c->of, c->hits[h]->passage, &text);

			features(k, c->hits[h], as.self, as.mass, support(c),
			    passage != NULL ? passage : text->title, &p, f);
			fn(ctx, c->of, &p, f);
		}
	}
	return 0;
}
