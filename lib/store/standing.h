/* standing - how a person stood when segments were last computed.  Owns the table standing. */
#ifndef CSR_STANDING_H
#define CSR_STANDING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

struct standing {
	int64_t customer;	/* the root, then */
	int64_t as_of_at;
	int64_t orders, amount_minor;
	const char *currency;
	int64_t last_order_at;	/* 0: none */
	int recency, frequency, monetary;	/* 1 to 5, 0: no orders */
	const char *segment, *profile;	/* as computed; NULL: no rule fits */
	const char *why;	/* JSON array, NULL: none */
};

/* Within a write transaction; replaces what was there. */
int standing_put(struct db *db, const struct standing *s, struct err *e);
/* 1, 0 if there is none, -1; text goes into A. */
int standing_get(struct db *db, int64_t customer, struct standing *s, struct arena *a,
    struct err *e);

#endif
