/* test_mention - whom a message calls */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/mention.h"

static void
mentions_are_names_behind_an_at_sign(void **state)
{
	static const char *const cases[][2] = {
		{ "@李四 在吗", "李四|" }, { "请@李四\xe2\x80\x85看一下@王五", "李四|王五|" },
		{ "＠客服，你好", "客服|" }, { "写信给a@b.cn", "" }, { "@ 没有人", "" }, { "@@李四", "李四|" },
		{ "１００％ 不是", "" }, { "", "" }
	};
	struct buf out = BUF_INIT;
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *at = cases[i][0], *name;

		buf_clear(&out);
		while ((name = mention_next(&at, &len)) != NULL) {
			buf_add(&out, name, len);
			buf_char(&out, '|');
		}
		assert_string_equal(buf_cstr(&out), cases[i][1]);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mentions_are_names_behind_an_at_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
