/* test_call - what became of a call, from its legs in every order */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "desk/call.h"

enum { MOST = 4 };
#define S INT64_C(1000)
#define NO CALL_NO_SPAN
#define LINE(o, at, answered, ended, wait, talk, agent) \
	{ CALL_LINE, CALL_##o, (at) * S, (answered) * S, (ended) * S, (wait), (talk), NULL, agent }
#define QUEUE(o, at, answered, ended, wait, talk, queue, agent) \
	{ CALL_QUEUE, CALL_##o, (at) * S, (answered) * S, (ended) * S, (wait), (talk), queue, agent }

static const struct {
	const char *label;
	struct call_leg legs[MOST];
	size_t n;
	struct call_sum want;
} cases[] = {
	{ "nothing is known of its end", { { 0 } }, 0,
	  { CALL_ONGOING, 0, 0, NO, NO, NULL, NULL } },
	{ "one line, answered", { LINE(ANSWERED, 100, 121, 361, 21 * S, 240 * S, "8007") }, 1,
	  { CALL_ANSWERED, 121 * S, 361 * S, 21 * S, 240 * S, NULL, "8007" } },
	{ "one line, answered, its wait not told",
	  { LINE(ANSWERED, 100, 100, 0, NO, 240 * S, NULL) }, 1,
	  { CALL_ANSWERED, 100 * S, 0, NO, 240 * S, NULL, NULL } },
	{ "one line, rang out", { LINE(NO_ANSWER, 100, 0, 145, NO, NO, "8007") }, 1,
	  { CALL_NO_ANSWER, 0, 145 * S, 45 * S, NO, NULL, "8007" } },
	{ "two desks rang, the third took it",
	  { LINE(NO_ANSWER, 100, 0, 110, 10 * S, NO, "8001"),
	    LINE(BUSY, 110, 0, 111, 1 * S, NO, "8002"),
	    LINE(ANSWERED, 111, 121, 181, 10 * S, 60 * S, "8003") }, 3,
	  { CALL_ANSWERED, 121 * S, 181 * S, 21 * S, 60 * S, NULL, "8003" } },
	{ "passed on: both talked",
	  { LINE(ANSWERED, 100, 110, 170, 10 * S, 60 * S, "8001"),
	    LINE(ANSWERED, 170, 175, 265, 5 * S, 90 * S, "8002") }, 2,
	  { CALL_ANSWERED, 110 * S, 265 * S, 10 * S, 150 * S, NULL, "8001" } },
	{ "desks that rang together: the one that says most",
	  { LINE(FAILED, 100, 0, 130, NO, NO, NULL), LINE(NO_ANSWER, 100, 0, 130, NO, NO, "8001"),
	    LINE(BUSY, 100, 0, 130, NO, NO, "8002") }, 3,
	  { CALL_NO_ANSWER, 0, 130 * S, 30 * S, NO, NULL, "8001" } },
	{ "rang out, then a message was left",
	  { LINE(NO_ANSWER, 100, 0, 130, 30 * S, NO, "8001"),
	    LINE(VOICEMAIL, 100, 0, 160, NO, NO, NULL) }, 2,
	  { CALL_VOICEMAIL, 0, 160 * S, 60 * S, NO, NULL, NULL } },
	{ "served by the menu", { LINE(MENU, 100, 0, 160, NO, NO, "x") }, 1,
	  { CALL_MENU, 0, 160 * S, 60 * S, NO, NULL, NULL } },
	{ "the queue: taken", { QUEUE(ANSWERED, 105, 126, 366, 21 * S, 240 * S, "cs", "8007") }, 1,
	  { CALL_ANSWERED, 126 * S, 366 * S, 21 * S, 240 * S, "cs", "8007" } },
	{ "the line says answered by a machine, the queue knows: abandoned",
	  { LINE(ANSWERED, 100, 100, 150, 0, 50 * S, NULL),
	    QUEUE(ABANDONED, 105, 0, 150, 45 * S, NO, "cs", NULL) }, 2,
	  { CALL_ABANDONED, 0, 150 * S, 45 * S, NO, "cs", NULL } },
	{ "the line says at once, the queue knows when",
	  { LINE(ANSWERED, 100, 100, 367, 0, 267 * S, "8007"),
	    QUEUE(ANSWERED, 105, 126, 366, 21 * S, 240 * S, "cs", "8007") }, 2,
	  { CALL_ANSWERED, 126 * S, 366 * S, 21 * S, 240 * S, "cs", "8007" } },
	{ "from one queue into the next: the wait counts from the first",
	  { QUEUE(LEFT, 100, 0, 160, 60 * S, NO, "vip", NULL),
	    QUEUE(ANSWERED, 162, 182, 242, 20 * S, 60 * S, "cs", "8001") }, 2,
	  { CALL_ANSWERED, 182 * S, 242 * S, 82 * S, 60 * S, "cs", "8001" } },
	{ "out of the queue, and nowhere",
	  { QUEUE(LEFT, 100, 0, 160, 60 * S, NO, "cs", NULL),
	    LINE(ANSWERED, 100, 100, 160, 0, 60 * S, NULL) }, 2,
	  { CALL_LEFT, 0, 160 * S, 60 * S, NO, "cs", NULL } },
	{ "out of the queue, taken elsewhere",
	  { QUEUE(LEFT, 100, 0, 160, 60 * S, NO, "cs", NULL),
	    LINE(ANSWERED, 100, 100, 260, 0, 160 * S, "8009") }, 2,
	  { CALL_ANSWERED, 160 * S, 260 * S, 60 * S, 100 * S, "cs", "8009" } },
	{ "out of the queue, to the voice mail",
	  { QUEUE(LEFT, 100, 0, 160, 60 * S, NO, "cs", NULL),
	    LINE(VOICEMAIL, 100, 0, 190, NO, NO, NULL) }, 2,
	  { CALL_VOICEMAIL, 0, 190 * S, 60 * S, NO, "cs", NULL } },
};

static void
check(const char *label, const struct call_leg *legs, size_t n, const struct call_sum *want)
{
	struct call_sum got;

	call_fold(legs, n, &got);
	if (!call_sum_equal(&got, want))
		fail_msg("%s: %s answered %lld ended %lld wait %lld talk %lld %s %s", label,
		    call_outcome_name(got.outcome), (long long)got.answered_at,
		    (long long)got.ended_at, (long long)got.wait_ms, (long long)got.talk_ms,
		    got.queue != NULL ? got.queue : "-", got.agent != NULL ? got.agent : "-");
}

static void
legs_make_a_call(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cases[i].label, cases[i].legs, cases[i].n, &cases[i].want);
}

static void
their_order_does_not_matter(void **state)
{
	size_t i, k, turn;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct call_leg legs[MOST];
		size_t n = cases[i].n;

		for (turn = 1; turn < n; turn++) {
			for (k = 0; k < n; k++)
				legs[k] = cases[i].legs[(k + turn) % n];
			check(cases[i].label, legs, n, &cases[i].want);
		}
		for (k = 0; k < n; k++)
			legs[k] = cases[i].legs[n - 1 - k];
		check(cases[i].label, legs, n, &cases[i].want);
	}
}

static void
outcomes_have_names(void **state)
{
	int i;

	(void)state;
	for (i = 1; i < CALL_OUTCOMES; i++)
		assert_int_equal(call_outcome_parse(call_outcome_name((enum call_outcome)i)), i);
	assert_int_equal(call_outcome_parse(""), 0);
	assert_int_equal(call_outcome_parse(NULL), 0);
	assert_int_equal(call_outcome_parse("Answered"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(legs_make_a_call),
		cmocka_unit_test(their_order_does_not_matter),
		cmocka_unit_test(outcomes_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
