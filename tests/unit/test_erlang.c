/* test_erlang - the vectors of the literature, and the chain added up by hand */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "desk/erlang.h"

static void
near(const char *what, double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("%s: %.9g instead of %.9g", what, got, want);
}

/* Half a unit of the last digit printed in the source. */
#define DIGITS(n) (0.5000001 * pow(10, -(n)))

static void
probabilities(void **state)
{
	static const struct { double a; int64_t n; double c; int digits; } cases[] = {
		{ 1, 2, 1.0 / 3, 12 }, { 2, 3, 4.0 / 9, 12 }, { 5, 7, 0.324150, 6 },
		{ 8, 10, 0.409180, 6 }, { 20, 24, 0.298072, 6 }, { 50, 55, 0.384547, 6 },
		{ 100, 110, 0.237008, 6 }, { 200, 210, 0.375615, 6 }, { 10, 14, 0.174132, 6 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		near("C", erlang_c(cases[i].a, cases[i].n), cases[i].c, DIGITS(cases[i].digits));
	near("B(17, 10)", erlang_b(10, 17), 0.012949, DIGITS(6));
	near("B(16, 10)", erlang_b(10, 16), 0.022302, DIGITS(6));
	near("C of too few", erlang_c(10, 10), 1, 0);
	near("B of nobody", erlang_b(10, 0), 1, 0);
}

static void
waits(void **state)
{
	static const struct {
		double calls, period_s, aht_s, t_s;
		int64_t n;
		double sl, asa_s;
		int asa_digits;
	} cases[] = {
		{ 100, 1800, 180, 20, 14, 0.888350, 7.8359, 4 },
		{ 100, 1800, 180, 20, 11, 0.389614, 122.78, 2 },
		{ 100, 1800, 180, 20, 12, 0.640158, 40.44, 2 },
		{ 100, 1800, 180, 20, 13, 0.795595, 17.12, 2 },
		{ 100, 1800, 180, 20, 15, 0.941453, 3.67, 2 },
		{ 360, 1800, 240, 15, 55, 0.845883, 8.184, 3 },
		{ 250, 3600, 330, 30, 27, 0.782180, 0, -9 },
		{ 250, 3600, 330, 30, 28, 0.856850, 0, -9 },
		{ 500, 1800, 180, 20, 56, 0.841176, 0, -9 },
		{ 500, 1800, 180, 20, 59, 0.944150, 0, -9 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct erlang_load l = { cases[i].calls / cases[i].period_s, cases[i].aht_s, 0 };
		struct erlang r = erlang_figures(&l, cases[i].n, cases[i].t_s);

		assert_true(r.stable);
		near("SL", r.service_level, cases[i].sl, DIGITS(6));
		near("ASA", r.asa_s, cases[i].asa_s, DIGITS(cases[i].asa_digits));
	}
}

static void
no_steady_state(void **state)
{
	struct erlang_load l = { 100.0 / 1800, 180, 0 };

	(void)state;
	assert_false(erlang_figures(&l, 10, 20).stable);
	assert_false(erlang_figures(&l, 0, 20).stable);
	l.patience_s = 300;	/* people who give up keep any queue finite */
	assert_true(erlang_figures(&l, 1, 20).stable);
	near("occupancy of one", erlang_figures(&l, 1, 20).occupancy, 1, 1e-4);
}

static void
fewest(void **state)
{
	static const struct {
		double calls, period_s, aht_s, patience_s, sl, t_s, occ;
		int64_t n;
	} cases[] = {
		{ 100, 1800, 180, 0, 0.8, 20, 1, 14 },
		{ 250, 3600, 330, 0, 0.8, 30, 1, 28 },
		{ 500, 1800, 180, 0, 0.8, 20, 1, 56 },
		{ 500, 1800, 180, 0, 0.8, 20, 0.85, 59 },
		{ 100, 1800, 180, 0, 0, 20, 1, 11 },	/* a = 10 needs 11 */
		{ 100, 1800, 180, 300, 0.8, 20, 1, 13 },
		{ 1, 1800, 60, 0, 0.8, 20, 1, 1 }
	};
	struct erlang_load l = { 1, 3e6, 0 };
	struct erlang_goal all = { 0.8, 20, 1, 1 };
	struct erlang r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct erlang_load load = { cases[i].calls / cases[i].period_s, cases[i].aht_s,
			cases[i].patience_s };
		struct erlang_goal g = { cases[i].sl, cases[i].t_s, cases[i].occ, 1 };

		assert_int_equal(erlang_agents(&load, &g, &r), cases[i].n);
	}
	assert_int_equal(erlang_agents(&l, &all, &r), -1);
}

static void
impatience(void **state)
{
	struct erlang_load classic = { 48.0 / 60, 60, 120 }, published = { 100.0 / 1800, 180, 300 };
	struct erlang r = erlang_figures(&classic, 50, 20);

	(void)state;
	near("P(ab)", r.abandon_probability, 0.030912, DIGITS(6));
	near("wait", r.asa_s, 3.7095, DIGITS(4));
	near("Lq", r.queue, 2.9676, DIGITS(4));
	near("util", r.occupancy, 0.93032, DIGITS(5));
	classic.patience_s = 0;
	r = erlang_figures(&classic, 50, 20);
	near("patient wait", r.asa_s, 20.8337, DIGITS(4));
	near("patient util", r.occupancy, 0.96, 1e-12);
	r = erlang_figures(&published, 13, 20);
	near("Pw", r.wait_probability, 0.225797, DIGITS(6));
	near("P(ab)", r.abandon_probability, 0.024963, DIGITS(6));
	near("util", r.occupancy, 0.750028, DIGITS(6));
	near("SL", r.service_level, 0.8582, DIGITS(4));
}

enum { STATES = 600 };

/* The same chain, state by state from an empty queue; who finds j waiting is followed
 * through the places ahead in small steps of time.  Slow and plain. */
static struct erlang
by_hand(const struct erlang_load *l, int64_t n, double t_s)
{
	static double p[STATES], at[STATES];
	double all = 0, mu = 1 / l->aht_s, theta = 1 / l->patience_s, dt = t_s / 20000;
	struct erlang r = { .stable = true };
	int64_t k;
	int step;

	p[0] = 1;
	for (k = 1; k < STATES; k++)
		p[k] = p[k - 1] * l->lambda / ((double)(k < n ? k : n) * mu +
		    (double)(k > n ? k - n : 0) * theta);
	for (k = 0; k < STATES; k++)
		all += p[k];
	for (k = 0; k < STATES; k++) {
		p[k] /= all;
		r.queue += k > n ? (double)(k - n) * p[k] : 0;
		r.wait_probability += k >= n ? p[k] : 0;
		at[k] = k >= n ? p[k] : 0;	/* still waiting, k - n ahead */
	}
	r.abandon_probability = theta * r.queue / l->lambda;
	r.service_level = 1 - r.wait_probability;
	for (step = 0; step < 20000; step++) {
		r.service_level += at[n] * (double)n * mu * dt;
		for (k = n; k < STATES - 1; k++)
			at[k] += dt * (at[k + 1] * ((double)n * mu + (double)(k + 1 - n) * theta) -
			    at[k] * ((double)n * mu + (double)(k - n) * theta + theta));
	}
	return r;
}

static void
against_the_chain(void **state)
{
	static const struct { double per_min, aht_s, patience_s, t_s; int64_t n; } cases[] = {
		{ 48, 60, 120, 20, 50 }, { 60, 60, 30, 10, 40 }, { 10, 300, 600, 60, 45 },
		{ 3, 180, 60, 30, 4 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct erlang_load l = { cases[i].per_min / 60, cases[i].aht_s, cases[i].patience_s };
		struct erlang got = erlang_figures(&l, cases[i].n, cases[i].t_s);
		struct erlang want = by_hand(&l, cases[i].n, cases[i].t_s);

		near("Pw", got.wait_probability, want.wait_probability, 1e-9);
		near("P(ab)", got.abandon_probability, want.abandon_probability, 1e-9);
		near("SL", got.service_level, want.service_level, 2e-3);
	}
}

/* Nothing overflows where factorials would. */
static void
large(void **state)
{
	struct erlang_load l = { 5000.0 / 300, 300, 0 };
	struct erlang r = erlang_figures(&l, 5100, 20);

	(void)state;
	assert_true(r.stable && r.service_level > 0 && r.service_level < 1);
	l.patience_s = 120;
	r = erlang_figures(&l, 4000, 20);
	near("share lost of a fifth too much", r.abandon_probability, 0.2, 1e-3);
	r = erlang_figures(&l, 50000, 20);
	near("nobody waits", r.wait_probability, 0, 0);
	near("all in time", r.service_level, 1, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probabilities), cmocka_unit_test(waits),
		cmocka_unit_test(no_steady_state), cmocka_unit_test(fewest),
		cmocka_unit_test(impatience), cmocka_unit_test(against_the_chain),
		cmocka_unit_test(large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
