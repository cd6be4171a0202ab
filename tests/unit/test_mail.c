/* test_mail - e-mail as facts: the messages of tests/data/mail, mailboxes, hostile input */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/conf.h"
#include "base/mem.h"
#include "intake/intake.h"
#include "intake/mail.h"
#include "stream/rec.h"

/* What a mail of tests/data/mail says at a path of its record; "" is absent. */
struct row {
	const char *file, *path, *value;
};

static const struct row rows[] = {
	{ "gb2312-label.eml", "subject", "机票退改—订单1234567890" },
	{ "gb2312-label.eml", "from.name", "王喆" },
	{ "gb2312-label.eml", "from.email", "wangzhe@example.cn" },
	{ "gb2312-label.eml", "external_id", "gb1@example.cn" },
	{ "gb2312-label.eml", "at", "2026-10-01T01:00:00+00:00" },
	{ "gb2312-label.eml", "text",
	    "您好，我是王喆，订单1234567890想改签，镕基路那家门店说不能办理。\n谢谢！" },
	{ "gb2312-label.eml", "extra", "" },
	{ "big5.eml", "subject", "行程單" },
	{ "big5.eml", "from.name", "陳小姐" },
	{ "big5.eml", "text", "請問訂單 2026100188 的行程單什麼時候寄出？" },
	{ "raw-header.eml", "subject", "酒店没有房间了怎么办" },
	{ "raw-header.eml", "from.name", "周敏" },
	{ "raw-header.eml", "text", "到店无房，怎么办？" },
	{ "html-only.eml", "from.name", "Li, Na" },
	{ "html-only.eml", "text", "您好：\n\n房间 没有 热水 & 没有网络\n请退款。\n\n- 订单 H20261001\n"
	    "- 9月30日入住\n金额 580元" },
	{ "names.eml", "text", "见附件" },
	{ "names.eml", "extra.attachments", "[{\"name\":\"行程单.pdf\",\"type\":\"application/pdf\","
	    "\"size\":9,\"sha256\":\"e5c62df5dab5c87b6a015ef3d43597074d1eec433b15f51aec63b8582d0e4ab4\"},"
	    "{\"name\":\"截图.png\",\"type\":\"image/png\",\"size\":8,"
	    "\"sha256\":\"4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6\"},"
	    "{\"name\":\"passwd\",\"type\":\"text/plain\",\"size\":4,"
	    "\"sha256\":\"4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2\"}]" },
	{ "truncated.eml", "text", "The photo shows the room." },
	{ "truncated.eml", "extra.attachments", "[{\"name\":\"room.jpg\",\"type\":\"image/jpeg\","
	    "\"size\":81,"
	    "\"sha256\":\"d974904903e6a47fae761fed482941f9d861c051d9932166385028d13a6b9b73\"}]" },
	{ "autoreply.eml", "auto", "true" },
	{ "autoreply.eml", "extra.auto_reason", "Auto-Submitted" },
	{ "autoreply.eml", "extra.loop", "kefu@shop.example" },
	{ "autoreply.eml", "reply_to", "ticket-42@shop.example" },
	{ "bounce.eml", "auto", "true" },
	{ "bounce.eml", "from.role", "robot" },
	{ "bounce.eml", "refs", "[\"ticket-42.7@shop.example\"]" },
	{ "bounce.eml", "extra.bounce", "{\"recipients\":[{\"address\":\"gone@example.org\","
	    "\"action\":\"failed\",\"status\":\"5.1.1\",\"diagnostic\":\"smtp; 550 5.1.1 no such user\"},"
	    "{\"address\":\"full@example.org\",\"action\":\"delayed\",\"status\":\"4.2.2\"}],"
	    "\"message_id\":\"ticket-42.7@shop.example\"}" },
	{ "bounce-zh.eml", "auto", "true" },
	{ "bounce-zh.eml", "subject", "系统退信" },
	{ "bounce-zh.eml", "extra.bounce", "{\"recipients\":[{\"address\":\"nobody@mail.example.cn\","
	    "\"action\":\"failed\",\"status\":\"5.1.1\"}],\"message_id\":null}" },
	{ "reply-zh.eml", "text", "还没收到退款，请尽快处理。" },
	{ "reply-zh.eml", "subject", "回复: [CSR#42.k3f9x2ab] 退款进度" },
	{ "reply-zh.eml", "tag_ticket", "42" },
	{ "reply-zh.eml", "tag_sign", "k3f9x2ab" },
	{ "reply-zh.eml", "auto", "" },
	{ "reply-zh.eml", "direction", "in" },
	{ "reply-zh.eml", "reply_to", "ticket-42.1@shop.example" },
	{ "reply-zh.eml", "refs", "[\"first@example.cn\",\"ticket-42.1@shop.example\"]" },
	{ "reply-zh.eml", "to", "[\"kefu@shop.example\",\"zhang@shop.example\",\"a@example.cn\","
	    "\"b@example.cn\"]" },
	{ "reply-zh.eml", "extra.signature", "发自我的iPhone" },
	{ "reply-zh.eml", "extra.quoted", "在 2026年10月1日，下午6:05，客服 <kefu@shop.example> 写道：\n\n"
	    "> 您好，退款会在3个工作日内到账。\n> 客服" },
	{ "flowed.eml", "text", "This sentence was written on one line and wrapped by the program.\n"
	    "From here on it is stuffed.\nYes." },
	{ "flowed.eml", "extra.quoted", "> a quoted line" },
	{ "flowed.eml", "extra.signature", "-- \nZheng" },
	{ "nested.eml", "at", "2026-10-02T02:00:00+00:00" },
	{ "nested.eml", "text", "Only the HTML part has words." },
	{ "nested.eml", "extra.attachments", "[{\"name\":\"logo.gif\",\"type\":\"image/gif\",\"size\":14,"
	    "\"sha256\":\"2f41918f848b5fb01cd6731a4f8e50a6d5bb3b78fcc34d0a419052672fb72af3\"},"
	    "{\"name\":null,\"type\":\"message/rfc822\",\"size\":85,"
	    "\"sha256\":\"279db09b00b3124a9911223113020c1b0b47eca990fe78da142cd1d77c207411\"}]" },
};

