/* send_make - from a row of the outbox to a message, and back into the time line; for send.c */
#ifndef CSR_SEND_MAKE_H
#define CSR_SEND_MAKE_H

#include "store/send.h"

/* Makes *m of O for WAY; texts in s->arena.  65 if it cannot be made. */
int send_make(struct sending *s, const struct outgoing *o, const struct transport *way,
    struct wire_message *m, struct err *e);
/* What went to a customer on a ticket becomes a message of it, once (answers of people are one
 * already).  Within the transaction. */
int send_remember(struct sending *s, const struct outgoing *o, struct err *e);
/* The customer's own time zone into *zone, left alone if it is not known. */
int send_zone(struct db *db, int64_t root, const struct zone **zone, struct err *e);
/* Counts one more through WAY; false when its minute is full. */
bool send_within_rate(struct sending *s, const struct transport *way);
uint64_t send_seed(const char *key);

#endif
