/* preload - a machine that fails: LD_PRELOAD for the programs under test
 *
 * FAULT=CALLS:N[+]:WHAT	the N-th (with +, from the N-th on) of CALLS fails by WHAT: kill
 *			(before it), late (killed behind it), or an error by name: ENOSPC
 *			EIO ENOMEM EMFILE.  CALLS are names with commas, out of: open read
 *			write sync truncate unlink malloc flock.
 * FAULT_PATH=PREFIX	only files whose path begins so count, and for kills stdout
 * FAULT_COUNT=FILE	at the end, how many of CALLS there were
 * FAULT_STATFS=NUMBER	the type every file system claims to be of
 * FAULT_LOG=FILE	writes, syncs and the like on FAULT_PATH, and what leaves by stdout,
 *			in the order they happened: see record.h
 * FAULT_LIE=1		the log has no syncs: what a program that does not sync would leave
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "record.h"

enum call {
	CALL_OPEN, CALL_READ, CALL_WRITE, CALL_SYNC, CALL_TRUNCATE, CALL_UNLINK, CALL_MALLOC,
	CALL_FLOCK, CALLS
};
enum { FDS = 1024, KILL_BEFORE = -1, KILL_BEHIND = -2 };

static const char *const names[CALLS] = {
	"open", "read", "write", "sync", "truncate", "unlink", "malloc", "flock"
};

static bool watched[CALLS], ready, repeats;
static long at, seen;
static int what;		/* an errno, or KILL_* */
static const char *prefix;
static char paths[FDS][128];	/* of watched descriptors; "" for others */
static bool is_folder[FDS];
static int log_fd = -1;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static int
meaning(const char *word)
{
	static const struct { const char *word; int what; } all[] = {
		{ "kill", KILL_BEFORE }, { "late", KILL_BEHIND }, { "ENOSPC", ENOSPC },
		{ "EIO", EIO }, { "ENOMEM", ENOMEM }, { "EMFILE", EMFILE }
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(word, all[i].word) == 0)
			return all[i].what;
	fprintf(stderr, "preload: FAULT does not know \"%s\"\n", word);
	_exit(70);
}

static void
read_fault(const char *spec)
{
	const char *n = strchr(spec, ':'), *word = n != NULL ? strchr(n + 1, ':') : NULL;
	char *end;
	int i;

	if (word == NULL)
		_exit(70);
	for (i = 0; i < CALLS; i++)
		watched[i] = strstr(spec, names[i]) != NULL && strstr(spec, names[i]) < n;
	at = strtol(n + 1, &end, 10);
	repeats = *end == '+';
	what = meaning(word + 1);
}

