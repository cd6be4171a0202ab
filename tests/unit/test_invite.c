/* test_invite - who is asked, who is not and why, and what they answer */
#include "desk.h"

#include "store/record.h"
#include "store/response.h"
#include "store/survey.h"
#include "store/survey_results.h"

static struct letters letters;
static struct forms forms;
static struct buf printed;

static void
print_lines(const char *text, size_t len)
{
	buf_add(&printed, text, len);
}

static int
setup(void **state)
{
	struct err e = { 0, "" };

	(void)state;
	letters = (struct letters)LETTERS_INIT;
	if (forms_load(&forms, &letters, &e) < 0)
		fail_msg("%s", e.msg);
	desk_open();
	desk_customer(7, "王女士", "zh", "Asia/Shanghai");
	desk_identity(7, 1, 1, "wmA");
	desk_ticket((struct desk_ticket){ 42, 1, 7, 1, 0, "2026-11-20T01:00:00Z", "退票", NULL,
	    "request", "refund" });
	desk_say(42, 7, true, false, "2026-11-20T01:00:00Z", "怎么退票");
	desk_say(42, 0, false, false, "2026-11-20T02:00:00Z", "已办理");
	desk_status(42, true, "2026-11-20T02:30:00Z");
	desk_commit();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_close(desk);
	forms_release(&forms);
	letters_release(&letters);
	return 0;
}

/* One run at NOW for FORM; how many it invited. */
static int
invite(const char *form, const char *now, bool dry_run)
{
	struct invite in = { .db = desk, .letters = &letters, .zone = zone_utc(),
		.now = at(now), .explain = true, .dry_run = dry_run, .print = print_lines };
	struct err e = { 0, "" };

	buf_clear(&printed);
	in.form = forms_find(&forms, form, &e);
	assert_non_null(in.form);
	if (survey_invite(&in, &e) < 0)
		fail_msg("%s", e.msg);
	return (int)in.invited;
}

static void
asks_once_a_resolution_when_it_is_quiet(void **state)
{
	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T04:29:00Z", false), 0);
	assert_int_equal(invite("csat", "2026-11-20T04:30:00Z", false), 1);
	assert_int_equal(invite("csat", "2026-11-20T04:30:00Z", false), 0);
	assert_int_equal(invite("ces", "2026-11-20T05:30:00Z", false), 0);
	assert_int_equal(invite("csat", "2026-11-19T05:30:00Z", false), 0);
	assert_string_equal(desk_rows("SELECT ticket, cycle, customer, form, mode, outbox, "
	    "expires_at - invited_at FROM survey"), "42|1|7|csat|wecom|1|604800000");
	assert_string_equal(desk_rows("SELECT key, kind, recipient, subject FROM outbox"),
	    "survey:42:1|survey|wmA|请为这次服务打个分（工单 42）");
	assert_string_equal(desk_rows("SELECT count(*) FROM survey_skip"), "0");
}

static void
a_message_after_the_resolution_puts_it_off(void **state)
{
	(void)state;
	desk_begin();
	desk_say(42, 7, true, false, "2026-11-20T04:00:00Z", "谢谢");
	desk_commit();
	assert_int_equal(invite("csat", "2026-11-20T05:59:00Z", false), 0);
	assert_int_equal(invite("csat", "2026-11-20T06:00:00Z", false), 1);
}

static void
waits_for_a_decent_hour(void **state)
{
	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T15:00:00Z", false), 1);
	assert_string_equal(desk_rows("SELECT not_before_at FROM outbox"), "1795222800000");
}

static void
a_dry_run_changes_nothing(void **state)
{
	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T05:00:00Z", true), 1);
	assert_non_null(strstr(buf_cstr(&printed), "\"dry_run\":true"));
	assert_string_equal(desk_rows("SELECT (SELECT count(*) FROM outbox), "
	    "(SELECT count(*) FROM survey)"), "0|0");
}

