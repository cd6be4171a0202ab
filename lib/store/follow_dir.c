/* follow_dir - the files of a directory, each once it is complete */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/stop.h"
#include "store/follow_private.h"
#include "stream/watch.h"

enum {
	FOLDERS_MAX = 3,		/* the directory, and new and cur of a Maildir */
	LOOK_MS = 24 * 3600 * 1000,	/* so that places of deleted files go, and none is missed */
	GONE_MS = 500			/* how often to look whether it is back */
};

struct folder {
	struct buf path;
	int watch;
	uint64_t device, inode;
};

struct dir {
	struct followed *f;
	const char *path;
	struct watch watch;
	struct folder folder[FOLDERS_MAX];
	size_t n;
	struct map recent;	/* device, inode -> struct place *, of this batch */
	struct arena recent_mem;
};

/* One file of a folder, and when it was written. */
struct entry {
	char *name;
	struct timespec at;
};

bool
follow_ignores(const char *name)
{
	static const char *const ends[] = { "~", ".tmp", ".part", ".partial", ".filepart",
		".crdownload", ".swp", ".lock" };
	size_t i, len = strlen(name);

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t n = strlen(ends[i]);

		if (len >= n && strcasecmp(name + len - n, ends[i]) == 0)
			return true;
	}
	return name[0] == '.' || len == 0;
}

/* Does anybody have FD open for writing?  A lease is given only if not; where leases are
 * not to be had (another's file, a network) that cannot be known. */
static bool
is_being_written(int fd)
{
	if (fcntl(fd, F_SETLEASE, F_RDLCK) != 0)
		return errno == EAGAIN;
	fcntl(fd, F_SETLEASE, F_UNLCK);
	return false;
}

/* One file that is being read. */
struct reading {
	struct dir *d;
	struct place place;
};

static void
remember(struct dir *d, const struct place *p)
{
	const uint64_t key[2] = { p->device, p->inode };
	union map_value *v = map_put(&d->recent, key, sizeof(key), NULL);

	if (v->ptr == NULL)
		v->ptr = arena_alloc(&d->recent_mem, sizeof(*p));
	*(struct place *)v->ptr = *p;
}

/* Half a file is remembered only if reading can go on there. */
static bool
mark(void *ctx, const struct intake *src, bool whole, struct place *p)
{
	struct reading *r = ctx;
	struct intake_place at = { 0, 0 };

	*p = r->place;
	if (src->resume == NULL || !src->resume->place(src, &at))
		at.offset = 0;
	place_mark(p, p->fd, &at);
	if (whole || p->at.offset > 0)
		remember(r->d, p);
	return whole || p->at.offset > 0;
}

/* What is remembered of the file FD: of this batch, else in the database. */
static int
look_up(struct dir *d, struct place *p, int fd, bool *known, struct err *e)
{
	const uint64_t key[2] = { p->device, p->inode };
	const union map_value *v = map_get(&d->recent, key, sizeof(key));

	if (v == NULL)
		return follow_place(d->f, p, fd, known, e);
	*known = place_known(p, v->ptr, fd);
	return 0;
}

/* Reads the open file, from where it was left. FD is its reader's then. */
static int
read_file(struct dir *d, struct folder *folder, int fd, const struct stat *st,
    const char *path, struct err *e)
{
	struct reading r = { .d = d };
	struct ingest_follow follow = { mark, NULL, &r };
	struct intake_place from;
	bool known;
	int bad;

	place_of(st, folder->inode, &r.place);
	r.place.fd = dup(fd);
	if (r.place.fd < 0)
		bad = err_set(e, ERR_BUSY, "%s: %s", path, strerror(errno));
	else
		bad = look_up(d, &r.place, fd, &known, e);
	from = r.place.at;
	if (bad < 0 || known)
		close(fd);
	else
		bad = ingest_run_attach(d->f->r, fd, path, &from, &follow, e);
	if (r.place.fd >= 0)
		close(r.place.fd);
	return bad;
}

/* Looks at one name: reads it if it is a complete file.  MADE: it was made just now; who
 * opened it for that will close it, but what was linked in is there. */
static int
take(struct dir *d, struct folder *folder, const char *name, bool made, struct err *e)
{
	struct buf path = BUF_INIT;
	struct stat st;
	int fd, bad = 0;

	if (follow_ignores(name))
		return 0;
	buf_fmt(&path, "%s/%s", folder->path.p, name);
	fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	/* What is gone again, or is no file, or cannot be read yet, is none for us. */
	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    (made && st.st_nlink == 1) || is_being_written(fd))) {
		close(fd);
	} else if (fd >= 0) {
		bad = read_file(d, folder, fd, &st, path.p, e);
	} else if (errno == EACCES) {
		follow_note(d->f, path.p, strerror(errno));
	}
	buf_release(&path);
	return bad;
}

/* All that was read is stored, and with it how far that was. */
static int
flush(struct dir *d, struct err *e)
{
	map_clear(&d->recent);
	arena_clear(&d->recent_mem);
	return ingest_run_flush(d->f->r, e);
}

static int
older_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->at.tv_sec != y->at.tv_sec)
		return x->at.tv_sec < y->at.tv_sec ? -1 : 1;
	if (x->at.tv_nsec != y->at.tv_nsec)
		return x->at.tv_nsec < y->at.tv_nsec ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* The files of a folder; their inodes go into SEEN. */
