/* whois - the person somebody means by an id, a telephone, an address, a name.
 *
 * A word may say what it is: id:7 member:QH10023 phone:... email:... channel:wmAAA name:王
 * order:... ticket:42.  Without that it is tried as each of them; a name is looked at only
 * when it is nothing else, the whole of it before a part.  Telephones, addresses, member
 * numbers and names are read as generously as from a source.
 */
#ifndef CSR_WHOIS_H
#define CSR_WHOIS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "text/fold.h"

struct whois_hit {
	int64_t root;		/* the id that stands for the person */
	int64_t id;		/* the customer that was named, or has what was named */
	const char *by;		/* "id", "phone" ..., "name" */
};

struct whois {
	struct db *db;		/* set it, and the country */
	const char *country;	/* ISO 3166, of numbers without a country code; NULL: CN */
	struct whois_hit *hits;	/* of the last search, the surest first, each person once */
	size_t n, cap;
	bool more;		/* there are more than was asked for */
	size_t max;		/* scratch from here on */
	struct fold fold;
};

/* Everybody TEXT may mean, at most MAX (0: all): by what it is, by parts of names, and if
 * that is nobody by the end of a telephone number. */
int whois_search(struct whois *w, const char *text, size_t max, struct err *e);
/* The one person TEXT means; 65 for nobody, or for several (the message names some). */
int whois_one(struct whois *w, const char *text, struct whois_hit *hit, struct err *e);
void whois_release(struct whois *w);

#endif
