/* answer_run - what people do with the knowledge base: bring articles in, ask, measure. */
#ifndef CSR_ANSWER_RUN_H
#define CSR_ANSWER_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/answer_gaps.h"
#include "store/answer_look.h"
#include "store/answer_study.h"
#include "store/knowledge.h"
#include "time/zone.h"

struct answer_run {
	/* Options. */
	bool no_store, dry_run, quiet, prune;
	bool people;		/* lines to read, not JSON */
	int64_t now, from_at, to_at;
	const struct zone *zone;
	struct answer_look look;
	struct answer_gaps gaps;
	struct answer_study study;
	void (*complain)(const struct err *e);
	void (*print)(struct buf *text);	/* clears it */
	/* Out. */
	size_t refused;
	bool found;		/* lint found something */
	struct buf said;	/* a line of figures, for -v; yours to release */
};

/* VERB is import, export, lint, search, suggest, gaps, stats, eval or train. */
int answer_run(struct answer_run *r, const char *verb, int argc, char **argv, struct err *e);

/* The knowledge of the database (opened by MODE, yours to close) or, NO_STORE, of the
 * files; a database without articles is complained of. */
int answer_open(struct answer_run *r, struct knowledge *k, struct db **db, int mode,
    struct err *e);

#endif
