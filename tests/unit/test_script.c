/* test_script - chats as plain text: their lines, their speakers, WeChat's own texts */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "intake/script_line.h"
#include "intake/speakers.h"
#include "intake/wechat_text.h"
#include "time/tm.h"

/* "day clock|name|text", "-" for what is not there; "no" for another line. */
static const char *
line_of(const char *s, struct buf *out)
{
	struct script_line l;
	struct tm_date d;

	buf_clear(out);
	if (!script_line(s, strlen(s), &l))
		return "no";
	if (l.day == SCRIPT_NO_DAY) {
		buf_str(out, "- ");
	} else {
		d = tm_date(l.day);
		buf_fmt(out, "%d-%d-%d ", d.year, d.month, d.day);
	}
	buf_fmt(out, "%lld|%.*s|%.*s", (long long)l.clock_ms, (int)l.name_len, l.name,
	    l.text != NULL ? (int)l.text_len : 1, l.text != NULL ? l.text : "-");
	return buf_cstr(out);
}

static void
lines_have_a_time_and_a_name(void **state)
{
	static const char *const cases[][2] = {
		{ "[09:01:02] 王女士: 能取消吗", "- 32462000|王女士|能取消吗" },
		{ "[09:01] Tom:hi: there", "- 32460000|Tom|hi: there" },
		{ "09:01:02.5 Tom：在", "- 32462005|Tom|在" },
		{ "(2026/10/1 9:01 PM) Tom: hi", "2026-10-1 75660000|Tom|hi" },
		{ "[2026-10-01T09:01:02] a b: x", "2026-10-1 32462000|a b|x" },
		{ "2026年10月1日 下午 1:00 王: x", "2026-10-1 46800000|王|x" },
		{ "2026-10-01 12:00 am Tom: x", "2026-10-1 0|Tom|x" },
		{ "2025-10-09 16:53:20 王女士-三亚", "2025-10-9 60800000|王女士-三亚|-" },
		{ "王女士-三亚 2025-10-09 16:53:20", "2025-10-9 60800000|王女士-三亚|-" },
		{ "Tom [09:01:02]: hi", "- 32462000|Tom|hi" },
		{ "Tom (2026-10-01 09:01)", "2026-10-1 32460000|Tom|-" },
		{ "【09:01】客服：好", "- 32460000|客服|好" },
		{ "  [9:01] x: ", "- 32460000|x|" },
		{ "会话ID: 81", "no" }, { "明天 9:00 出发", "no" }, { "09:01", "no" }, { "[25:00] a: b", "no" },
		{ "[09:61] a: b", "no" }, { "9:00出发", "no" }, { "", "no" }, { "https://x.cn/09:00", "no" },
		{ "[09:01:02", "no" }, { "2026-02-30 09:00 a", "no" }, { "航班 MU5101 2026-10-01", "no" },
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = line_of(cases[i][0], &out);

		if (strcmp(got, cases[i][1]) != 0)
			fail_msg("%s: %s", cases[i][0], got);
	}
	buf_release(&out);
}

