/* db_sqlite - the door to SQLite: the only file that sees sqlite3.h */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/db_file.h"
#include "store/db_private.h"

enum {
	BUSY_MS = 5000,
	CACHE_KIB = 64 * 1024,
	WAL_PAGES = 16 * 1024		/* checkpoint when the WAL passes 64 MiB */
};

const struct db_sql *
db_all_sql(size_t *n)
{
	*n = (size_t)(__stop_csr_sql - __start_csr_sql);
	return __start_csr_sql;
}

static int
code_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return ERR_BUSY;
	case SQLITE_NOMEM:
		return ERR_MEM;
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_READONLY:
		return ERR_PERM;
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG:
		return ERR_DATA;
	case SQLITE_NOTADB:
		return ERR_CONFIG;
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
		return ERR_BUG;
	default:
		return ERR_IO;
	}
}

/* What SQLite cannot open for want of a file handle can be opened later. */
static bool
is_short_of_handles(sqlite3 *h, int rc)
{
	int why = h != NULL ? sqlite3_system_errno(h) : 0;

	return (rc & 0xff) == SQLITE_CANTOPEN && (why == EMFILE || why == ENFILE);
}

int
db_fail_at(sqlite3 *h, const char *path, const char *what, int rc, struct err *e)
{
	int code = code_of(rc);
	const char *why = h != NULL ? sqlite3_errmsg(h) : sqlite3_errstr(rc);

	if (rc == SQLITE_NOMEM || rc == SQLITE_IOERR_NOMEM)
		mem_die();
	if (is_short_of_handles(h, rc))
		return err_set(e, ERR_BUSY, "%s: no file handle left, run again", path);
	if (code == ERR_BUSY)
		return err_set(e, code, "%s: busy, run again", path);
	if ((rc & 0xff) == SQLITE_INTERRUPT)
		return err_set(e, ERR_CONFIG, "%s: %s: took too long, stopped", path, what);
	return err_set(e, code, "%s: %s: %s", path, what, why);
}

int
db_fail(const struct db *db, const char *what, int rc, struct err *e)
{
	return db_fail_at(db->h, db->path, what, rc, e);
}

