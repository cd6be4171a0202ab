/* test_secrets - what is masked, and what looks like it and stays */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "text/checks.h"
#include "text/marks.h"
#include "text/secrets.h"

static const struct row {
	const char *text, *found;	/* "kind=text;kind=text" */
} rows[] = {
	{ "", "" }, { "在吗", "" }, { "订单什么时候出票", "" },
	/* identity numbers: check character, date, province */
	{ "身份证11010519491231002X", "id_card=11010519491231002X" },
	{ "440524188001010014", "id_card=440524188001010014" },
	{ "１１０１０５１９４９１２３１００２Ｘ", "id_card=１１０１０５１９４９１２３１００２Ｘ" },
	{ "110105 1949 1231 002x", "id_card=110105 1949 1231 002x" },
	{ "身份证110105491231002", "id_card=110105491231002" },	/* 15 digits, after the word */
	{ "订单110105491231002", "" }, { "110105491231002", "" },
	{ "身份证110105194912310021", "" }, { "11010519491331002X", "" },
	{ "id440524188001010014", "id_card=440524188001010014" },
	{ "四四零五二四一八八零零一零一零零一四", "id_card=四四零五二四一八八零零一零一零零一四" },
	/* cards: issuer, length, Luhn */
	{ "4111111111111111", "bank_card=4111111111111111" },
	{ "378282246310005", "bank_card=378282246310005" },
	{ "6200000000000005", "bank_card=6200000000000005" },
	{ "6228 4800 0000 0002 097", "bank_card=6228 4800 0000 0002 097" },
	{ "4111-1111-1111-1111", "bank_card=4111-1111-1111-1111" },
	{ "4111111111111112", "" }, { "卡号4111111111111112", "" },
	{ "订单4111111111111111", "" }, { "4131034282458809939", "" },
	{ "credit card 4131034282458809939", "bank_card=4131034282458809939" },
	{ "card 3590730093437731 lost", "bank_card=3590730093437731" },
	{ "3590730093437731", "" }, { "运单3590730093437731", "" },
	/* telephones in every dress */
	{ "+86 138-0013-8000", "phone=+86 138-0013-8000" },
	{ "１３８００１３８０００", "phone=１３８００１３８０００" },
	{ "138.0013.8000", "phone=138.0013.8000" }, { "138_0013_8000", "phone=138_0013_8000" },
	{ "1 3 8 0 0 1 3 8 0 0 0", "phone=1 3 8 0 0 1 3 8 0 0 0" },
	{ "138–0013–8000", "phone=138–0013–8000" },
	{ "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0", "phone=1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0" },
	{ "我是一三八零零一三八零零零", "phone=一三八零零一三八零零零" },
	{ "幺三八〇〇幺三八〇〇〇", "phone=幺三八〇〇幺三八〇〇〇" }, { "1三8零013八000", "phone=1三8零013八000" },
	{ "壹叁捌零零壹叁捌零零零", "phone=壹叁捌零零壹叁捌零零零" },
	{ "tel13800138000", "phone=13800138000" }, { "13800138000ok", "phone=13800138000" },
	{ "13\u200b800138000", "phone=13\u200b800138000" },
	{ "座机0571-80005566转8001", "phone=0571-80005566转8001" }, { "电话 80005566", "phone=80005566" },
	{ "call 780-999-2181 x12", "phone=780-999-2181 x12" }, { "(541) 714-1388", "phone=(541) 714-1388" },
	{ "my number is 07700 063 966", "phone=07700 063 966" },
	{ "http://x.example/a?phone=13800138000&b=1", "phone=13800138000" },
	{ "订单13800138000", "" }, { "订单联系人13800138000", "phone=13800138000" },
	{ "预订的房间，打13800138000", "phone=13800138000" },
	{ "400-800-1234", "" }, { "电话400-800-1234", "" }, { "1-800-433-7300", "" },
	{ "尾号6677", "" }, { "验证码 8830157", "" }, { "http://x.example/13800138000", "" },
	{ "cancelling purchase 113542617735902", "" }, { "hotel 80005566", "" },
	/* mail, networks, the internet */
	{ "写给wang.fang@example.com吧", "email=wang.fang@example.com" },
	{ "http://x.example/?mail=a.b@example.com", "email=a.b@example.com" },
	{ "加我微信sunshine_2020", "social=sunshine_2020" }, { "微信号：abcdefg", "social=abcdefg" },
	{ "vx: abc12345", "social=abc12345" }, { "QQ 123456789", "social=123456789" },
	{ "wxid_9f8s7d6f", "social=wxid_9f8s7d6f" }, { "my wechat is hello_99", "social=hello_99" },
	{ "QQ群 123456", "" }, { "微信支付123456789", "" }, { "wechat payment failed", "" },
	{ "my wechat is broken", "" }, { "hotline: support", "" },
	{ "IP 192.168.1.23", "ip=192.168.1.23" }, { "2001:db8::ff00:42:8329", "ip=2001:db8::ff00:42:8329" },
	{ "版本 10.2.3.4", "" }, { "12:30:45", "" }, { "aa:bb:cc:dd:ee:ff", "" }, { "1.8.8.8", "" },
	/* addresses */
	{ "寄到江苏省苏州市星湖街328号5栋1203室，谢谢", "address=江苏省苏州市星湖街328号5栋1203室" },
	{ "住在浦东新区世纪大道100号3单元502室", "address=浦东新区世纪大道100号3单元502室" },
	{ "我家在朝阳区建国路88号现代城5号楼1203", "address=朝阳区建国路88号现代城5号楼1203" },
	{ "地址：广东省深圳市南山区科技园", "address=广东省深圳市南山区科技园" },
	{ "阳光花园3栋", "address=阳光花园3栋" }, { "解放路八十八号", "address=解放路八十八号" },
	{ "123 Main St, Apt 4B, Springfield, IL 62704", "address=123 Main St, Apt 4B, Springfield, IL 62704" },
	{ "Flat 3, 22 Baker Street, London NW1 6XE", "address=Flat 3, 22 Baker Street, London NW1 6XE" },
	{ "PO Box 186", "address=PO Box 186" },
	{ "My address is: 12 Hill House and I wait", "address=12 Hill House" },
	{ "你知道8号出发吗", "" }, { "坐2号线", "" }, { "在1号航站楼", "" }, { "住8号楼", "" }, { "5楼", "" },
	{ "酒店房间302", "" }, { "住在市中心", "" }, { "送到楼下", "" }, { "5 minutes down the road", "" },
	{ "2 Nights at the Grand", "" }, { "email address is 12 long", "" }, { "Room 302", "" },
	/* papers and accounts */
	{ "护照E98760012", "passport=E98760012" }, { "京A·12345", "plate=京A·12345" },
	{ "沪AD12345", "plate=沪AD12345" }, { "粤Z1234港", "plate=粤Z1234港" },
	{ "GB82 WEST 1234 5698 7654 32", "iban=GB82 WEST 1234 5698 7654 32" },
	{ "GB82WEST12345698765432", "iban=GB82WEST12345698765432" }, { "GB83WEST12345698765432", "" },
	{ "SSN: 460-89-9847", "ssn=460-89-9847" }, { "ssn 460899847", "ssn=460899847" },
	{ "666-12-3456", "" }, { "460899847", "" },
	/* look-alikes */
	{ "订单号100023984471562", "" }, { "单号SF1120984406725", "" }, { "快递773012345678901", "" },
	{ "MU5101 3U8961", "" }, { "2026-10-01 09:00:00", "" }, { "（2009-4-24订单）", "" },
	{ "¥1,960.50 满400减60", "" }, { "税号91361002MA00000X1K", "" }, { "工单20240507339100", "" },
	{ "行李牌0016123456", "" }, { "[phone#1] 80005566", "" },
};

