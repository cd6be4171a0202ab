/* db_rows - many rows in one statement: to SQLite, the program's rows are a virtual table */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db_private.h"
#include "store/db_rows.h"

struct rows_table {
	sqlite3_vtab base;	/* first: SQLite's own */
	struct db *db;
};

struct rows_cursor {
	sqlite3_vtab_cursor base;
	struct db_rows *rows;
	size_t at;
	struct db_cell cells[DB_ROWS_COLUMNS];
};

struct db_cell
cell_text(const char *v)
{
	return (struct db_cell){ .text = v, .len = v != NULL ? strlen(v) : 0 };
}

static int
rows_connect(sqlite3 *h, void *db, int argc, const char *const *argv, sqlite3_vtab **out,
    char **why)
{
	struct rows_table *t = xcalloc(1, sizeof(*t));

	(void)argc;
	(void)argv;
	(void)why;
	t->db = db;
	*out = &t->base;
	sqlite3_vtab_config(h, SQLITE_VTAB_DIRECTONLY);
	return sqlite3_declare_vtab(h, "CREATE TABLE x (c0, c1, c2, c3, c4, c5, c6, c7, c8, "
	    "c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, "
	    "c25, c26, c27, c28, c29, c30, c31)");
}

static int
rows_disconnect(sqlite3_vtab *t)
{
	free(t);
	return SQLITE_OK;
}

static int
rows_plan(sqlite3_vtab *t, sqlite3_index_info *plan)
{
	(void)t;
	plan->estimatedCost = 1000;
	plan->estimatedRows = 1000;
	return SQLITE_OK;
}

static int
rows_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out)
{
	struct rows_cursor *c = xcalloc(1, sizeof(*c));

	c->rows = &((struct rows_table *)t)->db->rows;
	*out = &c->base;
	return SQLITE_OK;
}

static int
rows_close(sqlite3_vtab_cursor *c)
{
	free(c);
	return SQLITE_OK;
}

static void
fill(struct rows_cursor *c)
{
	if (c->at < c->rows->n)
		c->rows->fill(c->rows->ctx, c->at, c->cells);
}

static int
rows_filter(sqlite3_vtab_cursor *base, int plan, const char *name, int argc,
    sqlite3_value **argv)
{
	struct rows_cursor *c = (struct rows_cursor *)base;

	(void)plan;
	(void)name;
	(void)argc;
	(void)argv;
	c->at = 0;
	fill(c);
	return SQLITE_OK;
}

static int
rows_next(sqlite3_vtab_cursor *base)
{
	struct rows_cursor *c = (struct rows_cursor *)base;

	c->at++;
	fill(c);
	return SQLITE_OK;
}

static int
rows_eof(sqlite3_vtab_cursor *base)
{
	const struct rows_cursor *c = (const struct rows_cursor *)base;

	return c->at >= c->rows->n;
}

static int
rows_column(sqlite3_vtab_cursor *base, sqlite3_context *to, int n)
{
	const struct db_cell *cell = &((const struct rows_cursor *)base)->cells[n];

	if (cell->text != NULL)
		sqlite3_result_text64(to, cell->text, cell->len, SQLITE_STATIC, SQLITE_UTF8);
	else if (cell->is_num)
		sqlite3_result_int64(to, cell->num);
	return SQLITE_OK;
}

static int
rows_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
	*id = (sqlite3_int64)((const struct rows_cursor *)base)->at;
	return SQLITE_OK;
}

int
db_rows_offer(struct db *db, struct err *e)
{
	/* No xCreate: there is one such table for each handle, and none in the schema. */
	static const sqlite3_module module = {
		.xConnect = rows_connect, .xBestIndex = rows_plan,
		.xDisconnect = rows_disconnect, .xOpen = rows_open, .xClose = rows_close,
		.xFilter = rows_filter, .xNext = rows_next, .xEof = rows_eof,
		.xColumn = rows_column, .xRowid = rows_rowid
	};
	int rc = sqlite3_create_module(db->h, "csr_rows", &module, db);

	return rc == SQLITE_OK ? 0 : db_fail(db, "csr_rows", rc, e);
}

int
db_insert_rows(struct db *db, const struct db_sql *sql, size_t n,
    void (*fn)(void *ctx, size_t i, struct db_cell *cells), void *ctx, struct err *e)
{
	struct stmt *s;
	int bad;

	if (n == 0)
		return 0;
	if ((s = db_stmt_early(db, sql, e)) == NULL)
		return -1;
	db->rows = (struct db_rows){ n, fn, ctx };
	bad = stmt_run(s, e);
	db->rows.n = 0;
	return bad;
}
