/* secret_rules - what users want masked beside the built-in kinds, and what shall stay.
 *
 * Read from files of sections: [keep] has values and patterns that are never masked (the
 * desk's own telephone, say), any other section is a kind of its own:
 *
 *   [keep]
 *   value = 400-800-1234, service@qinghe.example
 *   [staff_no]
 *   pattern = \bqh-\d{5}\b
 *   words = 天枢计划, project dubhe
 *
 * Patterns match on folded text (pattern.h, fold.h).
 */
#ifndef CSR_SECRET_RULES_H
#define CSR_SECRET_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/words.h"

struct secret_rule {
	const char *kind;	/* NULL: keep */
	struct pattern *pattern;	/* NULL: the words of the kind */
	size_t words;		/* its number among the words */
	const char *place;	/* "file:line", for messages */
	bool off;		/* not among the kinds wanted */
};

struct secret_rules {
	struct secret_rule *v;
	size_t n, cap;
	struct words words;
	struct map keep;	/* values, as secret_bare() leaves them */
	size_t keeps;		/* patterns of [keep] */
	struct arena arena;
};
#define SECRET_RULES_INIT { NULL, 0, 0, WORDS_INIT, MAP_INIT, 0, ARENA_INIT }

/* Adds the rules of TEXT (changed by reading). -1 with 78 and "file:line: ...". */
int secret_rules_read(struct secret_rules *r, const char *source, char *text, struct err *e);
/* After the last file. */
void secret_rules_ready(struct secret_rules *r);
/* Switches off all kinds but those of the N NAMES; a name that is none of them is left
 * to the caller.  True for names that were found, in FOUND. */
void secret_rules_pick(struct secret_rules *r, const char *const *names, size_t n, bool *found);
void secret_rules_release(struct secret_rules *r);

/* Calls FN for each hit in the folded F, as bytes of it.  0, or -1 with *e naming the rule
 * whose pattern ran into a limit (the others were looked for all the same). */
typedef void secret_fn(void *ctx, const char *kind, size_t start, size_t end);
int secret_rules_find(const struct secret_rules *r, const struct fold *f, secret_fn *fn,
    void *ctx, struct err *e);
/* True if [START, END) of the folded F shall stay. */
bool secret_rules_keep(const struct secret_rules *r, const struct fold *f, size_t start,
    size_t end);

/* Appends the folded S without blanks, hyphens and brackets, Chinese numerals as digits:
 * one value however it is written. */
void secret_bare(const char *s, size_t len, struct buf *out);

#endif
