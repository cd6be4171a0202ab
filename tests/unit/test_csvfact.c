/* test_csvfact - exports as people send them, and the facts they become */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/mem.h"
#include "intake/csv_value.h"
#include "intake/intake.h"

static struct buf notes;

static void
on_note(void *ctx, const char *text)
{
	(void)ctx;
	/* From the place on: file names differ from run to run. */
	text = strchr(text, ':');
	buf_fmt(&notes, "%s\n", text != NULL ? text + 1 : "");
}

static char *
file_of(const char *text, size_t len)
{
	char *path = xstrdup("/tmp/csvfact-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	close(fd);
	return path;
}

/* Message behind "PATH:" or "PATH: ". */
static const char *
behind(const char *msg, const char *path)
{
	size_t n = strlen(path);

	if (strncmp(msg, path, n) != 0)
		return msg;
	msg += n + 1;
	return *msg == ' ' ? msg + 1 : msg;
}

/* Reads TEXT as CSV: one line a fact as JSON, or "!message {raw}". MAP may be NULL. */
static const char *
facts_of(const char *text, size_t len, const char *map, struct buf *out)
{
	char *path = file_of(text, len), *map_path = NULL;
	struct intake_opts o = { .format = "csv", .note = on_note };
	struct intake in;
	struct fact f;
	struct err e;
	int got;

	if (map != NULL)
		o.map = map_path = file_of(map, strlen(map));
	o.zone = zone_get("Asia/Shanghai", &e);
	buf_clear(out);
	buf_clear(&notes);
	if (intake_open(&in, path, &o, &e) < 0) {
		buf_fmt(out, "%d %s", e.code, behind(e.msg, map_path != NULL &&
		    strncmp(e.msg, map_path, strlen(map_path)) == 0 ? map_path : path));
	} else {
		while ((got = intake_next(&in, &f, &e)) != 0) {
			if (got > 0) {
				fact_print(&f, o.zone, out);
				buf_char(out, '\n');
				continue;
			}
			assert_int_equal(e.code, ERR_DATA);
			buf_fmt(out, "!%s {%.*s}\n", behind(e.msg, path),
			    (int)(in.bad_len < 40 ? in.bad_len : 40), in.bad);
		}
		intake_close(&in);
	}
	unlink(path);
	free(path);
	if (map_path != NULL)
		unlink(map_path);
	free(map_path);
	return buf_cstr(out);
}

struct sample {
	const char *name, *text, *want;
};

static void
check(const struct sample *samples, size_t n, const char *map)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++) {
		facts_of(samples[i].text, strlen(samples[i].text), map, &out);
		if (strcmp(buf_cstr(&out), samples[i].want) != 0)
			fail_msg("%s:\n%s\nnot\n%s", samples[i].name, buf_cstr(&out),
			    samples[i].want);
	}
	buf_release(&out);
	buf_release(&notes);
}
#define CHECK(samples, map) check(samples, sizeof(samples) / sizeof(*(samples)), map)

#define MESSAGE "{\"kind\":\"message\",\"channel\":"

