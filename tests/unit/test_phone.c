/* test_phone - telephones, addresses, member numbers, birthdays in comparable form */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "text/domain.h"
#include "text/email.h"
#include "text/member.h"
#include "text/phone.h"
#include "time/birthday.h"

static void
test_phone(void **state)
{
	static const struct {
		const char *s, *country, *want;		/* "" when it is no number */
	} rows[] = {
		{ "13800138000", NULL, "+8613800138000" },
		{ "138 0013-8000", "CN", "+8613800138000" },
		{ "+86 138-0013-8000", NULL, "+8613800138000" },
		{ "0086 13800138000", NULL, "+8613800138000" },
		{ "8613800138000", NULL, "+8613800138000" },
		{ "+086 13800138000", NULL, "+8613800138000" },
		{ "086-13800138000", NULL, "+8613800138000" },
		{ "013800138000", NULL, "+8613800138000" }, { "+8613800138000", "US", "+8613800138000" },
		{ "+86-0-13800138000", NULL, "+8613800138000" }, { "(+86)13800138000", NULL, "+8613800138000" },
		{ "86 138 0013 8000", NULL, "+8613800138000" }, { "17951 13800138000", NULL, "+8613800138000" },
		{ "1795113800138000", NULL, "+8613800138000" }, { "1795112800138000", NULL, "" },
		{ "一三八零零一三八零零零", NULL, "+8613800138000" },
		{ "幺三八〇〇幺三八〇〇〇", NULL, "+8613800138000" },
		{ "壹叁捌零零壹叁捌零零零", NULL, "+8613800138000" },
		{ "138零零138零零零", NULL, "+8613800138000" }, { "一百三十八", NULL, "" },
		{ "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", NULL, "+8613800138000" },
		{ "138\xC2\xAD""0013\xE2\x80\x8B""8000", NULL, "+8613800138000" },
		{ "138‑0013–8000", NULL, "+8613800138000" }, { "138·0013·8000", NULL, "" },
		{ "138****8000", NULL, "" }, { "138XXXX8000", NULL, "" }, { "1380013800", NULL, "" },
		{ "198 0013 8000", NULL, "+8619800138000" }, { "1.38001E+10", NULL, "" },
		{ "+886 912 345 678", NULL, "+886912345678" }, { "0912-345-678", "TW", "+886912345678" },
		{ "+81 90-1234-5678", NULL, "+819012345678" }, { "090-1234-5678", "JP", "+819012345678" },
		{ "010 8000 1234 转 801", NULL, "+861080001234" }, { "0571—80005566", NULL, "+8657180005566" },
		{ "（0571）80005566", NULL, "+8657180005566" }, { "86-571-80005566", NULL, "+8657180005566" },
		{ "0086-0571-80005566", NULL, "+8657180005566" }, { "021-6888 8888#12", NULL, "+862168888888" },
		{ "0755-8000556", NULL, "+867558000556" }, { "010-8000123", NULL, "" },
		{ "13800138000转8", NULL, "+8613800138000" }, { "13800138000,13900139000", NULL, "" },
		{ "13800138000 或 13900139000", NULL, "" }, { "TEL:13800138000", NULL, "+8613800138000" },
		{ "12306", NULL, "" }, { "10086", NULL, "" }, { "00000000000", NULL, "" },
		{ "11111111111", NULL, "" }, { "anonymous", NULL, "" }, { "-", NULL, "" },
		{ "'13800138000", NULL, "+8613800138000" },
		{ "=\"13800138000\"", NULL, "+8613800138000" },
		{ "１３８００１３８０００", NULL, "+8613800138000" },
		{ "\xE2\x80\xAD" "13800138000\xE2\x80\xAC", NULL, "+8613800138000" },
		{ "＋８６（138）00138000", NULL, "+8613800138000" },
		{ "010-80001234", NULL, "+861080001234" },
		{ "(010) 8000 1234", NULL, "+861080001234" },
		{ "0571-80005566", NULL, "+8657180005566" },
		{ "05718000556", NULL, "+865718000556" },
		{ "+86 (0)571 80005566", NULL, "+8657180005566" },
		{ "010-80001234-801", NULL, "+861080001234" },
		{ "010-80001234转801", NULL, "+861080001234" },
		{ "01080001234 ext. 801", NULL, "+861080001234" },
		{ "010-80001234 分机8", NULL, "+861080001234" },
		{ "+852 5100 2345", NULL, "+85251002345" },
		{ "+44 (0)20 7946 0000", NULL, "+442079460000" },
		{ "020 7946 0000", "GB", "+442079460000" },
		{ "(212) 555-0100", "US", "+12125550100" },
		{ "1-212-555-0100", "US", "+12125550100" },
		{ "5100 2345", "HK", "+85251002345" },
		{ "tel:+14155550100", NULL, "+14155550100" },
		{ "80001234", NULL, "" }, { "400-800-1234", NULL, "" }, { "95588", NULL, "" },
		{ "12800138000", NULL, "" }, { "138001380001", NULL, "" }, { "", NULL, "" },
		{ "张三", NULL, "" }, { "138abc00138000", NULL, "" }, { "+123", NULL, "" },
		{ "0000000000000000000000000000000", NULL, "" }, { "+", NULL, "" },
	};
	char out[PHONE_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("\"%s\"\n", rows[i].s);
		assert_int_equal(phone_e164(rows[i].s, rows[i].country, out),
		    rows[i].want[0] != '\0');
		assert_string_equal(out, rows[i].want);
	}
}