__attribute__((constructor)) static void
start(void)
{
	const char *spec = getenv("FAULT"), *path = getenv("FAULT_LOG");

	prefix = getenv("FAULT_PATH");
	if (path != NULL)
		log_fd = (int)syscall(SYS_openat, AT_FDCWD, path,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (spec != NULL)
		read_fault(spec);
	ready = true;
}

__attribute__((destructor)) static void
finish(void)
{
	const char *path = getenv("FAULT_COUNT");
	char text[32];
	int fd, len = snprintf(text, sizeof(text), "%ld\n", seen);

	if (path == NULL)
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	syscall(SYS_write, fd, text, len);
}

static void
die(void)
{
	syscall(SYS_kill, (int)syscall(SYS_getpid), SIGKILL);
}

/* Counts a call; 0 to go on, else the error it fails with. */
static int
fault(enum call c, bool counts)
{
	bool hit;

	if (!ready || !watched[c] || !counts)
		return 0;
	seen++;
	hit = seen == at || (repeats && seen > at);
	if (hit && what == KILL_BEFORE)
		die();
	return hit && what > 0 ? what : 0;
}

/* Behind the call. */
static void
passed(enum call c, bool counts)
{
	if (ready && watched[c] && counts && seen == at && what == KILL_BEHIND)
		die();
}

/* A program may also be killed as it prints. */
static bool
write_counts(int fd, bool mine)
{
	return mine || (fd == STDOUT_FILENO && what < 0);
}

static bool
is_ours(int fd)
{
	return prefix == NULL || (fd >= 0 && fd < FDS && paths[fd][0] != '\0');
}

static void
record(enum record_kind kind, const char *name, uint64_t off, const void *data, size_t len)
{
	struct record r = { kind, (uint32_t)strlen(name), off, len };
	struct iovec v[3] = {
		{ &r, sizeof(r) }, { (void *)(uintptr_t)name, r.name_len },
		{ (void *)(uintptr_t)data, data != NULL ? len : 0 }
	};

	if (log_fd >= 0)
		syscall(SYS_writev, log_fd, v, 3);
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static void
remember(int fd, const char *path, bool made)
{
	struct stat st;

	if (fd < 0 || fd >= FDS)
		return;
	paths[fd][0] = '\0';
	is_folder[fd] = false;
	if (prefix == NULL)
		return;
	/* The folder itself is opened to be synced. */
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		is_folder[fd] = strncmp(path, prefix, strlen(path)) == 0;
		if (is_folder[fd])
			snprintf(paths[fd], sizeof(paths[fd]), "/");
		return;
	}
	if (strncmp(path, prefix, strlen(prefix)) != 0)
		return;
	snprintf(paths[fd], sizeof(paths[fd]), "%s", base_of(path));
	if (made)
		record(RECORD_CREATE, paths[fd], 0, NULL, 0);
}

static int
open_any(int folder, const char *path, int flags, mode_t mode)
{
	bool counts = prefix == NULL || strncmp(path, prefix, strlen(prefix)) == 0;
	bool made = (flags & O_CREAT) && access(path, F_OK) != 0;
	int fd, failed = fault(CALL_OPEN, counts);

	if (failed) {
		errno = failed;
		return -1;
	}
	fd = (int)syscall(SYS_openat, folder, path, flags, mode);
	remember(fd, path, made);
	passed(CALL_OPEN, counts);
	return fd;
}

static mode_t
mode_of(int flags, va_list ap)
{
	return flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name)							\
	int name(const char *path, int flags, ...);			\
	int								\
	name(const char *path, int flags, ...)				\
	{								\
		va_list ap;						\
		mode_t mode;						\
									\
		va_start(ap, flags);					\
		mode = mode_of(flags, ap);				\
		va_end(ap);						\
		return open_any(AT_FDCWD, path, flags, mode);		\
	}
OPEN(open)
OPEN(open64)

int
openat(int folder, const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return open_any(folder, path, flags, mode);
}

int __open_2(const char *path, int flags);
int
__open_2(const char *path, int flags)
{
	return open_any(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags);
int
__open64_2(const char *path, int flags)
{
	return open_any(AT_FDCWD, path, flags, 0);
}

int
close(int fd)
{
	if (fd >= 0 && fd < FDS)
		paths[fd][0] = '\0';
	return (int)syscall(SYS_close, fd);
}

static ssize_t
failing(int error)
{
	errno = error;
	return -1;
}

ssize_t
read(int fd, void *p, size_t len)
{
	int failed = fault(CALL_READ, is_ours(fd));
	ssize_t n;

	if (failed)
		return failing(failed);
	n = syscall(SYS_read, fd, p, len);
	passed(CALL_READ, is_ours(fd));
	return n;
}

static ssize_t
pread_any(int fd, void *p, size_t len, off_t off)
{
	int failed = fault(CALL_READ, is_ours(fd));
	ssize_t n;

	if (failed)
		return failing(failed);
	n = syscall(SYS_pread64, fd, p, len, off);
	passed(CALL_READ, is_ours(fd));
	return n;
}

ssize_t
pread(int fd, void *p, size_t len, off_t off)
{
	return pread_any(fd, p, len, off);
}

ssize_t
pread64(int fd, void *p, size_t len, off64_t off)
{
	return pread_any(fd, p, len, off);
}

/* OFF -1: where the descriptor stands. */
static ssize_t
write_any(int fd, const void *p, size_t len, off_t off)
{
	bool mine = is_ours(fd), to_stdout = fd == STDOUT_FILENO && !mine;
	int failed = fault(CALL_WRITE, write_counts(fd, mine));
	off_t where = off >= 0 ? off : mine ? lseek(fd, 0, SEEK_CUR) : 0;
	ssize_t n;

	if (failed)
		return failing(failed);
	n = off >= 0 ? syscall(SYS_pwrite64, fd, p, len, off) : syscall(SYS_write, fd, p, len);
	if (n > 0 && log_fd >= 0 && (mine || to_stdout))
		record(mine ? RECORD_WRITE : RECORD_ACK, mine ? paths[fd] : "", (uint64_t)where, p,
		    (size_t)n);
	passed(CALL_WRITE, write_counts(fd, mine));
	return n;
}

ssize_t
write(int fd, const void *p, size_t len)
{
	return write_any(fd, p, len, -1);
}

ssize_t
pwrite(int fd, const void *p, size_t len, off_t off)
{
	return write_any(fd, p, len, off);
}

ssize_t
pwrite64(int fd, const void *p, size_t len, off64_t off)
{
	return write_any(fd, p, len, off);
}

static int
sync_any(int fd, long call)
{
	bool mine = is_ours(fd);
	int failed = fault(CALL_SYNC, mine), bad;

	if (failed)
		return (int)failing(failed);
	bad = (int)syscall(call, fd);
	if (bad == 0 && mine && fd < FDS && getenv("FAULT_LIE") == NULL)
		record(is_folder[fd] ? RECORD_SYNC_FOLDER : RECORD_SYNC, paths[fd], 0, NULL, 0);
	passed(CALL_SYNC, mine);
	return bad;
}

int
fsync(int fd)
{
	return sync_any(fd, SYS_fsync);
}

int
fdatasync(int fd)
{
	return sync_any(fd, SYS_fdatasync);
}

static int
truncate_any(int fd, off_t len)
{
	bool mine = is_ours(fd);
	int failed = fault(CALL_TRUNCATE, mine), bad;

	if (failed)
		return (int)failing(failed);
	bad = (int)syscall(SYS_ftruncate, fd, len);
	if (bad == 0 && mine && fd < FDS)
		record(RECORD_TRUNCATE, paths[fd], (uint64_t)len, NULL, 0);
	passed(CALL_TRUNCATE, mine);
	return bad;
}

int
ftruncate(int fd, off_t len)
{
	return truncate_any(fd, len);
}

int
ftruncate64(int fd, off64_t len)
{
	return truncate_any(fd, len);
}

int
unlink(const char *path)
{
	bool counts = prefix == NULL || strncmp(path, prefix, strlen(prefix)) == 0;
	int failed = fault(CALL_UNLINK, counts), bad;

	if (failed)
		return (int)failing(failed);
	bad = (int)syscall(SYS_unlink, path);
	if (bad == 0 && counts && prefix != NULL)
		record(RECORD_UNLINK, base_of(path), 0, NULL, 0);
	passed(CALL_UNLINK, counts);
	return bad;
}

int
flock(int fd, int how)
{
	int failed = fault(CALL_FLOCK, is_ours(fd));

	return failed ? (int)failing(failed) : (int)syscall(SYS_flock, fd, how);
}

void *
malloc(size_t size)
{
	if (fault(CALL_MALLOC, true)) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	if (fault(CALL_MALLOC, true)) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
	if (fault(CALL_MALLOC, true)) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_realloc(old, size);
}

static int
lie_about(struct statfs *fs, int bad)
{
	const char *type = getenv("FAULT_STATFS");

	if (bad == 0 && type != NULL)
		fs->f_type = (__fsword_t)strtol(type, NULL, 0);
	return bad;
}

int
statfs(const char *path, struct statfs *fs)
{
	return lie_about(fs, (int)syscall(SYS_statfs, path, fs));
}

int
fstatfs(int fd, struct statfs *fs)
{
	return lie_about(fs, (int)syscall(SYS_fstatfs, fd, fs));
}
