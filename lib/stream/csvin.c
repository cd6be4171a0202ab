/* csvin - rows of CSV from a descriptor, one at a time: lines and rows */
#include <string.h>

#include "stream/csvin.h"
#include "stream/csvin_row.h"

static char *
line_end(const struct csvin *in, char *from, char *end)
{
	char *lf = memchr(from, '\n', (size_t)(end - from));
	char *cr = NULL;

	if (in->has_cr)
		cr = memchr(from, '\r', (size_t)((lf != NULL ? lf : end) - from));
	return cr != NULL ? cr : lf;
}

/* The line that begins OFF bytes into the row ends at *END, the next begins at *PAST.
 * 1; 0 there is none; 2 its end is out of reach; -1. */
static int
find_line(struct csvin *in, size_t off, size_t *end, size_t *past, struct err *e)
{
	size_t seen = off;

	for (;;) {
		char *row = in->buf + in->start;
		size_t held = in->end - in->start;
		char *nl = line_end(in, row + seen, row + held);

		*end = nl != NULL ? (size_t)(nl - row) : held;
		*past = *end + (nl != NULL);
		if (nl != NULL && (*nl == '\n' || *past < held || in->eof)) {
			*past += *nl == '\r' && *past < held && nl[1] == '\n';
			return 1;
		}
		if (in->eof)
			return held > off;
		if (nl == NULL && held > CSV_ROW_MAX)
			return 2;
		seen = *end;
		if (csvin_fill(in, e) < 0)
			return -1;
	}
}

/* The rest of a line that was too long is dropped as it comes. */
static int
skip_line(struct csvin *in, struct err *e)
{
	size_t end, past;
	int got;

	do {
		in->start += in->used;
		in->used = 0;
		got = find_line(in, 0, &end, &past, e);
		if (got > 0)
			in->used = past;
	} while (got == 2);
	in->skipping = false;
	return got < 0 ? -1 : 0;
}

static bool
is_blank_line(const struct csvin *in, const char *p, size_t len)
{
	while (len > 0 && (*p == ' ' || (*p == '\t' && in->delim != '\t'))) {
		p++;
		len--;
	}
	return len == 0;
}

/* Takes the next row that is not blank: its first line. As find_line(). */
static int
first_line(struct csvin *in, size_t *end, size_t *past, struct err *e)
{
	int got;

	if (in->skipping && skip_line(in, e) < 0)
		return -1;
	do {
		in->start += in->used;
		in->used = 0;
		in->line = in->next_line;
		got = find_line(in, 0, end, past, e);
		if (got > 0)
			in->used = *past;
		in->next_line += got > 0;
	} while (got == 1 && is_blank_line(in, in->buf + in->start, *end));
	return got;
}

/* Feeds libcsv line by line until it says the row is complete or cannot be. */
static int
quoted_row(struct csvin *in, char *quote, size_t past, struct err *e)
{
	size_t first = past, lines = 1, end, fed = csvin_row_begin(in, quote);
	int got = 1;

	while (!in->done && in->fault == NULL) {
		if (got == 1)
			csvin_row_feed(in, in->buf + in->start + fed, past - fed);
		else if (got == 0)
			csvin_row_end(in);
		else
			in->fault = "more than 4 MiB, or a quote that is not closed";
		fed = past;
		if (in->done || in->fault != NULL)
			break;
		got = find_line(in, fed, &end, &past, e);
		if (got < 0)
			return -1;
		lines += got == 1;
	}
	if (in->fault != NULL && lines > 1)
		in->fault = "the quote opened here is not closed";
	in->used = in->fault == NULL ? fed : first;
	in->next_line = in->line + (in->fault == NULL ? lines : 1);
	return 0;
}

static int
refuse(struct csvin *in, size_t field, const char *what, struct err *e)
{
	if (in->names != NULL && field < in->columns)
		err_set(e, ERR_DATA, "%s: %s", in->names[field], what);
	else
		err_set(e, ERR_DATA, "column %zu: %s", field + 1, what);
	return err_at(e, in->name, in->line);
}

static int
too_long(struct csvin *in, struct err *e)
{
	in->skipping = true;
	in->row_len = in->used = in->end - in->start;
	err_set(e, ERR_DATA, "longer than %d bytes; skipped to its end", CSV_ROW_MAX);
	return err_at(e, in->name, in->line);
}

/* Empty fields behind the last column are a spreadsheet's, not a fault. */
static int
check_number(struct csvin *in, struct err *e)
{
	size_t n = in->n;

	while (n > in->columns && in->field[n - 1].len == 0)
		n--;
	if (in->columns == 0 || n == in->columns)
		return 1;
	err_set(e, ERR_DATA, "%zu fields where the header has %zu", n, in->columns);
	return err_at(e, in->name, in->line);
}

int
csvin_next(struct csvin *in, struct err *e)
{
	size_t end, past;
	char *quote;
	int got;

	in->n = 0;
	in->in_place = false;
	in->fault = NULL;
	got = first_line(in, &end, &past, e);
	if (got == 2)
		return too_long(in, e);
	if (got <= 0)
		return got;
	quote = memchr(in->buf + in->start, '"', end);
	if (quote == NULL)
		csvin_row_cut(in, end);
	else if (!csvin_row_cut_quoted(in, end) && quoted_row(in, quote, past, e) < 0)
		return -1;
	in->row_len = in->used;
	if (in->fault == NULL && (in->has_high || in->has_nul))
		csvin_row_decode(in);
	if (in->fault != NULL)
		return refuse(in, in->fault_field, in->fault, e);
	if (in->in_place)
		csvin_row_seal(in);
	return check_number(in, e);
}

void
csvin_raw(struct csvin *in, const char **p, size_t *len)
{
	char *row = in->buf + in->start;

	if (in->in_place && in->fault == NULL)
		csvin_row_mend(in);
	*p = row;
	*len = in->row_len;
	while (*len > 0 && (row[*len - 1] == '\n' || row[*len - 1] == '\r'))
		(*len)--;
}
