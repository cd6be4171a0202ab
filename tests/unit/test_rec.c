/* test_rec - records: what comes in goes out, byte for byte */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stream/rec.h"

static const char *
printed(struct rec *r)
{
	static struct buf out;

	buf_clear(&out);
	rec_print(r, &out);
	out.p[out.len - 1] = '\0';
	return out.p;
}

static void
parse(struct rec *r, const char *text)
{
	struct err e;

	*r = (struct rec)REC_INIT;
	if (rec_parse(r, text, strlen(text), &e) < 0)
		fail_msg("%s: %s", text, e.msg);
}

static void
adding_keeps_every_byte(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "{\"a\":1.10}", "{\"a\":1.10,\"new\":7}" },
		{ "{}", "{\"new\":7}" },
		{ "{ }", "{ \"new\":7}" },
		{ "{ \"b\" : 1e400000000000000000 }", NULL },
		{ "{ \"b\" : [1 , 2] }", "{ \"b\" : [1 , 2] ,\"new\":7}" },
		{ "{\"new\":1,\"b\":2}", "{\"b\":2,\"new\":7}" },
		{ "{\"b\":2, \"new\" : {\"x\":\"}\"}}", "{\"b\":2,\"new\":7}" },
		{ "{\"b\":2,\"new\":[1,\"]\"],\"c\":3}", "{\"b\":2,\"c\":3,\"new\":7}" },
		{ "{\"n\\u0065w\":1,\"b\":2}", "{\"b\":2,\"new\":7}" },
		{ "{\"x\":{\"new\":1}}", "{\"x\":{\"new\":1},\"new\":7}" },
		{ "{\"k\":\"a\\\"new\\\":\"}", "{\"k\":\"a\\\"new\\\":\",\"new\":7}" },
	};
	struct rec r;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		r = (struct rec)REC_INIT;
		if (cases[i].out == NULL) {
			assert_int_equal(rec_parse(&r, cases[i].in, strlen(cases[i].in), &e), -1);
		} else {
			parse(&r, cases[i].in);
			rec_put_int(&r, "new", 7);
			assert_string_equal(printed(&r), cases[i].out);
		}
		rec_release(&r);
	}
}

static void
adding_twice_replaces(void **state)
{
	struct rec r;
	int64_t v = 0;

	(void)state;
	parse(&r, "{\"a\":1}");
	rec_put_int(&r, "x", 1);
	rec_put_int(&r, "y", 2);
	rec_put_int(&r, "x", 3);
	assert_string_equal(printed(&r), "{\"a\":1,\"y\":2,\"x\":3}");
	assert_true(rec_int(&r, "x", &v));
	assert_int_equal(v, 3);
	rec_release(&r);
}

static void
a_slim_record_prints_the_same(void **state)
{
	struct rec r;

	(void)state;
	parse(&r, "{\"a\":1.50}");
	rec_slim(&r);
	rec_put_int(&r, "id", 9);
	rec_put_bool(&r, "new", true);
	assert_string_equal(printed(&r), "{\"a\":1.50,\"id\":9,\"new\":true}");
	rec_release(&r);
}

static void
bad_text_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "[1]", "1", "{", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}",
		"{\"a\":9223372036854775808}", "{\"a\":\"\\ud83d\"}", "{\"a\":\"\xff\"}",
		"{\"a\":\"\xc0\xaf\"}", "{\"a\":\"\x01\"}", "{'a':1}",
	};
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct rec r = REC_INIT;

		if (rec_parse(&r, bad[i], strlen(bad[i]), &e) == 0)
			fail_msg("taken: %s", bad[i]);
		assert_int_equal(e.code, ERR_DATA);
		rec_release(&r);
	}
}

static void
deep_nesting_is_refused_not_fatal(void **state)
{
	struct buf deep = BUF_INIT;
	struct rec r = REC_INIT;
	struct err e;
	int i;

	(void)state;
	buf_str(&deep, "{\"a\":");
	for (i = 0; i < 100000; i++)
		buf_char(&deep, '[');
	assert_int_equal(rec_parse(&r, deep.p, deep.len, &e), -1);
	rec_release(&r);
	buf_release(&deep);
}

static void
paths_reach_in_and_never_crash(void **state)
{
	struct rec r;
	int64_t v;

	(void)state;
	parse(&r, "{\"kind\":\"message\",\"from\":{\"id\":\"x\",\"n\":5},\"z\":null,\"b\":true}");
	assert_string_equal(rec_text(&r, "from.id"), "x");
	assert_true(rec_int(&r, "from.n", &v) && v == 5);
	assert_null(rec_text(&r, "from.n"));
	assert_null(rec_text(&r, "from.id.x"));
	assert_null(rec_text(&r, "z"));
	assert_null(rec_node(&r, "nothing.here"));
	assert_true(rec_bool(&r, "b"));
	assert_true(rec_is(&r, "message"));
	assert_false(rec_is(&r, "order"));
	rec_release(&r);
}

static void
invalid_text_becomes_replacement_characters(void **state)
{
	struct buf out = BUF_INIT;
	struct node *n = node_text("a\xff" "b");

	(void)state;
	node_print(n, &out);
	assert_string_equal(out.p, "\"a\xef\xbf\xbd" "b\"");
	node_free(n);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_keeps_every_byte),
		cmocka_unit_test(adding_twice_replaces),
		cmocka_unit_test(a_slim_record_prints_the_same),
		cmocka_unit_test(bad_text_is_refused),
		cmocka_unit_test(deep_nesting_is_refused_not_fatal),
		cmocka_unit_test(paths_reach_in_and_never_crash),
		cmocka_unit_test(invalid_text_becomes_replacement_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