static void
describe(struct secrets *s, const char *text, char *out, size_t size)
{
	struct err e;
	size_t i, used = 0;

	*out = '\0';
	assert_int_equal(secrets_find(s, text, strlen(text), &e), 0);
	for (i = 0; i < s->n; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s=%.*s", i ? ";" : "",
		    s->v[i].kind, (int)(s->v[i].upto - s->v[i].from), text + s->v[i].from);
}

static struct secrets
all_kinds(void)
{
	struct secrets s = SECRETS_INIT;
	enum finding_kind k;

	for (k = 0; k < FIND_KINDS; k++)
		s.kinds[k] = true;
	return s;
}

static void
test_rows(void **state)
{
	struct secrets s = all_kinds();
	char out[512];
	size_t i, wrong = 0;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		describe(&s, rows[i].text, out, sizeof(out));
		if (strcmp(out, rows[i].found) != 0) {
			print_error("\"%s\": %s, not %s\n", rows[i].text, out, rows[i].found);
			wrong++;
		}
	}
	secrets_release(&s);
	assert_int_equal(wrong, 0);
}

/* Every beginning of every row, cut inside characters too, must be safe to search. */
static void
test_cut(void **state)
{
	struct secrets s = all_kinds();
	struct err e;
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (len = 0; len <= strlen(rows[i].text); len++) {
			assert_int_equal(secrets_find(&s, rows[i].text, len, &e), 0);
			assert_true(s.n == 0 || s.v[s.n - 1].upto <= len);
		}
	secrets_release(&s);
}

