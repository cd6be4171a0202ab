/* test_segment - segments, moods and risks: rules in, words out */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "desk/mood.h"
#include "desk/risk.h"
#include "desk/segment.h"
#include "text/money.h"
#include "time/tm.h"

static void
quintiles_rank_ties_together(void **state)
{
	static const struct {
		int64_t v[10];
		size_t n;
		int want[10];
	} rows[] = {
		{ { 10, 20, 30, 40, 50 }, 5, { 1, 2, 3, 4, 5 } },
		{ { 50, 40, 30, 20, 10 }, 5, { 5, 4, 3, 2, 1 } },
		{ { 7, 7, 7, 7, 7 }, 5, { 1, 1, 1, 1, 1 } },
		{ { 1, 1, 1, 1, 9 }, 5, { 1, 1, 1, 1, 5 } },
		{ { 1, 2, 2, 3, 4, 4, 4, 8, 9, 9 }, 10, { 1, 1, 1, 2, 3, 3, 3, 4, 5, 5 } },
		{ { 42 }, 1, { 1 } }, { { 0 }, 0, { 0 } },
	};
	int score[10];
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		segment_quintiles(rows[i].v, rows[i].n, false, score);
		for (j = 0; j < rows[i].n; j++)
			if (score[j] != rows[i].want[j])
				fail_msg("row %zu: %zu is %d, not %d", i, j, score[j], rows[i].want[j]);
	}
	segment_quintiles(rows[0].v, 5, true, score);
	assert_int_equal(score[0], 5);
	assert_int_equal(score[4], 1);
}

static const char plan[] =
    "into = segment\nperiod = 365d\ncurrency = CNY\nrate USD = 7.1\nrate JPY = 0.05\n"
    "void = 交易关闭, cancelled\nfeature family = 亲子, kids\n"
    "[vip: by level]\nmember = 金卡, Gold\n"
    "[vip: by worth]\nrecency = 4-5\namount = 5000-\n"
    "[parents]\nfamily = 50%-\n"
    "[lapsed]\nlast_order = 180d-\n"
    "[new: first]\norders = 1\nfirst_order = 0-90d\n"
    "[member]\nmember = any\n"
    "[known]\nmember = !any\norders = 1-\n";

static void
parse(struct segment_plan *p, const char *text)
{
	char *copy = xstrdup(text);
	struct err e;

	if (segment_parse(p, "t.conf", copy, &e) < 0)
		fail_msg("%s", e.msg);
	free(copy);
}

static void
the_first_section_that_fits_names_the_customer(void **state)
{
	static const struct {
		const char *facts;	/* orders amount first last recency family; - none */
		const char *level;
		bool member;
		const char *want, *why;
	} rows[] = {
		{ "1 100 10 10 1 0", "金卡", true, "vip", "vip: by level (member 金卡)" },
		{ "1 100 10 10 1 0", "GOLD", true, "vip", "vip: by level (member GOLD)" },
		{ "1 100 10 10 1 0", "白金卡", true, "new", "new: first (orders 1, first_order 10d)" },
		{ "4 5000 400 10 4 0", NULL, false, "vip", "vip: by worth (recency 4, amount 5000)" },
		{ "4 4999 400 10 4 0", NULL, false, "known", "known (member no, orders 4)" },
		{ "4 4999 400 10 4 50", NULL, false, "parents", "parents (family 50%)" },
		{ "2 10 300 180 1 0", NULL, false, "lapsed", "lapsed (last_order 180d)" },
		{ "0 - - - - -", NULL, true, "member", "member (member yes)" },
		{ "0 - - - - -", NULL, false, NULL, "" },
	};
	static const int order[] = { SEGMENT_ORDERS, SEGMENT_AMOUNT, SEGMENT_FIRST, SEGMENT_LAST,
		SEGMENT_RECENCY, SEGMENT_FEATURE };
	struct segment_plan p;
	size_t i, j;

	(void)state;
	parse(&p, plan);
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct segment_facts f = { .level = rows[i].level, .member = rows[i].member };
		struct buf why = BUF_INIT;
		const char *s = rows[i].facts, *got;

		for (j = 0; j < 6; j++) {
			char *end;

			f.has[order[j]] = *s != '-';
			f.v[order[j]] = strtod(s, &end);
			s += *s == '-' ? 2 : end - s + 1;
			if (order[j] == SEGMENT_FIRST || order[j] == SEGMENT_LAST)
				f.v[order[j]] *= (double)TM_DAY_MS;
		}
		got = segment_match(&p, &f, &why);
		if ((got == NULL) != (rows[i].want == NULL) || strcmp(buf_cstr(&why), rows[i].why) != 0)
			fail_msg("row %zu: %s, because %s", i, got ? got : "nothing", buf_cstr(&why));
		if (got != NULL)
			assert_string_equal(got, rows[i].want);
		buf_release(&why);
	}
	segment_release(&p);
}

