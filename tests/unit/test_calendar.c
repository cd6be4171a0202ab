/* test_calendar - working time: the vectors of formats.md part 3, holidays, DST */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/opt.h"
#include "time/calendar.h"
#include "time/tm.h"

static struct cal *
cal(const char *text)
{
	char *copy = xstrdup(text);
	struct err e;
	struct cal *c = cal_parse("test.cal", copy, &e);

	free(copy);
	if (c == NULL)
		fail_msg("%s", e.msg);
	return c;
}

/* A time in the calendar's zone unless it names another. */
static int64_t
at(const struct cal *c, const char *s)
{
	struct err e;
	int64_t v;

	if (tm_parse(s, strlen(s), c ? cal_zone(c) : NULL, &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

#define OFFICE "zone = Asia/Shanghai\n[week]\n"

/* Vectors 2 to 5, and what happens around them: FROM plus WORK is DUE. */
static const struct {
	const char *cal, *from, *work, *due;
} adds[] = {
	{ OFFICE "mon-fri = 09:00-17:00", "2026-11-20 16:30", "1h", "2026-11-23 09:30" },
	{ OFFICE "mon-fri = 08:00-18:00", "2026-11-20 17:00", "4h", "2026-11-23 11:00" },
	{ OFFICE "mon-fri = 09:00-18:00\n[dates]\n2026-02-14 = work", "2026-02-13 17:30", "1h",
	    "2026-02-14 09:30" },
	{ OFFICE "daily = 09:00-12:00 13:30-18:00", "2026-11-20 11:45", "1h", "2026-11-20 14:15" },
	{ OFFICE "daily = 21:00-02:00", "2026-11-20 23:30", "3h", "2026-11-21 21:30" },
	/* a due time is the end of a span, not the beginning of the next */
	{ OFFICE "mon-fri = 09:00-17:00", "2026-11-20 16:00", "1h", "2026-11-20 17:00" },
	{ OFFICE "mon-fri = 09:00-17:00", "2026-11-20 17:00", "1ms", "2026-11-23 09:00:00.001" },
	{ OFFICE "mon-fri = 09:00-17:00", "2026-11-21 03:00", "0s", "2026-11-21 03:00" },
	/* make-up day with another day's hours, a day with its own, a holiday week */
	{ OFFICE "mon-thu = 09:00-18:00\nfri = 09:00-15:00\n[dates]\n2026-02-14 = work as fri",
	    "2026-02-14 14:00", "2h", "2026-02-16 10:00" },
	{ OFFICE "mon-fri = 09:00-18:00\n[dates]\n2026-12-31 = 10:00-12:00\n2027-01-01 = off",
	    "2026-12-30 17:00", "4h", "2027-01-04 10:00" },
	{ OFFICE "mon-fri = 09:00-18:00\n[dates]\n2026-10-01..2026-10-07 = off",
	    "2026-09-30 17:59", "2m", "2026-10-08 09:01" },
	/* a holiday takes the night that begins on it, not the one that ends on it */
	{ OFFICE "daily = 21:00-02:00\n[dates]\n2026-11-21 = off", "2026-11-20 23:00", "4h",
	    "2026-11-22 22:00" },
	/* spans that overlap count once: a night shift into an early one */
	{ OFFICE "daily = 20:00-06:00 05:00-09:00", "2026-11-20 20:00", "13h", "2026-11-21 09:00" },
	{ OFFICE "sat-mon = 10:00-11:00", "2026-11-20 12:00", "3h", "2026-11-23 11:00" },
	{ "zone = UTC\n[week]\ndaily = 24x7", "2026-11-20 23:59:59", "30d", "2026-12-20 23:59:59" },
	/* ten years of Mondays */
	{ OFFICE "mon = 09:00-10:00", "2026-11-23 09:00", "521h", "2036-11-10 10:00" },
	/* three hours on the shortest, two on the longest day of the year */
	{ "zone = Europe/Berlin\n[week]\ndaily = 01:00-05:00", "2026-03-29 01:00", "3h",
	    "2026-03-29 05:00" },
	{ "zone = Europe/Berlin\n[week]\ndaily = 01:00-05:00", "2026-10-25 01:00", "5h",
	    "2026-10-25 05:00" },
};

static void
due_times_are_those_of_the_vectors(void **state)
{
	char got[TM_SIZE], want[TM_SIZE];
	struct err e;
	int64_t from, work, due;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(adds) / sizeof(adds[0]); i++) {
		struct cal *c = cal(adds[i].cal);

		from = at(c, adds[i].from);
		assert_int_equal(tm_parse_span(adds[i].work, &work, &e), 0);
		due = cal_add(c, from, work);
		tm_format(due, cal_zone(c), got);
		tm_format(at(c, adds[i].due), cal_zone(c), want);
		if (strcmp(got, want) != 0)
			fail_msg("%s + %s: %s, not %s", adds[i].from, adds[i].work, got, want);
		assert_int_equal(cal_work_ms(c, from, due), work);
		cal_free(c);
	}
}

/* Vector 1: minutes of a week that begins on Sunday 2026-11-15 00:00 UTC. */
static int64_t
week_minute(double m)
{
	return at(NULL, "2026-11-15") + (int64_t)(m * 60000 + 0.5);
}

static void
calendars_count_while_in_force_or_the_last_as_zendesk_does(void **state)
{
	struct cal *l1 = cal("zone = UTC\n[week]\ntue-wed = 12:00-02:00");
	struct cal *l2 = cal("zone = UTC\n[week]\ntue = 15:00-00:30\nwed = 15:00-00:30");
	const struct cal_use uses[] = {
		{ l1, INT64_MIN, week_minute(5461.25) },
		{ l2, week_minute(5461.25), CAL_NEVER },
	};
	int64_t from = week_minute(3902), to = week_minute(5461.46);

	(void)state;
	assert_int_equal(cal_work_in_force(uses, 2, from, to), (int64_t)(959.46 * 60000 + 0.5));
	assert_int_equal(cal_work_by_last(uses, 2, from, to), (int64_t)(689.46 * 60000 + 0.5));
	assert_int_equal(cal_work_by_last(uses, 1, from, to), cal_work_ms(l1, from, to));
	assert_int_equal(cal_work_by_last(uses, 0, from, to), 0);
	cal_free(l1);
	cal_free(l2);
}

/* Hours open on the days around a change of the clock. */
static const struct {
	const char *zone, *day;
	double all_day, night;		/* 24x7; 22:00-06:00 begun the evening before */
} changes[] = {
	{ "Europe/Berlin", "2026-03-28", 24, 8 },
	{ "Europe/Berlin", "2026-03-29", 23, 7 },
	{ "Europe/Berlin", "2026-10-25", 25, 9 },
	{ "America/New_York", "2026-03-08", 23, 7 },
	{ "America/New_York", "2026-11-01", 25, 9 },
	{ "Australia/Lord_Howe", "2026-10-04", 23.5, 7.5 },
	{ "Australia/Lord_Howe", "2026-04-05", 24.5, 8.5 },
	{ "Pacific/Apia", "2011-12-30", 0, 2 },		/* its night began on the 29th */
	{ "America/Havana", "2024-11-03", 25, 9 },
};

static void
clock_changes_lengthen_and_shorten_days(void **state)
{
	char text[128];
	int64_t day, start, noon;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		struct cal *all, *night;

		snprintf(text, sizeof(text), "zone = %s\n[week]\ndaily = 24x7", changes[i].zone);
		all = cal(text);
		snprintf(text, sizeof(text), "zone = %s\n[week]\ndaily = 22:00-06:00",
		    changes[i].zone);
		night = cal(text);
		assert_int_equal(tm_parse_date(changes[i].day, &day, &e), 0);
		start = zone_day_start(cal_zone(all), day);
		assert_int_equal(cal_work_ms(all, start, zone_day_start(cal_zone(all), day + 1)),
		    (int64_t)(changes[i].all_day * 3600000));
		noon = zone_first_at(cal_zone(night), day * TM_DAY_MS + 12 * TM_HOUR_MS);
		assert_int_equal(cal_work_ms(night, zone_first_at(cal_zone(night),
		    day * TM_DAY_MS - 12 * TM_HOUR_MS), noon),
		    (int64_t)(changes[i].night * 3600000));
		cal_free(all);
		cal_free(night);
	}
}

/* The fast sums against counting minute by minute, over a change of the clock. */
static void
sums_agree_with_counting_minutes(void **state)
{
	static const char *const texts[] = {
		"zone = Europe/Berlin\n[week]\nmon-sat = 08:15-11:45 12:30-03:00\n"
		"[dates]\n2026-10-24 = off\n2026-10-25 = 00:30-03:30",
		"zone = Australia/Lord_Howe\n[week]\ndaily = 00:00-02:10 22:00-04:00",
		"zone = America/Havana\n[week]\nsun = 23:00-01:00\nsat = 20:00-00:45\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct cal *c = cal(texts[i]);
		int64_t from = at(NULL, "2026-09-28T10:07:00Z"), t, open = 0;

		for (t = from; t < from + 40 * TM_DAY_MS; t += TM_MINUTE_MS) {
			if (t % 7 == 0)
				assert_int_equal(cal_work_ms(c, from, t), open);
			if (!cal_is_open(c, t))
				continue;
			open += TM_MINUTE_MS;
			if (open % 11 == 0)
				assert_int_equal(cal_add(c, from, open), t + TM_MINUTE_MS);
		}
		assert_true(open > TM_HOUR_MS);
		cal_free(c);
	}
}

static void
the_next_opening_is_found(void **state)
{
	struct cal *c = cal(OFFICE "mon-fri = 09:00-18:00\n[dates]\n2026-10-01..2026-10-07 = off");

	(void)state;
	assert_false(cal_is_open(c, at(c, "2026-10-01 10:00")));
	assert_true(cal_is_open(c, at(c, "2026-10-08 09:00")));
	assert_false(cal_is_open(c, at(c, "2026-10-08 18:00")));
	assert_int_equal(cal_next_open(c, at(c, "2026-09-30 18:00")), at(c, "2026-10-08 09:00"));
	assert_int_equal(cal_next_open(c, at(c, "2026-10-08 10:01")), at(c, "2026-10-08 10:01"));
	cal_free(c);
}

static void
a_calendar_of_dates_only_comes_to_an_end(void **state)
{
	struct cal *c = cal(OFFICE "[dates]\n2026-12-24 = 18:00-22:00\n2026-12-25 = 10:00-12:00");

	(void)state;
	assert_int_equal(cal_add(c, at(c, "2026-11-22"), 5 * TM_HOUR_MS),
	    at(c, "2026-12-25 11:00"));
	assert_int_equal(cal_add(c, at(c, "2026-11-22"), 7 * TM_HOUR_MS), CAL_NEVER);
	assert_int_equal(cal_next_open(c, at(c, "2027-01-01")), CAL_NEVER);
	assert_int_equal(cal_work_ms(c, INT64_MIN, INT64_MAX), 6 * TM_HOUR_MS);
	assert_int_equal(cal_work_ms(c, INT64_MAX, INT64_MIN), 0);
	cal_free(c);
}

static const struct {
	const char *text, *msg;
} faults[] = {
	{ "zone = Asia/Nowhere", "bad.cal:1: unknown time zone \"Asia/Nowhere\"" },
	{ "hours = 9-5", "bad.cal:1: unknown key \"hours\" (zone, include, or a [week] or [dates] "
	    "head is missing)" },
	{ "[month]", "bad.cal:1: unknown section [month]" },
	{ "[week]\nmon = 9-17", "bad.cal:2: hours must look like 09:00-12:00, 21:00-02:00, 24x7 "
	    "or closed" },
	{ "[week]\nmon = 09:00-25:00", "bad.cal:2: hours must look like 09:00-12:00, "
	    "21:00-02:00, 24x7 or closed" },
	{ "[week]\nmon = 09:00-09:00", "bad.cal:2: a span of no length (for a whole day: 24x7)" },
	{ "[week]\nmon =", "bad.cal:2: no hours given (closed says none)" },
	{ "[week]\nmoon = 24x7", "bad.cal:2: \"moon\" is not a day of the week" },
	{ "[dates]\n2026-02-29 = off", "bad.cal:2: \"2026-02-29\" is not a date" },
	{ "[dates]\n2026-02-02..2026-02-01 = off", "bad.cal:2: the last day of a range must "
	    "follow the first, by at most two years" },
	{ "[dates]\n2026-02-14 = work like fri", "bad.cal:2: a working day is \"work\" or, with "
	    "another day's hours, \"work as fri\"" },
	{ "[week]\nmon = closed", "bad.cal: never open" },
	{ "include = ../../etc/passwd", "bad.cal:1: \"../../etc/passwd\" is not a calendar's name" },
};

static void
faults_are_named_with_their_line(void **state)
{
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		char *text = xstrdup(faults[i].text);

		assert_null(cal_parse("bad.cal", text, &e));
		assert_string_equal(e.msg, faults[i].msg);
		assert_int_equal(e.code, ERR_CONFIG);
		free(text);
	}
}

