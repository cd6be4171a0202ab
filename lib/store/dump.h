/* dump - every fact of the database as JSON Lines, and back.
 *
 * One line a row, tables in the order their rows need each other, rows by id, columns in
 * the order of the schema, nulls left out: two databases with the same facts dump to the
 * same bytes.  Loading is idempotent: a row that is there already with the same values is
 * counted, one with other values is refused (65).  Summaries are dumped too (they are
 * what reports showed) and checked by `csr-db check` after a load.
 */
#ifndef CSR_DUMP_H
#define CSR_DUMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "stream/rec.h"

/* Calls PUT with each row's line (newline included). */
int dump_all(struct db *db, int (*put)(void *ctx, const char *line, size_t len,
    struct err *e), void *ctx, struct err *e);

/* Stores the row of a dumped record, within a write transaction: 1 new, 0 known, -1. */
int dump_load(struct db *db, const struct rec *r, struct err *e);
/* The table at place I and its statements, NULL behind the last: for the tests that hold
 * them against the schema. */
const char *dump_table(size_t i, const struct db_sql **one, const struct db_sql **put);
/* True if R is a line of a dump. */
bool dump_is_row(const struct rec *r);

#endif
