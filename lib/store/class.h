/* class - what messages are about, as stored.
 *
 * Owns the tables class and entity, and keeps the labels of tickets (through ticket.h)
 * in step with them.  Storing a message's labels again replaces them.
 */
#ifndef CSR_STORE_CLASS_H
#define CSR_STORE_CLASS_H

#include <stdint.h>

#include "base/err.h"
#include "store/class_row.h"
#include "store/db.h"
#include "store/rule_use.h"
#include "stream/rec.h"
#include "time/zone.h"

struct class_store {
	int64_t *tickets;	/* whose labels must be summed up before the commit */
	size_t n, cap;
	int64_t now;		/* the day rules are counted on */
	struct rule_use use;
};

/* Stores ROW for its message.  Within a write transaction.  65 if the record had no id
 * or it is not an incoming message's. */
int class_store(struct class_store *cs, struct db *db, const struct class_row *row,
    struct err *e);
/* Sums up the labels of the tickets touched since the last call, and counts the rules of
 * the messages that had no labels before. */
int class_store_end(struct class_store *cs, struct db *db, struct err *e);
void class_store_release(struct class_store *cs);
/* Gives ROW's labels and why to its message, which has a class already; the rest stays.
 * Within a write transaction. */
int class_relabel(struct db *db, const struct class_row *row, struct err *e);
/* Sums up the labels of one ticket from its messages. */
int class_sum_up(struct db *db, int64_t ticket, struct err *e);

/* Walks the incoming messages that have no labels, oldest first. */
struct class_pending {
	struct db *db;
	const struct zone *zone;	/* times are written in it */
	int64_t after;			/* start with 0, like the rest */
	struct rec *page;		/* records read ahead, so that no cursor stays open */
	size_t n, at;
};
/* The next one as a record with kind, id, ticket, customer, channel, account,
 * external_id, direction, at, subject and text: 1; 0 at the end; -1. */
int class_pending_next(struct class_pending *p, struct rec *r, struct err *e);
void class_pending_release(struct class_pending *p);

#endif