/* The files we ship, with the make-up days and holidays of 2026. */
static void
shipped_calendars_know_2026(void **state)
{
	struct err e;
	const struct cal *c;

	(void)state;
	common.config = "share";
	if ((c = cal_get("cn-office", &e)) == NULL)
		fail_msg("%s", e.msg);
	assert_ptr_equal(cal_get("cn-office", &e), c);
	assert_true(cal_is_open(c, at(c, "2026-02-14 10:00")));
	assert_false(cal_is_open(c, at(c, "2026-02-23 10:00")));
	assert_int_equal(cal_next_open(c, at(c, "2026-09-30 18:00")), at(c, "2026-10-08 09:00"));
	assert_true(cal_is_open(c, at(c, "2026-10-10 10:00")));
	/* 248 working days of 7.5 hours: 365 - 104 weekend days - 19 weekdays off + 6 */
	assert_int_equal(cal_work_ms(c, at(c, "2026-01-01"), at(c, "2027-01-01")),
	    248 * 15 * TM_HOUR_MS / 2);
	assert_non_null(cal_get("24x7", &e));
	assert_non_null(cal_get("cn-desk", &e));
	assert_null(cal_get("nowhere", &e));
	common.config = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(due_times_are_those_of_the_vectors),
		cmocka_unit_test(calendars_count_while_in_force_or_the_last_as_zendesk_does),
		cmocka_unit_test(clock_changes_lengthen_and_shorten_days),
		cmocka_unit_test(sums_agree_with_counting_minutes),
		cmocka_unit_test(the_next_opening_is_found),
		cmocka_unit_test(a_calendar_of_dates_only_comes_to_an_end),
		cmocka_unit_test(faults_are_named_with_their_line),
		cmocka_unit_test(shipped_calendars_know_2026),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