static void
print_at(const struct rec *r, const char *path, struct buf *out)
{
	const struct node *n = rec_node(r, path);

	buf_clear(out);
	if (node_as_text(n) != NULL)
		buf_str(out, node_as_text(n));
	else if (n != NULL)
		node_print(n, out);
}

static void
record_of(const struct fact *f, struct rec *r)
{
	struct buf line = BUF_INIT;
	struct err e;

	fact_print(f, zone_utc(), &line);
	while (line.len > 0 && line.p[line.len - 1] == '\n')
		line.len--;
	if (rec_parse(r, line.p, line.len, &e) < 0)
		fail_msg("%s in %s", e.msg, line.p);
	buf_release(&line);
}

static void
messages(void **state)
{
	struct buf got = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct intake_opts o = { .zone = zone_utc() };
		struct rec r = REC_INIT;
		struct buf path = BUF_INIT;
		struct intake in;
		struct fact f;
		struct err e;

		buf_fmt(&path, "tests/data/mail/%s", rows[i].file);
		if (intake_open(&in, path.p, &o, &e) < 0 || intake_next(&in, &f, &e) != 1)
			fail_msg("%s", e.msg);
		assert_string_equal(in.format->name, "mail");
		record_of(&f, &r);
		print_at(&r, rows[i].path, &got);
		if (strcmp(buf_cstr(&got), rows[i].value) != 0)
			fail_msg("%s: %s is \"%s\"", rows[i].file, rows[i].path, buf_cstr(&got));
		assert_int_equal(intake_next(&in, &f, &e), 0);
		intake_close(&in);
		rec_release(&r);
		buf_release(&path);
	}
	buf_release(&got);
}

static void
mbox(void **state)
{
	struct intake_opts o = { .zone = zone_utc() };
	struct intake in;
	struct fact f;
	struct err e;

	(void)state;
	assert_int_equal(intake_open(&in, "tests/data/mail/box.mbox", &o, &e), 0);
	assert_string_equal(in.format->name, "mbox");
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_int_equal(f.line, 1);
	assert_true(f.message.at == INT64_C(1790870400000));	/* of its From line, UTC */
	assert_string_equal(f.message.text, "A mail without a date, with a line\n"
	    "From the middle of a sentence, one\n\nFrom nowhere that is no separator, and");
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_string_equal(f.who.name, "藣");
	assert_true(f.message.automatic);
	assert_int_equal(intake_next(&in, &f, &e), -1);
	assert_int_equal(e.code, ERR_DATA);
	assert_string_equal(e.msg, "tests/data/mail/box.mbox:3: not a mail: no header");
	assert_int_equal(in.bad_len, 20);
	assert_memory_equal(in.bad, "this is not a mail\n\n", 20);
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_string_equal(f.message.text, "No newline at the end");
	assert_int_equal(f.line, 4);
	assert_int_equal(intake_next(&in, &f, &e), 0);
	intake_close(&in);
}

