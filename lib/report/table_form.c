/* table_form - a table as JSON Lines, CSV, Markdown */
#include <ctype.h>
#include <string.h>

#include "report/table_form.h"
#include "stream/jtext.h"
#include "text/utf8.h"

/* JSON Lines */

void
form_jsonl_row(struct table *t, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		buf_char(t->out, i == 0 ? '{' : ',');
		jtext_string(t->out, t->cols[i].name, strlen(t->cols[i].name));
		buf_char(t->out, ':');
		if (table_is_null(&cells[i])) {
			buf_str(t->out, "null");
		} else if (cells[i].kind == CELL_TEXT) {
			jtext_string(t->out, cells[i].u.text, cells[i].len);
		} else if (cells[i].kind == CELL_TIME) {
			buf_char(t->out, '"');
			table_add_plain(t->out, t, &t->cols[i], &cells[i], true);
			buf_char(t->out, '"');
		} else {
			table_add_plain(t->out, t, &t->cols[i], &cells[i], true);
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

void
form_csv_head(struct table *t)
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

void
form_csv_row(struct table *t, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (i > 0)
			buf_char(t->out, ',');
		if (table_is_null(&cells[i]))
			continue;
		if (cells[i].kind == CELL_TEXT)
			put_csv_text(t, cells[i].u.text, cells[i].len);
		else
			table_add_plain(t->out, t, &t->cols[i], &cells[i], true);
	}
	buf_char(t->out, '\n');
}

/* Markdown */

/* An underscore at the end of a word; inside one it means nothing. */
static bool
is_emphasis(const struct buf *b, size_t i)
{
	return b->p[i] == '_' && (i == 0 || !isalnum((unsigned char)b->p[i - 1]) ||
	    i + 1 == b->len || !isalnum((unsigned char)b->p[i + 1]));
}

void
table_add_md(struct buf *b, const char *s, size_t len)
{
	struct buf clean = BUF_INIT;
	size_t i;

	table_add_clean(&clean, s, len);
	for (i = 0; i < clean.len; i++) {
		if (strchr("\\`*[]<>|&~", clean.p[i]) != NULL || is_emphasis(&clean, i))
			buf_char(b, '\\');
		buf_char(b, clean.p[i]);
	}
	buf_release(&clean);
}

void
form_md_head(struct table *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		buf_str(t->out, i == 0 ? "| " : " | ");
		table_add_md(t->out, t->cols[i].name, strlen(t->cols[i].name));
	}
	buf_str(t->out, " |\n");
	for (i = 0; i < t->n; i++)
		buf_str(t->out, table_is_right(&t->cols[i]) ? "| ---: " : "| --- ");
	buf_str(t->out, "|\n");
}

void
form_md_row(struct table *t, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		buf_str(t->out, i == 0 ? "| " : " | ");
		if (cells[i].kind == CELL_TEXT)
			table_add_md(t->out, cells[i].u.text, cells[i].len);
		else
			table_add_people(t->out, t, &t->cols[i], &cells[i]);
	}
	buf_str(t->out, " |\n");
}
