/* test_utf8 - strictness, counting and columns */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "text/utf8.h"

static void
test_valid(void **state)
{
	static const struct {
		const char *s;
		size_t good;	/* leading bytes that are strict UTF-8 */
	} rows[] = {
		{ "", 0 }, { "plain ASCII, longer than a word", 31 }, { "退票", 6 },
		{ "a\xC2", 1 }, { "\xC0\xAF", 0 }, { "ok\xE0\x80\xAF", 2 },
		{ "\xED\xA0\x80", 0 }, { "\xED\x9F\xBF", 3 }, { "\xF4\x8F\xBF\xBF", 4 },
		{ "\xF4\x90\x80\x80", 0 }, { "\xF8\x88\x80\x80\x80", 0 }, { "12345678\xFF", 8 },
		{ "\xE9\x80\x80\xE9\x80", 3 }, { "\x80", 0 }, { "😀\xF0\x9F\x98", 4 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("row %zu\n", i);
		assert_int_equal(utf8_valid_len(rows[i].s, strlen(rows[i].s)), rows[i].good);
		assert_int_equal(utf8_valid(rows[i].s, strlen(rows[i].s)),
		    rows[i].good == strlen(rows[i].s));
	}
}

static void
test_walk(void **state)
{
	const char *s = "aé退😀\xFFz", *p = s, *end = s + strlen(s);
	static const uint32_t want[] = { 'a', 0xE9, 0x9000, 0x1F600, 0xFFFD, 'z' };
	char out[4];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		assert_int_equal(utf8_next(&p, end), want[i]);
	assert_ptr_equal(p, end);
	assert_int_equal(utf8_count(s, strlen(s)), 6);
	assert_int_equal(utf8_offset(s, strlen(s), 3), 6);
	assert_int_equal(utf8_offset(s, strlen(s), 99), strlen(s));
	assert_int_equal(utf8_put(out, 0x9000), 3);
	assert_memory_equal(out, "退", 3);
}

static void
test_width(void **state)
{
	static const struct {
		const char *s;
		size_t columns;
	} rows[] = {
		{ "", 0 }, { "abc", 3 }, { "退票", 4 }, { "ＡＢ", 4 }, { "é", 1 },
		{ "e\xCC\x81", 1 },		/* combining acute */
		{ "加\xE2\x80\x8B微", 4 },	/* zero-width space */
		{ "😀", 2 }, { "👍🏽", 2 },
		{ "👨‍👩‍👧", 2 },		/* joined by U+200D */
		{ "❤️", 2 }, { "🇨🇳", 2 }, { "한국", 4 }, { "\x1B[0m", 3 }, { "…", 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("\"%s\"\n", rows[i].s);
		assert_int_equal(utf8_width(rows[i].s, strlen(rows[i].s)), rows[i].columns);
	}
	assert_int_equal(utf8_fit("退票abc", 9, 5), 7);
	assert_int_equal(utf8_fit("退票abc", 9, 3), 3);
	assert_int_equal(utf8_fit("e\xCC\x81x", 4, 1), 3);
	assert_int_equal(utf8_fit("ab", 2, 80), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_walk),
		cmocka_unit_test(test_width),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
