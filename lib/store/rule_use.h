/* rule_use - how often rules held, and how often they were right.
 *
 * Owns the table rule_use.  Counted in memory while a batch is decided, a message once in
 * its life, and written with it: a row per rule and day, whatever the traffic.
 */
#ifndef CSR_STORE_RULE_USE_H
#define CSR_STORE_RULE_USE_H

#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "desk/rules.h"
#include "store/db.h"

struct rule_count {
	const char *dimension, *label, *rule;	/* borrowed from the rules */
	int64_t hits, misses;
};

/* Start from zero. */
struct rule_use {
	struct map at;			/* rule, label and dimension to the count's number */
	struct rule_count *counts;
	size_t n, cap;
};

/* Of one message: FIRED rules and the labels that V gave. */
struct rule_hit {
	const char *dimension, *label, *rule;
	bool counted;			/* its label was given */
};
void rule_use_note(struct rule_use *u, const struct rule_hit *hits, size_t n);
/* Adds what was noted to the day that AT falls into, and forgets it. Within a write
 * transaction. */
int rule_use_store(struct rule_use *u, struct db *db, int64_t at, struct err *e);
void rule_use_release(struct rule_use *u);

/* A person overruled a label the rule spoke for; counted on the rule's last day, if any. */
int rule_use_overruled(struct db *db, const char *dimension, const char *label,
    const char *rule, struct err *e);

#endif
