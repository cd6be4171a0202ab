/* test_report - definitions, and every report of share/reports on a fresh schema */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/conf.h"
#include "base/opt.h"
#include "report/run.h"

/* A report of TEXT in a file of its own. */
static struct report *
report_of(const char *text, struct err *e)
{
	char path[] = "/tmp/csr-report-XXXXXX";
	int fd = mkstemp(path);
	struct report *r;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	r = report_read(path, e);
	unlink(path);
	return r;
}

static void
a_header_says_what_comes_out(void **state)
{
	struct err e;
	struct report *r = report_of(
	    "-- title: Waits\n"
	    "-- about: one\n"
	    "-- about: two\n"
	    "-- by: queue\n"
	    "-- not a key: ignored\n"
	    "-- column: queue text where: it went\n"
	    "-- column: at time begun\n"
	    "-- hidden: until_at time ended\n"
	    "-- span: wait_ms at until_at\n"
	    "-- work: work_ms at until_at\n"
	    "-- time: at\n"
	    "-- measure: n count wait_ms how many\n"
	    "-- measure: p90_s p90 wait_ms\n"
	    "-- option: within_ms 7d how far back\n"
	    "-- option: name - none\n"
	    "SELECT 'a;b' AS queue, 0 AS at, 1 AS until_at -- not; the end\n;\n"
	    "-- cheap; or not\n"
	    "SELECT 1 AS at;\n", &e);

	(void)state;
	assert_non_null(r);
	assert_string_equal(report_says(r, LANG_EN, "title"), "Waits");
	assert_string_equal(report_says(r, LANG_EN, "about"), "one two");
	assert_string_equal(r->by, "queue");
	assert_int_equal(r->n, 5 + TIME_PARTS);
	assert_string_equal(r->fields[0].about, "where: it went");
	assert_int_equal(r->origins[2].kind, FROM_HIDDEN);
	assert_int_equal(r->origins[3].kind, FROM_SPAN);
	assert_int_equal(r->origins[4].from, 1);
	assert_int_equal(r->origins[4].to, 2);
	assert_string_equal(r->fields[5].name, "day");
	assert_int_equal(r->time, 1);
	assert_int_equal(r->n_measures, 2);
	assert_int_equal(r->measures[1].rank, 90);
	assert_int_equal(r->measures[1].out.type, FIELD_SECONDS);
	assert_string_equal(r->options[0].value, "7d");
	assert_string_equal(r->options[1].value, "");
	assert_int_equal(r->n_selects, 2);
	assert_string_equal(r->selects[1], "SELECT 1 AS at");
	report_free(r);
}

static void
a_wrong_header_is_named(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "-- column: a texts\nSELECT 1;",
		    ":1: a: \"texts\" is no type: text int flag ms real s time" },
		{ "-- column: a text\n-- column: a int\nSELECT 1;",
		    ":2: column \"a\" is declared twice" },
		{ "-- column: A text\nSELECT 1;", ":1: \"A\" is no column name (a-z, 0-9, _)" },
		{ "-- column: a text\n-- measure: n count b\nSELECT 1;",
		    ":2: \"b\" is no column declared above" },
		{ "-- column: a text\n-- measure: n mean a\nSELECT 1;",
		    ":2: mean cannot be taken of a text" },
		{ "-- column: a text\n-- time: a\nSELECT 1;", ":2: a is not of type time" },
		{ "-- column: a int\n-- work: w a a\nSELECT 1;",
		    ":2: w: a length of time runs between two columns of type time" },
		{ "-- column: a int\n-- option: x\nSELECT 1;",
		    ":2: an option has a name and a default (- for none)" },
		{ "-- column: day time\n-- time: day\nSELECT 1;",
		    ": column \"day\" is declared twice" },
		{ "-- column: a text\n", ": no SELECT" },
		{ "-- column: a int\nSELECT 1 AS a;\nATTACH 'x' AS x;",
		    ": \"ATTACH\" is no SELECT: a report only reads" },
		{ "SELECT 1;\n", ": no \"-- column:\" line" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };
		struct report *r = report_of(cases[i].text, &e);

		assert_null(r);
		assert_int_equal(e.code, ERR_CONFIG);
		if (strstr(e.msg, cases[i].message) == NULL)
			fail_msg("%s\nwant %s", e.msg, cases[i].message);
	}
}

/* The run of TEXT by BY; fails with the message it gives, or counts its rows. */
static int
count_row(void *ctx, const struct cell *cells, struct err *e)
{
	(void)cells;
	(void)e;
	++*(int *)ctx;
	return 0;
}

