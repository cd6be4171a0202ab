/* test_table - one grid in four forms */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/table.h"

static const struct column cols[] = {
	{ "queue", COL_TEXT, 0 }, { "n", COL_INT, 0 }, { "mean_s", COL_REAL, 2 },
	{ "at", COL_TIME, 0 },
};
enum { N = sizeof(cols) / sizeof(cols[0]) };

/* The text of T with the given rows. */
static char *
render(struct table *t, const struct cell *cells, size_t rows)
{
	struct buf out = BUF_INIT;
	size_t i;

	t->out = &out;
	table_open(t, cols, N);
	for (i = 0; i < rows; i++)
		table_row(t, cells + i * N);
	assert_int_equal(t->rows, rows);
	table_close(t);
	return buf_take(&out);
}

static void
a_grid_looks_right_in_each_form(void **state)
{
	const struct cell cells[] = {
		cell_text("改签"), cell_int(12), cell_real(1.5), cell_time(1790816400000),
		cell_text("after, \"sales\""), cell_int(-3), cell_null(), cell_null(),
		cell_text(NULL), cell_null(), cell_real(NAN), cell_time(1790816400123),
	};
	static const struct {
		enum table_format format;
		const char *want;
	} cases[] = {
		{ TABLE_TEXT,
		    "queue            n  mean_s  at\n"
		    "改签            12    1.50  2026-10-01 01:00:00\n"
		    "after, \"sales\"  -3       -  -\n"
		    "-                -       -  2026-10-01 01:00:00\n" },
		{ TABLE_JSONL,
		    "{\"queue\":\"改签\",\"n\":12,\"mean_s\":1.5,\"at\":\"2026-10-01T01:00:00+00:00\"}\n"
		    "{\"queue\":\"after, \\\"sales\\\"\",\"n\":-3,\"mean_s\":null,\"at\":null}\n"
		    "{\"queue\":null,\"n\":null,\"mean_s\":null,"
		    "\"at\":\"2026-10-01T01:00:00.123+00:00\"}\n" },
		{ TABLE_CSV,
		    "queue,n,mean_s,at\n"
		    "改签,12,1.5,2026-10-01T01:00:00+00:00\n"
		    "\"after, \"\"sales\"\"\",-3,,\n"
		    ",,,2026-10-01T01:00:00.123+00:00\n" },
		{ TABLE_MD,
		    "| queue | n | mean_s | at |\n"
		    "| --- | ---: | ---: | --- |\n"
		    "| 改签 | 12 | 1.50 | 2026-10-01 01:00:00 |\n"
		    "| after, \"sales\" | -3 | - | - |\n"
		    "| - | - | - | 2026-10-01 01:00:00 |\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct table t = { .format = cases[i].format };
		char *text = render(&t, cells, 3);

		assert_string_equal(text, cases[i].want);
		free(text);
	}
}

/* The first cell of a row as each form prints it. */
static void
hostile_text_stays_text(void **state)
{
	static const struct {
		const char *text, *shown, *csv, *md;
	} cases[] = {
		{ "a\033[2Jb", "a?[2Jb", "a\033[2Jb", "a?\\[2Jb" },
		{ "x\nz", "x?z", "\"x\nz\"", "x?z" },
		{ "\302\233m", "?m", "\302\233m", "?m" },
		{ "a\342\200\256b", "a?b", "a\342\200\256b", "a?b" },
		{ "=1+1", "=1+1", "\"'=1+1\"", "=1+1" },
		{ "-5", "-5", "\"'-5\"", "-5" },
		{ "@x", "@x", "\"'@x\"", "@x" },
		{ "＝1", "＝1", "\"'＝1\"", "＝1" },
		{ "  +1", "  +1", "\"'  +1\"", "  +1" },
		{ "'=1", "'=1", "\"''=1\"", "'=1" },
		{ "\tx", "?x", "\"'\tx\"", "?x" },
		{ "a=1", "a=1", "a=1", "a=1" },
		{ "", "", "", "" },
		{ "<b>|", "<b>|", "<b>|", "\\<b\\>\\|" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct cell row[N] = { cell_text(cases[i].text), cell_int(1) };
		struct table csv = { .format = TABLE_CSV };
		struct table text = { .format = TABLE_TEXT }, md = { .format = TABLE_MD };
		char *got = render(&csv, row, 1), want[64];

		snprintf(want, sizeof(want), "%s,1,,\n", cases[i].csv);
		assert_string_equal(strchr(got, '\n') + 1, want);
		free(got);
		got = render(&text, row, 1);
		assert_memory_equal(strchr(got, '\n') + 1, cases[i].shown,
		    strlen(cases[i].shown));
		free(got);
		got = render(&md, row, 1);
		snprintf(want, sizeof(want), "| %s | 1 | - | - |\n", cases[i].md);
		assert_string_equal(strchr(strchr(got, '\n') + 1, '\n') + 1, want);
		free(got);
	}
}

static void
csv_takes_a_mark_and_leaves_formulas_when_told(void **state)
{
	struct cell row[N] = { cell_text("=1+1"), cell_int(-1) };
	struct table t = { .format = TABLE_CSV, .bom = true, .raw = true };
	char *got = render(&t, row, 1);

	(void)state;
	assert_string_equal(got, "\xef\xbb\xbfqueue,n,mean_s,at\n=1+1,-1,,\n");
	free(got);
}

static void
a_long_table_is_never_cut(void **state)
{
	struct cell *cells = calloc(2500 * N, sizeof(*cells));
	struct table t = { .format = TABLE_TEXT };
	char *got, *p;
	size_t i, lines = 0;

	(void)state;
	for (i = 0; i < 2500; i++) {
		cells[i * N] = cell_text(i == 2000 ? "wider than all before" : "q");
		cells[i * N + 1] = cell_int((int64_t)i);
	}
	got = render(&t, cells, 2500);
	for (p = got; (p = strchr(p, '\n')) != NULL; p++)
		lines++;
	assert_int_equal(lines, 2501);
	assert_non_null(strstr(got, "\nq      2499       -  -\n"));
	assert_non_null(strstr(got, "\nwider than all before  2000       -  -\n"));
	free(got);
	free(cells);
}

static void
an_empty_table_still_has_its_head(void **state)
{
	struct table t = { .format = TABLE_TEXT, .color = true };
	char *got = render(&t, NULL, 0);

	(void)state;
	assert_string_equal(got, "\033[1mqueue  n  mean_s  at\033[m\n");
	free(got);
}

static void
formats_and_colour_go_by_their_names(void **state)
{
	static const struct {
		const char *name;
		int want;
	} cases[] = {
		{ "table", TABLE_TEXT }, { "jsonl", TABLE_JSONL }, { "csv", TABLE_CSV },
		{ "md", TABLE_MD }, { "week.csv", TABLE_CSV }, { "a.b/x.md", TABLE_MD },
		{ "html", -1 }, { "x.xlsx", -1 }, { "", -1 },
	};
	enum table_format format;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (cases[i].want < 0) {
			assert_int_equal(table_format_of(cases[i].name, &format, &e), -1);
			assert_int_equal(e.code, ERR_USAGE);
			continue;
		}
		assert_int_equal(table_format_of(cases[i].name, &format, &e), 0);
		assert_int_equal(format, cases[i].want);
	}
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	assert_int_equal(table_color(NULL, true, &e), 1);
	assert_int_equal(table_color(NULL, false, &e), 0);
	assert_int_equal(table_color("always", false, &e), 1);
	assert_int_equal(table_color("never", true, &e), 0);
	assert_int_equal(table_color("red", true, &e), -1);
	setenv("NO_COLOR", "1", 1);
	assert_int_equal(table_color("auto", true, &e), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_grid_looks_right_in_each_form),
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(csv_takes_a_mark_and_leaves_formulas_when_told),
		cmocka_unit_test(a_long_table_is_never_cut),
		cmocka_unit_test(an_empty_table_still_has_its_head),
		cmocka_unit_test(formats_and_colour_go_by_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
