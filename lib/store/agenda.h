/* agenda - everything that time sets off: follow-ups and notices, each exactly once.
 *
 * What is to come stands in the tables followup and notice with its time; agenda_run()
 * learns what is new (by row ids, so that no clock matters), judges what is due by the
 * state it finds then, and queues it.  Every step is one write transaction that changes
 * the waiting row and adds the outbox row together: whoever comes second, or again,
 * finds the row done.  What was queued is printed after its commit.
 *
 * A clock that is set back finds its rows done; one that is set forward and back again
 * has sent early what would have come, once.  What is later than its plan allows keeps
 * waiting untold, so that a wrong clock loses nothing.
 */
#ifndef CSR_AGENDA_H
#define CSR_AGENDA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/db.h"
#include "store/letter.h"
#include "store/matter.h"
#include "store/outbox.h"
#include "store/plans.h"
#include "stream/rec.h"

struct agenda {
	struct db *db;
	int64_t now;
	const struct zone *zone;	/* the desk's, of printed times */
	bool dry_run;		/* do everything, then undo it */
	bool explain;		/* say why, and print what was skipped too */
	void (*print)(const char *text, size_t len);	/* lines that are committed */
	void (*complain)(const struct err *e);	/* a letter that lacks a value */
	int64_t queued, skipped, refused;	/* out */

	struct plans plans;	/* from here on agenda_init()'s */
	struct letters letters;
	struct matter matter;	/* the ticket being judged */
	struct arena scratch;	/* for one letter */
	struct buf out;		/* lines of the open transaction */
	int64_t after_at, after_id;	/* place among what is due */
};

/* Loads plans and templates; the fields above `plans` are the caller's to set after it.
 * 78 if any is faulty. */
int agenda_init(struct agenda *a, const struct zone *desk,
    void (*complain)(const struct err *), struct err *e);
void agenda_release(struct agenda *a);
int agenda_run(struct agenda *a, struct err *e);

/* The rest is for followup.c and notice.c, within a transaction. */

/* What conditions of plans ask about, from the ticket in a->matter. */
struct plan_facts agenda_facts(const struct agenda *a, const char *clock);
/* The zone of local times for the customer of a->matter. */
const struct zone *agenda_zone(const struct agenda *a, const struct plan *p);
/* Queues ROW and prints it with WHY (taken, an array or NULL). 1, 0 known already, -1. */
int agenda_queue(struct agenda *a, const struct outbox_row *row, struct node *why,
    int64_t *id, struct err *e);
/* Prints a record that is not an outbox row; takes it. */
void agenda_put(struct agenda *a, struct node *record);

#endif
