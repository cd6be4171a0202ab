/* test_classify - a ticket's labels from its messages; the figures of eval */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "desk/classify.h"
#include "learn/score.h"

static void
test_sum(void **state)
{
	static const struct {
		const char *m[3][4];	/* type, area, urgency, sentiment of each message */
		const char *want[4];
	} rows[] = {
		{ { { "inquiry", "refund", "normal", "neutral" } },
		    { "inquiry", "refund", "normal", "neutral" } },
		{ { { "inquiry", "other", "normal", "neutral" },
		    { "complaint", "refund", "urgent", "angry" },
		    { "thanks", "payment", "low", "positive" } },
		    { "complaint", "refund", "urgent", "angry" } },
		{ { { "chatter", "other", "low", "positive" }, { "request", "order", NULL, NULL } },
		    { "request", "order", "low", "positive" } },
		{ { { "spam", "other", "low", "neutral" }, { "chatter", "other", "low", "neutral" } },
		    { "spam", "other", "low", "neutral" } },
		{ { { "own", "x", "y", "z" }, { "complaint", "x2", "urgent", "angry" } },
		    { "own", "x", "y", "z" } },
		{ { { NULL, NULL, NULL, NULL } }, { "", "", "", "" } },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct class_sum s = { "", "", "", "" };

		for (k = 0; k < 3; k++)
			class_sum_add(&s, rows[i].m[k][0], rows[i].m[k][1], rows[i].m[k][2],
			    rows[i].m[k][3]);
		print_message("row %zu\n", i);
		assert_string_equal(s.type, rows[i].want[0]);
		assert_string_equal(s.area, rows[i].want[1]);
		assert_string_equal(s.urgency, rows[i].want[2]);
		assert_string_equal(s.sentiment, rows[i].want[3]);
	}
}

/* By hand: a right 2 of 3, b right 1 of 1, c never right. F1: a 0.8, b 2/3, c 0. */
static void
test_score(void **state)
{
	static const char *const cases[][2] = { { "a", "a" }, { "a", "a" }, { "a", "b" },
		{ "b", "b" }, { "c", "d" } };
	struct score s = { .n = 0 };
	size_t i;

	(void)state;
	assert_true(score_accuracy(&s) < 0.001 && score_macro_f1(&s) < 0.001);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		score_add(&s, cases[i][0], cases[i][1]);
	assert_true(score_accuracy(&s) > 0.599 && score_accuracy(&s) < 0.601);
	assert_true(score_macro_f1(&s) > 0.4888 && score_macro_f1(&s) < 0.4889);
	assert_int_equal(score_cell(&s, 0, 1), 1);
	assert_string_equal(s.labels[3], "d");
	score_release(&s);
}

static void
test_many_labels(void **state)
{
	struct score s = { .n = 0 };
	char name[3] = "aa";
	int i;

	(void)state;
	for (i = 0; i < 676; i++) {
		name[0] = (char)('a' + i / 26);
		name[1] = (char)('a' + i % 26);
		score_add(&s, name, name);
	}
	assert_int_equal(s.n, 676);
	assert_true(score_macro_f1(&s) > 0.999);
	score_release(&s);
}

static void
test_spans(void **state)
{
	struct span_score none = { 0, 0, 0 }, s = { 4, 5, 3 };

	(void)state;
	assert_true(span_f1(&none) > 0.999 && span_precision(&none) > 0.999);
	assert_true(span_precision(&s) > 0.599 && span_precision(&s) < 0.601);
	assert_true(span_recall(&s) > 0.749 && span_recall(&s) < 0.751);
	assert_true(span_f1(&s) > 0.666 && span_f1(&s) < 0.667);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sum),
		cmocka_unit_test(test_score),
		cmocka_unit_test(test_many_labels),
		cmocka_unit_test(test_spans),
	};

	return cmocka_run_group_tests_name("classify", tests, NULL, NULL);
}
