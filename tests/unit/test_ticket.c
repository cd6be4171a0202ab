/* test_ticket - a ticket's state as the fold of its steps, and the threading rules */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk/threading.h"
#include "desk/ticket.h"

#define IN(t) { .kind = STEP_IN, .at = t }
#define THX(t) { .kind = STEP_THANKS, .at = t }
#define OUT(t) { .kind = STEP_OUT, .at = t, .agent = 5 }
#define BOT(t) { .kind = STEP_SILENT, .at = t }
#define SET(t, s) { .kind = STEP_STATUS, .at = t, .status = s }
#define DONE(t) SET(t, TICKET_RESOLVED)

struct fold_case {
	const char *label;
	struct step steps[6];
	struct ticket_sum want;
};

static const struct fold_case folds[] = {
	{ "one question waits", { IN(10) },
	  { .status = 1, .cycle = 1, .messages_in = 1, .opened_at = 10, .first_in_at = 10,
	    .last_in_at = 10, .waiting_since_at = 10, .last_at = 10 } },
	{ "later questions do not move the wait", { IN(10), IN(20) },
	  { .status = 1, .cycle = 1, .messages_in = 2, .opened_at = 10, .first_in_at = 10,
	    .last_in_at = 20, .waiting_since_at = 10, .last_at = 20 } },
	{ "a machine's answer answers nothing", { IN(10), BOT(11) },
	  { .status = 1, .cycle = 1, .messages_in = 1, .opened_at = 10, .first_in_at = 10,
	    .last_in_at = 10, .waiting_since_at = 10, .last_at = 11 } },
	{ "the first human answer counts once", { IN(10), OUT(15), OUT(30) },
	  { .status = 1, .cycle = 1, .messages_in = 1, .messages_out = 2, .opened_at = 10,
	    .first_in_at = 10, .first_response_at = 15, .first_response_agent = 5,
	    .last_in_at = 10, .last_out_at = 30, .last_at = 30 } },
	{ "what we write first is no response", { OUT(5), IN(10), OUT(15) },
	  { .status = 1, .cycle = 1, .messages_in = 1, .messages_out = 2, .opened_at = 5,
	    .first_in_at = 10, .first_response_at = 15, .first_response_agent = 5,
	    .last_in_at = 10, .last_out_at = 15, .last_at = 15 } },
	{ "thanks neither waits nor reopens", { IN(10), OUT(15), DONE(20), THX(25) },
	  { .status = 3, .cycle = 1, .messages_in = 2, .messages_out = 1, .opened_at = 10,
	    .first_in_at = 10, .first_response_at = 15, .first_response_agent = 5,
	    .last_in_at = 25, .last_out_at = 15, .first_resolved_at = 20, .resolved_at = 20,
	    .last_at = 25, .event_at = 20 } },
	{ "a reopened ticket starts a cycle", { IN(10), OUT(15), DONE(20), IN(30) },
	  { .status = 1, .cycle = 2, .reopens = 1, .messages_in = 2, .messages_out = 1,
	    .opened_at = 10, .first_in_at = 10, .first_response_at = 15,
	    .first_response_agent = 5, .last_in_at = 30, .last_out_at = 15,
	    .waiting_since_at = 30, .first_resolved_at = 20, .last_at = 30, .event_at = 20 } },
	{ "closing what is resolved keeps the time", { IN(10), DONE(20), SET(40, TICKET_CLOSED) },
	  { .status = 4, .cycle = 1, .messages_in = 1, .opened_at = 10, .first_in_at = 10,
	    .last_in_at = 10, .first_resolved_at = 20, .resolved_at = 20, .last_at = 40,
	    .event_at = 40 } },
	{ "a word of the customer ends the pause", { IN(10), SET(12, TICKET_PENDING), IN(20) },
	  { .status = 1, .cycle = 1, .messages_in = 2, .opened_at = 10, .first_in_at = 10,
	    .last_in_at = 20, .waiting_since_at = 10, .last_at = 20, .event_at = 12 } },
};

