/* db_rehearse - the database as it is now, to do to it what one likes */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/db_file.h"
#include "store/db_private.h"

/* An empty file of our own; its name in *PATH, yours to release. */
static int
temporary(struct buf *path, struct err *e)
{
	const char *dir = getenv("TMPDIR");
	int fd;

	buf_fmt(path, "%s/csr-rehearsal-XXXXXX", dir != NULL && *dir == '/' ? dir : "/var/tmp");
	fd = mkstemp(path->p);
	if (fd < 0)
		return err_set(e, ERR_IO, "%s: %s", path->p, strerror(errno));
	close(fd);
	return 0;
}

static int
copy(const char *to, struct err *e)
{
	struct db *db;
	int bad = db_open(&db, NULL, DB_READ, e);

	if (bad == 0) {
		bad = db_backup(db, to, true, e);
		db_close(db);
	}
	return bad;
}

int
db_rehearse(struct db **db, struct err *e)
{
	struct buf path = BUF_INIT;
	char *real = db_file_path(NULL);
	struct stat st;
	bool there = stat(real, &st) == 0;
	int bad;

	*db = NULL;
	free(real);
	if (!there)
		return db_open(db, ":memory:", DB_CREATE, e);
	bad = temporary(&path, e);
	if (bad == 0) {
		bad = copy(path.p, e);
		if (bad == 0)
			bad = db_open(db, path.p, DB_SCRATCH, e);
		/* Open, it needs no name; whatever happens to us, it is gone. */
		unlink(path.p);
	}
	buf_release(&path);
	return bad;
}
