/* watch - what happens to the files of a directory, or to one file, as it happens */
#include <errno.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/stop.h"
#include "stream/watch.h"

int
watch_open(struct watch *w, struct err *e)
{
	w->at = w->len = 0;
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	return w->fd >= 0 ? 0 : err_set(e, ERR_BUSY, "inotify: %s", strerror(errno));
}

void
watch_close(struct watch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
}

static int
add(struct watch *w, const char *path, uint32_t mask, struct err *e)
{
	int number = inotify_add_watch(w->fd, path, mask);

	if (number >= 0)
		return number;
	return err_set(e, errno == ENOSPC ? ERR_BUSY : ERR_NOINPUT, "%s: %s", path,
	    errno == ENOSPC ? "no more watches (fs.inotify.max_user_watches)" :
	    strerror(errno));
}

int
watch_dir(struct watch *w, const char *path, struct err *e)
{
	return add(w, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF |
	    IN_MOVE_SELF | IN_ONLYDIR, e);
}

int
watch_file(struct watch *w, const char *path, struct err *e)
{
	return add(w, path, IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF, e);
}

void
watch_drop(struct watch *w, int number)
{
	inotify_rm_watch(w->fd, number);
}

/* More events, waiting for them up to TIMEOUT_MS. 1, 0, -1. */
static int
fill(struct watch *w, int timeout_ms, struct err *e)
{
	struct pollfd p = { w->fd, POLLIN, 0 };
	ssize_t n;

	if (stop_poll(&p, 1, timeout_ms) <= 0)
		return 0;
	n = read(w->fd, w->buf, sizeof(w->buf));
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 :
		    err_set(e, ERR_IO, "inotify: %s", strerror(errno));
	w->at = 0;
	w->len = (size_t)n;
	return n > 0;
}

static enum watch_kind
kind_of(const struct inotify_event *in)
{
	if (in->mask & IN_Q_OVERFLOW)
		return WATCH_LOST;
	if (in->mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
		return WATCH_FILE;
	if (in->mask & IN_CREATE)
		return WATCH_MADE;
	if (in->mask & (IN_MODIFY | IN_ATTRIB))
		return WATCH_CHANGED;
	return WATCH_GONE;
}

int
watch_next(struct watch *w, int timeout_ms, struct watch_event *ev, struct err *e)
{
	const struct inotify_event *in;
	int got;

	if (w->at >= w->len && (got = fill(w, timeout_ms, e)) <= 0)
		return got;
	in = (const struct inotify_event *)(const void *)(w->buf + w->at);
	w->at += sizeof(*in) + in->len;
	*ev = (struct watch_event){ kind_of(in), in->wd, in->len > 0 ? in->name : "" };
	return 1;
}