static void
folds_are_as_defined(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
		struct ticket_sum s;

		ticket_sum_init(&s);
		for (k = 0; k < 6 && folds[i].steps[k].at != 0; k++) {
			assert_true(ticket_sum_follows(&s, &folds[i].steps[k]));
			ticket_sum_add(&s, &folds[i].steps[k]);
		}
		if (!ticket_sum_equal(&s, &folds[i].want))
			fail_msg("%s: status %d cycle %d in %d out %d waiting %d resolved %d",
			    folds[i].label, (int)s.status, (int)s.cycle, (int)s.messages_in,
			    (int)s.messages_out, (int)s.waiting_since_at, (int)s.resolved_at);
	}
}

static void
a_late_step_is_noticed(void **state)
{
	struct step in = IN(10), early = IN(5), same = IN(10), done = DONE(10), after = IN(10);
	struct ticket_sum s;

	(void)state;
	ticket_sum_init(&s);
	ticket_sum_add(&s, &in);
	assert_false(ticket_sum_follows(&s, &early));
	assert_true(ticket_sum_follows(&s, &same));
	ticket_sum_add(&s, &done);
	/* Messages stand before events of the same time. */
	assert_false(ticket_sum_follows(&s, &after));
}

static void
statuses_are_read_in_both_languages(void **state)
{
	static const struct {
		const char *word;
		int status;
	} cases[] = {
		{ "Solved", 3 }, { "已解决", 3 }, { "Open", 1 }, { "处理中", 1 }, { "Pending", 2 },
		{ "已关闭", 4 }, { "Closed", 4 }, { "nonsense", 0 }, { NULL, 0 }, { "", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(ticket_status_parse(cases[i].word), cases[i].status);
}

static void
threading_rules(void **state)
{
	static const struct ticket_sum open = { .status = TICKET_OPEN };
	static const struct ticket_sum over = { .status = TICKET_RESOLVED, .resolved_at = 100 };
	static const struct {
		const char *label;
		struct threading_case c;
		enum threading want;
	} cases[] = {
		{ "first word of a customer", { .in = true, .at = 1 }, THREAD_NEW },
		{ "first word of ours", { .at = 1 }, THREAD_NEW },
		{ "a machine opens nothing", { .in = true, .automatic = true }, THREAD_NONE },
		{ "a machine on a named ticket", { .named = true, .automatic = true }, THREAD_NEW },
		{ "group chatter", { .in = true, .grouped = true }, THREAD_NONE },
		{ "a group question", { .in = true, .grouped = true, .asks = true }, THREAD_NEW },
		{ "an open ticket", { .candidate = &open, .in = true, .at = 9 }, THREAD_JOIN },
		{ "before the resolution", { .candidate = &over, .in = true, .at = 99 }, THREAD_JOIN },
		{ "thanks", { .candidate = &over, .in = true, .thanks = true, .at = 101 }, THREAD_THANKS },
		{ "within grace",
		    { .candidate = &over, .in = true, .at = 110, .grace_ms = 10 }, THREAD_REOPEN },
		{ "after grace",
		    { .candidate = &over, .in = true, .at = 111, .grace_ms = 10 }, THREAD_FOLLOW },
		{ "thanks after grace",
		    { .candidate = &over, .in = true, .thanks = true, .at = 999, .grace_ms = 10 }, THREAD_THANKS },
		{ "an auto-reply after",
		    { .candidate = &over, .in = true, .automatic = true, .at = 105, .grace_ms = 10 }, THREAD_JOIN },
		{ "our last word", { .candidate = &over, .at = 105, .grace_ms = 10 }, THREAD_JOIN },
		{ "we begin anew", { .candidate = &over, .at = 999, .grace_ms = 10 }, THREAD_FOLLOW },
		{ "the source says it is the same",
		    { .candidate = &over, .named = true, .in = true, .at = 999 }, THREAD_REOPEN },
		{ "group chatter after",
		    { .candidate = &over, .in = true, .grouped = true, .at = 105, .grace_ms = 10 }, THREAD_NONE },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (threading_decide(&cases[i].c) != cases[i].want)
			fail_msg("%s: %d", cases[i].label, (int)threading_decide(&cases[i].c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_are_as_defined),
		cmocka_unit_test(a_late_step_is_noticed),
		cmocka_unit_test(statuses_are_read_in_both_languages),
		cmocka_unit_test(threading_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
