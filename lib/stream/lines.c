/* lines - the bounded line reader: flat memory, and a word when input runs dry */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/jsonl.h"

enum { FIRST_SIZE = 64 * 1024 };

void
lines_attach(struct lines *in, int fd, const char *name, const char *head, size_t len)
{
	memset(in, 0, sizeof(*in));
	in->fd = fd;
	in->name = name;
	in->cap = len > FIRST_SIZE ? len : FIRST_SIZE;
	in->buf = xmalloc(in->cap + 1);
	if (len > 0)
		memcpy(in->buf, head, len);
	in->end = len;
}

int
lines_open(struct lines *in, const char *path, struct err *e)
{
	int fd = STDIN_FILENO;

	memset(in, 0, sizeof(*in));
	if (path == NULL || strcmp(path, "-") == 0)
		path = "stdin";
	else
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	lines_attach(in, fd, path, NULL, 0);
	return 0;
}

void
lines_close(struct lines *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	free(in->buf);
	in->buf = NULL;
}

/* Nothing is waiting: let the program commit and flush before we sleep. */
static int
before_sleep(struct lines *in, struct err *e)
{
	struct pollfd p = { in->fd, POLLIN, 0 };

	if (in->dry == NULL || poll(&p, 1, 0) != 0)
		return 0;
	return in->dry(in->ctx, e);
}

/* Reads more behind what is held, making room first. */
static int
fill(struct lines *in, struct err *e)
{
	ssize_t n;

	if (in->start > 0) {
		memmove(in->buf, in->buf + in->start, in->end - in->start);
		in->passed += in->start;
		in->end -= in->start;
		in->start = 0;
	}
	if (in->end == in->cap) {
		in->cap *= 2;
		in->buf = xrealloc(in->buf, in->cap + 1);
	}
	if (before_sleep(in, e) < 0)
		return -1;
	do
		n = read(in->fd, in->buf + in->end, in->cap - in->end);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(e, ERR_IO, "%s: %s", in->name, strerror(errno));
	in->eof = n == 0;
	in->end += (size_t)n;
	return 0;
}

/* Hands out LEN bytes as a line and steps over SKIP more. */
static int
give(struct lines *in, size_t len, size_t skip, char **line, size_t *out_len)
{
	char *p = in->buf + in->start;

	in->start += len + skip;
	if (len > 0 && p[len - 1] == '\r')
		len--;
	p[len] = '\0';
	*line = p;
	*out_len = len;
	in->line++;
	return 1;
}

/* Drops what is held of an over-long line; unless it ends at NL, its end is sought in
 * the next rounds. */
static int
too_long(struct lines *in, char *nl, char **line, size_t *len, struct err *e)
{
	enum { SHOWN = 256 };

	in->skipping = nl == NULL;
	in->line++;
	*line = in->buf + in->start;
	*len = SHOWN;
	in->start = nl != NULL ? (size_t)(nl - in->buf) + 1 : in->end;
	(*line)[SHOWN] = '\0';
	err_set(e, ERR_DATA, "longer than %d bytes; skipped to its end", LINE_MAX_BYTES);
	return err_at(e, in->name, in->line);
}

int
lines_next(struct lines *in, char **line, size_t *len, struct err *e)
{
	size_t seen = 0;

	for (;;) {
		char *from = in->buf + in->start + seen;
		size_t held = in->end - in->start;
		char *nl = memchr(from, '\n', held - seen);

		if (nl != NULL && in->skipping) {
			in->skipping = false;
			in->start = (size_t)(nl - in->buf) + 1;
			seen = 0;
			continue;
		}
		if (nl != NULL && nl - (in->buf + in->start) <= LINE_MAX_BYTES)
			return give(in, (size_t)(nl - in->buf) - in->start, 1, line, len);
		if (in->skipping)
			in->start = in->end;
		else if (held > LINE_MAX_BYTES)
			return too_long(in, nl, line, len, e);
		if (in->eof)
			return held == 0 || in->skipping ? 0 : give(in, held, 0, line, len);
		seen = in->end - in->start;
		if (fill(in, e) < 0)
			return -1;
	}
}

bool
lines_place(const struct lines *in, uint64_t *offset)
{
	*offset = in->passed + in->start;
	return !in->skipping;
}

int
lines_skip(struct lines *in, uint64_t offset, size_t line, struct err *e)
{
	in->line = line;
	while (in->passed + in->end < offset && !in->eof) {
		in->start = in->end;
		if (fill(in, e) < 0)
			return -1;
	}
	in->start = in->passed + in->end < offset ? in->end : (size_t)(offset - in->passed);
	return 0;
}
