/* model_build - the bytes of a model from the weights that were learned.
 *
 * What all labels of an n-gram share decides nothing and is left out, as is what a label
 * gets from every n-gram alike (kept once per label).  Of the rest the weights that move
 * a sample least go first, until the model is small enough.  Pure.
 */
#ifndef CSR_MODEL_BUILD_H
#define CSR_MODEL_BUILD_H

#include "base/buf.h"
#include "learn/fit.h"

enum { MODEL_MOST_BYTES = 4900000 };

struct model_plan {
	const char *dimension;
	const char *const *labels;
	struct gram_setting setting;
	size_t most_bytes;		/* 0: MODEL_MOST_BYTES */
	struct model_curve curve;	/* slope 1 and zeros while it is not known yet */
	double threshold;
	struct model_birth birth;
};

/* Appends the model to OUT, which must be empty. */
void model_build(const struct model_plan *plan, const struct fit *f, const struct mix *mix,
    struct buf *out);

#endif
