/* test_learn - n-grams, training, the model's file, calibration */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "learn/calibrate.h"
#include "learn/model_file.h"
#include "learn/train.h"
#include "text/fold.h"

static const struct gram_setting usual = { GRAM_CHARS, GRAM_WORDS };

static size_t
count(const struct gram_setting *set, const char *text)
{
	struct fold f = FOLD_INIT;
	struct grams g = GRAMS_INIT;
	size_t n;

	fold_text(&f, text, strlen(text));
	grams_find(&g, set, f.text.p, f.text.len);
	n = g.n;
	grams_release(&g);
	fold_release(&f);
	return n;
}

/* By hand; the beginning and the end are characters that never stand alone. */
static void
test_gram_counts(void **state)
{
	static const struct {
		struct gram_setting set;
		const char *text;
		size_t n;
	} rows[] = {
		{ { 1, 0 }, "", 0 },
		{ { 1, 0 }, "aab", 2 },			/* a b */
		{ { 2, 0 }, "ab", 5 },			/* a b ^a ab b$ */
		{ { 1, 0 }, "订单", 2 },
		{ { 2, 0 }, "订单", 5 },
		{ { 1, 0 }, "1 2 345", 1 },		/* digits are alike, blanks no n-gram */
		{ { 0, 1 }, "No, NO refund", 2 },	/* no refund */
		{ { 0, 2 }, "can't pay", 3 },		/* can't pay can't-pay */
		{ { 0, 2 }, "pay 订单 now", 2 },	/* Chinese ends a row of words */
		{ { 0, 2 }, "订单", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		print_message("%s\n", rows[i].text);
		assert_int_equal(count(&rows[i].set, rows[i].text), rows[i].n);
	}
}

static uint32_t
hash_of_all(const char *text)
{
	struct fold f = FOLD_INIT;
	struct grams g = GRAMS_INIT;
	uint32_t sum = 0;
	size_t i;

	fold_text(&f, text, strlen(text));
	grams_find(&g, &usual, f.text.p, f.text.len);
	for (i = 0; i < g.n; i++)
		sum += g.v[i].hash;
	grams_release(&g);
	fold_release(&f);
	return sum;
}

static void
test_gram_likeness(void **state)
{
	static const char *const same[][2] = { { "訂單１２３", "订单456" },
		{ "REFUND  please", "refund please" }, { " a\tb ", "a b" } };
	static const char *const other[][2] = { { "ab", "ba" }, { "退票", "票退" } };
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(hash_of_all(same[i][0]), hash_of_all(same[i][1]));
	for (i = 0; i < 2; i++)
		assert_int_not_equal(hash_of_all(other[i][0]), hash_of_all(other[i][1]));
}

/* What an n-gram says of its place is where it stands in the folded text. */
static void
test_gram_places(void **state)
{
	const char *text = "退 票 refund";
	struct grams g = GRAMS_INIT;
	size_t i, found = 0;

	(void)state;
	grams_find(&g, &usual, text, strlen(text));
	for (i = 0; i < g.n; i++) {
		assert_true(g.v[i].start < g.v[i].end && g.v[i].end <= strlen(text));
		found += g.v[i].end - g.v[i].start == 6 &&
		    memcmp(text + g.v[i].start, "refund", 6) == 0;
	}
	assert_true(found > 0);
	grams_release(&g);
}

static void
test_gram_long(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	while (b.len < 300000)
		buf_fmt(&b, "%zu %zx ", b.len * 7919, b.len);
	assert_true(count(&usual, b.p) <= (GRAM_TEXT + 2) * (GRAM_CHARS + GRAM_WORDS));
	buf_release(&b);
}

/* Sentences of three labels, told apart by a word each. */
static void
fill(struct samples *s, size_t n)
{
	static const char *const words[3][3] = { { "refund", "退票", "money back" },
		{ "hello", "你好", "good morning" }, { "invoice", "发票", "receipt" } };
	static const char *const names[3] = { "refund", "chatter", "invoice" };
	struct buf b = BUF_INIT;
	struct err e;
	size_t i;

	s->setting = usual;
	for (i = 0; i < n; i++) {
		buf_clear(&b);
		buf_fmt(&b, "note %zx about %s number %zu please", i * 37,
		    words[i % 3][i / 3 % 3], i);
		assert_int_equal(samples_add(s, b.p, b.len, names[i % 3], &e), 0);
	}
	buf_release(&b);
}

static void
build(struct buf *out, uint64_t seed, size_t most)
{
	struct train t = { .dimension = "intent", .seed = seed, .at = 1000, .most_bytes = most };
	struct samples s = { .n = 0 };
	struct err e;

	fill(&s, 90);
	assert_int_equal(train_model(&t, &s, out, &e), 0);
	samples_release(&s);
}

static const char *
says(const struct model *m, const char *text, struct guess *g)
{
	struct grams grams = GRAMS_INIT;

	grams_find(&grams, &m->setting, text, strlen(text));
	model_guess(m, &grams, g);
	grams_release(&grams);
	return m->labels[g->label];
}

static void
test_train(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct model_reason why[4];
	struct grams grams = GRAMS_INIT;
	struct model m;
	struct guess g;
	struct err e;
	double all = 0;
	size_t i;

	(void)state;
	build(&a, 1, 0);
	assert_int_equal(model_open(&m, a.p, a.len, &e), 0);
	assert_string_equal(m.dimension, "intent");
	assert_int_equal(m.n_labels, 3);
	assert_string_equal(m.labels[0], "chatter");
	assert_int_equal(m.birth.samples, 90);
	assert_int_equal(m.birth.at, 1000);
	assert_true(m.birth.accuracy > 0.95);
	assert_string_equal(says(&m, "i want a refund", &g), "refund");
	assert_string_equal(says(&m, "开发票", &g), "invoice");
	for (i = 0; i < 3; i++)
		all += g.p[i];
	assert_true(all > 0.999 && all < 1.001 && g.confidence > 0 && g.confidence <= 1);

	grams_find(&grams, &m.setting, "i want a refund", 15);
	assert_true(model_explain(&m, &grams, 2, why, 4) > 0);
	assert_true(why[0].start >= 8 && why[0].end <= 15 && why[0].weight > 0);
	grams_release(&grams);

	build(&b, 1, 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.p, b.p, a.len);
	buf_clear(&b);
	build(&b, 1, 6000);		/* a model this small still knows its labels */
	assert_true(b.len <= 6000);
	assert_int_equal(model_open(&m, b.p, b.len, &e), 0);
	assert_string_equal(says(&m, "i want a refund", &g), "refund");
	buf_release(&a);
	buf_release(&b);
}

static void
note_held(void *ctx, const struct model *m, uint32_t sample, const struct guess *g)
{
	static const char *const names[3] = { "refund", "chatter", "invoice" };
	size_t *n = ctx;

	n[0]++;
	n[1] += strcmp(m->labels[g->label], names[sample % 3]) == 0;
}

static void
test_cross(void **state)
{
	struct train t = { .dimension = "intent", .seed = 3 };
	struct samples s = { .n = 0 };
	size_t n[2] = { 0, 0 };
	struct err e;

	(void)state;
	fill(&s, 60);
	assert_int_equal(train_cross(&t, &s, 5, note_held, n, &e), 0);
	assert_int_equal(n[0], 60);
	assert_true(n[1] > 55);
	samples_release(&s);
}

static void
test_train_refuses(void **state)
{
	static const char *const bad[] = { "", "two\nlines", MODEL_UNSURE,
		"a name that is longer than the sixty-three bytes there are room for in it" };
	struct train t = { .dimension = "intent" };
	struct samples s = { .setting = usual };
	struct buf out = BUF_INIT;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(samples_add(&s, "x", 1, bad[i], &e), -1);
		assert_int_equal(e.code, ERR_DATA);
	}
	assert_int_equal(samples_add(&s, "x", 1, "one", &e), 0);
	assert_int_equal(train_model(&t, &s, &out, &e), -1);
	assert_int_equal(e.code, ERR_DATA);
	assert_int_equal(samples_add(&s, "y", 1, "Can't \"Tell\"", &e), 0);
	t.dimension = "a.b";
	assert_int_equal(train_model(&t, &s, &out, &e), -1);
	assert_int_equal(e.code, ERR_CONFIG);
	t.dimension = "intent";
	assert_int_equal(train_model(&t, &s, &out, &e), 0);
	buf_release(&out);
	samples_release(&s);
}

