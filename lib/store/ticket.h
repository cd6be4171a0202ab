/* ticket - the rows of matters, and the summary of each.
 *
 * Owns the table ticket.  During a batch tickets are held in memory, new ones too, and
 * written once, before the commit; before any other SQL names the table they are written
 * as they are by then (db_late).  The summary's rules are those of desk/ticket.h; a step
 * that comes late makes the whole ticket be folded again from message and event.
 */
#ifndef CSR_STORE_TICKET_H
#define CSR_STORE_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "desk/ticket.h"
#include "store/db.h"

struct ticket {
	int64_t id, account, thread, customer;
	int64_t follows, related;	/* 0: none */
	int64_t merged;			/* into which ticket, 0: none */
	struct ticket_sum sum;
	struct ticket_sum stored;	/* as the row has it */
	bool changed, unsettled;	/* in this batch; since it was written last */
	bool stale;			/* a step came late: fold again at flush */
	bool made;			/* its row is there */
	const char *external_id, *subject;	/* until then; borrowed from the fact */
};

struct ticket_list {
	struct ticket **v;
	size_t n, cap;
};

struct tickets {
	struct db *db;
	struct map by_id;	/* id -> struct ticket * */
	struct map by_thread;	/* thread, customer (groups) -> latest struct ticket * */
	struct map by_external;	/* account, external id -> struct ticket * */
	struct arena memory;
	struct ticket_list changed;	/* since the begin, to be written at the flush */
	struct ticket_list unsettled;	/* since they were written last */
	struct ticket_list fresh;	/* scratch: those without a row */
	int64_t next, first_new;	/* ids: of the next, of the first of this batch */
	int64_t new_threads;	/* threads from this id on were made in this transaction */
	uint64_t epoch;
};

void tickets_init(struct tickets *t, struct db *db);
void tickets_release(struct tickets *t);
/* At the start of each write transaction.  Pointers to tickets may end here: what is
 * held stays only while nobody else has written.  Threads that will be made in it get
 * ids from NEW_THREADS on. */
int tickets_begin(struct tickets *t, int64_t new_threads, struct err *e);
/* Writes all that changed; call before the commit. */
int tickets_flush(struct tickets *t, struct err *e);

/* Each gives *out = the ticket, or NULL if there is none; borrowed until tickets_begin. */
int tickets_get(struct tickets *t, int64_t id, struct ticket **out, struct err *e);
/* The thread's ticket a message of AT belongs to: the latest opened by then, else the
 * first.  CUSTOMER (root) narrows group chats; 0 takes any. */
int tickets_of_thread(struct tickets *t, int64_t thread, int64_t customer, int64_t at,
    struct ticket **out, struct err *e);
/* The ticket that *k was merged into, whatever it was merged into since; *k itself if it
 * was not. */
int tickets_merged(struct tickets *t, struct ticket **k, struct err *e);
int tickets_by_external(struct tickets *t, int64_t account, const char *external_id,
    struct ticket **out, struct err *e);

struct ticket_new {
	int64_t account, thread, customer, follows, related, at;
	const char *external_id, *subject;
	bool grouped;
};
/* A new ticket; its texts are borrowed until tickets_flush(). */
struct ticket *tickets_add(struct tickets *t, const struct ticket_new *n);
/* Folds one step in (or marks the ticket to be folded again). */
void tickets_step(struct tickets *t, struct ticket *k, const struct step *step);
/* Its customer spoke in the group: an answer without an addressee is for him. */
void tickets_spoke(struct tickets *t, struct ticket *k);
/* Something about its past changed (a recall): fold again at flush. */
void tickets_redo(struct tickets *t, struct ticket *k);
/* True if CUSTOMER's group has written on the ticket, or owns it. */
int tickets_participant(struct tickets *t, const struct ticket *k, int64_t customer,
    bool *is, struct err *e);

/* Single columns, for the programs that decide them. NULL text and 0 set null. */
int ticket_set_labels(struct db *db, int64_t ticket, const char *type, const char *area,
    const char *urgency, const char *sentiment, struct err *e);
int ticket_set_route(struct db *db, int64_t ticket, const char *queue, int64_t agent,
    int64_t priority, int64_t routed_at, struct err *e);
int ticket_set_csat(struct db *db, int64_t ticket, int64_t score, struct err *e);
/* 0: none. */
int ticket_set_merged(struct db *db, int64_t ticket, int64_t into, struct err *e);
/* The cause and outcome its resolution states. */
int ticket_set_outcome(struct db *db, int64_t ticket, const char *cause,
    const char *outcome, struct err *e);

/* Calls FN with each step of ticket ID, in their order (desk/ticket.h). */
int ticket_steps(struct db *db, int64_t id, void (*fn)(void *ctx, const struct step *step),
    void *ctx, struct err *e);
/* Folds ticket ID from its messages and events into *s. */
int ticket_fold(struct db *db, int64_t id, struct ticket_sum *s, struct err *e);
/* Folds every ticket and calls FN where the row differs; stores it too if FIX. */
int tickets_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t ticket, const char *what), void *ctx, struct err *e);

#endif
