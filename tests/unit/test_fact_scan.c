/* test_fact_scan - the fast way and the long way state the same facts */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "intake/fact.h"

#define HEAD "{\"kind\":\"message\",\"channel\":\"sms\",\"at\":1790816400,\"from\":\"138\","

static bool
by_scan(const char *line, size_t len, struct buf *out)
{
	struct arena scratch = ARENA_INIT;
	struct buf extra = BUF_INIT;
	struct fact f;
	bool ok = fact_scan(&f, line, len, zone_utc(), &scratch, &extra);

	buf_clear(out);
	if (ok)
		fact_print(&f, zone_utc(), out);
	buf_release(&extra);
	arena_release(&scratch);
	return ok;
}

static bool
by_parse(const char *line, size_t len, struct buf *out)
{
	struct arena scratch = ARENA_INIT;
	struct rec r = REC_INIT;
	struct fact f;
	struct err e;
	bool ok = rec_parse(&r, line, len, &e) == 0 &&
	    fact_from_rec(&f, &r, zone_utc(), &scratch, &e) > 0;

	buf_clear(out);
	if (ok)
		fact_print(&f, zone_utc(), out);
	rec_release(&r);
	arena_release(&scratch);
	return ok;
}

static void
check_alike(const char *line, size_t len, bool must)
{
	struct buf fast = BUF_INIT, slow = BUF_INIT;
	bool scanned = by_scan(line, len, &fast);

	if (must && !scanned)
		fail_msg("declined: %.*s", (int)len, line);
	if (scanned && !by_parse(line, len, &slow))
		fail_msg("scanned, but not valid: %.*s", (int)len, line);
	if (scanned && strcmp(fast.p, slow.p) != 0)
		fail_msg("%.*s\nscanned: %s\nparsed:  %s", (int)len, line, fast.p, slow.p);
	buf_release(&fast);
	buf_release(&slow);
}

static const char *const plain[] = {
	"{\"kind\":\"message\",\"channel\":\"wecom\",\"account\":\"shop\",\"external_id\":\"m1\","
	"\"direction\":\"in\",\"at\":\"2026-10-01T09:00:00.123+08:00\",\"from\":{\"id\":\"wmAAA\","
	"\"name\":\"王女士\",\"phone\":null,\"email\":\"\",\"role\":\"customer\"},\"to\":[\"lisi\",7],"
	"\"mentions\":[],\"reply_to\":null,\"text\":\"a\\tb \\\"c\\\" \\\\ 票\",\"auto\":false,"
	"\"colour\":\"red\",\"n\":-12,\"ok\":true,\"none\":null}",
	" { \"kind\" : \"message\" , \"channel\":\"x\" ,\"at\": \"1790816400\",\"text\":\"\","
	"\"from\":{ } , \"person\":{\"id\":1} , \"direction\" :\"out\",\"agent\":\"li\" } ",
	"{\"kind\":\"message\",\"channel\":\"x\",\"at\":1790816400123,\"direction\":\"note\","
	"\"from\":{\"id\":\"li\",\"role\":\"agent\"},\"text\":\"t\",\"score\":5}",
	"{\"kind\":\"order\",\"channel\":\"shop\",\"external_id\":9,\"amount_minor\":129900,"
	"\"paid_at\":\"2026-10-01T00:00:01Z\",\"person\":{\"id\":\"tb\",\"member\":\"m\"}}",
	"{\"kind\":\"event\",\"channel\":\"shop\",\"event\":\"order.status\",\"subject\":\"9\","
	"\"status\":\"已成交\",\"at\":\"2026-10-01T00:00:00Z\",\"ticket\":42}",
	"{\"kind\":\"customer\",\"channel\":\"crm\",\"person\":{\"id\":\"7\"},\"zone\":\"UTC\"}"
};

static void
plain_lines_give_the_same_fact(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		check_alike(plain[i], strlen(plain[i]), true);
}

/* Each line with each of its bytes replaced by each of those that mean something, cut at
 * each byte, and with each byte doubled: what is then still scanned is still right. */
static void
damaged_lines_are_declined_or_read_alike(void **state)
{
	static const char bytes[] = "\"\\{}[]:,u0-9. nt/x\t\n\x80\xe7";
	char line[1024];
	size_t i, at, c, len;

	(void)state;
	for (i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		len = strlen(plain[i]);
		for (at = 0; at < len; at++) {
			for (c = 0; c < sizeof(bytes); c++) {	/* its NUL too */
				memcpy(line, plain[i], len);
				line[at] = bytes[c];
				check_alike(line, len, false);
			}
			check_alike(plain[i], at, false);
			memcpy(line, plain[i], at + 1);
			memcpy(line + at + 1, plain[i] + at, len - at);
			check_alike(line, len + 1, false);
		}
	}
}

static void
lines_out_of_the_ordinary_are_declined(void **state)
{
	static const char *const lines[] = {
		"", "{}", "[]", "{\"kind\":\"ticket\",\"id\":1}",
		"{\"channel\":\"x\",\"kind\":\"message\"}",
		HEAD "\"text\":\"\\u0041\"}", HEAD "\"id\":5}", HEAD "\"extra\":{}}",
		HEAD "\"x\":1.10}", HEAD "\"x\":{}}", HEAD "\"x\":\"a\\nb\"}",
		HEAD "\"text\":\"a\",\"text\":\"b\"}", HEAD "\"text\":01}", HEAD "}",
		HEAD "\"text\":\"a\"}}", HEAD "\"to\":[\"a\",]}", HEAD "\"to\":[,]}",
		HEAD "\"score\":1234567890123456789}", HEAD "\"text\":\"\xc0\x80\"}",
		HEAD "\"agent\":{\"role\":\"boss\"}}", HEAD "\"direction\":\"up\"}"
	};
	struct buf out = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (by_scan(lines[i], strlen(lines[i]), &out))
			fail_msg("scanned: %s", lines[i]);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_lines_give_the_same_fact),
		cmocka_unit_test(damaged_lines_are_declined_or_read_alike),
		cmocka_unit_test(lines_out_of_the_ordinary_are_declined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
