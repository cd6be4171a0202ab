/* test_words - word lists and patterns over folded text */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "text/fold.h"
#include "text/pattern.h"
#include "text/words.h"

struct seen {
	char text[256];		/* "id:start-end " for each hit */
};

static void
note(void *ctx, const struct words_hit *h)
{
	struct seen *s = ctx;
	size_t len = strlen(s->text);

	snprintf(s->text + len, sizeof(s->text) - len, "%u:%u-%u ", h->id, h->start, h->end);
}

static void
test_scan(void **state)
{
	static const struct {
		const char *text, *hits;
	} rows[] = {
		{ "", "" }, { "什么都没有", "" },
		{ "我要退票", "1:6-12 " }, { "我要退 票", "" },
		{ "退票费多少", "1:0-6 2:0-9 " },		/* one word inside another */
		{ "加微信", "3:0-9 " }, { "加 微 信", "3:0-11 " }, { "加.微·信", "3:0-12 " },
		{ "加。微、信", "3:0-15 " }, { "加  微信", "" }, { "别加,加微信吧", "3:7-16 " },
		{ "加,加 微信", "3:4-14 " },
		{ "加v信", "5:0-7 " }, { "加 V 信", "5:0-9 " },
		{ "hers", "6:0-4 " }, { "she", "" }, { "others", "" }, { "问hers了", "6:3-7 " },
		{ "refund", "7:0-6 " }, { "refunded", "7:0-6 " }, { "prerefund", "" },
		{ "REFUND！", "7:0-6 " }, { "he said", "8:0-2 " },
	};
	struct words w = WORDS_INIT;
	struct fold f = FOLD_INIT;
	struct seen seen;
	size_t i;

	(void)state;
	words_add(&w, "退票", 1, 0);
	words_add(&w, "退票費", 2, 0);
	words_add(&w, "加微信", 3, WORDS_APART);
	words_add(&w, "", 4, 0);
	words_add(&w, "加V信", 5, WORDS_APART);
	words_add(&w, "Hers", 6, 0);
	words_add(&w, "refund", 7, WORDS_PREFIX);
	words_add(&w, "he", 8, 0);
	words_build(&w);
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("\"%s\"\n", rows[i].text);
		seen.text[0] = '\0';
		fold_text(&f, rows[i].text, strlen(rows[i].text));
		words_scan(&w, f.text.p, f.text.len, note, &seen);
		assert_string_equal(seen.text, rows[i].hits);
	}
	fold_release(&f);
	words_release(&w);
}

static void
count(void *ctx, const struct words_hit *h)
{
	size_t *n = ctx;

	(void)h;
	++*n;
}

/* Every word of a large list must be found in itself, with all ids. */
static void
test_many(void **state)
{
	struct words w = WORDS_INIT;
	char word[32];
	size_t n;
	uint32_t i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(word, sizeof(word), "w%ux", i * 7919 % 100000);
		words_add(&w, word, i, 0);
		words_add(&w, word, i + 5000, 0);
	}
	words_build(&w);
	for (i = 0; i < 5000; i++) {
		n = 0;
		snprintf(word, sizeof(word), "w%ux", i * 7919 % 100000);
		words_scan(&w, word, strlen(word), count, &n);
		assert_int_equal(n, 2);
	}
	words_release(&w);
}

static void
test_empty(void **state)
{
	struct words w = WORDS_INIT;
	size_t n = 0;

	(void)state;
	words_build(&w);
	words_scan(&w, "abc", 3, count, &n);
	assert_int_equal(n, 0);
	words_release(&w);
}

static void
test_pattern(void **state)
{
	struct err e;
	struct pattern *p = pattern_new("退.{0,3}票|\\brefund\\b", &e);
	char many[101] = "";
	size_t start, end;

	(void)state;
	assert_non_null(p);
	assert_int_equal(pattern_match(p, "我要退掉票", 15, &start, &end, &e), 1);
	assert_int_equal(start, 6);
	assert_int_equal(end, 15);
	assert_int_equal(pattern_match(p, "refunds", 7, NULL, NULL, &e), 0);
	assert_int_equal(pattern_match(p, "要refund吗", 12, NULL, NULL, &e), 1);
	pattern_free(p);

	assert_null(pattern_new("(退票", &e));
	assert_int_equal(e.code, ERR_CONFIG);
	assert_non_null(strstr(e.msg, "(退票"));

	p = pattern_new("^(a+)+$", &e);
	memset(many, 'a', 99);
	many[99] = '!';
	assert_int_equal(pattern_match(p, many, 100, NULL, NULL, &e), -1);
	pattern_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scan),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_pattern),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
