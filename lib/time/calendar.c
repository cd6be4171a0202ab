/* calendar - working time
 *
 * Each local day is turned into the instants it is open; sums of whole days are kept in
 * one growing table, so that a year costs no more than a day.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "time/calfile.h"
#include "time/calendar.h"
#include "time/tm.h"

enum { DAY_MIN = 24 * 60, YEAR_DAYS = 366 };

/* An instant range [from, until). */
struct open {
	int64_t from, until;
};

static const struct cal_date *
date_of(const struct cal *c, int64_t day)
{
	size_t low = 0, high = c->n_dates;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->dates[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low < c->n_dates && c->dates[low].day == day ? &c->dates[low] : NULL;
}

/* The hours that begin on DAY. */
static const struct cal_hours *
hours_of(const struct cal *c, int64_t day)
{
	const struct cal_date *d = date_of(c, day);

	if (d == NULL)
		return &c->week[tm_weekday(day)];
	if (d->as >= 0)
		return &c->week[d->as];
	return &d->own;
}

/* Puts [from, until) minutes into V by its beginning; returns the new count. */
static size_t
insert(struct cal_span *v, size_t n, int32_t from, int32_t until)
{
	size_t i = n;

	while (i > 0 && v[i - 1].from > from) {
		v[i] = v[i - 1];
		i--;
	}
	v[i] = (struct cal_span){ from, until };
	return n + 1;
}

/* What the wall clock shows as open on DAY, in order of beginning; the tail of a night
 * that began the day before included. */
static size_t
minutes_of(const struct cal *c, int64_t day, struct cal_span v[2 * CAL_SPANS])
{
	const struct cal_hours *before = hours_of(c, day - 1), *own = hours_of(c, day);
	size_t n = 0, i;

	for (i = 0; i < before->n; i++)
		if (before->v[i].until > DAY_MIN)
			n = insert(v, n, 0, before->v[i].until - DAY_MIN);
	for (i = 0; i < own->n; i++)
		n = insert(v, n, own->v[i].from,
		    own->v[i].until < DAY_MIN ? own->v[i].until : DAY_MIN);
	return n;
}

/* The instants at which DAY is open, in order and apart. */
static size_t
open_of(const struct cal *c, int64_t day, struct open out[2 * CAL_SPANS])
{
	struct cal_span v[2 * CAL_SPANS];
	size_t n = minutes_of(c, day, v), i, m = 0;
	int64_t local = day * TM_DAY_MS;

	for (i = 0; i < n; i++) {
		int64_t from = zone_first_at(c->zone, local + v[i].from * TM_MINUTE_MS);
		int64_t until = zone_first_at(c->zone, local + v[i].until * TM_MINUTE_MS);

		if (m > 0 && from <= out[m - 1].until) {
			if (until > out[m - 1].until)
				out[m - 1].until = until;
		} else if (from < until) {
			out[m++] = (struct open){ from, until };
		}
	}
	return m;
}

static int64_t
overlap(struct open o, int64_t from, int64_t to)
{
	int64_t a = o.from > from ? o.from : from;
	int64_t b = o.until < to ? o.until : to;

	return b > a ? b - a : 0;
}

/* Working time of DAY within [from, to). */
static int64_t
work_of_day(const struct cal *c, int64_t day, int64_t from, int64_t to)
{
	struct open v[2 * CAL_SPANS];
	size_t n = open_of(c, day, v), i;
	int64_t ms = 0;

	for (i = 0; i < n; i++)
		ms += overlap(v[i], from, to);
	return ms;
}

void
cal_each(const struct cal *c, int64_t from, int64_t to,
    void (*fn)(void *ctx, int64_t from, int64_t until), void *ctx)
{
	struct open v[2 * CAL_SPANS];
	int64_t day = zone_day(c->zone, from), last = zone_day(c->zone, to);
	size_t n, i;

	for (; from < to && day <= last; day++)
		for (n = open_of(c, day, v), i = 0; i < n; i++)
			if (overlap(v[i], from, to) > 0)
				fn(ctx, v[i].from > from ? v[i].from : from,
				    v[i].until < to ? v[i].until : to);
}

/* Makes the table cover the days FIRST to LAST.  It grows by at least a year at a
 * time; growing downwards, which is rare, starts it anew. */
static void
sums_cover(const struct cal *c, int64_t first, int64_t last)
{
	struct cal_sums *s = c->sums;
	int64_t day;

	if (s->n > 0 && first >= s->first && last < s->first + s->n)
		return;
	if (s->n > 0 && last < s->first + s->n)
		last = s->first + s->n;
	if (s->n == 0 || first < s->first) {
		s->first = first - YEAR_DAYS;
		s->n = 0;
	}
	last += YEAR_DAYS;
	s->before = xrealloc(s->before,
	    (size_t)(last - s->first + 2) * sizeof(*s->before));
	s->before[0] = 0;
	for (day = s->first + s->n; day <= last; day++) {
		s->before[s->n + 1] = s->before[s->n] +
		    work_of_day(c, day, INT64_MIN, INT64_MAX);
		s->n++;
	}
}

/* Working time from the table's beginning to the start of DAY. */
static int64_t
sum_before(const struct cal *c, int64_t day)
{
	return c->sums->before[day - c->sums->first];
}

/* Times of the years 1 to 9999, so that no sum can overflow. */
static int64_t
bounded(int64_t at)
{
	static const int64_t first = INT64_C(-62135510400000);
	static const int64_t last = INT64_C(253402214400000);

	return at < first ? first : at > last ? last : at;
}

int64_t
cal_work_ms(const struct cal *c, int64_t from, int64_t to)
{
	int64_t first, last;

	from = bounded(from);
	to = bounded(to);
	if (to <= from)
		return 0;
	first = zone_day(c->zone, from);
	last = zone_day(c->zone, to);
	if (first == last)
		return work_of_day(c, first, from, to);
	sums_cover(c, first, last);
	return work_of_day(c, first, from, INT64_MAX) +
	    sum_before(c, last) - sum_before(c, first + 1) +
	    work_of_day(c, last, INT64_MIN, to);
}

/* Where WORK_MS have passed on DAY since FROM; the day has that much. */
static int64_t
add_in_day(const struct cal *c, int64_t day, int64_t from, int64_t work_ms)
{
	struct open v[2 * CAL_SPANS];
	size_t n = open_of(c, day, v), i;

	for (i = 0; i < n; i++) {
		int64_t has = overlap(v[i], from, INT64_MAX);

		if (has >= work_ms)
			return v[i].until - has + work_ms;
		work_ms -= has;
	}
	return CAL_NEVER;
}

/* The last day that can be open: the week goes on for ever, dates do not. */
static int64_t
last_day(const struct cal *c)
{
	size_t i;

	for (i = 0; i < 7; i++)
		if (c->week[i].n > 0)
			return bounded(INT64_MAX) / TM_DAY_MS;
	return c->n_dates > 0 ? c->dates[c->n_dates - 1].day + 1 : INT64_MIN;
}

/* The day on which the sum before its end reaches WANT, looking from DAY on. */
static int64_t
day_reaching(const struct cal *c, int64_t day, int64_t want)
{
	int64_t high = c->sums->first + c->sums->n - 1;

	while (day < high) {
		int64_t mid = day + (high - day) / 2;

		if (sum_before(c, mid + 1) < want)
			day = mid + 1;
		else
			high = mid;
	}
	return day;
}

int64_t
cal_add(const struct cal *c, int64_t from, int64_t work_ms)
{
	int64_t day, today, reach, end, want;

	if (work_ms <= 0)
		return from;
	from = bounded(from);
	day = zone_day(c->zone, from);
	today = work_of_day(c, day, from, INT64_MAX);
	if (today >= work_ms)
		return add_in_day(c, day, from, work_ms);
	end = last_day(c);
	for (reach = YEAR_DAYS; ; reach *= 2) {
		if (day > end)
			return CAL_NEVER;
		sums_cover(c, day, day + reach < end ? day + reach : end);
		want = sum_before(c, day + 1) + (work_ms - today);
		if (sum_before(c, c->sums->first + c->sums->n) >= want)
			break;
		if (day + reach >= end)
			return CAL_NEVER;
	}
	day = day_reaching(c, day + 1, want);
	return add_in_day(c, day, INT64_MIN, want - sum_before(c, day));
}

bool
cal_is_open(const struct cal *c, int64_t at)
{
	return cal_work_ms(c, at, at + 1) > 0;
}

int64_t
cal_next_open(const struct cal *c, int64_t at)
{
	int64_t after = cal_add(c, at, 1);

	return after == CAL_NEVER ? CAL_NEVER : after - 1;
}

const char *
cal_name(const struct cal *c)
{
	return c->name;
}

const struct zone *
cal_zone(const struct cal *c)
{
	return c->zone;
}

int64_t
cal_work_in_force(const struct cal_use *u, size_t n, int64_t from, int64_t to)
{
	int64_t ms = 0;
	size_t i;

	for (i = 0; i < n; i++)
		ms += cal_work_ms(u[i].cal, from > u[i].from ? from : u[i].from,
		    to < u[i].until ? to : u[i].until);
	return ms;
}

int64_t
cal_work_by_last(const struct cal_use *u, size_t n, int64_t from, int64_t to)
{
	size_t i, last = n;

	for (i = 0; i < n; i++)
		if (u[i].from < to && (last == n || u[i].from > u[last].from))
			last = i;
	return last < n ? cal_work_ms(u[last].cal, from, to) : 0;
}