static void
test_checks(void **state)
{
	(void)state;
	assert_true(id_card15_is_valid("110105491231002"));
	assert_false(id_card15_is_valid("110105491331002"));
	assert_false(id_card15_is_valid("990105491231002"));
	assert_true(iban_is_valid("DE89370400440532013000", 22));
	assert_true(iban_is_valid("gb82west12345698765432", 22));
	assert_false(iban_is_valid("DE89370400440532013001", 22));
	assert_false(iban_is_valid("XX89370400440532013000", 22));
	assert_false(iban_is_valid("DE8937040044", 12));
	assert_int_equal(card_issuer("6212345678901234", 16), 2);
	assert_int_equal(card_issuer("4123456789012345678", 19), 1);
	assert_int_equal(card_issuer("2020123456789012", 16), 1);
	assert_int_equal(card_issuer("12345", 5), 0);
}

/* However a value is written, it is one. */
static void
test_values(void **state)
{
	static const struct { const char *kind, *text, *value; } same[] = {
		{ "phone", "138-0013-8000", "+8613800138000" },
		{ "phone", "＋８６ 138 0013 8000", "+8613800138000" },
		{ "phone", "一三八零零一三八零零零", "+8613800138000" },
		{ "phone", "(780) 999-2181", "7809992181" },
		{ "id_card", "11010519491231002x", "11010519491231002x" },
		{ "id_card", "110105 19491231 002X", "11010519491231002x" },
		{ "email", "Wang.Fang@Example.com", "wang.fang@example.com" },
		{ "address", "Main St 4", "mainst4" },
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(same) / sizeof(*same); i++) {
		buf_clear(&out);
		secret_value(same[i].kind, same[i].text, strlen(same[i].text), &out);
		assert_string_equal(buf_cstr(&out), same[i].value);
	}
	buf_release(&out);
}

static const char *
mark(struct marks *m, const char *conversation, const char *kind, const char *value)
{
	static struct buf out = BUF_INIT;

	buf_clear(&out);
	marks_add(m, conversation, kind, value, &out);
	return buf_cstr(&out);
}

