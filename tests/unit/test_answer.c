/* test_answer - articles read, passages found and ranked, the policy's word, groups */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "desk/answer.h"
#include "learn/cluster.h"
#include "learn/index.h"
#include "learn/rank.h"
#include "learn/train_rank.h"
#include "text/fold.h"

/* An article as Markdown, and as JSON or with the fault that is found. */
static const struct { const char *text, *want; } articles[] = {
	{ "# 能退吗\n\n能。\n",
		"{\"kind\":\"article\",\"id\":\"x\",\"text\":{\"zh\":{\"title\":\"能退吗\",\"answer\":\"能。\"}}}" },
	{ "---\nid: a.b\ntype: guide\nauto: yes\narea: refund, order\n---\n# en: T\n- q1\n* q2\n\nA\n## B\n- c\n",
		"{\"kind\":\"article\",\"id\":\"a.b\",\"type\":\"guide\",\"auto\":true,\"area\":[\"refund\",\"order\"],"
		"\"text\":{\"en\":{\"title\":\"T\",\"questions\":[\"q1\",\"q2\"],\"answer\":\"A\\n## B\\n- c\"}}}" },
	{ "# T\r\n\r\n- q\r\n\r\n- a\r\n- b\r\n",
		"{\"kind\":\"article\",\"id\":\"x\",\"text\":{\"en\":{\"title\":\"T\","
		"\"questions\":[\"q\"],\"answer\":\"- a\\n- b\"}}}" },
	{ "", "x.md: no chapter: \"# TITLE\" opens one" },
	{ "---\nauto: yes\n", "x.md:1: the head is not closed by a line of ---" },
	{ "---\ncolor: red\n---\n# T\nA\n", "x.md:2: unknown key \"color\"" },
	{ "---\nid: a b\n---\n# T\nA\n", "x.md:2: \"a b\" is no id: letters, digits, - _ ." },
	{ "---\ntype: script\n---\n# T\nA\n", "x.md: a script must be for staff (audience: staff)" },
	{ "---\naudience: staff\nauto: yes\n---\n# T\nA\n", "x.md: what is for staff is not sent (auto: no)" },
	{ "---\nvalid_from: 2026-10-02\nvalid_to: 2026-10-01\n---\n# T\nA\n", "x.md: valid_to is not after valid_from" },
	{ "---\nvalid_to: 2026-02-30\n---\n# T\nA\n", "x.md:2: " },
	{ "---\noffer: color:red\ntype: offer\n---\n# T\nA\n", "x.md:2: " },
	{ "# T\n\n- only a list\n", "x.md: en: no answer" },
	{ "text\n# T\nA\n", "x.md:1: text before the first \"# TITLE\"" },
	{ "# en: A\nx\n# B\ny\n", "x.md:3: a second chapter in en" },
	{ "# zh:\nx\n", "x.md:1: a chapter without a title" },
};

static void
test_articles(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(articles) / sizeof(*articles); i++) {
		struct article a;
		struct buf out = BUF_INIT;
		struct err e;

		article_init(&a, "x.md", 0);
		if (article_read_md(&a, "x.md", "x.md", articles[i].text, NULL, &e) == 0) {
			struct node *n = article_to_json(&a);
			struct article again;

			node_print(n, &out);
			/* What was written is read as the same. */
			article_init(&again, "json", 0);
			assert_int_equal(article_read_json(&again, n, NULL, &e), 0);
			assert_string_equal(again.id, a.id);
			assert_int_equal(again.n_texts, a.n_texts);
			article_release(&again);
			node_free(n);
		} else {
			buf_str(&out, e.msg);
		}
		if (strncmp(buf_cstr(&out), articles[i].want, strlen(articles[i].want)) != 0)
			fail_msg("%zu: %s, not %s", i, buf_cstr(&out), articles[i].want);
		buf_release(&out);
		article_release(&a);
	}
}