static void
messages(void **state)
{
	static const struct sample samples[] = {
		{ "a chat log",
		  "消息ID,会话ID,发送时间,渠道,客户姓名,手机,方向,客服,消息内容\n"
		  "m1,c1,2026-10-01 09:00:00,在线客服,王女士,13800000000,客户,,酒店能取消吗\n"
		  "m2,c1,2026/10/1 9:05,网站,王女士,13800000000,客服,lisi,可以\n"
		  "m3,c1,2026-10-01 09:06,网站,王女士,13800000000,机器人,,请评价\n",
		  MESSAGE "\"webchat\",\"external_id\":\"m1\",\"direction\":\"in\",\"from\":{"
		  "\"name\":\"王女士\",\"phone\":\"13800000000\",\"role\":\"customer\"},"
		  "\"at\":\"2026-10-01T09:00:00+08:00\",\"thread\":\"c1\",\"text\":\"酒店能取消吗\"}\n"
		  MESSAGE "\"webchat\",\"external_id\":\"m2\",\"direction\":\"out\",\"from\":{"
		  "\"id\":\"lisi\",\"role\":\"agent\"},\"at\":\"2026-10-01T09:05:00+08:00\","
		  "\"thread\":\"c1\",\"text\":\"可以\",\"person\":{\"name\":\"王女士\","
		  "\"phone\":\"13800000000\",\"role\":\"customer\"}}\n"
		  MESSAGE "\"webchat\",\"external_id\":\"m3\",\"direction\":\"out\","
		  "\"at\":\"2026-10-01T09:06:00+08:00\",\"thread\":\"c1\",\"text\":\"请评价\","
		  "\"auto\":true,\"person\":{\"name\":\"王女士\",\"phone\":\"13800000000\","
		  "\"role\":\"customer\"}}\n" },
		{ "names in other spellings, a date and a time apart",
		  "\xef\xbb\xbf\"日 期\";時刻;E_Mail;Message Text\n2026-10-01;9:00;a@b.cn;hi\n",
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"email\":\"a@b.cn\","
		  "\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\",\"text\":\"hi\"}\n" },
		{ "people without ids are known by their conversation, else by their name",
		  "时间,客户,内容,会话\n2026-10-01 09:00,王,hi,t1\n2026-10-01 09:00,李,hi,\n",
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"id\":\"t1\",\"name\":\"王\","
		  "\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\",\"thread\":\"t1\","
		  "\"text\":\"hi\"}\n"
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"id\":\"李\",\"name\":\"李\","
		  "\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\",\"text\":\"hi\"}\n" },
		{ "WeChat's own export",
		  "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,"
		  "Remark,NickName,Sender\n"
		  "17,3,1,0,0,1760000000,,酒店能取消吗,2025-10-09 16:53:20,王女士-三亚,小王,wxid_abc\n",
		  MESSAGE "\"wechat\",\"direction\":\"in\",\"from\":{\"id\":\"wxid_abc\","
		  "\"name\":\"王女士-三亚\",\"role\":\"customer\"},"
		  "\"at\":\"2025-10-09T16:53:20+08:00\",\"thread\":\"3\","
		  "\"text\":\"酒店能取消吗\",\"extra\":{\"StrTime\":\"2025-10-09 16:53:20\","
		  "\"NickName\":\"小王\",\"localId\":\"17\",\"SubType\":\"0\",\"Type\":\"1\"}}\n" },
		{ "a ticket with its answer, state and score",
		  "工单号,创建时间,客户手机,标题,问题描述,回复内容,首次响应时间,处理人,工单状态,解决时间,满意度\n"
		  "T1,2026-10-01 09:00,13800000000,退票,不能退吗,可以退,2026-10-01 09:30,lisi,已解决,"
		  "2026-10-01 12:00,非常满意\n"
		  "T2,2026-10-01 10:00,13900000000,发票,要发票,,2026-10-01 10:30,lisi,升级中,,8\n",
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"phone\":\"13800000000\","
		  "\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\","
		  "\"ticket_external_id\":\"T1\",\"subject\":\"退票\",\"text\":\"不能退吗\","
		  "\"status\":\"solved\",\"answered_at\":\"2026-10-01T09:30:00+08:00\","
		  "\"solved_at\":\"2026-10-01T12:00:00+08:00\",\"score\":5,"
		  "\"agent\":{\"id\":\"lisi\",\"role\":\"agent\"}}\n"
		  MESSAGE "\"other\",\"direction\":\"out\",\"from\":{\"id\":\"lisi\","
		  "\"role\":\"agent\"},\"at\":\"2026-10-01T09:30:00+08:00\","
		  "\"ticket_external_id\":\"T1\",\"text\":\"可以退\","
		  "\"person\":{\"phone\":\"13800000000\",\"role\":\"customer\"}}\n"
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"phone\":\"13900000000\","
		  "\"role\":\"customer\"},\"at\":\"2026-10-01T10:00:00+08:00\","
		  "\"ticket_external_id\":\"T2\",\"subject\":\"发票\",\"text\":\"要发票\","
		  "\"answered_at\":\"2026-10-01T10:30:00+08:00\","
		  "\"agent\":{\"id\":\"lisi\",\"role\":\"agent\"},"
		  "\"extra\":{\"满意度\":\"8\",\"工单状态\":\"升级中\"}}\n" },
		{ "Zendesk: ids of rows with a state are tickets', minutes count from creation",
		  "Summation column,Id,Requester,Requester id,Requester email,Assignee,Subject,"
		  "Status,Via,Created at,Solved at,Satisfaction Score,First reply time in minutes\n"
		  "1,901,王敏,77,w@x.cn,Li Si,退票,Solved,Mail,2026-10-01 09:00,"
		  "2026-10-01 12:00,Good,4\n",
		  MESSAGE "\"email\",\"direction\":\"in\",\"from\":{\"id\":\"77\",\"name\":\"王敏\","
		  "\"email\":\"w@x.cn\",\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\","
		  "\"ticket_external_id\":\"901\",\"subject\":\"退票\",\"status\":\"solved\","
		  "\"answered_at\":\"2026-10-01T09:04:00+08:00\","
		  "\"solved_at\":\"2026-10-01T12:00:00+08:00\",\"score\":5,"
		  "\"reported\":{\"first_response_ms\":240000},"
		  "\"agent\":{\"id\":\"Li Si\",\"role\":\"agent\"},"
		  "\"extra\":{\"Summation column\":\"1\"}}\n" },
		{ "Freshdesk: hours as a decimal or as a clock",
		  "Ticket ID,Subject,Status,Created time,Resolved time,First response time (in hrs),"
		  "Full name,Email\n"
		  "5,退票,Closed,2026-10-01 09:00,2026-10-01 12:00,0.5,王,a@b.cn\n"
		  "6,退票,Closed,2026-10-01 09:00,2026-10-01 12:00,00:45:00,王,a@b.cn\n",
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"name\":\"王\","
		  "\"email\":\"a@b.cn\",\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\","
		  "\"ticket_external_id\":\"5\",\"subject\":\"退票\",\"status\":\"closed\","
		  "\"answered_at\":\"2026-10-01T09:30:00+08:00\","
		  "\"solved_at\":\"2026-10-01T12:00:00+08:00\","
		  "\"reported\":{\"first_response_ms\":1800000}}\n"
		  MESSAGE "\"other\",\"direction\":\"in\",\"from\":{\"name\":\"王\","
		  "\"email\":\"a@b.cn\",\"role\":\"customer\"},\"at\":\"2026-10-01T09:00:00+08:00\","
		  "\"ticket_external_id\":\"6\",\"subject\":\"退票\",\"status\":\"closed\","
		  "\"answered_at\":\"2026-10-01T09:45:00+08:00\","
		  "\"solved_at\":\"2026-10-01T12:00:00+08:00\","
		  "\"reported\":{\"first_response_ms\":2700000}}\n" },
		{ "what is wrong is named with its column",
		  "时间,手机,内容,方向\n下午,138,hi,\n2026-10-01,138,hi,横\n2026-10-01,138,,\n"
		  "2026-10-01,,hi,\n",
		  "!2: 时间: \"下午\" is not a time {下午,138,hi,}\n"
		  "!3: 方向: \"横\" is neither in nor out; name it in aliases/values.conf "
		  "{2026-10-01,138,hi,横}\n"
		  "!4: no text {2026-10-01,138,,}\n"
		  "!5: nobody and no conversation to put it to {2026-10-01,,hi,}\n" },
	};

	(void)state;
	CHECK(samples, NULL);
}

