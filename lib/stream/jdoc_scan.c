/* jdoc_scan - where JSON values begin and end */
#include <stdint.h>
#include <string.h>

#include "stream/jdoc_scan.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

void
jdoc_begin(struct jdoc *d)
{
	d->at = d->start;
	d->depth = d->array = d->array_depth = d->items = 0;
	d->in_string = d->escaped = d->ended = d->closed = false;
	d->last = '\0';
	d->fault = NULL;
	d->in_item = false;
	d->item_indent = SIZE_MAX;
	d->row = d->first_row;
}

/* Blanks, and the commas and brackets of an outermost array. True: a value begins. */
static bool
pass_between(struct jdoc *d)
{
	static const char bom[] = "\xef\xbb\xbf";

	if (d->row == 1 && d->at == 0 && d->end >= 3 && memcmp(d->buf, bom, 3) == 0)
		d->at = 3;
	for (; d->at < d->end; d->at++) {
		char c = d->buf[d->at];

		if (c == '\n') {
			d->row++;
			d->row_at = d->at + 1;
		} else if (c == '[' && !d->whole && !d->in_array) {
			d->in_array = true;
		} else if (c == ']' && d->in_array) {
			d->in_array = false;
		} else if (!is_blank(c) && (c != ',' || !d->in_array)) {
			break;
		}
	}
	d->start = d->at;
	d->indent = d->start - d->row_at;
	d->first_row = d->row;
	d->piecemeal = d->again = d->skipping = false;
	jdoc_begin(d);
	return d->at < d->end;
}

/* Is the byte at P, the first of its line behind blanks, one that may begin a value, or
 * an item, where the last one began? */
static bool
begins_again(const struct jdoc *d, size_t p)
{
	size_t indent = d->in_item ? d->item_indent : d->indent;

	return p < d->end && p - d->row_at == indent &&
	    (d->buf[p] == '{' || (!d->in_item && d->buf[p] == '['));
}

/* To the end of what is broken: of its line if a value had one only, else the next line
 * that may begin one. */
static enum jdoc_step
seek_line(struct jdoc *d)
{
	char *nl;
	size_t p;

	for (;;) {
		if (d->at == d->row_at && d->row > d->first_row) {
			for (p = d->at; p < d->end && is_blank(d->buf[p]); p++)
				continue;
			if ((!d->in_item && d->row == d->first_row + 1) || begins_again(d, p))
				return JDOC_FAULT;
			if (p == d->end)
				return JDOC_MORE;
		}
		nl = memchr(d->buf + d->at, '\n', d->end - d->at);
		d->at = nl != NULL ? (size_t)(nl - d->buf) + 1 : d->end;
		if (nl == NULL)
			return JDOC_MORE;
		d->row++;
		d->row_at = d->at;
	}
}

/* Only blanks stand before the byte at `at` in its line. */
static bool
is_first(const struct jdoc *d)
{
	size_t p = d->row_at;

	while (p < d->at && is_blank(d->buf[p]))
		p++;
	return p == d->at;
}

/* The byte at `at` cannot be there. If it is the first of its line, the line before was
 * the last of what is broken. */
static enum jdoc_step
fault(struct jdoc *d, const char *what)
{
	d->fault = what;
	d->in_item = d->array != 0 && !d->closed && d->depth >= d->array_depth;
	if (d->row > d->first_row && is_first(d))
		d->at = d->row_at;
	return seek_line(d);
}

/* Is the bracket just opened that of the array to cut? */
static bool
is_cut(const struct jdoc *d)
{
	size_t i;

	if (d->array != 0 || d->cuts == NULL)
		return false;
	for (i = 0; i + 1 < d->depth; i++)
		if (d->close[i] == ']')
			return false;
	if (d->depth == 1)
		return d->cuts("", 0);
	return d->last == ':' && d->cuts(d->buf + d->key, d->key_end - d->key);
}

static enum jdoc_step
open_bracket(struct jdoc *d, char c)
{
	if (d->depth == JDOC_DEPTH)
		return fault(d, "nested too deep");
	if (d->array != 0 && d->depth == d->array_depth && is_first(d))
		d->item_indent = d->at - d->row_at;
	d->close[d->depth++] = c == '{' ? '}' : ']';
	if (c == '[' && is_cut(d)) {
		d->array_depth = d->depth;
		d->array = d->given = d->item = d->at + 1;
		d->given_row = d->item_row = d->row;
	}
	return JDOC_MORE;
}

/* At a comma or bracket: an item of the array to cut may end here. */
static enum jdoc_step
end_item(struct jdoc *d)
{
	if (d->array == 0 || d->closed || d->depth != d->array_depth || d->last == '[')
		return JDOC_MORE;
	d->item = d->at;
	d->item_row = d->row;
	d->items++;
	return JDOC_ITEM;
}

static enum jdoc_step
close_bracket(struct jdoc *d, char c)
{
	enum jdoc_step step;

	if (d->depth == 0 || d->close[d->depth - 1] != c)
		return fault(d, "not JSON: a bracket too many");
	step = end_item(d);
	d->closed = d->closed || d->depth == d->array_depth;
	d->depth--;
	return d->depth == 0 ? JDOC_VALUE : step;
}

/* Why C may not follow what came last; NULL: it may. */
static const char *
wrong(const struct jdoc *d, char c)
{
	bool names = d->depth > 0 && d->close[d->depth - 1] == '}' &&
	    (d->last == '{' || d->last == ',');

	if (d->depth == 0 && c != '{' && c != '[')
		return "not a JSON object";
	if (d->ended && strchr("}],:", c) == NULL)
		return "not JSON: cut off at the line's end";
	return names && c != '"' && c != '}' ? "not JSON: a name is missing" : NULL;
}

/* To the end of a string, or of what is read of it, or of the line. */
static void
pass_string(struct jdoc *d)
{
	for (; d->at < d->end && d->buf[d->at] != '\n'; d->at++) {
		if (d->escaped) {
			d->escaped = false;
		} else if (d->buf[d->at] == '\\') {
			d->escaped = true;
		} else if (d->buf[d->at] == '"') {
			d->in_string = false;
			d->key_end = d->at++;
			return;
		}
	}
}

static enum jdoc_step
take(struct jdoc *d, char c)
{
	enum jdoc_step step = JDOC_MORE;
	const char *what = wrong(d, c);

	if (what != NULL)
		return fault(d, what);
	d->ended = false;
	if (c == '"') {
		d->in_string = true;
		d->key = d->at + 1;
	} else if (c == '{' || c == '[') {
		step = open_bracket(d, c);
	} else if (c == '}' || c == ']') {
		step = close_bracket(d, c);
	} else if (c == ',') {
		step = end_item(d);
	}
	if (d->fault == NULL) {
		d->last = c;
		d->at++;
	}
	return step;
}

enum jdoc_step
jdoc_scan(struct jdoc *d)
{
	enum jdoc_step step = JDOC_MORE;

	if (d->fault != NULL)
		return seek_line(d);
	if (d->depth == 0 && !pass_between(d))
		return JDOC_MORE;
	while (step == JDOC_MORE && d->at < d->end) {
		char c = d->buf[d->at];

		if (d->in_string && c != '\n') {
			pass_string(d);
		} else if (d->in_string) {
			return fault(d, "not JSON: the line ends within a text");
		} else if (c == '\n') {
			d->row++;
			d->row_at = ++d->at;
			d->ended = d->ended || strchr("{[,:", d->last) == NULL;
		} else if (is_blank(c)) {
			d->at++;
		} else {
			step = take(d, c);
		}
	}
	return step;
}
