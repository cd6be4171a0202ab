/* table - rows of typed cells, for people and for programs */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/table.h"
#include "stream/rec.h"
#include "text/utf8.h"
#include "time/tm.h"

enum { SAMPLE = 1000 };		/* rows that decide the widths */

static bool
is_harmful(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c ||
	    c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

/* Appends S with what could command a terminal or turn its text round as '?'. */
static void
add_clean(struct buf *b, const char *s, size_t len)
{
	const char *end = s + len, *from;

	while (s < end) {
		from = s;
		if (is_harmful(utf8_next(&s, end)))
			buf_char(b, '?');
		else if (utf8_valid(from, (size_t)(s - from)))
			buf_add(b, from, (size_t)(s - from));
		else
			buf_char(b, '?');
	}
}

/* Appends V with at most DECIMALS places; without the zeros behind if TRIM. */
static void
add_real(struct buf *b, double v, int decimals, bool trim)
{
	char text[400];
	int len = snprintf(text, sizeof(text), "%.*f", decimals, v);

	if (trim && decimals > 0) {
		while (text[len - 1] == '0')
			len--;
		if (text[len - 1] == '.')
			len--;
	}
	if (len == 2 && memcmp(text, "-0", 2) == 0)
		buf_char(b, '0');
	else
		buf_add(b, text, (size_t)len);
}

static bool
is_null(const struct cell *c)
{
	return c->kind == CELL_NULL || (c->kind == CELL_REAL && !isfinite(c->u.real));
}

/* Appends any cell but a text or a null; TRIM as above. */
static void
add_plain(struct buf *b, const struct table *t, const struct column *col,
    const struct cell *c, bool trim)
{
	char time[TM_SIZE];

	if (c->kind == CELL_INT)
		buf_fmt(b, "%lld", (long long)c->u.n);
	else if (c->kind == CELL_REAL)
		add_real(b, c->u.real, col->decimals, trim);
	else
		buf_str(b, tm_format(c->u.n, t->zone, time));
}

/* Text: the form for people */

static bool
is_right(const struct column *col)
{
	return col->type == COL_INT || col->type == COL_REAL;
}

/* "2026-10-01 09:00:00": a person at this desk knows the zone. */
static void
add_people_time(struct buf *b, const struct table *t, int64_t at)
{
	char time[TM_SIZE];

	tm_format(at, t->zone, time);
	time[10] = ' ';
	buf_add(b, time, 19);
}

static void
add_people(struct buf *b, const struct table *t, const struct column *col,
    const struct cell *c)
{
	if (is_null(c))
		buf_char(b, '-');
	else if (c->kind == CELL_TEXT)
		add_clean(b, c->u.text, c->len);
	else if (c->kind == CELL_TIME)
		add_people_time(b, t, c->u.n);
	else
		add_plain(b, t, col, c, false);
}

static void
pad(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_char(b, ' ');
}

/* One field of a line; nothing stands behind the last one. */
static void
put_field(struct table *t, size_t i, const char *text)
{
	size_t width = utf8_width(text, strlen(text));
	size_t room = width < t->width[i] ? t->width[i] - width : 0;

	if (i > 0)
		buf_str(t->out, "  ");
	if (is_right(&t->cols[i]))
		pad(t->out, room);
	buf_str(t->out, text);
	if (!is_right(&t->cols[i]) && i + 1 < t->n)
		pad(t->out, room);
}

static void
put_head(struct table *t)
{
	size_t i;

	if (t->color)
		buf_str(t->out, "\033[1m");
	for (i = 0; i < t->n; i++)
		put_field(t, i, t->cols[i].name);
	buf_str(t->out, t->color ? "\033[m\n" : "\n");
}

/* The widths are known: writes the head and the rows held. */
static void
settle(struct table *t)
{
	size_t i, held = t->rows * t->n;

	put_head(t);
	for (i = 0; i < held; i++) {
		put_field(t, i % t->n, t->held[i]);
		if (i % t->n == t->n - 1)
			buf_char(t->out, '\n');
	}
	free(t->held);
	t->held = NULL;
	arena_release(&t->texts);
}

static void
hold_row(struct table *t, const struct cell *cells)
{
	size_t i, width;

	for (i = 0; i < t->n; i++) {
		buf_clear(&t->cell);
		add_people(&t->cell, t, &t->cols[i], &cells[i]);
		width = utf8_width(buf_cstr(&t->cell), t->cell.len);
		if (width > t->width[i])
			t->width[i] = width;
		t->held[t->rows * t->n + i] = arena_strn(&t->texts,
		    buf_cstr(&t->cell), t->cell.len);
	}
}

static void
text_row(struct table *t, const struct cell *cells)
{
	size_t i;

	if (t->rows < SAMPLE) {
		hold_row(t, cells);
		return;
	}
	if (t->held != NULL)
		settle(t);
	for (i = 0; i < t->n; i++) {
		buf_clear(&t->cell);
		add_people(&t->cell, t, &t->cols[i], &cells[i]);
		put_field(t, i, buf_cstr(&t->cell));
	}
	buf_char(t->out, '\n');
}

/* JSON Lines */

/* Text without anything to escape is its own JSON; the rest is the library's work. */
static void
put_json_text(struct buf *b, const char *s, size_t len)
{
	struct node *n;
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == '"' || s[i] == '\\')
			break;
	if (i == len && utf8_valid(s, len)) {
		buf_char(b, '"');
		buf_add(b, s, len);
		buf_char(b, '"');
		return;
	}
	n = node_text(s);
	node_print(n, b);
	node_free(n);
}

