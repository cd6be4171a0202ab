/* report_header - the comment lines that say what a report gives; for report.c */
#ifndef CSR_REPORT_HEADER_H
#define CSR_REPORT_HEADER_H

#include "report/report.h"

/* Fills the columns, measures, options, words, charts and figures of R from r->text. 78. */
int report_header(struct report *r, struct err *e);

/* For the readers of lines, report_header.c, report_words.c and report_chart.c: */

/* The next word of *S, which is moved behind it and the blanks; "" at the end. */
const char *header_word(struct report *r, const char **s);
/* The column NAME (LEN bytes); -1 with 78 if none is declared above. */
int header_column(const struct report *r, const char *name, size_t len, struct err *e);
/* Whether NAME is a-z, 0-9, _ and begins with a letter. */
bool header_is_name(const char *name);

/* "zh: NAME text", "title: text" and so on. 78 for a name that is not declared. */
int header_words(struct report *r, enum lang lang, const char *s, struct err *e);
/* TEXT for NAME; "about" grows by lines, every "note" is one of its own. */
void header_add_word(struct report *r, enum lang lang, const char *name, const char *text);
/* Notes may speak of {measures}, {options} and a few more: 78 for others. */
int header_check_notes(const struct report *r, struct err *e);

/* "chart: NAME KIND X Y text", "figure: MEASURE GOOD", "unit: NAME UNIT". */
int header_chart(struct report *r, const char *s, struct err *e);
int header_figure(struct report *r, const char *s, struct err *e);
int header_unit(struct report *r, const char *s, struct err *e);

#endif
