/* customer - one person behind many addresses.
 *
 * Owns the tables customer, identity, link and conflict.  An identity (a channel id, a
 * telephone, an e-mail address, a member number) belongs to the customer it was first
 * seen with, for ever.  When one message shows identities of two customers, a link row
 * says that they are one person and both get the same root; unlinking ends that row and
 * the roots are computed anew, so nothing is lost either way.  Two customers with
 * different member numbers are never linked by the program: that is a conflict row.
 */
#ifndef CSR_CUSTOMER_H
#define CSR_CUSTOMER_H

#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "intake/fact.h"
#include "store/db.h"

struct customers {
	struct db *db;
	const char *country;	/* ISO 3166, of numbers without a country code */
	struct map known;	/* identity -> customer */
	struct map roots;	/* customer -> root */
	int64_t next_customer, next_identity;
	uint64_t epoch;
};

void customers_init(struct customers *c, struct db *db);
void customers_release(struct customers *c);
/* At the start of each write transaction. */
int customers_begin(struct customers *c, struct err *e);

/* The customer behind WHO on ACCOUNT (FALLBACK stands in for an id when WHO has none),
 * made, given new identities or linked as needed.  *customer is 0 when WHO says nothing
 * that could tell them from others; *root is the id that stands for all linked ones. */
int customers_resolve(struct customers *c, const struct fact_person *who, int64_t account,
    const char *fallback, int64_t at, int64_t *customer, int64_t *root, struct err *e);
/* The same for a channel id alone, never making anybody: *customer is 0 if unknown. */
int customers_known(struct customers *c, int64_t account, const char *id,
    int64_t *customer, int64_t *root, struct err *e);
/* What a list of customers (FACT_CUSTOMER) says about one: it wins over what was known. */
int customers_describe(struct customers *c, int64_t customer, const struct fact *f,
    bool *changed, struct err *e);
/* The root of a customer, -1 on error. */
int64_t customers_root(struct customers *c, int64_t customer, struct err *e);

/* By hand. Links two customers; unlinks all rows between them. 65 if there are none. */
int customers_link(struct customers *c, int64_t a, int64_t b, int64_t identity,
    const char *actor, int64_t at, struct err *e);
int customers_unlink(struct customers *c, int64_t a, int64_t b, int64_t at, struct err *e);
/* Computes the root of every customer in the groups of ROOT and OTHER (ROOT 0: of all)
 * from the links and calls FN (may be NULL) for each that differs; stores it if FIX. */
int customers_check_roots(struct db *db, int64_t root, int64_t other, bool fix,
    void (*fn)(void *ctx, int64_t customer, int64_t have, int64_t want), void *ctx,
    struct err *e);

#endif
