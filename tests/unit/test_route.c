/* test_route - how urgent, which queue, whose, and why */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "desk/route.h"
#include "time/tm.h"

/* Monday 10:00 in Shanghai: da, li and wang are there, night is not. */
#define MONDAY INT64_C(1795399200000)	/* 2026-11-23T10:00:00+08:00 */

static const char policy_text[] =
	"[priority]\n"
	"urgency:urgent = 60\nurgency:important = 30\nsegment:vip = 30\nurgency:low = -20\n"
	"waiting:1h = 10\nwaiting:4h = 35\n"
	"level:1 = 60\nlevel:2 = 30\nlevel:3 = 0\n"
	"[queue vip]\nwhen = segment:vip\ngroups = senior\n"
	"[queue ticketing]\nwhen = area:order,change !channel:phone\nskills = ticketing\n"
	"[queue phone]\nwhen = channel:phone\n"
	"[queue rest]\n"
	"[sla urgent]\nwhen = priority:1\ncalendar = any\nfirst_response = 10m\n"
	"[sla ticketing]\nwhen = queue:ticketing\ncalendar = any\nfirst_response = 1h\n";

static const char roster_text[] =
	"[roster]\nzone = Asia/Shanghai\ncapacity = 3\n"
	"[agent da]\nskills = ticketing\nshift = daily 08:00-20:00\nchannels = wecom email\n"
	"[agent li]\nskills = ticketing refund\nlanguages = zh en\ngroups = senior\n"
	"shift = daily 08:00-20:00\nabsence = 2026-12-01\nbackup = wang\n"
	"[agent wang]\nskills = ticketing\nlanguages = zh\nshift = daily 08:00-20:00\n"
	"[agent night]\nskills = ticketing\nshift = daily 20:00-08:00\n";

static struct policy *policy;
static struct roster *roster;
static struct cal *any;
static struct crew crew;
static struct arena arena = ARENA_INIT;
static struct route got;

static const struct cal *
find_cal(const char *name, struct err *e)
{
	(void)name;
	(void)e;
	return any;
}

/* Decides for T at AT; returns the agent's code, "-" for nobody. */
static const char *
decide(const struct route_ticket *t, int64_t at)
{
	crew_at(&crew, at);
	route_decide(&crew, t, &arena, &got);
	return got.agent != NULL ? got.agent->code : "-";
}

static void
load(const char *code, int64_t open, int64_t given_at)
{
	crew_load(&crew, roster_find(roster, code), open, given_at);
}

static bool
why(const char *text)
{
	size_t i;

	for (i = 0; i < got.n_why; i++)
		if (strcmp(got.why[i], text) == 0)
			return true;
	return false;
}

static struct route_ticket
ticket(const char *area, const char *channel)
{
	struct route_ticket t = { .id = 7, .open = true };

	t.labels.v[DIM_AREA] = area;
	t.labels.v[DIM_CHANNEL] = channel;
	return t;
}

static const struct {
	const char *urgency, *segment;
	int64_t waiting_min;
	int priority;
} priorities[] = {
	{ "urgent", NULL, 0, 1 }, { "urgent", "vip", 0, 1 }, { "important", NULL, 0, 2 },
	{ "important", "vip", 0, 1 }, { "normal", NULL, 0, 3 }, { "normal", "vip", 0, 2 },
	{ NULL, NULL, 0, 3 }, { "low", NULL, 0, 4 }, { "low", NULL, 59, 4 },
	{ "low", NULL, 60, 4 }, { "low", NULL, 240, 3 }, { "important", NULL, 240, 1 },
	{ "normal", NULL, 100000, 2 },
};

