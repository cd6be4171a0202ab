/* models - the learned models a program works with, beside the rules.
 *
 * Files models/NAME.model of the configuration directories, and those named on the command
 * line, which come before them: one model per dimension.  A model of a dimension that
 * rules know too must know its labels; the two then decide together (desk/rules.h).
 */
#ifndef CSR_STORE_MODELS_H
#define CSR_STORE_MODELS_H

#include <stdbool.h>

#include "base/mapped.h"
#include "base/opt.h"
#include "desk/rules.h"
#include "learn/model.h"
#include "text/fold.h"

enum { MODELS = 16, MODEL_FILE_MOST = 64 * 1024 * 1024, RULED_LABELS = 64 };

/* A model's file, mapped and checked. */
struct model_file {
	struct mapped file;
	struct model m;
};
/* 66, or 78 with the path before the reason. */
int model_file_open(struct model_file *f, const char *path, struct err *e);
void model_file_close(struct model_file *f);

struct models {
	struct model_file files[MODELS];
	int dimension[MODELS];		/* of the rules, -1: theirs alone */
	unsigned char label[MODELS][MODEL_LABELS];	/* the rules' number of each label */
	struct guess guess[MODELS];	/* of the last text */
	size_t n;
	double threshold;		/* for all of them; below 0: each one's own */

	/* Private: of the last text. */
	struct grams grams;
	double shares[RULES_DIMENSIONS][RULED_LABELS];
	const double *by_dimension[RULES_DIMENSIONS];
};

/* Loads the models NAMED, then, if SHIPPED, those of the configuration directories. */
int models_load(struct models *ms, const struct rules *r, const struct opt_list *named,
    bool shipped, struct err *e);
void models_release(struct models *ms);

/* Looks at a text; gives the shares per dimension of the rules.  For a classifier's look(),
 * CTX being the struct models. */
const double *const *models_look(void *ctx, const struct fold *text);
/* Adds to V, which the rules made of that text, the dimensions they do not know, and says
 * which labels are unsure. */
void models_finish(const struct models *ms, struct verdict *v);

/* The model of DIMENSION, or NULL. */
const struct model *models_of(const struct models *ms, const char *dimension);

#endif
