/* order - orders and bookings in their present state.  Owns the table orders. */
#ifndef CSR_STORE_ORDER_H
#define CSR_STORE_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "intake/fact.h"
#include "store/db.h"

enum order_change { ORDER_SAME, ORDER_NEW, ORDER_CHANGED };

struct order_row {
	int64_t id;
	int64_t customer;	/* base id, 0: unknown */
	enum order_change change;
	bool status_changed;	/* or set for the first time */
};

/* Stores what F (FACT_ORDER) says: a new row, or the fields it states over the old; but
 * not its status if IS_PAST (the order is known to have been in it before). */
int order_put(struct db *db, const struct fact *f, int64_t account, int64_t customer,
    bool is_past, struct order_row *o, struct err *e);
/* An event's new state, on every account that has the order.
 * *customer is set to the order's when it is known. */
int order_set_status(struct db *db, const char *external_id, const char *status,
    int64_t *customer, struct err *e);

/* The order's customer (base id), 0 if it has none or is not there. */
int order_customer(struct db *db, int64_t account, const char *external_id,
    int64_t *customer, struct err *e);
/* When its trip begins and ends, FACT_NO_TIME for what is not known. */
int order_set_span(struct db *db, int64_t id, int64_t starts_at, int64_t ends_at,
    struct err *e);

#endif
