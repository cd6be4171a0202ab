/* test_rules - the rule language, and how it decides */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"
#include "desk/rules.h"
#include "text/finders.h"

static const char DIMENSIONS[] =
    "[dimension type]\nlabels complaint request inquiry chatter\ndefault chatter\ndecide first\n"
    "[dimension area]\nlabels refund order other\ndefault other\ndecide best\n";

static struct rules *
load(const char *rest)
{
	struct rules *r = rules_new();
	char *head = xstrdup(DIMENSIONS), *text = xstrdup(rest);
	struct err e;

	assert_int_equal(rules_read(r, "head", head, &e), 0);
	if (rules_read(r, "test", text, &e) < 0 || rules_ready(r, &e) < 0)
		fail_msg("%s", e.msg);
	free(head);
	free(text);
	return r;
}

/* "type/area" of TEXT, as CHANNEL sends it. */
static const char *
labels(struct rules *r, const char *text, const char *channel)
{
	static struct verdict v;
	static char out[64];
	struct fold f = FOLD_INIT;
	struct findings fs = FINDINGS_INIT;
	struct rules_input in = { &f, channel, 0, NULL };
	struct err e;
	size_t i;

	fold_text(&f, text, strlen(text));
	findings_find(&fs, text, strlen(text), &f);
	for (i = 0; i < fs.n; i++)
		in.entities |= 1u << fs.v[i].kind;
	assert_int_equal(rules_decide(r, &in, &v, &e), 0);
	snprintf(out, sizeof(out), "%s/%s", verdict_label(&v, "type"), verdict_label(&v, "area"));
	findings_release(&fs);
	fold_release(&f);
	return out;
}

