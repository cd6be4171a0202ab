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
/* From now on keep every value of the measured columns that are numbers, for tests. */
void group_keep(struct group *g);

/* How many groups there are; without BY one, even if there was no row.  No row may be
 * added afterwards.  They are numbered from 0 in the order of their BY columns. */
size_t group_len(struct group *g);
/* The BY cells of group I; borrowed from G. */
const struct cell *group_key(const struct group *g, size_t i);
/* Measure M of group I. */
struct cell group_value(const struct group *g, size_t i, size_t m);
/* The number of the group with the first cells of KEY as BY cells; -1 if there is none. */
int64_t group_find(struct group *g, const struct cell *key);

/* What measure M of group I was made of. */
struct sample {
	int64_t n;		/* values that are not null */
	double sum;		/* of them */
	double other;		/* share: the sum of the second column; else as sum */
	int64_t *values;	/* all n, if they were kept, in no order; borrowed, may be sorted */
};
struct sample group_sample(const struct group *g, size_t i, size_t m);
/* Gives each group in order: its BY cells, then the measures. FN returns -1 to stop. */
int group_each(struct group *g, int (*fn)(void *ctx, const struct cell *cells, struct err *e),
    void *ctx, struct err *e);
void group_free(struct group *g);

/* The value of rank K (0 is the least) among N; V is reordered. */
int64_t nth_value(int64_t *v, size_t n, size_t k);
/* The Wilson interval of HITS in N, in per cent; N above 0. */
void wilson95(double hits, double n, double *low, double *high);

#endif