static void
test_days(void **state)
{
	struct err e;
	struct article a;

	(void)state;
	article_init(&a, "x", 0);
	assert_int_equal(article_set(&a, "valid_to", "2026-10-01", NULL, &e), 0);
	assert_true(a.to_at == INT64_C(1790899200000));	/* the next day's start, UTC */
	assert_int_equal(article_set(&a, "valid_from", "2026-10-01T08:00:00+08:00", NULL, &e), 0);
	assert_true(a.from_at == INT64_C(1790812800000));
	article_release(&a);
}

/* An index in memory over TEXTS, and what is found for a question: numbers, best first. */
static const char *const texts[] = { "退款多久能到账", "怎么开发票", "发票抬头开错了", "改签要手续费吗",
	"when will my refund arrive", "how do I change my flight", "luggage allowance", NULL };

static void
find(const char *question, char *out, size_t size)
{
	struct index_builder b = INDEX_BUILDER_INIT;
	struct index_memory m = INDEX_MEMORY_INIT;
	struct words synonyms = WORDS_INIT;
	struct index_term detail[256];
	struct index_hit hits[4];
	struct cues g = CUES_INIT;
	struct fold f = FOLD_INIT;
	struct index ix;
	struct err e;
	const void *p;
	size_t i, len, used = 0;
	int n;

	words_add(&synonyms, "luggage", 0, 0);
	words_add(&synonyms, "suitcase", 0, 0);
	words_build(&synonyms);
	g.synonyms = &synonyms;
	for (i = 0; texts[i] != NULL; i++) {
		fold_text(&f, texts[i], strlen(texts[i]));
		cues_read(&g, buf_cstr(&f.text), f.text.len);
		assert_int_equal(index_add(&b, (uint32_t)i, PASSAGE_QUESTION, &g), i);
	}
	assert_int_equal(index_finish(&b, index_keep, &m, &e), 0);
	assert_int_equal(index_look_up(&m, 0, &p, &len, &e), 1);
	assert_int_equal(index_open(&ix, p, len, index_look_up, &m, &e), 0);
	fold_text(&f, question, strlen(question));
	cues_read(&g, buf_cstr(&f.text), f.text.len);
	assert_true(g.n <= sizeof(detail) / sizeof(*detail));
	n = index_search(&ix, &g, hits, 4, detail, &e);
	*out = '\0';
	for (i = 0; i < (size_t)n; i++) {
		assert_true(i == 0 || hits[i].score <= hits[i - 1].score);
		used += (size_t)snprintf(out + used, size - used, "%u ", hits[i].passage);
	}
	/* A damaged table is refused. */
	index_release(&ix);
	assert_int_equal(index_open(&ix, p, len - 1, index_look_up, &m, &e), -1);
	assert_int_equal(index_open(&ix, "", 0, index_look_up, &m, &e), -1);
	index_memory_release(&m);
	cues_release(&g);
	words_release(&synonyms);
	fold_release(&f);
}

static void
test_index(void **state)
{
	static const struct { const char *question, *first; } rows[] = {
		{ "退款什么时候到账", "0" }, { "退款幾天到帳", "0" }, { "发票", "1" }, { "抬头错了", "2" },
		{ "改簽", "3" }, { "ＲＥＦＵＮＤ", "4" }, { "refnd", "4" }, { "arives", "4" },
		{ "changing flights", "5" }, { "fligth", "5" }, { "my suitcase", "6" }, { "宠物", "" }, { "", "" },
		{ "!?，。", "" },
	};
	char out[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		find(rows[i].question, out, sizeof(out));
		out[strcspn(out, " ")] = '\0';
		if (strcmp(out, rows[i].first) != 0)
			fail_msg("%s: %s, not %s", rows[i].question, out, rows[i].first);
	}
}

static void
text_of(struct rank_text *t, const char *s)
{
	struct fold f = FOLD_INIT;

	fold_text(&f, s, strlen(s));
	rank_text(t, buf_cstr(&f.text), f.text.len);
	fold_release(&f);
}

