/* fit - what a model is made of: weights learned from samples */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/fit.h"
#include "learn/train_linear.h"

enum {
	FEW = 500,		/* samples; of fewer, n-grams seen once count as well */
	MOST_WEIGHTS = 60000000	/* n-grams times labels; 4 bytes each, per part */
};

/* Tuned over all the sets of tests/bench/learn together, by cross-validation on the parts
 * that are there to train on. */
static const double RARE = 3;		/* seen / (seen + RARE) is what an n-gram is worth */
static const double SMOOTH = 1, BAYES_SMOOTH = 0.01;
static const double COST_RATIO = 1.5, COST_PLAIN = 1;

/* The chosen samples, their n-grams as features. */
struct data {
	size_t n, n_labels, n_features;
	size_t *first;
	uint32_t *feature;
	float *norm;
	unsigned char *label, *yes;
	size_t in_label[MODEL_LABELS];
};

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* How many samples each n-gram of the set is in. */
static uint32_t *
count_grams(const struct samples *s, const uint32_t *which, size_t n)
{
	uint32_t *seen = xcalloc(s->n_grams + 1, sizeof(*seen));
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = s->first[which[i]]; k < s->first[which[i] + 1]; k++)
			seen[s->grams[k]]++;
	return seen;
}

/* The least count with which no more than MOST n-grams stay. */
static uint32_t
least_seen(const uint32_t *seen, size_t n_grams, uint32_t least, size_t most)
{
	size_t i, left = SIZE_MAX;

	for (; left > most; least += left > most)
		for (i = left = 0; i < n_grams; i++)
			left += seen[i] >= least;
	return least;
}

/* Picks the n-grams that are seen often enough. Returns each one's feature + 1, 0 for
 * those that are not; yours to free. */
static uint32_t *
pick_grams(struct fit *f, const struct samples *s, const uint32_t *which, size_t n)
{
	uint32_t *seen = count_grams(s, which, n);
	uint32_t least = least_seen(seen, s->n_grams, n < FEW ? 1 : 2,
	    MOST_WEIGHTS / s->n_labels);
	size_t i;

	f->hash = xmalloc((s->n_grams + 1) * sizeof(*f->hash));
	f->seen = xmalloc((s->n_grams + 1) * sizeof(*f->seen));
	for (i = 0; i < s->n_grams; i++) {
		if (seen[i] < least) {
			seen[i] = 0;
			continue;
		}
		f->hash[f->n_grams] = s->hash[i];
		f->seen[f->n_grams] = seen[i];
		seen[i] = (uint32_t)++f->n_grams;
	}
	return seen;
}

static void
gather(struct data *d, const struct samples *s, const uint32_t *which, size_t n,
    const uint32_t *feature_of)
{
	size_t i, k, at = 0;

	for (i = 0; i < n; i++)
		at += s->first[which[i] + 1] - s->first[which[i]];
	d->n = n;
	d->first = xmalloc((n + 1) * sizeof(*d->first));
	d->feature = xmalloc((at + 1) * sizeof(*d->feature));
	d->norm = xmalloc((n + 1) * sizeof(*d->norm));
	d->label = xmalloc(n + 1);
	d->yes = xmalloc(n + 1);
	for (i = at = 0; i < n; i++) {
		size_t from = s->first[which[i]], past = s->first[which[i] + 1];

		d->first[i] = at;
		for (k = from; k < past; k++)
			if (feature_of[s->grams[k]] != 0)
				d->feature[at++] = feature_of[s->grams[k]] - 1;
		qsort(d->feature + d->first[i], at - d->first[i], sizeof(*d->feature), by_value);
		d->norm[i] = past > from ? (float)(1 / sqrt((double)(past - from))) : 0;
		d->label[i] = s->label[which[i]];
		d->in_label[d->label[i]]++;
	}
	d->first[n] = at;
}

static void
data_release(struct data *d)
{
	free(d->first);
	free(d->feature);
	free(d->norm);
	free(d->label);
	free(d->yes);
}

/* How far naive Bayes tells LABEL by each feature, either way. */
static void
ratios(const struct data *d, const struct fit *f, size_t label, float *scale, double *in)
{
	double all_in = 0, all_out = 0;
	size_t i, k;

	memset(in, 0, d->n_features * sizeof(*in));
	for (i = 0; i < d->n; i++)
		for (k = d->first[i]; d->label[i] == label && k < d->first[i + 1]; k++)
			in[d->feature[k]]++;
	for (i = 0; i < d->n_features; i++) {
		all_in += in[i] + SMOOTH;
		all_out += f->seen[i] - in[i] + SMOOTH;
	}
	for (i = 0; i < d->n_features; i++) {
		double yes = (in[i] + SMOOTH) / all_in;
		double no = (f->seen[i] - in[i] + SMOOTH) / all_out;

		scale[i] = (float)(fabs(log(yes / no)) * f->seen[i] / (f->seen[i] + RARE));
	}
}

