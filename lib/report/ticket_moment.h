/* ticket_moment - what was said and done on a ticket, in order; for ticket_page*.c.
 *
 * What was merged into it is part of it.
 */
#ifndef CSR_TICKET_MOMENT_H
#define CSR_TICKET_MOMENT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/db.h"
#include "time/zone.h"

enum moments { MOMENTS_ALL, MOMENTS_DONE };	/* DONE: events only */

/* For people; the LAST ones, 0: all, and a line about how many are left out. */
int moments_put(struct db *db, int64_t ticket, const struct zone *z, int64_t last,
    enum moments which, struct buf *out, struct err *e);
/* Records of kind message and event. */
int moments_json(struct db *db, int64_t ticket, const struct zone *z, enum moments which,
    struct buf *out, struct err *e);
/* "2026-10-01 09:00" */
void moment_time(int64_t at, const struct zone *z, struct buf *out);

#endif
