/* feed - a growing file as a stream that waits at its end: tail -F into a pipe */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/stop.h"
#include "stream/feed.h"

enum {
	CHUNK = 64 * 1024,	/* what an empty pipe takes at once */
	LOOK_MS = 1000,		/* a file system without inotify is looked at that often */
	LINGER_MS = 1000	/* a replaced file may still be written to: so long after its end */
};

static void
shut(struct feed *f, enum feed_end why)
{
	f->end = why;
	close(f->in);
	f->in = -1;
}

static int
put(struct feed *f, const char *p, size_t len, struct err *e)
{
	while (len > 0) {
		ssize_t n = write(f->in, p, len);

		if (n < 0 && errno != EINTR)
			return err_set(e, ERR_IO, "%s: pipe: %s", f->path, strerror(errno));
		if (n > 0) {
			p += n;
			len -= (size_t)n;
			f->pos += (size_t)n;
		}
	}
	return 0;
}

/* Feeds the whole lines that wait, ALL also one without its end. Bytes fed, or -1. */
static ssize_t
feed_lines(struct feed *f, bool all, struct err *e)
{
	char buf[CHUNK];
	ssize_t n = pread(f->fd, buf, sizeof(buf), (off_t)f->pos);
	const char *last;

	if (n < 0)
		return err_set(e, ERR_IO, "%s: %s", f->path, strerror(errno));
	last = n > 0 ? memrchr(buf, '\n', (size_t)n) : NULL;
	if (last != NULL)
		n = last + 1 - buf;
	else if (n < CHUNK && !all)
		n = 0;
	return put(f, buf, (size_t)n, e) < 0 ? -1 : n;
}

/* Is another file called by our name?  Is ours shorter than what we read? */
static enum feed_end
fate(const struct feed *f)
{
	struct stat now, ours;

	if (fstat(f->fd, &ours) == 0 && (uint64_t)ours.st_size < f->pos)
		return FEED_CUT;
	if (stat(f->path, &now) != 0 ||
	    (now.st_ino == f->st.st_ino && now.st_dev == f->st.st_dev))
		return FEED_OPEN;
	return FEED_REPLACED;
}

int
feed_more(struct feed *f, struct err *e)
{
	struct watch_event ev;
	bool lingered = false;

	while (f->in >= 0) {
		enum feed_end end = stop_wanted() ? FEED_STOPPED : fate(f);
		ssize_t n = 0;
		int got;

		/* What became of it was looked at before its last bytes are. */
		if (end == FEED_OPEN || end == FEED_REPLACED)
			n = feed_lines(f, lingered, e);
		if (n != 0)
			return n < 0 ? -1 : 0;
		if (end == FEED_CUT || end == FEED_STOPPED || lingered) {
			shut(f, end);
			continue;
		}
		got = watch_next(&f->watch, end == FEED_OPEN ? LOOK_MS : LINGER_MS, &ev, e);
		if (got < 0)
			return -1;
		lingered = got == 0 && end == FEED_REPLACED;
	}
	return 0;
}

int
feed_wait(struct feed *f, struct err *e)
{
	struct watch_event ev;

	while (f->end == FEED_OPEN) {
		f->end = stop_wanted() ? FEED_STOPPED : fate(f);
		if (f->end == FEED_OPEN && watch_next(&f->watch, LOOK_MS, &ev, e) < 0)
			return -1;
	}
	return 0;
}

/* Until there is a file by that name. 1, 0 stop, -1. */
static int
wait_for_file(struct feed *f, struct err *e)
{
	for (;;) {
		f->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (f->fd >= 0)
			break;
		if (errno != ENOENT && errno != ENOTDIR)
			return err_set(e, ERR_NOINPUT, "%s: %s", f->path, strerror(errno));
		if (stop_wanted() || (stop_poll(NULL, 0, 200) <= 0 && stop_wanted()))
			return 0;
	}
	if (fstat(f->fd, &f->st) < 0 || !S_ISREG(f->st.st_mode))
		return err_set(e, ERR_NOINPUT, "%s: not a regular file", f->path);
	return 1;
}

int
feed_open(struct feed *f, const char *path, struct err *e)
{
	int ends[2], got;

	*f = (struct feed){ .path = path, .fd = -1, .in = -1, .out = -1, .watch.fd = -1 };
	got = wait_for_file(f, e);
	if (got > 0 && (watch_open(&f->watch, e) < 0 || watch_file(&f->watch, path, e) < 0))
		got = -1;
	if (got > 0 && pipe2(ends, O_CLOEXEC) < 0)
		got = err_set(e, ERR_BUSY, "%s: pipe: %s", path, strerror(errno));
	if (got > 0) {
		f->out = ends[0];
		f->in = ends[1];
	}
	/* A reader looks at the first line, and for a mark of four bytes, before it says
	 * that it would wait. */
	while (got > 0 && f->in >= 0 && f->pos < 4)
		got = feed_more(f, e) < 0 ? -1 : 1;
	if (got <= 0 && f->out >= 0)
		close(f->out);
	if (got <= 0)
		feed_close(f);
	return got;
}

void
feed_close(struct feed *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->in >= 0)
		close(f->in);
	watch_close(&f->watch);
	f->fd = f->in = -1;
}
