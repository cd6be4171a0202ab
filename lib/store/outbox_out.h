/* outbox_out - the outbox as who empties it sees it: claims, ends, counts. */
#ifndef CSR_OUTBOX_OUT_H
#define CSR_OUTBOX_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/gate.h"
#include "store/outbox.h"

/* A row with what its delivery has come to. */
struct outgoing {
	int64_t id, root;		/* of its customer, 0: none */
	struct outbox_row row;
	enum outbox_state state;
	int64_t attempts, lease_at, done_at;
	enum purpose purpose;		/* as decided, else by what the row says */
};

/* Ids of what is due at NOW on CHANNEL (NULL: on any), answers of people first, then by time,
 * at most MAX into IDS; how many, -1.  What another sender has counts when its lease is
 * over. */
int outgoing_due(struct db *db, const char *channel, int64_t now, int64_t *ids, size_t max,
    struct err *e);
/* Row ID, its texts in A: 1, 0 if there is none, -1. */
int outgoing_load(struct db *db, int64_t id, struct outgoing *o, struct arena *a,
    struct err *e);
/* Each within a write transaction. Somebody sends it now, alone until LEASE. */
int outgoing_take(struct db *db, const struct outgoing *o, int64_t lease_at, struct err *e);
/* It waits until AT. */
int outgoing_put_off(struct db *db, int64_t id, int64_t at, struct err *e);
int outgoing_end(struct db *db, int64_t id, enum outbox_state state, int64_t at,
    struct err *e);
/* RETRY: what was given up is taken up again; else what waits is taken back.  In a transaction
 * of its own; 65 if ID is in no such state. */
int outgoing_change(struct db *db, int64_t id, bool retry, int64_t at, struct err *e);

/* How many O's cap counts since AT, and when the oldest of them went out. */
int outgoing_count(struct db *db, const struct outgoing *o, const struct cap *cap,
    int64_t since_at, int64_t *n, int64_t *oldest_at, struct err *e);
/* Whether all that ever came from the customer of O was automatic. */
int outgoing_robot(struct db *db, const struct outgoing *o, bool *robot, struct err *e);
#endif
