/* forecast - what the coming days will bring, from what the past ones brought */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "desk/forecast_own.h"
#include "time/tm.h"

struct forecast *
forecast_new(const struct zone *z, const struct cal *holidays)
{
	struct forecast *f = xcalloc(1, sizeof(*f));

	f->zone = z;
	f->holidays = holidays;
	return f;
}

void
forecast_free(struct forecast *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->n; i++) {
		free(f->series[i].name);
		free(f->series[i].cells);
	}
	free(f->series);
	map_release(&f->names);
	free(f);
}

static struct series *
series_of(struct forecast *f, const char *channel, int64_t interval_s)
{
	int is_new;
	union map_value *at = map_put(&f->names, channel, strlen(channel), &is_new);

	if (is_new) {
		at->num = (int64_t)f->n;
		f->series = xrealloc(f->series, (f->n + 1) * sizeof(*f->series));
		f->series[f->n++] = (struct series){ .name = xstrdup(channel),
			.interval_s = interval_s, .slots = (size_t)(86400 / interval_s) };
	}
	return &f->series[at->num];
}

/* Room for DAY: days between the known ones and it brought nothing. */
static int
reach(struct series *s, int64_t day, struct err *e)
{
	int64_t first = s->n_days == 0 || day < s->first ? day : s->first;
	int64_t past = s->n_days == 0 ? day + 1 : s->first + s->n_days;
	size_t row = s->slots * sizeof(*s->cells), n;
	struct forecast_cell *cells;

	if (day >= past)
		past = day + 1;
	if (past - first > DAYS_MAX)
		return err_set(e, ERR_DATA, "\"from\" is more than %d days from the others",
		    DAYS_MAX);
	if (s->n_days == past - first)
		return 0;
	n = (size_t)(past - first);
	if (n > s->cap_days || first != s->first) {
		s->cap_days = n + n / 2;
		cells = xcalloc(s->cap_days, row);
		if (s->n_days > 0)
			memcpy(cells + (size_t)(s->first - first) * s->slots, s->cells,
			    (size_t)s->n_days * row);
		free(s->cells);
		s->cells = cells;
	}
	s->first = first;
	s->n_days = past - first;
	return 0;
}

int
forecast_add(struct forecast *f, const char *channel, int64_t from, int64_t interval_s,
    double arrivals, double aht_s, struct err *e)
{
	int64_t day = zone_day(f->zone, from), into;
	struct series *s;
	struct forecast_cell *c;

	if (interval_s < 60 || 86400 % interval_s != 0)
		return err_set(e, ERR_DATA, "\"interval_s\" is not a minute or more that divides "
		    "a day");
	s = series_of(f, channel, interval_s);
	if (s->interval_s != interval_s)
		return err_set(e, ERR_DATA, "\"interval_s\" differs from the %lld before of \"%s\"",
		    (long long)s->interval_s, channel);
	if (reach(s, day, e) < 0)
		return -1;
	into = zone_local(f->zone, from) - day * TM_DAY_MS;
	c = &s->cells[(size_t)(day - s->first) * s->slots + (size_t)(into / 1000 / interval_s)];
	c->arrivals += arrivals;
	c->work_s += arrivals * aht_s;
	return 0;
}

size_t
forecast_channels(const struct forecast *f)
{
	return f->n;
}

const char *
forecast_channel(const struct forecast *f, size_t channel)
{
	return f->series[channel].name;
}

int64_t
forecast_interval_s(const struct forecast *f, size_t channel)
{
	return f->series[channel].interval_s;
}

int64_t
forecast_days(const struct forecast *f, size_t channel, int64_t end)
{
	const struct series *s = &f->series[channel];
	int64_t past = s->first + s->n_days;

	past = past < end ? past : end;
	return past > s->first ? past - s->first : 0;
}

void
forecast_make(const struct forecast *f, size_t channel, int64_t end, int64_t from,
    int64_t until, void (*fn)(void *ctx, int64_t at, double arrivals, double aht_s),
    void *ctx)
{
	const struct series *s = &f->series[channel];
	struct season season;
	int64_t day, last = INT64_MIN, at;
	size_t i;

	season_learn(&season, f, s, s->first + forecast_days(f, channel, end));
	for (day = from; day < until; day++)
		for (i = 0; i < s->slots; i++) {
			at = zone_first_at(f->zone, day * TM_DAY_MS +
			    (int64_t)i * s->interval_s * 1000);
			if (at <= last)
				continue;	/* an hour the clock skips */
			fn(ctx, at, season_expect(&season, day, i), season.aht_s);
			last = at;
		}
	season_release(&season);
}

/* The cell of DAY and SLOT, some weeks before if it must be before day UNTIL. */
static double
repeated(const struct series *s, int64_t day, size_t slot, int64_t until)
{
	while (day >= until)
		day -= 7;
	return day < s->first ? 0 : series_at(s, day, slot);
}

struct forecast_error
forecast_test(const struct forecast *f, size_t channel, int64_t end)
{
	const struct series *s = &f->series[channel];
	int64_t n = forecast_days(f, channel, end), past = s->first + n, day;
	struct forecast_error err = { .days = FORECAST_TEST_DAYS };
	double all = 0, got, want, got_day, want_day;
	struct season season;
	size_t i;

	if (n < FORECAST_TEST_LEAST)
		return (struct forecast_error){ .days = 0 };
	season_learn(&season, f, s, past - FORECAST_TEST_DAYS);
	for (day = past - FORECAST_TEST_DAYS; day < past; day++) {
		for (i = 0, got_day = want_day = 0; i < s->slots; i++) {
			got = season_expect(&season, day, i);
			want = series_at(s, day, i);
			err.wape += fabs(got - want);
			err.naive += fabs(repeated(s, day, i, past - FORECAST_TEST_DAYS) - want);
			got_day += got;
			want_day += want;
		}
		err.wape_day += fabs(got_day - want_day);
		all += want_day;
	}
	season_release(&season);
	if (all <= 0)
		return (struct forecast_error){ .days = 0 };
	err.wape /= all;
	err.wape_day /= all;
	err.naive /= all;
	return err;
}
