/* where - a small language of terms over the columns of a report.
 *
 *	channel=wecom,phone area!=refund first_response_ms>5m subject~退款 agent=
 *
 * A term is COLUMN OPERATOR VALUE; terms stand apart by blanks and all must hold.
 * Operators: = != < <= > >= ~ (contains, by folded text) !~ (does not).  Several values
 * with commas mean any of them (for != and !~: none of them).  A value may stand in
 * double quotes, \" and \\ inside.  An empty value is null: "agent=" holds where there
 * is none.  Null is different from every value and neither less nor greater.
 * Lengths of time may be written 90s, 5m, 1h30m; times as tm_parse() reads them.  A
 * percentage attainment_pct may be asked for as a fraction: attainment<0.9.
 */
#ifndef CSR_WHERE_H
#define CSR_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "report/field.h"
#include "time/zone.h"

struct where_term;

struct where {
	struct where_term *first;	/* the last one read; order means nothing */
	struct arena texts;
};
#define WHERE_INIT { NULL, ARENA_INIT }

/* Adds the terms of TEXT to W.  WHAT ("--where") begins the message of an error, which
 * is 64 and names the column, the operator or the value that is wrong.  Times without a
 * zone are read in Z. */
int where_add(struct where *w, const char *what, const char *text, const struct field *f,
    size_t n, const struct zone *z, struct err *e);
/* True when all terms hold for a row of cells, one a field. */
bool where_holds(const struct where *w, const struct cell *cells);
/* True when a term asks about field I. */
bool where_uses(const struct where *w, size_t i);
void where_release(struct where *w);

#endif
