/* stats - how much the database holds. */
#ifndef CSR_STATS_H
#define CSR_STATS_H

#include "base/err.h"
#include "store/db.h"
#include "stream/rec.h"

/* *o: rows of each table, bytes, schema, engine, first and last message; yours to free. */
int stats_all(struct db *db, struct node **o, struct err *e);

#endif
