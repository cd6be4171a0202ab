/* chart - what a chart shows, apart from how it is drawn */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "report/chart.h"

enum { MOST_BARS = 12, MOST_SERIES = 6 };

/* The values along one side of the grid, in order. */
struct side {
	struct cell *at;
	size_t n;
	size_t last;		/* found last: rows mostly come in order */
};

/* Names are in the order of their weight; what has an order of its own keeps it. */
static bool
has_order(const struct chart_source *src, size_t field)
{
	const struct result *t = src->rows;
	size_t i;

	if (src->report->fields[field].type != FIELD_TEXT ||
	    src->report->origins[field].kind == FROM_TIME)
		return true;
	for (i = 0; i < t->rows; i++) {
		const struct cell *c = &result_row(t, i)[src->x[0]];

		if (c->kind == CELL_TEXT && c->len > 0 && strchr("0123456789", *c->u.text))
			return true;
	}
	return false;
}

static int64_t
find(struct side *s, const struct cell *c)
{
	size_t i, k;

	for (k = 0; k < s->n; k++) {
		i = (s->last + k) % s->n;
		if (cell_cmp(&s->at[i], c) == 0)
			return (int64_t)(s->last = i);
	}
	return -1;
}

static int
by_cell(const void *a, const void *b)
{
	return cell_cmp(a, b);
}

/* The different values of column COL, in order. */
static void
collect(struct side *s, const struct result *t, size_t col)
{
	size_t i;

	s->at = xcalloc(t->rows + 1, sizeof(*s->at));
	for (i = 0; i < t->rows; i++)
		s->at[i] = result_row(t, i)[col];
	qsort(s->at, t->rows, sizeof(*s->at), by_cell);
	for (i = 0; i < t->rows; i++)
		if (s->n == 0 || cell_cmp(&s->at[s->n - 1], &s->at[i]) != 0)
			s->at[s->n++] = s->at[i];
}

struct weighed {
	struct cell at;
	double weight;
	size_t place;
};

static int
heavier(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return x->place < y->place ? -1 : 1;
}

/* Sorts S by the sum of y and keeps the first MOST; how many are left out. */
static size_t
heaviest(struct side *s, const struct chart_source *src, size_t col, size_t most)
{
	struct weighed *w = xcalloc(s->n + 1, sizeof(*w));
	size_t i, left;

	for (i = 0; i < s->n; i++)
		w[i] = (struct weighed){ s->at[i], 0, i };
	for (i = 0; i < src->rows->rows; i++) {
		const struct cell *row = result_row(src->rows, i);
		int64_t at = find(s, &row[col]);
		double v = cell_number(&row[src->y[0]]);

		if (at >= 0 && !isnan(v))
			w[at].weight += v;
	}
	qsort(w, s->n, sizeof(*w), heavier);
	for (i = 0; i < s->n; i++)
		s->at[i] = w[i].at;
	free(w);
	left = s->n > most ? s->n - most : 0;
	s->n -= left;
	s->last = 0;
	return left;
}

/* Rows of nothing in particular are left out if there is nothing in them. */
static void
drop_empty_null(struct side *s, const struct chart_source *src, size_t col)
{
	size_t i;

	if (s->n == 0 || s->at[s->n - 1].kind != CELL_NULL)	/* null is last */
		return;
	for (i = 0; i < src->rows->rows; i++) {
		const struct cell *row = result_row(src->rows, i);
		double v = cell_number(&row[src->y[0]]);

		if (row[col].kind == CELL_NULL && !isnan(v) && v != 0)
			return;
	}
	s->n--;
}

static void
x_side(struct chart *c, const struct chart_source *src, struct side *s)
{
	size_t field = src->spec->x[0];

	s->at = chart_axis(src, field, &c->texts, &s->n);
	if (s->at != NULL)
		return;
	collect(s, src->rows, src->x[0]);
	drop_empty_null(s, src, src->x[0]);
	if (!has_order(src, field))
		c->more = heaviest(s, src, src->x[0], MOST_BARS);
}

static void
series_side(struct chart *c, const struct chart_source *src, struct side *s)
{
	size_t col = c->kind == CHART_HEAT ? src->x[1] : (size_t)src->split;

	if (c->kind == CHART_HEAT)
		s->at = chart_axis(src, src->spec->x[1], &c->texts, &s->n);
	if (s->at != NULL)
		return;
	collect(s, src->rows, col);
	drop_empty_null(s, src, col);
	c->more_series = heaviest(s, src, col, c->kind == CHART_HEAT ? MOST_BARS : MOST_SERIES);
}

static const char *
name_of(struct chart *c, const struct chart_source *src, size_t field, const struct cell *x)
{
	struct show show = { src->words, src->zone };
	struct buf b = BUF_INIT;
	const char *text;

	if (x->kind == CELL_NULL)
		buf_str(&b, words_lang(src->words) == LANG_ZH ? "无" : "none");
	else
		show_cell(&b, &show, &src->report->fields[field], x);
	text = arena_str(&c->texts, buf_cstr(&b));
	buf_release(&b);
	return text;
}

static bool
adds_up(const struct chart_source *src)
{
	size_t i;

	for (i = 0; i < src->spec->n_y; i++) {
		const struct measure *m = src->measures != NULL ? &src->measures[i] : NULL;

		if (m == NULL || (m->fn != M_COUNT && m->fn != M_SUM))
			return false;
	}
	return true;
}

static double *
grid(size_t n, double fill)
{
	double *v = xcalloc(n + 1, sizeof(*v));

	while (n-- > 0)
		v[n] = fill;
	return v;
}

/* Puts the rows of T where they belong. */
static void
fill(struct chart *c, const struct chart_source *src, const struct result *t,
    struct side *x, struct side *series, double *v)
{
	size_t i, k;

