/* test_gate - what may go out, when, and how often */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "desk/choose.h"
#include "desk/gate.h"
#include "time/tm.h"

static int64_t
at(const char *text)
{
	struct err e;
	int64_t v = 0;

	if (tm_parse(text, strlen(text), zone_utc(), &v, &e) < 0)
		fail_msg("%s", e.msg);
	return v;
}

static void
decisions(void **state)
{
	static const struct {
		const char *label;
		struct gate_case c;
		const char *now;
		enum gate want;
		const char *why, *until;
	} cases[] = {
		{ "staff at any time", { .purpose = PURPOSE_STAFF, .suppressed = true },
		    "2026-10-01T23:00:00Z", GATE_SEND, NULL, NULL },
		{ "service at night", { .purpose = PURPOSE_SERVICE }, "2026-10-01T23:00:00Z",
		    GATE_SEND, NULL, NULL },
		{ "a bounced address", { .purpose = PURPOSE_SERVICE, .suppressed = true,
		    .by_person = true }, "2026-10-01T12:00:00Z", GATE_NEVER, "suppressed", NULL },
		{ "refused", { .purpose = PURPOSE_SERVICE, .refused = true },
		    "2026-10-01T12:00:00Z", GATE_NEVER, "refused", NULL },
		{ "refused, but a person answers", { .purpose = PURPOSE_SERVICE, .refused = true,
		    .by_person = true }, "2026-10-01T12:00:00Z", GATE_SEND, NULL, NULL },
		{ "marketing without a yes", { .purpose = PURPOSE_MARKETING },
		    "2026-10-01T12:00:00Z", GATE_NEVER, "no_consent", NULL },
		{ "marketing with one", { .purpose = PURPOSE_MARKETING, .consented = true },
		    "2026-10-01T12:00:00Z", GATE_SEND, NULL, NULL },
		{ "muted, care", { .purpose = PURPOSE_CARE, .muted = true },
		    "2026-10-01T12:00:00Z", GATE_NEVER, "muted", NULL },
		{ "muted, service", { .purpose = PURPOSE_SERVICE, .muted = true },
		    "2026-10-01T12:00:00Z", GATE_SEND, NULL, NULL },
		{ "a machine", { .purpose = PURPOSE_CARE, .robot = true }, "2026-10-01T12:00:00Z",
		    GATE_NEVER, "robot", NULL },
		{ "before midnight", { .purpose = PURPOSE_CARE }, "2026-10-01T23:00:00Z",
		    GATE_LATER, "quiet", "2026-10-02T08:00:00Z" },
		{ "after midnight", { .purpose = PURPOSE_CARE }, "2026-10-02T07:59:00Z",
		    GATE_LATER, "quiet", "2026-10-02T08:00:00Z" },
		{ "at eight", { .purpose = PURPOSE_CARE }, "2026-10-02T08:00:00Z", GATE_SEND, NULL,
		    NULL }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct gate_case c = cases[i].c;
		const char *why = "?";
		int64_t until = 0;
		enum gate got;

		c.now = at(cases[i].now);
		c.zone = zone_utc();
		c.quiet_from = 22 * 60;
		c.quiet_until = 8 * 60;
		got = gate_decide(&c, &until, &why);
		if (got != cases[i].want || (cases[i].why != NULL && strcmp(why, cases[i].why) != 0) ||
		    (cases[i].until != NULL && until != at(cases[i].until)))
			fail_msg("%s: %d %s", cases[i].label, got, why != NULL ? why : "-");
	}
}

/* Doubled each time, up to the most, a quarter either way; the same for the same seed. */
static void
backoff(void **state)
{
	struct limits l = { .backoff_ms = TM_MINUTE_MS, .backoff_most_ms = TM_HOUR_MS };
	int64_t n, delay = TM_MINUTE_MS;
	uint64_t seed;

	(void)state;
	for (n = 1; n < 12; n++) {
		int64_t low = INT64_MAX, high = 0;

		for (seed = 0; seed < 200; seed++) {
			int64_t v = gate_retry_at(&l, n, seed, 0);

			low = v < low ? v : low;
			high = v > high ? v : high;
			assert_int_equal(v, gate_retry_at(&l, n, seed, 0));
		}
		assert_true(low >= delay * 3 / 4 && high <= delay * 5 / 4);
		assert_true(high - low > delay / 4);
		delay = delay * 2 < TM_HOUR_MS ? delay * 2 : TM_HOUR_MS;
	}
}

static void
files(void **state)
{
	static const struct { const char *text, *why; } faults[] = {
		{ "[limits]\nquiet = 22-8\n", "f:2: quiet hours look like 22:00-08:00, not \"22-8\"" },
		{ "[limits]\nattempts = 0\n", "f:2: attempts is a number above 0, not \"0\"" },
		{ "[cap a]\nmost = 3\n", "f: [cap a] has no most or no per" },
		{ "[cap a]\npurpose = spam\n", "f:2: no purpose \"spam\"" },
		{ "[cap a]\nscope = moon\n", "f:2: scope is address, ticket or all, not \"moon\"" },
		{ "[x]\n", "f:1: unknown section [x]" }
	};
	char good[] = "[limits]\nquiet = 21:30-09:00\n[cap a]\nscope = ticket\npurpose = care service\n"
	    "per = 1d\nmost = 3\n";
	struct limits l;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		char *text = xstrdup(faults[i].text);

		assert_int_equal(limits_parse(&l, "f", text, &e), -1);
		assert_string_equal(e.msg, faults[i].why);
		free(text);
	}
	assert_int_equal(limits_parse(&l, "f", good, &e), 0);
	assert_int_equal(l.quiet_from, 21 * 60 + 30);
	assert_int_equal(l.n, 1);
	assert_true(l.caps[0].purposes[PURPOSE_CARE] && !l.caps[0].purposes[PURPOSE_MARKETING]);
	limits_release(&l);
}

static void
worth(void **state)
{
	char text[] = "[channel sms]\nspeed = 9\nproof = 5\nrichness = 1\ncost = 3\n"
	    "[channel email]\nspeed = 3\nproof = 10\nrichness = 9\n"
	    "[purpose news]\nspeed = 2\ncost = 4\n[preference]\nfirst = 20\nsecond = 10\n";
	const struct choice_rule *sms, *news;
	struct choosing c;
	struct err e;
	char why[160];

	(void)state;
	assert_int_equal(choosing_parse(&c, "f", text, &e), 0);
	sms = choosing_channel(&c, "sms");
	news = choosing_purpose(&c, "news");
	assert_null(choosing_channel(&c, "fax"));
	assert_true(choice_worth(&c, sms, news, 0, false, why, sizeof(why)) == 6);
	assert_string_equal(why, "speed+18 cost-12");
	assert_true(choice_worth(&c, sms, news, 1, true, why, sizeof(why)) == 32);
	assert_string_equal(why, "speed+18 cost-6 preferred+20");
	choosing_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decisions), cmocka_unit_test(backoff), cmocka_unit_test(files),
		cmocka_unit_test(worth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