static void
days_and_rules_stand_alone(void **state)
{
	static const struct { const char *line; int day, bare; } days[] = {
		{ "--- 2026-10-02 ---", 1, 0 }, { "2026年10月2日 星期五", 1, 0 }, { "2026-10-02", 1, 1 },
		{ "—— 2026年10月2日 ——", 1, 0 }, { "2026-10-02 Friday", 1, 0 }, { "2026-10-02 出发", 0, 0 },
		{ "2026-10-02 09:00", 0, 0 }, { "* 2026/10/2 *", 1, 0 }, { "", 0, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(days) / sizeof(*days); i++) {
		int64_t day;
		bool bare, got = script_day(days[i].line, strlen(days[i].line), &day, &bare);

		if (got != (days[i].day == 1) || (got && bare != (days[i].bare == 1)))
			fail_msg("%s: %d %d", days[i].line, got, bare);
		if (got)
			assert_int_equal(day, tm_days((struct tm_date){ 2026, 10, 2 }));
	}
	assert_true(script_rule("------", 6));
	assert_true(script_rule("= = =", 5));
	assert_false(script_rule("--", 2));
	assert_false(script_rule("-- a --", 7));
}

/* "in name", "out id name", ... of one speaker. */
static const char *
placed(struct speakers *s, const char *name, struct buf *out)
{
	static const char *const words[] = { "", "in", "out", "note" };
	struct fact f;

	fact_init(&f);
	speakers_place(s, &f, name);
	buf_clear(out);
	buf_fmt(out, "%s%s %s", words[f.message.direction], f.message.automatic ? "*" : "",
	    f.message.direction == FACT_IN ? f.who.name : f.agent.id);
	return buf_cstr(out);
}

static void
speakers_are_told_apart(void **state)
{
	static const struct { const char *customer, *agent, *name, *want; } cases[] = {
		{ NULL, NULL, "王女士", "in 王女士" }, { NULL, NULL, "我", "out 我" },
		{ NULL, NULL, "客服小李", "out 客服小李" }, { NULL, NULL, "客户经理老张", "out 客户经理老张" },
		{ NULL, NULL, "系统", "out* 系统" }, { NULL, NULL, "机器人小青", "out* 机器人小青" },
		{ NULL, NULL, "访客8812", "in 访客8812" }, { NULL, NULL, "Agent Bob", "out Agent Bob" },
		{ NULL, NULL, "Visitor 12", "in Visitor 12" }, { NULL, NULL, "Agentha", "in Agentha" },
		{ NULL, NULL, "李四", "out lisi" }, { NULL, NULL, "lisi", "out lisi" },
		{ NULL, NULL, "in", "in in" }, { NULL, NULL, "1", "in 1" },
		{ "王女士", NULL, "小李", "out 小李" }, { "王女士", NULL, "王女士", "in 王女士" },
		{ "李四", NULL, "李四", "in 李四" }, { NULL, "小李", "小李", "out 小李" },
		{ NULL, "小李", "王女士", "in 王女士" }, { NULL, NULL, "内部备注", "note 内部备注" },
	};
	struct buf out = BUF_INIT;
	struct aliases a;
	struct speakers s;
	struct err e;
	size_t i;

	(void)state;
	assert_int_equal(aliases_load(&a, &e), 0);
	assert_int_equal(speakers_init(&s, &a, &e), 0);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		speakers_customer(&s, cases[i].customer);
		speakers_agent(&s, cases[i].agent);
		if (strcmp(placed(&s, cases[i].name, &out), cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].name, buf_cstr(&out));
	}
	speakers_release(&s);
	aliases_release(&a);
	buf_release(&out);
}

static void
wechat_messages_read_as_words(void **state)
{
	static const struct { const char *type, *content, *want; int told; } cases[] = {
		{ "1", "hi <b>", "hi <b>", 0 }, { "1", NULL, NULL, 0 }, { "3", NULL, "[图片]", 0 },
		{ "34", "<msg><voicemsg voicelength=\"3600\"/></msg>", "[语音 4秒]", 0 },
		{ "34", "voicelength=\"3600", "[语音]", 0 }, { "43", "<m playlength=\"9", "[视频 9秒]", 0 },
		{ "42", "<m nickname=\"a&amp;b\"/>", "[名片: a&b]", 0 },
		{ "49", "<appmsg><title>t</title><type>5</type><url>u</url></appmsg>", "[链接: t u]", 0 },
		{ "49", "<appmsg><title><![CDATA[a<b]]></title><type>33</type></appmsg>", "[小程序: a<b]", 0 },
		{ "49", "<appmsg><title>t</title><type>99</type></appmsg>", "[链接: t]", 0 },
		{ "49", "<appmsg><type>6</type></appmsg>", "[文件]", 0 }, { "49", "<title>t", "[链接]", 0 },
		{ "49", "[分享]", "[分享]", 0 }, { "49", NULL, "[链接]", 0 }, { "49", "<", "[链接]", 0 },
		{ "49", "<appmsg><title>好</title><type>57</type><refermsg><displayname>王</displayname>"
		  "<content>&lt;?xml?&gt;&lt;msg/&gt;</content></refermsg></appmsg>", "好\n「王: …」", 0 },
		{ "10000", "以上是打招呼的内容", "以上是打招呼的内容", 1 }, { "10000", NULL, "[系统消息]", 1 },
		{ "77", "x", "x", 0 }, { "77", NULL, "[未知消息]", 0 }, { "x", NULL, "[未知消息]", 0 },
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool told;
		const char *got = wechat_text(cases[i].type, cases[i].content, &out, &told);

		if ((got == NULL) != (cases[i].want == NULL) || told != (cases[i].told == 1) ||
		    (got != NULL && strcmp(got, cases[i].want) != 0))
			fail_msg("%zu: %s", i, got != NULL ? got : "NULL");
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_have_a_time_and_a_name),
		cmocka_unit_test(days_and_rules_stand_alone),
		cmocka_unit_test(speakers_are_told_apart),
		cmocka_unit_test(wechat_messages_read_as_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
