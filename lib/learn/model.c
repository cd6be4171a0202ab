/* model - a learned model: bytes of a file that label texts */
#include <math.h>

#include "learn/model.h"
#include "learn/model_file.h"
#include "text/utf8.h"

/* Sections in order; false when they do not fill the LEN bytes of the file. */
static bool
lay_out(struct model *m, const unsigned char *p, size_t len, size_t *names, size_t *numbers)
{
	size_t at = MODEL_HEAD;

	*names = at;
	at = model_aligned(at + model_u32(p + AT_NAMES));
	*numbers = at;
	at = model_aligned(at + m->n_labels * 16);
	m->checks = p + at;
	at = model_aligned(at + m->n_slots * 2);
	m->rows = p + at;
	at = model_aligned(at + m->n_slots * 4);
	m->entries = p + at;
	return model_aligned(at + m->n_entries) == len;
}

/* A name: short, without control characters; ends in NUL before END. */
static bool
read_name(const char **p, const char *end, const char **name)
{
	size_t len = strnlen(*p, (size_t)(end - *p)), i;

	if (len == 0 || len >= MODEL_NAME || *p + len == end)
		return false;
	for (i = 0; i < len; i++)
		if ((unsigned char)(*p)[i] < ' ' || (*p)[i] == 0x7F)
			return false;
	*name = *p;
	*p += len + 1;
	return utf8_valid(*name, len);
}

static bool
read_names(struct model *m, const char *p, size_t len)
{
	const char *end = p + len;
	size_t i;

	if (!read_name(&p, end, &m->dimension))
		return false;
	for (i = 0; i < m->n_labels; i++)
		if (!read_name(&p, end, &m->labels[i]))
			return false;
	return true;
}

/* Every row named by a slot must lie within the entries and name labels there are. */
static bool
rows_hold(const struct model *m)
{
	size_t i, k, used = 0;

	for (i = 0; i < m->n_slots; i++) {
		size_t at = model_u32(m->rows + i * 4);
		const unsigned char *row = m->entries + at;

		if (m->checks[i * 2] == 0 && m->checks[i * 2 + 1] == 0)
			continue;
		used++;
		if (at >= m->n_entries || m->n_entries - at - 1 < (size_t)*row * 2)
			return false;
		for (k = 0; k < *row; k++)
			if (row[1 + k * 2] >= m->n_labels)
				return false;
	}
	return used == m->n_grams && used < m->n_slots;
}

static bool
is_number(double v)
{
	return isfinite(v) && fabs(v) < 1e9;
}

static bool
read_numbers(struct model *m, const unsigned char *head, const unsigned char *per_label)
{
	bool fine = true;
	size_t i;

	m->unit = model_real(head + AT_UNIT);
	m->threshold = model_real(head + AT_THRESHOLD);
	m->curve = (struct model_curve){ model_real(head + AT_SLOPE),
		model_real(head + AT_CONSTANT), model_real(head + AT_ODDS),
		model_real(head + AT_KNOWN) };
	m->birth = (struct model_birth){ model_u32(head + AT_SAMPLES),
		model_u64(head + AT_SEED), (int64_t)model_u64(head + AT_TIME),
		model_real(head + AT_ACCURACY), model_real(head + AT_ECE) };
	for (i = 0; i < m->n_labels; i++) {
		m->bias[i] = model_real(per_label + i * 16);
		m->each[i] = model_real(per_label + i * 16 + 8);
		fine = fine && is_number(m->bias[i]) && is_number(m->each[i]);
	}
	return fine && is_number(m->unit) && is_number(m->curve.slope) &&
	    is_number(m->curve.constant) && is_number(m->curve.odds) &&
	    is_number(m->curve.known) && m->threshold >= 0 && m->threshold <= 1 &&
	    m->birth.accuracy >= 0 && m->birth.accuracy <= 1 && m->birth.ece >= 0 &&
	    m->birth.ece <= 1;
}

