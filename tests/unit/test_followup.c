/* test_followup - what plans set off: each once, at its time, and never in vain */
#include "desk.h"

#include "store/agenda.h"
#include "store/notice_row.h"

static struct buf printed;
static struct err last;

static const char *const files[] = { "plans/care.plan", "plans/nudge.plan",
	"plans/sla.plan", "templates/care.zh.txt", NULL };

static void
print_lines(const char *text, size_t len)
{
	buf_add(&printed, text, len);
}

static void
complain(const struct err *e)
{
	last = *e;
}

/* One run at NOW; how many messages it queued. */
static int
run_at(const char *now)
{
	struct agenda a;
	struct err e = { 0, "" };
	int queued;

	buf_clear(&printed);
	if (agenda_init(&a, zone_utc(), complain, &e) < 0)
		fail_msg("%s; %s", e.msg, last.msg);
	a.db = desk;
	a.now = at(now);
	a.explain = true;
	a.print = print_lines;
	if (agenda_run(&a, &e) < 0)
		fail_msg("%s", e.msg);
	queued = (int)a.queued;
	agenda_release(&a);
	return queued;
}

#define CARE "what = w\non = resolved\ntemplate = care\nhours = any\n"
#define NUDGE "what = w\non = answered\ntemplate = nudge\nhours = any\n[a]\ntry = 2h: same\n"
#define SLA "what = w\non = clock\ntemplate = sla\nlanguage = en\ndigest = 20: lead\n" \
	"[people]\nlead.refund = zhao\nlead = liu\nboss = chen\n"

/* A customer on WeCom with a ticket that was resolved at 12:00. */
static int
setup(void **state)
{
	(void)state;
	desk_config_make();
	desk_write("plans/care.plan", CARE "[a]\ntry = 1h: same\ntry = 2h: sms, email\n");
	desk_write("plans/nudge.plan", NUDGE);
	desk_write("plans/sla.plan", SLA "[a]\nwarn = 50%: owner\nbreach = owner, lead\n"
	    "escalate = 1h: lead, boss\n");
	desk_open();
	desk_customer(7, "王女士", "zh", NULL);
	desk_identity(7, 1, 1, "wmA");
	desk_identity(7, 3, 0, "wang@example.cn");
	desk_ticket((struct desk_ticket){ 42, 1, 7, 0, 0, "2026-11-20T10:00:00Z", "退票",
	    "urgent", "request", "refund" });
	desk_say(42, 7, true, false, "2026-11-20T10:00:00Z", "怎么退票");
	desk_say(42, 0, false, false, "2026-11-20T11:00:00Z", "已办理");
	desk_status(42, true, "2026-11-20T12:00:00Z");
	desk_commit();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	db_close(desk);
	desk_config_remove(files);
	return 0;
}

static void
each_step_goes_out_once(void **state)
{
	(void)state;
	assert_int_equal(run_at("2026-11-20T12:59:59Z"), 0);
	assert_string_equal(desk_rows("SELECT plan, step, due_at - from_at FROM followup"),
	    "care|1|3600000");
	assert_int_equal(run_at("2026-11-20T13:00:00Z"), 1);
	assert_int_equal(run_at("2026-11-20T13:00:00Z"), 0);
	assert_int_equal(run_at("2026-11-20T13:59:59Z"), 0);
	assert_int_equal(run_at("2026-11-20T14:00:00Z"), 1);
	assert_int_equal(run_at("2026-11-21T14:00:00Z"), 0);
	assert_string_equal(desk_rows("SELECT channel, recipient, kind, audience, ticket, customer, "
	    "key FROM outbox ORDER BY id"),
	    "wecom|wmA|followup|1|42|7|followup:42:care:1:1:1795176000000\n"
	    "email|wang@example.cn|followup|1|42|7|followup:42:care:1:2:1795176000000");
	assert_string_equal(desk_rows("SELECT step, done_at - due_at, outbox, skipped FROM followup "
	    "ORDER BY step"), "1|0|1|\n2|0|2|");
}

static void
a_clock_set_back_or_forward_repeats_and_loses_nothing(void **state)
{
	(void)state;
	assert_int_equal(run_at("2026-11-20T13:10:00Z"), 1);
	assert_int_equal(run_at("2026-11-19T13:10:00Z"), 0);
	assert_int_equal(run_at("2028-01-01T00:00:00Z"), 0);	/* too late: it waits */
	assert_int_equal(run_at("2026-11-20T14:00:00Z"), 1);
	assert_int_equal(run_at("2026-11-20T14:10:00Z"), 0);
}

