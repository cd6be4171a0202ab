/* test_where - terms over columns */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/where.h"

static const struct field fields[] = {
	{ "channel", FIELD_TEXT, 0, "", NULL, 0 }, { "subject", FIELD_TEXT, 0, "", NULL, 0 },
	{ "wait_ms", FIELD_MS, 0, "", NULL, 0 }, { "opened_at", FIELD_TIME, 0, "", NULL, 0 },
	{ "p90_s", FIELD_SECONDS, 1, "", NULL, 0 }, { "share", FIELD_REAL, 1, "", NULL, 0 },
	{ "met", FIELD_FLAG, 0, "", NULL, 0 }, { "agent", FIELD_TEXT, 0, "", NULL, 0 },
};
enum { N = sizeof(fields) / sizeof(fields[0]) };

static void
terms_hold_or_do_not(void **state)
{
	/* 2026-10-01T09:00:00+08:00 */
	const struct cell row[N] = {
		cell_text("wecom"), cell_text("我要退款，ＡＢＣ"), cell_int(300000),
		cell_time(1790816400000), cell_real(12.5), cell_real(80), cell_int(1),
		cell_null(),
	};
	static const struct {
		const char *text;
		bool holds;
	} cases[] = {
		{ "", true },
		{ "channel=wecom", true },
		{ "channel=email", false },
		{ "channel=email,wecom", true },
		{ "channel!=email,phone", true },
		{ "channel!=email,wecom", false },
		{ "channel=wecom met=0", false },
		{ "  channel=wecom\tmet=1 ", true },
		{ "channel=\"wecom\"", true },
		{ "subject~退款", true },
		{ "subject~退貨,退款", true },
		{ "subject~abc", true },
		{ "subject~\"要退\"", true },
		{ "subject!~机票", true },
		{ "subject!~退款", false },
		{ "agent=", true },
		{ "agent!=", false },
		{ "channel=", false },
		{ "channel!=", true },
		{ "agent!=lisi", true },
		{ "agent=lisi", false },
		{ "agent~li", false },
		{ "agent!~li", true },
		{ "wait_ms>299999", true },
		{ "wait_ms>5m", false },
		{ "wait_ms>=5m wait_ms<1h30m", true },
		{ "wait_ms=300000", true },
		{ "wait_ms=", false },
		{ "opened_at>=2026-10-01", true },
		{ "opened_at<2026-10-01T09:00:00+08:00", false },
		{ "opened_at=\"2026-10-01 09:00:00\"", true },
		{ "p90_s>12s", true },
		{ "p90_s>12.5", false },
		{ "share<80.5", true },
		{ "channel>email", true },
		{ "channel<email", false },
	};
	const struct zone *z = zone_get("Asia/Shanghai", &(struct err){ 0 });
	size_t i;

	(void)state;
	assert_non_null(z);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct where w = WHERE_INIT;
		struct err e = { 0 };

		if (where_add(&w, "--where", cases[i].text, fields, N, z, &e) < 0)
			fail_msg("%s: %s", cases[i].text, e.msg);
		if (where_holds(&w, row) != cases[i].holds)
			fail_msg("%s: should%s hold", cases[i].text,
			    cases[i].holds ? "" : " not");
		where_release(&w);
	}
}

static void
null_is_neither_less_nor_greater(void **state)
{
	const struct cell row[N] = { { 0 } };
	struct where w = WHERE_INIT;
	struct err e;

	(void)state;
	assert_int_equal(where_add(&w, "-", "wait_ms<1", fields, N, zone_utc(), &e), 0);
	assert_false(where_holds(&w, row));
	assert_true(where_uses(&w, 2));
	assert_false(where_uses(&w, 0));
	where_release(&w);
	assert_int_equal(where_add(&w, "-", "wait_ms>=0", fields, N, zone_utc(), &e), 0);
	assert_false(where_holds(&w, row));
	where_release(&w);
}

static void
a_wrong_term_is_named(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "chanel=wecom", "--where: no column \"chanel\" here; there are channel subject "
		    "wait_ms opened_at p90_s share met agent" },
		{ "=x", "--where: no column \"=x\" here; there are channel subject wait_ms "
		    "opened_at p90_s share met agent" },
		{ "channel", "--where: no operator at \"\": = != < <= > >= ~ !~" },
		{ "channel?x", "--where: no operator at \"?x\": = != < <= > >= ~ !~" },
		{ "channel=\"x", "--where: a quote is never closed" },
		{ "channel=\"x\"y", "--where: a blank is missing at \"y\"" },
		{ "wait_ms>soon", "--where: wait_ms: \"soon\" is not of its type (ms)" },
		{ "wait_ms=9223372036854775808",
		    "--where: wait_ms: \"9223372036854775808\" is not of its type (ms)" },
		{ "opened_at>2026-13-01",
		    "--where: opened_at: \"2026-13-01\" is not of its type (time)" },
		{ "wait_ms>", "--where: wait_ms: no value" },
		{ "wait_ms>1,2", "--where: wait_ms: only one value can be compared" },
		{ "wait_ms~3", "--where: wait_ms: ~ is for text" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct where w = WHERE_INIT;
		struct err e;

		assert_int_equal(where_add(&w, "--where", cases[i].text, fields, N, zone_utc(),
		    &e), -1);
		assert_int_equal(e.code, ERR_USAGE);
		assert_string_equal(e.msg, cases[i].message);
		where_release(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_hold_or_do_not),
		cmocka_unit_test(null_is_neither_less_nor_greater),
		cmocka_unit_test(a_wrong_term_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
