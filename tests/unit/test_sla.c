/* test_sla - which clocks run, and what a change of the past does to them */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "desk/sla.h"
#include "time/tm.h"

static struct cal *office;

static const struct cal *
find_cal(const char *name, struct err *e)
{
	if (strcmp(name, "office") == 0)
		return office;
	err_set(e, ERR_CONFIG, "no calendar \"%s\"", name);
	return NULL;
}

/* Steps as letters at minutes: i in, t thanks, o out, s silent, a answered by the source,
 * R resolved, C closed, O set open, P set pending. */
static void
feed(struct sla_replay *r, const char *history)
{
	const char *p = history;
	char what;
	long long at;
	int len;

	while (sscanf(p, " %c%lld%n", &what, &at, &len) == 2) {
		struct step s = { .at = at * TM_MINUTE_MS, .kind = STEP_STATUS };

		s.kind = what == 'i' ? STEP_IN : what == 'o' ? STEP_OUT :
		    what == 't' ? STEP_THANKS : what == 's' ? STEP_SILENT :
		    what == 'a' ? STEP_ANSWERED : STEP_STATUS;
		s.status = what == 'R' ? TICKET_RESOLVED : what == 'C' ? TICKET_CLOSED :
		    what == 'O' ? TICKET_OPEN : TICKET_PENDING;
		sla_step(r, &s);
		p += len;
	}
	assert_string_equal(p, "");
}

/* "first1 0-5 resolution1 0-" */
static void
print(const struct clocks *c, char *out, size_t size)
{
	static const char *const names[] = { "", "first", "next", "resolution" };
	size_t i, n = 0;

	out[0] = '\0';
	for (i = 0; i < c->n; i++) {
		n += (size_t)snprintf(out + n, size - n, "%s%s%lld %lld-", i ? " " : "",
		    names[c->v[i].kind], (long long)c->v[i].cycle,
		    (long long)(c->v[i].started_at / TM_MINUTE_MS));
		if (c->v[i].stopped_at != SLA_RUNNING)
			n += (size_t)snprintf(out + n, size - n, "%lld",
			    (long long)(c->v[i].stopped_at / TM_MINUTE_MS));
	}
}

static const struct {
	const char *label, *history, *clocks;
} replays[] = {
	{ "nothing", "", "" },
	{ "a question", "i0", "first1 0- resolution1 0-" },
	{ "two questions, one answer", "i0 i3 o5", "first1 0-5 resolution1 0-" },
	{ "a robot and a note answer nothing", "i0 s1 s2", "first1 0- resolution1 0-" },
	{ "the oldest unanswered counts", "i0 o5 i10 i12 o20 i30",
	    "first1 0-5 resolution1 0- next1 10-20 next2 30-" },
	{ "we wrote first", "o0 i5 o9", "resolution1 0- first1 5-9" },
	{ "resolved stops all", "i0 o5 i10 R15", "first1 0-5 resolution1 0-15 next1 10-15" },
	{ "thanks starts nothing", "i0 o5 R6 t7", "first1 0-5 resolution1 0-6" },
	{ "any other word reopens", "i0 o5 R6 i7",
	    "first1 0-5 resolution1 0-6 resolution2 7- next1 7-" },
	{ "reopened by the customer", "i0 o5 R6 i20 o25 R30",
	    "first1 0-5 resolution1 0-6 resolution2 20-30 next1 20-25" },
	{ "reopened by us", "i0 o5 R6 O20", "first1 0-5 resolution1 0-6 resolution2 20-" },
	{ "settled without a word, then asked again", "i0 R6 i20 o22",
	    "first1 0-6 resolution1 0-6 resolution2 20- next1 20-22" },
	{ "waiting for the customer goes on", "i0 o5 P6 i9", "first1 0-5 resolution1 0- next1 9-" },
	{ "resolved, then closed", "i0 R6 C9", "first1 0-6 resolution1 0-6" },
	{ "the source states the answer", "i0 a4", "first1 0-4 resolution1 0-" },
};

static void
clocks_follow_the_history(void **state)
{
	struct clocks c = CLOCKS_INIT;
	struct sla_replay r;
	char got[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(replays) / sizeof(replays[0]); i++) {
		clocks_clear(&c);
		sla_begin(&r, &c);
		feed(&r, replays[i].history);
		print(&c, got, sizeof(got));
		if (strcmp(got, replays[i].clocks) != 0)
			fail_msg("%s: %s, not %s", replays[i].label, got, replays[i].clocks);
	}
	clocks_release(&c);
}

/* One more reckoning of STORED after HISTORY; returns how many rows are to be written. */
static size_t
reckon(struct clocks *stored, const char *history, const struct sla *s)
{
	struct clocks ran = CLOCKS_INIT;
	struct sla_replay r;
	struct err e;
	size_t i, n = 0;

	for (i = 0; i < stored->n; i++)
		stored->v[i].is_new = stored->v[i].changed = false;
	sla_begin(&r, &ran);
	feed(&r, history);
	if (sla_reckon(stored, &ran, s, find_cal, &e) < 0)
		fail_msg("%s", e.msg);
	for (i = 0; i < stored->n; i++)
		n += stored->v[i].is_new || stored->v[i].changed;
	clocks_release(&ran);
	return n;
}

