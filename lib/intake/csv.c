/* csv - any CSV export as facts, by the names of its columns */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "intake/csv_find.h"
#include "intake/csv_parts.h"
#include "intake/csv_period.h"
#include "intake/csv_row.h"
#include "intake/formats.h"
#include "stream/charset.h"
#include "time/tm.h"

enum { HELD_MAX = 16 };

/* A row that may be a note behind the last record: what follows decides. */
struct held {
	size_t line;
	char *raw;
	size_t len;
	struct err why;
};

struct state {
	struct csvin in;
	struct aliases aliases;
	struct column_map map;
	struct csv_head head;
	struct csv_row row;
	struct csv_parts parts;
	struct buf rows;		/* of a message of several parts that is refused */
	struct fact fact, answer;	/* of the present row, not yet given */
	bool refused;			/* a row was */
	bool waiting;			/* fact waits until the held rows are given */
	struct held held[HELD_MAX];
	size_t held_n, held_at;
};

static bool
ends_in(const char *path, const char *suffix)
{
	size_t len = strlen(path), n = strlen(suffix);

	return len >= n && strcmp(path + len - n, suffix) == 0;
}

static bool
looks_like_text(const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)p[i] < 0x20 && strchr("\t\r\n\f", p[i]) == NULL)
			return false;
	return memchr(p, ',', len) != NULL || memchr(p, ';', len) != NULL ||
	    memchr(p, '\t', len) != NULL;
}

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	struct aliases a;
	struct column_map m;
	struct csv_head h;
	struct buf text = BUF_INIT;
	struct err e;
	int sure;

	if (is_dir || len == 0 || *head == '{')
		return 0;
	csv_find_lines(&text, head, len, memchr(head, '\n', len) == NULL, NULL);
	sure = ends_in(path, ".csv") || ends_in(path, ".tsv") ? 60 :
	    looks_like_text(buf_cstr(&text), text.len) ? 20 : 0;
	if (sure > 0 && aliases_load(&a, &e) == 0) {
		column_map_load(&m, NULL, &a, &e);
		if (csv_head_find(&h, buf_cstr(&text), text.len, &a, &m, &e) != 0)
			sure = 85;
		csv_head_release(&h);
		aliases_release(&a);
	}
	buf_release(&text);
	return sure;
}

/* Passes the notes before the header, and the header itself. */
static int
pass_head(struct intake *in, struct state *s, struct err *e)
{
	size_t row, len;
	const char *p;
	int got;

	s->in.delim = s->head.delim;
	for (row = 0; in->opts.columns == NULL && row <= s->head.row; row++) {
		got = csvin_next(&s->in, e);
		if (got < 0 && e->code != ERR_DATA)
			return -1;
		csvin_raw(&s->in, &p, &len);
		if (row < s->head.row && s->head.from_at == FACT_NO_TIME)
			csv_period_find(p, len, in->opts.zone, &s->head.from_at, &s->head.to_at);
		if (row < s->head.row)
			intake_note(in, "%s:%zu: a note before the header: %.*s", in->name,
			    s->in.line, (int)(len < 200 ? len : 200), p);
	}
	s->in.columns = s->head.n;
	s->in.names = s->head.names;
	if (in->opts.note != NULL)
		csv_find_explain(in, &s->head, csvin_encoding(&s->in));
	return 0;
}

static void
close_csv(struct intake *in)
{
	struct state *s = in->state;
	size_t i;

	for (i = 0; i < s->held_n; i++)
		free(s->held[i].raw);
	csv_parts_release(&s->parts);
	buf_release(&s->rows);
	csv_row_release(&s->row);
	csv_head_release(&s->head);
	column_map_release(&s->map);
	aliases_release(&s->aliases);
	csvin_close(&s->in);
	free(s);
}

/* Not between a row's question and its answer, nor before what may be notes. */
static bool
place(const struct intake *in, struct intake_place *p)
{
	const struct state *s = in->state;

	return !s->waiting && s->held_n == 0 && s->answer.kind == FACT_NONE &&
	    csvin_place(&s->in, &p->offset, &p->line);
}

static int
skip(struct intake *in, const struct intake_place *p, struct err *e)
{
	struct state *s = in->state;

	return csvin_skip(&s->in, p->offset, p->line, e);
}

static const struct intake_resume resume = { place, skip };

static int
open_csv(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));
	const struct csv_finding find = { &s->head, &s->in, &s->aliases, &s->map };
	struct stat st;
	int bad = csvin_open(&s->in, fd, in->name, head, len, in->opts.encoding, e) < 0;

	in->state = s;
	in->resume = &resume;
	s->in.dry = in->opts.dry;
	s->in.ctx = in->opts.ctx;
	bad = bad || aliases_load(&s->aliases, e) < 0 ||
	    column_map_load(&s->map, in->opts.map, &s->aliases, e) < 0;
	column_map_lean(&s->map, in->opts.channel);
	if (!bad && csv_find_head(&find, &in->opts, e) < 0)
		bad = e->code == ERR_DATA ? err_at(e, in->name, s->head.line) : -1;
	if (bad || pass_head(in, s, e) < 0) {
		close_csv(in);
		in->state = NULL;
		return -1;
	}
	csv_row_init(&s->row, &s->head, &s->aliases, &s->map, &in->opts);
	s->row.told_at = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ?
	    (int64_t)st.st_mtim.tv_sec * 1000 : tm_now();
	return 0;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	csvin_raw(&s->in, &in->bad, &in->bad_len);
	in->bad_line = s->in.line;
	if (csv_parts_rows(&s->parts, &s->rows, &in->bad_line)) {
		buf_char(&s->rows, '\n');
		buf_add(&s->rows, in->bad, in->bad_len);
		in->bad = buf_cstr(&s->rows);
		in->bad_len = s->rows.len;
	}
	s->answer.kind = FACT_NONE;	/* refused with its question */
}

