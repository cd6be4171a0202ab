/* db_admin - backup and the engine's own checks, for csr-db */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/db_file.h"
#include "store/db_private.h"

const char *
db_engine_version(void)
{
	return sqlite3_libversion();
}

/* The copy counts only when it is on the disk. */
static int
settle_file(const char *from, const char *to, struct err *e)
{
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	int bad = 0;

	if (fd < 0 || fsync(fd) != 0 || rename(from, to) != 0)
		bad = err_set(e, ERR_IO, "%s: %s", to, strerror(errno));
	if (fd >= 0)
		close(fd);
	return bad;
}

static int
copy_pages(struct db *db, sqlite3 *dest, const char *path, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(dest, "main", db->h, "main");
	int rc;

	if (b == NULL)
		return db_fail_at(dest, path, "backup", sqlite3_errcode(dest), e);
	/* All in one step: one state, whatever others write meanwhile. */
	rc = sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	if (rc != SQLITE_DONE)
		return db_fail(db, "backup", rc, e);
	/* The copy is to be one file, without a log beside it. */
	rc = sqlite3_exec(dest, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	return rc == SQLITE_OK ? 0 : db_fail_at(dest, path, "backup", rc, e);
}

int
db_backup(struct db *db, const char *path, bool replace, struct err *e)
{
	struct buf part = BUF_INIT;
	sqlite3 *dest = NULL;
	int rc, bad;

	if (!replace && access(path, F_OK) == 0)
		return err_set(e, ERR_IO, "%s: is there already", path);
	buf_fmt(&part, "%s.part", path);
	unlink(buf_cstr(&part));
	rc = sqlite3_open(buf_cstr(&part), &dest);
	bad = rc == SQLITE_OK ? copy_pages(db, dest, path, e) :
	    db_fail_at(dest, path, "backup", rc, e);
	sqlite3_close(dest);
	if (bad == 0)
		bad = settle_file(buf_cstr(&part), path, e);
	if (bad < 0)
		unlink(buf_cstr(&part));
	buf_release(&part);
	return bad;
}

/* What is sorted goes to the database's own folder, not to memory nor to other disks. */
static void
use_own_folder(const struct db *db)
{
	const char *slash = strrchr(db->path, '/');
	struct buf folder = BUF_INIT;

	buf_add(&folder, slash != NULL ? db->path : ".",
	    slash != NULL ? (size_t)(slash - db->path) + 1 : 1);
	setenv("SQLITE_TMPDIR", buf_cstr(&folder), 1);
	buf_release(&folder);
}

int
db_scrub(struct db *db, struct err *e)
{
	int bad, rc;

	use_own_folder(db);
	if (db_file_lock(db->lock, db->path, e) < 0)
		return -1;
	bad = db_exec(db, "PRAGMA temp_store = FILE", e);
	if (bad == 0)
		bad = db_exec(db, "VACUUM", e);
	if (bad == 0) {
		rc = sqlite3_wal_checkpoint_v2(db->h, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
		if (rc != SQLITE_OK)
			bad = db_fail(db, "checkpoint", rc, e);
	}
	db_file_unlock(db->lock);
	return bad;
}

struct report {
	void (*fn)(void *ctx, const char *fault);
	void *ctx;
};

static int
on_quick_check(void *ctx, int n, char **col, char **name)
{
	struct report *r = ctx;

	(void)n, (void)name;
	if (col[0] != NULL && strcmp(col[0], "ok") != 0)
		r->fn(r->ctx, col[0]);
	return 0;
}

static int
on_foreign_key(void *ctx, int n, char **col, char **name)
{
	struct report *r = ctx;
	char line[240];

	(void)n, (void)name;
	snprintf(line, sizeof(line), "%s row %s refers to a missing row of %s",
	    col[0], col[1] ? col[1] : "?", col[2]);
	r->fn(r->ctx, line);
	return 0;
}

int
db_check_engine(struct db *db, void (*fn)(void *ctx, const char *fault), void *ctx,
    struct err *e)
{
	struct report r = { fn, ctx };
	int rc;

	rc = sqlite3_exec(db->h, "PRAGMA integrity_check", on_quick_check, &r, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db->h, "PRAGMA foreign_key_check", on_foreign_key, &r, NULL);
	return rc == SQLITE_OK ? 0 : db_fail(db, "check", rc, e);
}
