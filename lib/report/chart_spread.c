/* chart_spread - how lengths of time are spread, and round numbers for axes */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"

/* Seconds at which a person would draw the line. */
static const double edges[] = { 0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
	14400, 28800, 86400, 172800, 259200, 604800, 1209600, 2592000 };
enum { EDGES = sizeof(edges) / sizeof(edges[0]) };

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Nearest rank, as group.h has it; V in order. */
static int64_t
rank(const int64_t *v, size_t n, size_t percent)
{
	return v[(percent * n + 99) / 100 - 1];
}

/* From the edge below the 5th percentile to the one above the 99th: the columns at the
 * ends hold the rest. */
static void
choose_edges(struct chart *c, const int64_t *v, size_t n)
{
	double low = (double)rank(v, n, 5) / 1000, high = (double)rank(v, n, 99) / 1000;
	size_t first = 1, i;

	while (first + 2 < EDGES && edges[first + 1] <= low)
		first++;
	c->nx = 0;
	c->edge[c->nx++] = 0;
	for (i = first; i < EDGES && (c->nx < 4 || edges[i - 1] < high); i++)
		c->edge[c->nx++] = edges[i];
}

static void
count(const struct chart *c, const int64_t *v, size_t n, double *into)
{
	size_t i, column = 0;

	for (i = 0; i < n; i++) {
		while (column + 1 < c->nx && (double)v[i] / 1000 >= c->edge[column + 1])
			column++;
		into[column]++;
	}
}

static void
name_columns(struct chart *c, const struct chart_source *src)
{
	static const struct field length = { .name = "", .type = FIELD_SECONDS };
	struct show show = { src->words, src->zone };
	struct buf b = BUF_INIT;
	size_t i;

	c->x = arena_alloc(&c->texts, c->nx * sizeof(*c->x));
	c->tick = arena_alloc(&c->texts, c->nx * sizeof(*c->tick));
	for (i = 0; i < c->nx; i++) {
		buf_clear(&b);
		show_tick(&b, &show, &length, c->edge[i]);
		c->tick[i] = i > 0 ? arena_str(&c->texts, buf_cstr(&b)) : "0";
		if (i == 0)
			buf_clear(&b);
		if (i + 1 == c->nx) {
			buf_clear(&b);
			buf_fmt(&b, "\u2265 %s", c->tick[i]);
		} else {
			buf_str(&b, i > 0 ? "\u2009\u2013\u2009" : "< ");
			show_tick(&b, &show, &length, c->edge[i + 1]);
		}
		c->x[i] = arena_str(&c->texts, buf_cstr(&b));
	}
	buf_release(&b);
}

void
chart_spread(struct chart *c, const struct chart_source *src, int64_t *v, size_t n,
    int64_t *before, size_t n_before)
{
	static const size_t percents[3] = { 50, 90, 95 };
	size_t i;

	*c = (struct chart){ .kind = CHART_SPREAD, .name = src->spec->name, .n = n, .ns = 1,
		.of = { .name = "n", .type = FIELD_INT }, .is_sum = true };
	c->title = words_name(src->words, src->report, c->name);
	c->x_title = words_name(src->words, src->report,
	    src->report->fields[src->spec->x[0]].name);
	c->series = arena_alloc(&c->texts, sizeof(*c->series));
	c->series[0] = words_name(src->words, src->report, "n");
	if (n == 0)
		return;
	qsort(v, n, sizeof(*v), by_value);
	choose_edges(c, v, n);
	name_columns(c, src);
	c->v = xcalloc(c->nx, sizeof(*c->v));
	count(c, v, n, c->v);
	for (i = 0; i < 3; i++)
		c->mark[i] = (double)rank(v, n, percents[i]) / 1000;
	if (before == NULL || n_before == 0)
		return;
	qsort(before, n_before, sizeof(*before), by_value);
	c->before = xcalloc(c->nx, sizeof(*c->before));
	count(c, before, n_before, c->before);
	/* Shares, not counts, are compared. */
	for (i = 0; i < c->nx; i++)
		c->before[i] *= (double)n / (double)n_before;
}

static void
stretch(double v, double *least, double *most)
{
	if (isnan(v))
		return;
	*most = fmax(*most, v);
	*least = fmin(*least, v);
}

static void
extremes(const struct chart *c, double *least, double *most)
{
	bool past = c->before != NULL && c->kind != CHART_STACK && c->kind != CHART_HEAT;
	size_t i, s;

	*least = *most = 0;
	for (i = 0; i < c->nx; i++) {
		double sum = 0;

		for (s = 0; s < c->ns; s++) {
			double v = c->v[s * c->nx + i];

			sum += isnan(v) ? 0 : v;
			stretch(v, least, most);
			if (past)
				stretch(c->before[s * c->nx + i], least, most);
		}
		if (c->kind == CHART_STACK)
			stretch(sum, least, most);
	}
}

static bool
is_length(const struct field *f)
{
	return f->type == FIELD_SECONDS || f->type == FIELD_MS;
}

/* The step between three to five lines under MOST. */
static double
round_step(double most)
{
	double power = pow(10, floor(log10(most / 4)));
	double parts = most / 4 / power;

	return power * (parts <= 1 ? 1 : parts <= 2 ? 2 : parts <= 5 ? 5 : 10);
}

static double
round_seconds(double most)
{
	static const double steps[] = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600,
		7200, 14400, 21600, 43200, 86400, 172800, 432000 };
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (most / steps[i] <= 4.5)
			return steps[i];
	return 86400 * round_step(most / 86400);
}

double
chart_range(const struct chart *c, double *low, double *step)
{
	double least, most, unit = c->of.type == FIELD_MS ? 1000 : 1;

	extremes(c, &least, &most);
	if (least == 0 && most > 50 && c->of.unit != NULL && strcmp(c->of.unit, "%") == 0) {
		*low = 0;
		*step = 25;
		return ceil(most / 25 - 1e-9) * 25;
	}
	if (most - least <= 0)
		most = 1;
	*step = is_length(&c->of) ? unit * round_seconds((most - least) / unit) :
	    round_step(most - least);
	if (c->of.type == FIELD_INT && *step < 1)
		*step = 1;
	*low = floor(least / *step + 1e-9) * *step;
	return ceil(most / *step - 1e-9) * *step;
}
