/* test_finders - what counts as an order number, a phone, a date ... and what does not */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "text/checks.h"
#include "text/finders.h"
#include "text/utf8.h"

static const struct row {
	const char *text, *found;	/* "kind=text;kind=text" */
} rows[] = {
	{ "", "" }, { "在吗", "" },
	/* order numbers */
	{ "订单号100023984471562", "order_no=100023984471562" },
	{ "訂單：１２３４５６７８９０", "order_no=１２３４５６７８９０" },
	{ "订单 1234 5678 9012 怎么样", "order_no=1234 5678 9012" },
	{ "退票 1128803347261905 两个人都退", "order_no=1128803347261905" },
	{ "booking WX7720193845 please", "order_no=WX7720193845" },
	{ "receipt for GZ20391187", "order_no=GZ20391187" },
	{ "my booking reference is X7K2P9", "order_no=X7K2P9" },
	{ "订单13800138000什么时候发", "order_no=13800138000" },
	{ "单号SF1120984406725", "" }, { "运单号YT8830157790446", "" },
	{ "投诉单2024050733910027", "" }, { "税号91361002MA00000X1K", "" },
	{ "订单123456789", "" },		/* nine digits */
	{ "工单20240507339100", "" },
	/* flights */
	{ "MU5101明天几点", "flight_no=MU5101" }, { "坐9C8887和3U8961", "flight_no=9C8887;flight_no=3U8961" },
	{ "UA 1226 is late", "flight_no=UA 1226" }, { "is flight dl123 on time", "flight_no=dl123" },
	{ "flight at 1200", "" }, { "as 1200 said", "" }, { "flight 2400", "" },
	{ "D2281次", "" }, { "是A320还是B737", "" }, { "xz1234", "" },
	/* telephones */
	{ "手机133-0000-6677", "phone=133-0000-6677" }, { "+86 138-0013-8000", "phone=+86 138-0013-8000" },
	{ "我电话0571-80005566", "phone=0571-80005566" }, { "+852 5100 2345，請重設", "phone=+852 5100 2345" },
	{ "１３８００１３８０００", "phone=１３８００１３８０００" }, { "打(010)8000 1234", "phone=(010)8000 1234" },
	{ "打了400-800-1234没人接", "" }, { "95588", "" }, { "尾号6677", "" },
	/* addresses */
	{ "发邮箱caiwu@qinghe.example.com吧", "email=caiwu@qinghe.example.com" },
	{ "a.b+c@mail.example, ok", "email=a.b+c@mail.example" }, { "@united 1234567890123", "order_no=1234567890123" },
	{ "http://t.co/1234567890123", "" },
	/* dates */
	{ "2025年5月2日出发", "date=2025年5月2日" }, { "3月9号", "date=3月9号" }, { "16号走", "date=16号" },
	{ "二十一号和十五号", "date=二十一号;date=十五号" }, { "8/30 到 2024-05-04", "date=8/30;date=2024-05-04" },
	{ "on Nov 2nd, 2024", "date=Nov 2nd, 2024" }, { "12 February", "date=12 February" },
	{ "passed away on the 11th and", "date=the 11th" }, { "the 2nd flight", "" },
	{ "3号门", "" }, { "住8号楼", "" }, { "八日游", "" }, { "2月30日", "" }, { "24/7", "" }, { "1/2", "" },
	{ "六月", "" }, { "梧桐路8号", "" }, { "工号 2046", "" }, { "1月6日至1月9日", "date=1月6日;date=1月9日" },
	/* amounts */
	{ "扣199元会员费", "amount=199元" }, { "50-100元的", "amount=50-100元" }, { "¥75", "amount=¥75" },
	{ "两千八百块钱", "amount=两千八百块钱" }, { "人民币1,960元及", "amount=人民币1,960元" },
	{ "$45.90, 75 dollars, 13.89€", "amount=$45.90;amount=75 dollars;amount=13.89€" },
	{ "over £1million to", "amount=£1million" }, { "USD 742", "amount=USD 742" },
	{ "满400减60", "" }, { "8块蛋糕", "" }, { "几十块钱", "" }, { "5元旦", "" }, { "一块去", "" },
	/* identity, cards, passports */
	{ "身份证11010519491231002X", "id_card=11010519491231002X" },
	{ "440524188001010014", "id_card=440524188001010014" },
	{ "370101190102039973", "id_card=370101190102039973" },
	{ "身份证110105194912310021", "" },		/* check character */
	{ "身份证11010519491331002X", "" },		/* month 13 */
	{ "110105 19491231 002x", "id_card=110105 19491231 002x" },
	{ "卡6228 4800 0000 0002 097", "bank_card=6228 4800 0000 0002 097" },
	{ "4111111111111111", "bank_card=4111111111111111" }, { "378282246310005", "bank_card=378282246310005" },
	{ "6200000000000005", "bank_card=6200000000000005" }, { "卡号4111111111111112", "" },
	{ "订单4111111111111111", "order_no=4111111111111111" },
	{ "护照E98760012", "passport=E98760012" }, { "EB0001234", "passport=EB0001234" },
	{ "passport no 512345678", "passport=512345678" }, { "签证E98760012", "" },
	/* plates */
	{ "苏E20C88", "plate=苏E20C88" }, { "琼A·D12345 剐蹭", "plate=琼A·D12345" }, { "沪AD12345", "plate=沪AD12345" },
	{ "京A座12楼", "" },
};

