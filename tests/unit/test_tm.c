/* test_tm - reading and writing instants, dates and lengths of time */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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

/* Read in Asia/Shanghai, written in UTC. */
static const struct {
	const char *in, *out;
} good[] = {
	{ "2026-10-01T09:00:00.123+08:00", "2026-10-01T01:00:00.123+00:00" },
	{ "2026-10-01T09:00:00Z", "2026-10-01T09:00:00+00:00" },
	{ "2026-10-01t09:00:00z", "2026-10-01T09:00:00+00:00" },
	{ "2026-10-01T09:00:00-03:30", "2026-10-01T12:30:00+00:00" },
	{ "2026-10-01 09:00:00 +0800", "2026-10-01T01:00:00+00:00" },
	{ "2026-10-01 09:00:00 UTC", "2026-10-01T09:00:00+00:00" },
	{ "2026-10-01 09:00:00+08", "2026-10-01T01:00:00+00:00" },
	{ "2026-10-01T09:00:00.1234567Z", "2026-10-01T09:00:00.123+00:00" },
	{ "2026-10-01 09:00:05,5", "2026-10-01T01:00:05.500+00:00" },
	{ "2026-10-01 09:00", "2026-10-01T01:00:00+00:00" },
	{ "2026-10-01 09:00:05", "2026-10-01T01:00:05+00:00" },
	{ "2026-10-01 09:00:05.000", "2026-10-01T01:00:05+00:00" },
	{ "2026/10/1 9:00", "2026-10-01T01:00:00+00:00" },
	{ "2026.10.1 9:00", "2026-10-01T01:00:00+00:00" },
	{ "2026年10月1日 9:00", "2026-10-01T01:00:00+00:00" },
	{ "2026年10月1日 9:00:05", "2026-10-01T01:00:05+00:00" },
	{ "2026年10月1日9时5分6秒", "2026-10-01T01:05:06+00:00" },
	{ "2026年10月1日9点5分", "2026-10-01T01:05:00+00:00" },
	{ "2026年10月1号9时", "2026-10-01T01:00:00+00:00" },
	{ "2026年10月1日", "2026-09-30T16:00:00+00:00" },
	{ "2026-10-01", "2026-09-30T16:00:00+00:00" },
	{ "  2026-10-01\t", "2026-09-30T16:00:00+00:00" },
	{ "1790816400", "2026-10-01T01:00:00+00:00" },
	{ "1790816400123", "2026-10-01T01:00:00.123+00:00" },
	{ "1790816400.123456", "2026-10-01T01:00:00.123+00:00" },
	{ "Thu Oct 01 09:00:00 +0800 2026", "2026-10-01T01:00:00+00:00" },
	{ "Thu Oct  1 09:00:00 2026", "2026-10-01T01:00:00+00:00" },
	{ "Oct 1 09:00:00 2026", "2026-10-01T01:00:00+00:00" },
	{ "Thu, 1 Oct 2026 09:00:00 +0800", "2026-10-01T01:00:00+00:00" },
	{ "1 Oct 2026 09:00 GMT", "2026-10-01T09:00:00+00:00" },
	{ "2026-12-31T23:59:60Z", "2027-01-01T00:00:00+00:00" },
	{ "2024-02-29", "2024-02-28T16:00:00+00:00" },
	{ "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999+00:00" },
	{ "0001-06-01T00:00:00Z", "0001-06-01T00:00:00+00:00" },
	{ "9999-12-30T00:00:00Z", "9999-12-30T00:00:00+00:00" },
};

static void
reads_what_exports_hold(void **state)
{
	char out[TM_SIZE];
	struct err e;
	int64_t at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (tm_parse(good[i].in, strlen(good[i].in), zone("Asia/Shanghai"), &at, &e) < 0)
			fail_msg("%s", e.msg);
		tm_format(at, NULL, out);
		if (strcmp(out, good[i].out) != 0)
			fail_msg("%s: %s, not %s", good[i].in, out, good[i].out);
	}
}

static const char *const bad[] = {
	"", "   ", "soon", "2026-02-29", "2026-02-30 10:00", "2026-13-01", "2026-00-10",
	"2026-10-00", "2026-04-31", "0000-01-01", "2026-10-01T24:00:00", "2026-10-01 9:60",
	"2026-10-01 09:00:61", "2026-10-01T09:00:00+24:00", "2026-10-01T09:00:00+08:60",
	"2026-10-01T09:00:00+8", "2026-10-01T09:00:00 CST", "2026-10/01", "26-10-01",
	"2026-10-01x", "2026-10-01 09:00:00 x", "2026-10-0109:00", "10/1/2026", "179081640",
	"17908164001", "1.79082E+09", "2026年10月", "2026-10-01 09:00:05.", "2026-10-01 9:5",
	"2026年10月1日9时5分6", "-1790816400", "1790816400.", "Thu Oct 32 09:00:00 +0800 2026",
	"Thu Oct 01 2026", "Thu Oct 01 09:00:00", "Thu, 1 Okt 2026 09:00:00", "Thu", "Oct 1 9:00 x026",
};

static void
refuses_days_and_times_that_do_not_exist(void **state)
{
	struct err e;
	int64_t at;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (tm_parse(bad[i], strlen(bad[i]), NULL, &at, &e) == 0)
			fail_msg("\"%s\" was taken", bad[i]);
		assert_int_equal(e.code, ERR_DATA);
	}
}

static void
stops_at_the_given_length(void **state)
{
	struct err e;
	int64_t at;

	(void)state;
	assert_int_equal(tm_parse("2026-10-01T09:00:00Z9", 20, NULL, &at, &e), 0);
	assert_int_equal(at, INT64_C(1790845200000));
}

