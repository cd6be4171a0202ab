/* message - what was said, once each.
 *
 * Owns the table message.  A message is found by (account, external_id) and never changed
 * once it is stored.  During a batch messages wait in memory and are written by one
 * statement, at its end or before any other SQL names the table (db_late).
 */
#ifndef CSR_STORE_MESSAGE_H
#define CSR_STORE_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "intake/fact.h"
#include "store/db.h"

struct message_row {
	int64_t id;
	int64_t account, thread, ticket, customer, agent;	/* 0: none */
	int64_t source, line;
};

struct waiting;

struct messages {
	struct db *db;
	struct map newest;	/* account -> struct buf *: the greatest external id it has */
	int64_t next;		/* id of the next row */
	uint64_t epoch;
	struct waiting *waiting;	/* for their rows */
	size_t n, cap;
	struct map by_id;	/* account, external id -> place of those below `indexed` */
	size_t indexed;
	struct arena texts;	/* of those that wait */
};

void messages_init(struct messages *ms, struct db *db);
void messages_release(struct messages *ms);
/* At the start of each write transaction. */
int messages_begin(struct messages *ms, struct err *e);
/* The stored row with this id, 1; 0 if there is none; -1.  Most sources count upwards: an
 * id behind the greatest of its account costs no lookup. */
int messages_find(struct messages *ms, int64_t account, const char *external_id,
    struct message_row *m, struct err *e);
/* Stores F, which is borrowed until messages_flush(); M, all but its id, says where it
 * belongs and gets the id. EXTRA is a JSON object or NULL. */
int messages_add(struct messages *ms, struct message_row *m, const struct fact *f,
    const char *external_id, const char *extra, struct err *e);
int messages_flush(struct messages *ms, struct err *e);
/* The stored row with this id on whichever account of CHANNEL it came to (mail to two
 * mailboxes). */
int message_find_on_channel(struct db *db, const char *channel, const char *external_id,
    struct message_row *m, struct err *e);
/* Gives message ID, which had to wait for it, its ticket, and CUSTOMER if it has none. */
int message_join(struct db *db, int64_t id, int64_t ticket, int64_t customer, struct err *e);
/* The words that stand for a call nobody wrote down follow what became of it: WAS becomes
 * NOW, if that is the text of message ID. Nothing anybody said is ever changed. */
int messages_mend_call(struct messages *ms, int64_t id, const char *was, const char *now,
    struct err *e);
/* The id of a fact without one: "sha256:" and 32 hex digits over what is stable in it. */
enum { MESSAGE_HASH_SIZE = 40 };
void message_hash(const struct fact *f, char out[MESSAGE_HASH_SIZE]);

#endif
