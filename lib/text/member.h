/* member - membership numbers in the one form that can be compared.
 *
 * Pure.  Full width becomes half, letters become capitals, blanks and invisible
 * characters go; hyphens stay.  Numbers of several programmes are told apart by a name
 * and a colon before them: "CA:123456789" and "MU:123456789" are two.
 */
#ifndef CSR_MEMBER_H
#define CSR_MEMBER_H

#include <stdbool.h>

enum { MEMBER_SIZE = 128 };

/* False (OUT empty) if S holds nothing, or is longer than any number. */
bool member_fold(const char *s, char out[MEMBER_SIZE]);
/* True if A and B, folded, cannot be one person's: two numbers of one programme. */
bool member_differ(const char *a, const char *b);

#endif
