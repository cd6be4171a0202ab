/* period - the range of time a report is of, and the one before it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/period.h"
#include "time/tm.h"

static void
set_days(struct period *p, enum period_kind kind, int64_t first, int64_t days,
    const struct zone *z)
{
	*p = (struct period){ .kind = kind, .first_day = first, .days = days, .has_to = true,
		.from_at = zone_day_start(z, first), .to_at = zone_day_start(z, first + days) };
}

static int64_t
month_start(int64_t year, int64_t month)	/* months from 1, may be outside 1 to 12 */
{
	int64_t m = year * 12 + month - 1;

	return tm_days((struct tm_date){ (int)(m / 12), (int)(m % 12) + 1, 1 });
}

static void
set_month(struct period *p, int year, int month, const struct zone *z)
{
	int64_t first = month_start(year, month);

	set_days(p, PERIOD_MONTH, first, month_start(year, month + 1) - first, z);
}

/* Monday of week 1 is that of the week with 4 January. */
static int64_t
first_monday(int year)
{
	int64_t fourth = tm_days((struct tm_date){ year, 1, 4 });

	return fourth - tm_weekday(fourth);
}

/* "this", "last" or "": how many units back; -1 if S is none of these. */
static int
back(const char *s)
{
	return strcmp(s, "this") == 0 ? 0 : *s == '\0' || strcmp(s, "last") == 0 ? 1 : -1;
}

static int
read_week(struct period *p, const char *s, const struct zone *z, int64_t today, struct err *e)
{
	int year, week, used = 0;

	if (back(s) >= 0) {
		set_days(p, PERIOD_WEEK, today - tm_weekday(today) - 7 * back(s), 7, z);
		return 0;
	}
	if (sscanf(s, "%4d-%*1[Ww]%2d%n", &year, &week, &used) != 2 || s[used] != '\0' ||
	    year < 1970 || week < 1 ||
	    first_monday(year) + 7 * week > first_monday(year + 1))
		return err_set(e, ERR_USAGE, "--week: \"%s\" is no week (2026-W40, this, last)", s);
	set_days(p, PERIOD_WEEK, first_monday(year) + 7 * (week - 1), 7, z);
	return 0;
}

static int
read_month(struct period *p, const char *s, const struct zone *z, int64_t today,
    struct err *e)
{
	struct tm_date d = tm_date(today);
	int year, month, used = 0;

	if (back(s) == 0) {
		set_month(p, d.year, d.month, z);
	} else if (back(s) == 1) {
		d = tm_date(tm_days((struct tm_date){ d.year, d.month, 1 }) - 1);
		set_month(p, d.year, d.month, z);
	} else {
		if (sscanf(s, "%4d-%2d%n", &year, &month, &used) != 2 || s[used] != '\0' ||
		    year < 1970 || month < 1 || month > 12)
			return err_set(e, ERR_USAGE,
			    "--month: \"%s\" is no month (2026-10, this, last)", s);
		set_month(p, year, month, z);
	}
	return 0;
}

/* Days and weeks are whole ones before today; anything else ends now. */
static int
read_last(struct period *p, const char *s, const struct zone *z, int64_t now, struct err *e)
{
	struct err unused;
	size_t len = strlen(s);
	int64_t ms, today = zone_day(z, now);

	if (tm_parse_span(s, &ms, &unused) < 0 || ms <= 0)
		return err_set(e, ERR_USAGE, "--last: \"%s\" is no length of time (7d, 12h)", s);
	if ((s[len - 1] == 'd' || s[len - 1] == 'w') && ms % TM_DAY_MS == 0)
		set_days(p, PERIOD_DAYS, today - ms / TM_DAY_MS, ms / TM_DAY_MS, z);
	else
		*p = (struct period){ .kind = PERIOD_TIMES, .from_at = now - ms, .to_at = now,
			.has_to = true };
	return 0;
}

static int
read_end(const char *what, const char *s, const struct zone *z, bool end, int64_t *at,
    bool *is_day, struct err *e)
{
	struct err unused;
	int64_t day;

	*is_day = tm_parse_date(s, &day, &unused) == 0;
	if (*is_day)
		*at = zone_day_start(z, day + end);
	else if (tm_parse(s, strlen(s), z, at, &unused) < 0)
		return err_set(e, ERR_USAGE, "%s: \"%s\" is no date or time", what, s);
	return 0;
}

static int
read_range(struct period *p, const struct period_args *a, const struct zone *z, struct err *e)
{
	bool from_day = true, to_day = true;

	*p = (struct period){ .kind = a->from || a->to ? PERIOD_TIMES : PERIOD_ALL,
		.from_at = INT64_MIN, .to_at = INT64_MAX, .has_to = a->to != NULL };
	if ((a->from && read_end("--from", a->from, z, false, &p->from_at, &from_day, e) < 0) ||
	    (a->to && read_end("--to", a->to, z, true, &p->to_at, &to_day, e) < 0))
		return -1;
	if (p->from_at >= p->to_at)
		return err_set(e, ERR_USAGE, "--from is not before --to");
	if (a->from && a->to && from_day && to_day)
		set_days(p, PERIOD_DAYS, zone_day(z, p->from_at),
		    zone_day(z, p->to_at) - zone_day(z, p->from_at), z);
	return 0;
}

int
period_read(struct period *p, const struct period_args *a, const struct zone *z, int64_t now,
    struct err *e)
{
	int given = (a->from || a->to) + (a->last != NULL) + (a->week != NULL) +
	    (a->month != NULL);
	int64_t today = zone_day(z, now);

	if (given > 1)
		return err_set(e, ERR_USAGE, "only one of --from with --to, --last, --week and "
		    "--month");
	if (a->last != NULL)
		return read_last(p, a->last, z, now, e);
	if (a->week != NULL)
		return read_week(p, a->week, z, today, e);
	if (a->month != NULL)
		return read_month(p, a->month, z, today, e);
	return read_range(p, a, z, e);
}

int
period_before(const struct period *p, const struct zone *z, int64_t now,
    struct period *before, struct err *e)
{
	int64_t to = p->to_at == INT64_MAX ? now : p->to_at;
	struct tm_date d = tm_date(p->first_day - 1);

	if (p->from_at == INT64_MIN)
		return err_set(e, ERR_USAGE, "--compare: with what? The range has no beginning "
		    "(--from, --last, --week, --month)");
	if (p->kind == PERIOD_MONTH)
		set_month(before, d.year, d.month, z);
	else if (p->kind >= PERIOD_DAYS)
		set_days(before, p->kind, p->first_day - p->days, p->days, z);
	else
		*before = (struct period){ .kind = PERIOD_TIMES, .has_to = true,
			.to_at = p->from_at, .from_at = p->from_at - (to - p->from_at) };
	return 0;
}

int64_t
period_first_day(const struct period *p, const struct zone *z)
{
	return zone_day(z, p->from_at);
}

int64_t
period_last_day(const struct period *p, const struct zone *z)
{
	return zone_day(z, p->to_at - 1);
}

int64_t
period_days(const struct period *p, const struct zone *z)
{
	return period_last_day(p, z) - period_first_day(p, z) + 1;
}
