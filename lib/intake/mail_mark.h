/* mail_mark - the marks mail programs leave in a text: headings of history, rulers, signatures.
 *
 * For mail_quote. Lines are UTF-8 without their newline; no function changes them.
 */
#ifndef CSR_MAIL_MARK_H
#define CSR_MAIL_MARK_H

#include <stdbool.h>
#include <stddef.h>

struct mail_line {
	const char *p;
	size_t len;
};

bool mail_mark_blank(const struct mail_line *l);
bool mail_mark_quoted(const struct mail_line *l);	/* "> " */
bool mail_mark_ruler(const struct mail_line *l);	/* only - or _ or =, five at least */
bool mail_mark_sign_ruler(const struct mail_line *l);	/* "-- " */
bool mail_mark_device(const struct mail_line *l);	/* "Sent from my iPhone", 发自我的iPhone */
bool mail_mark_separator(const struct mail_line *l);	/* -----Original Message----- */

/* True when a From:/Sent:/To:/Subject: block begins at L, N lines being left.  "From: Beijing,
 * To: Shanghai, Date: 1 May" is none: it takes a subject, an address or a time of sending. */
bool mail_mark_header_block(const struct mail_line *l, size_t n);

/* When line I of LINES ends an "On ... wrote:" heading, the number of its first line; else a
 * number above I.  QUOTE: quoted lines follow, so less proof is needed. */
size_t mail_mark_attribution(const struct mail_line *lines, size_t i, bool quote);

#endif
