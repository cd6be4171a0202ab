/* email - e-mail addresses in the one form that can be compared.
 *
 * Pure functions.  The fold is the safe one: what stands around it goes, full width becomes
 * half, letters become small, a domain in another script becomes its ASCII form (IDNA 2008
 * by UTS 46).  Dots and "+tags" before the @ stay: they make different mailboxes at most
 * hosts.
 */
#ifndef CSR_EMAIL_H
#define CSR_EMAIL_H

#include <stdbool.h>
#include <stddef.h>

enum { EMAIL_SIZE = 256 };

/* Writes the folded form of S to OUT and returns true; false (OUT empty) if S is not
 * one address of the form name@domain (RFC 5321 part 4.1.2, without quoted names and
 * address literals). "王 <A@B.example>" and "mailto:A@B.example" are read too. */
bool email_fold(const char *s, char out[EMAIL_SIZE]);

/* True for a folded address that stands for an office, not a person: service@, info@,
 * kefu@, noreply@ (RFC 2142 and what is usual), with a number or a word behind, too. */
bool email_is_role(const char *email);

/* The bytes of the address that stands at S, 0 if none does; for searching texts. */
size_t email_len(const char *s, size_t len);

#endif
