/* test_mailquote - new words, history and signature of replies as clients write them */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "intake/mail_html.h"
#include "intake/mail_quote.h"

struct row {
	const char *label, *body, *text, *quoted, *signature;
};

static const struct row rows[] = {
	{ "nothing", "", "", "", "" },
	{ "no history", "退款什么时候到？\n\n谢谢", "退款什么时候到？\n\n谢谢", "", "" },
	{ "On wrote", "Yes\n\nOn Thu, Oct 1, 2026 at 6:26 PM, Li <li@example.cn> wrote:\n\n> Hi", "Yes",
	    "On Thu, Oct 1, 2026 at 6:26 PM, Li <li@example.cn> wrote:\n\n> Hi", "" },
	{ "On wrote over two lines", "Yes\n\nOn Thu, Oct 1, 2026 at 6:26 PM, Li\n<li@example.cn> wrote:\n> Hi",
	    "Yes", "On Thu, Oct 1, 2026 at 6:26 PM, Li\n<li@example.cn> wrote:\n> Hi", "" },
	{ "On wrote without marks", "Yes\n\nOn Oct 1, 2026, at 6:26 PM, Li wrote:\n\nHi", "Yes",
	    "On Oct 1, 2026, at 6:26 PM, Li wrote:\n\nHi", "" },
	{ "在 写道", "好的\n\n在 2026年10月1日，下午6:05，王 <w@example.cn> 写道：\n\n> 您好", "好的",
	    "在 2026年10月1日，下午6:05，王 <w@example.cn> 写道：\n\n> 您好", "" },
	{ "于 写道, name first", "好的\n\n王 <w@example.cn> 于2026年10月1日周四 18:05写道：\n\n您好", "好的",
	    "王 <w@example.cn> 于2026年10月1日周四 18:05写道：\n\n您好", "" },
	{ "163", "好的\n\n\nAt 2026-10-01 18:05:00, \"客服\" <kefu@shop.example> wrote:\n\n您好", "好的",
	    "At 2026-10-01 18:05:00, \"客服\" <kefu@shop.example> wrote:\n\n您好", "" },
	{ "於 寫道", "好的\n\n客服 <kefu@shop.example> 於 2026年10月1日 下午6:05 寫道：\n> 您好", "好的",
	    "客服 <kefu@shop.example> 於 2026年10月1日 下午6:05 寫道：\n> 您好", "" },
	{ "QQ", "好的\n\n------------------ 原始邮件 ------------------\n发件人: \"客服\" <kefu@shop.example>;\n"
	    "发送时间: 2026年10月1日\n\n您好", "好的",
	    "------------------ 原始邮件 ------------------\n发件人: \"客服\" <kefu@shop.example>;\n"
	    "发送时间: 2026年10月1日\n\n您好", "" },
	{ "163 app", "好的\n---- 回复的原邮件 ----\n发件人 客服", "好的", "---- 回复的原邮件 ----\n发件人 客服", "" },
	{ "Original Message", "ok\n\n-----Original Message-----\nFrom: a\nhello", "ok",
	    "-----Original Message-----\nFrom: a\nhello", "" },
	{ "Outlook", "ok\n\n________________________________\nFrom: Li <li@example.cn>\nSent: 1 October 2026\n"
	    "To: kefu\nSubject: x\n\nhello", "ok",
	    "________________________________\nFrom: Li <li@example.cn>\nSent: 1 October 2026\nTo: kefu\n"
	    "Subject: x\n\nhello", "" },
	{ "Foxmail", "好的\n\n \n发件人： 客服\n发送时间： 2026-10-01 18:05\n收件人： 王\n主题： 退款\n您好", "好的",
	    "发件人： 客服\n发送时间： 2026-10-01 18:05\n收件人： 王\n主题： 退款\n您好", "" },
	{ "a flight is no header", "From: Beijing\nTo: Shanghai\nDate: 1 May 2026\nTwo adults please",
	    "From: Beijing\nTo: Shanghai\nDate: 1 May 2026\nTwo adults please", "", "" },
	{ "a customer's own words about a letter", "Your agent wrote:\nyou will be refunded\nWhere is it?",
	    "Your agent wrote:\nyou will be refunded\nWhere is it?", "", "" },
	{ "below the history", "On 10/01/2026 06:26 PM, Li wrote:\n> Hi\nHello", "Hello",
	    "On 10/01/2026 06:26 PM, Li wrote:\n> Hi", "" },
	{ "point by point", "> Which order?\n123\n> Which day?\nMonday\n> bye", "> Which order?\n123\n"
	    "> Which day?\nMonday", "> bye", "" },
	{ "signature", "Hello\n\n-- \nLi\n138 0000 0000", "Hello", "", "-- \nLi\n138 0000 0000" },
	{ "signature above history", "Hello\n-- \nLi\n\nOn Oct 1, 2026, at 4:19 PM, bob wrote:\n> Hi", "Hello",
	    "On Oct 1, 2026, at 4:19 PM, bob wrote:\n> Hi", "-- \nLi" },
	{ "a telephone's line", "好的\n\n发自我的iPhone", "好的", "", "发自我的iPhone" },
	{ "only a telephone's line", "Sent from my iPhone", "Sent from my iPhone", "", "" },
	{ "only history", "> Hi\n> there", "> Hi\n> there", "", "" },
	{ "dots and dashes in a list", "-- \n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15",
	    "-- \n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15", "", "" },
};

