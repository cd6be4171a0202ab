/* call - the telephone calls among the messages.
 *
 * Owns the tables call and call_leg.  Every source that tells of a call adds a leg, once;
 * the call is their sum by the rules of desk/call.h, whatever the order they come in.
 */
#ifndef CSR_STORE_CALL_H
#define CSR_STORE_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/call.h"
#include "intake/fact.h"
#include "store/db.h"
#include "store/names.h"

struct call_change {
	bool added;		/* the fact told something new */
	struct call_sum was;	/* outcome 0: it was no call before */
	struct call_sum now;	/* text borrowed from the arena */
	int64_t agent;		/* who took it, 0 unknown */
};

/* Adds what F (a message that is a call) tells of message ID, within a write
 * transaction. */
int call_put(struct db *db, struct names *names, int64_t id, const struct fact *f,
    struct arena *a, struct call_change *c, struct err *e);
/* The ticket of the call of THREAD nearest to AT, at most REACH_MS before or behind it; 0
 * if there is none. */
int call_near(struct db *db, int64_t thread, int64_t at, int64_t reach_ms, int64_t *ticket,
    struct err *e);
/* Sums up every call anew and calls FN where the row differs; stores it too if FIX. */
int calls_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t message, const char *what), void *ctx, struct err *e);

#endif
