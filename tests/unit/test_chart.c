/* test_chart - the grid a chart is drawn from, and round numbers for its axis */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/opt.h"
#include "report/chart.h"

#define REPORT "-- title: x\n-- column: at time when\n-- time: at\n-- column: who text who\n" \
	"-- column: wait_ms ms how long\n-- measure: n count wait_ms how many\n" \
	"-- measure: p50_s p50 wait_ms half\n-- chart: days line day n Days\n" \
	"-- chart: people bar who n People\n-- chart: waits spread wait_ms Waits\n" \
	"SELECT 1 AS at, 'a' AS who, 1 AS wait_ms;\n"

static struct report *report;
static struct words *words;

static int
set_up(void **state)
{
	char path[] = "/tmp/csr-chart-XXXXXX";
	int fd = mkstemp(path);
	struct err e = { 0 };

	(void)state;
	common.config = "share";
	if (fd < 0 || write(fd, REPORT, strlen(REPORT)) != (ssize_t)strlen(REPORT))
		return -1;
	close(fd);
	report = report_read(path, &e);
	unlink(path);
	words = words_load(LANG_EN, &e);
	return report != NULL && words != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	report_free(report);
	words_free(words);
	return 0;
}

/* Rows of x and one count. */
static void
rows(struct result *t, const struct field *x, const char *const *names, const int64_t *n)
{
	size_t i;

	result_field(t, x);
	result_field(t, &report->measures[0].out);
	t->n_by = 1;
	for (i = 0; names[i] != NULL; i++)
		result_add(t, (struct cell[]){ *names[i] ? cell_text(names[i]) : cell_null(),
		    cell_int(n[i]) });
}

static struct chart_source
source(size_t chart, const struct result *t, const struct period *p)
{
	static const size_t x[] = { 0, 0 }, y[] = { 1 };

	return (struct chart_source){ .report = report, .spec = &report->charts[chart], .rows = t,
		.x = x, .y = y, .split = -1, .low = -1, .high = -1, .measures = report->measures,
		.period = p, .zone = zone_utc(), .words = words };
}

static void
days_without_a_row_are_there(void **state)
{
	static const char *const names[] = { "2026-10-02", "2026-10-04", NULL };
	static const int64_t n[] = { 3, 5 };
	static const double want[] = { 0, 3, 0, 5, 0 };
	struct result t = RESULT_INIT;
	struct chart_source src;
	struct period p;
	struct chart c;
	struct err e;
	size_t i;

	(void)state;
	assert_int_equal(period_read(&p, &(struct period_args){ .from = "2026-10-01",
	    .to = "2026-10-05" }, zone_utc(), 0, &e), 0);
	rows(&t, &(struct field){ "day", FIELD_TEXT, 0, "", NULL, 0 }, names, n);
	src = source(0, &t, &p);
	chart_make(&c, &src);
	assert_int_equal(c.nx, 5);
	assert_true(c.is_time && c.is_sum);
	for (i = 0; i < 5; i++)
		assert_true(c.v[i] == want[i]);
	assert_string_equal(c.x[0], "2026-10-01");
	assert_string_equal(c.tick[4], "5 Oct");
	chart_release(&c);
	result_release(&t);
}

static void
of_many_names_the_greatest_are_shown_and_the_rest_counted(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k",
		"l", "m", "n", "", NULL };
	static const int64_t n[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0 };
	struct result t = RESULT_INIT;
	struct period p = { .from_at = INT64_MIN, .to_at = INT64_MAX };
	struct chart_source src;
	struct chart c;

	(void)state;
	rows(&t, &(struct field){ "who", FIELD_TEXT, 0, "", NULL, 0 }, names, n);
	src = source(1, &t, &p);
	chart_make(&c, &src);
	assert_int_equal(c.nx, 12);
	assert_int_equal(c.more, 2);
	assert_string_equal(c.x[0], "n");
	assert_true(c.v[0] == 14 && c.v[11] == 3);
	assert_false(chart_is_empty(&c));
	chart_release(&c);
	result_release(&t);
}

static void
lengths_of_time_fall_into_columns_a_person_would_draw(void **state)
{
	int64_t v[100];
	struct result t = RESULT_INIT;
	struct period p = { .from_at = INT64_MIN, .to_at = INT64_MAX };
	struct chart_source src = source(2, &t, &p);
	struct chart c;
	double sum = 0;
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++)
		v[99 - i] = (int64_t)(i + 1) * 6000;	/* 6 s to 10 min */
	chart_spread(&c, &src, v, 100, NULL, 0);
	for (i = 0; i < c.nx; i++)
		sum += c.v[i];
	assert_true(sum == 100);
	assert_true(c.edge[0] == 0 && c.edge[1] == 30 && c.edge[2] == 60);
	assert_true(c.v[0] == 4);			/* 6 12 18 24 */
	assert_true(c.mark[0] == 300 && c.mark[1] == 540 && c.mark[2] == 570);
	chart_release(&c);
	chart_spread(&c, &src, v, 0, NULL, 0);
	assert_true(chart_is_empty(&c));
	chart_release(&c);
}

static void
an_axis_ends_in_round_numbers(void **state)
{
	static const struct {
		double v, low, top, step;
		struct field of;
	} cases[] = {
		{ 7, 0, 8, 2, { "n", FIELD_INT, 0, "", NULL, 0 } },
		{ 1, 0, 1, 1, { "n", FIELD_INT, 0, "", NULL, 0 } },
		{ 130, 0, 150, 50, { "n", FIELD_INT, 0, "", NULL, 0 } },
		{ -30, -30, 0, 10, { "n", FIELD_INT, 0, "", NULL, 0 } },
		{ 91, 0, 100, 25, { "s", FIELD_REAL, 1, "", "%", 0 } },
		{ 3000, 0, 3600, 900, { "p", FIELD_SECONDS, 1, "", NULL, 0 } },
		{ 50, 0, 60, 15, { "p", FIELD_SECONDS, 1, "", NULL, 0 } },
		{ 0, 0, 1, 1, { "n", FIELD_INT, 0, "", NULL, 0 } },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		double v = cases[i].v, low, step;
		struct chart c = { .kind = CHART_LINE, .nx = 1, .ns = 1, .v = &v, .of = cases[i].of };
		double top = chart_range(&c, &low, &step);

		if (fabs(top - cases[i].top) > 1e-9 || fabs(low - cases[i].low) > 1e-9 ||
		    fabs(step - cases[i].step) > 1e-9)
			fail_msg("%g: %g to %g by %g", v, low, top, step);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_without_a_row_are_there),
		cmocka_unit_test(of_many_names_the_greatest_are_shown_and_the_rest_counted),
		cmocka_unit_test(lengths_of_time_fall_into_columns_a_person_would_draw),
		cmocka_unit_test(an_axis_ends_in_round_numbers),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
