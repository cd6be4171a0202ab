/* outbox_view - the outbox as people look at it.  Reads only. */
#ifndef CSR_OUTBOX_VIEW_H
#define CSR_OUTBOX_VIEW_H

#include <stdint.h>

#include "report/table.h"
#include "store/db.h"

/* Numbers by state, channel and kind, with the time the oldest waits for. */
int outbox_status(struct db *db, struct table *t, struct err *e);
/* Rows in STATE ("queued" ... "any"), the latest first; 64 for no such state. */
int outbox_rows(struct db *db, const char *state, struct table *t, struct err *e);
/* Each try to send row ID. */
int outbox_tries(struct db *db, int64_t id, struct table *t, struct err *e);

#endif
