/* calibrate - what a model's sums are worth, from samples it was not trained on.
 *
 * Pure.  The slope of the softmax is the one under which the right labels were likeliest
 * (temperature scaling, Guo et al. 2017); the confidence is a logistic regression of "the
 * winner was right" on its log odds and the share of n-grams that were known.
 */
#ifndef CSR_CALIBRATE_H
#define CSR_CALIBRATE_H

#include "learn/model.h"

/* What a model said of samples it did not know. */
struct held_out {
	size_t n, n_labels;
	double *sums;			/* [sample * n_labels + label] */
	double *known;			/* share of n-grams known */
	unsigned char *right;		/* the true label */
};

/* The curve that fits them; with fewer than ten the confidence is the softmax's. */
void calibrate(const struct held_out *h, struct model_curve *curve);

/* The confidence below which a person should look: the highest that sends no more than
 * one in twenty right answers to her, 0.5 at most. */
double calibrate_threshold(const struct held_out *h, const struct model_curve *curve);

/* How confidence and truth agree: ten bins of confidence. Start from zero. */
enum { RELIABILITY_BINS = 10 };
struct reliability {
	size_t n[RELIABILITY_BINS], right[RELIABILITY_BINS];
	double confidence[RELIABILITY_BINS];	/* summed */
};
void reliability_add(struct reliability *r, double confidence, bool right);
/* Expected calibration error: the mean distance of confidence and truth, by bins. */
double reliability_ece(const struct reliability *r);

#endif
