/* send - empties the outbox: claim, hand over, write down.
 *
 * Each row goes through three steps.  It is claimed for some minutes in a transaction, after
 * the gate (desk/gate.h) let it through; handed over outside any transaction; and what
 * became of it is written down in another.  A sender that is killed in between leaves a
 * claim that runs out: the next one sends the row again, with the same key and the same
 * Message-ID.  So nothing is lost, and a copy too many needs a kill between the server's yes
 * and our commit.  Two senders never have the same row.
 *
 * A row that failed for now comes back later and later, and is given up after some tries; one
 * that failed for good is given up at once, and where a server says that the address does
 * not exist, it is suppressed.  What went to a customer on a ticket stands in its time line.
 */
#ifndef CSR_SEND_H
#define CSR_SEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/ingest.h"
#include "store/outbox_out.h"
#include "wire/wire.h"

struct sending {
	struct db *db;
	const struct transports *ways;
	const struct limits *limits;
	const struct zone *zone;	/* of printed times, and of the desk's quiet hours */
	int64_t now;
	const char *only;		/* this channel; NULL: all */
	bool dry_run;			/* show, send nothing */
	void (*print)(struct buf *text);	/* what was committed; clears it; NULL: not */
	size_t sent, failed, put_off, dropped;	/* out */

	struct ingest in;		/* private from here on */
	bool begun;
	struct arena arena;
	struct buf out, record, tag;
	struct { const struct transport *way; int64_t n; } rate[64];
};

void send_init(struct sending *s);
void send_release(struct sending *s);
/* All that is due.  -1 ends the run; a message that cannot be sent does not. */
int send_run(struct sending *s, struct err *e);
/* The same; if standard input is a pipe, reads what comes from it, which is of no further use,
 * and sends whenever it runs dry, and at its end. */
int send_pipe(struct sending *s, struct err *e);
/* The exact message row ID would be, appended to s->out. 65 if there is no such row or it
 * cannot be made. */
int send_show(struct sending *s, int64_t id, struct err *e);

#endif
