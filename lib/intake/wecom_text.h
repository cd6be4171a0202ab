/* wecom_text - what a message of the WeCom archive says, in words.
 *
 * Pictures, files, cards and the rest become a line in brackets that names what they are
 * and what they are called; the details stay in the fact's extra.
 */
#ifndef CSR_WECOM_TEXT_H
#define CSR_WECOM_TEXT_H

#include "base/buf.h"
#include "stream/rec.h"

/* The object that goes with TYPE in MESSAGE: named as the type, or info, or doc. */
const struct node *wecom_body(const struct node *message, const char *type);
/* Appends the text of BODY (may be NULL). */
void wecom_text(const char *type, const struct node *body, struct buf *out);

#endif
