/* test_survey - answers read out of replies, and what they come to */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/conf.h"
#include "desk/survey.h"

static struct survey_form csat, nps, ces;

static void
load(struct survey_form *f, const char *file, const char *name)
{
	struct err e = { 0, "" };
	char *path = conf_find(file, &e), *text;

	text = path ? conf_read(path, 1 << 20, NULL, &e) : NULL;
	if (text == NULL || survey_parse(f, name, file, text, &e) < 0)
		fail_msg("%s", e.msg);
	free(text);
	free(path);
}

static int
setup(void **state)
{
	(void)state;
	load(&csat, "surveys/csat.survey", "csat");
	load(&nps, "surveys/nps.survey", "nps");
	load(&ces, "surveys/ces.survey", "ces");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	survey_release(&csat);
	survey_release(&nps);
	survey_release(&ces);
	return 0;
}

static void
reads_a_score(void **state)
{
	static const struct {
		struct survey_form *form;
		const char *text;
		int score;	/* -1: not an answer */
	} cases[] = {
		{ &csat, "5", 5 }, { &csat, " 4 ", 4 }, { &csat, "３", 3 }, { &csat, "5!", 5 },
		{ &csat, "五分", 5 }, { &csat, "五", 5 }, { &csat, "两分", 2 }, { &csat, "5分", 5 },
		{ &csat, "我给4分", 4 }, { &csat, "打5分", 5 }, { &csat, "给个五星好评", 5 },
		{ &csat, "4/5", 4 }, { &csat, "4 out of 5", 4 }, { &csat, "9/10", 5 },
		{ &csat, "10/10", 5 }, { &csat, "5/5 great", 5 }, { &csat, "4.5", 5 },
		{ &csat, "3 stars", 3 }, { &csat, "five stars", 5 }, { &csat, "Four", 4 },
		{ &csat, "★★★★☆", 4 }, { &csat, "⭐⭐⭐⭐⭐", 5 }, { &csat, "👍", 5 },
		{ &csat, "5，就是慢了点", 5 }, { &csat, "2分，等太久了", 2 }, { &csat, "4, but slow", 4 },
		{ &csat, "1\n> 请回复 1-5", 1 }, { &csat, "谢谢，5分", 5 }, { &csat, "①", 1 },
		{ &csat, "很满意，就是慢了点", 5 }, { &csat, "满意", 4 }, { &csat, "滿意", 4 },
		{ &csat, "非常不满意", 1 }, { &csat, "不满意", 2 }, { &csat, "不是很满意", 2 },
		{ &csat, "一般", 3 }, { &csat, "还行吧", 3 }, { &csat, "十分满意", 5 },
		{ &csat, "三星，一般", 3 }, { &csat, "谢谢你们，这次服务很满意", 5 },
		{ &csat, "不错", 4 }, { &csat, "差评！！", 1 }, { &csat, "没有不满意", 4 },
		{ &csat, "great service", 5 }, { &csat, "Very satisfied, thanks", 5 },
		{ &csat, "very dissatisfied", 1 }, { &csat, "Unsatisfied.", 2 },
		{ &csat, "not great", 2 }, { &csat, "It wasn't very helpful", 2 },
		{ &csat, "not bad", 4 }, { &csat, "I am satisfied", 4 },
		{ &csat, "THE WORST", 1 }, { &csat, "态度很好，可是没解决", 5 },
		{ &csat, "On Monday Li wrote:\n> 5", -1 },
		{ &csat, "", -1 }, { &csat, "谢谢", -1 }, { &csat, "ok", -1 },
		{ &csat, "6", -1 }, { &csat, "0", -1 }, { &csat, "十分", -1 }, { &csat, "55", -1 },
		{ &csat, "-5", -1 }, { &csat, "5%", -1 }, { &csat, "5:30", -1 },
		{ &csat, "5 真的很专业", 5 }, { &csat, "3 吓我一跳", 3 },
		{ &csat, "3 个人去几点集合", -1 }, { &csat, "2 张票改签", -1 },
		{ &csat, "5号下的订单还没到", -1 }, { &csat, "5分钟了还没人", -1 },
		{ &csat, "5 days and no reply", -1 }, { &csat, "三星级酒店能退吗", -1 },
		{ &csat, "订单1234567890没出票", -1 }, { &csat, "我有2个行李", -1 },
		{ &csat, "2026-11-22的票", -1 }, { &csat, "1234", -1 },
		{ &csat, "请问这个价格怎样才比较好呢，能不能再便宜一点，我们想订三间?", -1 },
		{ &csat, "satisfactory", -1 }, { &csat, "goods arrived", -1 },
		{ &nps, "10", 10 }, { &nps, "0", 0 }, { &nps, "十分", 10 }, { &nps, "9分", 9 },
		{ &nps, "7/10", 7 }, { &nps, "5/5", 10 }, { &nps, "11", -1 },
		{ &nps, "一定会推荐给朋友", 10 }, { &nps, "不会推荐", 1 }, { &nps, "肯定不会", 0 },
		{ &nps, "definitely not", 0 }, { &nps, "Highly recommend!", 10 },
		{ &ces, "7", 7 }, { &ces, "非常简单", 7 }, { &ces, "有点麻烦", 3 },
		{ &ces, "very easy", 7 }, { &ces, "not easy", 2 }, { &ces, "8", -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t score = -2;
		bool got = survey_read(cases[i].form, cases[i].text, &score);

		if (got != (cases[i].score >= 0) || (got && score != cases[i].score))
			fail_msg("%s \"%s\": want %d, got %s %d", cases[i].form->name,
			    cases[i].text, cases[i].score, got ? "score" : "none", (int)score);
	}
}

static void
near(double want, double got, double by)
{
	if (!(fabs(want - got) <= by))
		fail_msg("want %g, got %g", want, got);
}

static void
counts(void **state)
{
	struct survey_stats s = { 0, 0, 0, 0, 0 };

	(void)state;
	assert_true(isnan(survey_mean(&s)) && isnan(survey_nps(&s)));
	/* 150 of 250 satisfied: 60 % (formats.md). */
	survey_count(&s, 5, 5, 100);
	survey_count(&s, 5, 4, 50);
	survey_count(&s, 5, 2, 100);
	near(60, survey_top_pct(&s), 1e-9);
	near(3.6, survey_mean(&s), 1e-9);
	/* 70 % promoters, 20 % detractors: 50. */
	s = (struct survey_stats){ 0, 0, 0, 0, 0 };
	survey_count(&s, 10, 10, 40);
	survey_count(&s, 10, 9, 30);
	survey_count(&s, 10, 8, 6);
	survey_count(&s, 10, 7, 4);
	survey_count(&s, 10, 6, 12);
	survey_count(&s, 10, 0, 8);
	near(50, survey_nps(&s), 1e-9);
	near(70, survey_top_pct(&s), 1e-9);
}

static void
wilson_on_small_numbers(void **state)
{
	static const struct { int64_t k, n; double low, high; } cases[] = {
		{ 8, 10, 49.0, 94.3 }, { 150, 250, 53.8, 65.9 },	/* formats.md */
		{ 0, 10, 0, 27.75 }, { 10, 10, 72.25, 100 }, { 1, 1, 20.65, 100 },
	};
	double low, high;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		survey_wilson(cases[i].k, cases[i].n, &low, &high);
		near(cases[i].low, low, 0.05);
		near(cases[i].high, high, 0.05);
	}
	survey_wilson(0, 0, &low, &high);
	assert_true(isnan(low) && isnan(high));
}