static void
orders(void **state)
{
	static const struct sample samples[] = {
		{ "Taobao, ids wrapped",
		  "订单编号,买家会员名,总金额,订单状态,联系手机,订单创建时间,订单付款时间,宝贝标题,物流公司\n"
		  "=\"202610010000000001\",tb王,1299.00,交易成功,'13800000000,2026-10-01 08:00:00,"
		  "2026-10-01 08:01:10,三亚亲子套餐,顺丰\n",
		  "{\"kind\":\"order\",\"channel\":\"taobao\","
		  "\"external_id\":\"202610010000000001\",\"status\":\"交易成功\","
		  "\"title\":\"三亚亲子套餐\",\"amount_minor\":129900,\"currency\":\"CNY\","
		  "\"ordered_at\":\"2026-10-01T08:00:00+08:00\","
		  "\"paid_at\":\"2026-10-01T08:01:10+08:00\",\"person\":{\"id\":\"tb王\","
		  "\"phone\":\"13800000000\",\"role\":\"customer\"},"
		  "\"extra\":{\"物流公司\":\"顺丰\"}}\n" },
		{ "Ctrip, lines of notes before and behind",
		  "景区账单\nTo: 三亚公司,,,\n携程订单号,结算价金额,客人姓名,出发时间,结算价币种\n"
		  "3600,\"￥1,299.00\",王女士,2026-10-03,HKD\n合计,1299.00,,,\n导出时间:2026-10-31\n",
		  "{\"kind\":\"order\",\"channel\":\"ctrip\",\"external_id\":\"3600\","
		  "\"amount_minor\":129900,\"currency\":\"HKD\","
		  "\"starts_at\":\"2026-10-03T00:00:00+08:00\","
		  "\"person\":{\"name\":\"王女士\",\"role\":\"customer\"}}\n" },
		{ "a total between records is no note",
		  "订单号,金额\n1,5\n小计,5\n2,6\n合计,11\n",
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"1\","
		  "\"amount_minor\":500,\"currency\":\"CNY\"}\n"
		  "!3: a line of totals, no record {小计,5}\n"
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"2\","
		  "\"amount_minor\":600,\"currency\":\"CNY\"}\n" },
		{ "the better name wins, the other column is kept",
		  "订单号,外部订单号,金额,联系手机,手机,备注,备注\n1,x,5元,,138,a,b\n",
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"1\","
		  "\"amount_minor\":500,\"currency\":\"CNY\",\"person\":{\"phone\":\"138\","
		  "\"role\":\"customer\"},\"extra\":{\"外部订单号\":\"x\",\"备注\":\"a\","
		  "\"备注#2\":\"b\"}}\n" },
		{ "digits a spreadsheet has lost",
		  "订单号,金额\n1.23457E+17,5\n202610010000000000,5\n202610010000000000,5\n5.0,1\n",
		  "!2: 订单号: \"1.23457E+17\" is a number cut short by a spreadsheet; its digits are "
		  "lost: export the column as text {1.23457E+17,5}\n"
		  "!3: 订单号: \"202610010000000000\" ends in zeros from digit 16 on, as all ids here: "
		  "rounded by a spreadsheet; export the column as text {202610010000000000,5}\n"
		  "!4: 订单号: \"202610010000000000\" ends in zeros from digit 16 on, as all ids here: "
		  "rounded by a spreadsheet; export the column as text {202610010000000000,5}\n"
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"5\","
		  "\"amount_minor\":100,\"currency\":\"CNY\"}\n" },
		{ "zeros by chance, in a column that kept its digits",
		  "订单号,金额\n202610010000000000,5\n202610010000000123,5\n",
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"202610010000000000\","
		  "\"amount_minor\":500,\"currency\":\"CNY\"}\n"
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"202610010000000123\","
		  "\"amount_minor\":500,\"currency\":\"CNY\"}\n" },
		{ "amounts nobody can read",
		  "订单号,金额\n1,\"1,5\"\n2,1.005\n3,五元\n4,5 刀\n5,-1.00\n,7\n",
		  "!2: 金额: \"1,5\" is not an amount of CNY {1,\"1,5\"}\n"
		  "!3: 金额: \"1.005\" is not an amount of CNY {2,1.005}\n"
		  "!4: 金额: \"五元\" is not an amount {3,五元}\n"
		  "!5: 金额: \"5 刀\": the currency is unknown {4,5 刀}\n"
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"5\","
		  "\"amount_minor\":-100,\"currency\":\"CNY\"}\n"
		  "!7: no order number {,7}\n" },
		{ "a currency in the column's name, a separator announced",
		  "sep=;\n订单号;总价（美元）;数量(元)\n1;\"1,5\";2\n2;19.99;\n",
		  "!3: 总价（美元）: \"1,5\" is not an amount of USD {1;\"1,5\";2}\n"
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"2\","
		  "\"amount_minor\":1999,\"currency\":\"USD\"}\n" },
		{ "a telephone that lost its zero stays as written",
		  "订单号,金额,电话\n1,5,1012345678\n",
		  "{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":\"1\","
		  "\"amount_minor\":500,\"currency\":\"CNY\",\"person\":{\"phone\":\"1012345678\","
		  "\"role\":\"customer\"}}\n" },
	};

	(void)state;
	CHECK(samples, NULL);
}

