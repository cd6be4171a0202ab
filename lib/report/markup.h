/* markup - text into HTML and SVG, so that it stays text.
 *
 * Whatever stands in a text, a value or a name goes through here: markup characters become
 * entities, both inside elements and inside double-quoted attributes, and what could turn
 * a line round or hide in it (control and bidi characters) becomes '?'.
 */
#ifndef CSR_MARKUP_H
#define CSR_MARKUP_H

#include <stddef.h>

#include "base/buf.h"

/* Appends S, escaped. */
void markup_text(struct buf *b, const char *s);
void markup_textn(struct buf *b, const char *s, size_t len);
/* Appends FMT: %s is a text, escaped; %d an int, %z a size_t, %f a double with two
 * decimals at most, %% a percent sign.  markup(b, "<td>%s</td>", name) */
void markup(struct buf *b, const char *fmt, ...);

#endif
