/* route_rec - records in, decisions out, as JSON (csr-record(5)) */
#ifndef CSR_ROUTE_REC_H
#define CSR_ROUTE_REC_H

#include "desk/route.h"
#include "desk/sla.h"
#include "stream/rec.h"
#include "time/zone.h"

/* What record R says of its ticket: labels of "class", channel, account, segment and
 * language.  Borrowed from R. */
void route_labels(const struct rec *r, struct labels *l);
/* The ticket's number in *id: of a message its "ticket", of a ticket its "id"; 0 if the
 * record is of another kind or names none.  -1 with 65 if that is not a number. */
int route_rec_ticket(const struct rec *r, int64_t *id, struct err *e);

/* A message as the first of a ticket of its own, for a run without a database: number,
 * labels and time.  Without "ticket" the number is made from channel, account and
 * thread or sender, so that a conversation stays together.  1; 0 if it asks for nothing
 * (not from a customer, or automatic); -1 with 65. */
int route_rec_read(const struct rec *r, const struct zone *z, struct route_ticket *t,
    int64_t *at, struct err *e);

/* What a decision is told with; times in ZONE. */
struct route_tell {
	const struct route *route;
	const char *owner;		/* who has it now; NULL: nobody */
	const struct clocks *clocks;
	const struct zone *zone;
	const struct crew *crew;	/* tell who was passed over, too; NULL: do not */
};
/* Appends the object "route". */
void route_print(const struct route_tell *w, struct buf *out);
/* Adds it to R. */
void route_put(const struct route_tell *w, struct rec *r);
/* Appends the record of a ticket with its "route", a line. SUBJECT may be NULL. */
void route_print_ticket(const struct route_tell *w, const struct route_ticket *t,
    const char *subject, int64_t opened_at, struct buf *out);

#endif
