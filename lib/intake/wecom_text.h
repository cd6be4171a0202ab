/* wecom_text - what a message of the WeCom archive says, in words.
 *
 * Pictures, files, cards and the rest become a line in brackets that names what they are
 * and what they are called; the details stay in the fact's extra.
 */
#ifndef CSR_WECOM_TEXT_H
#define CSR_WECOM_TEXT_H

#include "base/buf.h"
#include "stream/rec.h"
#include "time/zone.h"

/* What goes with TYPE in MESSAGE: the member named as the type, or info, or doc; an object,
 * or a text that holds one. */
const struct node *wecom_body(const struct node *message, const char *type);
/* Appends the text of BODY (may be NULL); times in it are shown in Z. */
void wecom_text(const char *type, const struct node *body, const struct zone *z,
    struct buf *out);

#endif
