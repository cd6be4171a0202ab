/* email - e-mail addresses in the one form that can be compared.
 *
 * Pure functions.  The fold is the safe one: blanks and brackets around it go, letters
 * become small.  Dots and "+tags" stay: they make different mailboxes at most hosts.
 */
#ifndef CSR_EMAIL_H
#define CSR_EMAIL_H

#include <stdbool.h>
#include <stddef.h>

enum { EMAIL_SIZE = 256 };

/* Writes the folded form of S to OUT and returns true; false (OUT empty) if S is not
 * one address of the form name@domain (RFC 5321 part 4.1.2, without quoted names and
 * address literals). "<A@B.example>" and "mailto:A@B.example" are read too. */
bool email_fold(const char *s, char out[EMAIL_SIZE]);

/* The bytes of the address that stands at S, 0 if none does; for searching texts. */
size_t email_len(const char *s, size_t len);

#endif