static void
calls_and_customers(void **state)
{
	static const struct sample samples[] = {
		{ "calls in and out, answered and not",
		  "通话ID,主叫,被叫,开始时间,时长,是否接通,坐席,备注,方向\n"
		  "a1,13800000000,4008001234,2026-10-01 09:00:00,00:04:00,是,8001,问退票,呼入\n"
		  "a2,13800000000,4008001234,2026-10-01 10:00:00,0,否,,,呼入\n"
		  "a3,8001,13800000000,2026-10-01 11:00:00,65秒,是,8001,,呼出\n",
		  MESSAGE "\"phone\",\"external_id\":\"a1\",\"direction\":\"in\",\"from\":{"
		  "\"phone\":\"13800000000\",\"role\":\"customer\"},"
		  "\"at\":\"2026-10-01T09:00:00+08:00\",\"thread\":\"+8613800000000\","
		  "\"to\":[\"4008001234\"],"
		  "\"text\":\"问退票\",\"answered_at\":\"2026-10-01T09:00:00+08:00\","
		  "\"call\":\"answered\",\"talk_ms\":240000,"
		  "\"ended_at\":\"2026-10-01T09:04:00+08:00\","
		  "\"agent\":{\"id\":\"8001\",\"role\":\"agent\"}}\n"
		  MESSAGE "\"phone\",\"external_id\":\"a2\",\"direction\":\"in\",\"from\":{"
		  "\"phone\":\"13800000000\",\"role\":\"customer\"},"
		  "\"at\":\"2026-10-01T10:00:00+08:00\",\"thread\":\"+8613800000000\","
		  "\"to\":[\"4008001234\"],"
		  "\"text\":\"[未接来电]\",\"call\":\"no_answer\"}\n"
		  MESSAGE "\"phone\",\"external_id\":\"a3\",\"direction\":\"out\",\"from\":{"
		  "\"id\":\"8001\",\"role\":\"agent\"},\"at\":\"2026-10-01T11:00:00+08:00\","
		  "\"thread\":\"+8613800000000\","
		  "\"to\":[\"13800000000\"],\"text\":\"[去电]\","
		  "\"answered_at\":\"2026-10-01T11:00:00+08:00\",\"call\":\"answered\","
		  "\"talk_ms\":65000,\"ended_at\":\"2026-10-01T11:01:05+08:00\","
		  "\"person\":{\"phone\":\"13800000000\",\"role\":\"customer\"},"
		  "\"extra\":{\"caller\":\"8001\"}}\n" },
		{ "a call that settled its ticket, one that did not, and its score",
		  "通话ID,客户号码,开始时间,结束时间,时长,工单状态,满意度,备注\n"
		  "b1,13800000000,2026-10-01 09:00:00,2026-10-01 09:04:05,240,已解决,5,问退票\n"
		  "b2,13800000001,2026-10-01 09:10:00,2026-10-01 09:12:00,115,处理中,没评,催出票\n",
		  MESSAGE "\"phone\",\"external_id\":\"b1\",\"direction\":\"in\",\"from\":{"
		  "\"phone\":\"13800000000\",\"role\":\"customer\"},"
		  "\"at\":\"2026-10-01T09:00:00+08:00\",\"thread\":\"+8613800000000\","
		  "\"text\":\"问退票\",\"status\":\"solved\","
		  "\"answered_at\":\"2026-10-01T09:00:00+08:00\","
		  "\"solved_at\":\"2026-10-01T09:04:05+08:00\",\"score\":5,"
		  "\"call\":\"answered\",\"talk_ms\":240000,"
		  "\"ended_at\":\"2026-10-01T09:04:05+08:00\"}\n"
		  MESSAGE "\"phone\",\"external_id\":\"b2\",\"direction\":\"in\",\"from\":{"
		  "\"phone\":\"13800000001\",\"role\":\"customer\"},"
		  "\"at\":\"2026-10-01T09:10:00+08:00\",\"thread\":\"+8613800000001\","
		  "\"text\":\"催出票\",\"status\":\"open\","
		  "\"answered_at\":\"2026-10-01T09:10:00+08:00\",\"call\":\"answered\","
		  "\"talk_ms\":115000,\"ended_at\":\"2026-10-01T09:12:00+08:00\","
		  "\"extra\":{\"满意度\":\"没评\"}}\n" },
		{ "customers",
		  "客户编号,姓名,手机号,邮箱,会员等级,生日\n7,王女士,13800000000,a@b.cn,金卡,1990-01-01\n"
		  ",李,,,,\n",
		  "{\"kind\":\"customer\",\"channel\":\"crm\",\"external_id\":\"7\",\"segment\":\"金卡\",\"person\":{"
		  "\"id\":\"7\",\"name\":\"王女士\",\"phone\":\"13800000000\",\"email\":\"a@b.cn\","
		  "\"role\":\"customer\"},\"extra\":{\"birthday\":\"1990-01-01\",\"membership\":{"
		  "\"level\":\"金卡\"}}}\n"
		  "!3: no id, phone, e-mail or member number {,李,,,,}\n" },
	};

	(void)state;
	CHECK(samples, NULL);
}

