/* train - a model from samples, and how good it is on samples it did not see */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/calibrate.h"
#include "learn/train.h"

enum {
	MANY = 6000,		/* samples; of more, one part held out is enough */
	PARTS = 5,		/* of the samples, each held out in turn */
	MOST_HELD = 10000
};

/* Mixes that are tried, the usual one first: another must be clearly better. */
static const struct mix mixes[] = {
	{ 1, 0.3, 0.06 }, { 1, 0, 0.02 }, { 1, 1, 0.1 }, { 1, 1, 0.04 },
};
enum { MIXES = sizeof(mixes) / sizeof(*mixes) };

/* One turn: trained on all of ORDER but [from, past). */
struct turn {
	size_t from, past;
	struct fit fit;
};

struct trial {
	const struct train *t;
	const struct samples *s;
	const uint32_t *order;
	size_t n;			/* samples in order */
	struct turn turns[PARTS];
	size_t n_turns;
};

static void
learn_turn(const struct trial *tr, struct turn *turn)
{
	size_t n = tr->n - (turn->past - turn->from);
	uint32_t *rest = xmalloc((n + 1) * sizeof(*rest));

	memcpy(rest, tr->order, turn->from * sizeof(*rest));
	memcpy(rest + turn->from, tr->order + turn->past, (tr->n - turn->past) * sizeof(*rest));
	fit_learn(&turn->fit, tr->s, rest, n, FIT_RATIO | FIT_PLAIN | FIT_BAYES, tr->t->seed);
	free(rest);
}

static void
learn_turns(struct trial *tr)
{
	size_t i, held = tr->n / PARTS;

	tr->n_turns = tr->n > MANY ? 1 : tr->n < PARTS ? 0 : PARTS;
	for (i = 0; i < tr->n_turns; i++) {
		struct turn *turn = &tr->turns[i];

		turn->from = i * tr->n / PARTS;
		turn->past = tr->n_turns > 1 ? (i + 1) * tr->n / PARTS :
		    held < MOST_HELD ? held : MOST_HELD;
		learn_turn(tr, turn);
	}
}

static void
plan_init(struct model_plan *plan, const struct trial *tr)
{
	*plan = (struct model_plan){ .dimension = tr->t->dimension,
		.labels = (const char *const *)tr->s->labels, .setting = tr->s->setting,
		.most_bytes = tr->t->most_bytes, .curve = { 1, 0, 1, 0 } };
	plan->birth = (struct model_birth){ .samples = (uint32_t)tr->n, .seed = tr->t->seed,
		.at = tr->t->at };
}

/* What the models of all turns, mixed by MIX, say of the samples held out. */
static void
ask(const struct trial *tr, const struct mix *mix, struct held_out *h)
{
	struct grams g = GRAMS_INIT;
	struct model_plan plan;
	struct model m;
	struct err e;
	size_t i, k;

	plan_init(&plan, tr);
	for (i = h->n = 0; i < tr->n_turns; i++) {
		struct buf bytes = BUF_INIT;

		model_build(&plan, &tr->turns[i].fit, mix, &bytes);
		k = tr->turns[i].from;
		if (model_open(&m, bytes.p, bytes.len, &e) < 0)
			k = tr->turns[i].past;	/* cannot be: we wrote it ourselves */
		for (; k < tr->turns[i].past; k++, h->n++) {
			samples_grams(tr->s, tr->order[k], &g);
			h->known[h->n] = model_sums(&m, &g, h->sums + h->n * h->n_labels);
			h->right[h->n] = tr->s->label[tr->order[k]];
		}
		buf_release(&bytes);
	}
	grams_release(&g);
}

static void
held_init(struct held_out *h, const struct trial *tr)
{
	size_t n = 0, i;

	for (i = 0; i < tr->n_turns; i++)
		n += tr->turns[i].past - tr->turns[i].from;
	*h = (struct held_out){ .n_labels = tr->s->n_labels };
	h->sums = xmalloc((n * h->n_labels + 1) * sizeof(*h->sums));
	h->known = xmalloc((n + 1) * sizeof(*h->known));
	h->right = xmalloc(n + 1);
}

static void
held_release(struct held_out *h)
{
	free(h->sums);
	free(h->known);
	free(h->right);
}

static size_t
count_right(const struct held_out *h)
{
	size_t i, c, best, right = 0;

	for (i = 0; i < h->n; i++) {
		const double *s = h->sums + i * h->n_labels;

		for (c = 1, best = 0; c < h->n_labels; c++)
			best = s[c] > s[best] ? c : best;
		right += best == h->right[i];
	}
	return right;
}

/* The mix that was right most often; the usual one unless another gains two in a
 * thousand. */
