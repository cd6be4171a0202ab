/* csvin_row - one row of csvin: cut in place or by libcsv, decoded */
#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/csvin_row.h"

static void
fault(struct csvin *in, size_t field, const char *what)
{
	if (in->fault != NULL)
		return;
	in->fault = what;
	in->fault_field = field;
}

static bool
is_blank(const struct csvin *in, char c)
{
	return c == ' ' || (c == '\t' && in->delim != '\t');
}

/* [*P, *END) without the blanks around it, as libcsv has unquoted fields. */
static void
trim(const struct csvin *in, char **p, char **end)
{
	while (*p < *end && is_blank(in, **p))
		(*p)++;
	while (*end > *p && is_blank(in, (*end)[-1]))
		(*end)--;
}

/* The next field up to END, without quotes; *P moves behind its delimiter. */
static struct csvin_field
cut_field(struct csvin *in, char **p, char *end)
{
	char *from = *p, *stop = memchr(from, in->delim, (size_t)(end - from));

	if (stop == NULL)
		stop = end;
	*p = stop + 1;
	trim(in, &from, &stop);
	if (stop - from > CSV_FIELD_MAX)
		fault(in, in->n, "more than 1 MiB");
	return (struct csvin_field){ from, (size_t)(stop - from), 0 };
}

/* The quoted field at *P up to END, if a quote begins it and the next one ends it: 1. 0
 * no quote begins it; -1 it is for libcsv. */
static int
cut_quoted(struct csvin *in, char **p, char *end, struct csvin_field *f)
{
	char *from = *p, *stop;

	while (from < end && is_blank(in, *from))
		from++;
	from += end - from > 1 && from[0] == '=' && from[1] == '"';
	if (from == end || *from != '"')
		return 0;
	from++;
	stop = memchr(from, '"', (size_t)(end - from));
	if (stop == NULL)
		return -1;
	*f = (struct csvin_field){ from, (size_t)(stop - from), 0 };
	do
		stop++;
	while (stop < end && is_blank(in, *stop));
	*p = stop + 1;
	return stop == end || *stop == in->delim ? 1 : -1;
}

bool
csvin_row_cut_quoted(struct csvin *in, size_t len)
{
	char *p = in->buf + in->start, *end = p + len;
	bool whole = true;

	while (whole && p <= end) {
		struct csvin_field *f = &in->field[in->n];
		int quoted = cut_quoted(in, &p, end, f);

		if (quoted == 0)
			*f = cut_field(in, &p, end);
		whole = ++in->n < CSV_COLUMNS_MAX && quoted >= 0 && f->len <= CSV_FIELD_MAX &&
		    (quoted > 0 || memchr(f->p, '"', f->len) == NULL);
	}
	if (!whole)
		in->n = 0;
	in->fault = NULL;
	in->in_place = whole;
	return whole;
}

void
csvin_row_cut(struct csvin *in, size_t len)
{
	char *p = in->buf + in->start, *end = p + len;

	in->in_place = true;
	while (p <= end && in->n < CSV_COLUMNS_MAX) {
		in->field[in->n] = cut_field(in, &p, end);
		in->n++;
	}
	if (p <= end)
		fault(in, in->n, "more than 1,024 columns");
}

void
csvin_row_seal(struct csvin *in)
{
	size_t i;

	for (i = 0; i < in->n; i++) {
		struct csvin_field *f = &in->field[i];

		f->under = f->p[f->len];
		f->p[f->len] = '\0';
	}
}

void
csvin_row_mend(struct csvin *in)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		in->field[i].p[in->field[i].len] = in->field[i].under;
	in->n = 0;
}

static void
on_field(void *p, size_t len, void *ctx)
{
	struct csvin *in = ctx;

	if (in->n == CSV_COLUMNS_MAX) {
		fault(in, in->n, "more than 1,024 columns");
		return;
	}
	if (len > CSV_FIELD_MAX)
		fault(in, in->n, "more than 1 MiB");
	in->field[in->n++].len = len;
	buf_add(&in->cells, p, len);
	buf_char(&in->cells, '\0');
}

static void
on_row(int end, void *ctx)
{
	struct csvin *in = ctx;
	char *p = in->cells.p;
	size_t i;

	(void)end;
	in->done = true;
	for (i = 0; i < in->n; i++) {
		in->field[i].p = p;
		p += in->field[i].len + 1;
	}
}

/* A parser that met a fault is thrown away with its state. */
static void
drop_parser(struct csvin *in)
{
	if (in->parser == NULL)
		return;
	csv_free(in->parser);
	free(in->parser);
	in->parser = NULL;
}

