/* train_rank - weights for rank.h, learned from questions whose answers are known */
#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "learn/train_rank.h"

/* Found on pairs of questions by cross-validation (tests/bench/answer): single words are
 * many and each is seen seldom, so they must not weigh much; the others are worth more. */
static const double cost_dense = 1, cost_sparse = 0.01, scale_sparse = 6;
enum { WRONG_MOST = 40, CALIBRATED_EVERY = 5, STEPS = 100 };

struct rank_example {
	double f[RANK_FEATURES];
	const uint32_t *singles;	/* sorted places, may come again */
	size_t n_singles, question;
	bool right;
};

void
rank_train_question(struct rank_trainer *t)
{
	t->questions++;
}

struct gathering {
	struct rank_trainer *t;
	uint32_t v[RANK_UNITS_MAX * 8];
	size_t n;
};

static void
on_single(void *ctx, uint32_t hash)
{
	struct gathering *g = ctx;

	if (g->n < sizeof(g->v) / sizeof(*g->v))
		g->v[g->n++] = hash >> (32 - g->t->bits);
}

static int
by_place(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void
rank_train_add(struct rank_trainer *t, const struct rank_text *question,
    const struct rank_text *passage, const double f[RANK_FEATURES], bool right)
{
	struct gathering g = { .t = t, .n = 0 };
	struct rank_example *x;
	uint32_t *singles;

	if (t->n == t->cap) {
		t->cap = t->cap * 2 + 1024;
		t->v = xrealloc(t->v, t->cap * sizeof(*t->v));
	}
	x = &t->v[t->n++];
	*x = (struct rank_example){ .question = t->questions - 1, .right = right };
	memcpy(x->f, f, sizeof(x->f));
	if (t->bits == 0)
		return;
	rank_singles(question, passage, on_single, &g);
	qsort(g.v, g.n, sizeof(*g.v), by_place);
	singles = arena_alloc(&t->arena, (g.n + 1) * sizeof(*singles));
	memcpy(singles, g.v, g.n * sizeof(*singles));
	x->singles = singles;
	x->n_singles = g.n;
}

/* liblinear's form of the problem, growing. */
struct rows {
	struct feature_node **x;
	double *y;
	size_t n, cap;
	struct arena arena;
};

/* The difference of two examples, with its sign turned for every other row so that both
 * answers occur. */
static void
add_row(const struct rank_trainer *t, struct rows *r, const struct rank_example *right,
    const struct rank_example *wrong)
{
	struct feature_node *row = arena_alloc(&r->arena, (RANK_FEATURES + right->n_singles +
	    wrong->n_singles + 1) * sizeof(*row));
	double sign = r->n % 2 == 0 ? 1 : -1, scale = t->bits > 0 ? scale_sparse : 1;
	size_t i = 0, k = 0, n = 0;

	for (; n < RANK_FEATURES; n++)
		row[n] = (struct feature_node){ (int)n + 1,
			sign * scale * (right->f[n] - wrong->f[n]) };
	while (i < right->n_singles || k < wrong->n_singles) {
		bool take = k == wrong->n_singles || (i < right->n_singles &&
		    right->singles[i] <= wrong->singles[k]);
		uint32_t place = take ? right->singles[i++] : wrong->singles[k++];
		int index = RANK_FEATURES + 1 + (int)place;

		if (row[n - 1].index == index)
			row[n - 1].value += take ? sign : -sign;
		else
			row[n++] = (struct feature_node){ index, take ? sign : -sign };
	}
	row[n].index = -1;
	if (r->n == r->cap) {
		r->cap = r->cap * 2 + 1024;
		r->x = xrealloc(r->x, r->cap * sizeof(*r->x));
		r->y = xrealloc(r->y, r->cap * sizeof(*r->y));
	}
	r->x[r->n] = row;
	r->y[r->n++] = sign;
}

/* The differences of one question, whose examples are [FROM, TO): its surest right passage
 * against the wrong ones. */
static void
add_question(const struct rank_trainer *t, struct rows *r, size_t from, size_t to)
{
	const struct rank_example *right = NULL;
	size_t i, n = 0;

	for (i = from; i < to; i++)
		if (t->v[i].right && (right == NULL || t->v[i].f[RANK_SCORE] >
		    right->f[RANK_SCORE]))
			right = &t->v[i];
	for (i = from; i < to && right != NULL && n < WRONG_MOST; i++)
		if (!t->v[i].right) {
			add_row(t, r, right, &t->v[i]);
			n++;
		}
}

static bool
is_used(const bool *use, size_t question)
{
	return use == NULL || use[question];
}

static void
hush(const char *s)
{
	(void)s;
}

/* The weights as liblinear finds them, without a bias. */
static void
fit(const struct rank_trainer *t, const struct rows *r, struct rank_model *m)
{
	struct problem problem = { .l = (int)r->n, .y = r->y, .x = r->x, .bias = -1,
		.n = RANK_FEATURES + (t->bits > 0 ? 1 << t->bits : 0) };
	struct parameter how = { .solver_type = L2R_LR, .eps = 0.01, .p = 0.1,
		.C = t->bits > 0 ? cost_sparse : cost_dense };
	struct model *found;
	double sign, scale = t->bits > 0 ? scale_sparse : 1;
	size_t i;

	set_print_string_function(hush);
	found = train(&problem, &how);
	sign = found->label[0] == 1 ? 1 : -1;
	for (i = 0; i < RANK_FEATURES; i++)
		m->dense[i] = sign * scale * found->w[i];
	m->dense[RANK_BIAS] = 0;
	for (i = 0; m->sparse != NULL && i < (size_t)1 << m->bits; i++)
		m->sparse[i] = (float)(sign * found->w[RANK_FEATURES + i]);
	free_and_destroy_model(&found);
}

static double
raw_score(const struct rank_example *x, const struct rank_model *m)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < RANK_FEATURES; i++)
		sum += m->dense[i] * x->f[i];
	for (i = 0; i < x->n_singles; i++)
		sum += m->sparse != NULL ? (double)m->sparse[x->singles[i]] : 0;
	return sum;
}

