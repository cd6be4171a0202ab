/* test_zone - zones: names, offsets, local times that are missing or there twice */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/opt.h"
#include "time/tm.h"

static const struct zone *
zone(const char *name)
{
	struct err e;
	const struct zone *z = zone_get(name, &e);

	if (z == NULL)
		fail_msg("%s", e.msg);
	return z;
}

static int64_t
at(const char *s)
{
	struct err e;
	int64_t v;

	if (tm_parse(s, strlen(s), NULL, &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

static void
an_unknown_zone_is_an_error_and_never_utc(void **state)
{
	static const char *const none[] = { "Asia/Shangai", "", "/etc/passwd", "../../etc/passwd",
		"Asia/../Asia/Shanghai", "Asia", "zone.tab", "CST-8" };
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		if (zone_get(none[i], &e) != NULL)
			fail_msg("\"%s\" was taken", none[i]);
		assert_int_equal(e.code, ERR_CONFIG);
	}
}

static void
the_default_is_tz_option_then_environment(void **state)
{
	struct err e;

	(void)state;
	setenv("TZ", ":America/New_York", 1);
	unsetenv("CSR_TZ");
	assert_string_equal(zone_name(zone_default(&e)), "America/New_York");
	setenv("CSR_TZ", "Europe/Berlin", 1);
	assert_string_equal(zone_name(zone_default(&e)), "Europe/Berlin");
	common.tz = "Asia/Shanghai";
	assert_string_equal(zone_name(zone_default(&e)), "Asia/Shanghai");
	common.tz = "Asia/Nowhere";
	assert_null(zone_default(&e));
	common.tz = NULL;
	unsetenv("CSR_TZ");
	setenv("TZ", "", 1);
	assert_ptr_equal(zone_default(&e), zone_utc());
	unsetenv("TZ");
	assert_non_null(zone_default(&e));
}

/* Every 11 hours over 80 years, three zones in turn, against libc itself. */
static void
offsets_are_those_of_libc(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "Australia/Lord_Howe",
		"Africa/Casablanca", "Asia/Shanghai", "America/New_York", "Pacific/Apia" };
	const int64_t first = INT64_C(-1000000000), last = INT64_C(2600000000);
	size_t n = (size_t)((last - first) / 39600) + 1, i, k;
	int32_t *seen = calloc(n * 6, sizeof(*seen));
	struct tm tm;

	(void)state;
	for (i = 0; i < n; i++)
		for (k = 0; k < 6; k++)
			seen[k * n + i] = zone_offset_s(zone(names[k]),
			    (first + (int64_t)i * 39600) * 1000);
	for (k = 0; k < 6; k++) {
		setenv("TZ", names[k], 1);
		tzset();
		for (i = 0; i < n; i++) {
			time_t t = first + (time_t)i * 39600;

			localtime_r(&t, &tm);
			if (tm.tm_gmtoff != seen[k * n + i])
				fail_msg("%s at %lld: %d, not %ld", names[k], (long long)t,
				    seen[k * n + i], tm.tm_gmtoff);
		}
	}
	free(seen);
}

static void
asking_leaves_tz_as_it_was(void **state)
{
	(void)state;
	setenv("TZ", "Asia/Tokyo", 1);
	zone_offset_s(zone("Europe/Paris"), 0);
	assert_string_equal(getenv("TZ"), "Asia/Tokyo");
	unsetenv("TZ");
	zone_offset_s(zone("Europe/Paris"), INT64_C(900000000000));
	assert_null(getenv("TZ"));
}

/* What the wall clock shows, and the instants meant: read as written, and first. */
static const struct {
	const char *zone, *local, *read, *first;
} walls[] = {
	{ "Asia/Shanghai", "2026-10-01T09:00:00Z", "2026-10-01T01:00:00Z", "2026-10-01T01:00:00Z" },
	{ "Europe/Berlin", "2026-03-29T01:59:00Z", "2026-03-29T00:59:00Z", "2026-03-29T00:59:00Z" },
	{ "Europe/Berlin", "2026-03-29T02:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T01:00:00Z" },
	{ "Europe/Berlin", "2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z" },
	{ "Europe/Berlin", "2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z" },
	{ "Europe/Berlin", "2026-10-25T03:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z" },
	{ "America/New_York", "2026-03-08T02:30:00Z", "2026-03-08T07:30:00Z", "2026-03-08T07:00:00Z" },
	{ "America/New_York", "2026-11-01T01:30:00Z", "2026-11-01T05:30:00Z", "2026-11-01T05:30:00Z" },
	/* half an hour only */
	{ "Australia/Lord_Howe", "2026-10-04T02:15:00Z", "2026-10-03T15:45:00Z", "2026-10-03T15:30:00Z" },
	{ "Australia/Lord_Howe", "2026-04-05T01:45:00Z", "2026-04-04T14:45:00Z", "2026-04-04T14:45:00Z" },
	/* a day that never was */
	{ "Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T22:00:00Z", "2011-12-30T10:00:00Z" },
	/* set back at midnight */
	{ "America/Havana", "2026-11-01T00:30:00Z", "2026-11-01T04:30:00Z", "2026-11-01T04:30:00Z" },
};

static void
missing_and_double_times_have_one_meaning(void **state)
{
	char got[TM_SIZE], want[TM_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(walls) / sizeof(walls[0]); i++) {
		const struct zone *z = zone(walls[i].zone);
		int64_t local = at(walls[i].local);

		tm_format(zone_to_utc(z, local), NULL, got);
		tm_format(at(walls[i].read), NULL, want);
		assert_string_equal(got, want);
		tm_format(zone_first_at(z, local), NULL, got);
		tm_format(at(walls[i].first), NULL, want);
		assert_string_equal(got, want);
	}
}

static void
every_instant_lies_in_its_local_day(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/Havana",
		"America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo" };
	int64_t t, day, before;
	size_t i;

	(void)state;
	for (i = 0; i < 6; i++) {
		const struct zone *z = zone(names[i]);

		before = INT64_MIN;
		/* 1999 to 2012: St. John's then set its clocks at 00:01 */
		for (t = INT64_C(915000000000); t < INT64_C(1326000000000); t += 1500000) {
			day = zone_day(z, t);
			assert_true(zone_day_start(z, day) <= t);
			assert_true(t < zone_day_start(z, day + 1));
			assert_true(day >= before);
			before = day;
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unknown_zone_is_an_error_and_never_utc),
		cmocka_unit_test(the_default_is_tz_option_then_environment),
		cmocka_unit_test(offsets_are_those_of_libc),
		cmocka_unit_test(asking_leaves_tz_as_it_was),
		cmocka_unit_test(missing_and_double_times_have_one_meaning),
		cmocka_unit_test(every_instant_lies_in_its_local_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