static void
test_phone_parts(void **state)
{
	static const struct {
		const char *s, *number, *ext;
		enum phone_kind kind;
	} rows[] = {
		{ "13800138000", "+8613800138000", "", PHONE_PERSONAL },
		{ "13800138000转8", "+8613800138000", "", PHONE_PERSONAL },
		{ "010-80001234", "+861080001234", "", PHONE_FIXED },
		{ "010-80001234转801", "+861080001234", "801", PHONE_FIXED },
		{ "010-80001234-801", "+861080001234", "801", PHONE_FIXED },
		{ "010-80001234 轉 分機 801", "+861080001234", "801", PHONE_FIXED },
		{ "０１０－８０００１２３４转８０１", "+861080001234", "801", PHONE_FIXED },
		{ "010-80001234 分机号：8001", "+861080001234", "8001", PHONE_FIXED },
		{ "+86 571 8000 5566 ext. 12", "+8657180005566", "12", PHONE_FIXED },
		{ "+861080001234;ext=801", "+861080001234", "801", PHONE_FIXED },
		{ "0571-80005566 x12", "+8657180005566", "12", PHONE_FIXED },
		{ "0571-80005566转总机", "+8657180005566", "", PHONE_FIXED },
		{ "+852 5100 2345", "+85251002345", "", PHONE_PERSONAL },
		{ "+852 2123 4567", "+85221234567", "", PHONE_FIXED },
		{ "+44 20 7946 0000", "+442079460000", "", PHONE_FIXED },
		{ "+44 7700 900123", "+447700900123", "", PHONE_PERSONAL },
		{ "+1 212 555 0100", "+12125550100", "", PHONE_PERSONAL },
		{ "+81 3-1234-5678", "+81312345678", "", PHONE_FIXED },
	};
	struct phone p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("\"%s\"\n", rows[i].s);
		assert_true(phone_read(rows[i].s, NULL, &p));
		assert_string_equal(p.number, rows[i].number);
		assert_string_equal(p.ext, rows[i].ext);
		assert_int_equal(p.kind, rows[i].kind);
	}
}

static void
test_phones_of_a_cell(void **state)
{
	static const struct {
		const char *s, *want;
	} rows[] = {
		{ "13800138000/13900139000", "+8613800138000 +8613900139000 " },
		{ "13800138000、13900139000", "+8613800138000 +8613900139000 " },
		{ "13800138000，13900139000；13700137000", "+8613800138000 +8613900139000 +8613700137000 " },
		{ "13800138000 13900139000", "+8613800138000 +8613900139000 " },
		{ "138 0013 8000 或 139 0013 9000", "+8613800138000 +8613900139000 " },
		{ "13800138000\n010-80001234转801", "+8613800138000 +861080001234 " },
		{ "010-80001234,801", "+861080001234 " }, { "王女士13800138000", "+8613800138000 " },
		{ "13800138000（王女士）", "+8613800138000 " }, { "手机：138-0013-8000", "+8613800138000 " },
		{ "Tel: +86 138 0013 8000", "+8613800138000 " }, { "138****8000", "" },
		{ "未知", "" }, { "", "" }, { "95588", "" }, { "400-800-1234/13800138000", "+8613800138000 " },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *s = rows[i].s;
		char got[128] = "";
		struct phone p;

		print_message("\"%s\"\n", s);
		while (phone_next(&s, NULL, &p)) {
			strncat(got, p.number, sizeof(got) - strlen(got) - 1);
			strncat(got, " ", sizeof(got) - strlen(got) - 1);
		}
		assert_string_equal(got, rows[i].want);
	}
}

static void
test_email_roles(void **state)
{
	static const char *const roles[] = { "service@x.example", "info2@x.example", "kefu@x.example",
		"no-reply@x.example", "service-cn@x.example", "support+7@x.example", "sales01@x.example" };
	static const char *const people[] = { "wang@x.example", "infomaniac@x.example",
		"hr.li@x.example", "salesman@x.example", "13800138000@x.example", "orderly@x.example" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (!email_is_role(roles[i]))
			fail_msg("%s is an office", roles[i]);
	for (i = 0; i < sizeof(people) / sizeof(*people); i++)
		if (email_is_role(people[i]))
			fail_msg("%s is a person", people[i]);
}

static void
test_member(void **state)
{
	static const struct {
		const char *s, *want;
	} rows[] = {
		{ "QH10023", "QH10023" }, { " qh 10023 ", "QH10023" }, { "ＱＨ１００２３", "QH10023" },
		{ "QH-10023", "QH-10023" }, { "ca：123 456", "CA:123456" }, { "　", "" }, { "", "" },
		{ "会员88", "会员88" },
	};
	char out[MEMBER_SIZE], much[400];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(member_fold(rows[i].s, out), rows[i].want[0] != '\0');
		assert_string_equal(out, rows[i].want);
	}
	memset(much, '7', sizeof(much) - 1);
	much[sizeof(much) - 1] = '\0';
	assert_false(member_fold(much, out));
	assert_true(member_differ("M1", "M2"));
	assert_false(member_differ("M1", "M1"));
	assert_true(member_differ("CA:1", "CA:2"));
	assert_false(member_differ("CA:1", "MU:2"));
	assert_false(member_differ("CA:1", "1"));
}

