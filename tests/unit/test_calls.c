/* test_calls - records of switches and queues as facts */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "intake/cdr.h"
#include "intake/intake.h"

/* What FORMAT makes of TEXT, a line a fact: direction outcome phone agent thread|at wait talk
 * queue id; refusals as "!message"; events as "event subject status". */
static const char *
facts_of(const char *format, const char *columns, const char *account, const char *text,
    struct buf *out)
{
	char path[] = "/tmp/calls-XXXXXX";
	struct intake_opts o = { .format = format, .columns = columns, .account = account };
	static const char *const directions[] = { "", "in", "out", "note" };
	struct intake in;
	struct fact f;
	struct err e;
	int fd = mkstemp(path), got;

	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	o.zone = zone_utc();
	buf_clear(out);
	if (intake_open(&in, path, &o, &e) < 0) {
		buf_fmt(out, "%d %s", e.code, strncmp(e.msg, path, strlen(path)) == 0 ?
		    e.msg + strlen(path) + 1 : e.msg);
		unlink(path);
		return buf_cstr(out);
	}
	while ((got = intake_next(&in, &f, &e)) != 0) {
		const struct fact_message *m = &f.message;

		if (got < 0) {
			assert_int_equal(e.code, ERR_DATA);
			assert_true(in.bad_len > 0);
			buf_fmt(out, "!%s\n", e.msg + strlen(path) + 1);
		} else if (f.kind == FACT_EVENT) {
			buf_fmt(out, "%s %s %s\n", f.event.name, f.event.subject != NULL ?
			    f.event.subject : "-", f.event.status != NULL ? f.event.status : "-");
		} else {
			buf_fmt(out, "%s %s %s %s %lld %lld %lld %s %s\n",
			    directions[m->direction], m->call.outcome,
			    f.who.phone != NULL ? f.who.phone : m->thread != NULL ? m->thread : "-",
			    f.agent.id != NULL ? f.agent.id : "-",
			    (long long)(m->at / 1000 % 86400), (long long)m->call.wait_ms,
			    (long long)m->call.talk_ms, m->call.queue != NULL ? m->call.queue : "-",
			    f.external_id != NULL ? f.external_id : "-");
		}
	}
	intake_close(&in);
	unlink(path);
	return buf_cstr(out);
}

struct sample {
	const char *label, *format, *columns, *account, *text, *want;
};

static void
check(const struct sample *samples, size_t n)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct sample *s = &samples[i];

		facts_of(s->format, s->columns, s->account, s->text, &out);
		if (strcmp(buf_cstr(&out), s->want) != 0)
			fail_msg("%s:\n%s\nnot\n%s", s->label, buf_cstr(&out), s->want);
	}
	buf_release(&out);
}
#define CHECK(samples) check(samples, sizeof(samples) / sizeof(*(samples)))

#define DAY "2026-10-01 "
/* src, dst, context, clid, channel, dstchannel, lastapp, start, answer, end, duration,
 * billsec, disposition, what follows. */
#define CDR(src, dst, context, clid, ch, dch, app, start, answer, end, dur, bill, disp, more) \
	"\"\",\"" src "\",\"" dst "\",\"" context "\",\"" clid "\",\"" ch "\",\"" dch "\",\"" \
	app "\",\"cs,t\",\"" start "\",\"" answer "\",\"" end "\"," dur "," bill ",\"" disp \
	"\",\"3\"" more "\n"