/* A new directory where the runner cleans up; yours to free. */
static char *
temp_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	struct buf path = BUF_INIT;

	buf_fmt(&path, "%s/test_mail.XXXXXX", tmp != NULL ? tmp : "/tmp");
	assert_non_null(mkdtemp(path.p));
	return buf_take(&path);
}

static void
put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

#define MAIL(id) "From: a@example.cn\nDate: Thu, 1 Oct 2026 09:00:00 +0800\n" \
	"Message-ID: <" id ">\nSubject: x\n\ntext\n"

/* new/ and cur/ together in the order of their names; a bad one is named and the rest goes on. */
static void
maildir(void **state)
{
	static const char *const ids[] = { "1", "2", NULL, "4" };
	char *dir = temp_dir();
	struct intake_opts o = { .zone = zone_utc() };
	struct intake in;
	struct fact f;
	struct err e;

	(void)state;
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("md", 0700) | mkdir("md/new", 0700) | mkdir("md/cur", 0700) |
	    mkdir("md/tmp", 0700), 0);
	put_file("md/new/1790000002.b", MAIL("2"));
	put_file("md/cur/1790000001.a:2,S", MAIL("1"));
	put_file("md/cur/1790000003.c:2,", "");
	put_file("md/new/1790000004.d", MAIL("4"));
	put_file("md/tmp/1790000005.e", MAIL("5"));
	put_file("md/new/.hidden", MAIL("6"));
	assert_int_equal(intake_open(&in, "md", &o, &e), 0);
	for (size_t i = 0; i < 4; i++) {
		int got = intake_next(&in, &f, &e);

		if (ids[i] == NULL) {
			assert_int_equal(got, -1);
			assert_string_equal(e.msg, "md/cur/1790000003.c:2,:3: empty mail");
			continue;
		}
		assert_int_equal(got, 1);
		assert_string_equal(f.external_id, ids[i]);
	}
	assert_int_equal(intake_next(&in, &f, &e), 0);
	intake_close(&in);
	assert_int_equal(access("md/new/1790000002.b", F_OK), 0);
	free(dir);
}

static void
folder_of_eml(void **state)
{
	char *dir = temp_dir();
	struct intake_opts o = { .zone = zone_utc() };
	struct intake in;
	struct fact f;
	struct err e;

	(void)state;
	assert_int_equal(chdir(dir), 0);
	put_file("b.EML", MAIL("2"));
	put_file("a.eml", MAIL("1"));
	put_file("notes.txt", "not a mail");
	assert_int_equal(intake_open(&in, ".", &o, &e), 0);
	assert_string_equal(in.format->name, "maildir");
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_string_equal(f.external_id, "1");
	assert_int_equal(intake_next(&in, &f, &e), 1);
	assert_string_equal(f.external_id, "2");
	assert_int_equal(intake_next(&in, &f, &e), 0);
	intake_close(&in);
	free(dir);
}

/* One mail from memory; R keeps what F borrows. */
static int
read_mail(struct mail_reader *r, const char *text, size_t len, struct fact *f, struct err *e)
{
	char *raw = xmalloc(len + 1);
	int got;

	memcpy(raw, text, len);
	got = mail_read(r, raw, len, FACT_NO_TIME, f, e);
	free(raw);
	return got;
}

static void
our_own_mail_goes_out(void **state)
{
	static const char text[] = "From: Desk <Kefu@shop.example>\nTo: Li <li@example.cn>\n"
	    "Date: Thu, 1 Oct 2026 09:00:00 +0800\n\nhello\n";
	struct mail_reader r = { .account = "kefu@shop.example" };
	struct fact f;
	struct err e;

	(void)state;
	assert_int_equal(read_mail(&r, text, sizeof(text) - 1, &f, &e), 0);
	assert_int_equal(f.message.direction, FACT_OUT);
	assert_string_equal(f.agent.id, "kefu@shop.example");
	assert_string_equal(f.who.email, "li@example.cn");
	assert_null(f.external_id);
	mail_release(&r);
}

