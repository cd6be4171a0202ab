/* finders - order numbers, telephones, dates and the like in a message.
 *
 * One walk over the folded text (fold.h), no patterns: full-width digits, blanks and
 * hyphens between digits are looked through; check digits are checked.  What each kind
 * takes in and leaves out is told in csr-classify(1).
 * Start from FINDINGS_INIT; one struct serves text after text.
 */
#ifndef CSR_FINDERS_H
#define CSR_FINDERS_H

#include <stddef.h>

#include "text/fold.h"

enum finding_kind {
	FIND_ORDER_NO,
	FIND_FLIGHT_NO,
	FIND_PHONE,
	FIND_EMAIL,
	FIND_DATE,
	FIND_AMOUNT,
	FIND_ID_CARD,		/* valid by GB 11643 */
	FIND_BANK_CARD,		/* valid by Luhn, with an issuer's beginning */
	FIND_PASSPORT,
	FIND_PLATE,
	FIND_KINDS
};

struct finding {
	enum finding_kind kind;
	size_t start, end;	/* characters of the original, end exclusive */
};

struct findings {
	struct finding *v;	/* in order of appearance, never overlapping */
	size_t n, cap;
};
#define FINDINGS_INIT { NULL, 0, 0 }

/* Finds all in S; F is S folded. What FS held is gone. */
void findings_find(struct findings *fs, const char *s, size_t len, const struct fold *f);
void findings_release(struct findings *fs);

/* "order_no" and so on. */
const char *finding_name(enum finding_kind kind);

#endif