static void
test_features(void **state)
{
	static const struct { const char *q, *p; enum rank_feature f; double want; } rows[] = {
		{ "退款多久", "退款多久", RANK_UNITS, 1 }, { "退款多久", "退款多久", RANK_RUN, 1 },
		{ "ab cd", "cd ab", RANK_UNITS, 1 }, { "ab cd", "cd ab", RANK_PAIRS, 0 },
		{ "ab cd", "cd ab", RANK_ORDER, 0.5 }, { "一二三四", "一二", RANK_LENGTH, 0.5 },
		{ "怎么退", "如何退", RANK_KIND, 1 }, { "怎么退", "什么时候退", RANK_KIND, -1 },
		{ "退", "什么时候退", RANK_KIND, 0 }, { "能退", "不能退", RANK_NOT, 1 },
		{ "能不能退", "能退吗", RANK_NOT, 0 }, { "why not refunded", "refunded", RANK_NOT, 1 },
		{ "3天", "7天", RANK_NUMBERS, 1 }, { "3天", "3天", RANK_NUMBERS, 0 }, { "", "", RANK_UNITS, 0 },
	};
	double f[RANK_FEATURES];
	struct rank_text q, p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		text_of(&q, rows[i].q);
		text_of(&p, rows[i].p);
		rank_features(&q, &p, f);
		if (f[rows[i].f] < rows[i].want - 1e-9 || f[rows[i].f] > rows[i].want + 1e-9)
			fail_msg("%s / %s: %s %g", rows[i].q, rows[i].p, rank_feature_name(rows[i].f),
			    f[rows[i].f]);
	}
}

/* The right passage is always the one with more in common, and a word means no: both are
 * learned, and the model is the same again when written and read. */
static void
test_training(void **state)
{
	struct rank_trainer t = { .bits = 12 };
	struct rank_model m, again;
	struct buf out = BUF_INIT, twice = BUF_INIT;
	struct rank_text q, p;
	double f[RANK_FEATURES] = { 0 }, right, wrong;
	struct err e;
	int i, k;

	(void)state;
	assert_int_equal(rank_train(&t, NULL, &m, &e), -1);
	for (i = 0; i < 200; i++) {
		rank_train_question(&t);
		text_of(&q, i % 2 ? "退 款" : "改 签");
		for (k = 0; k < 4; k++) {
			text_of(&p, k == 0 ? "好" : "坏");
			memset(f, 0, sizeof(f));
			f[RANK_BIAS] = 1;
			f[RANK_SCORE] = k == 0 ? 0.6 : 0.5;
			rank_train_add(&t, &q, &p, f, k == 0);
		}
	}
	assert_int_equal(rank_train(&t, NULL, &m, &e), 0);
	text_of(&p, "好");
	right = rank_score(&m, &q, &p, f);
	text_of(&p, "坏");
	wrong = rank_score(&m, &q, &p, f);
	assert_true(right > 0.9 && wrong < 0.1);
	rank_write(&m, &out);
	assert_int_equal(rank_read(&again, "m", buf_cstr(&out), &e), 0);
	rank_write(&again, &twice);
	assert_string_equal(buf_cstr(&twice), buf_cstr(&out));
	rank_release(&again);
	rank_read(&again, "m", "csr-answer rank 1\nbits 12\nzz 1\n", &e);
	assert_string_equal(e.msg, "m:3: not a model of csr-answer train");
	rank_release(&m);
	rank_train_release(&t);
	buf_release(&out);
	buf_release(&twice);
}

static const char policy_text[] = "[auto]\nsend = yes\nscore = 0.8\nmargin = 0.2\n"
    "type = inquiry\narticle = faq\nunless = sentiment:angry\nlate = 30m\n"
    "[acknowledge]\nsend = yes\nunless = type:thanks\ngroups = yes\n"
    "[limits]\ncustomer = 3 per 1d\nall = no\n";

