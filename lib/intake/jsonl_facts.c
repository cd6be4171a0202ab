/* jsonl_facts - our own JSON Lines as facts, and records of other kinds passed through */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/formats.h"
#include "stream/jsonl.h"

struct state {
	struct jsonl in;
	struct arena scratch;	/* of the present record */
	struct buf extra;
};

/* A brace, and the names our records have on their first line. */
static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	size_t at = len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	const char *end;

	(void)path;
	while (at < len && (head[at] == '\n' || head[at] == '\r' || head[at] == ' '))
		at++;
	if (is_dir || at == len || head[at] != '{')
		return 0;
	end = memchr(head + at, '\n', len - at);
	len = end != NULL ? (size_t)(end - head) : len;
	return memmem(head + at, len - at, "\"kind\"", 6) != NULL ||
	    memmem(head + at, len - at, "\"event\"", 7) != NULL ? 90 : 30;
}

static bool
place(const struct intake *in, struct intake_place *p)
{
	const struct state *s = in->state;

	p->line = s->in.in.line;
	return lines_place(&s->in.in, &p->offset);
}

static int
skip(struct intake *in, const struct intake_place *p, struct err *e)
{
	struct state *s = in->state;

	return lines_skip(&s->in.in, p->offset, p->line, e);
}

static const struct intake_resume resume = { place, skip };

static int
open_jsonl(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));

	(void)e;
	lines_attach(&s->in.in, fd, in->name, head, len);
	s->in.in.dry = in->opts.dry;
	s->in.in.ctx = in->opts.ctx;
	in->state = s;
	in->resume = &resume;
	return 0;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	in->bad = s->in.rec.raw;
	in->bad_len = s->in.rec.len;
	in->bad_line = s->in.rec.line;
}

/* What the command line says about all records that do not say it themselves. */
static void
complete(const struct intake *in, struct fact *f)
{
	if (f->channel == NULL)
		f->channel = in->opts.channel;
	if (f->account == NULL)
		f->account = in->opts.account;
}

/* The fact of the line just read. Plain lines are not parsed into a tree. */
static int
read_fact(struct intake *in, struct state *s, struct fact *f, struct err *e)
{
	struct rec *r = &s->in.rec;

	arena_clear(&s->scratch);
	if (fact_scan(f, r->raw, r->len, in->opts.zone, &s->scratch, &s->extra)) {
		f->line = r->line;
		return 0;
	}
	if (jsonl_parse(&s->in, e) < 0)
		return -1;
	if (fact_from_rec(f, r, in->opts.zone, &s->scratch, e) < 0)
		return err_at(e, in->name, r->line);
	return 0;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got = jsonl_line(&s->in, e);

	in->rec = NULL;
	if (got > 0)
		got = read_fact(in, s, f, e) < 0 ? -1 : 1;
	if (got < 0) {
		in->bad = s->in.bad;
		in->bad_len = s->in.bad_len;
		in->bad_line = s->in.in.line;
	}
	if (got <= 0)
		return got;
	complete(in, f);
	in->rec = &s->in.rec;
	return 1;
}

static void
close_jsonl(struct intake *in)
{
	struct state *s = in->state;

	jsonl_close(&s->in);
	arena_release(&s->scratch);
	buf_release(&s->extra);
	free(s);
}

const struct intake_format intake_jsonl = {
	"jsonl", "csr's own JSON Lines, csr-record(5)", sniff, open_jsonl, next, close_jsonl, raw
};