static void
test_birthday(void **state)
{
	static const struct {
		const char *s, *want;
	} rows[] = {
		{ "1990-05-01", "1990-05-01" }, { "1990/5/1", "1990-05-01" }, { "1990.5.1", "1990-05-01" },
		{ "1990年5月1日", "1990-05-01" }, { "1990年5月1号", "1990-05-01" }, { "19900501", "1990-05-01" },
		{ "1990-05-01 00:00:00", "1990-05-01" }, { "1990-05-01T08:00:00+08:00", "1990-05-01" },
		{ "05-01", "05-01" }, { "5/1", "05-01" }, { "5月1日", "05-01" }, { "--05-01", "05-01" },
		{ "0000-05-01", "05-01" }, { "02-29", "02-29" }, { "2000-02-29", "2000-02-29" },
		{ "1999-02-29", "" }, { "1990-13-01", "" }, { "1990-05-32", "" }, { "1900-01-01", "" },
		{ "农历八月十五", "" }, { "", "" }, { "1990", "" }, { "1990-05", "" }, { "abc", "" },
		{ "1990-05-01x", "" }, { "99999999999999999999", "" }, { "1850-05-01", "" },
	};
	char out[BIRTHDAY_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("\"%s\"\n", rows[i].s);
		assert_int_equal(birthday_read(rows[i].s, out), rows[i].want[0] != '\0');
		assert_string_equal(out, rows[i].want);
	}
}

static void
test_email(void **state)
{
	static const struct {
		const char *s, *want;
	} rows[] = {
		{ "A.B@Mail.Example", "a.b@mail.example" }, { " <a@b.example> ", "a@b.example" },
		{ "mailto:A@B.example", "a@b.example" }, { "a+tag@b.example", "a+tag@b.example" },
		{ "a@b", "" }, { "a b@c.example", "" }, { "a@b.example x", "" }, { "@b.example", "" },
		{ ".a@b.example", "" }, { "a..b@c.example", "" }, { "a.@b.example", "" },
		{ "a@-b.example", "" }, { "a@b-.example", "" }, { "a@b..example", "" }, { "a@1.2.3.4", "" },
		{ "ＺＨＡＮＧ＠ｑｑ．ｃｏｍ", "zhang@qq.com" }, { "zhang@qq。com", "zhang@qq.com" },
		{ "王敏 <Wang.Min@Mail.example>", "wang.min@mail.example" }, { "\"Wang, Min\" <w@b.example>", "w@b.example" },
		{ "MAILTO:a@b.example", "a@b.example" }, { "a@b.example;", "a@b.example" },
		{ "a@b.example.", "a@b.example" }, { "\xE2\x80\x8B""a@b.example\xEF\xBB\xBF", "a@b.example" },
		{ "w.a.n.g@gmail.com", "w.a.n.g@gmail.com" }, { "wang@例子.中国", "wang@xn--fsqu00a.xn--fiqs8s" },
		{ "wang@xn--fsqu00a.xn--fiqs8s", "wang@xn--fsqu00a.xn--fiqs8s" },
		{ "Info@BÜCHER.example", "info@xn--bcher-kva.example" },
		{ "info@bücher。example", "info@xn--bcher-kva.example" },
		{ "a@faß.example", "a@xn--fa-hia.example" }, { "a@-例.example", "" },
		{ "张@b.example", "" }, { "", "" }, { "a@b.example\r\nBcc: x@y.example", "" },
	};
	char out[EMAIL_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("\"%s\"\n", rows[i].s);
		assert_int_equal(email_fold(rows[i].s, out), rows[i].want[0] != '\0');
		assert_string_equal(out, rows[i].want);
	}
	assert_int_equal(email_len("a@b.example.吧", 14), 11);
	domain_to_people("xn--fsqu00a.xn--fiqs8s", out, sizeof(out));
	assert_string_equal(out, "例子.中国");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_phone),
		cmocka_unit_test(test_phone_parts),
		cmocka_unit_test(test_phones_of_a_cell),
		cmocka_unit_test(test_email),
		cmocka_unit_test(test_email_roles),
		cmocka_unit_test(test_member),
		cmocka_unit_test(test_birthday),
	};

	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