/* Newton's step, which far from the end may be too long. */
static double
bounded(double step)
{
	return step > 1 ? 1 : step < -1 ? -1 : step;
}

/* Makes the score a probability (Platt, 1999): p = 1 / (1 + exp(-a s - b)), with a and b by
 * Newton's method on the examples of the questions held back. */
static void
calibrate(const struct rank_trainer *t, const bool *held, struct rank_model *m)
{
	double a = 1, b = 0, ga, gb, haa, hab, hbb, s, p, w, det, yes, no;
	size_t i, step, n[2] = { 0, 0 };

	for (i = 0; i < t->n; i++)
		n[t->v[i].right] += held[t->v[i].question];
	yes = ((double)n[1] + 1) / ((double)n[1] + 2);	/* his targets, so that it ends */
	no = 1 / ((double)n[0] + 2);
	for (step = 0; step < STEPS; step++) {
		ga = gb = hab = 0;
		haa = hbb = 1e-3;	/* also where all is flat */
		for (i = 0; i < t->n; i++) {
			if (!held[t->v[i].question])
				continue;
			s = raw_score(&t->v[i], m);
			p = 1 / (1 + exp(-a * s - b));
			w = p * (1 - p);
			ga += (p - (t->v[i].right ? yes : no)) * s;
			gb += p - (t->v[i].right ? yes : no);
			haa += w * s * s;
			hab += w * s;
			hbb += w;
		}
		det = haa * hbb - hab * hab;
		if (!(det > 0))
			break;
		a -= bounded((hbb * ga - hab * gb) / det);
		b -= bounded((haa * gb - hab * ga) / det);
	}
	if (!(a > 0.05) || !isfinite(a) || !isfinite(b))
		return;		/* too little to learn from: as it is */
	for (i = 0; i < RANK_FEATURES; i++)
		m->dense[i] *= a;
	m->dense[RANK_BIAS] = b;
	for (i = 0; m->sparse != NULL && i < (size_t)1 << m->bits; i++)
		m->sparse[i] *= (float)a;
}

/* Fits on the used questions but those HELD (NULL: on all). */
static size_t
fit_but(const struct rank_trainer *t, const bool *use, const bool *held, struct rank_model *m)
{
	struct rows r = { .n = 0 };
	size_t from, to;

	for (from = 0; from < t->n; from = to) {
		size_t q = t->v[from].question;

		for (to = from; to < t->n && t->v[to].question == q; )
			to++;
		if (is_used(use, q) && (held == NULL || !held[q]))
			add_question(t, &r, from, to);
	}
	if (r.n >= 2)
		fit(t, &r, m);
	free(r.x);
	free(r.y);
	arena_release(&r.arena);
	return r.n;
}

int
rank_train(const struct rank_trainer *t, const bool *use, struct rank_model *m,
    struct err *e)
{
	bool *held = xcalloc(t->questions + 1, sizeof(*held));
	size_t q, n = 0, rows;

	*m = (struct rank_model){ .bits = t->bits };
	if (t->bits > 0)
		m->sparse = xcalloc((size_t)1 << t->bits, sizeof(*m->sparse));
	for (q = 0; q < t->questions; q++)
		held[q] = is_used(use, q) && n++ % CALIBRATED_EVERY == 0;
	rows = fit_but(t, use, held, m);
	if (rows >= 2)
		calibrate(t, held, m);
	free(held);
	if (rows >= 2)
		return 0;
	rank_release(m);
	return err_set(e, ERR_DATA, "nothing to learn from: no question has both a right and a "
	    "wrong article");
}

double
rank_train_score(const struct rank_trainer *t, size_t i, const struct rank_model *m)
{
	return raw_score(&t->v[i], m);
}

double
rank_train_feature(const struct rank_trainer *t, size_t i, enum rank_feature f)
{
	return t->v[i].f[f];
}

size_t
rank_train_of(const struct rank_trainer *t, size_t i, bool *right)
{
	*right = t->v[i].right;
	return t->v[i].question;
}

void
rank_train_release(struct rank_trainer *t)
{
	free(t->v);
	arena_release(&t->arena);
	*t = (struct rank_trainer){ .bits = t->bits };
}
