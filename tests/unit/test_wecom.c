/* test_wecom - the WeCom archive as facts */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "intake/intake.h"
#include "intake/wecom_text.h"

/* The fact of one line as JSON, or the message it is refused with. */
static const char *
fact_of(const char *line, struct buf *out)
{
	char path[] = "/tmp/wecom-XXXXXX";
	struct intake_opts o = { .format = "wecom" };
	struct intake in;
	struct fact f;
	struct err e;
	int fd = mkstemp(path), got;

	assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
	close(fd);
	o.zone = zone_utc();
	buf_clear(out);
	assert_int_equal(intake_open(&in, path, &o, &e), 0);
	got = intake_next(&in, &f, &e);
	if (got > 0) {
		fact_print(&f, o.zone, out);
	} else {
		assert_int_equal(e.code, ERR_DATA);
		assert_int_equal(in.bad_len, strlen(line));
		buf_str(out, e.msg + strlen(path) + 1);
	}
	intake_close(&in);
	unlink(path);
	return buf_cstr(out);
}

#define HEAD "{\"msgid\":\"m1\",\"action\":\"send\","
#define AT "\"msgtime\":1760000000123,"
#define FACT "{\"kind\":\"message\",\"channel\":\"wecom\",\"external_id\":\"m1\",\"direction\":"
#define WHEN "\"at\":\"2025-10-09T08:53:20.123+00:00\","
#define CUSTOMER "\"from\":{\"id\":\"wmAAA\",\"role\":\"customer\"},"
#define LISI "\"from\":{\"id\":\"lisi\",\"role\":\"agent\"},"

