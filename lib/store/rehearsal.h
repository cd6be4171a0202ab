/* rehearsal - what storing a record would do, as a line of JSON: csr-ingest --dry-run */
#ifndef CSR_REHEARSAL_H
#define CSR_REHEARSAL_H

#include "store/ingest_batch.h"

/* The line for an item that was stored in a database nobody sees (db_rehearse), at the end
 * of OUT; csr-ingest(1) names its fields. 0 or -1. */
int rehearsal_print(struct db *db, const struct batch_item *item, struct buf *out,
    struct err *e);

#endif
