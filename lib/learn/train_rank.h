/* train_rank - weights for rank.h, learned from questions whose answers are known.
 *
 * For each question the passages that might answer it are added, the right ones and the
 * wrong ones; the weights are those that put right before wrong most often (a linear
 * classifier of differences, by liblinear).  The same examples in the same order give the
 * same weights.
 */
#ifndef CSR_TRAIN_RANK_H
#define CSR_TRAIN_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "learn/rank.h"

struct rank_example;

struct rank_trainer {
	unsigned bits;		/* of hashes of single features; 0: none of them */
	struct rank_example *v;
	size_t n, cap;
	size_t questions;
	struct arena arena;
};
#define RANK_TRAINER_BITS 17

/* The next question begins. */
void rank_train_question(struct rank_trainer *t);
/* A passage for it. */
void rank_train_add(struct rank_trainer *t, const struct rank_text *question,
    const struct rank_text *passage, const double f[RANK_FEATURES], bool right);
/* Learns from the questions for which USE (by number, NULL: all) is true; *m is new.  65
 * when no question has both a right and a wrong passage. */
int rank_train(const struct rank_trainer *t, const bool *use, struct rank_model *m,
    struct err *e);
/* The score of example I by M. */
double rank_train_score(const struct rank_trainer *t, size_t i, const struct rank_model *m);
double rank_train_feature(const struct rank_trainer *t, size_t i, enum rank_feature f);
/* Which question example I is for, and whether it is right. */
size_t rank_train_of(const struct rank_trainer *t, size_t i, bool *right);
void rank_train_release(struct rank_trainer *t);

#endif
