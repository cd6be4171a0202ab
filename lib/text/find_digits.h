/* find_digits - digits as they are written, in groups with signs between them.  Private to
 * the finders of numbers.
 */
#ifndef CSR_FIND_DIGITS_H
#define CSR_FIND_DIGITS_H

#include "text/find.h"

enum { DIGITS_MAX = 24, DIGITS_GROUPS = 24 };

struct digits {
	char d[DIGITS_MAX + 1];
	size_t n;			/* digits read */
	size_t groups;
	size_t upto[DIGITS_GROUPS];	/* digits read at the end of each group */
	size_t end[DIGITS_GROUPS];	/* and the place behind it */
};

/* Which signs are looked through: a blank, a hyphen, a bracket's end; odd hyphens, dots in
 * the middle of the line, keycaps too; full stops too. */
enum signs { SIGNS_PLAIN, SIGNS_SECRET, SIGNS_DOTS };

/* Reads the groups at AT; the last may end in the x of an identity number. */
void digits_read(const struct find *f, size_t at, enum signs signs, struct digits *g);
/* The group that ends after exactly N digits, as its index + 1; 0 for none. */
size_t digits_group(const struct digits *g, size_t n);

#endif