static int
rows_of(const char *text, struct run_args *a, struct err *e)
{
	struct report *r = report_of(text, e);
	struct run *run;
	struct db *db;
	int rows = 0, bad;

	assert_non_null(r);
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, e), 0);
	run = run_new(r, a, db, e);
	bad = run != NULL && run_ready(run, e) == 0 ? run_rows(run, count_row, &rows, e) : -1;
	run_free(run);
	db_close(db);
	report_free(r);
	return bad < 0 ? -1 : rows;
}

#define TWO "-- by: a\n-- column: a int\n-- column: b text\n-- measure: n count a\n" \
	"SELECT 1 AS a UNION ALL SELECT 2;\nSELECT 1 AS a, 'x' AS b;\n"

static void
the_first_select_that_answers_is_run(void **state)
{
	struct run_args a = { .to_at = INT64_MAX, .zone = zone_utc(), .by = "a" };
	const char *const where[] = { "b=x" };
	struct err e;

	(void)state;
	assert_int_equal(rows_of(TWO, &a, &e), 2);
	a.by = "b";
	assert_int_equal(rows_of(TWO, &a, &e), 1);
	a.by = NULL;
	a.where = where;
	a.n_where = 1;
	assert_int_equal(rows_of(TWO, &a, &e), 1);
}

#define QUARTERS "-- column: at time\n-- time: at\n-- column: n int\n-- measure: s sum n\n" \
	"SELECT 0 AS quarter_at, 1 AS n UNION ALL SELECT 900000, 2;\n" \
	"SELECT 1 AS at, 1 AS n UNION ALL SELECT 2, 1 UNION ALL SELECT 3, 1;\n"

static void
quarters_of_an_hour_answer_for_days_not_for_moments(void **state)
{
	struct run_args a = { .to_at = INT64_MAX, .zone = zone_utc() };
	const char *const day[] = { "day=1970-01-01" }, *const at[] = { "at<1970-01-01T00:01" };
	static const struct {
		const char *by;
		int rows;
	} cases[] = { { "at", 3 }, { "at,day", 3 }, { "n", 2 }, { "n,hour", 2 } };
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		a.by = cases[i].by;
		if (rows_of(QUARTERS, &a, &e) != cases[i].rows)
			fail_msg("%s", cases[i].by);
	}
	a.by = "n";
	a.n_where = 1;
	a.where = day;
	assert_int_equal(rows_of(QUARTERS, &a, &e), 2);
	a.where = at;
	assert_int_equal(rows_of(QUARTERS, &a, &e), 1);
}

/* Whatever the range: [from, whole_from) [whole_from, whole_to) [whole_to, to). */
static void
the_whole_quarters_of_a_range_are_bound(void **state)
{
	static const struct {
		int64_t from, to;
		const char *want;
	} cases[] = {
		{ INT64_MIN, INT64_MAX, ":whole_from_at - :from_at < 900000 AND "
		    ":to_at - :whole_to_at < 900000 AND :whole_from_at % 900000 = 0 AND "
		    ":whole_to_at % 900000 = 0" },
		{ -900000, 900000, ":whole_from_at = -900000 AND :whole_to_at = 900000" },
		{ -900001, 900001, ":whole_from_at = -900000 AND :whole_to_at = 900000" },
		{ -899999, 899999, ":whole_from_at = 0 AND :whole_to_at = 0" },
		{ -5, 5, ":whole_from_at = 0 AND :whole_to_at = 0" },
		{ 0, 5, ":whole_from_at = 0 AND :whole_to_at = 0" },
		{ 1, 5, ":whole_from_at = 5 AND :whole_to_at = 5" },
		{ 5, 1, ":whole_from_at = 1 AND :whole_to_at = 1" },
	};
	char text[400];
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run_args a = { .from_at = cases[i].from, .to_at = cases[i].to,
			.zone = zone_utc() };

		snprintf(text, sizeof(text), "-- column: n int\nSELECT 1 AS n WHERE %s;",
		    cases[i].want);
		if (rows_of(text, &a, &e) != 1)
			fail_msg("%lld to %lld", (long long)a.from_at, (long long)a.to_at);
	}
}

