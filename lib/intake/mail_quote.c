/* mail_quote - what a reply says, apart from what it repeats */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "intake/mail_mark.h"
#include "intake/mail_quote.h"

enum part { PART_TEXT, PART_BLANK, PART_QUOTE, PART_HEADING, PART_HISTORY, PART_SIGN };

enum { SIGN_LINES = 14 };	/* a longer "signature" is text after a ruler */

struct body {
	struct mail_line *line;
	enum part *part;
	size_t n;
};

static void
split_lines(struct body *b, const char *text)
{
	size_t cap = 64;

	b->n = 0;
	b->line = xmalloc(cap * sizeof(*b->line));
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		if (b->n == cap) {
			cap *= 2;
			b->line = xrealloc(b->line, cap * sizeof(*b->line));
		}
		b->line[b->n++] = (struct mail_line){ text, len };
		text += len + (text[len] == '\n');
	}
	b->part = xcalloc(b->n + 1, sizeof(*b->part));
}

/* The first line at or behind I that is not blank; n when there is none. */
static size_t
next_word(const struct body *b, size_t i)
{
	while (i < b->n && b->part[i] == PART_BLANK)
		i++;
	return i;
}

static void
set(struct body *b, size_t from, size_t to, enum part part)
{
	for (size_t i = from; i < to && i < b->n; i++)
		b->part[i] = part;
}

static void
mark_simple(struct body *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (mail_mark_blank(&b->line[i]))
			b->part[i] = PART_BLANK;
		else if (mail_mark_quoted(&b->line[i]))
			b->part[i] = PART_QUOTE;
	}
}

/* A ruler right above a heading belongs to it. */
static size_t
with_ruler(const struct body *b, size_t i)
{
	size_t j = i;

	while (j > 0 && b->part[j - 1] == PART_BLANK)
		j--;
	return j > 0 && mail_mark_ruler(&b->line[j - 1]) ? j - 1 : i;
}

/* Finds headings.  Quoted lines below one are marked already; without such lines all the rest is
 * history, and the search ends. */
static void
mark_headings(struct body *b, bool forward)
{
	for (size_t i = 0; i < b->n; i++) {
		size_t next, first;
		bool quote;

		if (b->part[i] != PART_TEXT)
			continue;
		if (!forward && (mail_mark_separator(&b->line[i]) ||
		    mail_mark_header_block(&b->line[i], b->n - i))) {
			set(b, with_ruler(b, i), b->n, PART_HISTORY);
			return;
		}
		next = next_word(b, i + 1);
		quote = next < b->n && b->part[next] == PART_QUOTE;
		first = mail_mark_attribution(b->line, i, quote);
		if (first > i)
			continue;
		set(b, first, i + 1, PART_HEADING);
		if (!quote && !forward) {
			set(b, first, b->n, PART_HISTORY);
			return;
		}
	}
}

static size_t
words_end(const struct body *b)
{
	size_t end = b->n;

	while (end > 0 && b->part[end - 1] != PART_TEXT)
		end--;
	return end;
}

/* The signature: from the last "-- " line near the end of the written text, or the line that a
 * telephone added there. */
static void
mark_signature(struct body *b)
{
	size_t end = words_end(b);

	for (size_t i = end; i > 0 && end - i < SIGN_LINES; i--) {
		if (b->part[i - 1] != PART_TEXT && b->part[i - 1] != PART_BLANK)
			break;
		if (mail_mark_sign_ruler(&b->line[i - 1])) {
			set(b, i - 1, end, PART_SIGN);
			return;
		}
	}
	if (end > 0 && mail_mark_device(&b->line[end - 1]))
		b->part[end - 1] = PART_SIGN;
}

/* Quoted runs with written text behind them.  Two and more: answers point by point. */
static size_t
answered_runs(const struct body *b)
{
	size_t runs = 0;
	bool open = false;

	for (size_t i = 0; i < b->n; i++) {
		if (b->part[i] == PART_QUOTE)
			open = true;
		else if (b->part[i] == PART_TEXT && open) {
			runs++;
			open = false;
		}
	}
	return runs;
}

static void
keep_answered_quotes(struct body *b)
{
	size_t end = words_end(b);

	for (size_t i = 0; i < end; i++)
		if (b->part[i] == PART_QUOTE)
			b->part[i] = PART_TEXT;
}

/* Blank lines go with what stands before them. */
static struct buf *
part_of(struct mail_split *s, enum part part, struct buf *last)
{
	switch (part) {
	case PART_BLANK:
		return last;
	case PART_TEXT:
		return &s->text;
	case PART_SIGN:
		return &s->signature;
	default:
		return &s->quoted;
	}
}

static void
trim(struct buf *b)
{
	size_t from = 0;

	while (b->len > 0 && strchr(" \t\n\r", b->p[b->len - 1]) != NULL)
		b->len--;
	for (size_t i = 0; i < b->len && strchr(" \t\n\r", b->p[i]) != NULL; i++)
		if (b->p[i] == '\n')
			from = i + 1;
	if (from > 0)
		memmove(b->p, b->p + from, b->len - from);
	b->len -= from;
	if (b->p != NULL)
		b->p[b->len] = '\0';
}

static void
distribute(struct mail_split *s, const struct body *b)
{
	struct buf *to = &s->text;

	for (size_t i = 0; i < b->n; i++) {
		to = part_of(s, b->part[i], to);
		buf_add(to, b->line[i].p, b->line[i].len);
		buf_char(to, '\n');
	}
	trim(&s->text);
	trim(&s->quoted);
	trim(&s->signature);
}

void
mail_split(struct mail_split *s, const char *body, bool forward)
{
	struct body b;

	buf_clear(&s->text);
	buf_clear(&s->quoted);
	buf_clear(&s->signature);
	split_lines(&b, body);
	mark_simple(&b);
	mark_headings(&b, forward);
	mark_signature(&b);
	if (answered_runs(&b) >= 2)
		keep_answered_quotes(&b);
	distribute(s, &b);
	if (s->text.len == 0) {
		buf_str(&s->text, body);
		trim(&s->text);
		buf_clear(&s->quoted);
		buf_clear(&s->signature);
	}
	free(b.line);
	free(b.part);
}

void
mail_split_release(struct mail_split *s)
{
	buf_release(&s->text);
	buf_release(&s->quoted);
	buf_release(&s->signature);
}

bool
mail_is_forward(const char *subject)
{
	static const char *const heads[] = { "fwd:", "fw:", "fwd：", "fw：", "转发:", "转发：",
		"轉寄:", "轉寄：", "wg:", "tr:", "rv:", "enc:", "i:", "doorst:", "пересл:", NULL };

	while (*subject == ' ' || *subject == '[')
		subject++;
	for (size_t i = 0; heads[i] != NULL; i++)
		if (strncasecmp(subject, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}