/* Puts the right sums into a changed model, as one who means harm would. */
static void
sign(unsigned char *p, size_t len)
{
	struct model_sum sum = model_sum(p, len);

	sum.a = htole64(sum.a);
	sum.b = htole64(sum.b);
	memcpy(p + AT_SUM_A, &sum.a, 8);
	memcpy(p + AT_SUM_B, &sum.b, 8);
}

/* Each bit that is turned is seen; with right sums what is left is refused or harmless. */
static void
test_damage(void **state)
{
	struct buf good = BUF_INIT;
	unsigned char *p;
	struct model m;
	struct guess g;
	struct err e;
	size_t i, refused = 0;

	(void)state;
	build(&good, 1, 3000);
	p = malloc(good.len);
	for (i = 0; i < good.len; i++) {
		memcpy(p, good.p, good.len);
		p[i] ^= (unsigned char)(1 << i % 8);
		assert_int_equal(model_open(&m, p, good.len, &e), -1);
		assert_int_equal(e.code, ERR_CONFIG);
		sign(p, good.len);
		if (model_open(&m, p, good.len, &e) < 0)
			refused++;
		else
			says(&m, "i want a refund 发票", &g);
	}
	assert_true(refused > 50);
	for (i = 0; i < good.len; i++)
		assert_int_equal(model_open(&m, good.p, i, &e), -1);
	free(p);
	buf_release(&good);
}

