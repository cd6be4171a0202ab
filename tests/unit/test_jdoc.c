/* test_jdoc - JSON values however they are laid out, and what broken ones cost */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "stream/jdoc.h"

static bool
is_messages(const char *key, size_t len)
{
	return (len == 1 && *key == 'm') || len == 0;
}

/* Values as "line text" lines, parts with "+" behind, refusals as "!message {raw}".
 * CHUNK bytes at a time through a pipe; 0: all at once. */
static const char *
values_of(const char *text, size_t len, bool whole, size_t chunk, struct buf *out)
{
	struct jdoc d;
	struct err e;
	int got, p[2];
	size_t done = 0;

	assert_int_equal(pipe(p), 0);
	buf_clear(out);
	jdoc_attach(&d, p[0], "in", text, chunk == 0 ? len : 0);
	d.cuts = is_messages;
	d.whole = whole;
	for (; chunk != 0 && done < len && len < 60000; done += chunk)
		assert_true(write(p[1], text + done, len - done < chunk ? len - done :
		    chunk) > 0);
	close(p[1]);
	while ((got = jdoc_next(&d, &e)) != 0) {
		if (got > 0) {
			buf_fmt(out, "%zu ", d.line);
			node_print(d.root, out);
			buf_fmt(out, "%s\n", d.part ? "+" : "");
			continue;
		}
		assert_int_equal(e.code, ERR_DATA);
		buf_fmt(out, "!%s {%.*s}\n", e.msg + 3, (int)(d.len < 60 ? d.len : 60), d.raw);
	}
	jdoc_close(&d);
	return buf_cstr(out);
}

static void
values_come_whole(void **state)
{
	static const struct { const char *text, *want; bool whole; } cases[] = {
		{ "", "", false },
		{ "\n \r\n", "", false },
		{ "{\"a\":1}\n{\"a\":2}\n", "1 {\"a\":1}\n2 {\"a\":2}\n", false },
		{ "\xef\xbb\xbf{\"a\":1}", "1 {\"a\":1}\n", false },
		{ "{\"a\":1}{\"a\":2}", "1 {\"a\":1}\n1 {\"a\":2}\n", false },
		{ "[{\"a\":1},{\"a\":2}]", "1 {\"a\":1}\n1 {\"a\":2}\n", false },
		{ "[\n  {\n    \"a\": \"x]\\\"}\"\n  },\n  {\"a\":2}\n]\n",
		  "2 {\"a\":\"x]\\\"}\"}\n5 {\"a\":2}\n", false },
		{ "[{\"a\":1}]\n[{\"a\":2}]", "1 {\"a\":1}\n2 {\"a\":2}\n", false },
		{ "[{\"a\":1},{\"a\":2}]", "1 [{\"a\":1},{\"a\":2}]\n", true },
		{ "{\"a\":1}\n[]\n[{}]", "1 {\"a\":1}\n2 []\n3 [{}]\n", true },
		{ "{\n\"a\": [1,\n2],\n\"m\":\n[{}]\n}\n{}",
		  "1 {\"a\":[1,2],\"m\":[{}]}\n7 {}\n", false },
		{ "{\r\n\t\"a\": 1\r\n}\r\n{ }\r\n", "1 {\"a\":1}\n4 {}\n", false },
	};
	struct buf out = BUF_INIT;
	size_t i, chunk;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (chunk = 0; chunk < 3; chunk++)
			if (strcmp(values_of(cases[i].text, strlen(cases[i].text),
			    cases[i].whole, chunk, &out), cases[i].want) != 0)
				fail_msg("%zu by %zu:\n%s", i, chunk, buf_cstr(&out));
	buf_release(&out);
}

