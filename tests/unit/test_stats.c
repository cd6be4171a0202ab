/* test_stats - tests of significance against figures worked out elsewhere */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/stats.h"

static bool
near(double got, double want, double off)
{
	return isnan(want) ? isnan(got) : fabs(got - want) <= off;
}

#define NEAR(got, want)								\
	do {									\
		double got_ = (got);						\
		if (!near(got_, want, 0.0002))					\
			fail_msg("line %d: %.6f, not %.6f", __LINE__, got_, want); \
	} while (0)

/* z = 0.15 / sqrt(0.525 * 0.475 * 2/100) = 2.1240; NAN where nothing can be said. */
static void
shares_are_compared_by_the_pooled_z_test(void **state)
{
	(void)state;
	NEAR(stats_shares(45, 100, 60, 100), 0.03367);
	NEAR(stats_shares(60, 100, 45, 100), 0.03367);
	NEAR(stats_shares(50, 100, 50, 100), 1);
	NEAR(stats_shares(0, 0, 5, 10), NAN);
	NEAR(stats_shares(10, 10, 20, 20), NAN);
	NEAR(stats_shares(0, 10, 0, 20), NAN);
}

/* Mean of U 32, variance 8*8*17/12 = 90.6667 without ties. */
static void
values_are_compared_by_mann_and_whitney(void **state)
{
	int64_t a[] = { 1, 2, 3, 4, 5, 6, 15, 16 }, b[] = { 7, 8, 9, 10, 11, 12, 13, 14 };
	int64_t same[] = { 5, 5, 5, 5, 5, 5, 5, 5 }, few[] = { 1, 2, 3, 4, 5, 6, 7 };
	int64_t t1[] = { 1, 1, 1, 2, 2, 3, 3, 3 }, t2[] = { 2, 3, 3, 3, 4, 4, 4, 4 };

	(void)state;
	/* Ranks of a: 1 to 6, 15, 16: 52; U = 52 - 36 = 16: z = 15.5 / 9.5219 = 1.62783. */
	NEAR(stats_values(a, 8, b, 8), 0.10356);
	NEAR(stats_values(b, 8, a, 8), 0.10356);
	/* Ties 3, 3, 6, 4; ranks of t1: 3*2 + 2*5 + 3*9.5 = 44.5; U = 8.5; variance
	 * 64/12 * (17 - (24 + 24 + 210 + 60) / 240) = 83.6: z = 23 / 9.14330 = 2.51550. */
	NEAR(stats_values(t1, 8, t2, 8), 0.01189);
	NEAR(stats_values(same, 8, same, 8), NAN);
	NEAR(stats_values(few, 7, b, 8), NAN);
	NEAR(stats_values(NULL, 0, b, 8), NAN);
}

/* Values 1 to 100 and 51 to 150. */
static void
percentiles_are_compared_by_the_shares_above(void **state)
{
	int64_t a[100], b[100];
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		a[i] = i + 1;
		b[i] = i + 51;
	}
	/* Value 180 of both is 130: above it none of a, 20 of b: p = 0.1, z = 0.2 / 0.042426. */
	NEAR(stats_percentile(a, 100, b, 100, 90), 0.0000024);
	NEAR(stats_percentile(a, 100, a, 100, 90), 1);
	/* Below 5 expected on a side nothing is said: 40 * 10 % = 4. */
	NEAR(stats_percentile(a, 40, b, 100, 90), NAN);
	NEAR(stats_percentile(a, 40, b, 100, 10), NAN);
}

static void
counts_are_compared_as_rates_that_may_scatter(void **state)
{
	(void)state;
	/* (100/7 - 130/7) / sqrt(230/49) = -1.97814 */
	NEAR(stats_counts(100, 7, 130, 7, 1), 0.04791);
	/* Scattered four times as much: half the z. */
	NEAR(stats_counts(100, 7, 130, 7, 4), 0.32263);
	/* The same rate over 30 and 31 days. */
	NEAR(stats_counts(300, 30, 310, 31, 1), 1);
	NEAR(stats_counts(0, 7, 0, 7, 1), NAN);
	/* Days 10 and 20, and 5 and 5: chi-square (25 + 25) / 15 over 4 - 2. */
	NEAR(stats_dispersion(30, 500, 2, 10, 50, 2), 50.0 / 15 / 2);
	NEAR(stats_dispersion(20, 200, 2, 20, 200, 2), 1);
	NEAR(stats_dispersion(100, 9000, 1, 100, 9000, 1), 1);
	NEAR(stats_dispersion(0, 0, 7, 0, 0, 7), 1);
	/* 40 of 60 in all: expected 20 20 and 10 10; chi-square 5 + 5 + 10 + 10, 2 - 1 degree. */
	NEAR(stats_dispersion_by_day((double[]){ 30, 10 }, (double[]){ 0, 20 }, 2), 30);
	/* A week and twice that week: Sundays are no scatter. */
	NEAR(stats_dispersion_by_day((double[]){ 100, 90, 10 }, (double[]){ 200, 180, 20 }, 3), 1);
	NEAR(stats_dispersion_by_day(NULL, (double[]){ 2, 1 }, 2), 1);
}

/* 0.01 * 4, 0.02 * 3, 0.03 * 2 raised to what is before it, 0.04. */
static void
many_tests_are_corrected_by_holm(void **state)
{
	double p[] = { 0.04, NAN, 0.01, 0.03, 0.02 };
	double large[] = { 0.9, 0.8 };

	(void)state;
	stats_holm(p, 5);
	NEAR(p[0], 0.06);
	NEAR(p[1], NAN);
	NEAR(p[2], 0.04);
	NEAR(p[3], 0.06);
	NEAR(p[4], 0.06);
	stats_holm(large, 2);
	NEAR(large[0], 1);
	NEAR(large[1], 1);
	stats_holm(NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_are_compared_by_the_pooled_z_test),
		cmocka_unit_test(values_are_compared_by_mann_and_whitney),
		cmocka_unit_test(percentiles_are_compared_by_the_shares_above),
		cmocka_unit_test(counts_are_compared_as_rates_that_may_scatter),
		cmocka_unit_test(many_tests_are_corrected_by_holm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
