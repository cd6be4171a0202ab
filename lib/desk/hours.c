/* hours - the decent part of a day */
#include <stdlib.h>
#include <string.h>

#include "desk/hours.h"
#include "time/tm.h"

int
hours_minute(const char *s, int *min, struct err *e)
{
	if (strlen(s) == 5 && s[2] == ':' && strspn(s, "0123456789") == 2 &&
	    strspn(s + 3, "0123456789") == 2) {
		*min = (int)strtol(s, NULL, 10) * 60 + (int)strtol(s + 3, NULL, 10);
		if (*min <= 24 * 60 && s[3] < '6')
			return 0;
	}
	return err_set(e, ERR_CONFIG, "a time of day looks like 09:30, not \"%s\"", s);
}

int
hours_parse(struct hours *h, const char *s, struct err *e)
{
	char from[6] = "", until[6] = "";

	*h = (struct hours){ 0, 0 };
	if (strcmp(s, "any") == 0)
		return 0;
	if (strlen(s) != 11 || s[5] != '-')
		return err_set(e, ERR_CONFIG, "hours look like 09:00-20:30, or any, not \"%s\"", s);
	memcpy(from, s, 5);
	memcpy(until, s + 6, 5);
	if (hours_minute(from, &h->from_min, e) < 0 || hours_minute(until, &h->until_min, e) < 0)
		return -1;
	if (h->from_min >= h->until_min)
		return err_set(e, ERR_CONFIG, "hours end after they begin, not \"%s\"", s);
	return 0;
}

static int64_t
minute_of(const struct zone *z, int64_t day, int min)
{
	return zone_first_at(z, day * TM_DAY_MS + min * TM_MINUTE_MS);
}

int64_t
hours_next(const struct hours *h, int64_t at, const struct zone *z)
{
	int64_t day = zone_day(z, at);

	if (h->from_min == h->until_min)
		return at;
	if (at < minute_of(z, day, h->from_min))
		return minute_of(z, day, h->from_min);
	return at < minute_of(z, day, h->until_min) ? at : minute_of(z, day + 1, h->from_min);
}