static void
words_and_money_of_orders(void **state)
{
	struct fold fold = FOLD_INIT;
	struct segment_plan p;
	int64_t out;

	(void)state;
	parse(&p, plan);
	assert_int_equal(segment_words(&p, "交易關閉", &fold), 1);
	assert_int_equal(segment_words(&p, "Order CANCELLED", &fold), 1);
	assert_int_equal(segment_words(&p, "三亚亲子套餐", &fold), 2);
	assert_int_equal(segment_words(&p, "交易成功", &fold), 0);
	assert_int_equal(segment_words(&p, NULL, &fold), 0);
	assert_true(segment_money(&p, 1000, "CNY", &out) && out == 1000);
	assert_true(segment_money(&p, 1000, NULL, &out) && out == 1000);
	assert_true(segment_money(&p, 1000, "USD", &out) && out == 7100);
	assert_true(segment_money(&p, 1000, "JPY", &out) && out == 5000);
	assert_false(segment_money(&p, 1000, "EUR", &out));
	fold_release(&fold);
	segment_release(&p);
}

static void
a_faulty_plan_names_its_line(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "no \"into\"" }, { "into = segment\n", "no [section]" },
		{ "into = shoe\n[a]\norders = 1\n", "t.conf:1: into is segment or profile" },
		{ "into = segment\n[a]\nshoes = 1\n", "t.conf:3: \"shoes\" is nothing" },
		{ "into = segment\n[a]\norders = 5-2\n", "t.conf:3: orders: the range \"5-2\"" },
		{ "into = segment\n[a]\norders = x\n", "t.conf:3: \"x\" is no number" },
		{ "into = segment\n[a]\norders =\n", "t.conf:3: orders: no range" },
		{ "into = segment\n[a]\nlast_order = 90\n", "t.conf:3: \"90\" is not a time" },
		{ "into = segment\nperiod = year\n[a]\norders = 1\n", "t.conf:2: period" },
		{ "into = segment\nrate USD = free\n[a]\norders = 1\n", "t.conf:2: \"free\" is no rate" },
		{ "into = segment\nrate DOLLAR = 7\n[a]\norders = 1\n", "t.conf:2: \"DOLLAR\" is no currency" },
		{ "into = segment\nfeature orders = a\n[a]\norders = 1\n", "t.conf:2: \"orders\" has a meaning" },
		{ "into = segment\nvoid = ,\n[a]\norders = 1\n", "t.conf:2: a list of words is empty" },
		{ "into = segment\ncolour = red\n[a]\norders = 1\n", "t.conf:2: \"colour\" is none of" },
		{ "into = segment\n[: why]\norders = 1\n", "t.conf:2: a section names a segment" },
	};
	struct segment_plan p;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *copy = xstrdup(rows[i].text);

		assert_int_equal(segment_parse(&p, "t.conf", copy, &e), -1);
		assert_int_equal(e.code, ERR_CONFIG);
		if (strstr(e.msg, rows[i].want) == NULL)
			fail_msg("\"%s\" instead of \"%s\"", e.msg, rows[i].want);
		free(copy);
	}
}

static void
moods_have_a_trend(void **state)
{
	static const struct {
		const char *latest_first;	/* a n 0 + */
		enum mood_trend want;
	} rows[] = {
		{ "", MOOD_UNKNOWN }, { "nn000", MOOD_UNKNOWN }, { "nnn000", MOOD_WORSE },
		{ "000nnn", MOOD_BETTER }, { "000000", MOOD_STEADY }, { "aaaaa000", MOOD_WORSE },
		{ "0n0n00n0n0", MOOD_STEADY }, { "+++++nnnnnnnnnn", MOOD_BETTER },
		{ "+0+00+0+00+0+00", MOOD_STEADY },
	};
	static const struct {
		char c;
		const char *word;
	} words[] = { { 'a', "angry" }, { 'n', "negative" }, { '0', "neutral" }, { '+', "positive" } };
	size_t i, j, k;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int v[16];

		for (j = 0; rows[i].latest_first[j] != '\0'; j++)
			for (k = 0; k < 4; k++)
				if (words[k].c == rows[i].latest_first[j])
					assert_true(mood_score(words[k].word, &v[j]));
		if (mood_trend(v, j) != rows[i].want)
			fail_msg("%s is %s", rows[i].latest_first, mood_trend_name(mood_trend(v, j)));
	}
	assert_false(mood_score(NULL, &(int){ 0 }));
	assert_false(mood_score("cross", &(int){ 0 }));
}