static void
test_marks(void **state)
{
	struct marks m;
	struct err e;
	char value[32];
	int i;

	(void)state;
	assert_int_equal(marks_init(&m, NULL, 0, &e), 0);
	assert_string_equal(mark(&m, "t1", "phone", "a"), "[phone#1]");
	assert_string_equal(mark(&m, "t1", "phone", "b"), "[phone#2]");
	assert_string_equal(mark(&m, "t1", "phone", "a"), "[phone#1]");
	assert_string_equal(mark(&m, "t1", "email", "a"), "[email#1]");
	assert_string_equal(mark(&m, "t2", "phone", "b"), "[phone#1]");
	marks_seen(&m, "t2", "phone", 7);
	assert_string_equal(mark(&m, "t2", "phone", "c"), "[phone#8]");
	/* What is in use is remembered, what is not is forgotten. */
	for (i = 0; i < 3 * MARKS_GENERATION; i++) {
		snprintf(value, sizeof(value), "%d", i);
		mark(&m, value, "phone", "x");
		if (i % 1000 == 0)
			assert_string_equal(mark(&m, "t1", "phone", "b"), "[phone#2]");
	}
	assert_string_equal(mark(&m, "t2", "phone", "d"), "[phone#1]");
	assert_true(m.now.n <= MARKS_GENERATION + 2 && m.before.n <= MARKS_GENERATION + 2);
	marks_release(&m);

	assert_int_equal(marks_init(&m, "<%k %%%n:%r>", 4, &e), 0);
	assert_string_equal(mark(&m, "t", "phone", "+8613800138000"), "<phone %1:8000>");
	assert_string_equal(mark(&m, "t", "address", "8 road"), "<address %1:>");
	marks_release(&m);
	assert_int_equal(marks_init(&m, NULL, 4, &e), 0);
	assert_string_equal(mark(&m, "t", "phone", "+8613800138000"), "[phone#1 8000]");
	assert_string_equal(mark(&m, "t", "email", "a@b.cn"), "[email#1]");
	m.key = "0123456789abcdef";
	m.key_len = 16;
	snprintf(value, sizeof(value), "%s", mark(&m, "t", "phone", "+8613800138000"));
	assert_string_equal(mark(&m, "t", "phone", "+8613800138000"), value);
	assert_string_not_equal(mark(&m, "u", "phone", "+8613800138000"), value);
	marks_release(&m);
	assert_int_equal(marks_init(&m, "%x", 0, &e), -1);
	assert_int_equal(marks_init(&m, NULL, 7, &e), -1);
}

static void
test_rules(void **state)
{
	struct secret_rules r = SECRET_RULES_INIT;
	struct secrets s = all_kinds();
	char text[] = "[keep]\nvalue = 138-0013-8000, Service@qinghe.example\n"
	    "pattern = @our\\.example$\n[staff_no]\npattern = \\bqh-\\d{5}\\b\n"
	    "words = 天枢计划, Project Dubhe\n[slow]\npattern = (a|aa|aaa)+\\d\n";
	char broken[] = "[keep]\nwords = x\n", out[256];
	const char *slow = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! 13800138001";
	struct err e;

	(void)state;
	assert_int_equal(secret_rules_read(&r, "own.conf", text, &e), 0);
	assert_int_equal(secret_rules_read(&r, "own.conf", broken, &e), -1);
	assert_string_equal(e.msg, "own.conf:2: unknown key \"words\": [keep] has pattern and value");
	secret_rules_ready(&r);
	s.rules = &r;
	describe(&s, "13800138000 13800138001 service@qinghe.example x@our.example y@out.example",
	    out, sizeof(out));
	assert_string_equal(out, "phone=13800138001;email=y@out.example");
	describe(&s, "QH-12345 谈天樞計劃 project dubhe", out, sizeof(out));
	assert_string_equal(out, "staff_no=QH-12345;staff_no=天樞計劃;staff_no=project dubhe");
	assert_int_equal(secrets_find(&s, slow, strlen(slow),
	    &e), -1);
	assert_memory_equal(e.msg, "own.conf:8: ", 12);
	assert_int_equal(s.n, 1);
	secrets_release(&s);
	secret_rules_release(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_checks),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_rules),
	};

	return cmocka_run_group_tests_name("secrets", tests, NULL, NULL);
}