static void
need_parser(struct csvin *in)
{
	if (in->parser != NULL)
		return;
	in->parser = xmalloc(sizeof(*in->parser));
	if (csv_init(in->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		mem_die();
	csv_set_realloc_func(in->parser, xrealloc);
	csv_set_blk_size(in->parser, 4096);
	csv_set_delim(in->parser, (unsigned char)in->delim);
}

size_t
csvin_row_begin(struct csvin *in, char *quote)
{
	char *row = in->buf + in->start, *p = row;
	char *end = memrchr(row, in->delim, (size_t)(quote - row));

	buf_clear(&in->cells);
	in->done = false;
	need_parser(in);
	while (end != NULL && p <= end && in->fault == NULL) {
		struct csvin_field f = cut_field(in, &p, end);

		on_field(f.p, f.len, in);
	}
	return (size_t)(p - row);
}

static void
parse(struct csvin *in, const char *p, size_t len)
{
	struct csv_parser *parser = in->parser;

	if (in->fault != NULL)
		return;
	if (csv_parse(parser, p, len, on_field, on_row, in) != len)
		fault(in, in->n, "a quote where none may stand");
	else if (!in->done && parser->entry_pos > CSV_FIELD_MAX)
		fault(in, in->n, "more than 1 MiB");
	if (in->fault != NULL)
		drop_parser(in);
}

/* Between fields libcsv has nothing in hand. */
static bool
is_between(const struct csvin *in)
{
	return in->fault == NULL && in->parser->quoted == 0 && in->parser->entry_pos == 0;
}

/* A field that begins with ="...": the equals sign is a spreadsheet's, not the user's. */
void
csvin_row_feed(struct csvin *in, const char *p, size_t len)
{
	const char *end = p + len, *mark;

	while (in->fault == NULL && (mark = memchr(p, '=', (size_t)(end - p))) != NULL) {
		parse(in, p, (size_t)(mark - p));
		p = mark + (mark[1] == '"' && is_between(in));
		parse(in, p, (size_t)(mark + 1 - p));
		p = mark + 1;
	}
	parse(in, p, (size_t)(end - p));
}

void
csvin_row_end(struct csvin *in)
{
	if (csv_fini(in->parser, on_field, on_row, in) == 0 && in->done)
		return;
	fault(in, in->n, "the quote opened here is not closed");
	drop_parser(in);
}

bool
csvin_is_ascii(const char *p, size_t len)
{
	uint64_t all = 0, word;

	for (; len >= 8; p += 8, len -= 8) {
		memcpy(&word, p, 8);
		all |= word;
	}
	while (len-- > 0)
		all |= (unsigned char)*p++ & 0x80;
	return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* The encoding is decided by the first row that is not plain ASCII, and what is there
 * behind it. */
static void
decide(struct csvin *in)
{
	size_t bom, len = in->end - in->start;
	bool whole = in->eof && len <= CHARSET_BLOCK;
	struct err e;
	const char *name;

	name = charset_detect(in->buf + in->start, len < CHARSET_BLOCK ? len : CHARSET_BLOCK,
	    whole, NULL, in->fallback, &bom);
	if (charset_open(&in->cs, name, &e) < 0)
		fault(in, 0, "in an unknown encoding");
}

static void
blame(struct csvin *in, const char *what)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		if (!charset_is_utf8(in->field[i].p, in->field[i].len))
			fault(in, i, what);
}

/* Of UTF-16 only the replacement character is left where it was broken. */
static void
blame_wide(struct csvin *in)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		if (memmem(in->field[i].p, in->field[i].len, "\xef\xbf\xbd", 3) != NULL)
			fault(in, i, "a NUL, or not valid UTF-16");
}

/* From another encoding: the fields are decoded behind each other. */
static void
convert(struct csvin *in)
{
	size_t i, bad = in->cs.bad;
	char *p;

	in->in_place = false;
	buf_clear(&in->text);
	for (i = 0; i < in->n; i++) {
		struct csvin_field *f = &in->field[i];
		size_t from = in->text.len;

		charset_feed(&in->cs, &in->text, f->p, f->len, true);
		f->len = in->text.len - from;
		buf_char(&in->text, '\0');
		if (in->cs.bad > bad)
			fault(in, i, "not valid in the file's encoding");
	}
	p = in->text.p;
	for (i = 0; i < in->n; i++) {
		in->field[i].p = p;
		p += in->field[i].len + 1;
	}
}

static void
check_nul(struct csvin *in)
{
	size_t i;

	for (i = 0; i < in->n; i++)
		if (memchr(in->field[i].p, '\0', in->field[i].len) != NULL)
			fault(in, i, "a NUL byte");
}

void
csvin_row_decode(struct csvin *in)
{
	const char *row = in->buf + in->start;

	if (in->has_nul)
		check_nul(in);
	if (in->fault != NULL || csvin_is_ascii(row, in->used))
		return;
	if (in->cs.name == NULL)
		decide(in);
	if (in->fault != NULL)
		return;
	if (in->wide && in->cs.bad > 0)
		blame_wide(in);
	else if (!in->wide && strcmp(in->cs.name, "UTF-8") != 0)
		convert(in);
	else if (!in->wide && !charset_is_utf8(row, in->used))
		blame(in, "not valid UTF-8");
}

void
csvin_row_release(struct csvin *in)
{
	drop_parser(in);
	buf_release(&in->cells);
	buf_release(&in->text);
}