static void
asterisk(void **state)
{
	static const struct sample samples[] = {
		{ "16, 17 and 18 columns", "asterisk", NULL, NULL,
		  CDR("13800138000", "600", "in", "", "SIP/trunk-1a", "SIP/8007-1b", "Dial",
		      DAY "01:00:00", DAY "01:00:21", DAY "01:04:21", "261", "240", "ANSWERED", "")
		  CDR("13800138000", "600", "in", "", "SIP/trunk-1a", "SIP/8007-1b", "Dial",
		      DAY "01:00:00", DAY "01:00:21", DAY "01:04:21", "261", "240", "ANSWERED",
		      ",\"1790816400.17\"")
		  CDR("13800138000", "600", "in", "", "SIP/trunk-1a", "SIP/8007-1b", "Dial",
		      DAY "01:00:00", DAY "01:00:21", DAY "01:04:21", "261", "240", "ANSWERED",
		      ",\"vip customer\"")
		  CDR("13800138000", "600", "in", "", "SIP/trunk-1a", "SIP/8007-1b", "Dial",
		      DAY "01:00:00", DAY "01:00:21", DAY "01:04:21", "261", "240", "ANSWERED",
		      ",\"1790816400.18\",\"\",\"\",\"1790816400.17\",\"5\""),
		  "in answered 13800138000 8007 3600 21000 240000 - SIP/trunk-1a@2026-10-01 01:00:00\n"
		  "in answered 13800138000 8007 3600 21000 240000 - 1790816400.17\n"
		  "in answered 13800138000 8007 3600 21000 240000 - SIP/trunk-1a@2026-10-01 01:00:00\n"
		  "in answered 13800138000 8007 3600 21000 240000 - 1790816400.17\n" },
		{ "who called whom", "asterisk", NULL, NULL,
		  CDR("8007", "13900139000", "from-internal", "", "SIP/8007-1", "SIP/trunk-2", "Dial",
		      DAY "01:00:00", "", DAY "01:00:30", "30", "0", "NO ANSWER", ",\"1.1\"")
		  CDR("8007", "8001", "from-internal", "", "SIP/8007-1", "SIP/8001-2", "Dial",
		      DAY "01:00:00", "", DAY "01:00:30", "30", "0", "BUSY", ",\"1.2\"")
		  CDR("13900139000", "4008001234", "from-trunk", "", "SIP/trunk-1", "", "Queue",
		      DAY "01:00:00", "", DAY "01:00:30", "30", "0", "NO ANSWER", ",\"1.3\"")
		  CDR("01012345678", "13900139000", "from-internal", "", "PJSIP/8007-00000001",
		      "PJSIP/carrier-00000002", "Dial", DAY "01:00:00", DAY "01:00:05",
		      DAY "01:00:30", "30", "25", "ANSWERED", ",\"1.4\"")
		  CDR("01012345678", "13900139000", "outbound-routes", "", "", "", "Dial",
		      DAY "01:00:00", "", DAY "01:00:30", "30", "0", "CONGESTION", ",\"1.5\"")
		  CDR("anonymous", "600", "from-trunk", "", "SIP/trunk-1", "SIP/8001-2", "Dial",
		      DAY "01:00:00", DAY "01:00:05", DAY "01:00:30", "30", "25", "ANSWERED",
		      ",\"1.6\""),
		  "out no_answer 13900139000 8007 3600 30000 -1 - 1.1\n"
		  "note busy 8007|8001 8007 3600 30000 -1 - 1.2\n"
		  "in abandoned 13900139000 - 3600 30000 -1 cs 1.3\n"
		  "out answered 13900139000 8007 3600 5000 25000 - 1.4\n"
		  "out failed 13900139000 - 3600 30000 -1 - 1.5\n"
		  "in answered - 8001 3600 5000 25000 - 1.6\n" },
		{ "what a machine answered", "asterisk", NULL, NULL,
		  CDR("13900139000", "600", "in", "", "SIP/trunk-1", "", "Queue", DAY "01:00:00",
		      DAY "01:00:00", DAY "01:00:45", "45", "45", "ANSWERED", ",\"1.1\"")
		  CDR("13900139000", "600", "in", "", "SIP/trunk-1", "", "BackGround", DAY "01:00:00",
		      DAY "01:00:00", DAY "01:00:45", "45", "45", "ANSWERED", ",\"1.2\"")
		  CDR("13900139000", "600", "in", "", "SIP/trunk-1", "", "VoiceMail", DAY "01:00:00",
		      DAY "01:00:00", DAY "01:00:45", "45", "45", "ANSWERED", ",\"1.3\"")
		  CDR("13900139000", "600", "in", "", "SIP/trunk-1", "SIP/8007-2", "Queue",
		      DAY "01:00:00", DAY "01:00:00", DAY "01:00:45", "45", "45", "ANSWERED",
		      ",\"1.4\""),
		  "in abandoned 13900139000 - 3600 45000 -1 cs 1.1\n"
		  "in menu 13900139000 - 3600 45000 -1 - 1.2\n"
		  "in voicemail 13900139000 - 3600 45000 -1 - 1.3\n"
		  "in answered 13900139000 8007 3600 -1 45000 cs 1.4\n" },
		{ "our number says which side we are", "asterisk", NULL, "4008001234",
		  CDR("4008001234", "13900139000", "x", "", "", "", "", DAY "01:00:00",
		      DAY "01:00:05", DAY "01:00:30", "30", "25", "ANSWERED", ",\"1.1\"")
		  CDR("13900139000", "4008001234", "out", "", "", "", "Dial", DAY "01:00:00", "",
		      DAY "01:00:30", "30", "0", "NO ANSWER", ",\"1.2\""),
		  "out answered 13900139000 - 3600 5000 25000 - 1.1\n"
		  "in no_answer 13900139000 - 3600 30000 -1 - 1.2\n" },
		{ "wrong records are named, the rest goes on", "asterisk", NULL, NULL,
		  CDR("13900139000", "600", "in", "", "", "", "Dial", DAY "01:00:00", "",
		      DAY "01:00:30", "30", "0", "NO ANSWER", ",\"1.1\"")
		  CDR("13900139000", "600", "in", "", "", "", "Dial", "soon", "",
		      DAY "01:00:30", "30", "0", "NO ANSWER", ",\"1.2\"")
		  CDR("13900139000", "600", "in", "", "", "", "Dial", DAY "01:00:00", "",
		      DAY "01:00:30", "30", "0", "MAYBE", ",\"1.3\"")
		  "\"\",\"13900139000\",\"600\"\n"
		  "\"\",\"13900139000\n",
		  "in no_answer 13900139000 - 3600 30000 -1 - 1.1\n"
		  "!2: start: \"soon\" is not a time\n"
		  "!3: \"MAYBE\" is no disposition or cause of a call\n"
		  "!4: 3 columns where a record has 16 to 21\n"
		  "!5: column 2: the quote opened here is not closed\n" },
		{ "columns of the user's own", "asterisk", "start,src,dst,billsec,disposition,uniqueid,note",
		  NULL, "1790816400,13900139000,600,25,ANSWERED,1.1,x\n"
		  "1790816400,13900139000,600,25,ANSWERED,1.1\n",
		  "in answered 13900139000 - 3600 -1 25000 - 1.1\n"
		  "!2: 6 columns where a record has 7\n" },
		{ "columns that cannot be calls", "asterisk", "src,dst,uniqueid", NULL, "1,2,3\n",
		  "64 --columns of calls must have start, src, and disposition, hangup_cause or answer" },
		{ "nothing of calls", "asterisk", NULL, NULL, "a,b,c\n",
		  "65 1: no known layout of call records; name the columns by --columns" },
	};

	(void)state;
	CHECK(samples);
}

