/* mail_quote - what a reply says, apart from what it repeats.
 *
 * A mail's text is cut into three: what its author newly wrote, the history below (or above, or
 * between) it, and the signature.  Nothing is lost: each line goes into exactly one of them but
 * blank lines at the edges.  Understood are "> " lines with their "On ... wrote:" or "在 ... 写道：",
 * "-----Original Message-----" or "-----原始邮件-----", Outlook's From:/Sent:/To:/Subject: block in
 * a dozen languages, "-- " and what telephones add.
 *
 * Answers written between quoted lines keep those lines: without them "yes" means nothing.  A mail
 * that would be left with no words of its own keeps all.
 */
#ifndef CSR_MAIL_QUOTE_H
#define CSR_MAIL_QUOTE_H

#include <stdbool.h>

#include "base/buf.h"

struct mail_split {
	struct buf text;	/* newly written */
	struct buf quoted;	/* history with its headings */
	struct buf signature;	/* its "-- " included */
};
#define MAIL_SPLIT_INIT { BUF_INIT, BUF_INIT, BUF_INIT }

/* Splits BODY (UTF-8, LF).  FORWARD: the subject says it was forwarded, so what follows a heading
 * is the matter itself and stays.  S is emptied first. */
void mail_split(struct mail_split *s, const char *body, bool forward);
void mail_split_release(struct mail_split *s);

/* True when SUBJECT begins as those of forwarded mails do: Fwd:, FW:, 转发：, WG: ... */
bool mail_is_forward(const char *subject);

#endif
