/* mail_html - the text of an HTML body.
 *
 * Blocks become lines, list items get "- ", quoted blocks "> " (so that mail_quote knows them), a
 * ruler underscores, preformatted text stays.  Scripts, styles, heads and what is not displayed
 * are left out.  Nothing is fetched, whatever the document names.  Memory follows the length of
 * the text, not the depth of the tags.
 */
#ifndef CSR_MAIL_HTML_H
#define CSR_MAIL_HTML_H

#include <stddef.h>

#include "base/buf.h"

/* Appends the text of HTML (UTF-8). Never fails: what is not HTML is text. */
void mail_html(struct buf *out, const char *html, size_t len);

/* The charset its <meta> declares, into OUT (SIZE bytes); "" when none. */
void mail_html_charset(char *out, size_t size, const char *html, size_t len);

#endif