#define HEAD "what = w\nscale = 1-5\ntemplate = t\nchannels = same\n"

static void
refuses(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "what = w\n", "f: a form needs what, scale, template and channels" },
		{ "scale = 5\n", "f:1: a scale looks like 1-5" },
		{ "scale = 1-100\n", "f:1: a scale looks like 1-5" },
		{ "scale = 5-1\n", "f:1: a scale looks like 1-5" },
		{ "measure = joy\n", "f:1: measure is csat, nps or ces, not \"joy\"" },
		{ "hours = 9\n", "f:1: hours look like" },
		{ "quiet = long\n", "f:1: " },
		{ "colour = red\n", "f:1: no form has a \"colour\"" },
		{ "[answers]\n5 = good\n", "f:1: scale must stand above the first section" },
		{ HEAD "[answers]\n6 = good\n", "f:6: \"6\" is not on the scale 1-5" },
		{ HEAD "[answers]\ngood = 5\n", "f:6: \"good\" is not on the scale" },
		{ HEAD "[questions]\n", "f:5: a form has [answers] and [words]" },
		{ HEAD "[words]\nnear = x\n", "f:6: [words] has before, after, other and not" },
		{ HEAD "measure = nps\n", "f: nps, and only nps, has the scale 0-10" },
	};
	struct survey_form f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = xstrdup(cases[i].text);
		struct err e = { 0, "" };

		assert_int_equal(survey_parse(&f, "f", "f", text, &e), -1);
		assert_int_equal(e.code, ERR_CONFIG);
		if (strncmp(e.msg, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("want: %s\ngot: %s", cases[i].message, e.msg);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_score),
		cmocka_unit_test(counts),
		cmocka_unit_test(wilson_on_small_numbers),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
