/* forecast_season - level, weekday, holiday and slot of one channel's past */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/forecast_own.h"
#include "time/tm.h"

enum { LEVEL_DAYS = 28, TREND_DAYS = 56, WEEKS_AROUND = 4, RUN_MAX = 12 };
#define DAMPING 0.95
/* How many contacts the shares of all days weigh against those of a weekday. */
#define LEAN 30.0

double
series_at(const struct series *s, int64_t day, size_t slot)
{
	return s->cells[(size_t)(day - s->first) * s->slots + slot].arrivals;
}

double
series_day(const struct series *s, int64_t day)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < s->slots; i++)
		sum += series_at(s, day, i);
	return sum;
}

static bool
is_open(const struct forecast *f, int64_t day)
{
	return cal_work_ms(f->holidays, zone_day_start(f->zone, day),
	    zone_day_start(f->zone, day + 1)) > 0;
}

/* A day that is closed, or open, unlike most of its weekday around it. */
static bool
differs(const struct forecast *f, int64_t day, bool is)
{
	int open = 0, i;

	for (i = 1; i <= WEEKS_AROUND; i++)
		open += is_open(f, day - 7 * i) + is_open(f, day + 7 * i);
	return open != WEEKS_AROUND && is != (open > WEEKS_AROUND);
}

/* A weekend within a holiday, or at its end, is of the holiday. */
static bool
is_holiday(const struct forecast *f, int64_t day)
{
	int64_t d, step;

	for (step = -1; step <= 1; step += 2)
		for (d = day; d >= day - RUN_MAX && d <= day + RUN_MAX && !is_open(f, d); d += step)
			if (differs(f, d, false))
				return true;
	return false;
}

static int
day_type(const struct forecast *f, int64_t day)
{
	if (f->holidays == NULL)
		return tm_weekday(day);
	if (!is_open(f, day))
		return is_holiday(f, day) ? DAY_HOLIDAY : tm_weekday(day);
	return differs(f, day, true) ? DAY_MADE_UP : tm_weekday(day);
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median(double *v, size_t n)
{
	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), by_size);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Each weekday against the mean of the seven days around it, usual days only. */
static void
learn_weekdays(struct season *out, const struct series *s, const int *types)
{
	double sum[7] = { 0 }, n[7] = { 0 }, mean = 0;
	int64_t d, i;
	int w;

	for (d = s->first + 3; d + 3 < out->end; d++) {
		double week = 0;

		for (i = d - 3; i <= d + 3 && types[i - s->first] < 7; i++)
			week += series_day(s, i) / 7;
		if (i <= d + 3 || week <= 0)
			continue;
		w = types[d - s->first];
		sum[w] += series_day(s, d) / week;
		n[w]++;
	}
	for (w = 0; w < 7; w++) {
		out->factor[w] = n[w] > 0 ? sum[w] / n[w] : 1;
		mean += out->factor[w] / 7;
	}
	for (w = 0; w < 7; w++)
		out->factor[w] = mean > 0 ? out->factor[w] / mean : 1;
	for (w = 0; w < 5; w++)
		out->factor[DAY_MADE_UP] += out->factor[w] / 5;
}

/* Days of the last N of a usual kind, each freed of its weekday; how many. */
static size_t
plain_days(const struct season *out, const struct series *s, const int *types, int64_t until,
    int64_t n, double *x, double *day)
{
	int64_t d = until - n < s->first ? s->first : until - n;
	size_t k = 0;

	for (; d < until; d++) {
		int type = types[d - s->first];

		if (type == DAY_HOLIDAY || out->factor[type] <= 0)
			continue;
		x[k] = series_day(s, d) / out->factor[type];
		day[k++] = (double)(d - until + 1);
	}
	return k;
}

/* The median of all slopes between two days; 0 unless Mann and Kendall's S says more than
 * chance would. */
static double
trend(const double *x, const double *day, size_t n)
{
	double *slopes = xcalloc(n * (n - 1) / 2 + 1, sizeof(*slopes)), s = 0, sd, slope;
	size_t i, j, k = 0;

	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++) {
			slopes[k++] = (x[j] - x[i]) / (day[j] - day[i]);
			s += (x[j] > x[i]) - (x[j] < x[i]);
		}
	sd = sqrt((double)n * ((double)n - 1) * (2 * (double)n + 5) / 18);
	slope = fabs(s) - 1 > 1.96 * sd ? median(slopes, k) : 0;
	free(slopes);
	return slope;
}

