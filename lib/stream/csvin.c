/* csvin - rows of CSV from a descriptor, one at a time: bytes, lines, rows */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/csvin.h"
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

static int
fill(struct csvin *in, struct err *e)
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
	if (fill(in, e) < 0)
		return -1;
	return in->end > held || !in->eof;
}

static char *
line_end(const struct csvin *in, char *from, char *end)
{
	char *lf = memchr(from, '\n', (size_t)(end - from));
	char *cr = NULL;

	if (in->has_cr)
		cr = memchr(from, '\r', (size_t)((lf != NULL ? lf : end) - from));
	return cr != NULL ? cr : lf;
}

/* The line that begins OFF bytes into the row ends at *END, the next begins at *PAST.
 * 1; 0 there is none; 2 its end is out of reach; -1. */
static int
find_line(struct csvin *in, size_t off, size_t *end, size_t *past, struct err *e)
{
	size_t seen = off;

	for (;;) {
		char *row = in->buf + in->start;
		size_t held = in->end - in->start;
		char *nl = line_end(in, row + seen, row + held);

		*end = nl != NULL ? (size_t)(nl - row) : held;
		*past = *end + (nl != NULL);
		if (nl != NULL && (*nl == '\n' || *past < held || in->eof)) {
			*past += *nl == '\r' && *past < held && nl[1] == '\n';
			return 1;
		}
		if (in->eof)
			return held > off;
		if (nl == NULL && held > CSV_ROW_MAX)
			return 2;
		seen = *end;
		if (fill(in, e) < 0)
			return -1;
	}
}

/* The rest of a line that was too long is dropped as it comes. */
static int
skip_line(struct csvin *in, struct err *e)
{
	size_t end, past;
	int got;

	do {
		in->start += in->used;
		in->used = 0;
		got = find_line(in, 0, &end, &past, e);
		if (got > 0)
			in->used = past;
	} while (got == 2);
	in->skipping = false;
	return got < 0 ? -1 : 0;
}

static bool
is_blank_line(const struct csvin *in, const char *p, size_t len)
{
	while (len > 0 && (*p == ' ' || (*p == '\t' && in->delim != '\t'))) {
		p++;
		len--;
	}
	return len == 0;
}

/* Takes the next row that is not blank: its first line. As find_line(). */
static int
first_line(struct csvin *in, size_t *end, size_t *past, struct err *e)
{
	int got;

	if (in->skipping && skip_line(in, e) < 0)
		return -1;
	do {
		in->start += in->used;
		in->used = 0;
		in->line = in->next_line;
		got = find_line(in, 0, end, past, e);
		if (got > 0)
			in->used = *past;
		in->next_line += got > 0;
	} while (got == 1 && is_blank_line(in, in->buf + in->start, *end));
	return got;
}

/* Feeds libcsv line by line until it says the row is complete or cannot be. */
static int
quoted_row(struct csvin *in, char *quote, size_t past, struct err *e)
{
	size_t first = past, lines = 1, end, fed = csvin_row_begin(in, quote);
	int got = 1;

	while (!in->done && in->fault == NULL) {
		if (got == 1)
			csvin_row_feed(in, in->buf + in->start + fed, past - fed);
		else if (got == 0)
			csvin_row_end(in);
		else
			in->fault = "more than 4 MiB, or a quote that is not closed";
		fed = past;
		if (in->done || in->fault != NULL)
			break;
		got = find_line(in, fed, &end, &past, e);
		if (got < 0)
			return -1;
		lines += got == 1;
	}
	if (in->fault != NULL && lines > 1)
		in->fault = "the quote opened here is not closed";
	in->used = in->fault == NULL ? fed : first;
	in->next_line = in->line + (in->fault == NULL ? lines : 1);
	return 0;
}

static int
refuse(struct csvin *in, size_t field, const char *what, struct err *e)
{
	if (in->names != NULL && field < in->columns)
		err_set(e, ERR_DATA, "%s: %s", in->names[field], what);
	else
		err_set(e, ERR_DATA, "column %zu: %s", field + 1, what);
	return err_at(e, in->name, in->line);
}

static int
too_long(struct csvin *in, struct err *e)
{
	in->skipping = true;
	in->row_len = in->used = in->end - in->start;
	err_set(e, ERR_DATA, "longer than %d bytes; skipped to its end", CSV_ROW_MAX);
	return err_at(e, in->name, in->line);
}

/* Empty fields behind the last column are a spreadsheet's, not a fault. */
static int
check_number(struct csvin *in, struct err *e)
{
	size_t n = in->n;

	while (n > in->columns && in->field[n - 1].len == 0)
		n--;
	if (in->columns == 0 || n == in->columns)
		return 1;
	err_set(e, ERR_DATA, "%zu fields where the header has %zu", n, in->columns);
	return err_at(e, in->name, in->line);
}

int
csvin_next(struct csvin *in, struct err *e)
{
	size_t end, past;
	char *quote;
	int got;

	in->n = 0;
	in->in_place = false;
	in->fault = NULL;
	got = first_line(in, &end, &past, e);
	if (got == 2)
		return too_long(in, e);
	if (got <= 0)
		return got;
	quote = memchr(in->buf + in->start, '"', end);
	if (quote == NULL)
		csvin_row_cut(in, end);
	else if (!csvin_row_cut_quoted(in, end) && quoted_row(in, quote, past, e) < 0)
		return -1;
	in->row_len = in->used;
	if (in->fault == NULL && (in->has_high || in->has_nul))
		csvin_row_decode(in);
	if (in->fault != NULL)
		return refuse(in, in->fault_field, in->fault, e);
	if (in->in_place)
		csvin_row_seal(in);
	return check_number(in, e);
}

void
csvin_raw(struct csvin *in, const char **p, size_t *len)
{
	char *row = in->buf + in->start;

	if (in->in_place && in->fault == NULL)
		csvin_row_mend(in);
	*p = row;
	*len = in->row_len;
	while (*len > 0 && (row[*len - 1] == '\n' || row[*len - 1] == '\r'))
		(*len)--;
}