#define FS(name, src, dst, context, answer, cause, bleg, more) \
	"\"" name "\",\"" src "\",\"" dst "\",\"" context "\",\"" DAY "01:00:00\",\"" answer \
	"\",\"" DAY "01:04:21\",\"261\",\"240\",\"" cause "\",\"u1\",\"" bleg "\"" more "\n"

static void
freeswitch(void **state)
{
	static const struct sample samples[] = {
		{ "the default template: a blank before the quote", "freeswitch", NULL, NULL,
		  FS("W", "13800138000", "600", "public", DAY "01:00:21", "NORMAL_CLEARING", "b1",
		      ", \"acct\""),
		  "in answered 13800138000 - 3600 21000 240000 - u1\n" },
		{ "causes of calls nobody answered", "freeswitch", NULL, NULL,
		  FS("W", "13800138000", "600", "public", "", "ORIGINATOR_CANCEL", "", ",\"\",\"\",\"\"")
		  FS("W", "13800138000", "600", "public", "", "NO_ANSWER", "", ",\"\",\"\",\"\"")
		  FS("W", "13800138000", "600", "public", "", "USER_BUSY", "", ",\"\",\"\",\"\"")
		  FS("W", "13800138000", "600", "public", "", "GATEWAY_DOWN", "", ",\"\",\"\",\"\"")
		  FS("W", "13800138000", "600", "public", DAY "01:00:02", "NORMAL_CLEARING", "",
		      ",\"\",\"\",\"\""),
		  "in abandoned 13800138000 - 3600 261000 -1 - u1\n"
		  "in no_answer 13800138000 - 3600 261000 -1 - u1\n"
		  "in busy 13800138000 - 3600 261000 -1 - u1\n"
		  "in failed 13800138000 - 3600 261000 -1 - u1\n"
		  "in menu 13800138000 - 3600 261000 -1 - u1\n" },
		{ "out, and within", "freeswitch", NULL, NULL,
		  FS("Li", "8007", "13800138000", "default", DAY "01:00:21", "NORMAL_CLEARING", "b",
		      ",\"\",\"\",\"\"")
		  FS("Li", "8007", "8001", "default", DAY "01:00:21", "NORMAL_CLEARING", "b",
		      ",\"\",\"\",\"\""),
		  "out answered 13800138000 8007 3600 21000 240000 - u1\n"
		  "note answered 8007|8001 8007 3600 21000 240000 - u1\n" },
	};

	(void)state;
	CHECK(samples);
}

