/* knowledge_say - suggestions and articles as records */
#include <math.h>
#include <string.h>

#include "store/knowledge_say.h"
#include "text/utf8.h"

enum { SHOWN_COLUMNS = 96, FLUSH_BYTES = 64 * 1024 };

void
suggestion_print(const struct suggestion *s, size_t rank, bool whole, struct buf *out)
{
	struct node *n = node_object();

	node_set_int(n, "rank", (int64_t)rank);
	node_set_text(n, "article", s->of->a.id);
	if (s->of->version > 0)
		node_set_int(n, "version", s->of->version);
	node_set_text(n, "language", s->text->lang);
	node_set_text(n, "title", s->text->title);
	node_set_real(n, "score", round(s->score * 1e4) / 1e4);
	if (s->passage != NULL)
		node_set_text(n, "like", s->passage);
	node_set_text(n, "why", s->terms);
	if (s->of->a.for_staff)
		node_set_text(n, "audience", "staff");
	if (whole)
		node_set_text(n, "answer", s->text->answer);
	node_print(n, out);
	buf_char(out, '\n');
	node_free(n);
}

/* One line of text, signs that a terminal would obey as '?', cut to the columns. */
static void
add_line(struct buf *out, const char *s, size_t columns)
{
	struct buf line = BUF_INIT;
	const char *p = s, *end = s + strlen(s), *start;

	while ((start = p) < end) {
		uint32_t cp = utf8_next(&p, end);

		if (cp == '\n')
			buf_char(&line, ' ');
		else if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) ||
		    (cp >= 0x2066 && cp <= 0x2069))
			buf_char(&line, '?');
		else
			buf_add(&line, start, (size_t)(p - start));
	}
	buf_add(out, buf_cstr(&line), utf8_fit(buf_cstr(&line), line.len, columns));
	buf_release(&line);
}

void
suggestion_show(const struct suggestion *s, size_t rank, struct buf *out)
{
	buf_fmt(out, "%2zu  %.2f  %s  ", rank, s->score, s->of->a.id);
	add_line(out, s->text->title, SHOWN_COLUMNS / 2);
	buf_str(out, s->of->a.for_staff ? "  (staff)\n" : "\n");
	if (s->passage != NULL && strcmp(s->passage, s->text->title) != 0) {
		buf_str(out, "          ~ ");
		add_line(out, s->passage, SHOWN_COLUMNS - 12);
		buf_char(out, '\n');
	}
	buf_str(out, "          ");
	add_line(out, s->text->answer, SHOWN_COLUMNS - 10);
	buf_char(out, '\n');
}

struct exporting {
	struct buf *out;
	void (*flush)(struct buf *out);
};

static int
on_article(void *ctx, const struct article_row *row, struct err *e)
{
	struct exporting *x = ctx;
	size_t len = strlen(row->record);

	(void)e;
	/* The record as stored, with its version behind the kind. */
	buf_fmt(x->out, "{\"kind\":\"article\",\"version\":%lld", (long long)row->version);
	buf_add(x->out, row->record + strlen("{\"kind\":\"article\""),
	    len - strlen("{\"kind\":\"article\""));
	buf_char(x->out, '\n');
	if (x->out->len > FLUSH_BYTES)
		x->flush(x->out);
	return 0;
}

int
knowledge_export(struct db *db, struct buf *out, void (*flush)(struct buf *out),
    struct err *e)
{
	struct exporting x = { out, flush };

	return article_each(db, on_article, &x, e);
}