/* Of two labels the second is the first with all signs turned. */
static void
set_weights(struct part *p, size_t n_features, size_t n_labels, size_t label, const float *w,
    double bias)
{
	size_t i;

	p->bias[label] = bias;
	for (i = 0; i < n_features; i++)
		p->w[i * n_labels + label] = w[i];
	if (n_labels != 2)
		return;
	p->bias[1] = -bias;
	for (i = 0; i < n_features; i++)
		p->w[i * 2 + 1] = -w[i];
}

static void
separate(struct part *p, const struct data *d, const struct fit *f, bool by_ratio,
    uint64_t seed)
{
	struct linear *l = linear_new(d->n, d->first, d->feature, d->norm, d->n_features);
	float *w = xmalloc((d->n_features + 1) * sizeof(*w));
	float *scale = xmalloc((d->n_features + 1) * sizeof(*scale));
	double *in = xmalloc((d->n_features + 1) * sizeof(*in)), bias;
	size_t c, i;

	p->w = xcalloc(d->n_features * d->n_labels + 1, sizeof(*p->w));
	for (c = 0; c < (d->n_labels == 2 ? 1 : d->n_labels); c++) {
		if (d->in_label[c] == 0 || d->in_label[c] == d->n) {
			p->bias[c] = d->in_label[c] == 0 ? -1 : 1;
			continue;
		}
		for (i = 0; i < d->n; i++)
			d->yes[i] = d->label[i] == c;
		if (by_ratio)
			ratios(d, f, c, scale, in);
		bias = linear_fit(l, by_ratio ? scale : NULL, d->yes,
		    by_ratio ? COST_RATIO : COST_PLAIN, (unsigned)seed, w);
		set_weights(p, d->n_features, d->n_labels, c, w, bias);
	}
	linear_free(l);
	free(w);
	free(scale);
	free(in);
}

/* Multinomial naive Bayes, each label against all others. */
static void
bayes(struct part *p, const struct data *d)
{
	double in_label[MODEL_LABELS] = { 0 }, all = 0, mass, smooth, yes, no;
	double *each = xcalloc(d->n_features + 1, sizeof(*each));
	size_t i, k, c, labels = d->n_labels;

	p->w = xcalloc(d->n_features * labels + 1, sizeof(*p->w));
	for (i = 0; i < d->n; i++)
		for (k = d->first[i]; k < d->first[i + 1]; k++) {
			p->w[d->feature[k] * labels + d->label[i]] += d->norm[i];
			each[d->feature[k]] += (double)d->norm[i];
			in_label[d->label[i]] += (double)d->norm[i];
			all += (double)d->norm[i];
		}
	smooth = BAYES_SMOOTH * (double)d->n_features;
	for (i = 0; i < d->n_features; i++)
		for (c = 0; c < labels; c++) {
			mass = (double)p->w[i * labels + c];
			yes = (mass + BAYES_SMOOTH) / (in_label[c] + smooth);
			no = (each[i] - mass + BAYES_SMOOTH) / (all - in_label[c] + smooth);
			p->w[i * labels + c] = (float)log(yes / no);
		}
	free(each);
}

void
fit_learn(struct fit *f, const struct samples *s, const uint32_t *which, size_t n,
    unsigned parts, uint64_t seed)
{
	struct data d = { .n_labels = s->n_labels };
	uint32_t *feature_of;

	memset(f, 0, sizeof(*f));
	f->n_labels = s->n_labels;
	feature_of = pick_grams(f, s, which, n);
	gather(&d, s, which, n, feature_of);
	free(feature_of);
	d.n_features = f->n_grams;
	if (parts & FIT_RATIO)
		separate(&f->ratio, &d, f, true, seed);
	if (parts & FIT_PLAIN)
		separate(&f->plain, &d, f, false, seed);
	if (parts & FIT_BAYES)
		bayes(&f->bayes, &d);
	data_release(&d);
}

void
fit_release(struct fit *f)
{
	free(f->hash);
	free(f->seen);
	free(f->ratio.w);
	free(f->plain.w);
	free(f->bayes.w);
	memset(f, 0, sizeof(*f));
}

static void
add_part(float *w, double *bias, const struct fit *f, const struct part *p, double share)
{
	size_t n = f->n_grams * f->n_labels, i;

	if (p->w == NULL || !(share > 0))
		return;
	for (i = 0; i < n; i++)
		w[i] += (float)share * p->w[i];
	for (i = 0; i < f->n_labels; i++)
		bias[i] += share * p->bias[i];
}

float *
fit_mix(const struct fit *f, const struct mix *mix, double *bias)
{
	float *w = xcalloc(f->n_grams * f->n_labels + 1, sizeof(*w));

	memset(bias, 0, f->n_labels * sizeof(*bias));
	add_part(w, bias, f, &f->ratio, mix->ratio);
	add_part(w, bias, f, &f->plain, mix->plain);
	add_part(w, bias, f, &f->bayes, mix->bayes);
	return w;
}
