/* secrets - what in a text is to be masked: by the finders and by users' rules.
 *
 * One struct serves text after text.  Start from SECRETS_INIT and set `kinds`.
 */
#ifndef CSR_SECRETS_H
#define CSR_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "text/finders.h"
#include "text/fold.h"
#include "text/secret_rules.h"

struct secret {
	const char *kind;	/* a finder's or a rule's; borrowed */
	size_t start, end;	/* characters of the text, end exclusive */
	size_t from, upto;	/* the same in bytes */
	size_t bare, bare_len;	/* in `values`: its value, however it was written */
};

struct secrets {
	bool kinds[FIND_KINDS];	/* wanted */
	const struct secret_rules *rules;	/* NULL: none */
	struct secret *v;	/* of the last text, in order, never overlapping */
	size_t n, cap;
	struct buf values;
	struct fold fold;
	struct findings found;
};
#define SECRETS_INIT { .fold = FOLD_INIT, .found = FINDINGS_INIT, .values = BUF_INIT }

/* Finds all in S. 0, or -1 with *e naming a rule that ran into a limit: all the same the
 * others are found. */
int secrets_find(struct secrets *s, const char *text, size_t len, struct err *e);
void secrets_release(struct secrets *s);

/* The value of secret I of the last text, and of one of KIND known otherwise: a telephone
 * in E.164, an address of mail in small letters, else as secret_bare() has it. */
const char *secrets_value(const struct secrets *s, size_t i);
void secret_value(const char *kind, const char *text, size_t len, struct buf *out);

#endif