static void
broken_ones_cost_themselves(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "{\"a\":1}\nhello\n{\"a\":2}",
		  "1 {\"a\":1}\n!2: not a JSON object {hello}\n3 {\"a\":2}\n" },
		{ "{\"a\":1, oops\n{\"a\":2}\n",
		  "!1: not JSON: a name is missing {{\"a\":1, oops}\n2 {\"a\":2}\n" },
		{ "{\"a\":\n{\"b\":2\n{\"a\":3}\n",
		  "!1: not JSON: cut off at the line's end {{\"a\":\n{\"b\":2}\n3 {\"a\":3}\n" },
		{ "{\"a\":1,\n{\"a\":2}\n",
		  "!1: not JSON: a name is missing {{\"a\":1,}\n2 {\"a\":2}\n" },
		{ "{\"a\":\"x\n{\"a\":2}\n",
		  "!1: not JSON: the line ends within a text {{\"a\":\"x}\n2 {\"a\":2}\n" },
		{ "{\"a\":]}\n{\"a\":2}\n",
		  "!1: not JSON: a bracket too many {{\"a\":]}}\n2 {\"a\":2}\n" },
		{ "{\"a\":oops}\n{\"a\":2}\n",
		  "!1: not JSON: invalid token near 'oops' at byte 9 {{\"a\":oops}}\n2 {\"a\":2}\n" },
		{ "{\"a\":1,\"a\":1}\n{\"a\":2}",
		  "!1: not JSON: duplicate object key near '\"a\"' at byte 10 "
		  "{{\"a\":1,\"a\":1}}\n2 {\"a\":2}\n" },
		{ "{\n  \"a\": 1,\n  oops\n  \"b\": 2\n}\n{\"a\":2}",
		  "!1: not JSON: a name is missing {{\n  \"a\": 1,\n  oops\n  \"b\": 2\n}}\n6 {\"a\":2}\n" },
		{ "[\n  {\"a\": 1},\n  {\"a\" 1\n  },\n  {\"a\": ]},\n  {\"a\": 2}\n]",
		  "2 {\"a\":1}\n!3: not JSON: ':' expected near '1' at byte 6 {{\"a\" 1\n  }}\n"
		  "!5: not JSON: a bracket too many {{\"a\": ]},}\n6 {\"a\":2}\n" },
		{ "[{\"a\":1},{\"a\" 1},{\"a\":3}]",
		  "1 {\"a\":1}\n!1: not JSON: ':' expected near '1' at byte 6 {{\"a\" 1}}\n1 {\"a\":3}\n" },
		{ "[{\"a\":1},\n", "1 {\"a\":1}\n"
		  "!2: the input ends within an array: more may be missing {}\n" },
		{ "[{\"a\":1},{\"a\":", "1 {\"a\":1}\n"
		  "!1: not JSON: the input ends within a value {{\"a\":}\n" },
		{ "{\"a\":1}\n{\"a\":", "1 {\"a\":1}\n"
		  "!2: not JSON: the input ends within a value {{\"a\":}\n" },
		/* A document with one message broken, and one cut off. */
		{ "{\"s\":7,\"m\":[\n{\"a\":1},\n{\"a\":oops},\n{\"a\":3}\n],\"e\":8}\n{}",
		  "1 {\"s\":7,\"m\":[{\"a\":1}]}+\n"
		  "!3: not JSON: invalid token near 'oops' at byte 22 {{\"s\":7,\"m\":[\n{\"a\":oops}]}}\n"
		  "4 {\"s\":7,\"m\":[{\"a\":3}]}+\n5 {\"s\":7,\"m\":[],\"e\":8}\n6 {}\n" },
		{ "{\"s\":7,\"m\":[\n {\"a\":1},\n {\"a\":\"x},\n {\"a\":3}\n],\"e\":8}\n{}",
		  "1 {\"s\":7,\"m\":[{\"a\":1}]}+\n"
		  "!3: not JSON: the line ends within a text {\n {\"a\":\"x},}\n"
		  "4 {\"s\":7,\"m\":[{\"a\":3}],\"e\":8}\n6 {}\n" },
		{ "{\"s\":7,\"m\":[\n{\"a\":1},\n{\"a\":oops},\n{\"a\":\"x},\n{\"a\":3}\n]}",
		  "1 {\"s\":7,\"m\":[{\"a\":1}]}+\n"
		  "!3: not JSON: invalid token near 'oops' at byte 22 {{\"s\":7,\"m\":[\n{\"a\":oops}]}}\n"
		  "!4: not JSON: the line ends within a text {\n{\"a\":\"x},}\n"
		  "5 {\"s\":7,\"m\":[{\"a\":3}]}+\n6 {\"s\":7,\"m\":[]}\n" },
		{ "{\"s\":7,\"m\":[{\"a\":1},{\"a\":2},{\"a",
		  "1 {\"s\":7,\"m\":[{\"a\":1},{\"a\":2}]}+\n"
		  "!1: not JSON: the input ends within a value {{\"a}\n" },
	};
	struct buf out = BUF_INIT;
	size_t i, chunk;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (chunk = 0; chunk < 4; chunk++)
			if (strcmp(values_of(cases[i].text, strlen(cases[i].text), false, chunk,
			    &out), cases[i].want) != 0)
				fail_msg("%zu by %zu:\n%s", i, chunk, buf_cstr(&out));
	buf_release(&out);
}

