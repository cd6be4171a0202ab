/* compare - a result beside that of the period before, and whether the change is noise */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "report/compare.h"
#include "report/stats.h"
#include "time/tm.h"

enum { MOST_DAILY = 8 * 1024 * 1024 };	/* numbers worth holding for a test */

struct pair {
	struct result *t;
	const struct compare_side *now, *before;
	const struct measure *m;
	size_t n;
	double *daily[2];	/* counts, per group, measure and day */
	bool test;
};

static bool
is_count(const struct measure *m)
{
	return m->fn == M_COUNT || m->fn == M_SUM;
}

static bool
is_end(const struct measure *m)		/* of an interval: it has no test */
{
	return m->fn == M_LOW95 || m->fn == M_HIGH95;
}

struct measure *
compare_counts(const struct measure *m, size_t n, size_t *n_counts)
{
	struct measure *counts = xcalloc(n + 1, sizeof(*counts));
	size_t i;

	*n_counts = 0;
	for (i = 0; i < n; i++)
		if (is_count(&m[i]))
			counts[(*n_counts)++] = m[i];
	return counts;
}

static void
add_derived(struct result *t, const struct field *f, enum field_role role)
{
	static const char *const suffix[] = { "", "_before", "_change", "_p" };
	struct buf name = BUF_INIT;
	struct field d = *f;

	buf_fmt(&name, "%s%s", f->name, suffix[role]);
	d.name = buf_cstr(&name);
	d.role = role;
	d.about = "";
	if (role == ROLE_P) {
		d.type = FIELD_REAL;
		d.decimals = 4;
		d.unit = NULL;
	}
	result_field(t, &d);
	buf_release(&name);
}

void
compare_fields(struct result *t, const struct field *by, size_t n_by, const struct measure *m,
    size_t n)
{
	size_t i;

	for (i = 0; i < n_by; i++)
		result_field(t, &by[i]);
	t->n_by = n_by;
	for (i = 0; i < n; i++) {
		result_field(t, &m[i].out);
		if (is_end(&m[i]))
			continue;
		add_derived(t, &m[i].out, ROLE_BEFORE);
		add_derived(t, &m[i].out, ROLE_CHANGE);
		add_derived(t, &m[i].out, ROLE_P);
	}
}

/* The daily counts of every group and measure, n_days each; NULL if they are not known or
 * too many to hold. */
static double *
daily_counts(const struct pair *p, const struct compare_side *s)
{
	size_t days = (size_t)s->n_days, size = group_len(s->all) * p->n * days, i, m, c;
	double *v;

	if (s->days == NULL || size > MOST_DAILY)
		return NULL;
	v = xcalloc(size + 1, sizeof(*v));
	for (i = 0; i < group_len(s->days); i++) {
		const struct cell *key = group_key(s->days, i), *day = &key[p->t->n_by];
		int64_t at = group_find(s->all, key), d;
		struct err unused;

		if (at < 0 || day->kind != CELL_TEXT ||
		    tm_parse_date(day->u.text, &d, &unused) < 0 ||
		    d < s->first_day || d >= s->first_day + s->n_days)
			continue;
		for (m = c = 0; m < p->n; m++)
			if (is_count(&p->m[m])) {
				struct cell n = group_value(s->days, i, c++);

				v[((size_t)at * p->n + m) * days + (size_t)(d - s->first_day)] =
				    cell_number(&n);
			}
	}
	return v;
}

/* How a measure of nothing stands: counts are 0. */
static struct cell
value_of(const struct pair *p, const struct compare_side *s, int64_t at, size_t m)
{
	if (at >= 0)
		return group_value(s->all, (size_t)at, m);
	if (!is_count(&p->m[m]))
		return cell_null();
	return p->m[m].out.type == FIELD_INT ? cell_int(0) : cell_real(0);
}

static struct cell
change(const struct cell *now, const struct cell *before)
{
	if (now->kind == CELL_INT && before->kind == CELL_INT)
		return cell_int(now->u.n - before->u.n);
	return now->kind == CELL_REAL && before->kind == CELL_REAL ?
	    cell_real(now->u.real - before->u.real) : cell_null();
}

static struct sample
sample_of(const struct compare_side *s, int64_t at, size_t m)
{
	return at >= 0 ? group_sample(s->all, (size_t)at, m) : (struct sample){ .n = 0 };
}

static double
squares(const double *y, int64_t days)
{
	double sum = 0;
	int64_t i;

	for (i = 0; y != NULL && i < days; i++)
		sum += y[i] * y[i];
	return sum;
}

/* The days of group AT, measure M; NULL for a group that was not there. */
static const double *
days_of(const struct pair *p, int side, int64_t at, size_t m)
{
	int64_t days = (side == 0 ? p->now : p->before)->n_days;

	return at >= 0 ? &p->daily[side][((size_t)at * p->n + m) * (size_t)days] : NULL;
}

