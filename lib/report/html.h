/* html - a page as one HTML file that needs nothing else: no script, no network.
 *
 * A strict content security policy stands in it (nothing may be loaded, styles only by the
 * hash of the one style sheet, reports/page.css); every text goes through markup.h.
 */
#ifndef CSR_HTML_H
#define CSR_HTML_H

#include "report/page.h"

/* Writes P; the rows of lists are read from the database as they go.  -1 as it says, or 78
 * for the style sheet. */
int html_page(const struct page *p, const struct page_out *out, struct err *e);

/* For html_*.c: */

/* Headlines and charts of a section. */
void html_figures(struct buf *b, const struct page *p, const struct section *s);
void html_charts(struct buf *b, const struct page *p, const struct page_section *s);
/* The table of a section. */
int html_table(const struct page_out *out, const struct page *p, struct page_section *s,
    struct err *e);
/* A table that can be moved sideways where it is too wide. */
void html_scroll_open(struct buf *b, const char *title);
void html_scroll_close(struct buf *b);
/* The class of a change: " good", " bad" or "". */
const char *html_mood(enum mood mood);

#endif
