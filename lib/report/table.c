/* table - rows of typed cells, for people and for programs */
#include <stdlib.h>
#include <string.h>

#include "report/table_form.h"
#include "text/utf8.h"

enum { SAMPLE = 1000 };		/* rows that decide the widths */

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
	if (table_is_right(&t->cols[i]))
		pad(t->out, room);
	buf_str(t->out, text);
	if (!table_is_right(&t->cols[i]) && i + 1 < t->n)
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
		table_add_people(&t->cell, t, &t->cols[i], &cells[i]);
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
		table_add_people(&t->cell, t, &t->cols[i], &cells[i]);
		put_field(t, i, buf_cstr(&t->cell));
	}
	buf_char(t->out, '\n');
}

void
table_open(struct table *t, const struct column *cols, size_t n)
{
	size_t i;

	t->cols = cols;
	t->n = n;
	t->rows = 0;
	if (t->format == TABLE_CSV)
		form_csv_head(t);
	else if (t->format == TABLE_MD)
		form_md_head(t);
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
		[TABLE_TEXT] = text_row, [TABLE_JSONL] = form_jsonl_row,
		[TABLE_CSV] = form_csv_row, [TABLE_MD] = form_md_row,
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
