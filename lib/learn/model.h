/* model - a learned model: bytes of a file (csr-model(5)) that label texts.
 *
 * A linear model over n-grams (gram.h): each n-gram adds its weight to some labels, the
 * sum is divided by the root of the text's number of n-grams.  Weights are whole numbers,
 * so every machine gives the same label.  Calibration turns sums into a confidence, the
 * probability that the label is right; below the model's threshold a person decides.
 * Pure: the caller maps the file and keeps it mapped as long as the model is in use.
 * Nothing in the bytes is trusted: what does not hold together is refused (78).
 */
#ifndef CSR_MODEL_H
#define CSR_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "learn/gram.h"

enum { MODEL_LABELS = 255, MODEL_NAME = 64, MODEL_VERSION = 1 };

/* The label of a text nobody is sure about. */
#define MODEL_UNSURE "unsure"

/* Where a model comes from. */
struct model_birth {
	uint32_t samples;	/* it was trained on */
	uint64_t seed;
	int64_t at;		/* UTC milliseconds, as the trainer was told */
	double accuracy;	/* on samples it was not trained on, 0 to 1 */
	double ece;		/* expected error of its confidence there */
};

/* How sums become a confidence: softmax of sum * slope, then a logistic curve over the
 * log odds of the winner and the share of n-grams the model knows. */
struct model_curve {
	double slope;
	double constant, odds, known;
};

struct model {
	const char *dimension;		/* as "sentiment" */
	const char *labels[MODEL_LABELS];
	size_t n_labels;		/* two or more */
	struct gram_setting setting;
	struct model_curve curve;
	double threshold;		/* least confidence that decides */
	struct model_birth birth;

	/* Private: sections of the file, and what they hold. */
	const unsigned char *checks, *rows, *entries;
	size_t n_slots, n_entries, n_grams;
	double unit;			/* of a weight */
	double bias[MODEL_LABELS];	/* per label */
	double each[MODEL_LABELS];	/* per label and n-gram that is known */
};

/* Reads LEN bytes at BYTES, which must stay.  78: not a model, another version, damaged. */
int model_open(struct model *m, const void *bytes, size_t len, struct err *e);

struct guess {
	size_t label;		/* the likeliest */
	double confidence;	/* that it is right, 0 to 1 */
	bool sure;		/* the confidence reaches the model's threshold */
	double p[MODEL_LABELS];	/* the model's share for each label; they add up to 1 */
};

/* Labels the text that G was found in, by m->setting. */
void model_guess(const struct model *m, const struct grams *g, struct guess *out);
/* The sums alone; returns the share of n-grams that are known. */
double model_sums(const struct model *m, const struct grams *g, double *sums);
/* The guess that sums and share make. */
void model_judge(const struct model *m, const double *sums, double known, struct guess *out);

/* The n-grams that speak most for LABEL against all others, the strongest first. */
struct model_reason {
	uint32_t start, end;	/* bytes of the folded text */
	double weight;		/* added to the label's log odds */
};
/* Fills up to MOST of them; returns how many there are.  Of n-grams that overlap
 * only the strongest is told. */
size_t model_explain(const struct model *m, const struct grams *g, size_t label,
    struct model_reason *out, size_t most);

#endif
