/* customer_more - what lists say about customers beside names and addresses.
 *
 * The members of a customer record's "extra" that have tables of their own (csr-record(5)):
 * birthday, profile, membership, consent, prefer.  What cannot be understood stays in extra,
 * so that nothing a source said is lost.
 */
#ifndef CSR_CUSTOMER_MORE_H
#define CSR_CUSTOMER_MORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "stream/rec.h"
#include "time/birthday.h"

struct customer_more {
	char birthday[BIRTHDAY_SIZE];	/* "" for none */
	const char *profile, *language;	/* NULL: none */
	const char *number, *level;	/* of a membership */
	int64_t expires_at;
	const struct node *consent, *prefer;	/* borrowed from root */
	const char *rest;		/* the extra without all that; NULL: nothing left */
	struct node *root;
	struct arena text;
};

/* Reads EXTRA (a JSON object, may be NULL); release it in any case. */
void customer_more_read(struct customer_more *m, const char *extra);
void customer_more_release(struct customer_more *m);
/* Writes the consents, preferences and membership of CUSTOMER, stated by SOURCE at NOW,
 * within a write transaction; *changed is set if any is new, and left alone if not. */
int customer_more_store(const struct customer_more *m, struct db *db, int64_t customer,
    const char *source, int64_t now, bool *changed, struct err *e);

#endif
