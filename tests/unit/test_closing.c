/* test_closing - thanks that close a matter, and messages that ask */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/conf.h"
#include "text/closing.h"

/* The lists as they are shipped: tests run from the root of the tree. */
static void
load(struct words *w, const char *path)
{
	struct err e;
	char *text = conf_read(path, 1 << 20, NULL, &e);

	assert_non_null(text);
	phrases_add(w, text);
	words_build(w);
	free(text);
}

struct row {
	const char *text;
	bool yes;
};

static void
check(const char *path, bool (*fn)(const struct words *, const struct fold *),
    const struct row *rows, size_t n)
{
	struct words w = WORDS_INIT;
	struct fold f = FOLD_INIT;
	size_t i, wrong = 0;

	load(&w, path);
	for (i = 0; i < n; i++) {
		fold_text(&f, rows[i].text, strlen(rows[i].text));
		if (fn(&w, &f) != rows[i].yes) {
			print_error("\"%s\" is %s\n", rows[i].text, rows[i].yes ? "one" : "none");
			wrong++;
		}
	}
	fold_release(&f);
	words_release(&w);
	assert_int_equal(wrong, 0);
}

static void
test_closing(void **state)
{
	static const struct row rows[] = {
		{ "谢谢", true }, { "好的谢谢！", true }, { "ok thx", true }, { "thank you 🙏", true },
		{ "收到，辛苦了", true }, { "[微笑][抱拳]", true }, { "好滴，謝謝您啦～", true },
		{ "嗯嗯好 谢谢你", true }, { "Got it, thanks so much!", true }, { "ty!", true },
		{ "👍👍", true }, { "好的，没有其他问题了，谢谢老师", true }, { "OK", true },
		{ "", false }, { "？", false }, { "谢谢？", false }, { "[微笑]", false }, { "！！！", false },
		{ "谢谢，请问发票呢", false }, { "thanks but it is still broken", false },
		{ "好的，我再问一下订单1234567890", false }, { "退票", false }, { "的了", false },
		{ "thankless", false }, { "不谢谢", false }, { "谢谢你帮我看看什么时候出票", false },
	};

	(void)state;
	check("share/rules/closing.txt", closing_is, rows, sizeof(rows) / sizeof(*rows));
}

static void
test_asks(void **state)
{
	static const struct row rows[] = {
		{ "三点集合吗", true }, { "怎么改签", true }, { "请把发票发我", true }, { "帮我看下", true },
		{ "能不能便宜点", true }, { "有多少人", true }, { "为什么不退", true }, { "我的票还没出", true },
		{ "我要投诉", true }, { "please help", true }, { "can you check", true }, { "how long", true },
		{ "真的？", true }, { "想改簽", true },
		{ "+1", false }, { "大家早上好", false }, { "今天的日出真美", false }, { "哈哈哈", false },
		{ "谢谢导游", false }, { "nice photo", false }, { "欢迎新朋友入群", false },
	};

	(void)state;
	check("share/rules/asks.txt", asks_is, rows, sizeof(rows) / sizeof(*rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closing),
		cmocka_unit_test(test_asks),
	};

	return cmocka_run_group_tests_name("closing", tests, NULL, NULL);
}