#define T(s) "17908164" s "|"

static void
queue_log(void **state)
{
	static const struct sample samples[] = {
		{ "a call taken, and what rang in vain", "queuelog", NULL, NULL,
		  T("02") "c1|cs|NONE|ENTERQUEUE||13800138000|1\n"
		  T("11") "c1|cs|SIP/8001|RINGNOANSWER|8000\n"
		  T("21") "c1|cs|SIP/8007|CONNECT|19|c2|3\n"
		  T("61") "c1|cs|SIP/8007|COMPLETECALLER|19|40|1\n",
		  "queue.ringnoanswer c1 8001\n"
		  "in answered 13800138000 8007 3602 19000 40000 cs c1\n" },
		{ "abandoned, sent away, not let in", "queuelog", NULL, NULL,
		  T("00") "c1|cs|NONE|ENTERQUEUE||13800138000|1\n" T("45") "c1|cs|NONE|ABANDON|2|3|45\n"
		  T("00") "c2|cs|NONE|ENTERQUEUE||anonymous\n" T("30") "c2|cs|NONE|EXITWITHTIMEOUT|1\n"
		  T("50") "c3|cs|NONE|EXITWITHKEY|1|1|1|20\n" T("51") "c4|cs|NONE|JOINEMPTY\n",
		  "in abandoned 13800138000 - 3600 45000 -1 cs c1\n"
		  "in left - - 3600 30000 -1 cs c2\n"
		  "in left - - 3630 20000 -1 cs c3\n"
		  "in left - - 3651 0 -1 cs c4\n" },
		{ "an end without its beginning is whole but for the number", "queuelog", NULL, NULL,
		  T("61") "c1|cs|Agent/8007|COMPLETEAGENT|19|40|1\n"
		  T("61") "c2|cs|Li Si|TRANSFER|8009|in|19|40\n"
		  T("61") "c3|cs|Local/8007@q/n|BLINDTRANSFER|8009|in|19|40|2\n",
		  "in answered - 8007 3602 19000 40000 cs c1\n"
		  "in answered - Li Si 3602 19000 40000 cs c2\n"
		  "in answered - 8007 3602 19000 40000 cs c3\n" },
		{ "no end in this file", "queuelog", NULL, NULL,
		  T("02") "c1|cs|NONE|ENTERQUEUE||13800138000|1\n"
		  T("09") "c2|cs|SIP/8007|CONNECT|5|c2|3\n",
		  "in ongoing 13800138000 - 3602 -1 -1 cs c1\n"
		  "in ongoing - - 3604 -1 -1 cs c2\n" },
		{ "into the queue again without an end: two stays", "queuelog", NULL, NULL,
		  T("02") "c1|cs|NONE|ENTERQUEUE||138\n" T("09") "c1|vip|NONE|ENTERQUEUE||138\n"
		  T("19") "c1|vip|NONE|ABANDON|1|1|10\n",
		  "in ongoing 138 - 3602 -1 -1 cs c1\n"
		  "in abandoned 138 - 3609 10000 -1 vip c1\n" },
		{ "agents", "queuelog", NULL, NULL,
		  T("00") "NONE|NONE|NONE|QUEUESTART|\n" T("00") "REALTIME|cs|SIP/8007|ADDMEMBER|\n"
		  T("00") "NONE|NONE|SIP/8007|PAUSEALL|lunch\r\n",
		  "queue.queuestart - -\nqueue.addmember 8007 cs\nqueue.pauseall 8007 -\n" },
		{ "wrong lines are named", "queuelog", NULL, NULL,
		  T("00") "NONE|cs|NONE|ABANDON|1|1|5\nfoo\n" T("00") "c1|cs|x\n"
		  "yesterday|c1|cs|NONE|ABANDON|1\n" T("00") "c1|cs|NONE|abandon|1\n"
		  T("00") "c1|cs|\xff|ABANDON|1|1|5\n\n" T("00") "c1|cs|NONE|ABANDON|1|1|5\n",
		  "!1: ABANDON of no call\n!2: not time|call|queue|agent|EVENT\n"
		  "!3: not time|call|queue|agent|EVENT\n!4: \"yesterday\" is not a time\n"
		  "!5: not time|call|queue|agent|EVENT\n!6: not text in UTF-8\n"
		  "in abandoned - - 3595 5000 -1 cs c1\n" },
	};

	(void)state;
	CHECK(samples);
}

