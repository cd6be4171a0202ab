/* markdown - a page as Markdown: what a wiki, an issue or a chat robot takes */
#ifndef CSR_MARKDOWN_H
#define CSR_MARKDOWN_H

#include "report/page.h"

int markdown_page(const struct page *p, const struct page_out *out, struct err *e);

#endif
