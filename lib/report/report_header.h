/* report_header - the comment lines that say what a report gives; for report.c */
#ifndef CSR_REPORT_HEADER_H
#define CSR_REPORT_HEADER_H

#include "report/report.h"

/* Fills the columns, measures, options and words of R from r->text. 78. */
int report_header(struct report *r, struct err *e);

#endif
