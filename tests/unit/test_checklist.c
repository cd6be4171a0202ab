/* test_checklist - what a file of steps may say, and those we ship */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/conf.h"
#include "desk/checklist.h"
#include "time/tm.h"

#define HEAD "[checklist]\ntitle = t\ncalendar = 24x7\n"

static struct cal *always;

static const struct cal *
find(const char *name, struct err *e)
{
	if (strcmp(name, "24x7") == 0 || strcmp(name, "cn-desk") == 0)
		return always;
	err_set(e, ERR_CONFIG, "no calendar \"%s\"", name);
	return NULL;
}

static void
faults(void **state)
{
	static const struct { const char *text, *why; } cases[] = {
		{ "", "f: a checklist has a title and at least one step" },
		{ HEAD, "f: a checklist has a title and at least one step" },
		{ HEAD "[step a]\nqueue = x\n", "f: step \"a\" has no title" },
		{ "[checklist]\ntitle = t\n[step a]\ntitle = a\nwithin = 1h\n",
		    "f: step \"a\" has a time, and there is no calendar" },
		{ HEAD "[step a]\ntitle = a\nafter = b\n", "f:6: no step \"b\" above this one" },
		{ HEAD "[step a]\ntitle = a\nafter = a\n", "f:6: no step \"a\" above this one" },
		{ HEAD "[step a]\ntitle = a\nwaits = perhaps\n",
		    "f:6: waits is yes or no, not \"perhaps\"" },
		{ HEAD "[step a]\ncolour = red\n", "f:5: unknown key \"colour\"" },
		{ HEAD "[steps]\ntitle = x\n", "f:4: unknown section [steps]" },
		{ HEAD "[step a]\ntitle = A\n[step a]\n", "f:6: [step a] is there twice" },
		{ "title = t\n", "f:1: \"title\" stands before the first section" },
		{ "[checklist]\ncalendar = moon\n", "f:2: no calendar \"moon\"" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = xstrdup(cases[i].text);
		struct checklist c;
		struct err e;

		if (checklist_parse(&c, "f", text, find, &e) == 0)
			fail_msg("taken: %s", cases[i].text);
		assert_int_equal(e.code, ERR_CONFIG);
		assert_string_equal(e.msg, cases[i].why);
		free(text);
	}
}

static void
whole(void **state)
{
	char text[] = HEAD "reasons = one, two\nreasons = three\n[step a]\ntitle = A\nwithin = 4h\n"
	    "[step b]\ntitle = B\nqueue = q\nafter = a\nwaits = yes\n";
	struct checklist c;
	struct err e;

	(void)state;
	assert_int_equal(checklist_parse(&c, "f", text, find, &e), 0);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.steps[0].within_ms, 4 * TM_HOUR_MS);
	assert_null(c.steps[0].queue);
	assert_false(c.steps[0].waits);
	assert_int_equal(c.steps[1].n_after, 1);
	assert_int_equal(c.steps[1].after[0], 0);
	assert_true(c.steps[1].waits);
	assert_true(checklist_has_reason(&c, "three"));
	assert_false(checklist_has_reason(&c, "four"));
	checklist_release(&c);
}

static void
shipped(void **state)
{
	char **paths;
	struct err e;
	int n = conf_list("checklists", ".conf", &paths, &e), i;

	(void)state;
	assert_true(n >= 3);
	for (i = 0; i < n; i++) {
		char *text = conf_read(paths[i], 65536, NULL, &e);
		struct checklist c;

		if (text == NULL || checklist_parse(&c, paths[i], text, find, &e) < 0)
			fail_msg("%s", e.msg);
		checklist_release(&c);
		free(text);
	}
	conf_list_free(paths, n);
}

static int
begin(void **state)
{
	char text[] = "zone = UTC\n[week]\nmon-sun = 24x7\n";
	struct err e;

	(void)state;
	setenv("CSR_CONFIG", "share", 1);
	always = cal_parse("24x7", text, &e);
	return always == NULL;
}

static int
end(void **state)
{
	(void)state;
	cal_free(always);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults), cmocka_unit_test(whole), cmocka_unit_test(shipped),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