static void
priority_is_the_sum_of_points(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(priorities) / sizeof(priorities[0]); i++) {
		struct route_ticket t = ticket(NULL, "wecom");

		t.labels.v[DIM_URGENCY] = priorities[i].urgency;
		t.labels.v[DIM_SEGMENT] = priorities[i].segment;
		t.waiting_ms = priorities[i].waiting_min * TM_MINUTE_MS;
		decide(&t, MONDAY);
		if (got.priority != priorities[i].priority)
			fail_msg("row %zu: priority %d, not %d", i, got.priority,
			    priorities[i].priority);
	}
	assert_true(why("waiting:4h+35"));
}

static void
the_first_queue_and_sla_that_fit_are_taken(void **state)
{
	struct route_ticket t = ticket("change", "wecom");

	(void)state;
	decide(&t, MONDAY);
	assert_string_equal(got.queue->name, "ticketing");
	assert_string_equal(got.sla->name, "ticketing");
	assert_true(why("queue:area:order,change !channel:phone"));
	assert_true(why("skill:ticketing"));
	t = ticket("change", "phone");
	decide(&t, MONDAY);
	assert_string_equal(got.queue->name, "phone");
	assert_null(got.sla);
	t = ticket(NULL, "wecom");
	t.labels.v[DIM_URGENCY] = "urgent";
	decide(&t, MONDAY);
	assert_string_equal(got.queue->name, "rest");
	assert_string_equal(got.sla->name, "urgent");
	t.labels.v[DIM_SEGMENT] = "vip";
	assert_string_equal(decide(&t, MONDAY), "li");		/* the only senior */
	assert_string_equal(got.queue->name, "vip");
}

static void
least_load_then_longest_idle(void **state)
{
	struct route_ticket t = ticket("order", "wecom");

	(void)state;
	load("da", 2, MONDAY - 9000);
	load("li", 1, MONDAY - 1000);
	load("wang", 1, MONDAY - 5000);
	assert_string_equal(decide(&t, MONDAY), "wang");
	assert_true(why("load:1"));
	crew_move(&crew, NULL, got.agent);
	assert_string_equal(decide(&t, MONDAY), "li");
	crew_move(&crew, NULL, got.agent);			/* all have two now */
	assert_string_equal(decide(&t, MONDAY), "da");
	crew_move(&crew, roster_find(roster, "wang"), roster_find(roster, "da"));
	assert_string_equal(decide(&t, MONDAY), "wang");
}

static void
ties_are_spread_over_all_and_always_the_same_way(void **state)
{
	struct route_ticket t = ticket("order", "wecom");
	int n[4] = { 0 };
	size_t first;

	(void)state;
	for (t.id = 1; t.id <= 3000; t.id++) {
		decide(&t, MONDAY);
		first = got.agent->no;
		n[first]++;
		decide(&t, MONDAY);
		assert_int_equal(got.agent->no, first);
	}
	assert_in_range(n[0], 900, 1100);
	assert_in_range(n[1], 900, 1100);
	assert_in_range(n[2], 900, 1100);
	assert_int_equal(n[3], 0);
}

static void
nobody_gets_what_they_cannot_take(void **state)
{
	struct route_ticket t = ticket("order", "sms");		/* not da's channel */

	(void)state;
	t.labels.v[DIM_LANGUAGE] = "en";			/* not wang's language */
	assert_string_equal(decide(&t, MONDAY), "li");
	load("li", 3, 0);					/* li is full */
	assert_string_equal(decide(&t, MONDAY), "-");
	assert_true(why("nobody: 1 other channels, 1 other languages, 1 off shift, 1 full"));
	assert_int_equal(got.passed[roster_find(roster, "li")->no], PASS_FULL);
	assert_int_equal(got.passed[roster_find(roster, "night")->no], PASS_OFF_SHIFT);
	assert_string_equal(decide(&t, MONDAY + 12 * TM_HOUR_MS), "night");
}

