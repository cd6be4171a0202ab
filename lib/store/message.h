/* message - what was said, once each.
 *
 * Owns the table message.  A message is found by
 * (account, external_id) and never changed once it is stored.
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

struct messages {
	struct db *db;
	struct map newest;	/* account -> struct buf *: the greatest external id it has */
	int64_t next;		/* id of the next row */
	uint64_t epoch;
};

void messages_init(struct messages *ms, struct db *db);
void messages_release(struct messages *ms);
/* At the start of each write transaction. */
int messages_begin(struct messages *ms, struct err *e);
/* The stored row with this id, 1; 0 if there is none; -1.  Most sources count upwards: an
 * id behind the greatest of its account costs no lookup. */
int messages_find(struct messages *ms, int64_t account, const char *external_id,
    struct message_row *m, struct err *e);
/* Stores F; M, all but its id, says where it belongs and gets the id. */
int messages_add(struct messages *ms, struct message_row *m, const struct fact *f,
    const char *external_id, struct err *e);
/* The stored row with this id on whichever account of CHANNEL it came to (mail to two
 * mailboxes). */
int message_find_on_channel(struct db *db, const char *channel, const char *external_id,
    struct message_row *m, struct err *e);
/* The id of a fact without one: "sha256:" and 32 hex digits over what is stable in it. */
enum { MESSAGE_HASH_SIZE = 40 };
void message_hash(const struct fact *f, char out[MESSAGE_HASH_SIZE]);

#endif
