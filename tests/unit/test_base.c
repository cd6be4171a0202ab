/* test_base - errors, buffers, arenas, maps, configuration files */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/map.h"

static void
errors_name_the_place_and_never_overflow(void **state)
{
	struct err e;
	char longer[600];

	(void)state;
	assert_int_equal(err_set(&e, ERR_DATA, "no \"%s\"", "text"), -1);
	assert_int_equal(e.code, 65);
	err_at(&e, "stdin", 17);
	assert_string_equal(e.msg, "stdin:17: no \"text\"");
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	err_set(&e, ERR_DATA, "%s", longer);
	err_at(&e, longer, 1);
	assert_int_equal(strlen(e.msg), sizeof(e.msg) - 1);
}

static void
hostile_text_is_shown_as_question_marks(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "a\x1b[31mb", "a?[31mb" }, { "x\r\ny", "x??y" }, { "\xc2\x9b" "2J", "?2J" },
		{ "\xe2\x80\xae" "cod", "?cod" }, { "退票", "退票" }, { "\x7f", "?" },
	};
	char out[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		log_clean(out, sizeof(out), cases[i].in);
		assert_string_equal(out, cases[i].out);
	}
	log_clean(out, 3, "abcdef");
	assert_string_equal(out, "ab");
}

static void
a_buffer_grows_and_always_ends(void **state)
{
	struct buf b = BUF_INIT;
	int i;

	(void)state;
	assert_string_equal(buf_cstr(&b), "");
	for (i = 0; i < 1000; i++)
		buf_fmt(&b, "%d,", i);
	assert_int_equal(b.len, strlen(b.p));
	buf_clear(&b);
	assert_string_equal(buf_cstr(&b), "");
	buf_str(&b, "kept");
	{
		char *s = buf_take(&b);

		assert_string_equal(s, "kept");
		free(s);
	}
	assert_null(b.p);
}

static void
arena_pieces_stay_until_the_clear(void **state)
{
	struct arena a = ARENA_INIT;
	char *piece[300];
	size_t i;

	(void)state;
	for (i = 0; i < 300; i++) {
		piece[i] = arena_alloc(&a, 1000 * (i % 200) + 1);
		assert_int_equal(piece[i][0], 0);
		piece[i][0] = (char)i;
	}
	for (i = 0; i < 300; i++)
		assert_int_equal(piece[i][0], (char)i);
	assert_null(arena_str(&a, NULL));
	arena_clear(&a);
	assert_int_equal(a.used, 0);
	assert_string_equal(arena_strn(&a, "abcdef", 3), "abc");
	arena_release(&a);
}

static void
a_map_finds_what_was_put(void **state)
{
	struct map m = MAP_INIT;
	int64_t i, seen = 0;
	size_t at = 0;
	int is_new;

	(void)state;
	assert_null(map_get(&m, "x", 1));
	for (i = 0; i < 10000; i++)
		map_put(&m, &i, sizeof(i), NULL)->num = i * 2;
	for (i = 0; i < 10000; i++)
		assert_int_equal(map_get(&m, &i, sizeof(i))->num, i * 2);
	assert_null(map_get(&m, &i, sizeof(i)));
	map_put(&m, "a\0b", 3, &is_new);
	assert_int_equal(is_new, 1);
	map_put(&m, "a\0b", 3, &is_new);
	assert_int_equal(is_new, 0);
	assert_null(map_get(&m, "a\0c", 3));
	while (map_each(&m, &at) != NULL)
		seen++;
	assert_int_equal(seen, 10001);
	map_clear(&m);
	assert_int_equal(m.n, 0);
	assert_null(map_get(&m, "a\0b", 3));
	map_release(&m);
}

static int
note(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	if (key == NULL)
		return 0;
	if (strcmp(key, "bad") == 0)
		return err_set(e, ERR_CONFIG, "no such key \"bad\"");
	buf_fmt(ctx, "%zu %s.%s=%s;", line, section, key, value);
	return 0;
}

static void
configuration_is_read_line_by_line(void **state)
{
	char good[] = "\xef\xbb\xbf# words\r\na = 1\n\n[one]\n  b=two words \nlong = x\\\n y\n";
	char bad[] = "a = 1\nbad = 2\n", worse[] = "[open\n", plain[] = "just words\n";
	struct buf got = BUF_INIT;
	struct err e;

	(void)state;
	assert_int_equal(conf_parse_text("t", good, note, &got, &e), 0);
	assert_string_equal(got.p, "2 .a=1;5 one.b=two words;7 one.long=x y;");
	assert_int_equal(conf_parse_text("t", bad, note, &got, &e), -1);
	assert_string_equal(e.msg, "t:2: no such key \"bad\"");
	assert_int_equal(conf_parse_text("t", worse, note, &got, &e), -1);
	assert_string_equal(e.msg, "t:1: a section head must look like [name]");
	assert_int_equal(conf_parse_text("t", plain, note, &got, &e), -1);
	assert_string_equal(e.msg, "t:1: neither [section] nor key = value");
	buf_release(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_name_the_place_and_never_overflow),
		cmocka_unit_test(hostile_text_is_shown_as_question_marks),
		cmocka_unit_test(a_buffer_grows_and_always_ends),
		cmocka_unit_test(arena_pieces_stay_until_the_clear),
		cmocka_unit_test(a_map_finds_what_was_put),
		cmocka_unit_test(configuration_is_read_line_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