/* Through a file, so that it is read block by block. */
static void
count_of(const struct buf *text, size_t *items, size_t *parts, size_t *refused, size_t *most)
{
	FILE *f = tmpfile();
	struct jdoc d;
	struct err e;
	int got;

	assert_non_null(f);
	assert_int_equal(fwrite(text->p, 1, text->len, f), text->len);
	rewind(f);
	jdoc_attach(&d, dup(fileno(f)), "in", NULL, 0);
	lseek(d.fd, 0, SEEK_SET);
	d.cuts = is_messages;
	*items = *parts = *refused = *most = 0;
	while ((got = jdoc_next(&d, &e)) != 0) {
		*parts += got > 0;
		*refused += got < 0;
		*items += got > 0 ? node_len(node_get(d.root, "m")) : 0;
		assert_true(d.len <= JDOC_MAX + 200000);
		if (got > 0)
			assert_non_null(node_get(d.root, "s"));
		*most = d.cap > *most ? d.cap : *most;
	}
	jdoc_close(&d);
	fclose(f);
}

static void
a_long_document_comes_in_parts(void **state)
{
	struct buf text = BUF_INIT;
	size_t i, items, parts, refused, most;

	(void)state;
	buf_str(&text, "{\"s\":7,\"x\":[1],\"d\":{\"m\":[");
	buf_clear(&text);
	buf_str(&text, "{\"s\":7,\"m\":[");
	for (i = 0; i < 200000; i++)
		buf_fmt(&text, "%s{\"id\":%zu,\"text\":\"酒店能取消吗，订单一二三四五六七八九十\"}",
		    i > 0 ? ",\n" : "", i);
	buf_str(&text, "],\"end\":1}\n{\"s\":8,\"m\":[{}]}");
	count_of(&text, &items, &parts, &refused, &most);
	assert_int_equal(items, 200001);
	assert_int_equal(refused, 0);
	assert_true(parts > 3 && parts < 20);
	assert_true(most <= 2 * (JDOC_MAX + 65536));

	/* One broken among them costs itself. */
	memcpy(strstr(text.p, "\"id\":100000,"), "\"id\":1\"0000,", 12);
	count_of(&text, &items, &parts, &refused, &most);
	assert_int_equal(items, 200000);
	assert_int_equal(refused, 1);
	buf_release(&text);
}

static void
what_is_too_long_is_skipped(void **state)
{
	struct buf text = BUF_INIT;
	size_t i, items, parts, refused, most;

	(void)state;
	buf_str(&text, "{\"s\":1,\"m\":[{}]}\n{\"s\":\"");
	for (i = 0; i < 5 * 1024 * 1024; i++)
		buf_char(&text, i % 100 == 0 ? '{' : 'x');
	buf_str(&text, "\"}\n{\"s\":2,\"m\":[{}]}\n");
	count_of(&text, &items, &parts, &refused, &most);
	assert_int_equal(items, 2);
	assert_int_equal(refused, 1);
	buf_release(&text);
}

static void
the_first_value_of_a_beginning(void **state)
{
	static const char *const cases[][2] = {
		{ "{\"a\":1}\n{", "{\"a\":1}" }, { "[{\"a\":1},{\"a\":2", "{\"a\":1}" },
		{ "{\"s\":7,\"m\":[{\"a\":1},{\"a\":2},{\"a\":3", "{\"s\":7,\"m\":[{\"a\":1}]}" },
		{ "{\"s\":7,\"m\":[{\"a\":1},{\"a\":oops}]}", "{\"s\":7,\"m\":[{\"a\":1}]}" },
		{ "{\"s\":7,\"m\":[{\"a\":1},\n{\"a\":\"x\n]}", "{\"s\":7,\"m\":[{\"a\":1}]}" },
		{ "{\"s\":7,\"m\":[{\"a\":1", "" }, { "a,b\n", "" }, { "", "" }
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct node *n = jdoc_first(cases[i][0], strlen(cases[i][0]), false, is_messages);

		buf_clear(&out);
		if (n != NULL)
			node_print(n, &out);
		assert_string_equal(buf_cstr(&out), cases[i][1]);
		node_free(n);
	}
	buf_release(&out);
}

/* Brackets, quotes and line ends in any order: no hang, time by length. */
static void
noise_is_survived(void **state)
{
	static const char bytes[] = "{}[],:\"\\\n am1";
	struct buf text = BUF_INIT, out = BUF_INIT;
	unsigned seed = 7;
	size_t i, round;

	(void)state;
	for (round = 0; round < 300; round++) {
		buf_clear(&text);
		for (i = 0; i < 200 + round; i++) {
			seed = seed * 1103515245 + 12345;
			buf_char(&text, bytes[(seed >> 16) % (sizeof(bytes) - 1)]);
		}
		values_of(text.p, text.len, round % 2 == 0, 0, &out);
		values_of(text.p, text.len, round % 2 == 0, 7, &out);
	}
	buf_release(&text);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_come_whole),
		cmocka_unit_test(broken_ones_cost_themselves),
		cmocka_unit_test(a_long_document_comes_in_parts),
		cmocka_unit_test(what_is_too_long_is_skipped),
		cmocka_unit_test(the_first_value_of_a_beginning),
		cmocka_unit_test(noise_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
