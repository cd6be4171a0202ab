/* answer_eval - how well the knowledge base answers questions whose articles are known. */
#ifndef CSR_ANSWER_EVAL_H
#define CSR_ANSWER_EVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/knowledge.h"
#include "stream/rec.h"

struct answer_eval {
	struct knowledge *k;
	int64_t now;
	void (*complain)(const struct err *e);
	struct buf *wrong;	/* a line of JSON per question not answered first; or NULL */
	uint64_t n, hit1, hit5, refused;
	double reciprocal;	/* sum of 1 / rank */
};

/* Reads all FILES ("-" or none: stdin), JSON Lines with "text" and "article" (and perhaps
 * area, segment, channel, language).  -1 when an input could not be read. */
int answer_eval_run(struct answer_eval *ev, int argc, char **argv, struct err *e);
/* Appends {"n":..,"hit1":..,"hit5":..,"mrr":..}, shares of 1. */
void answer_eval_print(const struct answer_eval *ev, struct buf *out);

#endif