static void
two_steps_that_are_late_do_not_come_at_once(void **state)
{
	(void)state;
	assert_int_equal(run_at("2026-11-21T00:00:00Z"), 1);
	assert_int_equal(run_at("2026-11-21T00:59:59Z"), 0);
	assert_int_equal(run_at("2026-11-21T01:00:00Z"), 1);
}

static void
a_step_comes_after_the_one_before_it(void **state)
{
	(void)state;
	desk_write("plans/care.plan", CARE "zone = UTC\n[a]\ntry = 5h: same\n"
	    "try = 0d at 13:00: email\n");
	assert_int_equal(run_at("2026-11-20T17:00:00Z"), 1);
	assert_int_equal(run_at("2026-11-20T17:00:00Z"), 0);
	assert_int_equal(run_at("2026-11-21T12:59:59Z"), 0);
	assert_int_equal(run_at("2026-11-21T13:00:00Z"), 1);
}

static void
a_late_run_leaves_nothing_for_the_next(void **state)
{
	(void)state;
	desk_write("plans/care.plan", CARE "zone = UTC\n[a]\ntry = 5h: same\n"
	    "try = 0d at 13:00: sms\ntry = 1d at 13:00: email\n");
	assert_int_equal(run_at("2026-11-24T12:00:00Z"), 1);
	assert_string_equal(desk_rows("SELECT step, due_at > 1795521600000 FROM followup "
	    "WHERE done_at IS NULL"), "2|1");
}

static void
a_letter_speaks_the_customers_language_and_of_the_ticket(void **state)
{
	(void)state;
	run_at("2026-11-20T13:00:00Z");
	assert_string_equal(desk_rows("SELECT subject FROM outbox"),
	    "关于“退票”，现在都解决了吗？");
	assert_non_null(strstr(desk_rows("SELECT text FROM outbox"),
	    "王女士，您好！\n\n您在 2026-11-20 10:00 联系我们的事情，我们在 2026-11-20 12:00 处理完毕"));
	assert_non_null(strstr(buf_cstr(&printed), "\"why\":[\"plan:care/a\",\"step 1: 1h later, "
	    "counted from 2026-11-20T12:00:00+00:00\",\"channel: choice 1 of 1\"]"));
}

static void
stops_when_there_is_no_point(void **state)
{
	static const struct {
		const char *what, *skipped;
	} cases[] = {
		{ "reply", "replied" }, { "reopen", "reopened" }, { "robot", "automatic" },
		{ "nobody", "no_customer" }, { "spam", "spam" }, { "address", "no_address" },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t n = 100 + (int64_t)i;
		const char *what = cases[i].what;
		bool robot = strcmp(what, "robot") == 0;
		char rows[96];

		desk_begin();
		desk_customer(n, NULL, NULL, NULL);
		if (strcmp(what, "address") != 0)
			desk_identity(n, 1, 1, what);
		desk_ticket((struct desk_ticket){ n, 1, strcmp(what, "nobody") == 0 ? 0 : n, 0, 0,
		    "2026-11-20T10:00:00Z", NULL, NULL, strcmp(what, "spam") ? NULL : "spam", NULL });
		desk_say(n, n, true, robot, "2026-11-20T10:00:00Z", "hello there");
		desk_status(n, true, "2026-11-20T12:30:00Z");
		desk_commit();
		run_at("2026-11-20T12:45:00Z");
		desk_begin();
		if (strcmp(what, "reply") == 0)
			desk_say(n, n, true, false, "2026-11-20T12:50:00Z", "thanks");
		if (strcmp(what, "reopen") == 0)
			desk_status(n, false, "2026-11-20T12:50:00Z");
		desk_commit();
		run_at("2026-11-20T13:45:00Z");
		snprintf(rows, sizeof(rows), "SELECT skipped, outbox FROM followup WHERE ticket = %d "
		    "AND step = 1", (int)n);
		if (strncmp(desk_rows(rows), cases[i].skipped, strlen(cases[i].skipped)) != 0)
			fail_msg("%s: want %s, got %s", what, cases[i].skipped, desk_rows(rows));
	}
	(void)state;
}

