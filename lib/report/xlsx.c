/* xlsx - a page as a workbook */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/phrase.h"
#include "report/pick.h"
#include "report/table_form.h"
#include "report/xlsx_private.h"
#include "text/utf8.h"
#include "time/tm.h"

enum { CELL_CHARS = 32767, SHEET_ROWS = 1048576, SHEET_NAME = 31, WIDEST = 60,
	SAMPLE = 1000, COPY = 64 * 1024 };
#define EPOCH_DAY 25569.0	/* 1970-01-01 as a workbook counts days */

/* Forms */

static const struct {
	const char *num_format;
} formats[XLSX_FORMS] = {
	[XF_INT] = { "#,##0" }, [XF_ID] = { "0" }, [XF_REAL1] = { "#,##0.0" },
	[XF_REAL2] = { "#,##0.00" }, [XF_REAL4] = { "0.0000" }, [XF_PERCENT] = { "0.0%" },
	[XF_LENGTH] = { "[h]:mm:ss" }, [XF_SECONDS] = { "#,##0.0" },
	[XF_TIME] = { "yyyy-mm-dd hh:mm:ss" },
};

static bool
is_length(const struct field *f)
{
	return f->type == FIELD_MS || f->type == FIELD_SECONDS;
}

/* A workbook cannot show a length below 0: changes are in seconds. */
enum xlsx_form
xlsx_form(const struct field *f)
{
	if (f->role == ROLE_P)
		return XF_REAL4;
	if (f->type == FIELD_TEXT)
		return XF_TEXT;
	if (f->type == FIELD_TIME)
		return XF_TIME;
	if (is_length(f))
		return f->role == ROLE_CHANGE ? XF_SECONDS : XF_LENGTH;
	if (f->unit != NULL && strcmp(f->unit, "%") == 0)
		return XF_PERCENT;
	if (f->unit != NULL && strcmp(f->unit, "#") == 0)
		return XF_ID;
	return f->type != FIELD_REAL ? XF_INT : f->decimals <= 1 ? XF_REAL1 : XF_REAL2;
}

double
xlsx_number(const struct field *f, double v)
{
	double s = f->type == FIELD_MS ? v / 1000 : v;

	switch (xlsx_form(f)) {
	case XF_LENGTH:
		return s / 86400;
	case XF_SECONDS:
		return s;
	case XF_PERCENT:
		return v / 100;
	default:
		return v;
	}
}

static void
make_forms(struct xlsx_book *k)
{
	const struct xlsx_lib *x = k->lib;
	size_t i;

	for (i = 0; i < XLSX_FORMS; i++) {
		k->form[i] = x->workbook_add_format(k->book);
		k->total[i] = x->workbook_add_format(k->book);
		x->format_set_bold(k->total[i]);
		x->format_set_top(k->total[i], LXW_BORDER_THIN);
		if (formats[i].num_format != NULL) {
			x->format_set_num_format(k->form[i], formats[i].num_format);
			x->format_set_num_format(k->total[i], formats[i].num_format);
		}
	}
	x->format_set_bold(k->form[XF_HEAD]);
	x->format_set_text_wrap(k->form[XF_HEAD]);
	x->format_set_align(k->form[XF_HEAD], LXW_ALIGN_VERTICAL_CENTER);
	x->format_set_bg_color(k->form[XF_HEAD], 0xE8EEF8);
	x->format_set_bottom(k->form[XF_HEAD], LXW_BORDER_THIN);
	x->format_set_text_wrap(k->form[XF_WRAP]);
	x->format_set_align(k->form[XF_WRAP], LXW_ALIGN_VERTICAL_TOP);
	x->format_set_bold(k->form[XF_TITLE]);
	x->format_set_font_size(k->form[XF_TITLE], 15);
}

/* Sheets */

static bool
is_taken(const struct xlsx_book *k, const char *name)
{
	size_t i;

	for (i = 0; i < k->n_taken; i++)
		if (strcasecmp(k->taken[i], name) == 0)
			return true;
	return false;
}

lxw_worksheet *
xlsx_sheet(struct xlsx_book *k, const char *name)
{
	struct buf b = BUF_INIT;
	lxw_worksheet *ws;
	size_t len = strlen(name), n = 1, i;

	do {
		char number[24] = "";

		if (n > 1)
			snprintf(number, sizeof(number), " %zu", n);
		buf_clear(&b);
		table_add_clean(&b, name, utf8_offset(name, len, SHEET_NAME - strlen(number)));
		buf_str(&b, number);
		for (i = 0; i < b.len; i++)
			if (strchr("[]:*?/\\'", b.p[i]) != NULL)
				b.p[i] = ' ';
		n++;
	} while (is_taken(k, buf_cstr(&b)));
	k->taken = xrealloc(k->taken, (k->n_taken + 1) * sizeof(*k->taken));
	k->taken[k->n_taken++] = arena_str(&k->names, buf_cstr(&b));
	ws = k->lib->workbook_add_worksheet(k->book, k->taken[k->n_taken - 1]);
	buf_release(&b);
	return ws;
}

