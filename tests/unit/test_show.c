/* test_show - numbers, lengths and texts as people read them; text into markup */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/opt.h"
#include "report/markup.h"
#include "report/show.h"

#define NB "\u202f"

static const struct field whole = { "n", FIELD_INT, 0, "", NULL, 0 };
static const struct field real = { "mean", FIELD_REAL, 2, "", NULL, 0 };
static const struct field share = { "share", FIELD_REAL, 1, "", "%", 0 };
static const struct field length = { "p50_s", FIELD_SECONDS, 1, "", NULL, 0 };
static const struct field ms = { "wait_ms", FIELD_MS, 0, "", NULL, 0 };
static const struct field id = { "ticket", FIELD_INT, 0, "", "#", 0 };
static const struct field money = { "cost", FIELD_INT, 0, "", "CNY", 0 };

static struct words *words[LANGS];

static int
load_words(void **state)
{
	struct err e;
	int i;

	(void)state;
	common.config = "share";
	for (i = 0; i < LANGS; i++)
		words[i] = words_load((enum lang)i, &e);
	return words[LANG_EN] != NULL && words[LANG_ZH] != NULL ? 0 : -1;
}

static int
free_words(void **state)
{
	(void)state;
	words_free(words[LANG_EN]);
	words_free(words[LANG_ZH]);
	return 0;
}

static void
numbers_are_said_in_their_units(void **state)
{
	static const struct {
		const struct field *f;
		double v;
		const char *en, *zh;
	} cases[] = {
		{ &whole, 0, "0", NULL }, { &whole, 999, "999", NULL }, { &whole, 1234, "1,234", NULL },
		{ &whole, -1234567, "\u22121,234,567", NULL }, { &whole, NAN, "\u2013", NULL },
		{ &real, 1.005, "1.00", NULL }, { &real, 1234.5, "1,234.50", NULL },
		{ &real, -0.001, "0.00", NULL }, { &real, 0.999, "1.00", NULL },
		{ &share, 91.24, "91.2" NB "%", NULL }, { &share, 100, "100.0" NB "%", NULL },
		{ &id, 12345, "12345", NULL }, { &money, 1200, "1,200" NB "CNY", NULL },
		{ &length, 0, "0" NB "s", "0" NB "秒" }, { &length, 0.5, "0.5" NB "s", NULL },
		{ &length, 42, "42" NB "s", "42" NB "秒" },
		{ &length, 59.6, "1" NB "min", NULL }, { &length, 60, "1" NB "min", NULL },
		{ &length, 245, "4" NB "min 05" NB "s", "4" NB "分 05" NB "秒" },
		{ &length, 3599.7, "1" NB "h", NULL },
		{ &length, 12000, "3" NB "h 20" NB "min", "3" NB "小时 20" NB "分" },
		{ &length, 86399, "1" NB "d", NULL },
		{ &length, 187200, "2" NB "d 4" NB "h", "2" NB "天 4" NB "小时" },
		{ &length, -90, "\u22121" NB "min 30" NB "s", NULL },
		{ &ms, 245000, "4" NB "min 05" NB "s", NULL },
	};
	struct buf b = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct show en = { words[LANG_EN], zone_utc() }, zh = { words[LANG_ZH], zone_utc() };

		buf_clear(&b);
		show_number(&b, &en, cases[i].f, cases[i].v);
		assert_string_equal(buf_cstr(&b), cases[i].en);
		buf_clear(&b);
		show_number(&b, &zh, cases[i].f, cases[i].v);
		if (cases[i].zh != NULL)
			assert_string_equal(buf_cstr(&b), cases[i].zh);
	}
	buf_release(&b);
}

static void
changes_have_a_sign_and_percentages_points(void **state)
{
	static const struct {
		const struct field *f;
		double v;
		const char *want;
	} cases[] = {
		{ &whole, 12, "+12" }, { &whole, -3, "\u22123" }, { &whole, 0, "0" },
		{ &share, 3.1, "+3.1" NB "points" }, { &share, -0.25, "\u22120.3" NB "points" },
		{ &length, 65, "+1" NB "min 05" NB "s" },
	};
	struct show en = { words[LANG_EN], zone_utc() };
	struct buf b = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		show_change(&b, &en, cases[i].f, cases[i].v);
		assert_string_equal(buf_cstr(&b), cases[i].want);
	}
	buf_release(&b);
}

static void
values_have_words_and_strangers_text_is_cleaned(void **state)
{
	static const struct field channel = { "channel", FIELD_TEXT, 0, "", NULL, 0 };
	static const struct field weekday = { "weekday", FIELD_INT, 0, "", NULL, 0 };
	static const struct field at = { "at", FIELD_TIME, 0, "", NULL, 0 };
	struct show zh = { words[LANG_ZH], zone_utc() };
	const struct {
		const struct field *f;
		struct cell c;
		const char *want;
	} cases[] = {
		{ &channel, cell_text("wecom"), "企业微信" }, { &channel, cell_text("我们的"), "我们的" },
		{ &channel, cell_text("a\033[2J\u202e"), "a?[2J?" }, { &channel, cell_null(), "\u2013" },
		{ &weekday, cell_int(1), "周一" }, { &weekday, cell_int(9), "9" },
		{ &at, cell_time(1790816400000), "2026-10-01 01:00" },
	};
	struct buf b = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		show_cell(&b, &zh, cases[i].f, &cases[i].c);
		assert_string_equal(buf_cstr(&b), cases[i].want);
	}
	buf_release(&b);
}

static void
markup_leaves_no_sign_of_its_own_in_a_text(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	markup(&b, "<a b=\"%s\" c=\"%d\" d=\"%z\">%f %f %f %%</a>", "\"><x y='&'>\033\u202e\n", -7,
	    (size_t)12, 1.5, -0.001, INFINITY);
	assert_string_equal(buf_cstr(&b), "<a b=\"&quot;&gt;&lt;x y=&#39;&amp;&#39;&gt;???\" "
	    "c=\"-7\" d=\"12\">1.5 0 0 %</a>");
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_said_in_their_units),
		cmocka_unit_test(changes_have_a_sign_and_percentages_points),
		cmocka_unit_test(values_have_words_and_strangers_text_is_cleaned),
		cmocka_unit_test(markup_leaves_no_sign_of_its_own_in_a_text),
	};

	return cmocka_run_group_tests(tests, load_words, free_words);
}
