/* compare - a result beside that of the period before, and whether the change is noise.
 *
 * Behind each measure stand what it was before (n_before), the difference (n_change) and,
 * where a test fits, its p-value (n_p, see stats.h):
 *	pct, share	z test of two proportions
 *	mean, p50	Mann-Whitney U over the values themselves
 *	other pNN	z test of the shares above the percentile of both periods together
 *	count, sum	z test of two Poisson rates, corrected by how much days scatter
 * Down the rows of one column p-values are corrected by Holm, since of twenty rows one
 * would differ by chance.  Counts are 0 where a group was not there, all else is null.
 */
#ifndef CSR_COMPARE_H
#define CSR_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "report/group.h"
#include "report/result.h"

struct compare_side {
	struct group *all;	/* the result of the period */
	struct group *days;	/* the counts of it (compare_counts) by the same and the day;
				 * NULL: nothing is known of days */
	int64_t n_days, first_day;	/* of the period; first_day in days since 1970 */
};

/* Those of the N measures M that count or sum; yours to free. */
struct measure *compare_counts(const struct measure *m, size_t n, size_t *n_counts);
/* The columns of a comparison: BY, then for each measure itself and what is above. */
void compare_fields(struct result *t, const struct field *by, size_t n_by,
    const struct measure *m, size_t n);
/* Its rows, in the order of the groups of both.  Without TEST no p-value is given. */
void compare_rows(struct result *t, const struct compare_side *now,
    const struct compare_side *before, const struct measure *m, size_t n, bool test);

#endif