static void
what_waits_for_the_morning_is_taken_back_by_a_reply(void **state)
{
	(void)state;
	desk_write("plans/care.plan", "what = w\non = resolved\ntemplate = care\n"
	    "hours = 09:00-20:00\nzone = UTC\n[a]\ntry = 9h: same\n");
	assert_int_equal(run_at("2026-11-20T21:00:00Z"), 1);
	assert_string_equal(desk_rows("SELECT not_before_at - created_at, state FROM outbox"),
	    "43200000|1");
	assert_int_equal(run_at("2026-11-20T21:05:00Z"), 0);
	desk_begin();
	desk_say(42, 7, true, false, "2026-11-20T22:00:00Z", "都好了");
	desk_commit();
	assert_int_equal(run_at("2026-11-20T22:05:00Z"), 0);
	assert_non_null(strstr(buf_cstr(&printed), "\"state\":\"withdrawn\",\"why\":[\"replied\"]"));
	assert_string_equal(desk_rows("SELECT state FROM outbox"), "5");
	assert_string_equal(desk_rows("SELECT skipped, outbox FROM followup"), "replied|");
}

static void
an_edited_plan_moves_what_waits(void **state)
{
	(void)state;
	run_at("2026-11-20T12:30:00Z");
	desk_write("plans/care.plan", CARE "[a]\ntry = 3h: email\n");
	assert_int_equal(run_at("2026-11-20T13:00:00Z"), 0);
	assert_string_equal(desk_rows("SELECT due_at - from_at FROM followup"), "10800000");
	assert_int_equal(run_at("2026-11-20T15:00:00Z"), 1);
	assert_string_equal(desk_rows("SELECT channel FROM outbox"), "email");
}

static void
a_removed_plan_leaves_nothing_behind(void **state)
{
	(void)state;
	run_at("2026-11-20T12:30:00Z");
	desk_write("plans/care.plan", CARE "[a]\nwhen = urgency: low\ntry = 1h: same\n");
	assert_int_equal(run_at("2026-11-20T13:00:00Z"), 0);
	assert_string_equal(desk_rows("SELECT count(*) FROM followup"), "0");
}

static void
a_later_answer_starts_the_wait_anew(void **state)
{
	(void)state;
	desk_begin();
	desk_ticket((struct desk_ticket){ 50, 1, 7, 0, 0, "2026-11-20T09:00:00Z", NULL, NULL, NULL,
	    NULL });
	desk_say(50, 7, true, false, "2026-11-20T09:00:00Z", "怎么退票");
	desk_say(50, 0, false, false, "2026-11-20T10:00:00Z", "请稍等");
	desk_commit();
	run_at("2026-11-20T11:00:00Z");
	desk_begin();
	desk_say(50, 7, true, false, "2026-11-20T11:30:00Z", "好的");
	desk_commit();
	run_at("2026-11-20T12:10:00Z");
	assert_string_equal(desk_rows("SELECT skipped FROM followup WHERE plan = 'nudge'"), "replied");
	desk_begin();
	desk_say(50, 0, false, false, "2026-11-20T12:20:00Z", "办好了");
	desk_commit();
	run_at("2026-11-20T14:19:00Z");
	assert_string_equal(desk_rows("SELECT count(*) FROM outbox WHERE ticket = 50"), "0");
	run_at("2026-11-20T14:20:00Z");
	run_at("2026-11-20T16:20:00Z");
	assert_string_equal(desk_rows("SELECT count(*) FROM outbox WHERE ticket = 50"), "1");
}

static void
history_before_the_first_run_is_left_alone(void **state)
{
	(void)state;
	assert_int_equal(run_at("2026-12-24T12:00:00Z"), 0);
	assert_string_equal(desk_rows("SELECT count(*) FROM followup"), "0");
}

static void
a_missing_value_skips_one_customer_and_is_told(void **state)
{
	(void)state;
	desk_write("templates/care.zh.txt", "{{agent}}");
	last = (struct err){ 0, "" };
	assert_int_equal(run_at("2026-11-20T13:00:00Z"), 0);
	assert_non_null(strstr(last.msg, "care.zh.txt:1: no value for {{agent}}"));
	assert_string_equal(desk_rows("SELECT skipped FROM followup WHERE step = 1"), "no_value");
}