static void
quotes_whole_characters_only(void **state)
{
	static const char text[] = "x明天上午请给我回电话谢谢您辛苦了再见";
	struct err e;
	int64_t at;

	(void)state;
	assert_int_equal(tm_parse(text, strlen(text), NULL, &at, &e), -1);
	assert_string_equal(e.msg, "\"x明天上午请给我回电话谢谢您\" is not a time");
}

static const struct {
	int64_t at;
	const char *zone, *out;
} formats[] = {
	{ 1790816400000, "Asia/Shanghai", "2026-10-01T09:00:00+08:00" },
	{ 1790816400123, "Asia/Shanghai", "2026-10-01T09:00:00.123+08:00" },
	{ 1790816400007, "America/St_Johns", "2026-09-30T22:30:00.007-02:30" },
	{ -1, "UTC", "1969-12-31T23:59:59.999+00:00" },
	{ 0, "Asia/Kathmandu", "1970-01-01T05:30:00+05:30" },
	/* local mean time has seconds, RFC 3339 offsets have not: the instant stays */
	{ INT64_C(-2500000000000), "Asia/Shanghai", "1890-10-12T03:38:20+08:05" },
	{ INT64_MAX, "UTC", "9999-12-31T00:00:00+00:00" },
	{ INT64_MIN, "UTC", "0001-01-02T00:00:00+00:00" },
};

static void
writes_rfc_3339_in_the_zone(void **state)
{
	char out[TM_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		assert_string_equal(tm_format(formats[i].at, zone(formats[i].zone), out),
		    formats[i].out);
}

static void
what_is_written_is_read_back(void **state)
{
	static const char *const names[] = { "UTC", "Europe/Berlin", "Asia/Shanghai",
		"Australia/Lord_Howe", "America/New_York" };
	char out[TM_SIZE];
	struct err e;
	int64_t at, back, step = INT64_C(86400000) * 9 + 12345679;
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++)
		for (at = INT64_C(-3000000000000); at < INT64_C(5000000000000); at += step) {
			tm_format(at, zone(names[i]), out);
			assert_int_equal(tm_parse(out, strlen(out), NULL, &back, &e), 0);
			assert_int_equal(back, at);
		}
}

static void
days_and_dates_agree_for_ten_thousand_years(void **state)
{
	struct tm_date d, before = { 0, 12, 31 };
	int64_t day;

	(void)state;
	assert_int_equal(tm_days((struct tm_date){ 1970, 1, 1 }), 0);
	assert_int_equal(tm_days((struct tm_date){ 2000, 2, 29 }), 11016);
	for (day = tm_days((struct tm_date){ 1, 1, 1 }); day < 2932896; day++) {
		d = tm_date(day);
		assert_int_equal(tm_days(d), day);
		assert_true(d.day == before.day + 1 || d.day == 1);
		before = d;
	}
	assert_int_equal(before.year, 9999);
	assert_int_equal(tm_weekday(0), 3);			/* Thursday */
	assert_int_equal(tm_weekday(-4), 6);			/* Sunday */
	assert_int_equal(tm_weekday(tm_days((struct tm_date){ 2026, 2, 14 })), 5);
}

static const struct {
	const char *in;
	int64_t ms;
	const char *out;
} spans[] = {
	{ "90s", 90000, "1m30s" }, { "5m", 300000, "5m" }, { "1h30m", 5400000, "1h30m" },
	{ "1h 30m", 5400000, "1h30m" }, { "2d", 172800000, "2d" }, { "1w", 604800000, "7d" },
	{ "250ms", 250, "250ms" }, { "0s", 0, "0s" }, { "1d1ms", 86400001, "1d1ms" },
};

static void
lengths_of_time_have_units(void **state)
{
	static const char *const none[] = { "", "5", "m", "5x", "-5m", "1h30", "99999999w",
		"1.5h" };
	char out[TM_SIZE];
	struct err e;
	int64_t ms;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		if (tm_parse_span(spans[i].in, &ms, &e) < 0)
			fail_msg("%s", e.msg);
		assert_int_equal(ms, spans[i].ms);
		assert_string_equal(tm_format_span(ms, out), spans[i].out);
	}
	assert_string_equal(tm_format_span(-300000, out), "-5m");
	assert_non_null(tm_format_span(INT64_MIN, out));
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (tm_parse_span(none[i], &ms, &e) == 0)
			fail_msg("\"%s\" was taken", none[i]);
}

static void
now_is_what_it_is_set_to(void **state)
{
	struct err e;

	(void)state;
	setenv("CSR_NOW", "yesterday", 1);
	assert_int_equal(tm_now_init(NULL, &e), -1);
	assert_int_equal(e.code, ERR_CONFIG);
	assert_string_equal(e.msg, "$CSR_NOW: \"yesterday\" is not a time");
	assert_int_equal(tm_now_init("later", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_true(tm_now() > INT64_C(1700000000000));
	setenv("CSR_NOW", "2026-10-01T09:00:00+08:00", 1);
	assert_int_equal(tm_now_init(NULL, &e), 0);
	assert_int_equal(tm_now(), INT64_C(1790816400000));
	assert_int_equal(tm_now_init("2026-10-01T09:00:01+08:00", &e), 0);
	assert_int_equal(tm_now(), INT64_C(1790816401000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_exports_hold),
		cmocka_unit_test(refuses_days_and_times_that_do_not_exist),
		cmocka_unit_test(stops_at_the_given_length),
		cmocka_unit_test(quotes_whole_characters_only),
		cmocka_unit_test(writes_rfc_3339_in_the_zone),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(days_and_dates_agree_for_ten_thousand_years),
		cmocka_unit_test(lengths_of_time_have_units),
		cmocka_unit_test(now_is_what_it_is_set_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