/* A model whose sums are 2, 1 or 0 and which is right 17, 14 or 10 times of twenty. */
static void
test_calibrate(void **state)
{
	enum { N = 3000 };
	struct held_out h = { N, 2, calloc(N * 2, sizeof(double)), calloc(N, sizeof(double)),
		calloc(N, 1) };
	struct model m = { .n_labels = 2 };
	struct reliability r = { { 0 }, { 0 }, { 0 } };
	static const int right[3] = { 10, 14, 17 };
	struct guess g;
	size_t i;

	(void)state;
	for (i = 0; i < N; i++) {
		h.sums[i * 2] = (double)(i % 3);
		h.right[i] = (int)(i / 3 % 20) >= right[i % 3];
		h.known[i] = 0.5;
	}
	calibrate(&h, &m.curve);
	for (i = 0; i < N; i++) {
		model_judge(&m, h.sums + i * 2, h.known[i], &g);
		reliability_add(&r, g.confidence, g.label == h.right[i]);
	}
	assert_true(reliability_ece(&r) < 0.05);
	m.threshold = calibrate_threshold(&h, &m.curve);
	assert_true(m.threshold >= 0.3 && m.threshold <= 0.5);
	free(h.sums);
	free(h.known);
	free(h.right);
}

/* By hand: two of confidence 0.9, one right; two of 0.3, none right. */
static void
test_reliability(void **state)
{
	struct reliability r = { { 0 }, { 0 }, { 0 } };
	double ece;

	(void)state;
	assert_true(reliability_ece(&r) < 0.001);
	reliability_add(&r, 0.92, true);
	reliability_add(&r, 0.92, false);
	reliability_add(&r, 0.3, false);
	reliability_add(&r, 0.3, false);
	ece = reliability_ece(&r);
	assert_true(ece > 0.359 && ece < 0.361);	/* (|1.84 - 1| + |0.6 - 0|) / 4 */
	reliability_add(&r, 1, true);
	assert_int_equal(r.n[9], 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gram_counts), cmocka_unit_test(test_gram_likeness),
		cmocka_unit_test(test_gram_places), cmocka_unit_test(test_gram_long),
		cmocka_unit_test(test_train), cmocka_unit_test(test_cross),
		cmocka_unit_test(test_train_refuses), cmocka_unit_test(test_damage),
		cmocka_unit_test(test_calibrate), cmocka_unit_test(test_reliability),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
