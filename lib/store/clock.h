/* clock - the promises of time, as rows.
 *
 * Owns the table clock.  What a clock promises never changes; when it started, is due
 * and stopped follow the ticket's messages and events (desk/sla.h).
 */
#ifndef CSR_STORE_CLOCK_H
#define CSR_STORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/sla.h"
#include "store/db.h"

/* The ticket's clocks as stored, appended to OUT; texts go into A. */
int clock_load(struct db *db, int64_t ticket, struct arena *a, struct clocks *out,
    struct err *e);
/* Writes the rows of C that are new or changed. Within a transaction. */
int clock_store(struct db *db, int64_t ticket, const struct clocks *c, struct err *e);

/* The ticket's clocks as they ought to be now: stored ones brought up to date, and what S
 * promises beside them (NULL: nothing new).  OUT is cleared first; nothing is written,
 * clock_store() does that. 78 if a stored clock's calendar is gone. */
int clock_reckon(struct db *db, int64_t ticket, const struct sla *s, struct arena *a,
    struct clocks *out, struct err *e);
/* The same with the ticket's summary at hand, as far as sla_of_summary() looks at it: the
 * steps of a simple ticket need not be read. */
int clock_reckon_sum(struct db *db, int64_t ticket, const struct ticket_sum *sum,
    const struct sla *s, struct arena *a, struct clocks *out, struct err *e);

/* The ticket's past has changed: brings the clocks it has up to date, and writes them.
 * C and A are scratch. Within a transaction. */
int clock_settle(struct db *db, int64_t ticket, struct arena *a, struct clocks *c,
    struct err *e);
/* Reckons every ticket that has clocks and calls FN where a row differs; writes it too
 * if FIX. */
int clocks_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t ticket, const char *what), void *ctx, struct err *e);

#endif
