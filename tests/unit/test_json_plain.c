/* test_json_plain - plain text gives jansson's tree; all else is left to jansson */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stream/json.h"

static json_t *
by_jansson(const char *text, size_t len)
{
	json_error_t why;

	return json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
}

static void
plain_text_gives_the_same_tree(void **state)
{
	static const char *const cases[] = {
		"{}", " { } ", "{\"a\":1}", "{\"\":\"\"}", "\t{ \"a\" : [ ] , \"b\" : { } }\r\n",
		"{\"a\":[1,-2,0,-0,999999999999999999,-999999999999999999]}",
		"{\"a\":[true,false,null,\"x\",[[]],{\"b\":{}}]}",
		"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "{\"a\":\"12345678\\n1234567890\\n\"}",
		"{\"kind\":\"message\",\"text\":\"退票，谢谢 \xf0\x9f\x98\x80\",\"n\":1 }",
		"{\"eight\":\"1234567\",\"nine\":\"12345678\",\"ten\":\"123456789\"}",
		"{\"a\":\"\x7f\xc2\x80\"}", "{\"a\":{\"a\":{\"a\":1}},\"b\":2}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *got = json_plain(cases[i], strlen(cases[i]));
		json_t *want = by_jansson(cases[i], strlen(cases[i]));

		if (got == NULL || want == NULL || !json_equal(got, want))
			fail_msg("%s", cases[i]);
		json_decref(got);
		json_decref(want);
	}
}

static void
other_text_is_declined(void **state)
{
	static const char *const cases[] = {
		"", " ", "[]", "1", "\"a\"", "null", "{", "}", "{}}", "{} {}", "{}x", "{,}",
		"{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{\"a\":1 2}",
		"{\"a\":1.}", "{\"a\":.5}", "{\"a\":1.5.5}", "{\"a\":1.5e1}",
		"{\"a\":01.5}", "{\"a\":123456789012345.6}", "{\"a\":0.1234567890123456}",
		"{\"a\":9999999999999999999}", "{\"a\":1e3}", "{\"a\":01}", "{\"a\":-}", "{\"a\":+1}",
		"{\"a\":1234567890123456789}", "{\"a\":99999999999999999999999}",
		"{\"a\":\"\\u0041\"}", "{\"\\u0041\":1}", "{\"a\\n\":1}",
		"{\"a\n\":1}", "{\"a\t\t\":1}", "{\"a\":\"\\x\"}",
		"{\"a\":\"\\", "{\"a\":\"", "{\"a\":\"b", "{\"a\":\"12345678", "{\"a", "{\"a\":tru}",
		"{\"a\":\"tab\there\"}", "{\"a\":\"1234567\n\"}", "{\"a\":\"1234567\\q\"}",
		"{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":[1,]}", "{\"a\":[1 2]}",
		"{\"a\":[}", "{\"a\":{]", "{\"a\":1,\"a\":2}", "{\"b\":{\"a\":1,\"a\":1}}",
		"\f{}", "\xef\xbb\xbf{}", "{\"a\":nulL}", "{\"a\":t",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (json_plain(cases[i], strlen(cases[i])) != NULL)
			fail_msg("%s", cases[i]);
	assert_null(json_plain("{\"a\":\"b\0c\"}", 12));
	assert_null(json_plain("{\"a\":1}\0", 8));
}

/* The end is LEN, wherever the bytes behind it lead: no copy ends in NUL here. */
static void
every_beginning_of_a_record_is_declined(void **state)
{
	static const char text[] = "{\"kind\":\"message\",\"n\":[12,-3,true,null],"
	    "\"text\":\"one \\\"two\\\" three\",\"from\":{\"id\":\"wm0000001\"}}";
	size_t len = sizeof(text) - 1, i;
	json_t *whole;

	(void)state;
	for (i = 0; i < len; i++) {
		char *part = malloc(i + 1);

		memcpy(part, text, i);
		assert_null(json_plain(part, i));
		free(part);
	}
	whole = json_plain(text, len);
	assert_non_null(whole);
	json_decref(whole);
}

static void
deep_nesting_is_declined(void **state)
{
	char text[1024] = "{\"a\":";
	size_t i;

	(void)state;
	for (i = 0; i < 200; i++)
		strncat(text, "[", sizeof(text) - strlen(text) - 1);
	for (i = 0; i < 200; i++)
		strncat(text, "]", sizeof(text) - strlen(text) - 1);
	strncat(text, "}", sizeof(text) - strlen(text) - 1);
	assert_null(json_plain(text, strlen(text)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_gives_the_same_tree),
		cmocka_unit_test(other_text_is_declined),
		cmocka_unit_test(every_beginning_of_a_record_is_declined),
		cmocka_unit_test(deep_nesting_is_declined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
