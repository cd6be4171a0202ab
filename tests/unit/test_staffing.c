/* test_staffing - options that differ by channel, and the records they make */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/staffing.h"

/* The option's value, and the share it gives the channel "phone" (of patience: seconds). */
static void
options(void **state)
{
	static const struct {
		int (*read)(struct staffing *s, const char *text, struct err *e);
		const char *text;
		bool good;
		double a, b;
	} cases[] = {
		{ staffing_target, "80/20", true, 0.8, 20 },
		{ staffing_target, "phone=92.5/1m", true, 0.925, 60 },
		{ staffing_target, "0/0", true, 0, 0 },
		{ staffing_target, "100/20", false, 0, 0 },
		{ staffing_target, "-1/20", false, 0, 0 },
		{ staffing_target, "80/", false, 0, 0 },
		{ staffing_target, "80/-5", false, 0, 0 },
		{ staffing_target, "nan/20", false, 0, 0 },
		{ staffing_target, "80 /20", false, 0, 0 },
		{ staffing_patience, "5m", true, 300, 0 },
		{ staffing_patience, "90", true, 90, 0 },
		{ staffing_patience, "0", false, 0, 0 },
		{ staffing_patience, "inf", false, 0, 0 },
		{ staffing_concurrency, "3", true, 3, 0 },
		{ staffing_concurrency, "0", false, 0, 0 },
		{ staffing_concurrency, "2.5", false, 0, 0 },
		{ staffing_concurrency, "phone=", false, 0, 0 }
	};
	struct staffing s;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct staff_rules *r = cases[i].read == staffing_target ? &s.target :
		    cases[i].read == staffing_patience ? &s.patience : &s.concurrency;
		int got;

		staffing_init(&s);
		got = cases[i].read(&s, cases[i].text, &e);
		if ((got == 0) != cases[i].good || (got == 0 &&
		    (r->v[0].a != cases[i].a || r->v[0].b != cases[i].b)))
			fail_msg("%s: %d, %g / %g", cases[i].text, got, r->v[0].a, r->v[0].b);
	}
}

static int64_t
agents_of(const struct staffing *s, const char *channel)
{
	struct rec r = REC_INIT;
	struct node *n = node_object();
	struct demand d;
	struct err e;
	int64_t agents = -1;

	node_set_text(n, "kind", "demand");
	node_set_text(n, "channel", channel);
	node_set_int(n, "interval_s", 1800);
	node_set_int(n, "arrivals", 100);
	node_set_int(n, "aht_s", 180);
	rec_from_node(&r, n);
	assert_int_equal(demand_read(&r, zone_utc(), &d, &e), 1);
	assert_int_equal(staffing_record(s, &d, &r, &e), 0);
	assert_true(rec_int(&r, "agents", &agents));
	rec_release(&r);
	return agents;
}

/* The channel's own rule wins, wherever it stands; of two the last. */
static void
by_channel(void **state)
{
	struct staffing s;
	struct err e;

	(void)state;
	staffing_init(&s);
	assert_int_equal(agents_of(&s, "phone"), 14);
	assert_int_equal(staffing_target(&s, "phone=95/20", &e), 0);
	assert_int_equal(staffing_target(&s, "0/20", &e), 0);
	assert_int_equal(agents_of(&s, "phone"), 16);
	assert_int_equal(agents_of(&s, "phones"), 11);
	assert_int_equal(agents_of(&s, ""), 11);
	assert_int_equal(staffing_target(&s, "phone=80/20", &e), 0);
	assert_int_equal(agents_of(&s, "phone"), 14);
	assert_int_equal(staffing_concurrency(&s, "phone=4", &e), 0);
	assert_int_equal(agents_of(&s, "phone"), 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options), cmocka_unit_test(by_channel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
