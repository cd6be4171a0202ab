/* reported - figures other systems state, beside our own: of tickets, and aggregates.
 *
 * Owns the tables reported and metric.  Storing a figure again changes nothing, whatever
 * the order exports are read in: of a ticket's measure the later statement stays, of two
 * as late the longer one; metric keeps each statement.
 */
#ifndef CSR_REPORTED_H
#define CSR_REPORTED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "intake/fact_parts.h"
#include "store/db.h"

/* The row of the file being read, made when it is first needed; -1 on error. */
typedef int64_t reported_source(void *ctx, struct err *e);

/* Within a write transaction. *added is set if any figure was news. The names of figures
 * end in _ms (fact_check()). */
int reported_put(struct db *db, int64_t ticket, const struct fact_message *m,
    reported_source *source, void *ctx, bool *added, struct err *e);
int metric_put(struct db *db, int64_t account, const struct fact_metric *m,
    reported_source *source, void *ctx, bool *added, struct err *e);

#endif
