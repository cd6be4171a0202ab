/* test_period - the range of time a report is of, and the one before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/period.h"
#include "time/tm.h"

static int64_t
at(const char *s, const struct zone *z)
{
	struct err e;
	int64_t v;

	if (tm_parse(s, strlen(s), z, &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

static const struct zone *
zone(const char *name)
{
	struct err e;
	const struct zone *z = zone_get(name, &e);

	if (z == NULL)
		fail_msg("%s", e.msg);
	return z;
}

/* "from until" in the zone, "-" for no end. */
static const char *
both(const struct period *p, const struct zone *z)
{
	static char text[2 * TM_SIZE + 2];
	char from[TM_SIZE] = "-", to[TM_SIZE] = "-";

	if (p->from_at != INT64_MIN)
		tm_format(p->from_at, z, from)[16] = '\0';
	if (p->to_at != INT64_MAX)
		tm_format(p->to_at, z, to)[16] = '\0';
	snprintf(text, sizeof(text), "%s %s", from, to);
	return text;
}

/* On Tuesday, 6 October 2026, at noon. */
static void
a_period_is_whole_and_so_is_the_one_before(void **state)
{
	static const struct {
		struct period_args args;
		const char *zone, *want, *before, *en, *zh;
	} cases[] = {
		{ { .week = "" }, "Asia/Shanghai", "2026-09-28T00:00 2026-10-05T00:00",
		    "2026-09-21T00:00 2026-09-28T00:00", "Week 40, 28 Sep\u2009\u2013\u20094 Oct 2026",
		    "2026年第40周（9月28日至10月4日）" },
		{ { .week = "this" }, "Asia/Shanghai", "2026-10-05T00:00 2026-10-12T00:00",
		    "2026-09-28T00:00 2026-10-05T00:00", "Week 41, 5 Oct\u2009\u2013\u200911 Oct 2026",
		    "2026年第41周（10月5日至10月11日）" },
		{ { .week = "2026-W01" }, "Asia/Shanghai", "2025-12-29T00:00 2026-01-05T00:00",
		    "2025-12-22T00:00 2025-12-29T00:00",
		    "Week 1, 29 Dec 2025\u2009\u2013\u20094 Jan 2026",
		    "2026年第1周（2025年12月29日至2026年1月4日）" },
		{ { .week = "2026-W53" }, "Asia/Shanghai", "2026-12-28T00:00 2027-01-04T00:00",
		    "2026-12-21T00:00 2026-12-28T00:00", NULL, NULL },
		{ { .month = "" }, "Asia/Shanghai", "2026-09-01T00:00 2026-10-01T00:00",
		    "2026-08-01T00:00 2026-09-01T00:00", "Sep 2026", "2026年9月" },
		{ { .month = "2026-01" }, "Asia/Shanghai", "2026-01-01T00:00 2026-02-01T00:00",
		    "2025-12-01T00:00 2026-01-01T00:00", "Jan 2026", "2026年1月" },
		{ { .month = "2026-12" }, "Asia/Shanghai", "2026-12-01T00:00 2027-01-01T00:00",
		    "2026-11-01T00:00 2026-12-01T00:00", NULL, NULL },
		{ { .last = "7d" }, "Asia/Shanghai", "2026-09-29T00:00 2026-10-06T00:00",
		    "2026-09-22T00:00 2026-09-29T00:00", "29 Sep\u2009\u2013\u20095 Oct 2026",
		    "2026年9月29日至10月5日" },
		{ { .last = "1d" }, "Asia/Shanghai", "2026-10-05T00:00 2026-10-06T00:00",
		    "2026-10-04T00:00 2026-10-05T00:00", "Mon 5 Oct 2026", "2026年10月5日周一" },
		{ { .last = "12h" }, "Asia/Shanghai", "2026-10-06T00:00 2026-10-06T12:00",
		    "2026-10-05T12:00 2026-10-06T00:00",
		    "from 2026-10-06 00:00 until 2026-10-06 12:00", NULL },
		{ { .from = "2026-10-01", .to = "2026-10-03" }, "Asia/Shanghai",
		    "2026-10-01T00:00 2026-10-04T00:00", "2026-09-28T00:00 2026-10-01T00:00",
		    "1 Oct\u2009\u2013\u20093 Oct 2026", NULL },
		{ { .from = "2026-10-06 10:00" }, "Asia/Shanghai", "2026-10-06T10:00 -",
		    "2026-10-06T08:00 2026-10-06T10:00", NULL, NULL },
		/* The week in which the clock is set back has 169 hours, and is a week. */
		{ { .week = "2026-W43" }, "Europe/Berlin", "2026-10-19T00:00 2026-10-26T00:00",
		    "2026-10-12T00:00 2026-10-19T00:00", NULL, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct zone *z = zone(cases[i].zone);
		int64_t now = at("2026-10-06 12:00", z);
		struct buf said = BUF_INIT;
		struct period p, before;
		struct err e = { 0 };

		if (period_read(&p, &cases[i].args, z, now, &e) < 0)
			fail_msg("%zu: %s", i, e.msg);
		assert_string_equal(both(&p, z), cases[i].want);
		if (period_before(&p, z, now, &before, &e) < 0)
			fail_msg("%zu: %s", i, e.msg);
		assert_string_equal(both(&before, z), cases[i].before);
		period_say(&p, z, LANG_EN, &said);
		if (cases[i].en != NULL)
			assert_string_equal(buf_cstr(&said), cases[i].en);
		buf_clear(&said);
		period_say(&p, z, LANG_ZH, &said);
		if (cases[i].zh != NULL)
			assert_string_equal(buf_cstr(&said), cases[i].zh);
		buf_release(&said);
	}
}

static void
what_is_no_period_is_refused(void **state)
{
	static const struct period_args cases[] = {
		{ .week = "2026-W54" }, { .week = "2026-W00" }, { .week = "2025-W53" },
		{ .week = "W40" }, { .week = "2026-W4x" }, { .week = "next" },
		{ .month = "2026-13" }, { .month = "2026-00" }, { .month = "October" },
		{ .last = "7" }, { .last = "-7d" }, { .last = "0d" }, { .last = "week" },
		{ .from = "soon" }, { .to = "2026-02-30" },
		{ .from = "2026-10-02", .to = "2026-10-01" },
		{ .from = "2026-10-02", .week = "" }, { .last = "7d", .month = "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };
		struct period p;

		if (period_read(&p, &cases[i], zone_utc(), 0, &e) == 0 || e.code != ERR_USAGE)
			fail_msg("case %zu: %d %s", i, e.code, e.msg);
	}
}

static void
all_time_has_nothing_before_it(void **state)
{
	struct period p, before;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(period_read(&p, &(struct period_args){ 0 }, zone_utc(), 0, &e), 0);
	assert_int_equal(p.from_at, INT64_MIN);
	assert_int_equal(p.to_at, INT64_MAX);
	assert_false(p.has_to);
	assert_int_equal(period_before(&p, zone_utc(), 0, &before, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_is_whole_and_so_is_the_one_before),
		cmocka_unit_test(what_is_no_period_is_refused),
		cmocka_unit_test(all_time_has_nothing_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
