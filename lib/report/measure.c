/* measure - what a report can ask about the values of a column */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/group.h"

static const struct {
	const char *name;
	enum measure_fn fn;
} functions[] = {
	{ "count", M_COUNT }, { "sum", M_SUM }, { "mean", M_MEAN }, { "min", M_MIN },
	{ "max", M_MAX }, { "share", M_SHARE }, { "pct", M_PCT }, { "low95", M_LOW95 }, { "high95", M_HIGH95 },
};

static int
function_of(struct measure *m, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		if (strcmp(functions[i].name, name) == 0) {
			m->fn = functions[i].fn;
			return 0;
		}
	if (name[0] != 'p' || strspn(name + 1, "0123456789") != strlen(name + 1) ||
	    strlen(name) < 2 || strlen(name) > 3)
		return -1;
	m->fn = M_RANK;
	m->rank = (int)strtol(name + 1, NULL, 10);
	return m->rank > 0 ? 0 : -1;
}

static bool
fits(enum measure_fn fn, enum field_type in)
{
	if (fn == M_COUNT)
		return true;
	if (fn == M_PCT || fn == M_LOW95 || fn == M_HIGH95)
		return in == FIELD_FLAG;
	if (fn == M_RANK && in == FIELD_REAL)
		return false;
	return in != FIELD_TEXT && in != FIELD_TIME && in != FIELD_SECONDS;
}

int
measure_parse(struct measure *m, const char *fn, enum field_type in, struct err *e)
{
	if (function_of(m, fn) < 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no function: count sum mean min max "
		    "p1 .. p99 share pct low95 high95", fn);
	if (!fits(m->fn, in))
		return err_set(e, ERR_CONFIG, "%s cannot be taken of a %s", fn,
		    field_type_name(in));
	m->out.decimals = m->fn >= M_SHARE ? 1 : 2;
	m->out.unit = m->fn >= M_SHARE ? "%" : NULL;
	m->out.type = FIELD_REAL;
	if (m->fn == M_COUNT)
		m->out.type = FIELD_INT;
	else if (in == FIELD_MS && m->fn < M_SHARE)
		m->out.type = FIELD_SECONDS, m->out.decimals = 1;
	else if (m->fn != M_MEAN && m->fn < M_SHARE && in != FIELD_REAL)
		m->out.type = FIELD_INT;
	return 0;
}

static void
swap(int64_t *a, int64_t *b)
{
	int64_t t = *a;

	*a = *b;
	*b = t;
}

/* Puts the median of three where Hoare's partition wants its pivot: at LOW. */
static void
median_to_low(int64_t *v, size_t low, size_t high)
{
	size_t mid = low + (high - low) / 2;

	if (v[high] < v[mid])
		swap(&v[high], &v[mid]);
	if (v[low] < v[mid])
		swap(&v[low], &v[mid]);
	if (v[high] < v[low])
		swap(&v[high], &v[low]);
}

/* Hoare's selection: a partition leaves the wanted rank on one side. */
int64_t
nth_value(int64_t *v, size_t n, size_t k)
{
	size_t low = 0, high = n - 1;

	while (low < high) {
		size_t i = low, j = high + 1;
		int64_t pivot;

		median_to_low(v, low, high);
		pivot = v[low];
		for (;;) {
			do
				i++;
			while (i < high && v[i] < pivot);
			do
				j--;
			while (v[j] > pivot);
			if (i >= j)
				break;
			swap(&v[i], &v[j]);
		}
		swap(&v[low], &v[j]);
		if (j == k)
			break;
		if (j < k)
			low = j + 1;
		else
			high = j - 1;
	}
	return v[k];
}

void
wilson95(double hits, double n, double *low, double *high)
{
	const double z = 1.959964;
	double p = hits / n, zz = z * z / n;
	double middle = (p + zz / 2) / (1 + zz);
	double half = z / (1 + zz) * sqrt(p * (1 - p) / n + zz / (4 * n));

	*low = 100 * fmax(middle - half, 0);
	*high = 100 * fmin(middle + half, 1);
}