static double
test_counts(const struct pair *p, int64_t i, int64_t j, size_t m, double x1, double x2)
{
	int64_t d1 = p->now->n_days, d2 = p->before->n_days;
	double dispersion = 1;

	if (p->daily[0] != NULL && p->daily[1] != NULL) {
		const double *y1 = days_of(p, 0, i, m), *y2 = days_of(p, 1, j, m);

		dispersion = d1 == d2 ? stats_dispersion_by_day(y1, y2, d1) :
		    stats_dispersion(x1, squares(y1, d1), (double)d1, x2, squares(y2, d2),
		    (double)d2);
	}
	return stats_counts(x1, (double)d1, x2, (double)d2, dispersion);
}

static double
p_value(const struct pair *p, int64_t i, int64_t j, size_t m)
{
	struct sample a = sample_of(p->now, i, m), b = sample_of(p->before, j, m);
	const struct measure *of = &p->m[m];

	if (!p->test || is_end(of))
		return NAN;
	if (of->fn == M_PCT)
		return stats_shares(a.sum, (double)a.n, b.sum, (double)b.n);
	if (of->fn == M_SHARE)
		return stats_shares(a.sum, a.sum + a.other, b.sum, b.sum + b.other);
	if (of->fn == M_COUNT)
		return test_counts(p, i, j, m, (double)a.n, (double)b.n);
	if (of->fn == M_SUM)
		return test_counts(p, i, j, m, a.sum, b.sum);
	if ((of->fn != M_MEAN && of->fn != M_RANK) || a.values == NULL || b.values == NULL)
		return NAN;
	return of->fn == M_RANK && of->rank != 50 ?
	    stats_percentile(a.values, (size_t)a.n, b.values, (size_t)b.n, of->rank) :
	    stats_values(a.values, (size_t)a.n, b.values, (size_t)b.n);
}

/* One row: group I now, J before; -1 where it was not there. */
static void
add_row(struct pair *p, int64_t i, int64_t j, struct cell *row)
{
	const struct cell *key = i >= 0 ? group_key(p->now->all, (size_t)i) :
	    group_key(p->before->all, (size_t)j);
	struct cell *c = row + p->t->n_by;
	size_t m;

	memcpy(row, key, p->t->n_by * sizeof(*row));
	for (m = 0; m < p->n; m++) {
		*c++ = value_of(p, p->now, i, m);
		if (is_end(&p->m[m]))
			continue;
		c[0] = value_of(p, p->before, j, m);
		c[1] = change(&c[-1], &c[0]);
		c[2] = cell_real(p_value(p, i, j, m));
		c += 3;
	}
	result_add(p->t, row);
}

static int
key_cmp(const struct pair *p, size_t i, size_t j)
{
	const struct cell *a = group_key(p->now->all, i), *b = group_key(p->before->all, j);
	size_t k;
	int d = 0;

	for (k = 0; d == 0 && k < p->t->n_by; k++)
		d = cell_cmp(&a[k], &b[k]);
	return d;
}

static void
merge(struct pair *p)
{
	size_t n1 = group_len(p->now->all), n2 = group_len(p->before->all), i = 0, j = 0;
	struct cell *row = xcalloc(p->t->n + 1, sizeof(*row));

	while (i < n1 || j < n2) {
		int d = i == n1 ? 1 : j == n2 ? -1 : key_cmp(p, i, j);

		add_row(p, d <= 0 ? (int64_t)i : -1, d >= 0 ? (int64_t)j : -1, row);
		i += d <= 0;
		j += d >= 0;
	}
	free(row);
}

/* Of many rows some differ by chance: the p-values of a column, corrected together. */
static void
correct(struct result *t)
{
	double *p = xcalloc(t->rows + 1, sizeof(*p));
	size_t c, i;

	for (c = 0; c < t->n; c++) {
		if (t->fields[c].role != ROLE_P)
			continue;
		for (i = 0; i < t->rows; i++)
			p[i] = cell_number(&t->cells[i * t->n + c]);
		stats_holm(p, t->rows);
		for (i = 0; i < t->rows; i++)
			t->cells[i * t->n + c] = cell_real(p[i]);
	}
	free(p);
}

void
compare_rows(struct result *t, const struct compare_side *now,
    const struct compare_side *before, const struct measure *m, size_t n, bool test)
{
	struct pair p = { .t = t, .now = now, .before = before, .m = m, .n = n, .test = test };

	p.daily[0] = daily_counts(&p, now);
	p.daily[1] = daily_counts(&p, before);
	merge(&p);
	correct(t);
	free(p.daily[0]);
	free(p.daily[1]);
}