/* Ticks of a quarter of an hour over the days the clocks change. */
static void
nine_o_clock_comes_once_on_days_that_change(void **state)
{
	static const struct {
		const char *zone, *resolved, *from, *sent;
	} cases[] = {
		{ "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T07:00:00Z" },
		{ "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T08:00:00Z" },
		{ "America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T04:00:00Z", "2026-03-08T13:00:00Z" },
		{ "America/New_York", "2026-10-31T20:00:00Z", "2026-11-01T04:00:00Z", "2026-11-01T14:00:00Z" },
		{ "Australia/Lord_Howe", "2026-10-03T02:00:00Z", "2026-10-03T12:00:00Z", "2026-10-03T22:00:00Z" },
		{ "Australia/Lord_Howe", "2026-04-04T02:00:00Z", "2026-04-04T12:00:00Z", "2026-04-04T22:30:00Z" },
	};
	size_t i;
	int tick;

	(void)state;
	desk_write("plans/care.plan", CARE "[a]\ntry = 1d at 09:00: same\n");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t n = 200 + (int64_t)i, sent = 0;
		char id[16], now[TM_SIZE], want[TM_SIZE];

		desk_begin();
		snprintf(id, sizeof(id), "c%d", (int)i);
		desk_customer(n, NULL, "en", cases[i].zone);
		desk_identity(n, 1, 1, id);
		desk_ticket((struct desk_ticket){ n, 1, n, 0, 0, cases[i].resolved, NULL, NULL, NULL,
		    NULL });
		desk_say(n, n, true, false, cases[i].resolved, "hello there");
		desk_status(n, true, cases[i].resolved);
		desk_commit();
		for (tick = 0; tick < 4 * 26; tick++) {
			tm_format(at(cases[i].from) + tick * 15 * TM_MINUTE_MS, NULL, now);
			run_at(now);
			if (sent == 0 && strstr(buf_cstr(&printed), id) != NULL)
				sent = at(now);
		}
		assert_string_equal(tm_format(sent, NULL, now),
		    tm_format(at(cases[i].sent), NULL, want));
	}
	assert_string_equal(desk_rows("SELECT count(*), count(DISTINCT ticket) FROM outbox "
	    "WHERE ticket >= 200"), "6|6");
}

static void
a_dry_run_changes_nothing(void **state)
{
	struct agenda a;
	struct err e;

	(void)state;
	buf_clear(&printed);
	assert_int_equal(agenda_init(&a, zone_utc(), complain, &e), 0);
	a.db = desk;
	a.now = at("2026-11-20T13:00:00Z");
	a.dry_run = true;
	a.print = print_lines;
	assert_int_equal(agenda_run(&a, &e), 0);
	assert_int_equal(a.queued, 1);
	agenda_release(&a);
	assert_non_null(strstr(buf_cstr(&printed), "\"dry_run\":true"));
	assert_string_equal(desk_rows("SELECT (SELECT count(*) FROM outbox), "
	    "(SELECT count(*) FROM followup), (SELECT count(*) FROM progress)"), "0|0|0");
	assert_int_equal(run_at("2026-11-20T13:00:00Z"), 1);
}

static void
open_ticket(int64_t id, const char *queue, int64_t agent)
{
	desk_ticket((struct desk_ticket){ id, 1, 7, agent, 2, "2026-11-20T10:00:00Z", "退票", NULL,
	    NULL, queue });
	desk_say(id, 7, true, false, "2026-11-20T10:00:00Z", "怎么退票");
	desk_clock(id, id, 1, "2026-11-20T10:00:00Z", 2 * TM_HOUR_MS);
}

static void
a_clock_warns_breaks_and_rises_once_each(void **state)
{
	(void)state;
	desk_begin();
	open_ticket(300, "refund", 1);
	desk_commit();
	assert_int_equal(run_at("2026-11-20T10:59:59Z"), 0);
	assert_int_equal(run_at("2026-11-20T11:00:00Z"), 1);
	assert_int_equal(run_at("2026-11-20T11:59:59Z"), 0);
	run_at("2026-11-20T12:00:00Z");
	run_at("2026-11-20T12:00:00Z");
	run_at("2026-11-20T13:00:00Z");
	run_at("2026-11-20T13:00:00Z");
	assert_string_equal(desk_rows("SELECT kind, recipient, audience, "
	    "not_before_at - created_at FROM outbox WHERE ticket = 300 ORDER BY id"),
	    "sla_warning|li|2|0\nsla_breach|li|2|0\nsla_breach|zhao|2|0\n"
	    "sla_escalation|zhao|2|0\nsla_escalation|chen|2|0");
	assert_string_equal(desk_rows("SELECT level, done_at - due_at, skipped FROM notice "
	    "ORDER BY level"), "0|0|\n1|0|\n2|0|");
	assert_string_equal(desk_rows("SELECT subject FROM outbox WHERE kind = 'sla_warning'"),
	    "Due soon: ticket 300 (first reply, 1h left)");
}

static void
an_answer_in_time_keeps_everybody_quiet(void **state)
{
	(void)state;
	desk_begin();
	open_ticket(300, "refund", 1);
	open_ticket(301, "refund", 1);
	desk_commit();
	run_at("2026-11-20T10:30:00Z");
	desk_begin();
	desk_stop(300, "2026-11-20T10:40:00Z");
	desk_say(301, 0, false, false, "2026-11-20T10:40:00Z", "好");	/* clock not reckoned yet */
	desk_commit();
	run_at("2026-11-20T15:00:00Z");
	assert_string_equal(desk_rows("SELECT count(*) FROM outbox WHERE kind <> 'followup'"), "0");
	assert_string_equal(desk_rows("SELECT count(*) FROM notice"), "0");
}