static void
jsonl_row(struct table *t, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		buf_char(t->out, i == 0 ? '{' : ',');
		put_json_text(t->out, t->cols[i].name, strlen(t->cols[i].name));
		buf_char(t->out, ':');
		if (is_null(&cells[i])) {
			buf_str(t->out, "null");
		} else if (cells[i].kind == CELL_TEXT) {
			put_json_text(t->out, cells[i].u.text, cells[i].len);
		} else if (cells[i].kind == CELL_TIME) {
			buf_char(t->out, '"');
			add_plain(t->out, t, &t->cols[i], &cells[i], true);
			buf_char(t->out, '"');
		} else {
			add_plain(t->out, t, &t->cols[i], &cells[i], true);
		}
	}
	buf_str(t->out, "}\n");
}

/* CSV */

/* True for a text that a spreadsheet would calculate: = + - @ (full-width forms too),
 * TAB, CR or LF first, or behind blanks, quotes and invisible marks. */
static bool
is_formula(const char *s, size_t len)
{
	static const uint32_t starts[] = { '=', '+', '-', '@', '\t', '\r', '\n', 0xff1d,
	    0xff0b, 0xff0d, 0xff20, 0xfe66, 0xfe62, 0xfe63, 0xfe6b };
	const char *end = s + len;
	uint32_t c = ' ';
	size_t i;

	while (s < end && (c == ' ' || c == '"' || c == '\'' || c == 0xa0 || c == 0x3000 ||
	    c == 0xfeff || (c >= 0x200b && c <= 0x200d)))
		c = utf8_next(&s, end);
	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (c == starts[i])
			return true;
	return false;
}

static void
put_csv_text(struct table *t, const char *s, size_t len)
{
	bool guard = !t->raw && is_formula(s, len);
	bool quote = len > 0 && (s[0] == ' ' || s[len - 1] == ' ' || guard ||
	    memchr(s, ',', len) || memchr(s, '"', len) || memchr(s, '\n', len) ||
	    memchr(s, '\r', len));
	size_t i;

	if (quote)
		buf_char(t->out, '"');
	if (guard)
		buf_char(t->out, '\'');
	for (i = 0; i < len; i++) {
		if (s[i] == '"')
			buf_char(t->out, '"');
		buf_char(t->out, s[i]);
	}
	if (quote)
		buf_char(t->out, '"');
}

static void
csv_head(struct table *t)
{
	size_t i;

	if (t->bom)
		buf_str(t->out, "\xef\xbb\xbf");
	for (i = 0; i < t->n; i++) {
		if (i > 0)
			buf_char(t->out, ',');
		put_csv_text(t, t->cols[i].name, strlen(t->cols[i].name));
	}
	buf_char(t->out, '\n');
}

