/* cdr - call detail records of Asterisk and FreeSWITCH, CSV without a header */
#include <stdlib.h>
#include <string.h>

#include "intake/cdr.h"
#include "intake/formats.h"
#include "stream/jtext.h"

struct state {
	struct csvin in;
	struct cdr_layout layout;
	struct arena scratch;	/* of the present record */
	struct buf extra;
};

/* How sure the two formats are: more than CSV is of a file without a header. */
enum { SURE = 92 };

static int
sniff(bool is_dir, const char *head, size_t len, bool freeswitch)
{
	struct cdr_layout l;
	bool causes;

	if (is_dir || len == 0 || *head == '{' || cdr_layout_find(&l, head, len) == 0)
		return 0;
	causes = l.has[CDR_CAUSE];
	cdr_layout_release(&l);
	return causes == freeswitch ? SURE : 0;
}

static int
sniff_asterisk(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return sniff(is_dir, head, len, false);
}

static int
sniff_freeswitch(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)path;
	return sniff(is_dir, head, len, true);
}

/* The user's columns, else those the first records show. */
static int
find_layout(struct intake *in, struct state *s, struct err *e)
{
	const char *p;
	size_t len;

	if (in->opts.columns != NULL)
		return cdr_layout_parse(&s->layout, in->opts.columns, e);
	csvin_peek(&s->in, &p, &len);
	if (len == 0 || cdr_layout_find(&s->layout, p, len) > 0)
		return 0;
	err_set(e, ERR_DATA, "no known layout of call records; name the columns by --columns");
	return err_at(e, in->name, 1);
}

static void
explain(const struct intake *in, const struct cdr_layout *l)
{
	struct buf names = BUF_INIT;
	size_t i;

	for (i = 0; i < l->most; i++)
		buf_fmt(&names, "%s%s", i > 0 ? "," : "", l->name[i]);
	intake_note(in, "%s: call records: %s", in->name, buf_cstr(&names));
	buf_release(&names);
}

static void
close_cdr(struct intake *in)
{
	struct state *s = in->state;

	csvin_close(&s->in);
	cdr_layout_release(&s->layout);
	arena_release(&s->scratch);
	buf_release(&s->extra);
	free(s);
}

static int
open_cdr(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));
	int bad = csvin_open(&s->in, fd, in->name, head, len, in->opts.encoding, e);

	in->state = s;
	s->in.dry = in->opts.dry;
	s->in.ctx = in->opts.ctx;
	if (bad == 0)
		bad = find_layout(in, s, e);
	if (bad == 0)
		explain(in, &s->layout);
	else
		close_cdr(in);
	if (bad < 0)
		in->state = NULL;
	return bad;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	csvin_raw(&s->in, &in->bad, &in->bad_len);
	in->bad_line = s->in.line;
}

/* 1790816400.17, or system-1790816400.17: with loguserfield alone, the column in its place
 * is the userfield. */
static bool
is_uniqueid(const char *s)
{
	const char *point = strrchr(s, '.');

	return point != NULL && point > s && point[-1] >= '0' && point[-1] <= '9' &&
	    point[1] != '\0' && strspn(point + 1, "0123456789") == strlen(point + 1);
}

static void
sort(struct state *s, struct cdr *r)
{
	const struct cdr_layout *l = &s->layout;
	size_t i;

	memcpy(r->has, l->has, sizeof(r->has));
	for (i = 0; i < s->in.n && i < l->most; i++) {
		const struct csvin_field *f = &s->in.field[i];
		enum cdr_field field = l->field[i];
		const char *name = l->name[i];

		if (f->len == 0)
			continue;
		if (field == CDR_UNIQUEID && s->in.n == 17 && l->least == 16 &&
		    !is_uniqueid(f->p)) {
			field = CDR_OTHER;
			name = "userfield";
		}
		if (field < CDR_FIELDS && r->v[field] == NULL)
			r->v[field] = f->p;
		else
			jtext_member(&s->extra, name, f->p);
	}
}

static int
take_record(struct intake *in, struct state *s, struct fact *f, struct err *e)
{
	struct cdr r = { .has = { false } };
	const struct cdr_layout *l = &s->layout;

	arena_clear(&s->scratch);
	buf_clear(&s->extra);
	buf_char(&s->extra, '{');
	if (s->in.n < l->least || s->in.n > l->most)
		return err_set(e, ERR_DATA, l->least == l->most ? "%zu columns where a record has "
		    "%zu" : "%zu columns where a record has %zu to %zu", s->in.n, l->least,
		    l->most);
	sort(s, &r);
	if (cdr_fact(&r, &in->opts, &s->scratch, &s->extra, f, e) < 0)
		return -1;
	f->line = s->in.line;
	buf_char(&s->extra, '}');
	f->extra = s->extra.len > 2 ? s->extra.p : NULL;
	return 0;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got = csvin_next(&s->in, e);

	if (got > 0 && take_record(in, s, f, e) < 0)
		got = err_at(e, in->name, s->in.line);
	if (got < 0)
		raw(in);
	return got;
}

const struct intake_format intake_asterisk = {
	"asterisk", "call records of Asterisk: Master.csv, cdr_custom", sniff_asterisk, open_cdr,
	next, close_cdr, raw
};

const struct intake_format intake_freeswitch = {
	"freeswitch", "call records of FreeSWITCH: Master.csv by template", sniff_freeswitch,
	open_cdr, next, close_cdr, raw
};
