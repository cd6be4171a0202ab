/* mail_box - mbox files (RFC 4155) as a stream: one mail in memory at a time
 *
 * A mail begins at a "From " line with a time of day, at the start or behind an empty line; other
 * "From " lines are text.  ">From " loses one ">" (mboxrd; mboxo writers quote the same way). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "intake/mail_part.h"
#include "intake/mail_source.h"
#include "stream/jsonl.h"

struct mbox {
	struct mail_source s;
	struct lines in;
	bool begun;		/* the From line of the next mail was read */
	int64_t arrived_at;	/* its time */
	bool blank;		/* the line before was empty, or there was none */
};

/* "From word Mon Oct  1 09:00:00 2026": hours and minutes make the difference to prose. */
static bool
is_from_line(const char *line, size_t len)
{
	if (len < 10 || memcmp(line, "From ", 5) != 0)
		return false;
	for (size_t i = 6; i + 2 < len; i++)
		if (line[i] == ':' && isdigit((unsigned char)line[i - 1]) &&
		    isdigit((unsigned char)line[i + 1]) && isdigit((unsigned char)line[i + 2]))
			return true;
	return false;
}

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	const char *nl = memchr(head, '\n', len);

	(void)path;
	return !is_dir && is_from_line(head, nl != NULL ? (size_t)(nl - head) : len) ? 95 : 0;
}

static int
open_mbox(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct mbox *b;

	if (mail_lib_open(e) < 0)
		return -1;
	b = xcalloc(1, sizeof(*b));
	mail_source_init(&b->s, in);
	lines_attach(&b->in, fd, in->name, head, len);
	b->in.dry = in->opts.dry;
	b->in.ctx = in->opts.ctx;
	b->blank = true;
	in->state = b;
	return 0;
}

/* Where its date begins is not fixed: behind the sender, which may hold blanks. */
static int64_t
from_line_date(const char *line)
{
	for (const char *p = line + 5; (p = strchr(p, ' ')) != NULL; p++) {
		int64_t at = mail_parse_date(p + 1);

		if (at != FACT_NO_TIME)
			return at;
	}
	return FACT_NO_TIME;
}

static bool
quoted_from(const char *line, size_t len)
{
	size_t n = 0;

	while (n < len && line[n] == '>')
		n++;
	return n > 0 && len - n >= 5 && memcmp(line + n, "From ", 5) == 0;
}

static void
keep(struct mbox *b, const char *line, size_t len)
{
	bool quoted = quoted_from(line, len);

	b->blank = len == 0;
	if (b->s.raw.len > MAIL_MAX_BYTES)
		return;
	buf_add(&b->s.raw, line + quoted, len - quoted);
	buf_char(&b->s.raw, '\n');
}

/* Lines up to the next From line or the end: 1 when it stopped at one, 0 at the end. */
static int
gather(struct mbox *b, struct err *e)
{
	char *line;
	size_t len;
	int got;

	while ((got = lines_next(&b->in, &line, &len, e)) != 0) {
		if (got < 0 && e->code != ERR_DATA)
			return -1;
		if (got < 0) {
			b->s.long_line = true;
			b->blank = false;
			continue;
		}
		if (b->blank && is_from_line(line, len)) {
			b->arrived_at = from_line_date(line);
			b->blank = true;
			return 1;
		}
		keep(b, line, len);
	}
	return 0;
}

static bool
only_blank(const struct buf *raw)
{
	return raw->len == 0 || strspn(raw->p, "\n") == raw->len;
}

static int
next_mbox(struct intake *in, struct fact *f, struct err *e)
{
	struct mbox *b = in->state;
	int64_t arrived_at = b->arrived_at;
	bool begun = b->begun;
	int got;

	buf_clear(&b->s.raw);
	b->s.long_line = false;
	got = gather(b, e);
	if (got < 0)
		return -1;
	b->begun = got == 1;
	if (!begun && only_blank(&b->s.raw) && !b->s.long_line)
		return b->begun ? next_mbox(in, f, e) : 0;
	b->s.number++;
	if (begun)
		return mail_source_fact(&b->s, in, in->name, arrived_at, f, e);
	err_set(e, ERR_DATA, "text before the first From line");
	mail_source_raw(&b->s, in);
	return err_at(e, in->name, b->s.number);
}

static void
close_mbox(struct intake *in)
{
	struct mbox *b = in->state;

	lines_close(&b->in);
	mail_source_release(&b->s);
	free(b);
}

static void
raw_mbox(struct intake *in)
{
	struct mbox *b = in->state;

	mail_source_raw(&b->s, in);
}

const struct intake_format intake_mbox = {
	"mbox", "a mailbox of \"From \" lines, RFC 4155", sniff, open_mbox, next_mbox, close_mbox,
	raw_mbox
};