static void
describe(const char *text, char *out, size_t size)
{
	struct fold f = FOLD_INIT;
	struct findings fs = FINDINGS_INIT;
	size_t i, len = strlen(text), used = 0;

	fold_text(&f, text, len);
	findings_find(&fs, text, len, &f);
	*out = '\0';
	for (i = 0; i < fs.n; i++) {
		size_t a = utf8_offset(text, len, fs.v[i].start);
		size_t b = utf8_offset(text, len, fs.v[i].end);

		used += (size_t)snprintf(out + used, size - used, "%s%s=%.*s", i ? ";" : "",
		    finding_name(fs.v[i].kind), (int)(b - a), text + a);
	}
	findings_release(&fs);
	fold_release(&f);
}

static void
test_rows(void **state)
{
	char out[512];
	size_t i, wrong = 0;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		describe(rows[i].text, out, sizeof(out));
		if (strcmp(out, rows[i].found) != 0) {
			print_error("\"%s\": %s, not %s\n", rows[i].text, out, rows[i].found);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

/* Every beginning of every row, cut inside characters too, must be safe to search. */
static void
test_cut(void **state)
{
	struct fold f = FOLD_INIT;
	struct findings fs = FINDINGS_INIT;
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (len = 0; len <= strlen(rows[i].text); len++) {
			fold_text(&f, rows[i].text, len);
			findings_find(&fs, rows[i].text, len, &f);
			assert_true(fs.n == 0 || fs.v[fs.n - 1].end <= f.chars);
		}
	findings_release(&fs);
	fold_release(&f);
}

static void
test_checks(void **state)
{
	(void)state;
	assert_true(id_card_is_valid("11010519491231002X"));
	assert_true(id_card_is_valid("440524188001010014"));
	assert_false(id_card_is_valid("110105194912310021"));
	assert_false(id_card_is_valid("11010519490229002X"));
	assert_false(id_card_is_valid("010105194912310020"));
	assert_true(luhn_is_valid("4111111111111111", 16));
	assert_false(luhn_is_valid("6222021234567890123", 19));
	assert_false(luhn_is_valid("", 0));
	assert_true(day_is_valid(2024, 2, 29));
	assert_false(day_is_valid(2023, 2, 29));
	assert_false(day_is_valid(1900, 2, 29));
	assert_true(day_is_valid(0, 2, 29));
	assert_false(day_is_valid(0, 13, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_checks),
	};

	return cmocka_run_group_tests_name("finders", tests, NULL, NULL);
}