/* The first field that is not empty; n when all are. */
static size_t
first_filled(const struct state *s)
{
	size_t i = 0;

	while (i < s->in.n && s->in.field[i].len == 0)
		i++;
	return i;
}

/* 合计 where an order number or a time should be. */
static bool
is_total(struct state *s)
{
	size_t i = first_filled(s);
	const struct csvin_field *f = &s->in.field[i];
	enum csv_slot slot = i < s->head.n ? s->head.columns[i].slot : SLOT_EXTRA;

	return slot != SLOT_EXTRA && csv_slots[slot].type != CSV_TEXT && f->len < 32 &&
	    strpbrk(f->p, "0123456789") == NULL &&
	    aliases_is_note(&s->aliases, f->p, f->len, true);
}

/* The row is a part of s->fact, which is whole now (1) or waits for more (0); -1. */
static int
take_part(struct state *s, struct err *e)
{
	int got = csv_parts_add(&s->parts, &s->row.part, &s->fact, e);
	const char *row;
	size_t len;

	/* Asking for the row takes its cells. */
	if (got == 0) {
		csvin_raw(&s->in, &row, &len);
		csv_parts_keep_row(&s->parts, row, len);
	}
	return got;
}

/* A message whose parts never came, or wait for too long: true, it is refused. */
static bool
give_up_part(struct intake *in, struct state *s, bool all, struct err *e)
{
	if (!csv_parts_give_up(&s->parts, all, &s->rows, &in->bad_line, e))
		return false;
	in->bad = buf_cstr(&s->rows);
	in->bad_len = s->rows.len;
	err_at(e, in->name, in->bad_line);
	return true;
}

/* The row as facts, in s->fact and s->answer. 1, 0 it is empty, -1. */
static int
take_row(struct intake *in, struct state *s, struct err *e)
{
	int got = csv_row_fill(&s->row, s->in.field, e);

	if (got > 0 && csv_row_facts(&s->row, &s->fact, &s->answer, e) < 0)
		got = -1;
	s->fact.line = s->answer.line = s->in.line;
	if (got > 0 && fact_check(&s->fact, e) < 0)
		got = -1;
	if (got > 0 && is_total(s))
		got = err_set(e, ERR_DATA, "a line of totals, no record");
	if (got > 0 && s->row.part.of > 1)
		got = take_part(s, e);
	return got < 0 ? err_at(e, in->name, s->in.line) : got;
}

/* A refused row that begins as notes do: 合计, 导出时间, or names the time it reports. */
static bool
may_be_note(const struct intake *in, struct state *s)
{
	size_t i = first_filled(s);
	const struct csvin_field *f = &s->in.field[i];
	int64_t from, to;

	return s->in.fault == NULL && s->held_n < HELD_MAX && i < s->in.n &&
	    (aliases_is_note(&s->aliases, f->p, f->len, false) ||
	    (s->in.n == 1 && csv_period_find(f->p, f->len, in->opts.zone, &from, &to)));
}

static void
hold(struct state *s, const struct err *why)
{
	struct held *h = &s->held[s->held_n++];
	const char *p;

	csvin_raw(&s->in, &p, &h->len);
	h->raw = xstrndup(p, h->len);
	h->line = s->in.line;
	h->why = *why;
}

static void
drop_held(struct state *s)
{
	while (s->held_n > 0)
		free(s->held[--s->held_n].raw);
	s->held_at = 0;
}

/* Records came behind them, so the rows held were meant as records. */
static int
give_held(struct intake *in, struct state *s, struct err *e)
{
	const struct held *h = &s->held[s->held_at++];

	in->bad = h->raw;
	in->bad_len = h->len;
	in->bad_line = h->line;
	*e = h->why;
	s->refused = true;
	return -1;
}

static void
tell_held(struct intake *in, struct state *s)
{
	size_t i;

	for (i = 0; i < s->held_n; i++)
		intake_note(in, "%s:%zu: a note behind the last record: %.200s", in->name,
		    s->held[i].line, s->held[i].raw);
	drop_held(s);
}

static int
give(struct state *s, struct fact *f)
{
	drop_held(s);
	s->waiting = false;
	*f = s->fact;
	return 1;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got;

	if (s->waiting)
		return s->held_at < s->held_n ? give_held(in, s, e) : give(s, f);
	if (s->answer.kind != FACT_NONE) {
		*f = s->answer;
		s->answer.kind = FACT_NONE;
		return 1;
	}
	csv_parts_forget(&s->parts);
	do {
		if (give_up_part(in, s, false, e))
			return -1;
		got = csvin_next(&s->in, e);
		if (got == 0 && give_up_part(in, s, true, e))
			return -1;
		if (got == 0) {
			tell_held(in, s);
			/* Whoever was refused may have been in it: nobody has left then. */
			return !s->refused && csv_member_close(&s->row, f);
		}
		if (got > 0)
			got = take_row(in, s, e);
		if (got < 0 && (e->code != ERR_DATA || !may_be_note(in, s))) {
			s->refused = true;
			raw(in);
			return -1;
		}
		if (got < 0)
			hold(s, e);
	} while (got <= 0);
	s->waiting = s->held_n > 0;
	return s->waiting ? give_held(in, s, e) : give(s, f);
}

const struct intake_format intake_csv = {
	"csv", "any CSV with a header: messages, tickets, calls, SMS, orders, customers", sniff,
	open_csv, next, close_csv, raw
};
