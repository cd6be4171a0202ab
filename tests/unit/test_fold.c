/* test_fold - the folded copy and the way back to the original */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "text/fold.h"
#include "text/t2s.h"

static void
test_copy(void **state)
{
	static const struct {
		const char *s, *folded;
	} rows[] = {
		{ "", "" }, { "Order No 12", "order no 12" }, { "ＡＢＣ１２", "abc12" },
		{ "訂單號：", "订单号:" }, { "退款，謝謝！", "退款,谢谢!" }, { "㎏", "kg" },
		{ "加\xE2\x80\x8B微\xEF\xBB\xBF信", "加微信" }, { "STRASSE ß", "strasse ss" },
		{ "É", "é" }, { "e\xCC\x81", "é" }, { "I\xCC\x87", "i\xCC\x87" },
		{ "ｶﾞ", "ガ" }, { "각", "각" },
		{ "❤️", "❤" }, { "½", "1⁄2" }, { "後天", "后天" }, { "\xFFx", "\xEF\xBF\xBDx" },
		{ "￥9", "¥9" }, { "😀", "😀" },
		{ "\xEF\xB7\xBA", "صلى الله عليه وسلم" },	/* 18 letters out of one */
	};
	struct fold f = FOLD_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		fold_text(&f, rows[i].s, strlen(rows[i].s));
		assert_string_equal(f.text.p, rows[i].folded);
	}
	fold_release(&f);
}

static void
test_way_back(void **state)
{
	const char *s = "Ａ㎏\xE2\x80\x8B訂e\xCC\x81";	/* folded: a k g 订 é */
	struct fold f = FOLD_INIT;

	(void)state;
	fold_text(&f, s, strlen(s));
	assert_string_equal(f.text.p, "akg订é");
	assert_int_equal(f.chars, 6);
	assert_int_equal(fold_start(&f, 1), 1);		/* k is inside the second */
	assert_int_equal(fold_end(&f, 2), 2);
	assert_int_equal(fold_start(&f, 3), 3);		/* the invisible one is skipped */
	assert_int_equal(fold_end(&f, 6), 4);
	assert_int_equal(fold_start(&f, f.text.len), 6);
	fold_release(&f);
}

static void
test_table(void **state)
{
	size_t i;

	(void)state;
	assert_in_range(t2s_len, 3000, 6000);
	for (i = 1; i < t2s_len; i++)
		assert_true(t2s_map[i - 1].from < t2s_map[i].from);
}

/* Each grows from one byte to three; found by fuzzing as a write past the end. */
static void
bytes_that_are_no_text(void **state)
{
	struct fold f = FOLD_INIT;
	char bad[1000];

	(void)state;
	memset(bad, 0x80, sizeof(bad));
	fold_text(&f, bad, sizeof(bad));
	assert_int_equal(f.text.len, 3 * sizeof(bad));
	assert_int_equal(f.chars, sizeof(bad));
	fold_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_that_are_no_text),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_way_back),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
