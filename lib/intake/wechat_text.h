/* wechat_text - what a message of WeChat's own database says, in words.
 *
 * Exports have the type as a number and what is no text as XML: links, files, quotations,
 * transfers, cards, places.  Their titles are read; the XML stays in the fact's extra.
 */
#ifndef CSR_WECHAT_TEXT_H
#define CSR_WECHAT_TEXT_H

#include <stdbool.h>

#include "base/buf.h"

/* The text of CONTENT (may be NULL), a message of TYPE ("1", "3", "49" ...): CONTENT itself
 * or a text in OUT; NULL for types nobody knows without content. *BY_SYSTEM: WeChat said
 * it, not a person. */
const char *wechat_text(const char *type, const char *content, struct buf *out,
    bool *by_system);

#endif
