/* db_rows - many rows in one statement, at half of what a statement a row costs.
 *
 * In the SQL of such a statement csr_rows is a table of up to 32 columns c0, c1, ... whose
 * rows the program gives one by one while the statement runs:
 *
 *   DB_SQL(TAG_ADD, "INSERT INTO tag (id, name) SELECT c0, c1 FROM csr_rows");
 *
 * Rows are written in their order.  What holds for one row holds for all: a statement that
 * fails has written none.
 */
#ifndef CSR_DB_ROWS_H
#define CSR_DB_ROWS_H

#include "store/db.h"

enum { DB_ROWS_COLUMNS = 32 };

/* One value: text if `text` is set, else null or a number. */
struct db_cell {
	const char *text;	/* borrowed until the statement is done */
	size_t len;
	int64_t num;
	bool is_num;
};

/* What a caller's FILL sets its cells with; as stmt_int, stmt_id, stmt_text. */
static inline struct db_cell
cell_int(int64_t v)
{
	return (struct db_cell){ .num = v, .is_num = true };
}

static inline struct db_cell
cell_id(int64_t id)
{
	return (struct db_cell){ .num = id, .is_num = id != 0 };
}

struct db_cell cell_text(const char *v);

/* Runs SQL, of the module that owns its table, over N rows: FILL sets the cells c0, c1, ...
 * of row I, all those the text names.  0 or -1. */
int db_insert_rows(struct db *db, const struct db_sql *sql, size_t n,
    void (*fill)(void *ctx, size_t i, struct db_cell *cells), void *ctx, struct err *e);

#endif
