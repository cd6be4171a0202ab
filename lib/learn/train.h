/* train - a model from samples, and how good it is on samples it did not see.
 *
 * One procedure for every set, no settings to tune: parts of the samples are held out in
 * turn; on them it is found out how the parts of the model (fit.h) are best mixed, how
 * its sums become a confidence, and below which confidence a person should decide; then
 * the model is trained on all.  The same samples, seed and time give the same bytes.
 * Pure.
 */
#ifndef CSR_TRAIN_H
#define CSR_TRAIN_H

#include "learn/model_build.h"
#include "learn/samples.h"

struct train {
	const char *dimension;
	uint64_t seed;
	int64_t at;			/* UTC milliseconds, for the file */
	size_t most_bytes;		/* of the model; 0 for the usual */
};

/* Sorts S and trains on it.  Appends the model to OUT, which must be empty.  65: fewer
 * than two labels; 78: DIMENSION is no name. */
int train_model(const struct train *t, struct samples *s, struct buf *out, struct err *e);

/* A sample that was held out: its number, and what a model trained on the others says. */
typedef void train_held_fn(void *ctx, const struct model *m, uint32_t sample,
    const struct guess *g);
/* Trains FOLDS times on all but one part of S, each sample being held out once. */
int train_cross(const struct train *t, struct samples *s, size_t folds, train_held_fn *fn,
    void *ctx, struct err *e);

#endif
