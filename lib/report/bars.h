/* bars - the charts of a page as text, for a terminal.
 *
 *	企业微信  ████████████████████████▌      1,234
 *	email     ████████▏                        412
 */
#ifndef CSR_BARS_H
#define CSR_BARS_H

#include "report/page.h"

int bars_page(const struct page *p, const struct page_out *out, bool color, struct err *e);

#endif
