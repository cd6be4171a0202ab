/* samples - texts whose labels are known, as what a model learns from */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/samples.h"
#include "text/utf8.h"

static bool
is_name(const char *s)
{
	size_t len = strlen(s), i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7F)
			return false;
	return len > 0 && len < MODEL_NAME && utf8_valid(s, len) &&
	    strcmp(s, MODEL_UNSURE) != 0;
}

static int
label_number(struct samples *s, const char *label, size_t *number, struct err *e)
{
	const union map_value *have = map_get(&s->names, label, strlen(label));
	int is_new;

	if (have == NULL) {
		if (!is_name(label))
			return err_set(e, ERR_DATA, "\"%.80s\" is no name for a label", label);
		if (s->n_labels == MODEL_LABELS)
			return err_set(e, ERR_DATA, "more than %d labels", MODEL_LABELS);
		map_put(&s->names, label, strlen(label), &is_new)->num = (int64_t)s->n_labels;
		s->labels[s->n_labels++] = xstrdup(label);
		have = map_get(&s->names, label, strlen(label));
	}
	*number = (size_t)have->num;
	return 0;
}

static void
grow_table(struct samples *s)
{
	size_t cap = s->table_cap > 0 ? s->table_cap * 2 : 65536, i, at;

	free(s->table);
	s->table = xcalloc(cap, sizeof(*s->table));
	s->table_cap = cap;
	for (i = 0; i < s->n_grams; i++) {
		for (at = s->hash[i] & (cap - 1); s->table[at] != 0; at = (at + 1) & (cap - 1))
			continue;
		s->table[at] = (uint32_t)i + 1;
	}
}

static uint32_t
gram_number(struct samples *s, uint32_t hash)
{
	size_t at;

	if (s->n_grams * 2 >= s->table_cap)
		grow_table(s);
	for (at = hash & (s->table_cap - 1); s->table[at] != 0;
	    at = (at + 1) & (s->table_cap - 1))
		if (s->hash[s->table[at] - 1] == hash)
			return s->table[at] - 1;
	if (s->n_grams == s->cap_grams) {
		s->cap_grams = s->cap_grams * 2 + 65536;
		s->hash = xrealloc(s->hash, s->cap_grams * sizeof(*s->hash));
	}
	s->hash[s->n_grams++] = hash;
	s->table[at] = (uint32_t)s->n_grams;
	return (uint32_t)s->n_grams - 1;
}

static void
reserve(struct samples *s, size_t grams)
{
	if (s->n + 1 >= s->cap) {
		s->cap = s->cap * 2 + 1024;
		s->label = xrealloc(s->label, s->cap);
		s->first = xrealloc(s->first, s->cap * sizeof(*s->first));
		s->first[0] = 0;
	}
	if (s->first[s->n] + grams > s->cap_pool) {
		s->cap_pool = s->cap_pool * 2 + grams + 65536;
		s->grams = xrealloc(s->grams, s->cap_pool * sizeof(*s->grams));
	}
}

int
samples_add(struct samples *s, const char *folded, size_t len, const char *label,
    struct err *e)
{
	size_t number, i;

	if (label_number(s, label, &number, e) < 0)
		return -1;
	grams_find(&s->found, &s->setting, folded, len);
	reserve(s, s->found.n);
	s->label[s->n] = (unsigned char)number;
	for (i = 0; i < s->found.n; i++)
		s->grams[s->first[s->n] + i] = gram_number(s, s->found.v[i].hash);
	s->first[s->n + 1] = s->first[s->n] + s->found.n;
	s->n++;
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
samples_sort(struct samples *s)
{
	unsigned char now[MODEL_LABELS] = { 0 };
	size_t i;

	qsort(s->labels, s->n_labels, sizeof(*s->labels), by_name);
	for (i = 0; i < s->n_labels; i++) {
		union map_value *v = map_get(&s->names, s->labels[i], strlen(s->labels[i]));

		now[v->num] = (unsigned char)i;
		v->num = (int64_t)i;
	}
	for (i = 0; i < s->n; i++)
		s->label[i] = now[s->label[i]];
}

void
samples_release(struct samples *s)
{
	size_t i;

	for (i = 0; i < s->n_labels; i++)
		free(s->labels[i]);
	map_release(&s->names);
	grams_release(&s->found);
	free(s->label);
	free(s->first);
	free(s->grams);
	free(s->hash);
	free(s->table);
	*s = (struct samples){ .setting = s->setting };
}

/* Xorshift64* (Vigna 2016). */
static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(0x2545F4914F6CDD1D);
}

uint32_t *
samples_shuffled(const struct samples *s, uint64_t seed)
{
	uint32_t *order = xmalloc((s->n + 1) * sizeof(*order)), held;
	uint64_t state = seed * 2 + 1;
	size_t i, k;

	for (i = 0; i < s->n; i++)
		order[i] = (uint32_t)i;
	for (i = s->n; i > 1; i--) {
		k = (size_t)((next_random(&state) >> 33) % i);
		held = order[i - 1];
		order[i - 1] = order[k];
		order[k] = held;
	}
	return order;
}

void
samples_grams(const struct samples *s, uint32_t i, struct grams *g)
{
	size_t n = s->first[i + 1] - s->first[i], k;

	if (g->cap < n) {
		g->cap = n;
		g->v = xrealloc(g->v, n * sizeof(*g->v));
	}
	g->n = n;
	for (k = 0; k < n; k++)
		g->v[k] = (struct gram){ s->hash[s->grams[s->first[i] + k]], 0, 0 };
}
