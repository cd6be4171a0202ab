/* event - what happened, once each, never changed.  Owns the table event. */
#ifndef CSR_STORE_EVENT_H
#define CSR_STORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct event {
	const char *key;	/* what makes it one and the same; NULL: every call is one */
	const char *name;	/* "ticket.reopened" ...; see csr-db(5) */
	int64_t at;
	int64_t ticket, customer, message;	/* 0: none */
	const char *subject, *value, *actor;	/* NULL: none */
	const char *data;	/* JSON object, NULL: none */
};

/* *added tells whether it is new (may be NULL). */
int event_add(struct db *db, const struct event *ev, bool *added, struct err *e);
/* The id of the event with KEY in *id, 0 if there is none. */
int event_find(struct db *db, const char *key, int64_t *id, struct err *e);

#endif
