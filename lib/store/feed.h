/* feed - the loop of every filter: read, decide, store a batch, print it.
 *
 * Records are read one by one and handed to `each` (pure: no database writes), then
 * held.  When the batch is full or no more input is waiting, one write transaction
 * stores them through `store`, is committed, and only then are they printed, in order.
 * So a line printed is a row committed.  A record that `each` or `store` refuses with
 * 65 is named, set aside, and the rest goes on; any other error ends the run with
 * nothing of the open batch stored or printed.
 */
#ifndef CSR_FEED_H
#define CSR_FEED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/db.h"
#include "stream/jsonl.h"
#include "stream/rec.h"

struct feed {
	/* Looks at a record, adds what can be decided without the database. 1: hold it and
	 * store it; 0: not ours, pass it through unchanged; -1: refuse (65) or stop. */
	int (*each)(void *ctx, struct rec *r, void **item, struct err *e);
	/* Within the transaction: stores the record's ITEM, may add to the record.  NULL when
	 * nothing is stored.  Called in input order. */
	int (*store)(void *ctx, struct db *db, struct rec *r, void *item, struct err *e);
	/* Once per batch, after the stores and before the commit; may be NULL. */
	int (*end)(void *ctx, struct db *db, struct err *e);
	/* Frees ITEM; may be NULL. */
	void (*free_item)(void *item);
	void *ctx;
	struct db *db;		/* NULL: a pure filter (-n) */
	const char *rejects;	/* path or NULL */
	void (*complain)(const struct err *e);	/* names a refused record: warn_err */
	bool quiet;		/* print nothing */
	size_t max;		/* records a batch, 0 for the usual 1,000 */
	size_t refused;		/* out: records refused */
	size_t done;		/* out: records stored */
};

/* Runs over all FILES ("-" or none: stdin).  0, or -1 with *e set for what ended the run.
 * The exit status is then e.code, else 65 if f->refused, else 0. */
int feed_run(struct feed *f, int argc, char **argv, struct err *e);

/* The same for --pending: NEXT fills a record from the database (1, 0 at the end, -1),
 * called outside any transaction, batch by batch. */
int feed_pending(struct feed *f, int (*next)(void *ctx, struct rec *r, struct err *e),
    struct err *e);

#endif