static void
check(const char *label, const char *what, const struct buf *got, const char *want)
{
	if (strcmp(buf_cstr(got), want) != 0)
		fail_msg("%s: %s is \"%s\"", label, what, buf_cstr(got));
}

static void
replies(void **state)
{
	struct mail_split s = MAIL_SPLIT_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		mail_split(&s, rows[i].body, false);
		check(rows[i].label, "text", &s.text, rows[i].text);
		check(rows[i].label, "quoted", &s.quoted, rows[i].quoted);
		check(rows[i].label, "signature", &s.signature, rows[i].signature);
	}
	mail_split_release(&s);
}

static void
forwards_keep_all(void **state)
{
	struct mail_split s = MAIL_SPLIT_INIT;
	const char *body = "请处理\n\n-----原始邮件-----\n发件人: a@b.cn\n主题: x\n\n航班取消了";

	(void)state;
	mail_split(&s, body, true);
	assert_string_equal(buf_cstr(&s.text), body);
	assert_int_equal(s.quoted.len, 0);
	assert_true(mail_is_forward("Fwd: x"));
	assert_true(mail_is_forward("转发：航班"));
	assert_false(mail_is_forward("Re: Fwd: x"));
	mail_split_release(&s);
}

static void
html(void **state)
{
	static const struct {
		const char *label, *html, *text;
	} t[] = {
		{ "blocks are lines", "<p>a<p>b<div>c<div>d</div></div>e", "a\n\nb\n\nc\nd\ne" },
		{ "breaks", "a<br>b<br><br>c", "a\nb\n\nc" },
		{ "blanks are one", "a  \n\t b&nbsp;&nbsp;c", "a b c" },
		{ "script, style, title", "<title>t</title><style>s</style><script>x<b></script>a", "a" },
		{ "what is not shown", "a<span style=\"color:red;display:none\">x</span>b<p hidden>y</p>", "ab" },
		{ "entities", "&lt;&amp;&#36864;&#x6b3e;&nosuch;", "<&退款&nosuch;" },
		{ "unclosed", "<b>a<i>b<table><tr><td>1<td>2", "ab\n1 2" },
		{ "quotes", "<div>a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e",
		    "a\n> b\n> c\n> > d\ne" },
		{ "lists", "<ul><li>a<li>b</ul>c", "- a\n- b\nc" },
		{ "preformatted", "<pre>a  b\n c</pre>d", "a  b\n c\nd" },
		{ "a ruler", "<div>a<hr>b", "a\n________________\nb" },
		{ "no tags at all", "1 < 2", "1 < 2" },
		{ "a comment", "a<!-- x -->b", "ab" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct buf out = BUF_INIT;

		mail_html(&out, t[i].html, strlen(t[i].html));
		check(t[i].label, "text", &out, t[i].text);
		buf_release(&out);
	}
}

/* Depth is bounded: a tag opened 200,000 times costs no more than its length. */
static void
deep_html(void **state)
{
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_str(&in, "<font></p>x");
	mail_html(&out, in.p, in.len);
	assert_int_equal(out.len, 200000);
	assert_true(strspn(out.p, "x") == out.len);
	buf_release(&in);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies),
		cmocka_unit_test(forwards_keep_all),
		cmocka_unit_test(html),
		cmocka_unit_test(deep_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