static void
when_cron_was_away_the_warning_is_overtaken_and_each_told_once(void **state)
{
	(void)state;
	desk_begin();
	open_ticket(300, "refund", 1);
	desk_commit();
	run_at("2026-11-20T13:30:00Z");
	assert_string_equal(desk_rows("SELECT kind, recipient FROM outbox WHERE ticket = 300 "
	    "ORDER BY id"), "sla_breach|li\nsla_breach|zhao\nsla_escalation|chen");
	assert_string_equal(desk_rows("SELECT level, skipped FROM notice ORDER BY level"),
	    "0|overtaken\n1|\n2|");
}

static void
without_an_owner_the_queue_hears(void **state)
{
	(void)state;
	desk_begin();
	open_ticket(300, "payment", 0);
	desk_commit();
	run_at("2026-11-20T12:00:00Z");
	assert_string_equal(desk_rows("SELECT recipient FROM outbox WHERE ticket = 300 ORDER BY id"),
	    "queue:payment\nliu");
}

static void
a_storm_becomes_one_digest_a_queue(void **state)
{
	int64_t i;

	(void)state;
	desk_begin();
	for (i = 0; i < 25; i++)
		open_ticket(300 + i, "refund", 1);
	for (i = 0; i < 20; i++)
		open_ticket(400 + i, "payment", 1);
	desk_commit();
	run_at("2026-11-20T12:00:00Z");
	assert_string_equal(desk_rows("SELECT kind, recipient, count(*) FROM outbox "
	    "WHERE kind <> 'followup' GROUP BY kind, recipient ORDER BY 1, 2"),
	    "sla_breach|li|20\nsla_breach|liu|20\nsla_digest|zhao|1");
	assert_string_equal(desk_rows("SELECT subject FROM outbox WHERE kind = 'sla_digest'"),
	    "Queue refund: 25 tickets due soon or overdue");
	assert_string_equal(desk_rows("SELECT count(*), count(DISTINCT n.outbox) FROM notice AS n "
	    "JOIN clock AS k ON k.id = n.clock WHERE n.level = 1 AND k.ticket < 400"), "25|1");
	run_at("2026-11-20T12:00:00Z");
	run_at("2026-11-20T12:30:00Z");
	assert_string_equal(desk_rows("SELECT count(*) FROM outbox WHERE kind = 'sla_digest'"), "1");
}

static void
edited_clock_plans_tell_no_level_twice(void **state)
{
	(void)state;
	desk_begin();
	open_ticket(300, "refund", 1);
	desk_commit();
	run_at("2026-11-20T12:00:00Z");
	desk_write("plans/sla.plan", SLA "[a]\nwarn = 90%: owner\nbreach = owner, lead\n"
	    "escalate = 30m: boss\n");
	run_at("2026-11-20T12:10:00Z");
	run_at("2026-11-20T12:30:00Z");
	assert_string_equal(desk_rows("SELECT kind, recipient FROM outbox WHERE ticket = 300 "
	    "ORDER BY id"), "sla_breach|li\nsla_breach|zhao\nsla_escalation|chen");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(each_step_goes_out_once),
		T(a_clock_set_back_or_forward_repeats_and_loses_nothing),
		T(two_steps_that_are_late_do_not_come_at_once),
		T(a_step_comes_after_the_one_before_it),
		T(a_late_run_leaves_nothing_for_the_next),
		T(a_letter_speaks_the_customers_language_and_of_the_ticket),
		T(stops_when_there_is_no_point),
		T(what_waits_for_the_morning_is_taken_back_by_a_reply),
		T(an_edited_plan_moves_what_waits),
		T(a_removed_plan_leaves_nothing_behind),
		T(a_later_answer_starts_the_wait_anew),
		T(history_before_the_first_run_is_left_alone),
		T(a_missing_value_skips_one_customer_and_is_told),
		T(nine_o_clock_comes_once_on_days_that_change),
		T(a_dry_run_changes_nothing),
		T(a_clock_warns_breaks_and_rises_once_each),
		T(an_answer_in_time_keeps_everybody_quiet),
		T(when_cron_was_away_the_warning_is_overtaken_and_each_told_once),
		T(without_an_owner_the_queue_hears),
		T(a_storm_becomes_one_digest_a_queue),
		T(edited_clock_plans_tell_no_level_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