static void
robots(void **state)
{
	static const struct {
		const char *field, *from, *reason;
	} t[] = {
		{ "X-Spam: no", "a@b.cn", NULL },
		{ "Auto-Submitted: no", "a@b.cn", NULL },
		{ "Auto-Submitted: auto-generated", "a@b.cn", "Auto-Submitted" },
		{ "Precedence: bulk", "a@b.cn", "Precedence" },
		{ "Precedence: first-class", "a@b.cn", NULL },
		{ "List-Id: <x>", "a@b.cn", "List-Id" },
		{ "X-Auto-Response-Suppress: All", "a@b.cn", "X-Auto-Response-Suppress" },
		{ "X-Autoreply: yes", "a@b.cn", "X-Autoreply" },
		{ "X-CSR-Loop: kefu", "a@b.cn", "X-CSR-Loop" },
		{ "Return-Path: <>", "a@b.cn", "Return-Path" },
		{ "Return-Path: <a@b.cn>", "a@b.cn", NULL },
		{ "X: y", "MAILER-DAEMON@b.cn", "From" },
		{ "X: y", "Postmaster@b.cn", "From" },
		{ "X: y", "no-reply@b.cn", "From" },
		{ "Reply-To: li@c.cn", "no-reply@b.cn", NULL },
		{ "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN77yaaGk=?=", "a@b.cn", "Subject" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct mail_reader r = { .account = NULL };
		struct buf text = BUF_INIT, want = BUF_INIT;
		struct fact f;
		struct err e;

		buf_fmt(&text, "From: %s\n%s\nDate: Thu, 1 Oct 2026 09:00:00 +0800\n\nhi\n", t[i].from,
		    t[i].field);
		assert_int_equal(read_mail(&r, text.p, text.len, &f, &e), 0);
		if (f.message.automatic != (t[i].reason != NULL))
			fail_msg("%s from %s", t[i].field, t[i].from);
		if (t[i].reason != NULL) {
			buf_fmt(&want, "\"auto_reason\":\"%s\"", t[i].reason);
			assert_non_null(strstr(f.extra, want.p));
		}
		buf_release(&text);
		buf_release(&want);
		mail_release(&r);
	}
}

/* A web form writes from no-reply; the customer is the one to answer. */
static void
forms(void **state)
{
	static const char text[] = "From: Shop <no-reply@shop.example>\nReply-To: Li <li@example.cn>\n"
	    "Date: Thu, 1 Oct 2026 09:00:00 +0800\n\nhello\n";
	struct mail_reader r = { .account = NULL };
	struct fact f;
	struct err e;

	(void)state;
	assert_int_equal(read_mail(&r, text, sizeof(text) - 1, &f, &e), 0);
	assert_string_equal(f.who.email, "li@example.cn");
	assert_false(f.message.automatic);
	mail_release(&r);
}

static void
tags(void **state)
{
	static const struct {
		const char *subject;
		int64_t ticket;
		const char *sign;
	} t[] = {
		{ "Re: [CSR#42.ab12cd34] x", 42, "ab12cd34" }, { "[csr#7] x", 7, NULL },
		{ "[CSR#] [CSR#8.z] x", 8, "z" }, { "[CSR#0]", 0, NULL }, { "CSR#42", 0, NULL },
		{ "[CSR#42", 0, NULL }, { "[CSR#99999999999999999999]", 0, NULL },
		{ "[CSR#42.]", 42, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct mail_reader r = { .account = NULL };
		struct buf text = BUF_INIT;
		struct fact f;
		struct err e;

		buf_fmt(&text, "From: a@b.cn\nSubject: %s\nDate: Thu, 1 Oct 2026 09:00:00 +0800\n\nhi\n",
		    t[i].subject);
		assert_int_equal(read_mail(&r, text.p, text.len, &f, &e), 0);
		if (f.message.tag_ticket != t[i].ticket)
			fail_msg("%s: %lld", t[i].subject, (long long)f.message.tag_ticket);
		if (t[i].sign != NULL)
			assert_string_equal(f.message.tag_sign, t[i].sign);
		else
			assert_null(f.message.tag_sign);
		buf_release(&text);
		mail_release(&r);
	}
}

/* Attachments are saved once, under their hash, whatever they call themselves. */
static void
saved(void **state)
{
	static const char text[] = "From: a@b.cn\nDate: Thu, 1 Oct 2026 09:00:00 +0800\n"
	    "Content-Type: application/pdf; name=\"../../x\"\n\nroot\n";
	char *dir = temp_dir();
	struct buf path = BUF_INIT;
	struct mail_reader r = { .account = NULL };
	struct stat st;
	struct fact f;
	struct err e;

	(void)state;
	buf_fmt(&path, "%s/files", dir);
	r.save_dir = path.p;
	assert_int_equal(read_mail(&r, text, sizeof(text) - 1, &f, &e), 0);
	assert_int_equal(read_mail(&r, text, sizeof(text) - 1, &f, &e), 0);
	buf_str(&path, "/53175bcc0524f37b47062fafdda28e3f8eb91d519ca0a184ca71bbebe72f969a");
	assert_non_null(strstr(f.extra, strrchr(path.p, '/') + 1));
	assert_int_equal(stat(path.p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, 5);
	r.save_dir = "/proc/nowhere";
	assert_int_equal(read_mail(&r, text, sizeof(text) - 1, &f, &e), -1);
	assert_int_equal(e.code, ERR_IO);
	buf_release(&path);
	mail_release(&r);
	free(dir);
}

#define HEAD "From: a@b.cn\nDate: Thu, 1 Oct 2026 09:00:00 +0800\n"

/* HEAD, N times UNIT, TAIL; a TAIL of NULL is half a million lines of "--x". */
static void
many(struct buf *b, const char *head, const char *unit, int n, const char *tail)
{
	buf_str(b, head);
	for (int i = 0; i < n; i++)
		buf_str(b, unit);
	for (int i = 0; tail == NULL && i < 500000; i++)
		buf_str(b, i == 0 ? "\n" : "--x\n");
	if (tail != NULL)
		buf_str(b, tail);
}

/* What would cost the parser more than its length is refused by name; the rest is read.  None
 * takes longer than a few seconds under the sanitizers. */
static void
hostile(void **state)
{
	static const struct {
		const char *label, *head, *unit;
		int n;
		const char *tail, *error;
	} t[] = {
		{ "nothing", "", "", 0, "", "empty mail" },
		{ "only line ends", "", "\n", 1000, "", "no readable Date or Received" },
		{ "no date", "From: a@b.cn\n\nx", "", 0, "", "no readable Date or Received" },
		{ "binary", "\x01\x02\xff\xfe", "\x80", 1000, "", "not a mail: no header" },
		{ "100,000 fields", HEAD, "X: y\n", 100000, "\nhi", "over 2000 header fields" },
		{ "a field of a megabyte", HEAD "X: ", "yyyyyyyyyy", 100000, "\n\nhi",
		    "header over 256 KiB" },
		{ "a folded field of a megabyte", HEAD "X: ", "yyyyyyyy\n ", 100000, "\n\nhi",
		    "header over 256 KiB" },
		{ "100,000 parts", HEAD "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n",
		    100000, "--b--\n", "over 2000 parts" },
		{ "fields in a part", HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "X: y\n",
		    100000, "\nhi\n--b--\n", "over 2000 header fields" },
		{ "multiparts in multiparts", HEAD, "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
		    101, "\nhi", "over 100 boundaries" },
		{ "mails in mails", HEAD, "Content-Type: message/rfc822\n\n", 201, "\nhi",
		    "over 200 mails within mails" },
		{ "lines like boundaries", HEAD, "Content-Type: multipart/mixed; boundary=b\n", 50, NULL,
		    "too many lines like boundaries" },
		{ "a boundary in pieces", HEAD "Content-Type: multipart/mixed; boundary*0=b\n\nhi", "", 0,
		    "", "boundary in pieces" },
		{ "multiparts, not too many", HEAD, "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
		    99, "\nhi", NULL },
		{ "mails in mails, not too many", HEAD, "Content-Type: message/rfc822\n\n", 199, "\nhi",
		    NULL },
		{ "colons for a sender", "Date: Thu, 1 Oct 2026 09:00:00 +0800\nFrom: ", ":", 100000,
		    "\n\nhi", NULL },
		{ "brackets for a sender", "Date: Thu, 1 Oct 2026 09:00:00 +0800\nFrom: ", "<", 100000,
		    "\n\nhi", NULL },
		{ "parentheses for a sender", "Date: Thu, 1 Oct 2026 09:00:00 +0800\nFrom: x ", "(",
		    100000, "\n\nhi", NULL },
		{ "encoded words", HEAD "Subject: ", "=?utf-8?Q?x?= ", 10000, "\n\nhi", NULL },
		{ "references", HEAD "References: ", "<a@b> ", 30000, "\n\nhi", NULL },
		{ "parameters", HEAD "Content-Type: text/plain; ", "a*0=b; ", 30000, "\n\nhi", NULL },
		{ "a parameter name nobody can write", HEAD "Content-Type: multipart/mixed;\n \xd1\x8c",
		    "\xd1\x8c", 60, "=\"\xd1\x8c\"\n\nhi", NULL },
		{ "a million empty lines", HEAD "\n", "\n", 1000000, "x", NULL },
		{ "one long line", HEAD "\n", "xxxxxxxxxx", 300000, "", NULL },
		{ "quoted-printable without end", HEAD "Content-Transfer-Encoding: quoted-printable\n\n",
		    "=", 100000, "", NULL },
		{ "deep HTML", HEAD "Content-Type: text/html\n\n", "<b><i>", 100000, "x", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct mail_reader r = { .account = NULL };
		struct buf text = BUF_INIT;
		struct fact f;
		struct err e;
		time_t before = time(NULL);
		int got;

		many(&text, t[i].head, t[i].unit, t[i].n, t[i].tail);
		got = read_mail(&r, buf_cstr(&text), text.len, &f, &e);
		if (t[i].error != NULL ? got == 0 || strcmp(e.msg, t[i].error) != 0 : got != 0)
			fail_msg("%s: %d %s", t[i].label, got, got < 0 ? e.msg : "taken");
		if (time(NULL) - before > 10)
			fail_msg("%s: took over 10 s", t[i].label);
		buf_release(&text);
		mail_release(&r);
	}
}

static void
nul_bytes(void **state)
{
	static const char text[] = "From: a@b.cn\nSubject: a\0b\nDate: Thu, 1 Oct 2026 09:00:00 +0800\n"
	    "\nc\0d\n";
	struct mail_reader r = { .account = NULL };
	struct fact f;
	struct err e;

	(void)state;
	assert_int_equal(read_mail(&r, text, sizeof(text) - 1, &f, &e), 0);
	assert_string_equal(f.message.subject, "a?b");
	assert_string_equal(f.message.text, "c\xef\xbf\xbd" "d");
	assert_string_equal(f.extra, "{\"bad_bytes\":1}");
	mail_release(&r);
}

static void
too_large(void **state)
{
	struct mail_reader r = { .account = NULL };
	char *raw = xmalloc(MAIL_MAX_BYTES + 2);
	struct fact f;
	struct err e;

	(void)state;
	memset(raw, 'x', MAIL_MAX_BYTES + 1);
	memcpy(raw, HEAD "\n", sizeof(HEAD "\n") - 1);
	assert_int_equal(mail_read(&r, raw, MAIL_MAX_BYTES + 1, FACT_NO_TIME, &f, &e), -1);
	assert_string_equal(e.msg, "mail over 32 MiB");
	/* a long text is cut, and kept whole as an attachment */
	assert_int_equal(mail_read(&r, raw, 3 * MAIL_MAX_TEXT, FACT_NO_TIME, &f, &e), 0);
	assert_int_equal(strlen(f.message.text), MAIL_MAX_TEXT);
	assert_non_null(strstr(f.extra, "\"cut\":3145"));
	assert_non_null(strstr(f.extra, "text.txt"));
	free(raw);
	mail_release(&r);
}

/* Cut anywhere, a mail is read or refused, and never loses the others their turn. */
static void
cut_anywhere(void **state)
{
	static const char *const files[] = { "names.eml", "bounce.eml", "html-only.eml", "nested.eml" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct buf path = BUF_INIT;
		struct err e;
		size_t len;
		char *text;

		buf_fmt(&path, "tests/data/mail/%s", files[i]);
		assert_non_null(text = conf_read(path.p, 1 << 20, &len, &e));
		for (size_t n = 1; n < len; n++) {
			struct mail_reader r = { .account = NULL };
			struct fact f;
			int got = read_mail(&r, text, n, &f, &e);

			if (got < 0 && e.code != ERR_DATA)
				fail_msg("%s at %zu: %s", files[i], n, e.msg);
			mail_release(&r);
		}
		free(text);
		buf_release(&path);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages),
		cmocka_unit_test(mbox),
		cmocka_unit_test(cut_anywhere),
		cmocka_unit_test(our_own_mail_goes_out),
		cmocka_unit_test(robots),
		cmocka_unit_test(forms),
		cmocka_unit_test(tags),
		cmocka_unit_test(saved),
		cmocka_unit_test(hostile),
		cmocka_unit_test(nul_bytes),
		cmocka_unit_test(too_large),
		cmocka_unit_test(maildir),
		cmocka_unit_test(folder_of_eml),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
