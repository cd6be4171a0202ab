/* consent - what customers agreed to, refused and withdrew.
 *
 * Owns the table consent, whose rows are only ever added: what somebody said when is the
 * proof.  A row covers a channel and a purpose, or all of either; of the rows that cover
 * what is asked about the latest holds, at the same time a refusal.
 */
#ifndef CSR_CONSENT_H
#define CSR_CONSENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

enum consent_word { CONSENT_UNKNOWN, CONSENT_GIVEN, CONSENT_REFUSED };

struct consent {
	int64_t customer;
	const char *channel;	/* NULL or "": all */
	const char *purpose;	/* NULL or "": all */
	bool given;
	int64_t at;
	const char *source;	/* the form, list, letter it is found in */
	const char *actor;	/* program or person who wrote it down */
};

/* Within a write transaction; *added is false if this very word is known (may be NULL). */
int consent_add(struct db *db, const struct consent *c, bool *added, struct err *e);
/* The same for a source that does not say when: nothing is added while the last word of
 * that customer on that very channel and purpose is the same. */
int consent_state(struct db *db, const struct consent *c, bool *added, struct err *e);

/* May we write to the person ROOT by CHANNEL for PURPOSE?  The words of all customers
 * linked to it count. */
int consent_ask(struct db *db, int64_t root, const char *channel, const char *purpose,
    enum consent_word *word, struct err *e);
/* All the person ever said, the latest first; text is borrowed during the call. */
int consent_each(struct db *db, int64_t root, void (*fn)(void *ctx, const struct consent *c),
    void *ctx, struct err *e);

#endif
