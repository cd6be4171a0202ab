/* html_table - the rows of a section */
#include <math.h>
#include <string.h>

#include "report/html.h"
#include "report/markup.h"
#include "report/phrase.h"
#include "report/pick.h"

enum { MUCH = 64 * 1024 };

/* What is needed at every row. */
struct rows {
	const struct page_out *out;
	const struct page *page;
	struct page_section *s;
	struct show show;
	const size_t *at;	/* the columns shown */
	size_t n;
	size_t done;
};

void
html_scroll_open(struct buf *b, const char *title)
{
	markup(b, "<div class=\"scroll\" role=\"region\" aria-label=\"%s\" tabindex=\"0\"><table>"
	    "<caption>%s</caption>", title, title);
}

void
html_scroll_close(struct buf *b)
{
	buf_str(b, "</table></div>\n");
}

static bool
is_number(const struct field *f)
{
	return f->type != FIELD_TEXT && f->type != FIELD_TIME;
}

static enum figure_good
good_of(const struct report *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->n_figures; i++)
		if (strcmp(r->measures[r->figures[i].measure].out.name, name) == 0)
			return r->figures[i].good;
	return GOOD_NEITHER;
}

/* The change under a value: coloured only if it is more than noise. */
static void
change(struct rows *r, size_t at, const struct cell *cells)
{
	const struct field *f = &r->s->section.rows.fields[at];
	struct figure of = { .field = f, .good = good_of(r->s->report, f->name),
		.change = cell_number(&cells[at + 2]), .p = cell_number(&cells[at + 3]) };
	struct buf text = BUF_INIT;

	if (isnan(of.change))
		return;
	show_change(&text, &r->show, f, of.change);
	markup(r->out->b, "<small class=\"change%s%s\">%s</small>", html_mood(page_mood(&of)),
	    page_is_news(of.p) ? " news" : "", buf_cstr(&text));
	buf_release(&text);
}

static void
cell(struct rows *r, size_t at, const struct cell *cells, bool is_head)
{
	const struct result *t = &r->s->section.rows;
	const struct field *f = &t->fields[at];
	struct buf *b = r->out->b, text = BUF_INIT;

	show_cell(&text, &r->show, f, &cells[at]);
	buf_str(b, is_head ? "<th scope=\"row\">" : is_number(f) ? "<td class=\"n\">" : "<td>");
	markup_text(b, buf_cstr(&text));
	if (at + 3 < t->n && t->fields[at + 1].role == ROLE_BEFORE)
		change(r, at, cells);
	buf_str(b, is_head ? "</th>" : "</td>");
	buf_release(&text);
}

static int
row(void *ctx, const struct cell *cells, struct err *e)
{
	struct rows *r = ctx;
	size_t i;

	(void)e;
	buf_str(r->out->b, "<tr>");
	for (i = 0; i < r->n; i++)
		cell(r, r->at[i], cells, i == 0);
	buf_str(r->out->b, "</tr>\n");
	r->done++;
	if (r->out->b->len > MUCH && r->out->drain != NULL)
		r->out->drain(r->out->ctx, r->out->b);
	return 0;
}

static void
head(struct rows *r)
{
	const struct report *report = r->s->report;
	const struct result *t = &r->s->section.rows;
	struct buf *b = r->out->b;
	size_t i;

	buf_str(b, "<thead><tr>");
	for (i = 0; i < r->n; i++) {
		const struct field *f = &t->fields[r->at[i]];
		const char *about = words_about(r->page->words, report, f->name, f->about);

		markup(b, "<th scope=\"col\"%s", is_number(f) ? " class=n" : "");
		if (about != NULL && *about != '\0')
			markup(b, " title=\"%s\"", about);
		markup(b, ">%s</th>", words_name(r->page->words, report, f->name));
	}
	buf_str(b, "</tr></thead>\n<tbody>\n");
}

/* The last row: the measures over everything. */
static void
foot(struct rows *r)
{
	const struct section *s = &r->s->section;
	struct cell *cells;
	size_t i;

	if (s->total.rows == 0 || s->rows.n_by == 0 || r->done < 2)
		return;
	cells = result_foot(&s->rows, &s->total);
	markup(r->out->b, "<tfoot><tr><th scope=\"row\">%s</th>",
	    phrase(words_lang(r->page->words), PH_ALL));
	for (i = 1; i < r->n; i++)
		if (r->at[i] < s->rows.n_by)
			buf_str(r->out->b, "<td></td>");
		else
			cell(r, r->at[i], cells, false);
	buf_str(r->out->b, "</tr></tfoot>\n");
	free(cells);
}

/* The columns shown: those asked for, what is compared folded into its measure. */
static int
choose(struct page_section *s, struct pick *pick, size_t **at, size_t *n, struct err *e)
{
	const struct result *t = &s->section.rows;
	size_t i;

	if (pick_init(pick, s->columns, t->fields, t->n, e) < 0)
		return -1;
	*at = xcalloc(pick->n + 1, sizeof(**at));
	*n = 0;
	for (i = 0; i < pick->n; i++)
		if (t->fields[pick->at[i]].role == ROLE_SELF)
			(*at)[(*n)++] = pick->at[i];
	return 0;
}

int
html_table(const struct page_out *out, const struct page *p, struct page_section *s,
    struct err *e)
{
	struct pick pick;
	struct rows r = { .out = out, .page = p, .s = s, .show = { p->words, p->zone } };
	size_t *at;
	int bad;

	if (choose(s, &pick, &at, &r.n, e) < 0)
		return -1;
	r.at = at;
	html_scroll_open(out->b, s->title);
	head(&r);
	bad = section_rows(&s->section, row, &r, e);
	if (r.done == 0)
		markup(out->b, "<tr><td colspan=\"%z\">%s</td></tr>\n", r.n,
		    phrase(words_lang(p->words), PH_NO_ROWS));
	buf_str(out->b, "</tbody>\n");
	foot(&r);
	html_scroll_close(out->b);
	free(at);
	pick_release(&pick);
	return bad;
}
