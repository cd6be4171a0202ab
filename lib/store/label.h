/* label - what people say messages are about.
 *
 * Owns the table label, whose rows are only ever added.  Of the words on a message and
 * dimension the last one holds: in the message's class and its ticket at once, when the
 * message is classified again, and when a model is trained.
 */
#ifndef CSR_STORE_LABEL_H
#define CSR_STORE_LABEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct label {
	int64_t message;
	const char *dimension, *label, *actor;
	int64_t at;
};

/* Within a write transaction.  65: no such incoming message, or it has no class yet.
 * *added is false if the very word is known (may be NULL). */
int label_add(struct db *db, const struct label *l, bool *added, struct err *e);
/* Puts the last words on MESSAGE into its class. Within a write transaction. */
int label_apply(struct db *db, int64_t message, struct err *e);

struct label_row {
	const char *label, *subject, *text;	/* borrowed during the call; subject may be NULL */
};
/* The last word on each message in DIMENSION, oldest message first; what was erased is
 * left out. */
int labels_each(struct db *db, const char *dimension,
    int (*fn)(void *ctx, const struct label_row *row, struct err *e), void *ctx,
    struct err *e);

#endif
