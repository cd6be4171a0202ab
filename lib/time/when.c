/* when - a moment as people give it on a command line */
#include <string.h>

#include "time/tm.h"
#include "time/when.h"

int
when_parse(const char *option, const char *s, const struct zone *z, int64_t now,
    int64_t *at, struct err *e)
{
	int64_t ms;

	if (s == NULL)
		return 0;
	if (tm_parse_span(s, &ms, e) == 0) {
		*at = now + ms;
		return 0;
	}
	if (tm_parse(s, strlen(s), z, at, e) == 0)
		return 0;
	return err_set(e, ERR_USAGE, "--%s: \"%.40s\" is no date, time or span", option, s);
}

int
when_parse_end(const char *option, const char *s, const struct zone *z, int64_t now,
    int64_t *at, struct err *e)
{
	int64_t days;

	if (when_parse(option, s, z, now, at, e) < 0)
		return -1;
	if (s != NULL && tm_parse_date(s, &days, e) == 0)
		*at = zone_day_start(z, days + 1);
	return 0;
}