static void
csv_row(struct table *t, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (i > 0)
			buf_char(t->out, ',');
		if (is_null(&cells[i]))
			continue;
		if (cells[i].kind == CELL_TEXT)
			put_csv_text(t, cells[i].u.text, cells[i].len);
		else
			add_plain(t->out, t, &t->cols[i], &cells[i], true);
	}
	buf_char(t->out, '\n');
}

/* Markdown */

static void
put_md_text(struct table *t, const char *s, size_t len)
{
	size_t i;

	buf_clear(&t->cell);
	add_clean(&t->cell, s, len);
	for (i = 0; i < t->cell.len; i++) {
		if (strchr("\\`*[]<>|&~", t->cell.p[i]) != NULL)
			buf_char(t->out, '\\');
		buf_char(t->out, t->cell.p[i]);
	}
}

static void
md_head(struct table *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		buf_str(t->out, i == 0 ? "| " : " | ");
		put_md_text(t, t->cols[i].name, strlen(t->cols[i].name));
	}
	buf_str(t->out, " |\n");
	for (i = 0; i < t->n; i++)
		buf_str(t->out, is_right(&t->cols[i]) ? "| ---: " : "| --- ");
	buf_str(t->out, "|\n");
}

static void
md_row(struct table *t, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		buf_str(t->out, i == 0 ? "| " : " | ");
		if (cells[i].kind == CELL_TEXT)
			put_md_text(t, cells[i].u.text, cells[i].len);
		else
			add_people(t->out, t, &t->cols[i], &cells[i]);
	}
	buf_str(t->out, " |\n");
}

/* All forms */

void
table_open(struct table *t, const struct column *cols, size_t n)
{
	size_t i;

	t->cols = cols;
	t->n = n;
	t->rows = 0;
	if (t->format == TABLE_CSV)
		csv_head(t);
	else if (t->format == TABLE_MD)
		md_head(t);
	if (t->format != TABLE_TEXT)
		return;
	t->held = xcalloc(SAMPLE * n, sizeof(*t->held));
	t->width = xcalloc(n, sizeof(*t->width));
	for (i = 0; i < n; i++)
		t->width[i] = utf8_width(cols[i].name, strlen(cols[i].name));
}

void
table_row(struct table *t, const struct cell *cells)
{
	static void (*const put[])(struct table *, const struct cell *) = {
		[TABLE_TEXT] = text_row, [TABLE_JSONL] = jsonl_row,
		[TABLE_CSV] = csv_row, [TABLE_MD] = md_row,
	};

	put[t->format](t, cells);
	t->rows++;
}

void
table_close(struct table *t)
{
	if (t->held != NULL)
		settle(t);
	free(t->width);
	t->width = NULL;
	buf_release(&t->cell);
}

int
table_format_of(const char *s, enum table_format *format, struct err *e)
{
	static const struct {
		const char *name;
		enum table_format format;
	} forms[] = { { "table", TABLE_TEXT }, { "jsonl", TABLE_JSONL }, { "csv", TABLE_CSV },
		{ "md", TABLE_MD }, { "txt", TABLE_TEXT } };
	const char *dot = strrchr(s, '.');
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp(dot ? dot + 1 : s, forms[i].name) == 0) {
			*format = forms[i].format;
			return 0;
		}
	return err_set(e, ERR_USAGE, "\"%s\" is no output format: table, jsonl, csv, md, "
	    "or a file name that ends in .csv, .jsonl, .md or .txt", s);
}

int
table_color(const char *when, bool is_tty, struct err *e)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when == NULL || strcmp(when, "auto") == 0)
		return is_tty && (no == NULL || *no == '\0') && term != NULL &&
		    strcmp(term, "dumb") != 0;
	if (strcmp(when, "always") == 0)
		return 1;
	if (strcmp(when, "never") == 0)
		return 0;
	return err_set(e, ERR_USAGE, "--color=%s: must be auto, always or never", when);
}
