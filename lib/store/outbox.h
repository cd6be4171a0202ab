/* outbox - everything that is to leave the desk, queued once.
 *
 * Owns the table outbox.  Who queues a message gives it a key that says what makes it
 * one and the same; the key is unique in the database and written in the same
 * transaction as the cause, so nothing is queued twice however often it is tried.
 */
#ifndef CSR_OUTBOX_H
#define CSR_OUTBOX_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/db.h"
#include "stream/rec.h"
#include "time/zone.h"

enum outbox_audience { OUTBOX_CUSTOMER = 1, OUTBOX_STAFF = 2 };
enum outbox_state {
	OUTBOX_QUEUED = 1, OUTBOX_SENDING, OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_WITHDRAWN
};

struct outbox_row {
	const char *key;
	const char *kind;	/* followup sla_warning sla_breach sla_digest survey ack ... */
	enum outbox_audience audience;
	const char *channel, *recipient;
	int64_t ticket, customer;	/* 0: none */
	const char *subject;	/* NULL or "": none */
	const char *text;
	const char *data;	/* JSON object, NULL: none */
	int64_t created_at, not_before_at;
};

/* 1 with the new row's id, 0 with that of the row that has the key already, -1. */
int outbox_add(struct db *db, const struct outbox_row *row, int64_t *id, struct err *e);
/* Takes back what still waits: 1 if it was queued, 0 if it was not any more, -1. */
int outbox_withdraw(struct db *db, int64_t id, struct err *e);

/* Appends the record of kind "outbox" (csr-record(5)) as a line; times with the offset of
 * Z.  ID 0: it was not kept (a dry run).  WHY may be NULL. */
void outbox_print(const struct outbox_row *row, int64_t id, const struct zone *z,
    const struct node *why, struct buf *out);

#endif