static void
learn_level(struct season *out, const struct series *s, const int *types)
{
	double x[TREND_DAYS], day[TREND_DAYS];
	size_t n = plain_days(out, s, types, out->end, TREND_DAYS, x, day), i;

	out->slope = n >= LEVEL_DAYS ? trend(x, day, n) : 0;
	if (out->slope != 0)
		for (i = 0; i < n; i++)
			x[i] -= out->slope * day[i];
	else
		n = plain_days(out, s, types, out->end, LEVEL_DAYS, x, day);
	out->level = fmax(0, median(x, n));
}

/* Holidays against what the four weeks before and the two after say of a usual day. */
static void
learn_holidays(struct season *out, const struct series *s, const int *types)
{
	double x[LEVEL_DAYS * 2], day[LEVEL_DAYS * 2], sum = 1, n = 1, usual;
	int64_t d, until;
	size_t k;

	for (d = s->first; d < out->end; d++) {
		if (types[d - s->first] != DAY_HOLIDAY)
			continue;
		until = d + LEVEL_DAYS / 2 < out->end ? d + LEVEL_DAYS / 2 : out->end;
		k = plain_days(out, s, types, until, LEVEL_DAYS * 3 / 2, x, day);
		usual = median(x, k) * out->factor[tm_weekday(d)];
		if (usual <= 0)
			continue;
		sum += series_day(s, d) / usual;
		n++;
	}
	out->factor[DAY_HOLIDAY] = sum / n;
}

static void
learn_shares(struct season *out, const struct series *s, const int *types)
{
	double *all = xcalloc(s->slots, sizeof(*all)), total = 0, of_type[DAY_TYPES] = { 0 };
	int64_t d;
	size_t i;
	int t;

	for (d = s->first; d < out->end; d++)
		for (i = 0; i < s->slots; i++) {
			double v = series_at(s, d, i);

			t = types[d - s->first];
			out->share[(size_t)t * s->slots + i] += v;
			of_type[t] += v;
			all[i] += v;
			total += v;
		}
	for (t = 0; t < DAY_TYPES; t++)
		for (i = 0; i < s->slots; i++) {
			double *share = &out->share[(size_t)t * s->slots + i];

			*share = total <= 0 ? 0 :
			    (*share + LEAN * all[i] / total) / (of_type[t] + LEAN);
		}
	free(all);
}

static double
mean_aht(const struct season *out, const struct series *s)
{
	double arrivals = 0, work = 0;
	size_t i, n = (size_t)(out->end - s->first) * s->slots;

	for (i = 0; i < n; i++) {
		arrivals += s->cells[i].arrivals;
		work += s->cells[i].work_s;
	}
	return arrivals > 0 ? work / arrivals : 0;
}

void
season_learn(struct season *out, const struct forecast *f, const struct series *s,
    int64_t end)
{
	size_t n = (size_t)(end - s->first), i;
	int *types = xcalloc(n + 1, sizeof(*types));

	*out = (struct season){ .f = f, .slots = s->slots, .end = end };
	out->share = xcalloc(DAY_TYPES * s->slots, sizeof(*out->share));
	for (i = 0; i < n; i++)
		types[i] = day_type(f, s->first + (int64_t)i);
	learn_weekdays(out, s, types);
	learn_level(out, s, types);
	learn_holidays(out, s, types);
	learn_shares(out, s, types);
	out->aht_s = mean_aht(out, s);
	free(types);
}

void
season_release(struct season *season)
{
	free(season->share);
}

double
season_expect(const struct season *season, int64_t day, size_t slot)
{
	int type = day_type(season->f, day);
	double ahead = (double)(day - season->end + 1);
	double steps = DAMPING * (1 - pow(DAMPING, ahead)) / (1 - DAMPING);
	double level = fmax(0, season->level + season->slope * steps);
	double factor = season->factor[type];

	if (type == DAY_HOLIDAY)
		factor *= season->factor[tm_weekday(day)];
	return level * factor * season->share[(size_t)type * season->slots + slot];
}
