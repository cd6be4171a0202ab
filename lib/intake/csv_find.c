/* csv_find - the header of a CSV file, looked for as the file comes in, or given */
#include <string.h>

#include "intake/csv_find.h"
#include "stream/charset.h"

/* Whole lines of HEAD as UTF-8. */
void
csv_find_lines(struct buf *out, const char *head, size_t len, bool all, const char *fallback)
{
	size_t last;

	charset_decode(out, head, len, NULL, fallback, NULL);
	for (last = out->len; !all && last > 0; last--)
		if (out->p[last - 1] == '\n' || out->p[last - 1] == '\r')
			break;
	out->len = last;
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
look_for_head(const struct csv_finding *s, const char *encoding, struct err *e)
{
	struct buf text = BUF_INIT;
	int got = 0, more = 1;

	while (got == 0) {
		const char *p;
		size_t len;

		csvin_peek(s->in, &p, &len);
		buf_clear(&text);
		if (s->in->wide)
			buf_add(&text, p, len);
		else
			csv_find_lines(&text, p, len, more == 0, encoding);
		csv_head_release(s->head);
		got = csv_head_find(s->head, buf_cstr(&text), text.len, s->aliases, s->map, e);
		if (got != 0 || more == 0)
			break;
		more = len < CHARSET_BLOCK && lines_in(&text) < HEAD_ROWS ?
		    csvin_more(s->in, e) : 0;
		if (more < 0)
			got = -1;
	}
	buf_release(&text);
	return got > 0 ? 0 : -1;
}

/* Which of the delimiters the first line has most of. */
static char
likely_delim(const struct csvin *in)
{
	static const char delims[] = ",;\t";
	size_t len, count[3] = { 0 }, i;
	const char *p, *end, *at;

	csvin_peek(in, &p, &len);
	end = memchr(p, '\n', len);
	for (at = p; at < (end != NULL ? end : p + len); at++)
		for (i = 0; i < 3; i++)
			count[i] += *at == delims[i];
	i = count[1] > count[0] ? 1 : 0;
	return delims[count[2] > count[i] ? 2 : i];
}

/* The columns the user names, of a file without a header. */
static int
take_given(const struct csv_finding *s, const char *columns, struct err *e)
{
	int got = csv_head_find(s->head, columns, strlen(columns), s->aliases, s->map, e);

	s->head->delim = likely_delim(s->in);
	s->head->line = 0;
	return got > 0 ? 0 : -1;
}

int
csv_find_head(const struct csv_finding *s, const struct intake_opts *o, struct err *e)
{
	return o->columns != NULL ? take_given(s, o->columns, e) :
	    look_for_head(s, o->encoding, e);
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

void
csv_find_explain(const struct intake *in, const struct csv_head *h, const char *encoding)
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