static void
what_cannot_be_run_is_refused(void **state)
{
	static const char *const set_unknown[] = { "y=1" };
	static const struct {
		const char *text;
		struct run_args a;
		int code;
		const char *message;
	} cases[] = {
		{ TWO, { .by = "c" }, ERR_USAGE, "--by: no column \"c\" here; there are a b" },
		{ TWO, { .by = "a,,b" }, ERR_USAGE, "--by: no column \"\" here; there are a b" },
		{ TWO, { .set = set_unknown, .n_set = 1 }, ERR_USAGE, " has no option \"y\"" },
		{ "-- column: a int\nSELECT 1 AS a;", { .by = "a" }, ERR_USAGE,
		    " has one row for each thing; it cannot be grouped" },
		{ "-- column: a int\nSELECT 1 AS a, 2 AS b;", { 0 }, ERR_CONFIG,
		    ": the SELECT gives \"b\", which no \"-- column:\" declares" },
		{ "-- column: a int\n-- column: b int\nSELECT 1 AS a;", { 0 }, ERR_CONFIG,
		    ": no SELECT gives \"b\"" },
		{ "-- column: a int\nSELECT 1 AS a FROM FROM;", { 0 }, ERR_CONFIG, "syntax error" },
		{ "-- column: a int\nWITH x AS (SELECT 1) DELETE FROM ticket;", { 0 }, ERR_CONFIG,
		    ": a report may only read" },
		{ "-- column: a int\nSELECT 1 AS a FROM no_such_table;", { 0 }, ERR_CONFIG,
		    "no such table" },
		{ "-- column: a time\n-- column: b time\n-- work: w a b\nSELECT 1 AS a, 2 AS b;",
		    { .calendar = "no-such" }, ERR_CONFIG, "calendars/no-such.cal" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run_args a = cases[i].a;
		struct err e = { 0 };

		a.zone = zone_utc();
		assert_int_equal(rows_of(cases[i].text, &a, &e), -1);
		if (e.code != cases[i].code || strstr(e.msg, cases[i].message) == NULL)
			fail_msg("%d %s\nwant %d %s", e.code, e.msg, cases[i].code,
			    cases[i].message);
	}
}

/* Runs REPORT over an empty database, by each of its columns when it groups. */
static void
try_report(const char *path, struct db *db)
{
	struct run_args a = { .from_at = INT64_MIN, .to_at = INT64_MAX, .zone = zone_utc(),
		.calendar = "24x7" };
	struct err e = { 0 };
	struct report *r = report_read(path, &e);
	size_t i;

	if (r == NULL)
		fail_msg("%s", e.msg);
	assert_true(*report_says(r, LANG_EN, "title") != '\0');
	assert_true(*report_says(r, LANG_EN, "about") != '\0');
	for (i = 0; i <= r->n; i++) {
		struct run *run;
		int rows = 0;

		if (i < r->n && (r->n_measures == 0 || r->origins[i].kind == FROM_HIDDEN))
			continue;
		a.by = i < r->n ? r->fields[i].name : NULL;
		run = run_new(r, &a, db, &e);
		if (run == NULL || run_ready(run, &e) < 0 ||
		    run_rows(run, count_row, &rows, &e) < 0)
			fail_msg("%s by %s: %s", path, a.by ? a.by : "default", e.msg);
		assert_int_equal(rows, 0);
		run_free(run);
	}
	report_free(r);
}

/* Every SELECT must prepare, and the last one must give every column. */
static void
try_selects(const char *path, struct db *db)
{
	struct err e;
	struct report *r = report_read(path, &e);
	struct stmt *s;
	size_t i;

	for (i = 0; i < r->n_selects; i++) {
		if (db_query(db, r->name, r->selects[i], &s, &e) < 0)
			fail_msg("%s", e.msg);
		if (i + 1 < r->n_selects)
			stmt_free(s);
	}
	for (i = 0; i < r->n; i++) {
		bool found = r->origins[i].kind > FROM_HIDDEN;
		int c;

		for (c = 0; c < stmt_cols(s); c++)
			found |= strcmp(stmt_col_name(s, c), r->fields[i].name) == 0;
		if (!found)
			fail_msg("%s: %s is declared but not selected", path, r->fields[i].name);
	}
	stmt_free(s);
	report_free(r);
}

static void
every_report_of_ours_runs(void **state)
{
	struct db *db;
	struct err e = { 0 };
	char **paths;
	int i, n;

	(void)state;
	common.config = "share";
	n = conf_list("reports", ".sql", &paths, &e);
	assert_true(n >= 6);
	assert_int_equal(db_open(&db, ":memory:", DB_CREATE, &e), 0);
	for (i = 0; i < n; i++) {
		try_report(paths[i], db);
		try_selects(paths[i], db);
	}
	db_close(db);
	conf_list_free(paths, n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_says_what_comes_out),
		cmocka_unit_test(a_wrong_header_is_named),
		cmocka_unit_test(the_first_select_that_answers_is_run),
		cmocka_unit_test(quarters_of_an_hour_answer_for_days_not_for_moments),
		cmocka_unit_test(the_whole_quarters_of_a_range_are_bound),
		cmocka_unit_test(what_cannot_be_run_is_refused),
		cmocka_unit_test(every_report_of_ours_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
