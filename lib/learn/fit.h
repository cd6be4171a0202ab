/* fit - what a model is made of: weights learned from samples.
 *
 * Three linear functions per label, over the same n-grams and divided by the same root of
 * a text's n-grams, so that their sum is one again:
 *   ratio  a support vector machine over n-grams weighted by how far naive Bayes tells
 *          the label by them (Wang and Manning 2012) and by how often they were seen;
 *   plain  the same machine over n-grams as they are;
 *   bayes  the log odds of naive Bayes themselves.
 * What they are worth beside each other, struct mix, is found out by train.h.  Pure.
 */
#ifndef CSR_FIT_H
#define CSR_FIT_H

#include "learn/samples.h"

struct mix {
	double ratio, plain, bayes;
};

struct part {
	float *w;			/* [gram * n_labels + label] */
	double bias[MODEL_LABELS];
};

struct fit {
	size_t n_labels, n_grams;
	uint32_t *hash;			/* per n-gram kept */
	uint32_t *seen;			/* per n-gram: samples it was in */
	struct part ratio, plain, bayes;	/* w NULL: not made */
};

enum fit_parts { FIT_RATIO = 1, FIT_PLAIN = 2, FIT_BAYES = 4 };

/* Learns from the N samples numbered in WHICH. Yours to fit_release(). */
void fit_learn(struct fit *f, const struct samples *s, const uint32_t *which, size_t n,
    unsigned parts, uint64_t seed);
void fit_release(struct fit *f);

/* The weights of all parts, mixed: n_grams * n_labels of them, yours to free, and BIAS. */
float *fit_mix(const struct fit *f, const struct mix *mix, double *bias);

#endif