static void
files_that_are_refused_whole(void **state)
{
	static const struct sample samples[] = {
		{ "one name twice", "时间,内容,时间,手机\n1,2,3,4\n",
		  "65 1: columns 1 and 3 are both \"时间\" (at): rename one" },
		{ "nothing known", "a,b,c\n1,2,3\n",
		  "65 no column name is known; say what they mean by --map" },
		{ "not enough", "说明\n客户,内容\n王,hi\n", "65 line 2 may be the header, but a message "
		  "needs a time (at) and a text or subject; name the columns by --map" },
		{ "nothing", "", "65 no column name is known; say what they mean by --map" },
	};

	(void)state;
	CHECK(samples, NULL);
}

static void
a_map_names_other_columns(void **state)
{
	static const char *const map =
	    "# ours\n"
	    "at = Wann tz=Europe/Berlin format=%d.%m.%Y %H:%M\n"
	    "text = \"Was, bitte?\"\n"
	    "phone = Nummer\n"
	    "[set]\n"
	    "channel = 短信\n";
	static const struct sample samples[] = {
		{ "a map", "Wann;Was, bitte?;Nummer;Ort\n31.12.2026 09:00;Hallo;+49170;Bonn\n"
		  "31.02.2026 09:00;Hallo;+49170;Bonn\n",
		  MESSAGE "\"sms\",\"direction\":\"in\",\"from\":{\"phone\":\"+49170\","
		  "\"role\":\"customer\"},\"at\":\"2026-12-31T16:00:00+08:00\","
		  "\"text\":\"Hallo\",\"extra\":{\"Ort\":\"Bonn\"}}\n"
		  "!3: Wann: \"31.02.2026 09:00\" is not a time by format=%d.%m.%Y %H:%M "
		  "{31.02.2026 09:00;Hallo;+49170;Bonn}\n" },
		{ "a column is missing", "时间,内容,手机\n2026-10-01,hi,138\n",
		  "65 1: no column \"Wann\", which the map names" },
	};
	static const struct sample bad[] = {
		{ "no such field", "时间,内容\n", "78 1: no field is called \"wann\"" },
	};

	(void)state;
	CHECK(samples, map);
	CHECK(bad, "wann = Wann\n");
}

