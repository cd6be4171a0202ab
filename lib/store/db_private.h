/* db_private - what db_sqlite.c, db_stmt.c and db_admin.c share: the SQLite handle.
 * Included by lib/store/db_*.c and nobody else.
 */
#ifndef CSR_DB_PRIVATE_H
#define CSR_DB_PRIVATE_H

#include <sqlite3.h>

#include "store/db.h"
#include "store/db_rows.h"

enum { PARAMS_SEEN = 32, LATE_MAX = 4 };

struct stmt {
	sqlite3_stmt *s;
	struct db *db;
	const char *name;
	bool foreign;		/* from db_query: unknown names are ignored */
	unsigned late;		/* bit i: it names the table of db->late[i] */
	int last;		/* parameter bound last: the next name is likely its neighbour */
	char *names[PARAMS_SEEN];	/* of the parameters bound before, by number */
};

/* What csr_rows consists of at present. */
struct db_rows {
	size_t n;
	void (*fill)(void *ctx, size_t i, struct db_cell *cells);
	void *ctx;
};

/* A table with rows that are written late. */
struct db_late {
	const char *table;
	int (*flush)(void *ctx, struct err *e);
	void *ctx;
	bool flushing;
};

struct db {
	sqlite3 *h;
	char *path;
	int lock;		/* descriptor of PATH.lock, -1 for :memory: and readers */
	enum db_mode mode;
	bool writing;		/* holds the lock and a transaction */
	bool wrote;		/* committed something: fold the log back at the end */
	uint64_t epoch;
	int64_t data_version;	/* SQLite's count of others' commits, at the last begin */
	int64_t changes;
	struct db_rows rows;
	int64_t query_until_s;	/* by the monotonic clock: db_query() statements end then */
	struct db_late late[LATE_MAX];
	unsigned late_n;
	struct stmt *preparing;	/* the statement that is being prepared */
	struct stmt *stmts;	/* one slot for each DB_SQL of the program */
};

/* Made by the linker around the section that DB_SQL fills. */
extern const struct db_sql __start_csr_sql[] __attribute__((weak));
extern const struct db_sql __stop_csr_sql[] __attribute__((weak));

/* Frees what S holds. */
void db_stmt_release(struct stmt *s);
/* Fills *e from SQLite's result RC for WHAT; returns -1. */
int db_fail(const struct db *db, const char *what, int rc, struct err *e);
/* The same for another handle, at PATH. */
int db_fail_at(sqlite3 *h, const char *path, const char *what, int rc, struct err *e);
/* Runs SQL text that gives no rows. */
int db_exec(struct db *db, const char *sql, struct err *e);
/* The number that SQL gives, a pragma mostly. */
int db_pragma(struct db *db, const char *sql, int64_t *v, struct err *e);
/* Makes csr_rows known to the handle. */
int db_rows_offer(struct db *db, struct err *e);
/* 78 unless the file is csr's or empty. */
int db_identify(struct db *db, struct err *e);
/* Refuses a newer schema; writers bring an older one up, keeping a copy. */
int db_settle_schema(struct db *db, struct err *e);

#endif
