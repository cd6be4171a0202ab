/* xlsx_private - a workbook being written; for lib/report/xlsx*.c */
#ifndef CSR_XLSX_PRIVATE_H
#define CSR_XLSX_PRIVATE_H

#include "report/xlsx.h"
#include "report/xlsx_lib.h"

/* Of every number its own form, plain and in the last row. */
enum xlsx_form { XF_TEXT, XF_INT, XF_ID, XF_REAL1, XF_REAL2, XF_REAL4, XF_PERCENT, XF_LENGTH,
	XF_SECONDS, XF_TIME, XF_HEAD, XF_WRAP, XF_TITLE, XLSX_FORMS };

struct xlsx_book {
	const struct xlsx_lib *lib;
	lxw_workbook *book;
	lxw_format *form[XLSX_FORMS], *total[XLSX_FORMS];
	const struct page *page;
	struct show show;
	lxw_worksheet *data;		/* the numbers under the charts; NULL: no chart yet */
	char data_name[64];
	lxw_row_t data_row;		/* the first free one */
	struct arena names;		/* of sheets */
	const char **taken;
	size_t n_taken;
};

/* A sheet called NAME, or something like it: 31 characters, no two alike. */
lxw_worksheet *xlsx_sheet(struct xlsx_book *k, const char *name);
/* Writes a text of strangers: at most as long as a cell may be, control characters as '?'. */
void xlsx_text(struct xlsx_book *k, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col,
    const char *s, size_t len, lxw_format *form);
/* How numbers of F are shown, and the number as a workbook wants it. */
enum xlsx_form xlsx_form(const struct field *f);
double xlsx_number(const struct field *f, double v);

/* The charts of S, to the right of column COL. */
void xlsx_charts(struct xlsx_book *k, lxw_worksheet *ws, const struct page_section *s,
    lxw_col_t col);
/* The sheet of sentences and headlines; the sheet of notes. */
void xlsx_summary(struct xlsx_book *k);
void xlsx_notes(struct xlsx_book *k);

#endif
