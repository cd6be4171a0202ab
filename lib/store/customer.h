/* customer - one person behind many addresses.
 *
 * Owns the tables customer, identity, contact, link, conflict and apart.  An identity (a
 * channel id, a telephone, an e-mail address, a member number) belongs to the customer it
 * was first seen with, for ever.  When one message shows identities of two customers, a
 * link row says that they are one person and both get the same root, which stands for all
 * of them; unlinking ends that row and the roots are computed anew, so nothing is lost
 * either way, and any id ever given out leads to its person.
 *
 * The program does not link
 *	two customers whose members numbers differ: a conflict, for a person to decide;
 *	two of whom a person said that they are two (apart), or groups that hold such two;
 *	anybody by a shared identity: one of a shared nature (identity.h), and a telephone
 *	or address from the moment two people with different member numbers showed it.
 * Who is known by shared identities alone is told apart by the name given beside them.
 */
#ifndef CSR_CUSTOMER_H
#define CSR_CUSTOMER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "intake/fact.h"
#include "store/db.h"
#include "text/fold.h"

struct customers {
	struct db *db;
	const char *country;	/* ISO 3166, of numbers without a country code */
	struct map known;	/* identity -> customer; 0: ask the database */
	struct map roots;	/* customer -> root */
	int64_t next_customer, next_identity;
	uint64_t links;		/* changes when roots do, or an identity becomes shared */
	uint64_t epoch;
	struct fold fold;	/* scratch */
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
/* The root of a customer, -1 on error. */
int64_t customers_root(struct customers *c, int64_t customer, struct err *e);

/* What a list of customers states about one: it wins over what was known. */
struct customer_traits {
	const char *name, *segment, *profile;	/* NULL: not stated, like the rest */
	const char *language, *zone, *birthday;
	const char *extra;	/* JSON object */
};
int customers_describe(struct customers *c, int64_t customer,
    const struct customer_traits *t, bool *changed, struct err *e);
/* One trait by hand, "" for none any more; the change is an event by ACTOR.  65 for a name
 * that is no trait, or a value that NAME does not take. */
int customers_set(struct customers *c, int64_t customer, const char *name,
    const char *value, const char *actor, int64_t at, bool *changed, struct err *e);
/* The same for what csr-customer segment computed. */
int customers_classify(struct customers *c, int64_t customer, const char *segment,
    const char *profile, struct err *e);

/* Two are one: by an identity that both showed, or by hand (IDENTITY 0), which ends what
 * was said about them being two.  *linked is false if they were one already. */
int customers_link(struct customers *c, int64_t a, int64_t b, int64_t identity,
    const char *actor, int64_t at, bool *linked, struct err *e);
/* Ends the links between A and B and keeps programs from linking them again.  65 if they
 * are not linked directly; the message then says by what steps they are one. */
int customers_unlink(struct customers *c, int64_t a, int64_t b, const char *actor,
    int64_t at, struct err *e);
/* A person said that A and B are two.  65 if they are linked. */
int customers_keep_apart(struct customers *c, int64_t a, int64_t b, const char *actor,
    int64_t at, struct err *e);
/* Whether somebody said so of a customer of the one group and one of the other. */
int customers_apart(struct db *db, int64_t root_a, int64_t root_b, bool *apart,
    struct err *e);

/* Computes the root of every customer in the groups of ROOT and OTHER (ROOT 0: of all)
 * from the links and calls FN (may be NULL) for each that differs; stores it if FIX. */
int customers_check_roots(struct db *db, int64_t root, int64_t other, bool fix,
    void (*fn)(void *ctx, int64_t customer, int64_t have, int64_t want), void *ctx,
    struct err *e);
/* The same for names as they are searched. */
int customers_check_names(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t customer), void *ctx, struct err *e);

#endif
