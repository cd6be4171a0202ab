/* model_build - the bytes of a model from the weights that were learned */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "learn/model_build.h"
#include "learn/model_file.h"

enum { ROUNDS = 2 };

struct build {
	const struct model_plan *plan;
	const struct fit *f;
	size_t n, labels;		/* n-grams; labels */
	float *w;			/* [gram * labels + label] */
	double bias[MODEL_LABELS], each[MODEL_LABELS];
	double unit;			/* of a kept weight's square */
	double least;			/* worth of the weights that stay */
	size_t kept, n_slots, n_entries;
};

static int
by_size(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static float
median(float *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	return v[n / 2];
}

/* What each label gets from every n-gram, on average over their occurrences. */
static void
centre_labels(struct build *b)
{
	double sum[MODEL_LABELS] = { 0 }, all = 0;
	size_t i, c;

	for (i = 0; i < b->n; i++) {
		all += b->f->seen[i];
		for (c = 0; c < b->labels; c++)
			sum[c] += (double)b->w[i * b->labels + c] * b->f->seen[i];
	}
	for (c = 0; c < b->labels && all > 0; c++) {
		b->each[c] += sum[c] / all;
		for (i = 0; i < b->n; i++)
			b->w[i * b->labels + c] -= (float)(sum[c] / all);
	}
}

/* What an n-gram gives to most labels alike says nothing. */
static void
centre_grams(struct build *b)
{
	float sorted[MODEL_LABELS], middle;
	size_t i, c;

	for (i = 0; i < b->n; i++) {
		memcpy(sorted, b->w + i * b->labels, b->labels * sizeof(*sorted));
		middle = median(sorted, b->labels);
		for (c = 0; c < b->labels; c++)
			b->w[i * b->labels + c] -= middle;
	}
}

/* Of two labels the first alone has weights: what speaks for it less what speaks against. */
static void
centre(struct build *b)
{
	size_t i;

	if (b->labels == 2) {
		for (i = 0; i < b->n; i++) {
			b->w[i * 2] -= b->w[i * 2 + 1];
			b->w[i * 2 + 1] = 0;
		}
		b->bias[0] -= b->bias[1];
		b->bias[1] = 0;
		return;
	}
	for (i = 0; i < ROUNDS; i++) {
		centre_labels(b);
		centre_grams(b);
	}
}

/* The kept form of a weight: the root of its size, with its sign. */
static int
root_of(const struct build *b, float w)
{
	double root = sqrt(fabs((double)w) / b->unit);
	int kept = (int)(root + 0.5);

	kept = kept > 127 ? 127 : kept;
	return w < 0 ? -kept : kept;
}

/* How much a weight can move all samples together. */
static double
worth(const struct build *b, size_t gram, size_t label)
{
	return fabs((double)b->w[gram * b->labels + label]) * sqrt(b->f->seen[gram]);
}

static bool
stays(const struct build *b, size_t gram, size_t label)
{
	return worth(b, gram, label) >= b->least &&
	    root_of(b, b->w[gram * b->labels + label]) != 0;
}

static size_t
slots_for(size_t grams)
{
	size_t n = 16;

	while (n * 7 / 10 < grams)
		n *= 2;
	return n;
}

/* Counts what is left with this least worth; returns its bytes. */
static size_t
measure(struct build *b, double least)
{
	size_t i, c, row;

	b->least = least;
	b->kept = b->n_entries = 0;
	for (i = 0; i < b->n; i++) {
		for (c = row = 0; c < b->labels; c++)
			row += stays(b, i, c);
		b->kept += row > 0;
		b->n_entries += row > 0 ? 1 + row * 2 : 0;
	}
	b->n_slots = slots_for(b->kept);
	return b->n_slots * 6 + b->n_entries + b->labels * (16 + MODEL_NAME);
}

/* Finds the unit and the least worth with which the model is small enough. */
static void
shrink(struct build *b)
{
	size_t most = b->plan->most_bytes > 0 ? b->plan->most_bytes : MODEL_MOST_BYTES, i;
	double top = 0, low = 0, high, middle;

	for (i = 0; i < b->n * b->labels; i++)
		top = fabs((double)b->w[i]) > top ? fabs((double)b->w[i]) : top;
	b->unit = (top > 0 ? top : 1) / (127 * 127);
	if (measure(b, 0) <= most)
		return;
	for (high = top * sqrt((double)b->plan->birth.samples + 1), i = 0; i < 24; i++) {
		middle = (low + high) / 2;
		if (measure(b, middle) <= most)
			high = middle;
		else
			low = middle;
	}
	measure(b, high);
}

static void
put_u32(unsigned char *p, uint32_t v)
{
	v = htole32(v);
	memcpy(p, &v, sizeof(v));
}

static void
put_u64(unsigned char *p, uint64_t v)
{
	v = htole64(v);
	memcpy(p, &v, sizeof(v));
}

static void
put_real(unsigned char *p, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof(v));
	put_u64(p, bits);
}

