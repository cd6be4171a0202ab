/* marks - what stands in place of a secret: "[phone#1]", the same for the same value.
 *
 * Values are numbered within a conversation, by kind, in the order they come: two
 * messages of one ticket that name one telephone have one mark for it.  What was seen is
 * remembered in memory, for as many values as two generations hold; a conversation not
 * heard of for so long starts again with 1.  With a key there is nothing to remember: the
 * number is then a part of HMAC-SHA-256 over conversation, kind and value, and the same
 * in every run.
 */
#ifndef CSR_MARKS_H
#define CSR_MARKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"

enum { MARKS_GENERATION = 100000, MARKS_REVEAL_MAX = 6 };

struct marks {
	const char *format;	/* %k kind, %n number, %r the end of the value, %% */
	size_t reveal;		/* characters shown by %r */
	const char *key;	/* key_len bytes of secret, NULL: count */
	size_t key_len;
	struct map now, before;	/* values and counters; `before` is forgotten next */
	struct buf name;	/* scratch */
};
#define MARKS_FORMAT "[%k#%n]"
#define MARKS_FORMAT_REVEAL "[%k#%n %r]"

/* FORMAT NULL: one of the above. -1 with 64 for a format or a number that makes no sense. */
int marks_init(struct marks *m, const char *format, int64_t reveal, struct err *e);
void marks_release(struct marks *m);

/* Appends the mark of VALUE (secret_value()) in CONVERSATION. */
void marks_add(struct marks *m, const char *conversation, const char *kind, const char *value,
    struct buf *out);
/* Numbers up to N are taken in CONVERSATION: its record was masked before. */
void marks_seen(struct marks *m, const char *conversation, const char *kind, int64_t n);

#endif
