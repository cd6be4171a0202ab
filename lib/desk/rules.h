/* rules - what a message is about, by rules that people write (csr-rules(5)).
 *
 * Rules vote for the labels of dimensions (type, area, ...); each dimension is decided
 * in turn from the scores of its labels, so that rules of later dimensions may ask for
 * labels already decided.  Every word of every rule is found in one pass over the
 * folded text; regular expressions run only when the rest of their rule holds.
 * Pure: the caller reads the files.  The texts a verdict points to live as long as the
 * rules; a struct rules serves one thread.
 */
#ifndef CSR_RULES_H
#define CSR_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "text/fold.h"

struct rules;

struct rules *rules_new(void);
void rules_free(struct rules *r);
/* Adds the rules of one file, TEXT, which is changed. SOURCE names it in errors (78:
 * "file:line: ..."). A rule read again under the same label replaces the earlier one. */
int rules_read(struct rules *r, const char *source, char *text, struct err *e);
/* To be called once after the last file: 78 if a rule names a list that is not there. */
int rules_ready(struct rules *r, struct err *e);

/* What is known of the message. */
struct rules_input {
	const struct fold *fold;	/* its text */
	const char *channel;		/* NULL when unknown */
	uint32_t entities;		/* bits 1 << enum finding_kind of those found */
	/* Per dimension the shares a learned model gives its labels, which add up to 1, or
	 * NULL; or NULL for all.  A label's share adds to its score and the highest sum
	 * decides, whatever "decide" says; hard rules win as ever. */
	const double *const *shares;
};

enum { RULES_DIMENSIONS = 12, RULES_FIRED = 200, RULES_PATIENCE = 5 };

struct rules_fired {
	const char *name;		/* of the rule */
	const char *dimension, *label;
	double weight;			/* added to the label's score; 0 for a hard rule */
	size_t at;			/* index of the dimension */
};

struct rules_label {
	const char *dimension;
	const char *label;
	double score;			/* 0 when it is the default */
	double confidence;		/* 0 to 1 */
	double share;			/* the model's of this label, below 0 without one */
	bool unsure;			/* a person should look */
};

struct verdict {
	struct rules_label labels[RULES_DIMENSIONS];	/* in the order of decision */
	size_t n;
	double confidence;		/* of the least sure of the first two dimensions */
	struct rules_fired fired[RULES_FIRED];	/* every rule that held */
	size_t n_fired;
};

/* Decides all dimensions. -1 with *e set ("file:line: rule NAME: ...") when a regular
 * expression ran into its limit; the verdict is then complete but for that rule.  A pattern
 * that did so RULES_PATIENCE times is not tried again. */
int rules_decide(struct rules *r, const struct rules_input *in, struct verdict *v,
    struct err *e);

/* The label of DIMENSION, or NULL. */
const char *verdict_label(const struct verdict *v, const char *dimension);
/* True if the I-th rule that held spoke for the label that won. */
int verdict_counted(const struct verdict *v, size_t i);

/* For listing and linting: the I-th rule, 0 when there are no more. */
struct rules_info {
	const char *name, *dimension, *label, *source;
	size_t line;
	double weight;			/* 0 with HARD */
	int hard;
};
int rules_info(const struct rules *r, size_t i, struct rules_info *info);
/* What is wrong with the I-th rule, in words; NULL for nothing. After rules_ready(). */
const char *rules_fault(struct rules *r, size_t i);
/* The I-th dimension's labels, "spam complaint ...", and its default; 0 at the end. */
struct rules_dimension_info {
	const char *name, *fallback;
	const char *const *labels;
	size_t n_labels;
};
int rules_dimension(const struct rules *r, size_t i, struct rules_dimension_info *info);

#endif
