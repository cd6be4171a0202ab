/* intake - any source as a stream of facts: finds the reader and hides it */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "intake/cdr.h"
#include "intake/formats.h"

enum { HEAD_MAX = 64 * 1024, HEAD_ENOUGH = 4096 };

/* The order decides between readers that are equally sure. */
static const struct intake_format *const formats[] = {
	&intake_jsonl, &intake_wecom, &intake_wxkf, &intake_dingtalk, &intake_qianniu,
	&intake_roster, &intake_flight, &intake_json, &intake_csv, &intake_vcard,
	&intake_asterisk, &intake_freeswitch, &intake_queuelog, &intake_transcript,
	&intake_wechat, &intake_mail, &intake_mbox, &intake_maildir
};

const struct intake_format *
intake_formats(void)
{
	static struct intake_format table[sizeof(formats) / sizeof(*formats) + 1];
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		table[i] = *formats[i];
	return table;
}

static const struct intake_format *
by_name(const char *name)
{
	const struct intake_format *f;

	for (f = intake_formats(); f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

static const struct intake_format *
by_look(const struct intake *in, bool is_dir, const char *head, size_t len)
{
	const struct intake_format *f, *best = NULL;
	int most = 0;

	for (f = intake_formats(); f->name != NULL; f++) {
		int sure = f->sniff(in->name, is_dir, head, len);

		if (sure > most) {
			most = sure;
			best = f;
		}
	}
	/* Nothing in it is nothing to refuse. */
	return best == NULL && len == 0 && !is_dir ? by_name("jsonl") : best;
}

static bool
is_waiting(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };

	return poll(&p, 1, 0) != 0;
}

/* The first bytes: a whole line at least, more if they are there already. */
static int
read_head(const struct intake *in, int fd, struct buf *head, struct err *e)
{
	ssize_t n = 1;

	while (n > 0 && head->len < HEAD_MAX) {
		if (head->len > 0 && memchr(head->p, '\n', head->len) != NULL &&
		    (head->len >= HEAD_ENOUGH || !is_waiting(fd)))
			break;
		n = read(fd, buf_room(head, HEAD_MAX), HEAD_MAX - head->len);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return err_set(e, ERR_IO, "%s: %s", in->name, strerror(errno));
		else
			head->len += (size_t)n;
	}
	return 0;
}

static int
open_path(struct intake *in, const char *path, bool *is_dir, struct err *e)
{
	struct stat st;
	int fd = STDIN_FILENO;

	in->name = "stdin";
	*is_dir = false;
	if (path == NULL || strcmp(path, "-") == 0)
		return fd;
	in->name = path;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	*is_dir = S_ISDIR(st.st_mode);
	return fd;
}

/* Files people take for exports, and what to do with them. */
static int
refuse_packed(const struct intake *in, const struct buf *head, struct err *e)
{
	static const struct { const char *magic; size_t len; const char *what; } packed[] = {
		{ "PK\3\4", 4, "an XLSX workbook or zip file: save it as CSV (UTF-8)" },
		{ "\xd0\xcf\x11\xe0", 4, "an Excel workbook: save it as CSV (UTF-8)" },
		{ "\x1f\x8b", 2, "gzip: unpack it first, as in zcat FILE | csr-ingest" },
		{ "SQLite format 3", 15, "a database: export from it first" }
	};
	size_t i;

	for (i = 0; i < sizeof(packed) / sizeof(*packed); i++)
		if (head->len >= packed[i].len &&
		    memcmp(head->p, packed[i].magic, packed[i].len) == 0)
			return err_set(e, ERR_DATA, "%s: %s", in->name, packed[i].what);
	return 0;
}

static int
choose(struct intake *in, bool is_dir, const struct buf *head, struct err *e)
{
	const char *name = in->opts.format;

	if (name == NULL && in->opts.columns != NULL)
		name = cdr_layout_is(in->opts.columns) ? "asterisk" : "csv";
	if (name == NULL && in->opts.map != NULL)
		name = "csv";	/* only a table has columns to name */
	if (name != NULL && strcmp(name, "auto") != 0) {
		in->format = by_name(name);
		if (in->format == NULL)
			return err_set(e, ERR_USAGE, "unknown format \"%s\"", name);
		return 0;
	}
	if (refuse_packed(in, head, e) < 0)
		return -1;
	in->format = by_look(in, is_dir, buf_cstr(head), head->len);
	if (in->format == NULL)
		return err_set(e, ERR_DATA, "%s: no format recognised; name one with -f",
		    in->name);
	return 0;
}

/* Finds the reader of what FD (-1: a directory) holds, and gives it FD. */
static int
begin(struct intake *in, int fd, struct err *e)
{
	struct buf head = BUF_INIT;
	bool bad = (fd >= 0 && read_head(in, fd, &head, e) < 0) ||
	    choose(in, fd < 0, &head, e) < 0;

	if (bad && fd > STDIN_FILENO)
		close(fd);
	if (!bad && in->format->open(in, fd, buf_cstr(&head), head.len, e) < 0)
		bad = true;
	if (bad)
		in->format = NULL;
	buf_release(&head);
	return bad ? -1 : 0;
}

int
intake_open(struct intake *in, const char *path, const struct intake_opts *o, struct err *e)
{
	bool is_dir;
	int fd;

	memset(in, 0, sizeof(*in));
	in->opts = *o;
	fd = open_path(in, path, &is_dir, e);
	if (fd < 0)
		return -1;
	if (is_dir) {
		close(fd);
		fd = -1;
	}
	return begin(in, fd, e);
}

int
intake_attach(struct intake *in, int fd, const char *name, const struct intake_opts *o,
    struct err *e)
{
	memset(in, 0, sizeof(*in));
	in->opts = *o;
	in->name = name;
	return begin(in, fd, e);
}

void
intake_refuse(struct intake *in)
{
	in->bad = NULL;
	in->bad_len = 0;
	in->bad_line = 0;
	if (in->format->raw != NULL)
		in->format->raw(in);
}

int
intake_next(struct intake *in, struct fact *f, struct err *e)
{
	int got = in->format->next(in, f, e);

	if (got <= 0 || f->kind == FACT_NONE || fact_check(f, e) == 0)
		return got;
	intake_refuse(in);
	return err_at(e, in->name, in->bad_line != 0 ? in->bad_line : f->line);
}

void
intake_close(struct intake *in)
{
	if (in->format != NULL)
		in->format->close(in);
	in->format = NULL;
	in->state = NULL;
}

void
intake_note(const struct intake *in, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (in->opts.note == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	in->opts.note(in->opts.ctx, text);
}
