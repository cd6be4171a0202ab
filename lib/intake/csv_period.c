/* csv_period - the two days a line of an export names */
#include <string.h>

#include "intake/csv_period.h"
#include "time/tm.h"

/* A number of up to MAX digits at *S; 0 if there is none. */
static int
number(const char **s, const char *end, int max)
{
	int v = 0;

	for (; max > 0 && *s < end && **s >= '0' && **s <= '9'; max--)
		v = v * 10 + (*(*s)++ - '0');
	return v;
}

/* One of - / . or 年 月 at *S. */
static bool
sign(const char **s, const char *end)
{
	if (*s < end && strchr("-/.", **s) != NULL && **s != '\0') {
		(*s)++;
		return true;
	}
	if (end - *s >= 3 && (memcmp(*s, "年", 3) == 0 || memcmp(*s, "月", 3) == 0)) {
		*s += 3;
		return true;
	}
	return false;
}

/* 2026-09-30, 2026/9/30, 2026年9月30日 at *S, which is moved behind it. */
static bool
day(const char **s, const char *end, struct tm_date *d)
{
	const char *p = *s;

	d->year = number(&p, end, 4);
	if (d->year < 1970 || !sign(&p, end))
		return false;
	d->month = number(&p, end, 2);
	if (d->month < 1 || d->month > 12 || !sign(&p, end))
		return false;
	d->day = number(&p, end, 2);
	if (d->day < 1 || tm_date(tm_days(*d)).day != d->day)
		return false;
	*s = p;
	return true;
}

bool
csv_period_find(const char *s, size_t len, const struct zone *z, int64_t *from_at,
    int64_t *to_at)
{
	const char *end = s + len;
	struct tm_date d[2];
	int n = 0;

	while (s < end && n < 2) {
		if (day(&s, end, &d[n]))
			n++;
		else
			for (s++; s < end && s[-1] >= '0' && s[-1] <= '9' && *s >= '0' &&
			    *s <= '9'; s++)
				continue;
	}
	if (n < 2 || tm_days(d[1]) < tm_days(d[0]))
		return false;
	*from_at = zone_to_utc(z, tm_days(d[0]) * TM_DAY_MS);
	*to_at = zone_to_utc(z, (tm_days(d[1]) + 1) * TM_DAY_MS);
	return true;
}