static void
an_owner_keeps_it(void **state)
{
	struct route_ticket t = ticket("order", "sms");

	(void)state;
	t.owner = "wang";
	load("wang", 30, MONDAY);				/* however full */
	assert_string_equal(decide(&t, MONDAY), "wang");
	assert_true(why("owner"));
	/* and over the night, unless it is urgent */
	assert_string_equal(decide(&t, MONDAY + 12 * TM_HOUR_MS), "wang");
	t.labels.v[DIM_URGENCY] = "urgent";
	assert_string_equal(decide(&t, MONDAY + 12 * TM_HOUR_MS), "night");
	assert_true(why("not wang: off shift"));
	/* who is alone with it keeps it */
	load("night", 3, MONDAY);
	assert_string_equal(decide(&t, MONDAY + 12 * TM_HOUR_MS), "wang");
}

static void
an_owner_who_is_away_or_unfit_loses_it(void **state)
{
	struct route_ticket t = ticket("order", "wecom");
	int64_t december = MONDAY + 8 * TM_DAY_MS;

	(void)state;
	t.owner = "li";
	load("wang", 2, MONDAY);
	assert_string_equal(decide(&t, december), "wang");	/* the backup, not the least load */
	assert_true(why("not li: absent"));
	assert_true(why("backup:li"));
	load("wang", 1, MONDAY);				/* the backup is full */
	assert_string_equal(decide(&t, december), "da");
	t.owner = "gone";
	decide(&t, MONDAY);
	assert_true(why("not gone: not on the roster"));
	t.owner = "wang";
	t.labels.v[DIM_SEGMENT] = "vip";			/* wang is no senior */
	assert_string_equal(decide(&t, MONDAY), "li");
	assert_true(why("not wang: other group"));
	load("li", 3, MONDAY);					/* nobody else: better wang */
	assert_string_equal(decide(&t, MONDAY), "wang");
}

static void
who_served_the_customer_before_comes_first(void **state)
{
	struct route_ticket t = ticket("order", "wecom");

	(void)state;
	load("wang", 2, MONDAY);
	t.known = "wang";
	assert_string_equal(decide(&t, MONDAY), "wang");
	assert_true(why("served_before"));
	t.known = "night";					/* off shift: anybody else */
	assert_string_not_equal(decide(&t, MONDAY), "night");
}

static void
a_resolved_ticket_is_given_to_nobody(void **state)
{
	struct route_ticket t = ticket("order", "wecom");

	(void)state;
	t.open = false;
	assert_string_equal(decide(&t, MONDAY), "-");
	t.owner = "li";
	assert_string_equal(decide(&t, MONDAY), "li");
	assert_true(why("resolved"));
	assert_string_equal(got.queue->name, "ticketing");
}

static int
fresh_crew(void **state)
{
	(void)state;
	crew_clear(&crew);
	arena_clear(&arena);
	return 0;
}

static int
setup(void **state)
{
	char all[] = "zone = UTC\n[week]\ndaily = 24x7\n";
	char *p = xstrdup(policy_text), *r = xstrdup(roster_text);
	struct err e;

	(void)state;
	any = cal_parse("any", all, &e);
	policy = policy_parse("p.conf", p, find_cal, &e);
	if (policy == NULL)
		fail_msg("%s", e.msg);
	roster = roster_parse("r.conf", r, zone_utc(), find_cal, &e);
	if (roster == NULL)
		fail_msg("%s", e.msg);
	crew_init(&crew, policy, roster);
	free(p);
	free(r);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	crew_release(&crew);
	policy_free(policy);
	roster_free(roster);
	cal_free(any);
	arena_release(&arena);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup(f, fresh_crew)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(priority_is_the_sum_of_points),
		TEST(the_first_queue_and_sla_that_fit_are_taken),
		TEST(least_load_then_longest_idle),
		TEST(ties_are_spread_over_all_and_always_the_same_way),
		TEST(nobody_gets_what_they_cannot_take),
		TEST(an_owner_keeps_it),
		TEST(an_owner_who_is_away_or_unfit_loses_it),
		TEST(who_served_the_customer_before_comes_first),
		TEST(a_resolved_ticket_is_given_to_nobody),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
