/* entitlement - benefits a customer may use, and how often they were used.
 *
 * Owns the table entitlement.  One benefit is its customer, name and reference: giving it
 * again changes nothing.  Each use is an event customer.used; with a reference of its own
 * (an order number, say) a use counts once however often it is told.
 */
#ifndef CSR_ENTITLEMENT_H
#define CSR_ENTITLEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct entitlement {
	int64_t id, customer;
	const char *name;
	const char *reference;	/* "" for none */
	int64_t quantity;	/* 0: any number of times */
	int64_t used;
	int64_t expires_at;	/* 0: does not */
	int64_t at;
	const char *actor;
	int64_t root;		/* of its customer; read only */
	const char *customer_name;	/* NULL: not known; read only */
};

/* Within a write transaction. *id is the row's, new or known. */
int entitlement_add(struct db *db, const struct entitlement *t, int64_t *id, bool *added,
    struct err *e);
/* Uses one; REFERENCE may be NULL. 65 if there is none with this id, it is used up, or it
 * has expired at AT. *counted is false if that reference was told before. */
int entitlement_use(struct db *db, int64_t id, const char *reference, const char *actor,
    int64_t at, bool *counted, struct err *e);

/* Those of the person ROOT (0: of everybody) that end in [from, to), soonest first; with
 * TO 0 all, those without an end last. Text is borrowed. */
int entitlement_each(struct db *db, int64_t root, int64_t from, int64_t to,
    void (*fn)(void *ctx, const struct entitlement *t), void *ctx, struct err *e);

/* Calls FN where `used` is not what the events say; writes it if FIX. */
int entitlement_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t id, int64_t have, int64_t want), void *ctx,
    struct err *e);

#endif