static const struct sla *
sla(const char *name, int64_t first_min, int64_t next_min)
{
	static struct sla s;

	memset(&s, 0, sizeof(s));
	s.name = name;
	s.target[CLOCK_FIRST] = (struct target){ first_min * TM_MINUTE_MS, office };
	s.target[CLOCK_NEXT] = (struct target){ next_min * TM_MINUTE_MS, office };
	return &s;
}

static void
what_was_promised_stays_and_what_happened_follows(void **state)
{
	struct clocks c = CLOCKS_INIT;

	(void)state;
	/* 1970-01-01 was a Thursday; 600 minutes is 10:00 */
	assert_int_equal(reckon(&c, "i600", sla("slow", 60, 30)), 1);
	assert_int_equal(c.v[0].due_at, 660 * TM_MINUTE_MS);
	assert_string_equal(c.v[0].calendar, "office");
	assert_int_equal(reckon(&c, "i600", sla("slow", 60, 30)), 0);
	/* the rules change: the clock keeps its promise, the next one has the new */
	assert_int_equal(reckon(&c, "i600 o610 i620", sla("fast", 6, 3)), 2);
	assert_string_equal(c.v[0].policy, "slow");
	assert_int_equal(c.v[0].due_at, 660 * TM_MINUTE_MS);
	assert_int_equal(c.v[0].stopped_at, 610 * TM_MINUTE_MS);
	assert_string_equal(c.v[1].policy, "fast");
	assert_int_equal(c.v[1].due_at, 623 * TM_MINUTE_MS);
	assert_ptr_equal(clocks_running(&c, CLOCK_NEXT), &c.v[1]);
	assert_null(clocks_running(&c, CLOCK_FIRST));
	/* an earlier question comes in late: started and due move, the promise does not */
	assert_int_equal(reckon(&c, "i590 o610 i620", NULL), 1);
	assert_int_equal(c.v[0].started_at, 590 * TM_MINUTE_MS);
	assert_int_equal(c.v[0].due_at, 650 * TM_MINUTE_MS);
	/* the first is taken back: a promise is not put off for that */
	assert_int_equal(reckon(&c, "i595 o610 i620", NULL), 0);
	/* the second question is taken back: its clock lapses, none is left running */
	assert_int_equal(reckon(&c, "i590 o610", NULL), 1);
	assert_int_equal(c.v[1].stopped_at, c.v[1].started_at);
	assert_int_equal(c.n, 2);
	clocks_release(&c);
}

static void
a_target_not_set_makes_no_clock(void **state)
{
	struct clocks c = CLOCKS_INIT;

	(void)state;
	assert_int_equal(reckon(&c, "i600", sla("none", 0, 30)), 0);
	assert_int_equal(reckon(&c, "i600", NULL), 0);
	assert_int_equal(c.n, 0);
	clocks_release(&c);
}

/* Every history of five steps: where the summary
 * says it is enough, it says what the replay says. */
static void
the_summary_of_a_simple_ticket_is_enough(void **state)
{
	static const char letters[] = "iotsaRO";
	struct clocks a = CLOCKS_INIT, b = CLOCKS_INIT;
	char history[64], by_steps[512], by_sum[512];
	int n, i, code, simple = 0;

	(void)state;
	for (n = 0; n < 7 * 7 * 7 * 7 * 7; n++) {
		struct ticket_sum sum;
		struct sla_replay r;
		size_t len = 0;

		ticket_sum_init(&sum);
		for (i = 0, code = n; i < 5; i++, code /= 7) {
			struct step s = { .at = (i + 1) * TM_MINUTE_MS };
			char l = letters[code % 7];

			s.kind = l == 'i' ? STEP_IN : l == 'o' ? STEP_OUT :
			    l == 't' ? STEP_THANKS : l == 's' ? STEP_SILENT :
			    l == 'a' ? STEP_ANSWERED : STEP_STATUS;
			s.status = l == 'R' ? TICKET_RESOLVED : TICKET_OPEN;
			ticket_sum_add(&sum, &s);
			len += (size_t)snprintf(history + len, sizeof(history) - len, "%c%d",
			    l, i + 1);
		}
		clocks_clear(&a);
		clocks_clear(&b);
		if (!sla_of_summary(&sum, &a))
			continue;
		simple++;
		sla_begin(&r, &b);
		feed(&r, history);
		print(&a, by_sum, sizeof(by_sum));
		print(&b, by_steps, sizeof(by_steps));
		if (strcmp(by_sum, by_steps) != 0)
			fail_msg("%s: %s by its summary, %s by its steps", history, by_sum,
			    by_steps);
	}
	assert_in_range(simple, 50, 5000);
	clocks_release(&a);
	clocks_release(&b);
}

static int
setup(void **state)
{
	char text[] = "zone = UTC\n[week]\nmon-fri = 09:00-17:00\n";
	struct err e;

	(void)state;
	office = cal_parse("office", text, &e);
	return office == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	cal_free(office);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clocks_follow_the_history),
		cmocka_unit_test(what_was_promised_stays_and_what_happened_follows),
		cmocka_unit_test(a_target_not_set_makes_no_clock),
		cmocka_unit_test(the_summary_of_a_simple_ticket_is_enough),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
