/* response - what customers answered, each answer once.
 *
 * Owns the table response.  An answer's key is survey:ID when it answers an invitation by
 * a message or a link (one vote an invitation), else the id its source gave it, else a
 * hash of what it says.  Answers to the form csat (and csat-...) are the ticket's csat.
 */
#ifndef CSR_RESPONSE_H
#define CSR_RESPONSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

#define RESPONSE_NO_SCORE INT64_MIN

struct response {
	const char *id;		/* the source's; NULL: none */
	const char *form, *mode;
	int64_t survey;		/* answered invitation: one vote; 0: by ticket, if any */
	int64_t ticket, customer, message;	/* 0: none */
	int64_t score;		/* RESPONSE_NO_SCORE: words only */
	const char *comment;	/* NULL: none */
	int64_t at;
};

/* Stores it and sets the ticket's csat, within a write transaction: 1 new with its id, 0
 * known with the id it has, -1. The customer is the ticket's unless given; an answer to a
 * ticket with an open invitation counts as its answer. */
int response_add(struct db *db, const struct response *r, int64_t *id, struct err *e);

/* The ticket a source means by NAME: its own id of it, else our number. 0 if none. */
int response_ticket(struct db *db, const char *name, int64_t *ticket, struct err *e);
/* Refuses (65) a survey or message that does not exist. */
int response_check(struct db *db, const struct response *r, struct err *e);

/* Whether there is such a ticket. */
int response_has_ticket(struct db *db, int64_t ticket, bool *has, struct err *e);

#endif