static void
risks_say_why(void **state)
{
	const int64_t day = TM_DAY_MS, now = 1000 * TM_DAY_MS;
	static const struct {
		struct risk_facts f;
		int contacts[8];	/* days ago; 0 ends */
		int points;
		const char *why;
	} rows[] = {
		{ { .form = NULL }, { 0 }, 0, "[]" },
		{ { .form = NULL }, { 100, 90, 80, 70, 0 }, 3, "[\"silent 70d, usually 10d (3)\"]" },
		{ { .form = NULL }, { 180, 155, 130, 105, 0 }, 2, "[\"silent 105d, usually 25d (2)\"]" },
		{ { .form = NULL }, { 160, 120, 80, 40, 0 }, 0, "[]" },
		{ { .form = NULL }, { 20, 19, 18, 17, 0 }, 0, "[]" },
		{ { .form = NULL }, { 500, 400, 0 }, 0, "[]" },
		{ { .form = "csat", .score = 2, .score_at = 990 }, { 0 }, 3, "[\"csat 2 10d ago (3)\"]" },
		{ { .form = "csat", .score = 3, .score_at = 990 }, { 0 }, 0, "[]" },
		{ { .form = "nps", .score = 6, .score_at = 700 }, { 0 }, 0, "[]" },
		{ { .form = "ces-mail", .score = 3, .score_at = 990 }, { 0 }, 3, "[\"ces-mail 3 10d ago (3)\"]" },
		{ { .complaint = 7, .complaint_at = 999 }, { 0 }, 3, "[\"complaint #7 open 1d (3)\"]" },
		{ { .complaint = 7, .complaint_at = 990, .waiting_at = 990, .reopens = 2 }, { 0 }, 6,
		  "[\"complaint #7 open 10d (4)\",\"waits 10d (1)\",\"2 reopened (1)\"]" },
		{ { .moods = { -2, -1, -1, 0, 0, 0 }, .n_moods = 6 }, { 0 }, 2, "[\"mood gets worse (2)\"]" },
	};
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct risk_facts f = rows[i].f;
		struct buf why = BUF_INIT;
		int64_t at[8];

		for (n = 0; rows[i].contacts[n] != 0; n++)
			at[n] = now - rows[i].contacts[n] * day;
		f.contacts = at;
		f.n_contacts = n;
		f.score_at *= day;
		f.complaint_at *= day;
		f.waiting_at *= day;
		if (risk_points(&f, now, &why) != rows[i].points || strcmp(why.p, rows[i].why) != 0)
			fail_msg("row %zu: %s", i, why.p);
		buf_release(&why);
	}
}

static void
money_as_people_write_it(void **state)
{
	static const struct {
		int64_t minor;
		const char *currency, *want;
	} rows[] = {
		{ 129900, "CNY", "CNY 1,299.00" }, { 5, "CNY", "CNY 0.05" }, { 0, "USD", "USD 0.00" },
		{ -129900, "CNY", "CNY -1,299.00" }, { 1200000, "JPY", "JPY 1,200,000" },
		{ 1234, "KWD", "KWD 1.234" }, { 100, NULL, "1.00" }, { 99999, "CNY", "CNY 999.99" },
		{ INT64_MIN, "CNY", "CNY -92,233,720,368,547,758.08" },
	};
	char out[MONEY_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(money_format(rows[i].minor, rows[i].currency, out), rows[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quintiles_rank_ties_together),
		cmocka_unit_test(the_first_section_that_fits_names_the_customer),
		cmocka_unit_test(words_and_money_of_orders),
		cmocka_unit_test(a_faulty_plan_names_its_line),
		cmocka_unit_test(moods_have_a_trend),
		cmocka_unit_test(risks_say_why),
		cmocka_unit_test(money_as_people_write_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
