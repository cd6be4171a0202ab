/* test_terms - what a list of terms says of a ticket */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk/terms.h"
#include "time/tm.h"

#define NOW (INT64_C(1790780400) * 1000)	/* 2026-09-30 15:00 UTC */

/* An open ticket of lisi, two days old, that has waited an hour and is due in 20 minutes. */
static struct term_facts
facts(void)
{
	struct term_facts f = { .id = 42, .customer = 7, .priority = 2,
		.opened_at = NOW - 2 * TM_DAY_MS, .waiting_since_at = NOW - TM_HOUR_MS,
		.due_at = NOW + 20 * TM_MINUTE_MS };

	f.text[TERM_STATUS] = "open";
	f.text[TERM_QUEUE] = "payment";
	f.text[TERM_AGENT] = "lisi";
	f.text[TERM_CHANNEL] = "wecom";
	f.is[TERM_IS_OPEN] = f.is[TERM_IS_UNANSWERED] = true;
	return f;
}

/* Its messages say "退票 refund please", its order is A 1. */
static int
ask(void *ctx, int64_t ticket, enum term_field field, const char *value, struct err *e)
{
	(void)e;
	assert_int_equal(ticket, 42);
	++*(int *)ctx;
	return field == TERM_ORDER ? strcmp(value, "A 1") == 0 :
	    strstr("退票 refund please", value) != NULL;
}

static void
holding(void **state)
{
	static const struct { const char *terms; int holds; } cases[] = {
		{ "", 1 }, { "status:open", 1 }, { "status:OPEN", 1 }, { "status:closed", 0 },
		{ "status:pending,open", 1 }, { "-status:open", 0 }, { "!status:closed", 1 },
		{ "status:any", 1 }, { "queue:payment status:closed", 0 },
		{ "agent:none", 0 }, { "segment:none", 1 }, { "-segment:vip", 1 },
		{ "segment:vip", 0 },
		{ "id:42", 1 }, { "id:41", 0 }, { "id:40..43", 1 }, { "id:1,42", 1 },
		{ "priority:<3", 1 }, { "priority:<=2", 1 }, { "priority:<2", 0 },
		{ "priority:>=2", 1 }, { "priority:>2", 0 }, { "priority:=2", 1 },
		{ "csat:1", 0 }, { "-csat:1", 1 }, { "reopens:0", 1 },
		{ "age:>1d", 1 }, { "age:>2d", 0 }, { "age:>=2d", 1 }, { "age:<1h", 0 },
		{ "waiting:30m..90m", 1 }, { "due:<30m", 1 }, { "due:<10m", 0 }, { "due:>0s", 1 },
		{ "opened:2026-09-28", 1 }, { "opened:>2026-09-28", 0 },
		{ "opened:2026-09-01..2026-09-28", 1 }, { "opened:<=2026-09-28", 1 },
		{ "opened:<2026-09-28", 0 }, { "opened:>=2026-09-28T15:00:00Z", 1 },
		{ "resolved:>2026-01-01", 0 },
		{ "is:open", 1 }, { "is:merged", 0 }, { "-is:merged", 1 }, { "is:merged,open", 1 },
		{ "text:退票", 1 }, { "text:REFUND", 1 }, { "refund", 1 }, { "-refund", 0 },
		{ "text:\"refund please\"", 1 }, { "\"refund please\"", 1 }, { "text:酒店", 0 },
		{ "text:酒店,退票", 1 }, { "text:退 票", 1 }, { "order:\"A 1\"", 1 },
		{ "order:A", 0 }, { "-order:A", 1 },
		{ "status:open queue:payment age:>1d channel:wecom text:退票 due:<30m", 1 }
	};
	struct term_facts f = facts();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *args[] = { xstrdup(cases[i].terms) };
		struct terms t;
		struct err e;
		int asked = 0, got;

		if (terms_parse(&t, args, 1, zone_utc(), &e) < 0)
			fail_msg("%s: %s", cases[i].terms, e.msg);
		got = terms_hold(&t, &f, NOW, ask, &asked, &e);
		if (got != cases[i].holds)
			fail_msg("%s: %d", cases[i].terms, got);
		terms_release(&t);
		free(args[0]);
	}
}

static void
refused(void **state)
{
	static const struct { const char *terms, *why; } cases[] = {
		{ "colour:red", "\"colour:red\": no such field (csr-ticket(1) lists them)" },
		{ "status:", "\"status:\": has no value" },
		{ "age:2", "\"age:2\": not a length of time, as 30m or 2d" },
		{ "priority:high", "\"priority:high\": not a number" },
		{ "priority:=>2", "\"priority:=>2\": only >, >=, <, <= and .. compare" },
		{ "opened:2026-02-31", "\"opened:2026-02-31\": not a day or time" },
		{ "is:blue", "\"is:blue\": is: knows open, unanswered, unassigned, overdue, breached, "
		    "reopened, merged, group" },
		{ "text:\"open", "\"text:\"open\": its quote is not closed" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *args[] = { xstrdup(cases[i].terms) };
		struct terms t;
		struct err e;

		assert_int_equal(terms_parse(&t, args, 1, zone_utc(), &e), -1);
		assert_int_equal(e.code, ERR_USAGE);
		assert_string_equal(e.msg, cases[i].why);
		free(args[0]);
	}
}

/* What is costly is asked about last, and only if all else holds. */
static void
costs(void **state)
{
	struct term_facts f = facts();
	char text[] = "text:退票 status:closed";
	char *args[] = { text };
	struct terms t;
	struct err e;
	int asked = 0;

	(void)state;
	assert_int_equal(terms_parse(&t, args, 1, zone_utc(), &e), 0);
	assert_int_equal(terms_hold(&t, &f, NOW, ask, &asked, &e), 0);
	assert_int_equal(asked, 0);
	assert_int_equal(terms_find(&t, TERM_STATUS)->n, 1);
	assert_null(terms_find(&t, TERM_QUEUE));
	terms_release(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holding), cmocka_unit_test(refused), cmocka_unit_test(costs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