int
db_exec(struct db *db, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(db->h, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_fail(db, sql, rc, e);
}

int
db_pragma(struct db *db, const char *sql, int64_t *v, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->h, sql, -1, &s, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		*v = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return rc == SQLITE_ROW ? 0 : db_fail(db, sql, rc, e);
}

static int
limits(struct db *db, struct err *e)
{
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_extended_result_codes(db->h, 1);
	sqlite3_busy_timeout(db->h, db_file_patience(BUSY_MS));
	sqlite3_wal_autocheckpoint(db->h, 0);
	if (db_exec(db, "PRAGMA foreign_keys = ON", e) < 0 ||
	    db_exec(db, "PRAGMA cell_size_check = ON", e) < 0 ||
	    db_exec(db, "PRAGMA mmap_size = 0", e) < 0 ||
	    db_exec(db, "PRAGMA temp_store = MEMORY", e) < 0)
		return -1;
	return db_exec(db, db->mode == DB_READ ? "PRAGMA cache_size = -16384" :
	    "PRAGMA cache_size = -65536", e);
}

/* WAL, unless the user runs checkpointers of his own (CSR_JOURNAL=truncate). */
static int
journal(struct db *db, struct err *e)
{
	const char *want = getenv("CSR_JOURNAL");

	if (db->mode == DB_READ)
		return 0;
	if (db->mode == DB_SCRATCH)
		return db_exec(db, "PRAGMA journal_mode = MEMORY", e) < 0 ? -1 :
		    db_exec(db, "PRAGMA synchronous = OFF", e);
	if (want != NULL && strcmp(want, "truncate") == 0) {
		if (db_exec(db, "PRAGMA journal_mode = TRUNCATE", e) < 0)
			return -1;
	} else if (db_exec(db, "PRAGMA journal_mode = WAL", e) < 0) {
		return -1;
	}
	return db_exec(db, "PRAGMA synchronous = FULL", e);
}

/* One thread, one handle: SQLite's own locks and statistics would cost a tenth. */
static void
configure_once(void)
{
	static bool done;

	if (!done) {
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	}
	done = true;
}

static int
open_handle(struct db *db, struct err *e)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	int rc;

	configure_once();
	/* A reader, too, opens for writing: WAL needs its shared memory file. */
	if (db->mode == DB_CREATE)
		flags |= SQLITE_OPEN_CREATE;
	rc = sqlite3_open_v2(db->path, &db->h, flags, NULL);
	if (rc == SQLITE_CANTOPEN && db->mode == DB_READ) {
		sqlite3_close(db->h);
		rc = sqlite3_open_v2(db->path, &db->h,
		    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
	}
	if (rc != SQLITE_OK)
		return db_fail(db, "open", rc, e);
	/* What cannot be opened for writing, SQLite opens for reading and says nothing. */
	if (db->mode != DB_READ && sqlite3_db_readonly(db->h, "main") == 1)
		return err_set(e, access(db->path, W_OK) == 0 ? ERR_IO : ERR_PERM,
		    "%s: cannot be opened for writing", db->path);
	return 0;
}

static int
set_up(struct db *db, struct err *e)
{
	bool alone = strcmp(db->path, ":memory:") == 0 || db->mode == DB_SCRATCH;
	size_t n;

	if (!alone && db_file_ready(db->path, db->mode, &db->lock, e) < 0)
		return -1;
	if (open_handle(db, e) < 0 || limits(db, e) < 0 || db_rows_offer(db, e) < 0 ||
	    db_identify(db, e) < 0)
		return -1;
	db_all_sql(&n);
	db->stmts = xcalloc(n, sizeof(*db->stmts));
	/* Turning a new file into WAL writes: two starters must not both do it. */
	if (db->mode != DB_READ && db_file_lock(db->lock, db->path, e) < 0)
		return -1;
	if (journal(db, e) < 0)
		return -1;
	if (db->mode != DB_READ)
		db_file_unlock(db->lock);
	if (db_settle_schema(db, e) < 0)
		return -1;
	return db->mode == DB_READ ? db_exec(db, "PRAGMA query_only = ON", e) : 0;
}

int
db_open(struct db **out, const char *path, enum db_mode mode, struct err *e)
{
	struct db *db = xcalloc(1, sizeof(*db));

	db->lock = -1;
	db->mode = mode;
	db->path = db_file_path(path);
	if (set_up(db, e) < 0) {
		db_close(db);
		*out = NULL;
		return -1;
	}
	*out = db;
	return 0;
}

int
db_trust_ids(struct db *db, struct err *e)
{
	return db_exec(db, "PRAGMA foreign_keys = OFF", e);
}

const char *
db_path(const struct db *db)
{
	return db->path;
}

/* Inside the transaction: has anybody else committed since the last one? */
static int
notice_others(struct db *db, struct err *e)
{
	int64_t version = 0;

	if (db_pragma(db, "PRAGMA data_version", &version, e) < 0)
		return -1;
	if (version != db->data_version)
		db->epoch++;
	db->data_version = version;
	return 0;
}

int
db_begin(struct db *db, struct err *e)
{
	assert(!db->writing && db->mode != DB_READ);
	if (db_file_lock(db->lock, db->path, e) < 0)
		return -1;
	if (db_exec(db, "BEGIN IMMEDIATE", e) < 0) {
		db_file_unlock(db->lock);
		return -1;
	}
	db->writing = true;
	if (notice_others(db, e) == 0)
		return 0;
	db_rollback(db);
	return -1;
}

int
db_begin_read(struct db *db, struct err *e)
{
	return db_exec(db, "BEGIN", e);
}

/* Folds the log back into the file, under the lock.  It may find a reader in its way:
 * then the next writer does it. */
static void
checkpoint(struct db *db)
{
	sqlite3_wal_checkpoint_v2(db->h, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

static void
checkpoint_long_log(struct db *db)
{
	struct stat st;
	struct buf wal = BUF_INIT;

	buf_fmt(&wal, "%s-wal", db->path);
	if (db->lock >= 0 && stat(buf_cstr(&wal), &st) == 0 &&
	    st.st_size > (off_t)WAL_PAGES * 4096)
		checkpoint(db);
	buf_release(&wal);
}

int
db_commit(struct db *db, struct err *e)
{
	bool was_writing = db->writing;

	if (db_exec(db, "COMMIT", e) < 0) {
		db_rollback(db);
		return -1;
	}
	if (was_writing) {
		db->writing = false;
		db->wrote = true;
		checkpoint_long_log(db);
		db_file_unlock(db->lock);
	}
	return 0;
}

void
db_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(db->h))
		sqlite3_exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	db->epoch++;
	if (db->writing)
		db_file_unlock(db->lock);
	db->writing = false;
}

void
db_close(struct db *db)
{
	struct err e;
	size_t n, i;

	if (db == NULL)
		return;
	if (db->writing)
		db_rollback(db);
	db_all_sql(&n);
	for (i = 0; db->stmts != NULL && i < n; i++)
		db_stmt_release(&db->stmts[i]);
	free(db->stmts);
	/* What was written goes into the one file people copy; closing touches it, too. */
	if (db->lock >= 0 && db_file_lock(db->lock, db->path, &e) == 0 && db->wrote)
		checkpoint(db);
	sqlite3_close_v2(db->h);
	if (db->lock >= 0)
		close(db->lock);
	free(db->path);
	free(db);
}

bool
db_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->h);
}

uint64_t
db_epoch(const struct db *db)
{
	return db->epoch;
}

int64_t
db_changes(const struct db *db)
{
	return sqlite3_changes64(db->h);
}
