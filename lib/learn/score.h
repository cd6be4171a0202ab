/* score - how well labels that were given agree with labels that are right.
 *
 * Pure.  Accuracy is right / all.  F1 of a label is 2tp / (given + right); macro F1 is
 * its mean over the labels that are right somewhere (Manning, Raghavan, Schuetze:
 * Introduction to Information Retrieval, chapter 8 and 13.6).
 */
#ifndef CSR_SCORE_H
#define CSR_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

/* One dimension's confusion matrix. Start from zero. */
struct score {
	struct map names;	/* to the label's number */
	char **labels;		/* in order of first appearance */
	uint64_t *cells;	/* [right * cap + given] */
	size_t n, cap;
	uint64_t all;
};

/* Counts one case; RIGHT and GIVEN are copied. */
void score_add(struct score *s, const char *right, const char *given);
void score_release(struct score *s);

/* Cases where label RIGHT was given the label GIVEN, by their numbers. */
uint64_t score_cell(const struct score *s, size_t right, size_t given);
/* 0 to 1; 0 when there are no cases. */
double score_accuracy(const struct score *s);
double score_macro_f1(const struct score *s);

/* Sets found against sets that are right, summed over all cases. */
struct span_score {
	uint64_t right, found, both;
};
double span_precision(const struct span_score *s);	/* both / found, 1 for none */
double span_recall(const struct span_score *s);		/* both / right, 1 for none */
double span_f1(const struct span_score *s);

#endif
