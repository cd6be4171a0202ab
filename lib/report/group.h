/* group - rows gathered by some of their columns, and measured.
 *
 * Measures (the functions a report's header may name, csr-reports(5)):
 *	count	rows in which the column is not null
 *	sum	their sum; 0 for none
 *	mean	sum / count
 *	min max	the least and the greatest
 *	pNN	the NNth percentile by nearest rank: the least value such that NN % of the
 *		values are not above it (value number ceil(NN/100 * count) in order); exact,
 *		every value is kept
 *	pct	of a flag: 100 * ones / count
 *	share	of two columns: 100 * sum of the first / sum of both
 *	low95 high95	of a flag: the 95 % interval of Wilson (1927, doi 10.2307/2276774)
 *		round that percentage, z = 1.959964
 * Of no values all but count and sum are null.  Lengths of time (ms) are measured in
 * seconds.
 */
#ifndef CSR_GROUP_H
#define CSR_GROUP_H

#include <stddef.h>

#include "base/err.h"
#include "report/field.h"

enum measure_fn { M_COUNT, M_SUM, M_MEAN, M_MIN, M_MAX, M_RANK, M_SHARE, M_PCT, M_LOW95,
	M_HIGH95 };

struct measure {
	struct field out;	/* its name, sentence, and the type it gives */
	enum measure_fn fn;
	int rank;		/* the NN of pNN */
	size_t field;		/* the column it measures */
	size_t other;		/* share: the second one; else the same */
};

/* Reads FN ("mean", "p90") over a column of type IN: fills m->fn, rank, out.type and
 * out.decimals.  -1 with 78 for an unknown function or one that does not fit. */
int measure_parse(struct measure *m, const char *fn, enum field_type in, struct err *e);

struct group;

/* Groups by the columns BY (N_BY of them, none: one group) and measures; both borrowed. */
struct group *group_new(const size_t *by, size_t n_by, const struct measure *m, size_t n);
/* Counts a row in; CELLS has one cell a column of the report. */
void group_add(struct group *g, const struct cell *cells);
/* Gives each group in the order of its BY columns: these, then the measures.  Without
 * BY there is one group even if there was no row.  FN returns -1 to stop. */
int group_each(struct group *g, int (*fn)(void *ctx, const struct cell *cells, struct err *e),
    void *ctx, struct err *e);
void group_free(struct group *g);

/* The value of rank K (0 is the least) among N; V is reordered. */
int64_t nth_value(int64_t *v, size_t n, size_t k);
/* The Wilson interval of HITS in N, in per cent; N above 0. */
void wilson95(double hits, double n, double *low, double *high);

#endif
