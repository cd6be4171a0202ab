/* test_forecast - what is put into a past is found in its future */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/forecast_rec.h"
#include "time/tm.h"

static const struct zone *shanghai;
static struct cal *office;

/* 2026-08-03 is a Monday. */
static int64_t
day_of(int month, int day)
{
	return tm_days((struct tm_date){ 2026, month, day });
}

/* A past of DAYS days from Monday 3 August, hourly: weekdays 240, weekends 120, twice as
 * much from 9 to 12 as in other hours; SLOPE more a day; holidays three times as much. */
static struct forecast *
past(int64_t days, double slope, bool holidays)
{
	struct forecast *f = forecast_new(shanghai, holidays ? office : NULL);
	int64_t first = day_of(8, 3), d, h;
	struct err e;

	for (d = first; d < first + days; d++)
		for (h = 0; h < 24; h++) {
			double v = (tm_weekday(d) < 5 ? 240 : 120) * (1 + slope * (double)(d - first)) *
			    (h >= 9 && h < 12 ? 2 : 1) / 27;

			v *= holidays && d >= day_of(10, 1) && d <= day_of(10, 7) ? 3 : 1;
			assert_int_equal(forecast_add(f, "phone", zone_day_start(shanghai, d) +
			    h * TM_HOUR_MS, 3600, v, 200, &e), 0);
		}
	return f;
}

struct sum {
	double arrivals, morning, work_s;
	int64_t n, first;
};

static void
add(void *ctx, int64_t at, double arrivals, double aht_s)
{
	struct sum *s = ctx;

	s->first = s->n++ == 0 ? at : s->first;
	s->arrivals += arrivals;
	s->morning += zone_local(shanghai, at) % TM_DAY_MS / TM_HOUR_MS == 9 ? arrivals : 0;
	s->work_s += arrivals * aht_s;
}

static struct sum
of_day(const struct forecast *f, int64_t end, int64_t day)
{
	struct sum s = { 0 };

	forecast_make(f, 0, end, day, day + 1, add, &s);
	assert_int_equal(s.n, 24);
	assert_int_equal(s.first, zone_day_start(shanghai, day));
	return s;
}

static void
near(const char *what, double got, double want, double within)
{
	if (!(fabs(got - want) <= within))
		fail_msg("%s: %.9g instead of %.9g", what, got, want);
}

static void
level_weekday_slot(void **state)
{
	struct forecast *f = past(56, 0, false);
	int64_t end = day_of(8, 3) + 56;	/* Monday 28 September */
	struct sum monday = of_day(f, end, end), sunday = of_day(f, end, end + 6);

	(void)state;
	near("Monday", monday.arrivals, 240, 1e-6);
	near("Sunday", sunday.arrivals, 120, 1e-6);
	near("nine o'clock", monday.morning, 240.0 * 2 / 27, 1e-6);
	near("handling time", monday.work_s / monday.arrivals, 200, 1e-9);
	forecast_free(f);
}

static void
trends(void **state)
{
	struct forecast *f = past(56, 0.01, false);
	int64_t end = day_of(8, 3) + 56;
	double mean = 240 * 1.55, step = 2.4;

	(void)state;
	near("goes on", of_day(f, end, end).arrivals, 240 * 1.56, mean * 0.02);
	/* A month on it has slowed to 0.95 / 0.05 steps in all. */
	near("slows", of_day(f, end, end + 28).arrivals, mean + 15.2 * step, mean * 0.03);
	forecast_free(f);
}

/* 1 to 7 October are closed by the calendar, 10 October, a Saturday, is open. */
static void
holidays(void **state)
{
	struct forecast *f = past(63, 0, true);		/* to Sunday 4 October */
	int64_t end = day_of(10, 5);

	(void)state;
	/* Four days of 3 and one of 1: 2.6 times a Monday. */
	near("holiday Monday", of_day(f, end, end).arrivals, 240 * 2.6, 240 * 0.05);
	near("Thursday after", of_day(f, end, day_of(10, 8)).arrivals, 240, 240 * 0.05);
	near("made-up Saturday", of_day(f, end, day_of(10, 10)).arrivals, 240, 240 * 0.05);
	near("Sunday", of_day(f, end, day_of(10, 11)).arrivals, 120, 120 * 0.05);
	forecast_free(f);
}

static void
tested_on_the_past(void **state)
{
	struct forecast *f = past(56, 0, false), *brief = past(41, 0, false);
	struct forecast_error e = forecast_test(f, 0, day_of(12, 1));

	(void)state;
	assert_int_equal(e.days, FORECAST_TEST_DAYS);
	near("wape", e.wape, 0, 1e-9);
	near("by day", e.wape_day, 0, 1e-9);
	near("repeated", e.naive, 0, 1e-9);
	assert_int_equal(forecast_test(brief, 0, day_of(12, 1)).days, 0);
	assert_int_equal(forecast_days(brief, 0, day_of(8, 10)), 7);
	forecast_free(brief);
	forecast_free(f);
}

static void
what_cannot_be(void **state)
{
	struct forecast *f = forecast_new(shanghai, NULL);
	struct err e;

	(void)state;
	assert_int_equal(forecast_add(f, "a", 0, 7000, 1, 1, &e), -1);
	assert_int_equal(e.code, ERR_DATA);
	assert_int_equal(forecast_add(f, "a", 0, 1800, 1, 1, &e), 0);
	assert_int_equal(forecast_add(f, "a", 0, 3600, 1, 1, &e), -1);
	assert_string_equal(e.msg, "\"interval_s\" differs from the 1800 before of \"a\"");
	assert_int_equal(forecast_add(f, "b", 0, 3600, 1, 1, &e), 0);
	assert_int_equal(forecast_add(f, "a", TM_DAY_MS * 20000, 1800, 1, 1, &e), -1);
	assert_int_equal(forecast_add(f, "a", -TM_DAY_MS * 9, 1800, 1, 1, &e), 0);
	assert_int_equal(forecast_days(f, 0, 100), 10);
	forecast_free(f);
}

static int
begin(void **state)
{
	char text[] = "zone = Asia/Shanghai\n[week]\nmon-fri = 09:00-18:00\n[dates]\n"
	    "2026-10-01..2026-10-07 = closed\n2026-10-10 = work\n";
	struct err e;

	(void)state;
	shanghai = zone_get("Asia/Shanghai", &e);
	office = cal_parse("office", text, &e);
	if (office == NULL)
		fail_msg("%s", e.msg);
	return shanghai == NULL || office == NULL;
}

static int
end(void **state)
{
	(void)state;
	cal_free(office);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(level_weekday_slot), cmocka_unit_test(trends),
		cmocka_unit_test(holidays), cmocka_unit_test(tested_on_the_past),
		cmocka_unit_test(what_cannot_be),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