static void
test_policy(void **state)
{
	static const struct { const char *text, *fault; } faults[] = {
		{ "[auto]\nscore = 2\n", "p:2: \"2\" is not a number from 0 to 1" },
		{ "[auto]\ntype = whatever\n", "p:2: \"whatever\" is no type of message" },
		{ "[limits]\nall = many\n", "p:2: \"many\" is no limit such as \"3 per 1d\"" },
		{ "[limits]\nfoo = 1\n", "p:2: [limits] has no key \"foo\"" },
		{ "[foo]\n", "p:1: no section is called [foo]" },
		{ "[auto]\nunless = color:red\n", "p:2: " },
	};
	struct article a = { .type = ARTICLE_FAQ, .automatic = true };
	struct answer_case c = { .now = 1000, .at = 1000, .classified = true, .reachable = true,
		.article = &a, .in_language = true, .score = 0.9, .margin = 0.5 };
	const char *why[ANSWER_WHY_MAX];
	struct answer_policy *p;
	char text[sizeof(policy_text)];
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		char *copy = strdup(faults[i].text);

		assert_null(answer_policy_parse("p", copy, &e));
		assert_int_equal(strncmp(e.msg, faults[i].fault, strlen(faults[i].fault)), 0);
		free(copy);
	}
	memcpy(text, policy_text, sizeof(text));
	p = answer_policy_parse("p", text, &e);
	assert_non_null(p);
	c.labels.v[DIM_TYPE] = "inquiry";
	assert_int_equal(answer_refusals(p, &c, why), 0);
#define NO(change, word) do { \
	struct answer_case saved = c; \
	struct article saved_a = a; \
	change; \
	assert_int_equal(answer_refusals(p, &c, why), 1); \
	assert_string_equal(why[0], word); \
	c = saved; \
	a = saved_a; \
} while (0)
	NO(c.article = NULL, "no_article");
	NO(c.score = 0.79, "score");
	NO(c.margin = 0.1, "margin");
	NO(a.automatic = false, "not_auto");
	NO(a.for_staff = true, "staff_only");
	NO(a.type = ARTICLE_GUIDE, "article_type");
	NO(c.in_language = false, "language");
	NO(c.labels.v[DIM_TYPE] = "complaint", "type");
	NO(c.classified = false, "unclassified");
	NO(c.labels.v[DIM_SENTIMENT] = "angry", "sentiment:angry");
	NO(c.automatic = true, "automatic");
	NO(c.group = true, "group");
	NO(c.answered = true, "answered");
	NO(c.over = true, "over");
	NO(c.told = true, "once");
	NO(c.reachable = false, "no_address");
	NO(c.now = 1000 + 31 * 60000, "late");
	NO(c.to_customer = 3, "customer_limit");
	c.group = true;
	c.score = 0;
	assert_int_equal(acknowledge_refusals(p, &c, why), 0);
	c.labels.v[DIM_TYPE] = "thanks";
	assert_int_equal(acknowledge_refusals(p, &c, why), 1);
	assert_string_equal(why[0], "type:thanks");
	answer_policy_free(p);
}

static void
test_cluster(void **state)
{
	static const char *const said[] = { "狗可以上飞机吗", "发票怎么开", "狗狗可以上飞机吗", "怎么开发票",
		"can my dog fly", "我的狗可以上飞机吗", "can my dogs fly", "" };
	static const uint32_t want[] = { 0, 1, 0, 1, 2, 0, 2, 3 };
	uint32_t of[8];
	size_t i;

	(void)state;
	assert_int_equal(cluster(said, 8, NULL, 0.45, of), 4);
	for (i = 0; i < 8; i++)
		assert_int_equal(of[i], want[i]);
	assert_int_equal(cluster(NULL, 0, NULL, 0.45, of), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_articles),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_features),
		cmocka_unit_test(test_training),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_cluster),
	};

	return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