/* However many calls never end, no more than 4096 are kept. */
static void
calls_without_an_end_take_no_room(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	size_t n = 0;
	const char *p;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++)
		buf_fmt(&text, "1790816400|c%d|cs|NONE|%s\n", i, i % 2 == 0 ?
		    "ENTERQUEUE||138|1" : "CONNECT|5|x|1");
	facts_of("queuelog", NULL, NULL, buf_cstr(&text), &out);
	for (p = buf_cstr(&out); (p = strchr(p, '\n')) != NULL; p++)
		n++;
	assert_int_equal(n, 10000);
	assert_null(strstr(buf_cstr(&out), "answered"));
	buf_release(&text);
	buf_release(&out);
}

static void
channels_name_desks(void **state)
{
	static const char *const cases[][2] = {
		{ "SIP/8007-0000001a", "8007" }, { "PJSIP/8007-0000001a", "8007" },
		{ "Agent/8007", "8007" }, { "Local/8007@from-queue-00000001;1", "8007" },
		{ "sofia/internal/8007@192.0.2.7", "8007" }, { "SIP/lisi-1a", "lisi" },
		{ "SIP/li-si-0000001a", "li-si" }, { "SIP/trunk-0000001a", NULL },
		{ "PJSIP/carrier-x-1", NULL }, { "sofia/external/13800138000@1.2.3.4", NULL },
		{ "8007", NULL }, { "SIP/", NULL }, { "", NULL }
	};
	struct arena a = ARENA_INIT;
	size_t i;

	(void)state;
	assert_null(cdr_agent(NULL, &a));
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = cdr_agent(cases[i][0], &a);

		if (cases[i][1] == NULL ? got != NULL : got == NULL ||
		    strcmp(got, cases[i][1]) != 0)
			fail_msg("%s: %s", cases[i][0], got != NULL ? got : "none");
	}
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asterisk),
		cmocka_unit_test(freeswitch),
		cmocka_unit_test(queue_log),
		cmocka_unit_test(calls_without_an_end_take_no_room),
		cmocka_unit_test(channels_name_desks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
