/* shown - text of strangers as a terminal may show it.
 *
 * What could command a terminal or turn the text round (control characters, C1, bidi marks,
 * line separators) and what is not UTF-8 becomes '?', a character each.
 */
#ifndef CSR_SHOWN_H
#define CSR_SHOWN_H

#include <stddef.h>

#include "base/buf.h"

void shown_add(struct buf *b, const char *s, size_t len);
/* Lines of S, each behind INDENT; line ends are kept, tabs become blanks.  A newline ends it. */
void shown_lines(struct buf *b, const char *s, const char *indent);

#endif
