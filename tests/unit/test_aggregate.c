/* test_aggregate - groups, percentiles, intervals, parts of the day */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/daypart.h"
#include "report/group.h"
#include "time/tm.h"

static void
wilson_gives_the_published_intervals(void **state)
{
	/* formats.md part 3; 0 and all of n by the formula's limits */
	static const struct {
		double hits, n, low, high;
	} cases[] = {
		{ 8, 10, 49.0, 94.3 }, { 150, 250, 53.8, 65.9 },
		{ 0, 10, 0, 27.8 }, { 10, 10, 72.2, 100 },
	};
	double low, high;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		wilson95(cases[i].hits, cases[i].n, &low, &high);
		assert_true(fabs(low - cases[i].low) < 0.05);
		assert_true(fabs(high - cases[i].high) < 0.05);
	}
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Selection against sorting, on orders that are hard for a partition. */
static void
selection_agrees_with_sorting(void **state)
{
	static const char *const shapes[] = { "random", "few values", "rising", "falling",
		"equal", "saw" };
	int64_t v[257], sorted[257], copy[257];
	uint32_t seed = 1;
	size_t shape, n, i, k;

	(void)state;
	for (shape = 0; shape < sizeof(shapes) / sizeof(shapes[0]); shape++)
		for (n = 1; n <= 257; n += n < 8 ? 1 : 83) {
			for (i = 0; i < n; i++) {
				int64_t of[] = { 0, 0, (int64_t)i, -(int64_t)i, 7,
					(int64_t)(i % 5) };

				seed = seed * 1664525 + 1013904223;
				of[0] = (int64_t)seed - 2147483648;
				of[1] = (int64_t)(seed >> 30);
				v[i] = of[shape];
			}
			memcpy(sorted, v, n * sizeof(*v));
			qsort(sorted, n, sizeof(*v), by_value);
			for (k = 0; k < n; k++) {
				memcpy(copy, v, n * sizeof(*v));
				if (nth_value(copy, n, k) != sorted[k])
					fail_msg("%s, %zu of %zu", shapes[shape], k, n);
			}
		}
}

static const struct field fields[] = {
	{ "queue", FIELD_TEXT, 0, "", NULL, 0 }, { "prio", FIELD_INT, 0, "", NULL, 0 },
	{ "wait_ms", FIELD_MS, 0, "", NULL, 0 }, { "met", FIELD_FLAG, 0, "", NULL, 0 },
	{ "score", FIELD_INT, 0, "", NULL, 0 }, { "amount", FIELD_REAL, 2, "", NULL, 0 },
};
enum { N = sizeof(fields) / sizeof(fields[0]) };

static struct measure
measure(const char *fn, size_t field)
{
	struct measure m = { .field = field, .other = field };
	struct err e;

	if (measure_parse(&m, fn, fields[field].type, &e) < 0)
		fail_msg("%s", e.msg);
	return m;
}

/* A row as text, "-" for null. */
static int
note(void *ctx, const struct cell *cells, struct err *e)
{
	struct {
		size_t n;
		struct buf text;
	} *to = ctx;
	size_t i;

	(void)e;
	for (i = 0; i < to->n; i++) {
		if (cells[i].kind == CELL_NULL)
			buf_str(&to->text, "-");
		else if (cells[i].kind == CELL_TEXT)
			buf_str(&to->text, cells[i].u.text);
		else if (cells[i].kind == CELL_REAL)
			buf_fmt(&to->text, "%.1f", cells[i].u.real);
		else
			buf_fmt(&to->text, "%lld", (long long)cells[i].u.n);
		buf_char(&to->text, i + 1 < to->n ? ' ' : '\n');
	}
	return 0;
}

static void
measures_of_a_group_are_exact(void **state)
{
	const struct measure m[] = {
		measure("count", 2), measure("mean", 2), measure("p50", 2), measure("p90", 2),
		measure("p95", 2), measure("min", 2), measure("max", 2), measure("sum", 2),
		measure("pct", 3), measure("low95", 3), measure("high95", 3),
		measure("sum", 3), measure("mean", 4), measure("sum", 5), measure("count", 0),
	};
	enum { M = sizeof(m) / sizeof(m[0]) };
	const size_t by[] = { 0 };
	struct group *g = group_new(by, 1, m, M);
	struct {
		size_t n;
		struct buf text;
	} got = { 1 + M, BUF_INIT };
	struct err e;
	int64_t i;

	(void)state;
	for (i = 10; i >= 1; i--)	/* waits of 1 to 10 s, 8 of 10 met */
		group_add(g, (struct cell[N]){ cell_text("退票"), cell_int(i),
		    cell_int(i * 1000), cell_int(i > 2), cell_int(i % 5 + 1), cell_real(0.5) });
	group_add(g, (struct cell[N]){ cell_null(), cell_int(1), cell_null(), cell_null(),
	    cell_null(), cell_null() });
	group_add(g, (struct cell[N]){ cell_text("a"), cell_int(1), cell_int(-500),
	    cell_int(0), cell_int(5), cell_real(-1) });
	assert_int_equal(group_each(g, note, &got, &e), 0);
	assert_string_equal(buf_cstr(&got.text),
	    "a 1 -0.5 -0.5 -0.5 -0.5 -0.5 -0.5 -0.5 0.0 0.0 79.3 0 5.0 -1.0 1\n"
	    "退票 10 5.5 5.0 9.0 10.0 1.0 10.0 55.0 80.0 49.0 94.3 8 3.0 5.0 10\n"
	    "- 0 - - - - - - 0.0 - - - 0 - 0.0 0\n");
	buf_release(&got.text);
	group_free(g);
}