static void
says_why_somebody_is_not_asked(void **state)
{
	static const struct {
		const char *what, *reason;
	} cases[] = {
		{ "again", "recently_asked" }, { "robot", "automatic" }, { "ours", "agent_opened" },
		{ "spam", "spam" }, { "nobody", "no_customer" }, { "address", "no_address" },
	};
	size_t i;

	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T05:00:00Z", false), 1);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t n = 100 + (int64_t)i, customer = n;
		const char *what = cases[i].what;
		char sql[96];

		desk_begin();
		desk_customer(n, NULL, NULL, NULL);
		if (strcmp(what, "address") != 0)
			desk_identity(n, 1, 1, what);
		customer = strcmp(what, "nobody") == 0 ? 0 : strcmp(what, "again") == 0 ? 7 : n;
		desk_ticket((struct desk_ticket){ n, 1, customer, 0, 0, "2026-11-20T06:00:00Z", NULL,
		    NULL, strcmp(what, "spam") ? NULL : "spam", NULL });
		if (strcmp(what, "ours") == 0)
			desk_say(n, 0, false, false, "2026-11-20T06:00:00Z", "您好");
		desk_say(n, customer, true, strcmp(what, "robot") == 0, strcmp(what, "ours") == 0 ?
		    "2026-11-20T06:10:00Z" : "2026-11-20T06:00:00Z", "hello there");
		desk_status(n, true, "2026-11-20T06:30:00Z");
		desk_commit();
		assert_int_equal(invite("csat", "2026-11-20T10:00:00Z", false), 0);
		snprintf(sql, sizeof(sql), "SELECT reason FROM survey_skip WHERE ticket = %d", (int)n);
		assert_string_equal(desk_rows(sql), cases[i].reason);
	}
	assert_int_equal(invite("csat", "2026-11-20T10:00:00Z", false), 0);
	assert_string_equal(desk_rows("SELECT count(*) FROM survey_skip"), "6");
}

static void
asks_again_after_a_month(void **state)
{
	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T05:00:00Z", false), 1);
	desk_begin();
	desk_status(42, false, "2026-12-21T01:00:00Z");
	desk_say(42, 7, true, false, "2026-12-21T01:00:00Z", "又坏了");
	desk_status(42, true, "2026-12-21T02:00:00Z");
	desk_commit();
	assert_int_equal(invite("csat", "2026-12-21T06:00:00Z", false), 1);
}

/* Takes the replies there are; how many were new. */
static int
replies(const char *now)
{
	struct recording r = { .forms = &forms, .zone = zone_utc() };
	struct feed f = { .db = desk, .quiet = true };
	struct err e = { 0, "" };

	if (record_replies(&r, &f, at(now), &e) < 0)
		fail_msg("%s", e.msg);
	return (int)f.done;
}

static void
a_reply_is_one_vote(void **state)
{
	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T05:00:00Z", false), 1);
	desk_begin();
	desk_say(42, 7, true, false, "2026-11-20T05:30:00Z", "我订单5号的票呢？");
	desk_say(42, 7, true, false, "2026-11-20T06:00:00Z", "很满意，就是慢了点");
	desk_say(42, 7, true, false, "2026-11-20T06:10:00Z", "1");
	desk_commit();
	assert_int_equal(replies("2026-11-20T07:00:00Z"), 1);
	assert_int_equal(replies("2026-11-20T07:00:00Z"), 0);
	assert_string_equal(desk_rows("SELECT key, survey, ticket, customer, form, mode, score, "
	    "comment FROM response"), "survey:1|1|42|7|csat|wecom|5|很满意，就是慢了点");
	assert_string_equal(desk_rows("SELECT csat FROM ticket WHERE id = 42"), "5");
}

