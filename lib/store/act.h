/* act - what people do with tickets.
 *
 * Each act is an event with its actor and time, written in the caller's transaction together
 * with what follows from it: the ticket's summary, its clocks, an outbox row.  What is said
 * (a reply, a note) and what becomes of a ticket go the way all facts go (ingest.h), so they
 * count exactly as if they had come in by an export.  An act on a ticket that was merged is
 * done to the one it is part of now.
 *
 * Between act_begin() and act_end() within one write transaction; -1 with 65 refuses one
 * act and leaves the rest of the transaction as it was, any other code: roll back.
 */
#ifndef CSR_ACT_H
#define CSR_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/ingest.h"
#include "store/letter.h"
#include "store/matter.h"
#include "time/zone.h"

struct acting {
	struct db *db;
	const char *actor;	/* who acts; a code of the roster or any name */
	int64_t now;
	const struct zone *zone;	/* of times in letters */
	struct ingest in;	/* private from here on */
	struct letters letters;
	struct matter matter;
	struct buf data, subject, body;
	struct arena scratch;
	struct arena held;	/* facts, which ingest.h borrows until act_end() */
};

int act_init(struct acting *a, struct db *db, const char *actor, int64_t now,
    const struct zone *z, struct err *e);
void act_release(struct acting *a);
int act_begin(struct acting *a, struct err *e);
/* Writes summaries and clocks; before the commit. */
int act_end(struct acting *a, struct err *e);

/* The ticket *id means now, in *id.  65 if there is none. */
int act_find(struct acting *a, int64_t *id, struct err *e);

/* What an act did; 0 where it did no such thing. */
struct acted {
	int64_t ticket, message, outbox, task;
	bool is_new;		/* false: it was so already, nothing was written */
};

struct act_words {
	const char *text;	/* NULL: from the template */
	const char *template;	/* of share/templates, NULL: none */
	const char *subject;	/* NULL: "Re: " and the ticket's */
	const char *channel;	/* NULL: the ticket's own */
};
/* Queues an answer to the customer and stores it as said now: the wait is over and the
 * clocks stop.  The same words twice, with nothing said in between, are one answer.  65 if
 * the customer cannot be reached on the channel, or the template lacks a value. */
int act_reply(struct acting *a, int64_t ticket, const struct act_words *w,
    struct acted *out, struct err *e);
/* A word among ourselves. */
int act_note(struct acting *a, int64_t ticket, const char *text, struct acted *out,
    struct err *e);
/* Sets the status.  65 if a complaint whose last word was not answered is to be resolved or
 * closed.  CAUSE and OUTCOME may be NULL. */
int act_status(struct acting *a, int64_t ticket, enum ticket_status status,
    const char *cause, const char *outcome, struct acted *out, struct err *e);
/* Gives it to AGENT (a code), to nobody if NULL.  Queue and priority stay. */
int act_assign(struct acting *a, int64_t ticket, const char *agent, struct acted *out,
    struct err *e);
/* TICKET becomes part of INTO: it closes, and what still comes for it goes there.  65 if
 * they have different customers, unless FORCE, or INTO is part of it. */
int act_merge(struct acting *a, int64_t ticket, int64_t into, bool force,
    struct acted *out, struct err *e);
/* As if that had not been; what went to the other ticket meanwhile stays there. */
int act_unmerge(struct acting *a, int64_t ticket, struct acted *out, struct err *e);
/* Says that two tickets have to do with each other. */
int act_relate(struct acting *a, int64_t ticket, int64_t other, struct acted *out,
    struct err *e);

#endif
