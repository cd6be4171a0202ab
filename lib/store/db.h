/* db - the door to the SQL engine: open, lock, transactions, statements.
 *
 * Statements are constants (DB_SQL) with :name parameters, prepared at first use and
 * kept; db_stmt() hands one out reset and unbound.  A write transaction begins with
 * db_begin() and only there: it takes an flock on DB.lock, then BEGIN IMMEDIATE, so
 * writers queue fairly and the WAL of Debian 12's SQLite stays sound (an own lock
 * around every write, checkpoint and close; see csr-db(5)).  Never read input or write
 * output between db_begin() and db_commit().
 * Errors: 66 no such file, 74 disk or damage, 75 busy (run again), 77 permissions,
 * 78 not a csr database or a newer one.  After any error inside a transaction the only
 * way on is db_rollback().
 */
#ifndef CSR_DB_H
#define CSR_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct stmt;

/* One SQL text. All of them stand in one linker section, so that a unit test can
 * prepare each against a fresh schema. */
struct db_sql {
	const char *name;	/* for messages */
	const char *text;
};
#define DB_SQL(ident, sql)						\
	static const struct db_sql ident				\
	    __attribute__((section("csr_sql"), used, aligned(8))) = { #ident, sql }

enum db_mode {
	DB_READ,	/* must exist; never writes, sees a stable state per transaction */
	DB_WRITE,	/* must exist; older schemas are migrated */
	DB_CREATE,	/* made when missing */
	DB_SCRATCH	/* a file of ours alone: gone when closed, or when the program dies */
};

/* PATH NULL: --db, else $CSR_DB, else $XDG_DATA_HOME/csr/csr.db, else
 * ~/.local/share/csr/csr.db. ":memory:" is a database of its own. */
int db_open(struct db **db, const char *path, enum db_mode mode, struct err *e);
/* A copy of the database by that rule, as it is now (an empty one if there is none): what
 * is done to it is done to nothing.  Takes its size in $TMPDIR, else /var/tmp. */
int db_rehearse(struct db **db, struct err *e);
void db_close(struct db *db);
const char *db_path(const struct db *db);

int db_begin(struct db *db, struct err *e);	/* a write transaction */
int db_begin_read(struct db *db, struct err *e);	/* one stable state for many reads */
int db_commit(struct db *db, struct err *e);	/* on -1 the transaction is rolled back */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/* Changes when what this program remembers of the database may be wrong: after a
 * rollback, or when another program has written since.  Stable within a transaction. */
uint64_t db_epoch(const struct db *db);
/* For a program that writes only ids it has read or made itself in this transaction, or
 * since db_epoch() last changed: foreign keys are not looked up once more for each row,
 * which is half the cost of one.  csr-db check still finds a wrong one. */
int db_trust_ids(struct db *db, struct err *e);

/* The prepared statement, ready to bind.  NULL with *e set only when it cannot be
 * prepared (damage, a missing table). Borrowed; one use at a time. */
struct stmt *db_stmt(struct db *db, const struct db_sql *sql, struct err *e);
/* Rows of TABLE that its module writes late: before a statement that reads or writes the
 * table is handed out, FLUSH writes them.  To be said before any statement is prepared. */
void db_late(struct db *db, const char *table, int (*flush)(void *ctx, struct err *e),
    void *ctx);
void db_late_end(struct db *db);	/* no module writes late any more */
/* As db_stmt(), for the module itself, which knows what is not written yet: no flush. */
struct stmt *db_stmt_early(struct db *db, const struct db_sql *sql, struct err *e);
/* Text from outside (report files): one read-only SELECT, yours to stmt_free().  It may
 * read all tables but secret, and is ended (78) when what was prepared
 * last has been at it for ten minutes, or for $CSR_QUERY_SECONDS. */
int db_query(struct db *db, const char *name, const char *text, struct stmt **s,
    struct err *e);
void stmt_free(struct stmt *s);

/* Binding by name, with the colon: stmt_int(s, ":at", at). Text is borrowed until the
 * statement has been stepped; NULL binds null. A name the text lacks is a bug (abort)
 * for DB_SQL statements and ignored for db_query ones. */
void stmt_int(struct stmt *s, const char *name, int64_t v);
void stmt_id(struct stmt *s, const char *name, int64_t id);	/* 0 binds null */
void stmt_real(struct stmt *s, const char *name, double v);
void stmt_text(struct stmt *s, const char *name, const char *v);
void stmt_textn(struct stmt *s, const char *name, const char *v, size_t len);
void stmt_blob(struct stmt *s, const char *name, const void *p, size_t len);
void stmt_null(struct stmt *s, const char *name);
/* Whether the text has this parameter. */
bool stmt_has(const struct stmt *s, const char *name);

/* 1 a row, 0 done, -1 error. */
int stmt_step(struct stmt *s, struct err *e);
/* Steps to the end; 0 or -1. For statements without rows. */
int stmt_run(struct stmt *s, struct err *e);
/* Steps once and resets: 1 with the first column in *v (0 for null), 0 no row, -1. */
int stmt_one(struct stmt *s, int64_t *v, struct err *e);
void stmt_reset(struct stmt *s);

/* Columns of the current row; text is borrowed until the next step or reset. */
int stmt_cols(const struct stmt *s);
const char *stmt_col_name(const struct stmt *s, int i);
int64_t stmt_col_int(const struct stmt *s, int i);
double stmt_col_real(const struct stmt *s, int i);
const char *stmt_col_text(const struct stmt *s, int i);	/* NULL for null */
size_t stmt_col_len(const struct stmt *s, int i);
const void *stmt_col_blob(const struct stmt *s, int i);	/* stmt_col_len() bytes */
bool stmt_col_null(const struct stmt *s, int i);
enum db_type { DB_NULL, DB_INT, DB_REAL, DB_TEXT };
enum db_type stmt_col_type(const struct stmt *s, int i);

/* Rows the last INSERT, UPDATE or DELETE changed. */
int64_t db_changes(const struct db *db);

/* Maintenance, for csr-db only. */
int db_migrate(struct db *db, int *from, int *to, struct err *e);
/* A copy in one file, on the disk before 0 is returned. A file that is there already is
 * refused (74) unless REPLACE. */
int db_backup(struct db *db, const char *path, bool replace, struct err *e);
/* Writes the file anew, so that nothing deleted stays in it, and empties the log: 75 while
 * somebody reads an older state. Not within a transaction; for csr-customer erase. */
int db_scrub(struct db *db, struct err *e);
/* Calls FN with each fault SQLite itself finds (quick_check, foreign keys). */
int db_check_engine(struct db *db, void (*fn)(void *ctx, const char *fault), void *ctx,
    struct err *e);
int db_schema_version(const struct db *db);
const char *db_engine_version(void);
/* All DB_SQL statements of the program. */
const struct db_sql *db_all_sql(size_t *n);

#endif