	for (i = 0; i < t->rows; i++) {
		const struct cell *row = result_row(t, i);
		int64_t at = c->kind == CHART_FUNNEL ? 0 : find(x, &row[src->x[0]]), s = -1;

		if (c->kind == CHART_HEAT)
			s = find(series, &row[src->x[1]]);
		else if (src->split >= 0)
			s = find(series, &row[src->split]);
		for (k = 0; at >= 0 && k < src->spec->n_y; k++) {
			size_t place = c->kind == CHART_FUNNEL ? k :
			    (s >= 0 ? (size_t)s : k) * c->nx + (size_t)at;

			if (s >= 0 || series->at == NULL)
				v[place] = cell_number(&row[src->y[k]]);
		}
	}
}

/* Days of two periods have different names: they are laid over one another by place. */
static void
fill_before(struct chart *c, const struct chart_source *src, struct side *x,
    struct side *series)
{
	struct side past = { NULL, 0, 0 };
	struct chart_source of = *src;

	of.rows = src->before;
	of.period = src->period_before;
	c->before = grid(c->nx * c->ns, c->is_sum ? 0 : NAN);
	if (!c->is_time) {
		fill(c, src, src->before, x, series, c->before);
		return;
	}
	past.at = chart_axis(&of, src->spec->x[0], &c->texts, &past.n);
	if (past.at == NULL)
		return;
	if (past.n > c->nx)
		past.n = c->nx;
	fill(c, src, src->before, &past, series, c->before);
	free(past.at);
}

static void
fill_interval(struct chart *c, const struct chart_source *src, struct side *x)
{
	size_t i;

	c->low = grid(c->nx, NAN);
	c->high = grid(c->nx, NAN);
	for (i = 0; i < src->rows->rows; i++) {
		const struct cell *row = result_row(src->rows, i);
		int64_t at = find(x, &row[src->x[0]]);

		if (at < 0)
			continue;
		c->low[at] = cell_number(&row[src->low]);
		c->high[at] = cell_number(&row[src->high]);
	}
}

/* The steps of a funnel lie along x, one series. */
static void
name_steps(struct chart *c, const struct chart_source *src)
{
	size_t i;

	c->nx = src->spec->n_y;
	c->ns = 1;
	c->x = c->tick = arena_alloc(&c->texts, (c->nx + 1) * sizeof(*c->x));
	c->series = arena_alloc(&c->texts, sizeof(*c->series));
	c->series[0] = src->rows->fields[src->y[0]].name;
	for (i = 0; i < c->nx; i++)
		c->x[i] = words_name(src->words, src->report,
		    src->rows->fields[src->y[i]].name);
}

static void
name_sides(struct chart *c, const struct chart_source *src, const struct side *x,
    const struct side *series)
{
	size_t i, field = c->kind == CHART_HEAT ? src->spec->x[1] : (size_t)src->spec->split;

	c->nx = x->n;
	c->ns = series->at != NULL ? series->n : src->spec->n_y;
	c->x = arena_alloc(&c->texts, (c->nx + 1) * sizeof(*c->x));
	c->tick = arena_alloc(&c->texts, (c->nx + 1) * sizeof(*c->tick));
	c->series = arena_alloc(&c->texts, (c->ns + 1) * sizeof(*c->series));
	for (i = 0; i < c->nx; i++) {
		c->x[i] = name_of(c, src, src->spec->x[0], &x->at[i]);
		c->tick[i] = chart_tick(src, src->spec->x[0], &x->at[i], &c->texts);
	}
	for (i = 0; i < c->ns; i++)
		c->series[i] = series->at != NULL ? name_of(c, src, field, &series->at[i]) :
		    words_name(src->words, src->report, src->rows->fields[src->y[i]].name);
	c->x_title = words_name(src->words, src->report,
	    src->report->fields[src->spec->x[0]].name);
	c->series_title = series->at != NULL ? words_name(src->words, src->report,
	    src->report->fields[field].name) : NULL;
}

static void
begin(struct chart *c, const struct chart_source *src)
{
	*c = (struct chart){ .kind = src->spec->kind, .name = src->spec->name };
	c->title = words_name(src->words, src->report, c->name);
}

void
chart_make(struct chart *c, const struct chart_source *src)
{
	struct side x = { NULL, 0, 0 }, series = { NULL, 0, 0 };

	begin(c, src);
	c->of = src->rows->fields[src->y[0]];
	c->is_sum = adds_up(src);
	if (c->kind == CHART_FUNNEL) {
		name_steps(c, src);
	} else {
		x_side(c, src, &x);
		c->is_time = src->report->origins[src->spec->x[0]].kind == FROM_TIME &&
		    src->report->origins[src->spec->x[0]].part <= PART_MONTH;
		if (c->kind == CHART_HEAT || src->split >= 0)
			series_side(c, src, &series);
		name_sides(c, src, &x, &series);
	}
	c->v = grid(c->nx * c->ns, c->is_sum ? 0 : NAN);
	fill(c, src, src->rows, &x, &series, c->v);
	if (src->before != NULL)
		fill_before(c, src, &x, &series);
	if (src->low >= 0)
		fill_interval(c, src, &x);
	free(x.at);
	free(series.at);
}

bool
chart_is_empty(const struct chart *c)
{
	size_t i;

	for (i = 0; i < c->nx * c->ns; i++)
		if (!isnan(c->v[i]) && c->v[i] != 0)
			return false;
	return true;
}

void
chart_release(struct chart *c)
{
	free(c->v);
	free(c->before);
	free(c->low);
	free(c->high);
	arena_release(&c->texts);
}