static size_t
names_len(const struct build *b)
{
	size_t len = strlen(b->plan->dimension) + 1, c;

	for (c = 0; c < b->labels; c++)
		len += strlen(b->plan->labels[c]) + 1;
	return len;
}

static void
put_names(const struct build *b, unsigned char *p)
{
	size_t len = strlen(b->plan->dimension) + 1, c;

	memcpy(p, b->plan->dimension, len);
	for (c = 0; c < b->labels; c++) {
		p += len;
		len = strlen(b->plan->labels[c]) + 1;
		memcpy(p, b->plan->labels[c], len);
	}
}

static void
put_head(const struct build *b, unsigned char *p, size_t len)
{
	const struct model_plan *plan = b->plan;

	memcpy(p, MODEL_MAGIC, 8);
	put_u32(p + AT_VERSION, MODEL_VERSION);
	put_u32(p + AT_BYTES, (uint32_t)len);
	put_u32(p + AT_LABELS, (uint32_t)b->labels);
	put_u32(p + AT_SLOTS, (uint32_t)b->n_slots);
	put_u32(p + AT_ENTRIES, (uint32_t)b->n_entries);
	put_u32(p + AT_GRAMS, (uint32_t)b->kept);
	put_u32(p + AT_NAMES, (uint32_t)names_len(b));
	p[AT_CHARS] = plan->setting.chars;
	p[AT_WORDS] = plan->setting.words;
	put_u32(p + AT_SAMPLES, plan->birth.samples);
	put_u64(p + AT_SEED, plan->birth.seed);
	put_u64(p + AT_TIME, (uint64_t)plan->birth.at);
	put_real(p + AT_ACCURACY, plan->birth.accuracy);
	put_real(p + AT_ECE, plan->birth.ece);
	put_real(p + AT_UNIT, b->unit);
	put_real(p + AT_THRESHOLD, plan->threshold);
	put_real(p + AT_SLOPE, plan->curve.slope);
	put_real(p + AT_CONSTANT, plan->curve.constant);
	put_real(p + AT_ODDS, plan->curve.odds);
	put_real(p + AT_KNOWN, plan->curve.known);
}

/* The row of one n-gram; returns its bytes, 0 if nothing of it stays. */
static size_t
put_row(const struct build *b, size_t gram, unsigned char *row)
{
	size_t c, n = 0;

	for (c = 0; c < b->labels; c++) {
		if (!stays(b, gram, c))
			continue;
		row[1 + n * 2] = (unsigned char)c;
		row[2 + n * 2] = (unsigned char)root_of(b, b->w[gram * b->labels + c]);
		n++;
	}
	row[0] = (unsigned char)n;
	return n > 0 ? 1 + n * 2 : 0;
}

static void
put_grams(const struct build *b, unsigned char *checks, unsigned char *rows,
    unsigned char *entries)
{
	unsigned char row[1 + MODEL_LABELS * 2];
	size_t gram, at = 0, len, i;

	for (gram = 0; gram < b->n; gram++) {
		uint32_t hash = b->f->hash[gram];
		uint16_t check = htole16(model_check(hash));

		if ((len = put_row(b, gram, row)) == 0)
			continue;
		memcpy(entries + at, row, len);
		i = model_slot(hash, b->n_slots);
		while (checks[i * 2] != 0 || checks[i * 2 + 1] != 0)
			i = (i + 1) & (b->n_slots - 1);
		memcpy(checks + i * 2, &check, sizeof(check));
		put_u32(rows + i * 4, (uint32_t)at);
		at += len;
	}
}

static void
write_file(const struct build *b, struct buf *out)
{
	size_t names = MODEL_HEAD, numbers = model_aligned(names + names_len(b));
	size_t checks = model_aligned(numbers + b->labels * 16);
	size_t rows = model_aligned(checks + b->n_slots * 2);
	size_t entries = model_aligned(rows + b->n_slots * 4);
	size_t len = model_aligned(entries + b->n_entries), c;
	unsigned char *p = (unsigned char *)buf_room(out, len);
	struct model_sum sum;

	memset(p, 0, len);
	put_head(b, p, len);
	put_names(b, p + names);
	for (c = 0; c < b->labels; c++) {
		put_real(p + numbers + c * 16, b->bias[c]);
		put_real(p + numbers + c * 16 + 8, b->each[c]);
	}
	put_grams(b, p + checks, p + rows, p + entries);
	sum = model_sum(p, len);
	put_u64(p + AT_SUM_A, sum.a);
	put_u64(p + AT_SUM_B, sum.b);
	out->len = len;
}

void
model_build(const struct model_plan *plan, const struct fit *f, const struct mix *mix,
    struct buf *out)
{
	struct build b = { .plan = plan, .f = f, .n = f->n_grams, .labels = f->n_labels };

	b.w = fit_mix(f, mix, b.bias);
	centre(&b);
	shrink(&b);
	write_file(&b, out);
	free(b.w);
}
