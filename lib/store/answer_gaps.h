/* answer_gaps - what customers ask often and no article answers. */
#ifndef CSR_ANSWER_GAPS_H
#define CSR_ANSWER_GAPS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/db.h"
#include "store/knowledge.h"

enum { GAPS_EXAMPLES = 3, GAPS_MESSAGES = 20000 };

struct answer_gaps {
	struct db *db;
	struct knowledge *k;	/* asked about messages csr-answer has not seen */
	const struct zone *zone;
	int64_t now, from_at, to_at;	/* messages in [from, to) */
	double below;		/* an article so unsure is none */
	int64_t least, most;	/* at least so often; the most frequent so many */
	int64_t messages, unanswered;	/* out */
};

/* Appends a line of JSON for each group of questions, the most frequent first: n,
 * customers, area, first and last (times), examples, and the nearest article.  At most
 * the latest GAPS_MESSAGES messages are looked at. */
int answer_gaps_run(struct answer_gaps *g, struct buf *out, struct err *e);

#endif