static void
lines_become_facts(void **state)
{
	static const char *const cases[][2] = {
		{ HEAD "\"from\":\"wmAAA\",\"tolist\":[\"lisi\",\"wmBBB\"],\"roomid\":\"wr01\"," AT
		  "\"msgtype\":\"text\",\"text\":{\"content\":\"@李四 订单1234567890 没出票\"}}",
		  FACT "\"in\"," CUSTOMER WHEN "\"thread\":\"wr01\",\"group\":\"wr01\","
		  "\"to\":[\"lisi\",\"wmBBB\"],\"mentions\":[\"李四\"],"
		  "\"text\":\"@李四 订单1234567890 没出票\"}" },
		{ HEAD "\"from\":\"wmAAA\",\"tolist\":[\"lisi\"],\"roomid\":\"\"," AT
		  "\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"},\"seq\":7}",
		  FACT "\"in\"," CUSTOMER WHEN "\"thread\":\"wmAAA\",\"to\":[\"lisi\"],"
		  "\"text\":\"hi\",\"extra\":{\"seq\":7}}" },
		{ HEAD "\"from\":\"lisi\",\"tolist\":\"wmAAA\",\"msgtime\":\"1760000000123\","
		  "\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}",
		  FACT "\"out\"," LISI WHEN "\"thread\":\"wmAAA\",\"to\":[\"wmAAA\"],"
		  "\"text\":\"hi\",\"person\":{\"id\":\"wmAAA\",\"role\":\"customer\"}}" },
		{ HEAD "\"from\":\"lisi\",\"tolist\":\"zhang,wolf\"," AT
		  "\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}",
		  FACT "\"note\"," LISI WHEN "\"thread\":\"lisi|zhang\",\"to\":[\"zhang\",\"wolf\"],"
		  "\"text\":\"hi\"}" },
		{ HEAD "\"from\":\"wbBOT\",\"tolist\":[\"wmAAA\"],\"roomid\":\"wr01\"," AT
		  "\"msgtype\":\"text\",\"text\":{\"content\":\"hi\"}}",
		  FACT "\"out\",\"from\":{\"id\":\"wbBOT\",\"role\":\"robot\"}," WHEN
		  "\"thread\":\"wr01\",\"group\":\"wr01\",\"to\":[\"wmAAA\"],\"text\":\"hi\","
		  "\"auto\":true}" },
		{ "{\"msgid\":\"m1\",\"action\":\"recall\",\"from\":\"wmAAA\",\"tolist\":[\"lisi\"],"
		  "\"roomid\":\"wr01\"," AT "\"msgtype\":\"revoke\","
		  "\"revoke\":{\"pre_msgid\":\"m0\"}}",
		  FACT "\"in\"," CUSTOMER WHEN "\"thread\":\"wr01\",\"group\":\"wr01\","
		  "\"to\":[\"lisi\"],\"recalls\":\"m0\"}" },
		{ HEAD "\"from\":\"wmAAA\",\"tolist\":[\"lisi\"]," AT "\"msgtype\":\"file\","
		  "\"file\":{\"filename\":\"行程单.pdf\",\"filesize\":18181}}",
		  FACT "\"in\"," CUSTOMER WHEN "\"thread\":\"wmAAA\",\"to\":[\"lisi\"],"
		  "\"text\":\"[文件: 行程单.pdf]\",\"extra\":{\"msgtype\":\"file\",\"file\":{"
		  "\"filename\":\"行程单.pdf\",\"filesize\":18181}}}" },
		{ "{\"msgid\":\"m1\",\"action\":\"send\",\"from\":\"wmAAA\",\"tolist\":[\"lisi\"],"
		  "\"roomid\":\"\"," AT "\"msgtype\":\"disagree\",\"disagree\":{\"userid\":\"wmAAA\","
		  "\"disagree_time\":1571732677}}",
		  "{\"kind\":\"event\",\"channel\":\"wecom\",\"external_id\":\"m1\","
		  "\"event\":\"archive.disagree\",\"at\":\"2019-10-22T08:24:37+00:00\","
		  "\"subject\":\"wmAAA\",\"status\":\"disagree\",\"person\":{\"id\":\"wmAAA\","
		  "\"role\":\"customer\"}}" },
		{ "{\"msgid\":\"m1\",\"action\":\"switch\",\"time\":1760000000123,\"user\":\"lisi\"}",
		  "{\"kind\":\"event\",\"channel\":\"wecom\",\"external_id\":\"m1\","
		  "\"event\":\"archive.switch\"," WHEN "\"subject\":\"lisi\","
		  "\"agent\":{\"id\":\"lisi\",\"role\":\"agent\"}}" },
		/* Refused. */
		{ "{\"action\":\"send\"}", "1: no \"msgid\"" },
		{ "{\"msgid\":\"m1\",\"action\":\"push\"}",
		  "1: \"action\" is not send, recall or switch" },
		{ "{\"msgid\":\"m1\",\"seq\":1,\"encrypt_chat_msg\":\"x\"}",
		  "1: still encrypted: decrypt it with the platform's SDK" },
		{ HEAD "\"msgtype\":\"text\"}", "1: no \"from\"" },
		{ HEAD "\"from\":\"wmAAA\"}", "1: no \"msgtype\"" },
		{ HEAD "\"from\":\"wmAAA\",\"msgtype\":\"text\"}", "1: no \"msgtime\"" },
		{ HEAD "\"from\":\"wmAAA\",\"msgtype\":\"text\",\"msgtime\":\"soon\"}",
		  "1: \"msgtime\" is not a time" },
		{ HEAD "\"from\":\"wmAAA\",\"msgtype\":\"text\",\"msgtime\":-1}",
		  "1: \"msgtime\" is not a time" },
		{ HEAD "\"from\":\"wmAAA\"," AT "\"tolist\":[7],\"msgtype\":\"text\"}",
		  "1: \"tolist\" is not a list of ids" },
		{ HEAD "\"from\":\"wmAAA\"," AT "\"tolist\":{},\"msgtype\":\"text\"}",
		  "1: \"tolist\" is not a list" },
		{ HEAD "\"from\":\"wmAAA\"," AT "\"msgtype\":\"revoke\",\"revoke\":{}}",
		  "1: no \"revoke.pre_msgid\"" },
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(fact_of(cases[i][0], &out), cases[i][1]);
	buf_release(&out);
}