static void
groups_come_in_order_of_all_their_columns(void **state)
{
	const struct measure m[] = { measure("count", 2) };
	const size_t by[] = { 1, 0 };
	struct group *g = group_new(by, 2, m, 1);
	struct {
		size_t n;
		struct buf text;
	} got = { 3, BUF_INIT };
	static const char *const queues[] = { "b", "a", NULL, "ab" };
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < 80; i++)
		group_add(g, (struct cell[N]){ cell_text(queues[i % 4]),
		    cell_int(i % 8 < 4 ? 10 : 9), cell_int(0), cell_null(), cell_null(),
		    cell_null() });
	assert_int_equal(group_each(g, note, &got, &e), 0);
	assert_string_equal(buf_cstr(&got.text),
	    "9 a 10\n9 ab 10\n9 b 10\n9 - 10\n10 a 10\n10 ab 10\n10 b 10\n10 - 10\n");
	buf_release(&got.text);
	group_free(g);
}

/* 100 * sum(prio) / (sum(prio) + sum(score)), null where both are nothing. */
static void
a_share_is_of_two_sums(void **state)
{
	struct measure m[] = { measure("share", 1) };
	const size_t by[] = { 0 };
	struct group *g;
	struct {
		size_t n;
		struct buf text;
	} got = { 2, BUF_INIT };
	struct err e;

	(void)state;
	m[0].other = 4;
	g = group_new(by, 1, m, 1);
	group_add(g, (struct cell[N]){ cell_text("a"), cell_int(2), cell_null(), cell_null(),
	    cell_int(1), cell_null() });
	group_add(g, (struct cell[N]){ cell_text("a"), cell_int(1), cell_null(), cell_null(),
	    cell_null(), cell_null() });
	group_add(g, (struct cell[N]){ cell_text("b"), cell_null(), cell_null(), cell_null(),
	    cell_int(0), cell_null() });
	assert_int_equal(group_each(g, note, &got, &e), 0);
	assert_string_equal(buf_cstr(&got.text), "a 75.0\nb -\n");
	buf_release(&got.text);
	group_free(g);
}

static void
no_rows_give_one_group_only_without_by(void **state)
{
	const struct measure m[] = { measure("count", 2), measure("mean", 2),
		measure("sum", 4) };
	const size_t by[] = { 0 };
	size_t n_by;

	(void)state;
	for (n_by = 0; n_by <= 1; n_by++) {
		struct group *g = group_new(by, n_by, m, 3);
		struct {
			size_t n;
			struct buf text;
		} got = { 3, BUF_INIT };
		struct err e;

		assert_int_equal(group_each(g, note, &got, &e), 0);
		assert_string_equal(buf_cstr(&got.text), n_by == 0 ? "0 - 0\n" : "");
		buf_release(&got.text);
		group_free(g);
	}
}

static void
functions_that_do_not_fit_are_refused(void **state)
{
	static const struct {
		const char *fn;
		enum field_type in;
	} cases[] = {
		{ "median", FIELD_MS }, { "p", FIELD_MS }, { "p0", FIELD_MS },
		{ "p100", FIELD_MS }, { "p9x", FIELD_MS }, { "mean", FIELD_TEXT },
		{ "pct", FIELD_INT }, { "p50", FIELD_REAL }, { "max", FIELD_TIME },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct measure m = { 0 };
		struct err e;

		if (measure_parse(&m, cases[i].fn, cases[i].in, &e) == 0)
			fail_msg("%s was taken", cases[i].fn);
		assert_int_equal(e.code, ERR_CONFIG);
	}
}

static void
parts_of_a_day_are_local(void **state)
{
	static const struct {
		const char *zone, *at, *day, *week, *month;
		int64_t hour, weekday;
	} cases[] = {
		{ "Asia/Shanghai", "2026-09-30T23:30:00Z", "2026-10-01", "2026-W40", "2026-10",
		    7, 4 },
		{ "UTC", "2026-09-30T23:30:00Z", "2026-09-30", "2026-W40", "2026-09", 23, 3 },
		{ "UTC", "2027-01-03T00:00:00Z", "2027-01-03", "2026-W53", "2027-01", 0, 7 },
		{ "UTC", "2024-12-30T12:00:00Z", "2024-12-30", "2025-W01", "2024-12", 12, 1 },
		{ "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25", "2026-W43",
		    "2026-10", 2, 7 },
		{ "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25", "2026-W43",
		    "2026-10", 2, 7 },
		{ "UTC", "1969-12-31T23:59:59.999Z", "1969-12-31", "1970-W01", "1969-12",
		    23, 3 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct daypart d;
		struct err e;
		int64_t at;

		assert_int_equal(tm_parse(cases[i].at, strlen(cases[i].at), NULL, &at, &e), 0);
		daypart_init(&d, zone_get(cases[i].zone, &e));
		assert_string_equal(daypart_of(&d, PART_DAY, at).u.text, cases[i].day);
		assert_string_equal(daypart_of(&d, PART_WEEK, at).u.text, cases[i].week);
		assert_string_equal(daypart_of(&d, PART_MONTH, at).u.text, cases[i].month);
		assert_int_equal(daypart_of(&d, PART_HOUR, at).u.n, cases[i].hour);
		assert_int_equal(daypart_of(&d, PART_WEEKDAY, at).u.n, cases[i].weekday);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wilson_gives_the_published_intervals),
		cmocka_unit_test(selection_agrees_with_sorting),
		cmocka_unit_test(measures_of_a_group_are_exact),
		cmocka_unit_test(groups_come_in_order_of_all_their_columns),
		cmocka_unit_test(a_share_is_of_two_sums),
		cmocka_unit_test(no_rows_give_one_group_only_without_by),
		cmocka_unit_test(functions_that_do_not_fit_are_refused),
		cmocka_unit_test(parts_of_a_day_are_local),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
