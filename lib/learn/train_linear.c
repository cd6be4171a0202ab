/* train_linear - the door to liblinear: one linear function that tells yes from no */
#include <linear.h>
#include <stdlib.h>

#include "base/mem.h"
#include "learn/train_linear.h"

struct linear {
	size_t n, n_features;
	const size_t *first;
	const uint32_t *feature;
	const float *norm;
	struct feature_node *nodes;	/* sample by sample: features, constant, end */
	struct feature_node **x;
	double *y;
};

static void
say_nothing(const char *text)
{
	(void)text;
}

struct linear *
linear_new(size_t n, const size_t *first, const uint32_t *feature, const float *norm,
    size_t n_features)
{
	struct linear *l = xcalloc(1, sizeof(*l));
	struct feature_node *at;
	size_t i, k;

	*l = (struct linear){ n, n_features, first, feature, norm, NULL, NULL, NULL };
	l->nodes = at = xmalloc((first[n] + n * 2 + 1) * sizeof(*l->nodes));
	l->x = xmalloc((n + 1) * sizeof(*l->x));
	l->y = xmalloc((n + 1) * sizeof(*l->y));
	for (i = 0; i < n; i++) {
		l->x[i] = at;
		for (k = first[i]; k < first[i + 1]; k++)
			(at++)->index = (int)feature[k] + 1;
		*at++ = (struct feature_node){ (int)n_features + 1, 1 };
		*at++ = (struct feature_node){ -1, 0 };
	}
	set_print_string_function(say_nothing);
	return l;
}

static void
set_values(struct linear *l, const float *scale)
{
	size_t i, k;

	for (i = 0; i < l->n; i++) {
		struct feature_node *at = l->x[i];

		for (k = l->first[i]; k < l->first[i + 1]; k++)
			(at++)->value = (double)l->norm[i] *
			    (scale != NULL ? (double)scale[l->feature[k]] : 1);
	}
}

double
linear_fit(struct linear *l, const float *scale, const unsigned char *yes, double cost,
    unsigned seed, float *w)
{
	struct problem p = { (int)l->n, (int)l->n_features + 1, l->y, l->x, 1 };
	struct parameter how = { .solver_type = L2R_L2LOSS_SVC_DUAL, .eps = 0.1, .C = cost };
	struct model *m;
	double sign, constant;
	size_t i;

	set_values(l, scale);
	for (i = 0; i < l->n; i++)
		l->y[i] = yes[i] ? 1 : -1;
	srandom(seed);		/* what liblinear's rand() draws from, in the C library we use */
	m = train(&p, &how);
	sign = m->label[0] == 1 ? 1 : -1;
	for (i = 0; i < l->n_features; i++)
		w[i] = (float)(sign * m->w[i] * (scale != NULL ? (double)scale[i] : 1));
	constant = sign * m->w[l->n_features];
	free_and_destroy_model(&m);
	return constant;
}

void
linear_free(struct linear *l)
{
	free(l->nodes);
	free(l->x);
	free(l->y);
	free(l);
}
