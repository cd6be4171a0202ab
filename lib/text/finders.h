/* finders - order numbers, telephones, dates and the like in a message.
 *
 * One walk over the folded text (fold.h), no patterns: full-width digits, blanks and
 * hyphens between digits are looked through; check digits are checked.  What each kind
 * takes in and leaves out is told in csr-classify(1) and csr-redact(1).
 * Start from FINDINGS_INIT; one struct serves text after text.
 */
#ifndef CSR_FINDERS_H
#define CSR_FINDERS_H

#include <stdbool.h>
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
	/* from here on found by findings_find_secrets() alone */
	FIND_IP,		/* of the internet, version 4 or 6 */
	FIND_ADDRESS,		/* where somebody lives: street and house */
	FIND_SOCIAL,		/* WeChat, QQ and other accounts, after the word */
	FIND_IBAN,		/* valid by ISO 13616 */
	FIND_SSN,		/* of the United States */
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
/* The same for masking: secrets in more disguises (Chinese numerals, dots, a name of the
 * channel before it), and the further kinds.  What looks alike (orders, flights, dates,
 * amounts) is found too, so that it is not taken for a secret. */
void findings_find_secrets(struct findings *fs, const char *s, size_t len,
    const struct fold *f);
void findings_release(struct findings *fs);

/* "order_no" and so on. */
const char *finding_name(enum finding_kind kind);
/* The kind called NAME, FIND_KINDS if there is none. */
enum finding_kind finding_kind(const char *name);
/* True for kinds that say who somebody is or where; false for orders, flights, dates,
 * amounts. */
bool finding_is_secret(enum finding_kind kind);

#endif
