/* db_file - the database as a file: where it is, who may open it, the lock beside it */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/opt.h"
#include "store/db_file.h"

enum { BUSY_MS = 5000, STEP_MS = 2 };

char *
db_file_path(const char *path)
{
	struct buf p = BUF_INIT;
	const char *env;

	if (path == NULL)
		path = common.db != NULL ? common.db : getenv("CSR_DB");
	if (path != NULL && *path != '\0')
		return xstrdup(path);
	env = getenv("XDG_DATA_HOME");
	if (env != NULL && *env == '/') {
		buf_fmt(&p, "%s/csr/csr.db", env);
	} else {
		env = getenv("HOME");
		buf_fmt(&p, "%s/.local/share/csr/csr.db", env != NULL ? env : "");
	}
	return buf_take(&p);
}

/* Makes every folder on the way to PATH. */
static int
make_folders(const char *path, struct err *e)
{
	char *copy = xstrdup(path), *slash;
	int bad = 0;

	for (slash = strchr(copy + 1, '/'); slash != NULL && bad == 0;
	    slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST)
			bad = err_set(e, errno == EACCES ? ERR_PERM : ERR_IO, "%s: %s", copy,
			    strerror(errno));
		*slash = '/';
	}
	free(copy);
	return bad;
}

/* WAL needs shared memory between its users, readers too: no network file system has it.
 * FILE is one that is there, the database at PATH or its lock. */
static int
refuse_network(const char *file, const char *path, struct err *e)
{
	static const uint32_t remote[] = {
		NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC,
		CODA_SUPER_MAGIC, AFS_FS_MAGIC, CEPH_SUPER_MAGIC, V9FS_MAGIC,
		0x65735546 /* FUSE: sshfs and the like */
	};
	struct statfs fs;
	size_t i;

	if (statfs(file, &fs) != 0)
		return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	for (i = 0; i < sizeof(remote) / sizeof(remote[0]); i++)
		if ((uint32_t)fs.f_type == remote[i])
			return err_set(e, ERR_CONFIG, "%s: on a network file system, where several "
			    "writers would damage it; keep it on a local disk", path);
	return 0;
}

static int
open_lock(const char *path, int *lock, struct err *e)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_fmt(&name, "%s.lock", path);
	fd = open(buf_cstr(&name), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		err_set(e, errno == EACCES || errno == EROFS || errno == ELOOP ? ERR_PERM :
		    errno == EMFILE || errno == ENFILE ? ERR_BUSY : ERR_IO,
		    "%s: %s", buf_cstr(&name), strerror(errno));
	else if (refuse_network(buf_cstr(&name), path, e) < 0)
		close(fd), fd = -1;
	buf_release(&name);
	*lock = fd;
	return fd < 0 ? -1 : 0;
}

int
db_file_ready(const char *path, enum db_mode mode, int *lock, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return err_set(e, ERR_PERM, "%s: %s", path, strerror(errno));
		if (mode != DB_CREATE)
			return err_set(e, ERR_NOINPUT, "%s: no such database; csr-db init or "
			    "csr-ingest makes one", path);
		if (make_folders(path, e) < 0)
			return -1;
	} else if (!S_ISREG(st.st_mode)) {
		return err_set(e, ERR_PERM, "%s: not a regular file", path);
	}
	return mode == DB_READ ? refuse_network(path, path, e) : open_lock(path, lock, e);
}

int
db_file_patience(int usual)
{
	const char *env = getenv("CSR_BUSY_MS");
	long v = env != NULL ? strtol(env, NULL, 10) : usual;

	return v >= 0 && v <= 3600000 ? (int)v : usual;
}

int
db_file_lock(int lock, const char *path, struct err *e)
{
	struct timespec nap = { 0, STEP_MS * 1000000 };
	int left = db_file_patience(BUSY_MS);

	if (lock < 0)
		return 0;
	while (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_set(e, ERR_IO, "%s.lock: %s", path, strerror(errno));
		if (left <= 0)
			return err_set(e, ERR_BUSY, "%s: another program holds the write lock; "
			    "run again", path);
		nanosleep(&nap, NULL);
		left -= STEP_MS;
	}
	return 0;
}

void
db_file_unlock(int lock)
{
	if (lock >= 0)
		flock(lock, LOCK_UN);
}