void
xlsx_text(struct xlsx_book *k, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, const char *s,
    size_t len, lxw_format *form)
{
	struct buf b = BUF_INIT;

	table_add_clean(&b, s, len);
	/* Counted as the file counts: two for a character beyond the first plane. */
	if (b.len > CELL_CHARS && utf8_count(b.p, b.len) > CELL_CHARS / 2) {
		size_t fits = utf8_offset(b.p, b.len, CELL_CHARS / 2 - 1);

		b.len = fits < b.len ? fits : b.len;
		b.p[b.len] = '\0';
		buf_str(&b, "\u2026");
	}
	k->lib->worksheet_write_string(ws, row, col, buf_cstr(&b), form);
	buf_release(&b);
}

/* Rows */

struct sheet {
	struct xlsx_book *k;
	struct page_section *s;
	lxw_worksheet *ws;
	struct pick pick;
	size_t *width;			/* columns the widest cell takes */
	lxw_row_t row;			/* the next one */
	const char *title;
};

static void
widen(struct sheet *h, size_t col, size_t width)
{
	if (width > h->width[col])
		h->width[col] = width < WIDEST ? width : WIDEST;
}

static void
put(struct sheet *h, size_t i, const struct cell *c, lxw_format **forms)
{
	const struct field *f = &h->s->section.rows.fields[h->pick.at[i]];
	const struct xlsx_lib *x = h->k->lib;
	lxw_format *form = forms[xlsx_form(f)];
	lxw_col_t col = (lxw_col_t)i;
	struct buf b = BUF_INIT;

	if (table_is_null(c) && form == h->k->form[xlsx_form(f)])
		return;
	show_cell(&b, &h->k->show, f, c);
	if (table_is_null(c))
		x->worksheet_write_string(h->ws, h->row, col, "", form);
	else if (c->kind == CELL_TIME)
		x->worksheet_write_number(h->ws, h->row, col, EPOCH_DAY +
		    (double)zone_local(h->k->page->zone, c->u.n) / (double)TM_DAY_MS, form);
	else if (c->kind == CELL_TEXT)
		xlsx_text(h->k, h->ws, h->row, col, buf_cstr(&b), b.len, form);
	else
		x->worksheet_write_number(h->ws, h->row, col,
		    xlsx_number(f, cell_number(c)), form);
	if (h->row < SAMPLE)
		widen(h, i, c->kind == CELL_TIME ? 19 : utf8_width(buf_cstr(&b), b.len));
	buf_release(&b);
}

/* The unit that is not seen in the cells. */
static void
add_unit(struct buf *b, const struct field *f)
{
	if (xlsx_form(f) == XF_SECONDS)
		buf_str(b, " (s)");
	else if (f->unit != NULL && strcmp(f->unit, "%") != 0 && strcmp(f->unit, "#") != 0)
		buf_fmt(b, " (%s)", f->unit);
}

static void
open_sheet(struct sheet *h)
{
	const struct result *t = &h->s->section.rows;
	struct buf b = BUF_INIT;
	size_t i;

	h->ws = xlsx_sheet(h->k, h->title);
	h->row = 1;
	for (i = 0; i < h->pick.n; i++) {
		const struct field *f = &t->fields[h->pick.at[i]];

		buf_clear(&b);
		words_field(h->k->page->words, h->s->report, f, &b);
		add_unit(&b, f);
		xlsx_text(h->k, h->ws, 0, (lxw_col_t)i, buf_cstr(&b), b.len, h->k->form[XF_HEAD]);
		widen(h, i, utf8_width(buf_cstr(&b), b.len) + 2);
	}
	h->k->lib->worksheet_freeze_panes(h->ws, 1, t->n_by > 0 ? 1 : 0);
	buf_release(&b);
}

/* The filter over what is there, the last row apart. */
static void
close_sheet(struct sheet *h)
{
	size_t i;

	for (i = 0; i < h->pick.n; i++)
		h->k->lib->worksheet_set_column(h->ws, (lxw_col_t)i, (lxw_col_t)i,
		    (double)h->width[i] + 2, NULL);
	if (h->pick.n > 0)
		h->k->lib->worksheet_autofilter(h->ws, 0, 0, h->row > 1 ? h->row - 1 : 1,
		    (lxw_col_t)(h->pick.n - 1));
}

