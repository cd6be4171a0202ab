/* csvin_bytes - the bytes of a CSV file: opened, read, counted */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/csvin_row.h"

enum { CHUNK = 256 * 1024 };

/* Notes what kind of bytes came in, so that most rows need no closer look. */
static void
notice(struct csvin *in, const char *p, size_t len)
{
	in->has_cr = in->has_cr || memchr(p, '\r', len) != NULL;
	in->has_nul = in->has_nul || memchr(p, '\0', len) != NULL;
	in->has_high = in->has_high || !csvin_is_ascii(p, len);
}

static void
took(struct csvin *in, size_t len)
{
	notice(in, in->buf + in->end, len);
	in->end += len;
	in->buf[in->end] = '\0';
}

static void
init(struct csvin *in, int fd, const char *name)
{
	memset(in, 0, sizeof(*in));
	in->fd = fd;
	in->name = name;
	in->delim = ',';
	in->next_line = 1;
	in->field = xmalloc(CSV_COLUMNS_MAX * sizeof(*in->field));
}

void
csvin_open_text(struct csvin *in, const char *name, const char *text, size_t len)
{
	size_t bom = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	init(in, -1, name);
	in->eof = true;
	in->cap = len;
	in->buf = xmalloc(len + 1);
	memcpy(in->buf, text + bom, len - bom);
	took(in, len - bom);
}

/* Room for LEN bytes behind what is held, the present row moved to the front. */
static char *
room(struct csvin *in, size_t len)
{
	if (in->start > 0) {
		memmove(in->buf, in->buf + in->start, in->end - in->start);
		in->passed += in->start;
		in->end -= in->start;
		in->start = 0;
	}
	if (in->cap - in->end < len) {
		in->cap = 2 * (in->end + len);
		in->buf = xrealloc(in->buf, in->cap + 1);
	}
	return in->buf + in->end;
}

/* UTF-16 becomes UTF-8 before anything looks for line ends in it. */
static void
widen(struct csvin *in)
{
	size_t used;

	buf_clear(&in->text);
	used = charset_feed(&in->cs, &in->text, in->undecoded.p, in->undecoded.len, in->eof);
	in->undecoded.len -= used;
	memmove(in->undecoded.p, in->undecoded.p + used, in->undecoded.len);
	if (in->text.len == 0)
		return;
	memcpy(room(in, in->text.len), in->text.p, in->text.len);
	took(in, in->text.len);
}

/* Four bytes or all there are: a mark may come in pieces. */
static int
read_mark(struct csvin *in, struct err *e)
{
	struct buf *b = &in->undecoded;
	ssize_t n = 1;

	while (n > 0 && b->len < 4) {
		n = read(in->fd, buf_room(b, 4), 4);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return err_set(e, ERR_IO, "%s: %s", in->name, strerror(errno));
		else
			b->len += (size_t)n;
	}
	return 0;
}

int
csvin_open(struct csvin *in, int fd, const char *name, const char *head, size_t len,
    const char *fallback, struct err *e)
{
	struct buf *b = &in->undecoded;
	const char *found;
	size_t bom = 0;

	init(in, fd, name);
	in->fallback = fallback;
	room(in, CHUNK);
	if (fallback != NULL && !charset_known(fallback))
		return err_set(e, ERR_CONFIG, "unknown encoding \"%s\"", fallback);
	buf_add(b, head, len);
	if (read_mark(in, e) < 0)
		return -1;
	found = charset_detect(buf_cstr(b), b->len, false, NULL, fallback, &bom);
	in->wide = strncmp(found, "UTF-16", 6) == 0;
	if ((in->wide || bom > 0) && charset_open(&in->cs, found, e) < 0)
		return -1;
	if (in->wide) {
		b->len -= bom;
		memmove(b->p, b->p + bom, b->len);
		widen(in);
	} else if (b->len > bom) {
		memcpy(room(in, b->len - bom), b->p + bom, b->len - bom);
		took(in, b->len - bom);
	}
	in->passed = bom;
	return 0;
}

void
csvin_close(struct csvin *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	charset_close(&in->cs);
	csvin_row_release(in);
	buf_release(&in->undecoded);
	free(in->buf);
	free(in->field);
	memset(in, 0, sizeof(*in));
}

const char *
csvin_encoding(const struct csvin *in)
{
	return in->cs.name != NULL ? in->cs.name : "ASCII";
}

/* Nothing is waiting: let the program commit and flush before we sleep. */
static int
before_sleep(struct csvin *in, struct err *e)
{
	struct pollfd p = { in->fd, POLLIN, 0 };

	if (in->dry == NULL || poll(&p, 1, 0) != 0)
		return 0;
	return in->dry(in->ctx, e);
}

int
csvin_fill(struct csvin *in, struct err *e)
{
	char *to = in->wide ? buf_room(&in->undecoded, CHUNK) : room(in, CHUNK);
	ssize_t n;

	if (before_sleep(in, e) < 0)
		return -1;
	do
		n = read(in->fd, to, CHUNK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(e, ERR_IO, "%s: %s", in->name, strerror(errno));
	in->eof = n == 0;
	if (in->wide) {
		in->undecoded.len += (size_t)n;
		widen(in);
	} else {
		took(in, (size_t)n);
	}
	return 0;
}

bool
csvin_place(const struct csvin *in, uint64_t *offset, size_t *line)
{
	*offset = in->passed + in->start + in->used;
	*line = in->next_line;
	return !in->wide && !in->skipping;
}

int
csvin_skip(struct csvin *in, uint64_t offset, size_t line, struct err *e)
{
	in->next_line = line;
	in->start += in->used;
	in->used = 0;
	while (in->passed + in->end < offset && !in->eof) {
		in->start = in->end;
		if (csvin_fill(in, e) < 0)
			return -1;
	}
	in->start = in->passed + in->end < offset ? in->end : (size_t)(offset - in->passed);
	return 0;
}

void
csvin_peek(const struct csvin *in, const char **p, size_t *len)
{
	*p = in->buf + in->start + in->used;
	*len = in->end - in->start - in->used;
}

int
csvin_more(struct csvin *in, struct err *e)
{
	size_t held = in->end;

	if (in->eof || in->end - in->start > CSV_ROW_MAX)
		return 0;
	if (csvin_fill(in, e) < 0)
		return -1;
	return in->end > held || !in->eof;
}
