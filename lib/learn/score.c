/* score - how well labels that were given agree with labels that are right */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/score.h"

static void
grow(struct score *s)
{
	size_t cap = s->cap * 2 + 16, i;
	uint64_t *cells = xcalloc(cap * cap, sizeof(*cells));

	for (i = 0; i < s->n; i++)
		memcpy(cells + i * cap, s->cells + i * s->cap, s->n * sizeof(*cells));
	free(s->cells);
	s->cells = cells;
	s->labels = xrealloc(s->labels, cap * sizeof(*s->labels));
	s->cap = cap;
}

static size_t
number_of(struct score *s, const char *label)
{
	int is_new;
	union map_value *v = map_put(&s->names, label, strlen(label), &is_new);

	if (!is_new)
		return (size_t)v->num;
	if (s->n == s->cap)
		grow(s);
	v->num = (int64_t)s->n;
	s->labels[s->n] = xstrdup(label);
	return s->n++;
}

void
score_add(struct score *s, const char *right, const char *given)
{
	size_t r = number_of(s, right), g = number_of(s, given);

	s->cells[r * s->cap + g]++;
	s->all++;
}

void
score_release(struct score *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		free(s->labels[i]);
	free(s->labels);
	free(s->cells);
	map_release(&s->names);
	memset(s, 0, sizeof(*s));
}

uint64_t
score_cell(const struct score *s, size_t right, size_t given)
{
	return s->cells[right * s->cap + given];
}

double
score_accuracy(const struct score *s)
{
	uint64_t hits = 0;
	size_t i;

	for (i = 0; i < s->n; i++)
		hits += score_cell(s, i, i);
	return s->all > 0 ? (double)hits / (double)s->all : 0;
}

double
score_macro_f1(const struct score *s)
{
	double sum = 0;
	size_t i, k, labels = 0;

	for (i = 0; i < s->n; i++) {
		uint64_t right = 0, given = 0;

		for (k = 0; k < s->n; k++) {
			right += score_cell(s, i, k);
			given += score_cell(s, k, i);
		}
		if (right == 0)
			continue;
		labels++;
		sum += 2 * (double)score_cell(s, i, i) / (double)(right + given);
	}
	return labels > 0 ? sum / (double)labels : 0;
}

double
span_precision(const struct span_score *s)
{
	return s->found > 0 ? (double)s->both / (double)s->found : 1;
}

double
span_recall(const struct span_score *s)
{
	return s->right > 0 ? (double)s->both / (double)s->right : 1;
}

double
span_f1(const struct span_score *s)
{
	return s->right + s->found > 0 ? 2 * (double)s->both / (double)(s->right + s->found) : 1;
}
