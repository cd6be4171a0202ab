/* customer_private - what customer*.c share.  Included by them only. */
#ifndef CSR_CUSTOMER_PRIVATE_H
#define CSR_CUSTOMER_PRIVATE_H

#include "store/customer.h"
#include "store/identity.h"

/* The name as it is searched and compared, "" for NULL; borrowed until the next call. */
const char *customer_fold(struct customers *c, const char *name);

/* customer_contact.c: shared identities. */

/* Who was seen with one of the shared IDS under NAME (folded): the only such person, else
 * (and for no name, "") one known by nothing better; *customer 0 if there is none. */
int contact_find(struct customers *c, const struct identities *ids, const char *name,
    int64_t *customer, struct err *e);
/* CUSTOMER was seen with the identity row ID under NAME. */
int contact_add(struct customers *c, int64_t id, int64_t customer, const char *name,
    int64_t at, struct err *e);
/* From now on ID links nobody; who had it keeps being found by it. */
int contact_share(struct customers *c, struct identity *id, int64_t at, struct err *e);

/* customer_link.c: A and B are two groups that show the identity row ID.  Links them, or
 * notes why not; *differ is set when their member numbers do. */
int customer_reconcile(struct customers *c, int64_t a, int64_t b, int64_t id, int64_t at,
    bool *differ, struct err *e);
/* Whether the group of ROOT has a member number that cannot be one person's with MEMBER. */
int customer_differs(struct customers *c, int64_t root, const char *member, bool *differs,
    struct err *e);

#endif
