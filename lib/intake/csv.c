/* csv - any CSV export as facts, by the names of its columns */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/csv_period.h"
#include "intake/csv_row.h"
#include "intake/formats.h"
#include "stream/charset.h"

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
	struct fact fact, answer;	/* of the present row, not yet given */
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

/* Whole lines of HEAD as UTF-8. */
static void
decoded_lines(struct buf *out, const char *head, size_t len, bool all, const char *fallback)
{
	size_t last;

	charset_decode(out, head, len, NULL, fallback, NULL);
	for (last = out->len; !all && last > 0; last--)
		if (out->p[last - 1] == '\n' || out->p[last - 1] == '\r')
			break;
	out->len = last;
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
	decoded_lines(&text, head, len, memchr(head, '\n', len) == NULL, NULL);
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

static size_t
lines_in(const struct buf *text)
{
	size_t i, n = 0;

	for (i = 0; i < text->len; i++)
		n += text->p[i] == '\n' || text->p[i] == '\r';
	return n;
}

/* Looks for the header in what there is, and reads on as long as it may come. */
static int
find_head(struct state *s, const char *encoding, struct err *e)
{
	struct buf text = BUF_INIT;
	int got = 0, more = 1;

	while (got == 0) {
		const char *p;
		size_t len;

		csvin_peek(&s->in, &p, &len);
		buf_clear(&text);
		if (s->in.wide)
			buf_add(&text, p, len);
		else
			decoded_lines(&text, p, len, more == 0, encoding);
		csv_head_release(&s->head);
		got = csv_head_find(&s->head, buf_cstr(&text), text.len, &s->aliases, &s->map, e);
		if (got != 0 || more == 0)
			break;
		more = len < CHARSET_BLOCK && lines_in(&text) < HEAD_ROWS ?
		    csvin_more(&s->in, e) : 0;
		if (more < 0)
			got = -1;
	}
	buf_release(&text);
	return got > 0 ? 0 : -1;
}

static const char *
shown_delim(char c)
{
	return c == '\t' ? "tab" : c == ';' ? "semicolon" : "comma";
}

/* The column that fills SLOT when several could. */
static const char *
first_of(const struct csv_head *h, enum csv_slot slot)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (h->columns[h->order[i]].slot == slot)
			return h->names[h->order[i]];
	return "";
}

static void
explain(const struct intake *in, const struct csv_head *h, const char *encoding)
{
	size_t i;

	intake_note(in, "%s:%zu: %s rows, %zu columns, %s, %s", in->name, h->line,
	    csv_kinds[h->kind], h->n, shown_delim(h->delim), encoding);
	for (i = 0; i < h->n; i++) {
		const char *name = h->names[i], *to = csv_head_field(h, i), *first = name;

		if (h->columns[i].slot < SLOT_FIGURE)
			first = first_of(h, h->columns[i].slot);
		intake_note(in, "%s:%zu: %s -> %s%s%s", in->name, h->line, name, to,
		    first != name ? " where empty: " : "", first != name ? first : "");
	}
}

/* Passes the notes before the header, and the header itself. */
static int
pass_head(struct intake *in, struct state *s, struct err *e)
{
	size_t row, len;
	const char *p;
	int got;

	s->in.delim = s->head.delim;
	for (row = 0; row <= s->head.row; row++) {
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
		explain(in, &s->head, csvin_encoding(&s->in));
	return 0;
}

static void
close_csv(struct intake *in)
{
	struct state *s = in->state;
	size_t i;

	for (i = 0; i < s->held_n; i++)
		free(s->held[i].raw);
	csv_row_release(&s->row);
	csv_head_release(&s->head);
	column_map_release(&s->map);
	aliases_release(&s->aliases);
	csvin_close(&s->in);
	free(s);
}

static int
open_csv(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));
	int bad = csvin_open(&s->in, fd, in->name, head, len, in->opts.encoding, e) < 0;

	in->state = s;
	s->in.dry = in->opts.dry;
	s->in.ctx = in->opts.ctx;
	bad = bad || aliases_load(&s->aliases, e) < 0 ||
	    column_map_load(&s->map, in->opts.map, &s->aliases, e) < 0;
	if (!bad && find_head(s, in->opts.encoding, e) < 0)
		bad = e->code == ERR_DATA ? err_at(e, in->name, s->head.line) : -1;
	if (bad || pass_head(in, s, e) < 0) {
		close_csv(in);
		in->state = NULL;
		return -1;
	}
	csv_row_init(&s->row, &s->head, &s->aliases, &s->map, &in->opts);
	return 0;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	csvin_raw(&s->in, &in->bad, &in->bad_len);
	in->bad_line = s->in.line;
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
	do {
		got = csvin_next(&s->in, e);
		if (got == 0) {
			tell_held(in, s);
			return 0;
		}
		if (got > 0)
			got = take_row(in, s, e);
		if (got < 0 && (e->code != ERR_DATA || !may_be_note(in, s))) {
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
	"csv", "any CSV with a header: messages, tickets, calls, orders, customers", sniff,
	open_csv, next, close_csv, raw
};
