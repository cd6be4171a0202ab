/* stats - is a difference more than noise?  Tests of significance, all two-sided.
 *
 * Each returns the p-value: how likely a difference at least this large were if nothing
 * had changed; NAN where there is too little to say.  Which test is taken for which
 * measure is told in csr-reports(5), and by every page that shows a p-value.
 */
#ifndef CSR_STATS_H
#define CSR_STATS_H

#include <stddef.h>
#include <stdint.h>

/* A chance of 1 in 20: below it a difference is called more than noise. */
#define STATS_LEVEL 0.05

/* Shares HITS of N: the z test of two proportions with the pooled share. NAN if either N
 * is 0, or all or none of both are hits. */
double stats_shares(double hits1, double n1, double hits2, double n2);

/* Values (lengths of time, scores) of any distribution: Mann and Whitney's U test (1947,
 * doi 10.1214/aoms/1177730491) by its normal approximation with the corrections for ties
 * and continuity.  Sorts A and B.  NAN below 8 values on a side, where the approximation
 * does not hold, and if all values are equal. */
double stats_values(int64_t *a, size_t na, int64_t *b, size_t nb);

/* The NNth percentile of values: the z test of the shares above the NNth percentile of both
 * together.  NAN where less than 5 values of a side are to be expected above or below it. */
double stats_percentile(const int64_t *a, size_t na, const int64_t *b, size_t nb, int nn);

/* Counts X in DAYS days: the z test of two Poisson rates, its variance times DISPERSION,
 * since contacts come in bunches.  NAN if both are 0. */
double stats_counts(double x1, double days1, double x2, double days2, double dispersion);
/* How much more the daily counts Y1 and Y2 of two periods of DAYS days scatter than Poisson
 * counts would, day set against day, so that Sundays are compared with Sundays: Pearson's
 * chi-square of the table of both over its DAYS - 1 degrees of freedom; at least 1.  NULL is
 * all 0.  1 if there are fewer than 2 days. */
double stats_dispersion_by_day(const double *y1, const double *y2, int64_t days);
/* The same for periods of different length: Pearson's chi-square over
 * its degrees of freedom, days - periods; at least 1.  SUM and SQUARES are of the counts of
 * the days of two periods.  1 if there are fewer than 4 days. */
double stats_dispersion(double sum1, double squares1, double days1, double sum2,
    double squares2, double days2);

/* Many tests at once: Holm's correction (1979) of N p-values in place; NAN stays out. */
void stats_holm(double *p, size_t n);

#endif