static int
row(void *ctx, const struct cell *cells, struct err *e)
{
	struct sheet *h = ctx;
	size_t i;

	(void)e;
	if (h->row == SHEET_ROWS) {	/* what one sheet cannot hold goes on in the next */
		close_sheet(h);
		open_sheet(h);
	}
	for (i = 0; i < h->pick.n; i++)
		put(h, i, &cells[h->pick.at[i]], h->k->form);
	h->row++;
	return 0;
}

static void
total(struct sheet *h)
{
	const struct section *s = &h->s->section;
	struct cell *cells;
	size_t i;

	if (s->total.rows == 0 || s->rows.n_by == 0 || s->rows.rows < 2)
		return;
	cells = result_foot(&s->rows, &s->total);
	if (h->pick.at[0] < s->rows.n_by)
		xlsx_text(h->k, h->ws, h->row, 0, phrase(words_lang(h->k->page->words), PH_ALL),
		    strlen(phrase(words_lang(h->k->page->words), PH_ALL)), h->k->total[XF_TEXT]);
	for (i = h->pick.at[0] < s->rows.n_by; i < h->pick.n; i++)
		put(h, i, &cells[h->pick.at[i]], h->k->total);
	free(cells);
}

static int
section(struct xlsx_book *k, struct page_section *s, struct err *e)
{
	struct sheet h = { .k = k, .s = s, .title = s->title };
	int bad;

	if (utf8_count(s->title, strlen(s->title)) > SHEET_NAME)
		h.title = s->id;
	if (pick_init(&h.pick, s->columns, s->section.rows.fields, s->section.rows.n, e) < 0)
		return -1;
	h.width = xcalloc(h.pick.n + 1, sizeof(*h.width));
	open_sheet(&h);
	bad = section_rows(&s->section, row, &h, e);
	close_sheet(&h);
	total(&h);
	xlsx_charts(k, h.ws, s, (lxw_col_t)h.pick.n + 1);
	free(h.width);
	pick_release(&h.pick);
	return bad;
}

/* The book */

static bool
is_list(const struct page *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (!p->sections[i].section.kept)
			return true;
	return false;
}

static int
write_book(struct xlsx_book *k, const char *path, struct err *e)
{
	/* Long lists go through a file of their own instead of memory. */
	lxw_workbook_options options = { .constant_memory = is_list(k->page) };
	lxw_doc_properties words = { .created = (time_t)(k->page->now_at / 1000) };
	char *title = xstrdup(k->page->title), *desk = xstrdup(k->page->desk);
	lxw_error status;
	size_t i;
	int bad = 0;

	words.title = title;
	words.company = desk;
	k->book = k->lib->workbook_new_opt(path, &options);
	make_forms(k);
	k->lib->workbook_set_properties(k->book, &words);
	if (k->page->n > 1)
		xlsx_summary(k);
	for (i = 0; bad == 0 && i < k->page->n; i++)
		bad = section(k, &k->page->sections[i], e);
	xlsx_notes(k);
	status = k->lib->workbook_close(k->book);
	if (bad == 0 && status != LXW_NO_ERROR)
		bad = err_set(e, ERR_IO, "the workbook: %s", k->lib->lxw_strerror(status));
	free(title);
	free(desk);
	return bad;
}

static int
copy(const char *path, const struct page_out *out, struct err *e)
{
	FILE *f = fopen(path, "r");
	size_t got = 1;

	while (f != NULL && got > 0) {
		char *room = buf_room(out->b, COPY);

		got = fread(room, 1, COPY, f);
		out->b->len += got;
		if (out->drain != NULL)
			out->drain(out->ctx, out->b);
	}
	if (f == NULL || ferror(f)) {
		err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
		if (f != NULL)
			fclose(f);
		return -1;
	}
	fclose(f);
	return 0;
}

int
xlsx_page(const struct page *p, const struct page_out *out, struct err *e)
{
	const char *dir = getenv("TMPDIR");
	struct xlsx_book k = { .page = p, .show = { p->words, p->zone }, .lib = xlsx_lib(e) };
	struct buf path = BUF_INIT;
	int fd, bad;

	if (k.lib == NULL)
		return -1;
	buf_fmt(&path, "%s/csr-XXXXXX", dir != NULL && *dir != '\0' ? dir : "/tmp");
	fd = mkstemp(path.p);
	if (fd < 0) {
		bad = err_set(e, ERR_IO, "%s: %s", buf_cstr(&path), strerror(errno));
	} else {
		close(fd);
		bad = write_book(&k, buf_cstr(&path), e) < 0 || copy(buf_cstr(&path), out, e) < 0 ?
		    -1 : 0;
		unlink(buf_cstr(&path));
	}
	free(k.taken);
	arena_release(&k.names);
	buf_release(&path);
	return bad;
}