static void
a_reply_on_another_ticket_counts_a_late_or_a_strangers_one_does_not(void **state)
{
	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T05:00:00Z", false), 1);
	desk_begin();
	desk_customer(8, "李", NULL, NULL);
	desk_say(42, 8, true, false, "2026-11-20T05:30:00Z", "1");
	desk_ticket((struct desk_ticket){ 43, 1, 7, 0, 0, "2026-11-28T06:00:00Z", NULL, NULL, NULL,
	    NULL });
	desk_say(43, 7, true, false, "2026-11-28T06:00:00Z", "2");
	desk_commit();
	assert_int_equal(replies("2026-11-28T07:00:00Z"), 0);
	desk_begin();
	desk_say(43, 7, true, false, "2026-11-21T06:00:00Z", "4分");
	desk_commit();
	assert_int_equal(replies("2026-11-28T07:00:00Z"), 1);
	assert_string_equal(desk_rows("SELECT score, ticket FROM response"), "4|42");
}

static int
answer(const char *id, const char *form, int64_t ticket, int64_t score, const char *when)
{
	struct response r = { .id = id, .form = form, .mode = "phone", .ticket = ticket,
		.score = score, .at = at(when) };
	struct err e = { 0, "" };
	int64_t row;
	int got;

	desk_begin();
	got = response_add(desk, &r, &row, &e);
	desk_commit();
	return got;
}

static void
the_last_answer_is_the_tickets_csat(void **state)
{
	(void)state;
	assert_int_equal(answer("a", "csat", 42, 4, "2026-11-21T00:00:00Z"), 1);
	assert_int_equal(answer("b", "csat", 42, 2, "2026-11-20T00:00:00Z"), 1);
	assert_int_equal(answer("b", "csat", 42, 2, "2026-11-20T00:00:00Z"), 0);
	assert_int_equal(answer("c", "nps", 42, 9, "2026-11-22T00:00:00Z"), 1);
	assert_int_equal(answer(NULL, "csat", 42, 3, "2026-11-19T00:00:00Z"), 1);
	assert_int_equal(answer(NULL, "csat", 42, 3, "2026-11-19T00:00:00Z"), 0);
	assert_string_equal(desk_rows("SELECT csat FROM ticket WHERE id = 42"), "4");
}

static void
results_come_by_what_they_are_about(void **state)
{
	struct survey_question q = { .from = INT64_MIN, .to = INT64_MAX };
	struct survey_results r;
	struct err e = { 0, "" };

	(void)state;
	assert_int_equal(invite("csat", "2026-11-20T05:00:00Z", false), 1);
	answer("a", "csat", 42, 5, "2026-11-20T06:00:00Z");
	answer("b", "csat", 0, 2, "2026-11-20T06:00:00Z");
	answer("c", "nps", 42, 9, "2026-11-20T06:00:00Z");
	answer("d", "nps", 42, 3, "2026-11-30T06:00:00Z");
	assert_int_equal(survey_parse_by(&q, "agent,queue", &e), 0);
	q.to = at("2026-11-25T00:00:00Z");
	assert_int_equal(survey_results(desk, &q, &forms, &r, &e), 0);
	assert_int_equal(r.n, 3);
	assert_string_equal(r.v[0]->form, "csat");
	assert_null(r.v[0]->by[0]);
	assert_int_equal(r.v[0]->stats.n, 1);
	assert_int_equal(r.v[0]->invited, 0);
	assert_string_equal(r.v[1]->by[0], "li");
	assert_string_equal(r.v[1]->by[1], "refund");
	assert_int_equal(r.v[1]->stats.sum, 5);
	assert_int_equal(r.v[1]->invited, 1);
	assert_int_equal(r.v[1]->answered, 1);
	assert_string_equal(r.v[2]->form, "nps");
	assert_int_equal(r.v[2]->stats.promoters, 1);
	assert_int_equal(r.v[2]->stats.n, 1);
	survey_results_release(&r);
	assert_int_equal(survey_parse_by(&q, "mood", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(asks_once_a_resolution_when_it_is_quiet),
		T(a_message_after_the_resolution_puts_it_off),
		T(waits_for_a_decent_hour),
		T(a_dry_run_changes_nothing),
		T(says_why_somebody_is_not_asked),
		T(asks_again_after_a_month),
		T(a_reply_is_one_vote),
		T(a_reply_on_another_ticket_counts_a_late_or_a_strangers_one_does_not),
		T(the_last_answer_is_the_tickets_csat),
		T(results_come_by_what_they_are_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
