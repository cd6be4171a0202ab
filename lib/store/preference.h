/* preference - what a customer would like.
 *
 * Owns the table preference: the last word on each thing; each change is an event
 * customer.preference.  Names with a meaning to programs, the values normalised here:
 *	channel	channels in the order they are liked: "wecom email"
 *	mute	yes: important notices only; no
 *	quiet	hours of the customer's day to leave them alone in: "22:00-08:00"
 * Any other name (seat, meal, room ...) is kept as it is, for people.
 */
#ifndef CSR_PREFERENCE_H
#define CSR_PREFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

enum { PREFERENCE_SIZE = 256 };		/* of a name or a value */

struct preference {
	int64_t customer;
	const char *name, *value;	/* "" or NULL as a value: none any more */
	int64_t at;
	const char *source, *actor;
};

/* Within a write transaction. *changed is false if that is known (may be NULL). 65 for a
 * value that NAME does not take. */
int preference_set(struct db *db, const struct preference *p, bool *changed, struct err *e);
/* The last word of the person ROOT on each thing, by name; text is borrowed. */
int preference_each(struct db *db, int64_t root,
    void (*fn)(void *ctx, const struct preference *p), void *ctx, struct err *e);
/* On one thing: 1 with the value in OUT, 0 if nothing was said, -1. */
int preference_get(struct db *db, int64_t root, const char *name,
    char out[PREFERENCE_SIZE], struct err *e);

#endif
