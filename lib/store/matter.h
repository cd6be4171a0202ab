/* matter - a ticket as plans and surveys see it: its state, its customer, its owner.
 *
 * Reads only.  One struct serves ticket after ticket; its text is valid until the next
 * matter_load() or matter_release().
 */
#ifndef CSR_MATTER_H
#define CSR_MATTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "time/zone.h"

struct matter {
	int64_t ticket, cycle;
	int64_t opened_at, resolved_at, first_in_at, last_in_at, last_out_at;	/* 0: never */
	int64_t last_message_at, first_response_at, waiting_since_at;
	int64_t customer;		/* as the ticket has it; 0: unknown */
	int64_t root;			/* the one that stands for all linked to it */
	int64_t account;
	const char *channel, *account_name;
	const char *subject, *external_id;	/* all from here on may be NULL */
	const char *urgency, *type, *area, *sentiment, *queue, *priority;
	const char *name, *segment;	/* of the customer */
	const char *language;		/* as known, else as they write: zh, en */
	const struct zone *zone;	/* the customer's own, NULL: not known */
	const char *agent, *agent_name;	/* the owner */
	bool human;			/* a person wrote to us on it */
	bool merged;			/* into another ticket */
	bool ours;			/* it began with a message of ours */
	struct arena text;
};

/* 65 if there is no such ticket. */
int matter_load(struct db *db, int64_t ticket, struct matter *m, struct err *e);
void matter_release(struct matter *m);

/* Where the customer of M can be reached on CHANNEL ("same": the ticket's own): 1 with
 * the real channel and the address, text in M's arena; 0 if nowhere; -1. */
int matter_address(struct db *db, struct matter *m, const char *channel,
    const char **real, const char **address, struct err *e);

#endif