static void
test_conditions(void **state)
{
	static const struct {
		const char *rule, *text;
		bool holds;
	} rows[] = {
		{ "退票", "我要退票", true }, { "退票", "我要退款", false },
		{ "退票 退款", "我要退款", true }, { "退票", "我要退票", true },
		{ "退票 & 多少", "退票扣多少", true }, { "退票 & 多少", "退票", false },
		{ "退票 & !多少", "退票扣多少", false }, { "退票 & !多少", "退票", true },
		{ "!多少", "退票", true }, { "退..票", "退掉这张票", true },
		{ "退..票", "退掉我昨天下午买的票", false }, { "退..9..票", "退掉我昨天下午买的票", true },
		{ "退..票", "票退了", false }, { "退..票", "退了。票", false }, { "退..0..票", "退票", true },
		{ "@money", "还我钱", true }, { "@bad", "不好吃", true }, { "@good", "不好吃", false },
		{ "@good", "好吃", true }, { "@good", "不好吃但是汤好吃", true },
		{ "@both", "好吃", true }, { "@both", "还钱", true }, { "@both", "不好吃", false },
		{ "@good>1", "好吃，真好吃", true }, { "@good>1", "好吃", false },
		{ "@good>1", "不好吃，好吃", false }, { "@far", "加 微 信", true }, { "退票", "退 票", false },
		{ "^退票", "退票", true }, { "^退票", "你好，退票", true }, { "^退票", "@客服 退票", true },
		{ "^退票", "我要退票", false }, { "退票$", "我要退票！！", true }, { "退票$", "退票了", false },
		{ "/^退.票$/", "退掉票", true }, { "/^退.票$/", "退掉了票", false },
		{ "/^退.{1,3}票$/", "退掉了票", true }, { "\"money back\"", "Money Back!", true },
		{ "\"money back\"", "money for back", false }, { "refund*", "refunded", true },
		{ "refund", "refunded", false }, { "chars<4", "退票", true }, { "chars<4", "我要退票", false },
		{ "chars>3", "我要退票", true }, { "channel=sms", "x", true }, { "channel=wecom", "x", false },
		{ "entity=order_no", "订单1234567890", true }, { "entity=phone,email", "订单1234567890", false },
		{ "entity=phone,email", "a@b.example", true }, { "訂單", "订单", true }, { "ＶＸ", "加vx", true },
		{ "?", "退票？", true }, { "a.b", "a.b", true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[512];
		struct rules *r;

		snprintf(text, sizeof(text), "[list money]\n钱\n[list good]\n好吃 -不好吃\n"
		    "[list bad]\n不好吃\n[list both]\n@money @good\n[list far apart]\n加微信\n"
		    "[list opening]\n你好\n[type request]\nrule 1: %s\n", rows[i].rule);
		r = load(text);
		print_message("%s: \"%s\"\n", rows[i].rule, rows[i].text);
		assert_string_equal(labels(r, rows[i].text, "sms"),
		    rows[i].holds ? "request/other" : "chatter/other");
		rules_free(r);
	}
}

static void
test_decisions(void **state)
{
	static const struct {
		const char *rules, *text, *labels;
	} rows[] = {
		/* By precedence: complaint comes before request, whatever the score. */
		{ "[type complaint]\na 1: 骗\n[type request]\nb 5: 退票", "骗人，退票", "complaint/other" },
		/* If none is sure, half as much decides by the best score. */
		{ "[type complaint]\na 0.5: 骗\n[type inquiry]\nb 0.6: 吗", "骗吗", "inquiry/other" },
		{ "[type complaint]\na 0.4: 骗", "骗", "chatter/other" },
		/* A weight for each hit. */
		{ "[type complaint]\na 0.4 each: 骗 坑", "骗坑骗", "complaint/other" },
		{ "[type complaint]\na 0.2 each: 骗 坑", "骗坑", "chatter/other" },
		{ "[type complaint]\na 0.9: 骗\n[type request]\nb 5: 退票", "骗人，退票", "request/other" },
		/* Weights add up, negative ones too. */
		{ "[type complaint]\na 0.5: 骗\nb 0.5: 坑", "骗坑", "complaint/other" },
		{ "[type complaint]\na 1: 骗\nb -1: 没骗", "没骗", "chatter/other" },
		/* By the best score; a hard rule beats every score. */
		{ "[area order]\na 2: 订单\n[area refund]\nb 1: 退", "订单退", "chatter/order" },
		{ "[area order]\na 2: 订单\n[area refund]\nb hard: 退", "订单退", "chatter/refund" },
		/* Of equals the earlier label in its dimension. */
		{ "[area order]\na 2: 订单\n[area refund]\nb 2: 退", "订单退", "chatter/refund" },
		/* A later dimension asks for an earlier one's label. */
		{ "[type request]\na 1: 退\n[area order]\nb 1: type=request", "退", "request/order" },
		{ "[area order]\nb 1: type=request,chatter", "x", "chatter/order" },
		/* Read again, a rule is replaced; weight 0 switches it off. */
		{ "[type request]\na 1: 退\n[type request]\na 0: 退", "退", "chatter/other" },
		/* Lines go on when indented. */
		{ "[type request]\na 1: 退\n   改\n", "改", "request/other" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rules *r = load(rows[i].rules);

		print_message("%s\n", rows[i].rules);
		assert_string_equal(labels(r, rows[i].text, "app"), rows[i].labels);
		rules_free(r);
	}
}

static void
test_errors(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "x\n", "test:1: this stands before any [section]" },
		{ "[colour red]\n", "test:1: no dimension \"colour\"" },
		{ "[type angry]\n", "test:1: dimension \"type\" has no label \"angry\"" },
		{ "\n[type request]\na: 退\n", "test:3: a rule begins with its name and weight" },
		{ "[type request]\na 1 退\n", "test:2: a rule is" },
		{ "[type request]\na 1 all: 退\n", "test:2: a rule begins with its name and weight" },
		{ "[type request]\na\"b 1: 退\n", "test:2: a rule's name has no quotes" },
		{ "[type request]\na x: 退\n", "test:2: rule a: \"x\" is neither a number nor hard" },
		{ "[type request]\na 1:\n", "test:2: rule a: an empty condition" },
		{ "[type request]\na 1: /(/\n", "test:2: pattern /(/" },
		{ "[type request]\na 1: \"x\n", "test:2: \" without its end" },
		{ "[type request]\na 1: @nowhere\n", "test:2: no list \"nowhere\"" },
		{ "[type request]\na 1: area=order\n", "test:2: \"area=order\": that is decided after type" },
		{ "[area order]\na 1: type=joy\n", "test:2: dimension \"type\" has no label \"joy\"" },
		{ "[area order]\na 1: entity=shoe\n", "test:2: no entity is called \"shoe\"" },
		{ "[area order]\na 1: chars<x\n", "test:2: \"chars<x\": not a number" },
		{ "[area order]\na 1: 退..x..票\n", "test:2: \"退..x..票\": a distance is a number" },
		{ "[list]\n", "test:1: a list head is" },
		{ "[dimension x]\ndefault y\n", "test:2: no label \"y\" before this" },
		{ "[dimension x]\n", "dimension \"x\" has no labels" },
	};
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rules *r = rules_new();
		char *head = xstrdup(DIMENSIONS), *text = xstrdup(rows[i].text);

		print_message("%s", rows[i].text);
		assert_int_equal(rules_read(r, "head", head, &e), 0);
		assert_true(rules_read(r, "test", text, &e) < 0 || rules_ready(r, &e) < 0);
		assert_int_equal(e.code, ERR_CONFIG);
		if (strncmp(e.msg, rows[i].says, strlen(rows[i].says)) != 0)
			fail_msg("%s", e.msg);
		free(head);
		free(text);
		rules_free(r);
	}
}

static void
test_why(void **state)
{
	struct rules *r = load("[type request]\nact 1.5: 退\nask 0.5: 请\nnot -0.2: 票\n[type inquiry]\nq 1: 吗\n");
	struct fold f = FOLD_INIT;
	struct rules_input in = { &f, NULL, 0, NULL };
	static struct verdict v;
	struct rules_info info;
	struct err e;

	(void)state;
	fold_text(&f, "请退票吗", 12);
	assert_int_equal(rules_decide(r, &in, &v, &e), 0);
	assert_int_equal(v.n_fired, 4);
	assert_string_equal(v.fired[0].name, "act");
	assert_true(verdict_counted(&v, 0));
	assert_false(verdict_counted(&v, 2));	/* spoke against */
	assert_false(verdict_counted(&v, 3));	/* spoke for another */
	assert_true(v.labels[0].score > 1.79 && v.labels[0].score < 1.81);
	assert_true(v.confidence > 0 && v.confidence < 1);
	assert_null(verdict_label(&v, "colour"));
	assert_true(rules_info(r, 1, &info));
	assert_string_equal(info.name, "ask");
	assert_int_equal(info.line, 3);
	assert_false(rules_info(r, 4, &info));
	fold_release(&f);
	rules_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_decisions),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_why),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
