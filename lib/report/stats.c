/* stats - is a difference more than noise? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/group.h"
#include "report/stats.h"

enum { LEAST_VALUES = 8, LEAST_EXPECTED = 5, LEAST_DAYS = 4 };

/* Both tails of the normal distribution beyond Z. */
static double
tails(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

double
stats_shares(double hits1, double n1, double hits2, double n2)
{
	double pooled = (hits1 + hits2) / (n1 + n2);
	double variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);

	if (n1 <= 0 || n2 <= 0 || !(variance > 0))
		return NAN;
	return tails((hits1 / n1 - hits2 / n2) / sqrt(variance));
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* How often the value at V[i] stands there; N values in order. */
static size_t
run_length(const int64_t *v, size_t n, size_t i, int64_t value)
{
	size_t from = i;

	while (i < n && v[i] == value)
		i++;
	return i - from;
}

double
stats_values(int64_t *a, size_t na, int64_t *b, size_t nb)
{
	double n1 = (double)na, n2 = (double)nb, n = n1 + n2;
	double ranks = 0, ties = 0, u, variance, off;
	size_t i = 0, j = 0;

	if (na < LEAST_VALUES || nb < LEAST_VALUES)
		return NAN;
	qsort(a, na, sizeof(*a), by_value);
	qsort(b, nb, sizeof(*b), by_value);
	/* Equal values share the mean of the ranks they take together. */
	while (i < na || j < nb) {
		int64_t value = j == nb || (i < na && a[i] <= b[j]) ? a[i] : b[j];
		size_t from_a = run_length(a, na, i, value), from_b = run_length(b, nb, j, value);
		double t = (double)(from_a + from_b);

		ranks += (double)from_a * ((double)(i + j) + (t + 1) / 2);
		ties += t * t * t - t;
		i += from_a;
		j += from_b;
	}
	u = ranks - n1 * (n1 + 1) / 2;
	variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)));
	off = fabs(u - n1 * n2 / 2) - 0.5;
	if (!(variance > 0))
		return NAN;
	return tails(fmax(off, 0) / sqrt(variance));
}

static double
above(const int64_t *v, size_t n, int64_t mark)
{
	size_t i, many = 0;

	for (i = 0; i < n; i++)
		many += v[i] > mark;
	return (double)many;
}

double
stats_percentile(const int64_t *a, size_t na, const int64_t *b, size_t nb, int nn)
{
	size_t n = na + nb, least = na < nb ? na : nb;
	int tail = nn < 100 - nn ? nn : 100 - nn;
	int64_t *both, mark;

	if ((double)least * tail / 100 < LEAST_EXPECTED)
		return NAN;
	both = xcalloc(n, sizeof(*both));
	memcpy(both, a, na * sizeof(*a));
	memcpy(both + na, b, nb * sizeof(*b));
	mark = nth_value(both, n, ((size_t)nn * n + 99) / 100 - 1);
	free(both);
	return stats_shares(above(a, na, mark), (double)na, above(b, nb, mark), (double)nb);
}

double
stats_counts(double x1, double days1, double x2, double days2, double dispersion)
{
	double variance = dispersion * (x1 / (days1 * days1) + x2 / (days2 * days2));

	if (!(variance > 0))
		return NAN;
	return tails((x1 / days1 - x2 / days2) / sqrt(variance));
}

/* Sum of (count - mean)^2 / mean over the days. */
static double
chi_square(double sum, double squares, double days)
{
	double mean = sum / days;

	return mean > 0 ? (squares - days * mean * mean) / mean : 0;
}

double
stats_dispersion(double sum1, double squares1, double days1, double sum2, double squares2,
    double days2)
{
	double chi = chi_square(sum1, squares1, days1) + chi_square(sum2, squares2, days2);

	if (days1 + days2 < LEAST_DAYS)
		return 1;
	return fmax(1, chi / (days1 + days2 - 2));
}

double
stats_dispersion_by_day(const double *y1, const double *y2, int64_t days)
{
	double x1 = 0, x2 = 0, chi = 0;
	int64_t i;

	for (i = 0; i < days; i++) {
		x1 += y1 != NULL ? y1[i] : 0;
		x2 += y2 != NULL ? y2[i] : 0;
	}
	if (days < 2 || x1 <= 0 || x2 <= 0)
		return 1;
	for (i = 0; i < days; i++) {
		double both = y1[i] + y2[i], e1 = both * x1 / (x1 + x2), e2 = both - e1;

		if (both > 0)
			chi += (y1[i] - e1) * (y1[i] - e1) / e1 + (y2[i] - e2) * (y2[i] - e2) / e2;
	}
	return fmax(1, chi / (double)(days - 1));
}

struct ranked {
	double p;
	size_t at;
};

static int
by_p(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->p != y->p ? (x->p > y->p) - (x->p < y->p) : (x->at > y->at) - (x->at < y->at);
}

void
stats_holm(double *p, size_t n)
{
	struct ranked *r = xcalloc(n + 1, sizeof(*r));
	size_t i, m = 0;
	double worst = 0;

	for (i = 0; i < n; i++)
		if (!isnan(p[i]))
			r[m++] = (struct ranked){ p[i], i };
	qsort(r, m, sizeof(*r), by_p);
	for (i = 0; i < m; i++) {
		worst = fmax(worst, fmin(1, r[i].p * (double)(m - i)));
		p[r[i].at] = worst;
	}
	free(r);
}
