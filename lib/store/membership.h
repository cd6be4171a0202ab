/* membership - who is a member, by which number, at which level, until when.
 *
 * Owns the table membership.  A number (identity.h has its form) is one row, whoever
 * states it; the latest statement counts.
 */
#ifndef CSR_MEMBERSHIP_H
#define CSR_MEMBERSHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct membership {
	int64_t customer;
	const char *number;
	const char *level;	/* NULL: not stated */
	int64_t expires_at;	/* 0: not stated, or it does not */
	int64_t at;		/* when this was stated */
	const char *source;
};

/* What is not stated stays as it was. *changed (may be NULL) is false if nothing is new. */
int membership_put(struct db *db, const struct membership *m, bool *changed, struct err *e);
/* All of the person ROOT, the one that ends last first; text is borrowed. */
int membership_each(struct db *db, int64_t root,
    void (*fn)(void *ctx, const struct membership *m), void *ctx, struct err *e);

#endif
