/* labels - what is known of a ticket by name, and conditions on it.
 *
 * A condition is written as terms that must all hold: "area:refund,change !channel:phone"
 * (commas are alternatives, ! says none of these).  Pure; no allocation when asked.
 */
#ifndef CSR_LABELS_H
#define CSR_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

enum dim {
	DIM_TYPE, DIM_AREA, DIM_URGENCY, DIM_SENTIMENT,	/* csr-classify's */
	DIM_SEGMENT, DIM_LANGUAGE,			/* the customer's */
	DIM_CHANNEL, DIM_ACCOUNT,
	DIM_QUEUE, DIM_PRIORITY,			/* csr-route's own: "1" to "4" */
	DIM_N
};

/* Values by dimension, NULL where not known; borrowed. */
struct labels {
	const char *v[DIM_N];
};

struct cond;

/* The dimension called NAME (LEN bytes), -1 if there is none. */
int dim_find(const char *name, size_t len);
const char *dim_name(enum dim d);
/* False for a value that cannot occur: type, urgency and sentiment are closed lists. */
bool dim_takes(enum dim d, const char *value);

/* A condition from TEXT, kept in A.  NULL with 78. Only dimensions of the set ALLOWED
 * (bits 1 << dim) may be named. */
const struct cond *cond_parse(struct arena *a, const char *text, unsigned allowed,
    struct err *e);
bool cond_holds(const struct cond *c, const struct labels *l);
/* As it was written, single blanks between terms. */
const char *cond_text(const struct cond *c);

/* Splits TEXT at blanks and commas into A; *n words. */
const char *const *words_of(struct arena *a, const char *text, size_t *n);
bool words_have(const char *const *v, size_t n, const char *word);

#endif
