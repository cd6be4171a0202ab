/* traffic - how many messages each quarter of an hour had.
 *
 * Owns the table traffic, a summary of message: what reports count by hours and days is
 * counted as it is stored.  Counts are gathered during a batch and written once at its
 * end, in the transaction that stores the messages.
 */
#ifndef CSR_STORE_TRAFFIC_H
#define CSR_STORE_TRAFFIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "store/db.h"

struct traffic {
	struct map counts;	/* of this batch: struct traffic_key -> n */
};
#define TRAFFIC_INIT { MAP_INIT }

/* Forgets what was counted and not written: the batch was rolled back. */
void traffic_begin(struct traffic *t);
/* One message more. */
void traffic_count(struct traffic *t, int64_t at, int64_t account, int direction,
    bool automatic);
/* Adds the counts to the table. Within the batch's write transaction. */
int traffic_flush(struct traffic *t, struct db *db, struct err *e);
void traffic_release(struct traffic *t);

/* Counts all messages anew and calls FN with each quarter that is not as they say; FIX
 * then writes the table anew, within a write transaction. */
int traffic_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t quarter_at, const char *what), void *ctx, struct err *e);

#endif