static const struct mix *
choose(const struct trial *tr, struct held_out *h)
{
	size_t i, right, best = 0, most = 0;

	for (i = 0; i < MIXES && tr->n_turns > 0; i++) {
		ask(tr, &mixes[i], h);
		right = count_right(h);
		if (i == 0)
			most = right + h->n * 2 / 1000;
		else if (right > most) {
			most = right;
			best = i;
		}
	}
	ask(tr, &mixes[best], h);
	return &mixes[best];
}

static void
judge(struct model_plan *plan, const struct held_out *h)
{
	struct reliability r = { { 0 }, { 0 }, { 0 } };
	struct model m = { .n_labels = h->n_labels };
	struct guess g;
	size_t i;

	calibrate(h, &plan->curve);
	plan->threshold = calibrate_threshold(h, &plan->curve);
	m.curve = plan->curve;
	for (i = 0; i < h->n; i++) {
		model_judge(&m, h->sums + i * h->n_labels, h->known[i], &g);
		reliability_add(&r, g.confidence, g.label == h->right[i]);
	}
	plan->birth.accuracy = h->n > 0 ? (double)count_right(h) / (double)h->n : 0;
	plan->birth.ece = reliability_ece(&r);
}

/* Trains on the N samples of ORDER. */
static void
train_on(const struct train *t, const struct samples *s, const uint32_t *order, size_t n,
    struct buf *out)
{
	struct trial tr = { .t = t, .s = s, .order = order, .n = n };
	struct model_plan plan;
	struct held_out h;
	struct mix mix;
	struct fit fit;
	size_t i;

	learn_turns(&tr);
	held_init(&h, &tr);
	mix = *choose(&tr, &h);
	plan_init(&plan, &tr);
	judge(&plan, &h);
	held_release(&h);
	for (i = 0; i < tr.n_turns; i++)
		fit_release(&tr.turns[i].fit);
	fit_learn(&fit, s, order, n, FIT_RATIO | (mix.plain > 0 ? FIT_PLAIN : 0u) |
	    (mix.bayes > 0 ? FIT_BAYES : 0u), t->seed);
	model_build(&plan, &fit, &mix, out);
	fit_release(&fit);
}

static int
check(const struct train *t, const struct samples *s, struct err *e)
{
	size_t len = strlen(t->dimension);

	if (len == 0 || len >= MODEL_NAME || strpbrk(t->dimension, " \"\\\t\n.") != NULL)
		return err_set(e, ERR_CONFIG, "\"%.80s\" is no name for a dimension",
		    t->dimension);
	if (s->n_labels < 2)
		return err_set(e, ERR_DATA, "%zu samples with %zu labels: two labels are the "
		    "least there is to learn", s->n, s->n_labels);
	return 0;
}

int
train_model(const struct train *t, struct samples *s, struct buf *out, struct err *e)
{
	uint32_t *order;

	if (check(t, s, e) < 0)
		return -1;
	samples_sort(s);
	order = samples_shuffled(s, t->seed);
	train_on(t, s, order, s->n, out);
	free(order);
	return 0;
}

static int
hold_out(const struct train *t, const struct samples *s, const uint32_t *order, size_t from,
    size_t past, train_held_fn *fn, void *ctx, struct err *e)
{
	size_t n = s->n - (past - from), i;
	uint32_t *rest = xmalloc((n + 1) * sizeof(*rest));
	struct grams g = GRAMS_INIT;
	struct buf bytes = BUF_INIT;
	struct guess guess;
	struct model m;
	int bad;

	memcpy(rest, order, from * sizeof(*rest));
	memcpy(rest + from, order + past, (s->n - past) * sizeof(*rest));
	train_on(t, s, rest, n, &bytes);
	bad = model_open(&m, bytes.p, bytes.len, e);
	for (i = from; bad == 0 && i < past; i++) {
		samples_grams(s, order[i], &g);
		model_guess(&m, &g, &guess);
		fn(ctx, &m, order[i], &guess);
	}
	free(rest);
	grams_release(&g);
	buf_release(&bytes);
	return bad;
}

int
train_cross(const struct train *t, struct samples *s, size_t folds, train_held_fn *fn,
    void *ctx, struct err *e)
{
	uint32_t *order;
	size_t i;
	int bad = 0;

	if (check(t, s, e) < 0)
		return -1;
	samples_sort(s);
	order = samples_shuffled(s, t->seed);
	for (i = 0; i < folds && bad == 0; i++)
		bad = hold_out(t, s, order, i * s->n / folds, (i + 1) * s->n / folds, fn, ctx, e);
	free(order);
	return bad;
}