static bool
read_sizes(struct model *m, const unsigned char *p, size_t len)
{
	m->n_labels = model_u32(p + AT_LABELS);
	m->n_slots = model_u32(p + AT_SLOTS);
	m->n_entries = model_u32(p + AT_ENTRIES);
	m->n_grams = model_u32(p + AT_GRAMS);
	m->setting = (struct gram_setting){ p[AT_CHARS], p[AT_WORDS] };
	return m->n_labels >= 2 && m->n_labels <= MODEL_LABELS && m->n_slots > 0 &&
	    (m->n_slots & (m->n_slots - 1)) == 0 && m->n_slots < len && m->n_entries < len &&
	    model_u32(p + AT_NAMES) < len && m->setting.chars <= GRAM_LONGEST &&
	    m->setting.words <= GRAM_LONGEST;
}

int
model_open(struct model *m, const void *bytes, size_t len, struct err *e)
{
	const unsigned char *p = bytes;
	struct model_sum sum;
	size_t names, numbers;

	if (len < MODEL_HEAD || memcmp(p, MODEL_MAGIC, 8) != 0)
		return err_set(e, ERR_CONFIG, "not a model");
	if (model_u32(p + AT_VERSION) != MODEL_VERSION)
		return err_set(e, ERR_CONFIG, "a model of version %u, this program reads %d",
		    (unsigned)model_u32(p + AT_VERSION), MODEL_VERSION);
	if (model_u32(p + AT_BYTES) != len)
		return err_set(e, ERR_CONFIG, "a damaged model: %zu of its %u bytes are there",
		    len, (unsigned)model_u32(p + AT_BYTES));
	sum = model_sum(p, len);
	if (sum.a != model_u64(p + AT_SUM_A) || sum.b != model_u64(p + AT_SUM_B))
		return err_set(e, ERR_CONFIG, "a damaged model: its checksum is wrong");
	if (!read_sizes(m, p, len) || !lay_out(m, p, len, &names, &numbers) ||
	    !read_names(m, (const char *)p + names, model_u32(p + AT_NAMES)) ||
	    !read_numbers(m, p, p + numbers) || !rows_hold(m))
		return err_set(e, ERR_CONFIG, "a damaged model: its parts do not fit together");
	return 0;
}

double
model_sums(const struct model *m, const struct grams *g, double *sums)
{
	int32_t acc[MODEL_LABELS + 1] = { 0 };
	const unsigned char *row;
	size_t i, k, known = 0;
	double root = g->n > 0 ? 1 / sqrt((double)g->n) : 0;

	for (i = 0; i < g->n; i++) {
		if ((row = model_row(m, g->v[i].hash)) == NULL)
			continue;
		known++;
		for (k = 0; k < *row; k++)
			acc[row[1 + k * 2]] += model_weight(row[2 + k * 2]);
	}
	for (i = 0; i < m->n_labels; i++)
		sums[i] = m->bias[i] + root * (acc[i] * m->unit + (double)known * m->each[i]);
	return g->n > 0 ? (double)known / (double)g->n : 0;
}

void
model_judge(const struct model *m, const double *sums, double known, struct guess *out)
{
	const struct model_curve *c = &m->curve;
	double all = 0, rest = 0, odds;
	size_t i;

	out->label = 0;
	for (i = 1; i < m->n_labels; i++)
		if (sums[i] > sums[out->label])
			out->label = i;
	for (i = 0; i < m->n_labels; i++) {
		out->p[i] = exp(c->slope * (sums[i] - sums[out->label]));
		all += out->p[i];
		rest += i != out->label ? out->p[i] : 0;
	}
	for (i = 0; i < m->n_labels; i++)
		out->p[i] /= all;
	odds = -log(rest > 1e-12 ? rest : 1e-12);
	out->confidence = 1 / (1 + exp(-(c->constant + c->odds * odds + c->known * known)));
	out->sure = out->confidence >= m->threshold;
}

void
model_guess(const struct model *m, const struct grams *g, struct guess *out)
{
	double sums[MODEL_LABELS];
	double known = model_sums(m, g, sums);

	model_judge(m, sums, known, out);
}
