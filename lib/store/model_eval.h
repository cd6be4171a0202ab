/* model_eval - how good a learned model is, as one JSON object.
 *
 * Of a text with several right labels one is enough.  A label the model does not know can
 * only be answered rightly by being unsure; such texts are counted apart too.
 */
#ifndef CSR_MODEL_EVAL_H
#define CSR_MODEL_EVAL_H

#include <stdbool.h>

#include "learn/calibrate.h"
#include "learn/score.h"
#include "learn/train.h"
#include "store/labelled.h"

/* Start from zero. */
struct model_eval {
	const char *dimension;
	double threshold;		/* of all; below 0: the model's own */
	bool per_label, confusion, calibration;	/* what to print beside the rest */
	struct buf *wrong;		/* a line of JSON per wrong text goes here, or NULL */

	struct score score;
	struct reliability reliability;
	size_t n, sure, sure_right, unknown, unknown_unsure;
};

/* Counts what model M guessed of a text with these labels. R may be NULL. */
void model_eval_add(struct model_eval *ev, const struct model *m, const struct guess *g,
    const char *const *labels, size_t n_labels, const struct rec *r);
/* Appends the object: dimension, n, accuracy, macro_f1, sure, ... */
void model_eval_print(const struct model_eval *ev, struct buf *out);
void model_eval_release(struct model_eval *ev);

/* Asks M about all labelled lines of FILES; complaints go where L says. */
int model_eval_files(struct model_eval *ev, const struct model *m, struct labelled *l,
    int argc, char **argv, struct err *e);
/* Trains FOLDS times on the lines of FILES and asks each line of a model that has not
 * seen it. */
int model_eval_cross(struct model_eval *ev, const struct train *t, size_t folds,
    struct labelled *l, int argc, char **argv, struct err *e);

#endif
