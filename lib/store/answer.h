/* answer - answers messages from the knowledge base, or says that a person will.
 *
 * Owns the table answer.  Each incoming message of a ticket gets one row: the best article,
 * how sure that is, and either the outbox row it was sent by or the reasons against.  The
 * outbox key is the ticket's, so a ticket is answered once and acknowledged once, however
 * often and by how many programs it is tried.
 *
 * Two halves, since one reads and one writes: answer_read() finds and fills in, outside
 * any transaction; answer_store() looks at what was sent by now, queues and notes.
 */
#ifndef CSR_STORE_ANSWER_H
#define CSR_STORE_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/answer.h"
#include "desk/policy.h"
#include "store/db.h"
#include "store/knowledge.h"
#include "store/letter.h"
#include "store/matter.h"
#include "stream/rec.h"

enum { ANSWER_OTHERS = 4 };

struct answerer {
	struct db *db;		/* NULL: nothing is stored */
	int64_t now;
	const struct zone *zone;
	struct knowledge *k;
	struct answer_policy *policy;
	struct policy *routing;
	bool dry_run;
	uint64_t sent, acknowledged;	/* out */
	/* at work */
	struct letters letters;
	struct matter matter;
};

/* What was found for one message; one block. */
struct answer_item;

/* The policies of the configuration. */
int answerer_init(struct answerer *a, struct err *e);
void answerer_release(struct answerer *a);

/* Finds what there is for the message R: 1 with *item (yours), 0 when it is none of ours
 * (no message that came in, a machine's, one without words or ticket), -1. */
int answer_read(struct answerer *a, const struct rec *r, struct answer_item **item,
    struct err *e);
/* Decides, queues, notes, within a write transaction (none when dry_run). */
int answer_store(struct answerer *a, struct answer_item *item, struct err *e);
/* Adds "answer" to R; after answer_store(), if there is a database. */
void answer_put(const struct answer_item *item, struct rec *r);
void answer_item_free(struct answer_item *item);

/* Walks the classified incoming messages of the last 30 days that have no row, oldest
 * first: as class_pending. */
struct answer_pending {
	struct db *db;
	const struct zone *zone;
	int64_t after, since_at;
	struct rec *page;
	size_t n, at;
};
int answer_pending_next(struct answer_pending *p, struct rec *r, struct err *e);
void answer_pending_release(struct answer_pending *p);

#endif
