/* test_phone - telephone numbers and e-mail addresses in comparable form */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "text/email.h"
#include "text/phone.h"

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
		{ "+086 13800138000", NULL, "" },
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
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_phone),
		cmocka_unit_test(test_email),
	};

	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
