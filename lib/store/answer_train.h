/* answer_train - teaches the ranking with questions whose articles are known.
 *
 * Without files the articles teach themselves: each of their questions is asked as if it
 * were not stored.  Files are JSON Lines, either "text" and "article" (its id), or pairs
 * "s1", "s2" and "label" (1: they ask for the same), which need no articles.
 */
#ifndef CSR_ANSWER_TRAIN_H
#define CSR_ANSWER_TRAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "learn/train_rank.h"
#include "store/knowledge.h"

struct answer_train {
	struct knowledge *k;	/* open; of pairs it is not looked at */
	int64_t now;
	const struct zone *zone;
	void (*complain)(const struct err *e);
	bool simple;		/* no single words: for few questions */
	int64_t folds;		/* cross-validation: 0 none */
	struct rank_model model;	/* out */
	uint64_t questions, refused;
	uint64_t index1, index5, rank1, rank5, measured;	/* by cross-validation */
	/* at work */
	struct rank_trainer t;
	int64_t *owners;	/* article of each example */
	size_t cap_owners;
};

int answer_train_run(struct answer_train *at, int argc, char **argv, struct err *e);
/* Appends one JSON object: questions, and the shares of hits by cross-validation. */
void answer_train_print(const struct answer_train *at, struct buf *out);
void answer_train_release(struct answer_train *at);

#endif
