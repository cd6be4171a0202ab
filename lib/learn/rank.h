/* rank - how likely a question and a passage ask for the same.
 *
 * The index finds candidates; this looks at each of them more closely, unit by unit (a
 * Chinese character, a word), and weighs what it sees into one figure from 0 to 1 (a
 * logistic function).  The weights that come with the program were learned from the
 * shipped articles alone; `csr-answer train` learns others from one's own pairs, and then
 * also which single words matter.  Pure.
 */
#ifndef CSR_RANK_H
#define CSR_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum rank_feature {
	RANK_BIAS,		/* 1 */
	RANK_SCORE,		/* BM25 as a part of what the question itself would have */
	RANK_ASKED,		/* idf of the terms in common: part of the question's */
	RANK_SAID,		/* and of the passage's */
	RANK_UNITS,		/* units in common: Dice's coefficient */
	RANK_PAIRS,		/* neighbours in common, the same */
	RANK_ORDER,		/* longest common subsequence, the same */
	RANK_RUN,		/* longest common run, the same */
	RANK_LENGTH,		/* the shorter length by the longer */
	RANK_KIND,		/* how, why, when ...: 1 the same, -1 another, 0 not asked */
	RANK_NOT,		/* 1: only one of them says no */
	RANK_NUMBERS,		/* 1: they name different numbers */
	RANK_SUPPORT,		/* BM25 of further passages of the article, as for score */
	RANK_FEATURES
};

enum { RANK_UNITS_MAX = 200 };

/* A text, taken to pieces once. */
struct rank_text {
	uint32_t units[RANK_UNITS_MAX];
	uint32_t sorted[RANK_UNITS_MAX], pairs[RANK_UNITS_MAX];	/* in order */
	size_t n, n_pairs;
	unsigned kinds;		/* of question, a set */
	unsigned numbers;	/* a hash of the numbers in it, 0: none */
	unsigned negations;
};

struct rank_model {
	double dense[RANK_FEATURES];
	float *sparse;		/* 1 << bits of them, NULL: none */
	unsigned bits;
};

/* The weights that come with the program. */
void rank_usual(struct rank_model *m);
/* From TEXT, as rank_write() writes it. 78 with the line if it is damaged. */
int rank_read(struct rank_model *m, const char *source, const char *text, struct err *e);
struct buf;
void rank_write(const struct rank_model *m, struct buf *out);
void rank_release(struct rank_model *m);

/* Reads a folded text (its first RANK_UNITS_MAX units). */
void rank_text(struct rank_text *t, const char *folded, size_t len);
/* Fills F but for score, asked, said and support, which are the index's to tell. */
void rank_features(const struct rank_text *question, const struct rank_text *passage,
    double f[RANK_FEATURES]);
/* 0 to 1. */
double rank_score(const struct rank_model *m, const struct rank_text *question,
    const struct rank_text *passage, const double f[RANK_FEATURES]);

/* Calls FN with the hash of each single feature of the pair: a unit or a pair of units in
 * common, only in the question, only in the passage. */
void rank_singles(const struct rank_text *question, const struct rank_text *passage,
    void (*fn)(void *ctx, uint32_t hash), void *ctx);
const char *rank_feature_name(enum rank_feature f);

#endif
