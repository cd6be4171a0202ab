/* pattern - the door to PCRE2: regular expressions written by users.
 *
 * Patterns match on folded text (fold.h), so they are written in lower case with
 * simplified characters and half-width signs.  \b and \w know Latin letters only.
 * Matching is bounded: a pattern that blows up fails with an error, never hangs.
 */
#ifndef CSR_PATTERN_H
#define CSR_PATTERN_H

#include <stddef.h>

#include "base/err.h"

struct pattern;

/* Compiles SOURCE; NULL with *e set (78: what is wrong, and where in it). The machine
 * code is made on first use. */
struct pattern *pattern_new(const char *source, struct err *e);
void pattern_free(struct pattern *p);

/* 1 with the first match's bytes in *START and *END (either may be NULL), 0 for none,
 * -1 with *e set when a limit was reached. TEXT must be UTF-8. */
int pattern_match(struct pattern *p, const char *text, size_t len, size_t *start,
    size_t *end, struct err *e);
/* The same from byte FROM on, which may look at what stands before it. */
int pattern_match_from(struct pattern *p, const char *text, size_t len, size_t from,
    size_t *start, size_t *end, struct err *e);

#endif
