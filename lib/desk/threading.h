/* threading - which ticket a message belongs to.
 *
 * The store looks up candidates; the rules here choose.  They are those of formats.md
 * part 1: 11 (a stranger's ticket number opens a case of its own, marked as possibly
 * related), 18 (thanks does not reopen; a grace period, then a new linked ticket).
 */
#ifndef CSR_THREADING_H
#define CSR_THREADING_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/ticket.h"

enum threading {
	THREAD_JOIN,	/* belongs to the candidate */
	THREAD_THANKS,	/* belongs to it, keeps it closed */
	THREAD_REOPEN,	/* belongs to it and opens it again */
	THREAD_FOLLOW,	/* a new ticket that continues the candidate */
	THREAD_NEW,	/* a new ticket */
	THREAD_NONE	/* no ticket at all: asks for nothing */
};

struct threading_case {
	const struct ticket_sum *candidate;	/* latest ticket of the thread, NULL if none */
	bool named;		/* the source itself says it is this ticket */
	bool in;		/* from the customer */
	bool automatic;		/* from a machine, or a note */
	bool thanks;		/* the text is nothing but closing thanks */
	bool grouped;		/* said in a group chat */
	bool asks;		/* it asks for something, or calls one of our people */
	int64_t at;
	int64_t grace_ms;	/* how long after resolution a reply reopens */
};

enum threading threading_decide(const struct threading_case *c);

#endif
