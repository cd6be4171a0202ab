/* db_schema - whose database this is, and bringing it up to what the programs need */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/db_file.h"
#include "store/db_private.h"
#include "store/schema.h"

enum { APPLICATION_ID = 0x63737231 };	/* "csr1" */

/* Tells whose file this is by its application id: ours, a new one's (empty), foreign.
 * One look: somebody else may be making it just now. */
int
db_identify(struct db *db, struct err *e)
{
	int64_t app = 0, version = 0, tables = 0;

	if (db_exec(db, "BEGIN", e) < 0 ||
	    db_pragma(db, "PRAGMA application_id", &app, e) < 0 ||
	    db_pragma(db, "PRAGMA user_version", &version, e) < 0 ||
	    db_pragma(db, "SELECT count(*) FROM sqlite_schema", &tables, e) < 0 ||
	    db_exec(db, "COMMIT", e) < 0)
		return -1;
	if (app == APPLICATION_ID || (app == 0 && version == 0 && tables == 0))
		return 0;
	return err_set(e, ERR_CONFIG, "%s: not a csr database", db->path);
}

int
db_schema_version(const struct db *db)
{
	struct err e;
	int64_t v = 0;

	/* The handle is not changed by reading a pragma. */
	return db_pragma((struct db *)(uintptr_t)db, "PRAGMA user_version", &v, &e) < 0 ?
	    -1 : (int)v;
}

static int
latest(void)
{
	int n = 0;

	while (migrations[n].name != NULL)
		n++;
	return n;
}

/* One migration is one transaction: half of it is none of it. */
static int
migrate_one(struct db *db, int to, struct err *e)
{
	char version[64];

	snprintf(version, sizeof(version), "PRAGMA user_version = %d", to);
	if (db_exec(db, migrations[to - 1].sql, e) < 0 || db_exec(db, version, e) < 0)
		return err_at(e, migrations[to - 1].name, 0);
	if (to == 1 && db_exec(db, "PRAGMA application_id = 1668510257", e) < 0)
		return -1;
	return 0;
}

int
db_migrate(struct db *db, int *from, int *to, struct err *e)
{
	int version;

	*to = latest();
	if (db_begin(db, e) < 0)
		return -1;
	*from = version = db_schema_version(db);
	if (version < 0 || version > *to) {
		db_rollback(db);
		return err_set(e, ERR_CONFIG, "%s: schema %d is newer than this program's %d",
		    db->path, version, *to);
	}
	for (; version < *to; version++)
		if (migrate_one(db, version + 1, e) < 0) {
			db_rollback(db);
			return -1;
		}
	return db_commit(db, e);
}

/* A copy of the file as it is, once, before schema HAVE is changed.  Under the lock: of
 * several programs that start at once, one copies and the others find it done. */
static int
keep_copy(struct db *db, int have, struct err *e)
{
	struct buf copy = BUF_INIT;
	int bad;

	buf_fmt(&copy, "%s.schema%d", db->path, have);
	bad = db_file_lock(db->lock, db->path, e);
	if (bad == 0) {
		if (db_schema_version(db) == have && access(buf_cstr(&copy), F_OK) != 0)
			bad = db_backup(db, buf_cstr(&copy), false, e);
		db_file_unlock(db->lock);
	}
	buf_release(&copy);
	return bad;
}

/* The schema this program needs: newer is refused, older is brought up by writers. */
int
db_settle_schema(struct db *db, struct err *e)
{
	int have = db_schema_version(db), need = latest(), from, to;

	if (have == need)
		return 0;
	if (have > need)
		return err_set(e, ERR_CONFIG, "%s: schema %d is newer than this program's %d; "
		    "install a newer csr", db->path, have, need);
	if (db->mode == DB_READ || (have == 0 && db->mode == DB_WRITE))
		return err_set(e, ERR_CONFIG, "%s: schema %d is older than this program's %d; "
		    "run csr-db migrate", db->path, have, need);
	if (have > 0 && keep_copy(db, have, e) < 0)
		return -1;
	return db_migrate(db, &from, &to, e);
}
