/* test_plan - plans read, matched and timed, also where clocks jump */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/conf.h"
#include "desk/plan.h"
#include "time/tm.h"

#define HEAD "what = w\non = resolved\ntemplate = t\ncalendar = cn-office\n"
#define CLOCK "what = w\non = clock\ntemplate = t\n"

static int
parse(struct plan *p, const char *text, const char *zone, struct err *e)
{
	char *copy = xstrdup(text);
	int got = plan_parse(p, "p", "p.plan", copy, zone_get(zone, e), e);

	free(copy);
	return got;
}

static int64_t
at(const char *s)
{
	struct err e;
	int64_t v;

	if (tm_parse(s, strlen(s), NULL, &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

static void
refuses(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "", "p.plan: no case" },
		{ "[a]\ntry = 1h: sms\n", "p.plan:1: on = resolved, answered or clock must stand" },
		{ "on = solved\n", "p.plan:1: on is resolved, answered or clock, not \"solved\"" },
		{ "on = resolved\n[a]\ntry = 1h: sms\n", "p.plan: no what = ..." },
		{ "colour = red\n", "p.plan:1: no plan has a \"colour\"" },
		{ "calendar = moon\n", "p.plan:1: " },
		{ "hours = 9-20\n", "p.plan:1: hours look like 09:00-20:30, or any, not \"9-20\"" },
		{ "hours = 20:00-09:00\n", "p.plan:1: hours end after they begin" },
		{ "hours = 09:00-25:00\n", "p.plan:1: a time of day looks like 09:30, not" },
		{ "late = soon\n", "p.plan:1: " },
		{ HEAD "[a]\ntry = 1h sms\n", "p.plan:6: a try looks like" },
		{ HEAD "[a]\ntry = 1h:\n", "p.plan:6: nothing listed" },
		{ HEAD "[a]\ntry = 2d work: sms\n", "p.plan:6: working time is hours and minutes" },
		{ HEAD "[a]\ntry = 2h at 09:00: sms\n", "p.plan:6: before \"at\" stand days" },
		{ HEAD "[a]\ntry = 1d at 9:00: sms\n", "p.plan:6: a time of day looks like" },
		{ HEAD "[a]\ntry = 80%: sms\n", "p.plan:6: only clocks have a share" },
		{ HEAD "[a]\ntry = 2h: sms\ntry = 1h: sms\n",
		    "p.plan:7: a try must come later than the one before it" },
		{ HEAD "[a]\nbreach = owner\n", "p.plan:6: breach needs on = clock" },
		{ HEAD "[a]\nwhen = urgency urgent\n", "p.plan:6: a condition looks like" },
		{ HEAD "[a]\nwhen = urgency: urgnt\n", "p.plan:6: \"urgnt\" is no urgency" },
		{ HEAD "[a]\nwhen = mood: bad\n", "p.plan:6: no condition asks about \"mood\"" },
		{ HEAD "[a]\nwhen = clock: resolution\n", "p.plan:6: only a plan with on = clock" },
		{ HEAD "[a]\ntry = 1h: sms\n[a]\n", "p.plan:7: a second case \"a\"" },
		{ HEAD "[a]\ntry = 1h: sms\n[b]\ntry = 1h: sms\n",
		    "p.plan:7: case \"b\" is never reached" },
		{ HEAD "[a]\ncolour = red\n", "p.plan:6: no case has a \"colour\"" },
		{ "what = w\non = resolved\n[a]\ntry = 1h: sms\n",
		    "p.plan:3: case \"a\" has no template" },
		{ "what = w\non = resolved\n[a]\ntry = 1h work: sms\n",
		    "p.plan:4: working time needs a calendar" },
		{ CLOCK "[a]\nbreach = owner\nwarn = 80%: owner\n", "p.plan:6: warn: a clock has" },
		{ CLOCK "[a]\nescalate = 1h: owner\n", "p.plan:5: escalate: a clock has" },
		{ CLOCK "[a]\nwarn = 100%: owner\n", "p.plan:5: a share is 1% to 99%" },
		{ CLOCK "[a]\nwarn = 15m: owner\n", "p.plan:5: a warning is \"80%\" or" },
		{ CLOCK "[a]\nbreach = 1h: owner\n", "p.plan:5: a breach is told when" },
		{ CLOCK "[a]\nbreach = boss\n", "p.plan:5: who is \"boss\"?" },
		{ CLOCK "[a]\nbreach = owner\nescalate = 2h: owner\nescalate = 1h: owner\n",
		    "p.plan:7: an escalation must come later" },
		{ CLOCK "[a]\ntry = 1h: sms\n", "p.plan:5: a plan with on = clock has warn" },
		{ CLOCK "digest = many\n", "p.plan:4: a digest looks like \"20: lead\"" },
		{ CLOCK "digest = 20: lead\n[a]\nbreach = owner\n", "p.plan: digest: who is" },
		{ CLOCK "[people]\nowner = li\n", "p.plan:5: the ticket says who is \"owner\"" },
	};
	struct plan *p = xmalloc(sizeof(*p));
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err e = { 0, "" };

		assert_int_equal(parse(p, cases[i].text, "UTC", &e), -1);
		assert_int_equal(e.code, ERR_CONFIG);
		if (strncmp(e.msg, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("want: %s\ngot: %s", cases[i].message, e.msg);
	}
	free(p);
}

static void
matches_the_first_case_that_fits(void **state)
{
	static const char text[] = HEAD
	    "[urgent]\nwhen = urgency: urgent\nunless = type: spam, praise\ntry = 1h: sms\n"
	    "[vip]\nwhen = segment: vip\nwhen = channel: wecom, wechat\ntry = 1h: sms\n"
	    "[unknown]\nwhen = urgency: none\ntry = 1h: sms\n";
	static const struct {
		const char *urgency, *type, *segment, *channel, *want;
	} cases[] = {
		{ "urgent", "request", NULL, NULL, "urgent" },
		{ "urgent", NULL, "vip", "wecom", "urgent" },
		{ "urgent", "spam", "vip", "wecom", "vip" },
		{ "low", NULL, "vip", "wechat", "vip" },
		{ "low", NULL, "vip", "email", NULL },
		{ "low", NULL, NULL, "wecom", NULL },
		{ NULL, NULL, NULL, NULL, "unknown" },
	};
	struct plan *p = xmalloc(sizeof(*p));
	struct err e;
	size_t i;

	(void)state;
	assert_int_equal(parse(p, text, "UTC", &e), 0);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct plan_facts f = { .v = {
			[PLAN_URGENCY] = cases[i].urgency, [PLAN_TYPE] = cases[i].type,
			[PLAN_SEGMENT] = cases[i].segment, [PLAN_CHANNEL] = cases[i].channel } };
		const struct plan_case *c = plan_match(p, &f);

		if (cases[i].want == NULL)
			assert_null(c);
		else
			assert_string_equal(c->name, cases[i].want);
	}
	plan_release(p);
	free(p);
}

/* cn-office is open Mon-Fri 09:00-12:00 and 13:30-18:00 in Shanghai. */
static void
steps_have_their_time(void **state)
{
	static const struct {
		const char *time, *zone, *from, *want;
	} cases[] = {
		{ "0m", "UTC", "2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z" },
		{ "36h", "UTC", "2026-11-20T10:00:00Z", "2026-11-21T22:00:00Z" },
		{ "1d", "UTC", "2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z" },
		/* Friday 17:00 + 2 working hours is Monday 10:00. */
		{ "2h work", "Asia/Shanghai", "2026-11-20T09:00:00Z", "2026-11-23T02:00:00Z" },
		{ "1d at 10:00", "Asia/Shanghai", "2026-11-20T09:00:00Z", "2026-11-21T02:00:00Z" },
		{ "1d work at 10:00", "Asia/Shanghai", "2026-11-20T09:00:00Z", "2026-11-23T02:00:00Z" },
		{ "3d work at 10:00", "Asia/Shanghai", "2026-11-20T09:00:00Z", "2026-11-25T02:00:00Z" },
		{ "0d at 18:00", "UTC", "2026-11-20T10:00:00Z", "2026-11-20T18:00:00Z" },
		{ "0d at 09:00", "UTC", "2026-11-20T10:00:00Z", "2026-11-21T09:00:00Z" },
		/* Set forward, set back: 09:00 stays 09:00. */
		{ "1d at 09:00", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z" },
		{ "1d at 09:00", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00Z" },
		{ "1d at 09:00", "America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T13:00:00Z" },
		{ "1d at 09:00", "America/New_York", "2026-10-31T20:00:00Z", "2026-11-01T14:00:00Z" },
		{ "1d at 09:00", "Australia/Lord_Howe", "2026-10-03T02:00:00Z", "2026-10-03T22:00:00Z" },
		{ "1d at 09:00", "Australia/Lord_Howe", "2026-04-04T02:00:00Z", "2026-04-04T22:30:00Z" },
		/* A time that is never shown is the moment of the change; one shown twice, the first. */
		{ "1d at 02:30", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z" },
		{ "1d at 02:30", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z" },
		{ "1d at 02:15", "Australia/Lord_Howe", "2026-10-03T02:00:00Z", "2026-10-03T15:30:00Z" },
	};
	struct plan *p = xmalloc(sizeof(*p));
	struct err e = { 0, "" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf text = BUF_INIT;
		char got[TM_SIZE], want[TM_SIZE];

		buf_fmt(&text, HEAD "zone = %s\n[a]\ntry = %s: sms\n", cases[i].zone,
		    cases[i].time);
		assert_int_equal(parse(p, text.p, "UTC", &e), 0);
		assert_string_equal(tm_format(plan_step_at(p, &p->cases[0], 1,
		    at(cases[i].from), p->zone), NULL, got), tm_format(at(cases[i].want), NULL, want));
		assert_true(plan_step_at(p, &p->cases[0], 2, 0, p->zone) == CAL_NEVER);
		plan_release(p);
		buf_release(&text);
	}
	free(p);
}

static void
levels_have_their_time(void **state)
{
	static const struct {
		const char *line;
		int level;
		const char *want;
	} cases[] = {
		/* Started Friday 17:00 in Shanghai, 4 working hours: due Monday 12:00. */
		{ "warn = 50%: owner", 0, "2026-11-23T02:00:00Z" },
		{ "warn = 15m before: owner", 0, "2026-11-23T03:45:00Z" },
		{ "warn = 3h30m work before: owner", 0, "2026-11-20T09:30:00Z" },
		{ "warn = 8h work before: owner", 0, "2026-11-20T09:00:00Z" },
		{ "breach = owner", 1, "2026-11-23T04:00:00Z" },
		{ "breach = owner\nescalate = 30m: owner", 2, "2026-11-23T04:30:00Z" },
		{ "breach = owner\nescalate = 30m work: owner", 2, "2026-11-23T06:00:00Z" },
	};
	struct plan *p = xmalloc(sizeof(*p));
	struct plan_clock k;
	struct err e = { 0, "" };
	size_t i;

	(void)state;
	k.cal = cal_get("cn-office", &e);
	k.started_at = at("2026-11-20T09:00:00Z");
	k.target_ms = 4 * TM_HOUR_MS;
	k.due_at = cal_add(k.cal, k.started_at, k.target_ms);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct plan_step *s;
		struct buf text = BUF_INIT;
		char got[TM_SIZE], want[TM_SIZE];

		buf_fmt(&text, CLOCK "[a]\n%s\n", cases[i].line);
		if (parse(p, text.p, "UTC", &e) < 0)
			fail_msg("%s", e.msg);
		s = plan_level(&p->cases[0], cases[i].level);
		assert_int_equal(s->level, cases[i].level);
		assert_string_equal(tm_format(plan_level_at(s, &k), NULL, got),
		    tm_format(at(cases[i].want), NULL, want));
		assert_null(plan_level(&p->cases[0], 3));
		plan_release(p);
		buf_release(&text);
	}
	free(p);
}

static void
customers_are_written_to_at_decent_hours(void **state)
{
	static const struct {
		const char *zone, *at, *want;
	} cases[] = {
		{ "Asia/Shanghai", "2026-11-20T01:00:00Z", "2026-11-20T01:00:00Z" },
		{ "Asia/Shanghai", "2026-11-20T00:59:59Z", "2026-11-20T01:00:00Z" },
		{ "Asia/Shanghai", "2026-11-20T12:29:59Z", "2026-11-20T12:29:59Z" },
		{ "Asia/Shanghai", "2026-11-20T12:30:00Z", "2026-11-21T01:00:00Z" },
		{ "Asia/Shanghai", "2026-11-20T17:00:00Z", "2026-11-21T01:00:00Z" },
		{ "Europe/Berlin", "2026-03-28T22:00:00Z", "2026-03-29T07:00:00Z" },
		{ "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T08:00:00Z" },
	};
	struct plan *p = xmalloc(sizeof(*p));
	struct err e;
	char got[TM_SIZE], want[TM_SIZE];
	size_t i;

	(void)state;
	assert_int_equal(parse(p, HEAD "hours = 09:00-20:30\n[a]\ntry = 1h: sms\n", "UTC", &e), 0);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(tm_format(hours_next(&p->hours, at(cases[i].at),
		    zone_get(cases[i].zone, &e)), NULL, got), tm_format(at(cases[i].want), NULL, want));
	plan_release(p);
	assert_int_equal(parse(p, HEAD "hours = any\n[a]\ntry = 1h: sms\n", "UTC", &e), 0);
	assert_int_equal(hours_next(&p->hours, 123, p->zone), 123);
	plan_release(p);
	free(p);
}

static void
stops_for_a_reason(void **state)
{
	static const struct {
		const char *on;
		struct plan_state s;
		const char *want;
	} cases[] = {
		{ "resolved", { 10, 1, 1, 10, 5, false, true, true, false }, NULL },
		{ "resolved", { 10, 1, 1, 10, 11, false, true, true, false }, "replied" },
		{ "resolved", { 10, 1, 2, 0, 11, false, true, true, false }, "reopened" },
		{ "resolved", { 10, 1, 1, 0, 5, false, true, true, false }, "reopened" },
		{ "resolved", { 10, 1, 1, 10, 5, true, true, true, false }, "merged" },
		{ "resolved", { 10, 1, 1, 10, 5, false, false, true, false }, "automatic" },
		{ "resolved", { 10, 1, 1, 10, 5, false, true, false, false }, "no_customer" },
		{ "resolved", { 10, 1, 1, 10, 5, false, true, true, true }, "spam" },
		{ "answered", { 10, 1, 1, 0, 5, false, true, true, false }, NULL },
		{ "answered", { 10, 1, 1, 12, 5, false, true, true, false }, "resolved" },
		{ "answered", { 10, 1, 1, 0, 11, false, true, true, false }, "replied" },
	};
	struct plan *p = xmalloc(sizeof(*p));
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf text = BUF_INIT;
		const char *got;

		buf_fmt(&text, "what = w\non = %s\ntemplate = t\n[a]\ntry = 1h: sms\n", cases[i].on);
		assert_int_equal(parse(p, text.p, "UTC", &e), 0);
		got = plan_refusal(p, &cases[i].s);
		if (cases[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(got, cases[i].want);
		plan_release(p);
		buf_release(&text);
	}
	free(p);
}

static void
roles_are_people(void **state)
{
	struct plan *p = xmalloc(sizeof(*p));
	struct err e;

	(void)state;
	assert_int_equal(parse(p, CLOCK "[people]\nlead.refund = zhao\nlead = liu\n"
	    "[a]\nbreach = owner, lead\n", "UTC", &e), 0);
	assert_string_equal(plan_person(p, "lead", "refund"), "zhao");
	assert_string_equal(plan_person(p, "lead", "payment"), "liu");
	assert_string_equal(plan_person(p, "lead", NULL), "liu");
	assert_null(plan_person(p, "manager", "refund"));
	plan_release(p);
	free(p);
}

static void
tells_itself_in_words(void **state)
{
	struct plan *p = xmalloc(sizeof(*p));
	struct buf out = BUF_INIT;
	struct err e;

	(void)state;
	assert_int_equal(parse(p, "what = Ask again\non = resolved\ntemplate = care\n"
	    "calendar = cn-office\nhours = 09:00-20:00\nlate = 2d\n"
	    "[urgent]\nwhen = urgency: urgent, important\nunless = type: spam\n"
	    "try = 2h work: same, sms\ntry = 1d at 10:00: phone\n[rest]\ntry = 2d: email\n",
	    "Asia/Shanghai", &e), 0);
	plan_words(p, &out);
	assert_string_equal(buf_cstr(&out),
	    "p: Ask again\n"
	    "Counts from the resolution; each step is sent once, until the customer answers or "
	    "the ticket is reopened or merged.\n"
	    "Delivered between 09:00 and 20:00 of the customer's day.\n"
	    "Not sent any more when it is 2d late.\n"
	    "Working time: cn-office; local times: Asia/Shanghai; language if not known: zh.\n"
	    "\nurgent: when urgency is urgent or important and type is not spam\n"
	    "  1. 2h of working time later, by same, else sms; text: care\n"
	    "  2. 1 day later at 10:00, by phone; text: care\n"
	    "\nrest: in all other cases\n"
	    "  1. 2d later, by email; text: care\n");
	buf_release(&out);
	plan_release(p);
	free(p);
}

static void
the_shipped_plans_are_sound(void **state)
{
	struct plan *p = xmalloc(sizeof(*p));
	struct err e = { 0, "" };
	char **paths;
	int n, i;

	(void)state;
	n = conf_list("plans", ".plan", &paths, &e);
	assert_true(n >= 3);
	for (i = 0; i < n; i++) {
		char *text = conf_read(paths[i], 1 << 20, NULL, &e);

		if (plan_parse(p, "x", paths[i], text, zone_utc(), &e) < 0)
			fail_msg("%s", e.msg);
		free(text);
		plan_release(p);
	}
	conf_list_free(paths, n);
	free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses),
		cmocka_unit_test(matches_the_first_case_that_fits),
		cmocka_unit_test(steps_have_their_time),
		cmocka_unit_test(levels_have_their_time),
		cmocka_unit_test(customers_are_written_to_at_decent_hours),
		cmocka_unit_test(stops_for_a_reason),
		cmocka_unit_test(roles_are_people),
		cmocka_unit_test(tells_itself_in_words),
		cmocka_unit_test(the_shipped_plans_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
