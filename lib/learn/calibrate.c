/* calibrate - what a model's sums are worth, from samples it was not trained on */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "learn/calibrate.h"

enum { FEW = 10, STEPS = 40, UNKNOWNS = 3 };

/* Keeps the logistic curve tame when all answers were right. */
static const double RIDGE = 0.5;

static double
best_sum(const struct held_out *h, size_t i, size_t *label)
{
	const double *s = h->sums + i * h->n_labels;
	size_t c, best = 0;

	for (c = 1; c < h->n_labels; c++)
		if (s[c] > s[best])
			best = c;
	*label = best;
	return s[best];
}

/* The mean of -log p(right label) under SLOPE. */
static double
loss(const struct held_out *h, double slope)
{
	double all = 0, rest, top;
	size_t i, c, best;

	for (i = 0; i < h->n; i++) {
		const double *s = h->sums + i * h->n_labels;

		top = best_sum(h, i, &best);
		for (c = 0, rest = 0; c < h->n_labels; c++)
			rest += exp(slope * (s[c] - top));
		all += log(rest) - slope * (s[h->right[i]] - top);
	}
	return all / (double)h->n;
}

/* Golden section over the logarithm of the slope. */
static double
find_slope(const struct held_out *h)
{
	double low = log(0.05), high = log(100), part = (sqrt(5) - 1) / 2;
	double a = high - part * (high - low), b = low + part * (high - low);
	double at_a = loss(h, exp(a)), at_b = loss(h, exp(b));
	int i;

	for (i = 0; i < STEPS; i++) {
		if (at_a < at_b) {
			high = b;
			b = a;
			at_b = at_a;
			at_a = loss(h, exp(a = high - part * (high - low)));
		} else {
			low = a;
			a = b;
			at_a = at_b;
			at_b = loss(h, exp(b = low + part * (high - low)));
		}
	}
	return exp((low + high) / 2);
}

/* What the confidence of sample I is a function of; returns the winner. */
static size_t
features(const struct held_out *h, size_t i, double slope, double x[UNKNOWNS])
{
	const double *s = h->sums + i * h->n_labels;
	double top, all = 0, rest;
	size_t c, best;

	top = best_sum(h, i, &best);
	for (c = 0; c < h->n_labels; c++)
		all += c != best ? exp(slope * (s[c] - top)) : 0;
	rest = all > 1e-12 ? all : 1e-12;
	x[0] = 1;
	x[1] = -log(rest);
	x[2] = h->known[i];
	return best;
}

/* Solves A x = B in place; A is symmetric and positive. */
static void
solve(double a[UNKNOWNS][UNKNOWNS], double b[UNKNOWNS])
{
	int i, k, j;

	for (i = 0; i < UNKNOWNS; i++)
		for (k = i + 1; k < UNKNOWNS; k++) {
			double part = a[k][i] / a[i][i];

			for (j = i; j < UNKNOWNS; j++)
				a[k][j] -= part * a[i][j];
			b[k] -= part * b[i];
		}
	for (i = UNKNOWNS - 1; i >= 0; i--) {
		for (j = i + 1; j < UNKNOWNS; j++)
			b[i] -= a[i][j] * b[j];
		b[i] /= a[i][i];
	}
}

/* One of Newton's steps towards the likeliest curve near (0, 1, 0). */
static void
step(const struct held_out *h, double slope, double w[UNKNOWNS])
{
	static const double near[UNKNOWNS] = { 0, 1, 0 };
	double a[UNKNOWNS][UNKNOWNS] = { { 0 } }, g[UNKNOWNS], x[UNKNOWNS], p, err;
	size_t i;
	int k, j;

	for (k = 0; k < UNKNOWNS; k++) {
		g[k] = -RIDGE * (w[k] - near[k]);
		a[k][k] = RIDGE;
	}
	for (i = 0; i < h->n; i++) {
		size_t best = features(h, i, slope, x);

		p = 1 / (1 + exp(-(w[0] * x[0] + w[1] * x[1] + w[2] * x[2])));
		err = (best == h->right[i]) - p;
		for (k = 0; k < UNKNOWNS; k++) {
			g[k] += err * x[k];
			for (j = 0; j < UNKNOWNS; j++)
				a[k][j] += p * (1 - p) * x[k] * x[j];
		}
	}
	solve(a, g);
	for (k = 0; k < UNKNOWNS; k++)
		w[k] += g[k];
}

void
calibrate(const struct held_out *h, struct model_curve *curve)
{
	double w[UNKNOWNS] = { 0, 1, 0 };
	int i;

	*curve = (struct model_curve){ 2, 0, 1, 0 };
	if (h->n < FEW)
		return;
	curve->slope = find_slope(h);
	for (i = 0; i < 12; i++)
		step(h, curve->slope, w);
	if (!isfinite(w[0]) || !isfinite(w[1]) || !isfinite(w[2]) || w[1] <= 0)
		return;
	curve->constant = w[0];
	curve->odds = w[1];
	curve->known = w[2];
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
calibrate_threshold(const struct held_out *h, const struct model_curve *c)
{
	double *right = xmalloc((h->n + 1) * sizeof(*right)), x[UNKNOWNS], at = 0.5;
	size_t i, n = 0;

	for (i = 0; i < h->n; i++)
		if (features(h, i, c->slope, x) == h->right[i])
			right[n++] = 1 / (1 + exp(-c->constant - c->odds * x[1] - c->known * x[2]));
	qsort(right, n, sizeof(*right), by_size);
	if (n >= FEW && right[n / 20] < at)
		at = right[n / 20];
	free(right);
	return (double)(int)(at * 100) / 100;
}

void
reliability_add(struct reliability *r, double confidence, bool right)
{
	int bin = (int)(confidence * RELIABILITY_BINS);

	bin = bin < 0 ? 0 : bin >= RELIABILITY_BINS ? RELIABILITY_BINS - 1 : bin;
	r->n[bin]++;
	r->right[bin] += right;
	r->confidence[bin] += confidence;
}

double
reliability_ece(const struct reliability *r)
{
	double off = 0, all = 0;
	int i;

	for (i = 0; i < RELIABILITY_BINS; i++) {
		all += (double)r->n[i];
		off += fabs(r->confidence[i] - (double)r->right[i]);
	}
	return all > 0 ? off / all : 0;
}
