/* ask_show - a report in the form that is asked for, to stdout */
#include <string.h>

#include "base/out.h"
#include "report/ask.h"
#include "report/bars.h"
#include "report/html.h"
#include "report/markdown.h"
#include "report/outfile.h"
#include "report/pick.h"
#include "report/table_form.h"
#include "report/xlsx.h"

enum { MUCH = 32 * 1024 };

static void
drain(void *ctx, struct buf *b)
{
	(void)ctx;
	out_write(buf_cstr(b), b->len);
	buf_clear(b);
}

/* Rows as a table, JSON Lines or CSV. */
struct rows {
	struct table table;
	struct buf text;
	struct pick pick;
	const struct field **fields;	/* of the picked columns */
	struct cell *said;		/* a row in words; NULL: as it is */
	const struct words *words;
	struct arena names;
};

/* Values that have a word in the language that was asked for. */
static const struct cell *
in_words(struct rows *r, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < r->pick.n; i++) {
		r->said[i] = cells[i];
		if (cells[i].kind == CELL_TEXT) {
			const char *word = words_value(r->words, r->fields[i]->name,
			    cells[i].u.text, cells[i].len);

			if (word != NULL)
				r->said[i] = cell_text(word);
		}
	}
	return r->said;
}

static int
put_row(void *ctx, const struct cell *cells, struct err *e)
{
	struct rows *r = ctx;

	(void)e;
	cells = pick_row(&r->pick, cells);
	table_row(&r->table, r->said != NULL ? in_words(r, cells) : cells);
	if (r->text.len > MUCH)
		drain(NULL, &r->text);
	return 0;
}

/* Headings in words, if a language was asked for; JSON Lines are for programs. */
static void
say_heads(struct rows *r, const struct asked *q, const struct section *s)
{
	struct buf name = BUF_INIT;
	size_t i;

	if (q->ask->lang == NULL || q->form == OUT_JSONL)
		return;
	r->words = q->words;
	r->said = xcalloc(r->pick.n + 1, sizeof(*r->said));
	r->fields = xcalloc(r->pick.n + 1, sizeof(*r->fields));
	for (i = 0; i < r->pick.n; i++) {
		r->fields[i] = &s->rows.fields[r->pick.at[i]];
		buf_clear(&name);
		words_field(q->words, s->report, r->fields[i], &name);
		r->pick.cols[i].name = arena_str(&r->names, buf_cstr(&name));
	}
	buf_release(&name);
}

static int
show_rows(const struct asked *q, struct section *s, int color, struct err *e)
{
	static const enum table_format formats[] = { [OUT_TABLE] = TABLE_TEXT,
		[OUT_JSONL] = TABLE_JSONL, [OUT_CSV] = TABLE_CSV };
	struct rows r = { .text = BUF_INIT, .table = { .format = formats[q->form],
		.zone = q->run.zone, .bom = q->ask->bom, .raw = q->ask->raw, .color = color > 0 } };
	int bad;

	if (pick_init(&r.pick, q->ask->columns, s->rows.fields, s->rows.n, e) < 0)
		return -1;
	say_heads(&r, q, s);
	r.table.out = &r.text;
	table_open(&r.table, r.pick.cols, r.pick.n);
	bad = section_rows(s, put_row, &r, e);
	table_close(&r.table);
	drain(NULL, &r.text);
	free(r.said);
	free(r.fields);
	arena_release(&r.names);
	pick_release(&r.pick);
	buf_release(&r.text);
	return bad;
}

static int
show_page(const struct asked *q, struct page *p, int color, struct err *e)
{
	struct buf b = BUF_INIT;
	struct page_out out = { &b, drain, NULL };
	int bad;

	if (q->form == OUT_HTML)
		bad = html_page(p, &out, e);
	else if (q->form == OUT_MD)
		bad = markdown_page(p, &out, e);
	else if (q->form == OUT_BARS)
		bad = bars_page(p, &out, color > 0, e);
	else
		bad = xlsx_page(p, &out, e);
	drain(NULL, &b);
	buf_release(&b);
	return bad;
}

static int
no_row(void *ctx, const struct cell *cells, struct err *e)
{
	(void)ctx;
	(void)cells;
	(void)e;
	return 0;
}

/* --fail-if over the columns of the result. */
static int
watch(const struct asked *q, struct section *s, struct where *w, struct err *e)
{
	if (q->ask->fail_if == NULL)
		return 0;
	s->watch = w;
	return where_add(w, "--fail-if", q->ask->fail_if, s->rows.fields, s->rows.n,
	    q->run.zone, e);
}

static int
show(const struct asked *q, struct page *p, struct db *db, bool quiet, struct err *e)
{
	struct page_section *s = &p->sections[0];
	struct where w = WHERE_INIT;
	int color = table_color(q->ask->color, out_is_tty(), e), bad = -1;

	s->columns = q->ask->columns;
	s->args.only = q->ask->charts;
	s->args.charts = !quiet && (q->form > OUT_CSV || q->form == OUT_BARS);
	if (color >= 0 && page_read(p, db, e) == 0 && watch(q, &s->section, &w, e) == 0) {
		if (quiet)
			bad = section_rows(&s->section, no_row, NULL, e);
		else if (s->args.charts)
			bad = show_page(q, p, color, e);
		else
			bad = show_rows(q, &s->section, color, e);
	}
	where_release(&w);
	return bad;
}

static int
check(const struct asked *q, const struct report *r, struct err *e)
{
	if (q->compared && r->n_measures == 0)
		return err_set(e, ERR_USAGE, "--compare: %s has one row for each thing; there is "
		    "nothing to compare", r->name);
	if (q->ask->output != NULL && outfile_is_folder(q->ask->output))
		return err_set(e, ERR_USAGE, "-o %s: a folder is for packs", q->ask->output);
	if (q->form == OUT_XLSX && out_is_tty())
		return err_set(e, ERR_USAGE, "a workbook is not for a terminal: -o FILE.xlsx");
	return 0;
}

int
ask_show(const struct asked *q, struct report *r, struct db *db, bool quiet,
    struct seen *seen, struct err *e)
{
	struct page p = ask_page(q);
	int bad;

	if (check(q, r, e) < 0) {
		report_free(r);
		return -1;
	}
	page_add(&p, r, &q->run);
	p.title = p.sections[0].title;
	bad = db_begin_read(db, e);
	if (bad == 0) {
		bad = show(q, &p, db, quiet, e);
		db_rollback(db);
	}
	*seen = (struct seen){ p.sections[0].section.seen, p.sections[0].section.failed };
	page_release(&p);
	return bad;
}
