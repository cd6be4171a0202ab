/* test_roster - reading the roster and the policy, and their faults */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/conf.h"
#include "base/mem.h"
#include "base/opt.h"
#include "desk/roster.h"
#include "time/tm.h"

static const struct cal *
no_cal(const char *name, struct err *e)
{
	err_set(e, ERR_CONFIG, "no calendar \"%s\"", name);
	return NULL;
}

static struct roster *
roster(const char *text, struct err *e)
{
	char *copy = xstrdup(text);
	struct roster *r = roster_parse("r.conf", copy, zone_utc(), no_cal, e);

	free(copy);
	return r;
}

static struct policy *
policy(const char *text, struct err *e)
{
	char *copy = xstrdup(text);
	struct policy *p = policy_parse("p.conf", copy, no_cal, e);

	free(copy);
	return p;
}

static int64_t
at(const char *s)
{
	struct err e;
	int64_t v;

	if (tm_parse(s, strlen(s), zone_get("Asia/Shanghai", &e), &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

static void
a_roster_says_who_is_there(void **state)
{
	struct err e;
	struct roster *r = roster("[roster]\nzone = Asia/Shanghai\ncapacity = 7\n"
	    "[agent lisi]\nname = 李四\nskills = ticketing, payment\nshift = mon-fri 09:00-18:00\n"
	    "shift = sat 09:00-12:00\nabsence = 2026-12-01..2026-12-03 2026-12-24\n"
	    "absence = 2026-12-10T14:00..2026-12-10T16:00\n"
	    "backup = wangwu\n[agent wangwu]\ncapacity = 3\nchannels = phone\n"
	    "[agent night]\nshift = daily 21:00-08:00\n", &e);
	const struct agent *lisi, *night;

	(void)state;
	if (r == NULL)
		fail_msg("%s", e.msg);
	assert_int_equal(r->n, 3);
	lisi = roster_find(r, "lisi");
	assert_string_equal(lisi->name, "李四");
	assert_int_equal(lisi->capacity, 7);
	assert_int_equal(lisi->skills.n, 2);
	assert_true(words_have(lisi->skills.v, 2, "payment"));
	assert_true(agent_is_on_shift(lisi, at("2026-11-23 09:00")));
	assert_false(agent_is_on_shift(lisi, at("2026-11-21 13:00")));
	assert_true(agent_is_on_shift(lisi, at("2026-11-21 11:00")));
	assert_false(agent_is_absent(lisi, at("2026-11-30 23:59")));
	assert_true(agent_is_absent(lisi, at("2026-12-01 00:00")));
	assert_true(agent_is_absent(lisi, at("2026-12-03 23:59")));
	assert_false(agent_is_absent(lisi, at("2026-12-04 00:00")));
	assert_true(agent_is_absent(lisi, at("2026-12-24 12:00")));
	assert_true(agent_is_absent(lisi, at("2026-12-10 15:59")));
	assert_false(agent_is_absent(lisi, at("2026-12-10 16:00")));
	assert_string_equal(lisi->backup, "wangwu");
	assert_int_equal(roster_find(r, "wangwu")->capacity, 3);
	assert_true(agent_is_on_shift(roster_find(r, "wangwu"), 0));
	night = roster_find(r, "night");
	assert_true(agent_is_on_shift(night, at("2026-11-23 07:59")));
	assert_false(agent_is_on_shift(night, at("2026-11-23 08:00")));
	assert_null(roster_find(r, "nobody"));
	assert_null(roster_find(r, NULL));
	roster_free(r);
}

static const struct {
	const char *text, *msg;
} bad_rosters[] = {
	{ "name = x", "r.conf:1: \"name\" stands before the first [section]" },
	{ "[agent]", "r.conf:1: unknown section [agent] (agent CODE; roster, before all agents)" },
	{ "[agent a]\n[agent a]", "r.conf:2: [agent a]: a code of its own is needed" },
	{ "[agent a]\n[roster]", "r.conf:2: unknown section [roster] (agent CODE; roster, before "
	    "all agents)" },
	{ "[agent a]\ncapacity = many", "r.conf:2: capacity: \"many\" is not a number of tickets" },
	{ "[agent a]\nabsence = 2026-02-30", "r.conf:2: \"2026-02-30\" is not a time" },
	{ "[agent a]\nabsence = 2026-02-03..2026-02-01",
	    "r.conf:2: absence: the end comes before the beginning" },
	{ "[agent a]\n\nshift = mon-fri 9-17", "r.conf:3: hours must look like 09:00-12:00, "
	    "21:00-02:00, 24x7 or closed" },
	{ "[agent a]\nshift = 09:00-17:00", "r.conf:2: a shift looks like mon-fri 09:00-18:00" },
	{ "[agent a]\ncalendar = x", "r.conf:2: no calendar \"x\"" },
	{ "[agent a]\nbackup = b", "r.conf: [agent a]: backup \"b\" is no other agent of the roster" },
	{ "[agent a]\nbackup = a", "r.conf: [agent a]: backup \"a\" is no other agent of the roster" },
	{ "[roster]\nzone = Mars", "r.conf:2: unknown time zone \"Mars\"" },
	{ "[agent a]\nskill = x", "r.conf:2: \"skill\" is not a key of an agent (name, skills, "
	    "groups, languages, channels, capacity, calendar, shift, absence, backup)" },
};

static const struct {
	const char *text, *msg;
} bad_policies[] = {
	{ "", "p.conf: the last queue must take every ticket (no \"when\")" },
	{ "[queue a]\nwhen = area:x", "p.conf: the last queue must take every ticket (no \"when\")" },
	{ "[queue a]\n[queue b]", "p.conf: [queue a] takes every ticket: it must be the last queue" },
	{ "[queue a]\n[queue a]", "p.conf:2: [queue a]: a name of its own is needed" },
	{ "[que a]", "p.conf:1: unknown section [que a] (priority, queue NAME, sla NAME)" },
	{ "[queue a]\nwhen = urgency:soon", "p.conf:2: \"soon\" is no urgency" },
	{ "[queue a]\nwhen = queue:a", "p.conf:2: \"queue:a\": a condition here looks like "
	    "area:refund,change and cannot name this" },
	{ "[queue a]\nwhen = area:", "p.conf:2: \"area:\": no value" },
	{ "[queue a]\nwhen =", "p.conf:2: an empty condition" },
	{ "[priority]\nurgency:urgent = lots", "p.conf:2: \"lots\" is not a number from -1000 to "
	    "1000" },
	{ "[priority]\nurgency:soon = 5", "p.conf:2: \"soon\" is no urgency" },
	{ "[priority]\nmood:bad = 5", "p.conf:2: \"mood:bad\" cannot have points" },
	{ "[priority]\nlevel:1 = 5\nlevel:2 = 9\n[queue a]", "p.conf: level:1 must ask for the most "
	    "points, level:3 for the least" },
	{ "[sla a]\nfirst_response = 5m\n[queue q]", "p.conf:3: [sla a] has no calendar" },
	{ "[sla a]\nfirst_response = 5", "p.conf:2: \"5\" is not a length of time such as 30m, "
	    "1h30m or 2d" },
	{ "[sla a]\ncalendar = x", "p.conf:2: no calendar \"x\"" },
};

static void
faults_are_named_with_their_line(void **state)
{
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad_rosters) / sizeof(bad_rosters[0]); i++) {
		assert_null(roster(bad_rosters[i].text, &e));
		assert_string_equal(e.msg, bad_rosters[i].msg);
		assert_int_equal(e.code, ERR_CONFIG);
	}
	for (i = 0; i < sizeof(bad_policies) / sizeof(bad_policies[0]); i++) {
		assert_null(policy(bad_policies[i].text, &e));
		assert_string_equal(e.msg, bad_policies[i].msg);
		assert_int_equal(e.code, ERR_CONFIG);
	}
}

static void
the_shipped_files_are_sound(void **state)
{
	char *text;
	struct err e;
	struct policy *p;
	struct roster *r;

	(void)state;
	common.config = "share";
	text = conf_read("share/routing/policy.conf", 1 << 20, NULL, &e);
	assert_non_null(text);
	p = policy_parse("policy.conf", text, cal_get, &e);
	if (p == NULL)
		fail_msg("%s", e.msg);
	free(text);
	text = conf_read("share/routing/roster.conf", 1 << 20, NULL, &e);
	assert_non_null(text);
	r = roster_parse("roster.conf", text, zone_utc(), cal_get, &e);
	if (r == NULL)
		fail_msg("%s", e.msg);
	free(text);
	assert_true(p->n_queues > 3 && p->n_slas > 2 && r->n > 3);
	policy_free(p);
	roster_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_roster_says_who_is_there),
		cmocka_unit_test(faults_are_named_with_their_line),
		cmocka_unit_test(the_shipped_files_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