static void
every_type_reads_as_words(void **state)
{
	static const char *const cases[][3] = {
		{ "image", "{\"image\":{\"md5sum\":\"x\"}}", "[图片]" },
		{ "voice", "{\"voice\":{\"play_length\":12}}", "[语音 12秒]" },
		{ "video", "{\"video\":{\"play_length\":3}}", "[视频 3秒]" },
		{ "location", "{\"location\":{\"title\":\"天涯海角\",\"address\":\"三亚\","
		  "\"longitude\":1.5}}", "[位置: 天涯海角 三亚]" },
		{ "link", "{\"link\":{\"title\":\"活动\",\"link_url\":\"http://x/\"}}",
		  "[链接: 活动 http://x/]" },
		{ "weapp", "{\"weapp\":{\"title\":\"门票\",\"displayname\":\"景区\"}}",
		  "[小程序: 景区 门票]" },
		{ "markdown", "{\"info\":{\"content\":\"# a\"}}", "# a" },
		{ "docmsg", "{\"doc\":{\"title\":\"表\"}}", "[文档: 表]" },
		{ "news", "{\"info\":{\"item\":[{\"title\":\"a\",\"url\":\"u\"},{\"title\":\"b\"}]}}",
		  "[图文: a u]\n[图文: b]" },
		{ "vote", "{\"vote\":{\"votetitle\":\"去哪\",\"voteitem\":[\"三亚\",\"大理\"]}}",
		  "[投票: 去哪]\n- 三亚\n- 大理" },
		{ "chatrecord", "{\"chatrecord\":{\"title\":\"群聊\",\"item\":[{\"type\":"
		  "\"ChatRecordText\",\"content\":\"{\\\"content\\\":\\\"你好\\\"}\"},"
		  "{\"type\":\"ChatRecordFile\",\"content\":\"{\\\"filename\\\":\\\"a.pdf\\\"}\"},"
		  "{\"type\":\"ChatRecordText\",\"content\":\"not JSON\"}]}}",
		  "[聊天记录: 群聊]\n你好\n[文件: a.pdf]\nnot JSON" },
		{ "mixed", "{\"mixed\":{\"item\":[{\"type\":\"text\",\"content\":"
		  "\"{\\\"content\\\":\\\"看图\\\"}\"},{\"type\":\"image\",\"content\":"
		  "\"{\\\"md5sum\\\":\\\"x\\\"}\"}]}}", "看图\n[图片]" },
		{ "redpacket", "{\"redpacket\":{\"wish\":\"恭喜\",\"totalamount\":1}}",
		  "[红包: 恭喜]" },
		{ "meeting_voice_call", "{\"meeting_voice_call\":{}}", "[语音会议]" },
		{ "card", "{\"card\":{\"corpname\":\"青禾\",\"userid\":\"lisi\"}}", "[名片: 青禾 lisi]" },
		{ "emotion", "{\"emotion\":{\"type\":1,\"width\":9}}", "[表情]" },
		{ "todo", "{\"todo\":{\"title\":\"收材料\",\"content\":\"护照\"}}", "[待办: 收材料 护照]" },
		{ "collect", "{\"collect\":{\"room_name\":\"群\",\"title\":\"报名\",\"details\":["
		  "{\"id\":1,\"ques\":\"姓名\",\"type\":\"Text\"},{\"id\":2,\"ques\":\"几位\"}]}}",
		  "[填表: 报名 群]\n- 姓名\n- 几位" },
		{ "meeting", "{\"meeting\":{\"topic\":\"行前会\",\"starttime\":1790816400,"
		  "\"address\":\"三楼\"}}", "[会议: 行前会 三楼 2026-10-01 01:00]" },
		{ "calendar", "{\"calendar\":{\"title\":\"集合\",\"starttime\":1790816400,\"place\":"
		  "\"浦东T2\"}}", "[日程: 集合 浦东T2 2026-10-01 01:00]" },
		{ "voip_doc_share", "{\"voip_doc_share\":{\"filename\":\"a.ppt\"}}", "[通话中的文档: a.ppt]" },
		{ "external_redpacket", "{\"redpacket\":{}}", "[红包]" },
		{ "sphfeed", "{\"sphfeed\":{\"sph_name\":\"青禾\",\"feed_desc\":\"云南\"}}", "[视频号: 青禾 云南]" },
		{ "text", "{\"text\":\"hi\"}", "hi" },
		{ "msgmenu", "{\"msgmenu\":{\"head_content\":\"您满意吗\",\"list\":[{\"type\":\"click\","
		  "\"click\":{\"id\":\"1\",\"content\":\"满意\"}}],\"tail_content\":\"谢谢\"}}",
		  "您满意吗\n- 满意\n谢谢" },
		{ "merged_msg", "{\"merged_msg\":{\"title\":\"记录\",\"item\":[{\"msgtype\":\"text\","
		  "\"sender_name\":\"王\",\"msg_content\":\"{\\\"text\\\":{\\\"content\\\":\\\"在吗\\\"}}\"}]}}",
		  "[聊天记录: 记录]\n王: 在吗" },
		{ "hologram", "{\"hologram\":{}}", "[hologram]" },
		{ "image", "{}", "[图片]" },
		{ "text", "{\"text\":{\"content\":5}}", "[text]" },
	};
	struct buf out = BUF_INIT;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct node *n = node_parse(cases[i][1], strlen(cases[i][1]), &e);

		assert_non_null(n);
		buf_clear(&out);
		wecom_text(cases[i][0], wecom_body(n, cases[i][0]), NULL, &out);
		assert_string_equal(buf_cstr(&out), cases[i][2]);
		node_free(n);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_become_facts),
		cmocka_unit_test(every_type_reads_as_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
