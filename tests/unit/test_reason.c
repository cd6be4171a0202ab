/* test_reason - why records were refused, by kind of reason */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/reason.h"

static const struct {
	const char *error, *kind;
} cases[] = {
	{ "a.csv:17: no time (\"at\")", "no time (\"at\")" },
	{ "a.csv: an XLSX workbook", "an XLSX workbook" },
	{ "b.csv:17: no text", "b.csv:#: no text" },	/* of another source: no place */
	{ "a.csv:9: \"at\": \"zehn\" is not a time", "\"at\": \"…\" is not a time" },
	{ "a.csv:3: 4 fields where the header has 3", "# fields where the header has #" },
	{ "a.csv:3: longer than 4,194,304 bytes", "longer than # bytes" },
	{ "a.csv:5: no \"queue\"", "no \"queue\"" },
	{ "a.csv:5: time: \"2026-10-01 cut in the mid", "time: \"…\"" },
	{ "a.csv:5: \"Two Words\": what", "\"…\": what" },
	{ "a.csv:5: bad \xff byte, 票", "bad ? byte, 票" },
	{ "", "" },
};

static void
errors_are_told_apart_by_kind(void **state)
{
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		reason_of(cases[i].error, "a.csv", &out);
		if (strcmp(buf_cstr(&out), cases[i].kind) != 0)
			fail_msg("%s: %s", cases[i].error, buf_cstr(&out));
	}
	buf_release(&out);
}

static void
the_most_frequent_comes_first(void **state)
{
	struct map reasons = MAP_INIT;
	struct buf out = BUF_INIT;

	(void)state;
	reason_count(&reasons, "in:1: no text", "in");
	reason_count(&reasons, "in:2: \"x\" is not a time", "in");
	reason_count(&reasons, "in:3: \"y\" is not a time", "in");
	reason_print(&reasons, &out);
	assert_string_equal(buf_cstr(&out), "{\"\\\"…\\\" is not a time\":2,\"no text\":1}");
	buf_release(&out);
	map_release(&reasons);
}

static void
kinds_without_end_become_others(void **state)
{
	struct map reasons = MAP_INIT;
	char error[32];
	int i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		snprintf(error, sizeof(error), "in:1: %c%c%c", 'a' + i / 100, 'a' + i / 10 % 10,
		    'a' + i % 10);
		reason_count(&reasons, error, "in");
	}
	assert_true(reasons.n <= REASON_MAX + 1);
	assert_int_equal(map_get(&reasons, "others", 6)->num, 1000 - REASON_MAX);
	map_release(&reasons);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_are_told_apart_by_kind),
		cmocka_unit_test(the_most_frequent_comes_first),
		cmocka_unit_test(kinds_without_end_become_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
