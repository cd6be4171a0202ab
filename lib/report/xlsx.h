/* xlsx - a page as a workbook: a sheet a report, typed cells, native charts.
 *
 * The same page gives the same bytes: the time in the file is the page's own.  Text is
 * never a formula.  libxlsxwriter is loaded when it is needed and not before.
 */
#ifndef CSR_XLSX_H
#define CSR_XLSX_H

#include "report/page.h"

/* 69 if libxlsxwriter is not there. */
int xlsx_page(const struct page *p, const struct page_out *out, struct err *e);

#endif
