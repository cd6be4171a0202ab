/* markdown - a page as Markdown */
#include <math.h>
#include <string.h>

#include "report/markdown.h"
#include "report/phrase.h"
#include "report/pick.h"
#include "report/table_form.h"

enum { MUCH = 64 * 1024 };

static void
text(struct buf *b, const char *s)
{
	table_add_md(b, s, strlen(s));
}

/* Rows */

struct rows {
	const struct page_out *out;
	const struct page *page;
	struct page_section *s;
	struct show show;
	struct pick pick;
	size_t done;
};

static void
cell(struct rows *r, size_t at, const struct cell *cells)
{
	const struct result *t = &r->s->section.rows;
	struct buf v = BUF_INIT;

	show_cell(&v, &r->show, &t->fields[at], &cells[at]);
	if (at + 3 < t->n && t->fields[at + 1].role == ROLE_BEFORE &&
	    cells[at + 2].kind != CELL_NULL) {
		buf_str(&v, " (");
		show_change(&v, &r->show, &t->fields[at], cell_number(&cells[at + 2]));
		buf_str(&v, page_is_news(cell_number(&cells[at + 3])) ? " !)" : ")");
	}
	text(r->out->b, buf_cstr(&v));
	buf_release(&v);
}

static bool
is_shown(const struct rows *r, size_t i)
{
	return r->s->section.rows.fields[r->pick.at[i]].role == ROLE_SELF;
}

static int
row(void *ctx, const struct cell *cells, struct err *e)
{
	struct rows *r = ctx;
	size_t i;

	(void)e;
	buf_char(r->out->b, '|');
	for (i = 0; i < r->pick.n; i++) {
		if (!is_shown(r, i))
			continue;
		buf_char(r->out->b, ' ');
		cell(r, r->pick.at[i], cells);
		buf_str(r->out->b, " |");
	}
	buf_char(r->out->b, '\n');
	r->done++;
	if (r->out->b->len > MUCH && r->out->drain != NULL)
		r->out->drain(r->out->ctx, r->out->b);
	return 0;
}

static void
head(struct rows *r)
{
	const struct result *t = &r->s->section.rows;
	struct buf *b = r->out->b;
	size_t i;

	buf_char(b, '|');
	for (i = 0; i < r->pick.n; i++) {
		if (!is_shown(r, i))
			continue;
		buf_char(b, ' ');
		text(b, words_name(r->page->words, r->s->report, t->fields[r->pick.at[i]].name));
		buf_str(b, " |");
	}
	buf_str(b, "\n|");
	for (i = 0; i < r->pick.n; i++)
		if (is_shown(r, i))
			buf_str(b, table_is_right(&r->pick.cols[i]) ? " ---: |" : " --- |");
	buf_char(b, '\n');
}

/* The measures over all rows. */
static void
foot(struct rows *r)
{
	const struct section *s = &r->s->section;
	struct cell *cells;
	size_t i;

	if (s->total.rows == 0 || s->rows.n_by == 0 || r->done < 2)
		return;
	cells = result_foot(&s->rows, &s->total);
	cells[0] = cell_text(phrase(words_lang(r->page->words), PH_ALL));
	for (i = 1; i < s->rows.n_by; i++)
		cells[i] = cell_text("");
	row(r, cells, NULL);
	free(cells);
}

static int
table(const struct page_out *out, const struct page *p, struct page_section *s, struct err *e)
{
	struct rows r = { .out = out, .page = p, .s = s, .show = { p->words, p->zone } };
	int bad;

	if (pick_init(&r.pick, s->columns, s->section.rows.fields, s->section.rows.n, e) < 0)
		return -1;
	head(&r);
	bad = section_rows(&s->section, row, &r, e);
	foot(&r);
	buf_char(out->b, '\n');
	pick_release(&r.pick);
	return bad;
}

/* Words around them */

static void
figure(struct buf *b, const struct page *p, const struct page_section *s,
    const struct figure *f)
{
	struct show show = { p->words, p->zone };
	enum lang lang = words_lang(p->words);
	struct buf v = BUF_INIT;

	show_number(&v, &show, f->field, f->now);
	buf_str(b, "- ");
	text(b, words_name(p->words, s->report, f->field->name));
	buf_fmt(b, ": **%s**", buf_cstr(&v));
	if (!isnan(f->change)) {
		buf_clear(&v);
		show_change(&v, &show, f->field, f->change);
		buf_fmt(&v, ", %s ", phrase(lang, PH_WAS));
		show_number(&v, &show, f->field, f->before);
		if (f->tested)
			buf_fmt(&v, ", %s", phrase(lang, isnan(f->p) ? PH_TOO_FEW :
			    page_is_news(f->p) ? PH_NEWS : PH_NOISE));
		buf_str(b, " (");
		text(b, buf_cstr(&v));
		buf_char(b, ')');
	}
	buf_char(b, '\n');
	buf_release(&v);
}

static int
section(const struct page_out *out, const struct page *p, struct page_section *s, struct err *e)
{
	const char *about = report_says(s->report, words_lang(p->words), "about");
	struct buf *b = out->b;
	size_t i;

	if (p->n > 1) {
		buf_str(b, "## ");
		text(b, s->title);
		buf_str(b, "\n\n");
	}
	for (i = 0; i < s->section.n_figures; i++)
		figure(b, p, s, &s->section.figures[i]);
	buf_str(b, s->section.n_figures > 0 ? "\n" : "");
	if (s->table && table(out, p, s, e) < 0)
		return -1;
	for (i = 0; i < s->section.n_notes; i++) {
		buf_str(b, "- ");
		text(b, s->section.notes[i]);
		buf_char(b, '\n');
	}
	buf_str(b, s->section.n_notes > 0 ? "\n" : "");
	if (*about != '\0') {
		text(b, about);
		buf_str(b, "\n\n");
	}
	return 0;
}

int
markdown_page(const struct page *p, const struct page_out *out, struct err *e)
{
	enum lang lang = words_lang(p->words);
	struct buf *b = out->b, v = BUF_INIT;
	size_t i;

	buf_str(b, "# ");
	text(b, p->title);
	period_say(&p->period, p->zone, lang, &v);
	if (p->compared) {
		buf_fmt(&v, " \u00b7 %s ", phrase(lang, PH_COMPARED_WITH));
		period_say(&p->before, p->zone, lang, &v);
	}
	buf_str(b, "\n\n");
	text(b, p->desk);
	buf_str(b, *p->desk != '\0' ? " \u00b7 " : "");
	text(b, buf_cstr(&v));
	buf_str(b, "\n\n");
	buf_release(&v);
	for (i = 0; i < p->n_findings; i++) {
		buf_str(b, "- ");
		text(b, p->findings[i].text);
		buf_char(b, '\n');
	}
	buf_str(b, p->n_findings > 0 ? "\n" : "");
	for (i = 0; i < p->n; i++)
		if (section(out, p, &p->sections[i], e) < 0)
			return -1;
	if (p->compared) {
		text(b, phrase(lang, PH_TESTS));
		buf_char(b, '\n');
	}
	return 0;
}