static struct entry *
list(const struct folder *folder, struct map *seen, size_t *n)
{
	DIR *dir = opendir(folder->path.p);
	struct entry *v = NULL;
	struct dirent *ent;
	size_t cap = 0;

	*n = 0;
	while (dir != NULL && (ent = readdir(dir)) != NULL) {
		struct stat st;

		if (follow_ignores(ent->d_name) || fstatat(dirfd(dir), ent->d_name, &st, 0) < 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		if (*n == cap) {
			cap = cap ? cap * 2 : 64;
			v = xrealloc(v, cap * sizeof(*v));
		}
		v[(*n)++] = (struct entry){ xstrdup(ent->d_name), st.st_mtim };
		map_put(seen, &(uint64_t){ st.st_ino }, sizeof(uint64_t), NULL);
	}
	if (dir != NULL)
		closedir(dir);
	if (v != NULL)
		qsort(v, *n, sizeof(*v), older_first);
	return v;
}

static int
forget_deleted(struct dir *d, const struct folder *folder, const struct map *seen,
    struct err *e)
{
	struct db *db = d->f->r->in != NULL ? d->f->r->in->db : NULL;

	if (db == NULL)
		return 0;
	if (flush(d, e) < 0 || db_begin(db, e) < 0)
		return -1;
	if (place_forget(db, folder->device, folder->inode, seen, e) == 0)
		return db_commit(db, e);
	db_rollback(db);
	return -1;
}

/* All that is there, the oldest first. */
static int
scan(struct dir *d, struct folder *folder, struct err *e)
{
	struct map seen = MAP_INIT;
	size_t n, i;
	struct entry *v = list(folder, &seen, &n);
	int bad = 0;

	for (i = 0; i < n; i++) {
		if (bad == 0 && !stop_wanted())
			bad = take(d, folder, v[i].name, false, e);
		free(v[i].name);
	}
	free(v);
	if (bad == 0 && !stop_wanted())
		bad = forget_deleted(d, folder, &seen, e);
	map_release(&seen);
	return bad;
}

static void
drop_folders(struct dir *d)
{
	while (d->n > 0)
		buf_release(&d->folder[--d->n].path);
	watch_close(&d->watch);
}

static bool
add_folder(struct dir *d, const char *sub, struct err *e)
{
	struct folder *folder = &d->folder[d->n];
	struct stat st;

	*folder = (struct folder){ BUF_INIT, -1, 0, 0 };
	buf_fmt(&folder->path, "%s%s%s", d->path, *sub != '\0' ? "/" : "", sub);
	folder->watch = watch_dir(&d->watch, folder->path.p, e);
	if (folder->watch < 0 || stat(folder->path.p, &st) < 0) {
		buf_release(&folder->path);
		return false;
	}
	folder->device = st.st_dev;
	folder->inode = st.st_ino;
	d->n++;
	return true;
}

/* Watches first, so that nothing is missed between the look and the wait. 1; 0 it is not
 * there; -1. */
static int
watch_folders(struct dir *d, struct err *e)
{
	struct err none;

	if (watch_open(&d->watch, e) < 0)
		return -1;
	if (!add_folder(d, "", e))
		return e->code == ERR_NOINPUT ? 0 : -1;
	if (add_folder(d, "cur", &none))
		add_folder(d, "new", &none);
	return 1;
}

static int
scan_all(struct dir *d, struct err *e)
{
	size_t i;
	/* The mails of a Maildir are below; what else lies beside them is its program's. */
	size_t first = d->n > 2 ? 1 : 0;

	for (i = first; i < d->n; i++)
		if (scan(d, &d->folder[i], e) < 0)
			return -1;
	return flush(d, e);
}

/* What an event means: 1 go on, 0 the directory has to be looked for again, -1. */
static int
heed(struct dir *d, const struct watch_event *ev, struct err *e)
{
	size_t i, first = d->n > 2 ? 1 : 0;

	if (ev->kind == WATCH_GONE)
		return 0;
	if (ev->kind == WATCH_LOST)
		return scan_all(d, e) < 0 ? -1 : 1;
	/* A Maildir is made in steps. */
	if (ev->dir == d->folder[0].watch && (strcmp(ev->name, "new") == 0 ||
	    strcmp(ev->name, "cur") == 0))
		return 0;
	for (i = first; i < d->n; i++)
		if (ev->dir == d->folder[i].watch && take(d, &d->folder[i], ev->name,
		    ev->kind == WATCH_MADE, e) < 0)
			return -1;
	return 1;
}

/* While the directory is there. 0 it is gone, or somebody wants to stop; -1. */
static int
watch_on(struct dir *d, struct err *e)
{
	struct watch_event ev;
	int got = scan_all(d, e) < 0 ? -1 : 1;

	while (got > 0 && !stop_wanted()) {
		got = watch_next(&d->watch, 0, &ev, e);
		if (got == 0) {
			got = flush(d, e) < 0 ? -1 :
			    watch_next(&d->watch, LOOK_MS, &ev, e);
			if (got == 0 && !stop_wanted())
				return scan_all(d, e) < 0 ? -1 : 0;
		}
		if (got > 0)
			got = heed(d, &ev, e);
	}
	return got < 0 ? -1 : flush(d, e);
}

int
follow_dir(struct followed *f, const char *path, struct err *e)
{
	struct dir d = { .f = f, .path = path, .recent = MAP_INIT, .recent_mem = ARENA_INIT };
	bool told = false;
	int got = 0;

	/* Whoever opens for writing what we hold a lease on is told to us; we let go at once. */
	signal(SIGIO, SIG_IGN);
	while (got >= 0 && !stop_wanted()) {
		got = watch_folders(&d, e);
		if (got > 0) {
			told = false;
			got = watch_on(&d, e);
		} else if (got == 0) {
			if (!told)
				follow_note(f, path, "gone; waiting for it");
			told = true;
			stop_poll(NULL, 0, GONE_MS);
		}
		drop_folders(&d);
	}
	map_release(&d.recent);
	arena_release(&d.recent_mem);
	return got < 0 ? -1 : 0;
}
