/* test_csvfigure - columns that are figures, lines that name a time, spans */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "intake/csv_figure.h"
#include "intake/csv_period.h"
#include "time/tm.h"

static struct aliases aliases;

static int
set_up(void **state)
{
	struct err e;

	(void)state;
	return aliases_load(&aliases, &e);
}

static int
tear_down(void **state)
{
	(void)state;
	aliases_release(&aliases);
	return 0;
}

static void
columns_are_known_by_name_and_ending(void **state)
{
	static const struct {
		enum csv_kind kind;
		const char *column, *name;
		int64_t unit_ms;
	} cases[] = {
		{ CSV_MESSAGE, "First reply time in minutes", "first_response_ms", 60000 },
		{ CSV_MESSAGE, "First reply time (in minutes)", "first_response_ms", 60000 },
		{ CSV_MESSAGE, "First reply time (min)", "first_response_ms", 60000 },
		{ CSV_MESSAGE, "First reply time in minutes within business hours",
		  "first_response_work_ms", 60000 },
		{ CSV_MESSAGE, "first_reply_time_(min)_within_business_hours",
		  "first_response_work_ms", 60000 },
		{ CSV_MESSAGE, "First resolution time in minutes", "first_resolution_ms", 60000 },
		{ CSV_MESSAGE, "Full resolution time (in hours)", "resolution_ms", 3600000 },
		{ CSV_MESSAGE, "Resolution time", "resolution_ms", 3600000 },
		{ CSV_MESSAGE, "Resolution time (in hrs)", "resolution_ms", 3600000 },
		{ CSV_MESSAGE, "Resolution time in minutes", "resolution_ms", 60000 },
		{ CSV_MESSAGE, "Time tracked", "time_tracked_ms", 3600000 },
		{ CSV_MESSAGE, "Requester wait time in seconds", "requester_wait_ms", 1000 },
		{ CSV_MESSAGE, "On hold time", "on_hold_ms", 0 },
		{ CSV_MESSAGE, "首次响应时长（分钟）", "first_response_ms", 60000 },
		{ CSV_MESSAGE, "解决时长(小时)(工作时间)", "resolution_work_ms", 3600000 },
		{ CSV_MESSAGE, "in minutes", NULL, 0 },
		{ CSV_MESSAGE, "Subject", NULL, 0 },
		{ CSV_MESSAGE, "Conversations", NULL, 0 },
		{ CSV_METRIC, "Assigned conversations", "conversations", 0 },
		{ CSV_METRIC, "Avg first response time", "first_response_mean_ms", 0 },
		{ CSV_METRIC, "Avg resolution time (Minutes)", "resolution_mean_ms", 60000 },
		{ CSV_METRIC, "平均首次响应时间", "first_response_mean_ms", 0 },
		{ CSV_ORDER, "First reply time in minutes", NULL, 0 },
	};
	struct arena mem = ARENA_INIT;
	size_t i, rank;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct csv_figure f = csv_figure_find(&aliases, cases[i].kind, cases[i].column,
		    strlen(cases[i].column), &rank, &mem);

		if (cases[i].name == NULL ? f.name != NULL : f.name == NULL ||
		    strcmp(f.name, cases[i].name) != 0 || f.unit_ms != cases[i].unit_ms)
			fail_msg("%s: %s %lld", cases[i].column, f.name != NULL ? f.name : "none",
			    (long long)f.unit_ms);
	}
	arena_release(&mem);
}

static void
cells_say_how_long_or_how_many(void **state)
{
	static const struct {
		const char *name;
		int64_t unit_ms;
		const char *cell;
		int got;
		int64_t value;
	} cases[] = {
		{ "a_ms", 60000, "4", 1, 240000 }, { "a_ms", 60000, "12.5", 1, 750000 },
		{ "a_ms", 3600000, "00:45:00", 1, 2700000 },
		{ "a_ms", 3600000, "54:30:00", 1, 196200000 },
		{ "a_ms", 3600000, "1:30", 1, 5400000 }, { "a_ms", 60000, "1:30", 1, 90000 },
		{ "a_ms", 60000, "01:30 hrs", 1, 5400000 }, { "a_ms", 0, "1:30 parsecs", -1, 0 },
		{ "a_ms", 0, "2 hours 5 minutes", 1, 7500000 },
		{ "a_ms", 0, "1 day, 2 hrs", 1, 93600000 }, { "a_ms", 0, "1 天 2 小时", 1, 93600000 },
		{ "a_ms", 0, "3 Stunden 1 Minute", 1, 10860000 },
		{ "a_ms", 0, "1 día 2 horas", 1, 93600000 }, { "a_ms", 0, "1h30m", 1, 5400000 },
		{ "a_ms", 0, "12", 0, 0 }, { "a_ms", 0, "12.5", 0, 0 }, { "a_ms", 0, "--", 0, 0 },
		{ "a_ms", 60000, "-4", -1, 0 }, { "a_ms", 60000, "soon", -1, 0 },
		{ "a_ms", 60000, "1e30", -1, 0 }, { "a_ms", 60000, "1:2:3:4", -1, 0 },
		{ "n", 0, "120", 1, 120 }, { "n", 0, "1,234", 1, 1234 }, { "n", 0, "-", 0, 0 },
		{ "n", 0, "12.5", -1, 0 }, { "n", 0, "99999999999999999999", -1, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct csv_figure f = { cases[i].name, cases[i].unit_ms };
		struct csv_cell c = { cases[i].cell, strlen(cases[i].cell) };
		int64_t value = 0;
		struct err e;
		int got = csv_figure_read(&f, c, &value, &e);

		if (got != cases[i].got || (got > 0 && value != cases[i].value))
			fail_msg("%s %s: %d %lld", cases[i].name, cases[i].cell, got,
			    (long long)value);
	}
}

static void
a_line_names_two_days_in_any_language(void **state)
{
	static const struct { const char *line; const char *from, *to; } cases[] = {
		{ "Reporting period 2026-09-01 to 2026-09-30", "2026-09-01", "2026-10-01" },
		{ "报告周期 2026-09-01 至 2026-09-30", "2026-09-01", "2026-10-01" },
		{ "统计时间：2026年9月1日-2026年9月30日", "2026-09-01", "2026-10-01" },
		{ "\"보고 기간 2026/9/1 - 2026/9/1\"", "2026-09-01", "2026-09-02" },
		{ "17 rows, 2026.09.01..2026.09.30, 4 columns", "2026-09-01", "2026-10-01" },
		{ "2026-09-01", NULL, NULL }, { "2026-09-30 2026-09-01", NULL, NULL },
		{ "2026-02-30 2026-09-01", NULL, NULL }, { "12026-09-01 2026-09-30", NULL, NULL },
		{ "", NULL, NULL }, { "2026-", NULL, NULL }, { "2026-09-01 2026-09", NULL, NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t from = 0, to = 0, day;
		struct err e;
		bool found = csv_period_find(cases[i].line, strlen(cases[i].line), zone_utc(),
		    &from, &to);

		if (found != (cases[i].from != NULL))
			fail_msg("%s", cases[i].line);
		if (!found)
			continue;
		tm_parse_date(cases[i].from, &day, &e);
		assert_int_equal(from, day * TM_DAY_MS);
		tm_parse_date(cases[i].to, &day, &e);
		assert_int_equal(to, day * TM_DAY_MS);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_known_by_name_and_ending),
		cmocka_unit_test(cells_say_how_long_or_how_many),
		cmocka_unit_test(a_line_names_two_days_in_any_language),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
