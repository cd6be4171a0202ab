/* trip - what the travellers of an order are booked on, and how their flights stand.
 *
 * Owns the tables segment, passenger, travel (trip.c) and flight (trip_flight.c).
 *
 * An order's fact has them in its extra: `segments`, an array of {flight, date, from, to,
 * departs, arrives, cabin, status}, and `passengers`, of {name, document, phone, email,
 * ticket_no, seat}; other members are kept as they are.  Common other names (no, code,
 * origin, id_no ...) are understood.  A list is the whole of it: what it names no more is
 * dropped.  With `partial` true (a row of a CSV file) it only adds.
 *
 * All passengers are on all segments, but where a partial record names one of each they
 * are a pair.  Documents are stored masked, and their numbers nowhere else.
 */
#ifndef CSR_STORE_TRIP_H
#define CSR_STORE_TRIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "intake/fact.h"
#include "store/customer.h"
#include "store/db.h"

/* The trip in a fact's extra, and the extra without it. */
struct trip {
	struct node *root;	/* NULL: there is none */
	const struct node *segments, *passengers;
	bool partial;
	const char *rest;	/* extra without them; NULL: nothing left */
	struct buf text;
	struct arena memory;
};

/* Reads EXTRA (may be NULL); release it in any case. */
void trip_read(struct trip *t, const char *extra);
void trip_release(struct trip *t);
/* Refuses (65) what cannot be stored, before anything is. */
int trip_check(const struct trip *t, struct err *e);
/* Stores it for ORDERS, a row of that table, as of AT; customers are made known on no
 * account. *changed is set if anything is new; *starts and *ends are the first departure
 * and last arrival of what the order now has (FACT_NO_TIME: not known). */
int trip_store(const struct trip *t, struct db *db, struct customers *c, int64_t orders,
    int64_t at, bool *changed, int64_t *starts, int64_t *ends, struct err *e);
enum { TRIP_MAX = 200 };	/* segments or passengers of an order */

/* What a flight.status event says in EXTRA (intake/flight.c), told at AT. */
int trip_flight(struct db *db, const char *extra, int64_t at, struct err *e);

/* Who is on flight CODE on DAY, not dropped, once each. */
struct traveller {
	int64_t passenger, customer;	/* the order's buyer where the passenger has none; 0 */
	int64_t orders, segment;
	const char *name, *phone;	/* phone NULL: the customer's */
	const char *order_no;		/* the order's external id */
	const char *origin, *destination;	/* of their segment: compare with the legs told */
	int64_t departs_at;		/* FACT_NO_TIME: not known */
};
/* Calls FN for each, until it returns -1; text is borrowed during the call. */
int trip_travellers(struct db *db, const char *code, const char *day,
    int (*fn)(void *ctx, const struct traveller *t, struct err *e), void *ctx, struct err *e);

#endif