static void
the_mapping_is_explained(void **state)
{
	static const char *const text = "账单\n时间\t内容\t手机\t备注\n2026-10-01\thi\t138\t\n";
	struct buf out = BUF_INIT;

	(void)state;
	facts_of(text, strlen(text), NULL, &out);
	assert_string_equal(buf_cstr(&notes), "1: a note before the header: 账单\n"
	    "2: message rows, 4 columns, tab, UTF-8\n2: 时间 -> at\n2: 内容 -> text\n"
	    "2: 手机 -> phone\n2: 备注 -> extra\n");
	buf_release(&out);
	buf_release(&notes);
}

static void
amounts_are_exact(void **state)
{
	static const struct { const char *cell, *currency; int64_t minor; } cases[] = {
		{ "0", "CNY", 0 }, { "1,299.00", "CNY", 129900 }, { "0.1", "CNY", 10 },
		{ "19.99", "CNY", 1999 }, { "1299", "JPY", 1299 }, { "1299.00", "JPY", 1299 },
		{ "1.234", "KWD", 1234 }, { "1.2300", "CNY", 123 }, { "12,345,678.90", "CNY", 1234567890 },
		{ "90071992547409.93", "CNY", INT64_C(9007199254740993) },
		{ "99999999999999999999", "CNY", -1 }, { "1.2.3", "CNY", -1 }, { "1,23", "CNY", -1 },
		{ "1.5", "JPY", -1 }, { "1.001", "CNY", -1 }, { "1.1,0", "CNY", -1 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct csv_cell c = { cases[i].cell, strlen(cases[i].cell) };
		int64_t minor = -1;
		struct err e;

		csv_money(c, cases[i].currency, &minor, &e);
		if (minor != cases[i].minor)
			fail_msg("%s: %lld", cases[i].cell, (long long)minor);
	}
}

static void
lengths_of_time_as_exports_have_them(void **state)
{
	static const struct { const char *cell; int64_t ms; } cases[] = {
		{ "240", 240000 }, { "00:04:00", 240000 }, { "4:00", 240000 }, { "240秒", 240000 },
		{ "4分", 240000 }, { "1小时2分3秒", 3723000 }, { "4分钟", 240000 }, { "4m", 240000 },
		{ "1h30m", 5400000 }, { "0", 0 }, { "1.5", 1500 }, { "-1", -1 }, { "x", -1 },
		{ "1:2:3:4", -1 }, { "nan", -1 }, { "1e99", -1 }, { "5斤", -1 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct csv_cell c = { cases[i].cell, strlen(cases[i].cell) };
		int64_t ms = -1;
		struct err e;

		if (csv_span(c, 1000, &ms, &e) < 0)
			ms = -1;
		if (ms != cases[i].ms)
			fail_msg("%s: %lld", cases[i].cell, (long long)ms);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages),
		cmocka_unit_test(orders),
		cmocka_unit_test(calls_and_customers),
		cmocka_unit_test(files_that_are_refused_whole),
		cmocka_unit_test(a_map_names_other_columns),
		cmocka_unit_test(the_mapping_is_explained),
		cmocka_unit_test(amounts_are_exact),
		cmocka_unit_test(lengths_of_time_as_exports_have_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
