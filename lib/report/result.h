/* result - the rows of a report, kept.
 *
 * Grouped reports, charts and comparisons need all rows before the first is shown; lists
 * of single things are never kept but pass through (run.h).
 */
#ifndef CSR_RESULT_H
#define CSR_RESULT_H

#include <stddef.h>

#include "base/mem.h"
#include "report/field.h"

struct result {
	struct field *fields;	/* n of them */
	size_t n;
	size_t n_by;		/* the first fields are what the rows are grouped by */
	size_t rows;
	struct cell *cells;	/* rows * n */
	size_t cap;
	struct arena texts;
};
#define RESULT_INIT { .texts = ARENA_INIT }

/* One more column; F->name is copied. */
void result_field(struct result *t, const struct field *f);
/* One more row of t->n cells; texts are copied. */
void result_add(struct result *t, const struct cell *cells);
/* Row I; borrowed. */
const struct cell *result_row(const struct result *t, size_t i);
void result_release(struct result *t);

/* The cells of the row of all rows: behind T's BY cells, which are null, those of TOTAL.
 * Yours to free. */
struct cell *result_foot(const struct result *t, const struct result *total);

/* What a number cell holds; NAN for null and text. */
double cell_number(const struct cell *c);

#endif
