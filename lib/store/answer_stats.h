/* answer_stats - what became of the articles that were suggested and sent. */
#ifndef CSR_ANSWER_STATS_H
#define CSR_ANSWER_STATS_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "time/zone.h"

struct answer_stat {
	const char *article;
	int64_t suggested;	/* it was the best one for a message */
	int64_t sent;		/* by the program */
	int64_t used;		/* a person answered in its words */
	int64_t deflected;	/* sent, and neither a question nor a person's answer came after */
	int64_t thanked;	/* sent, and the customer said thanks or was content (4, 5) */
	int64_t again;		/* sent, and the customer wrote on */
};

/* Calls FN for each article suggested in [FROM, TO), the most often first.  A ticket is
 * deflected when a day has passed without more. */
int answer_stats(struct db *db, int64_t from, int64_t to, int64_t now, const struct zone *z,
    void (*fn)(void *ctx, const struct answer_stat *s), void *ctx, struct err *e);

#endif
