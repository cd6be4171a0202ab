/* tm - instants: now, and how they are read and written */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "time/tm.h"

static int64_t fixed_now;
static bool now_is_fixed;

int
tm_now_init(const char *opt_now, struct err *e)
{
	const char *text = opt_now != NULL ? opt_now : getenv("CSR_NOW");
	const struct zone *z;
	int64_t at;

	if (text == NULL || *text == '\0')
		return 0;
	if ((z = zone_default(e)) == NULL)
		return -1;
	if (tm_parse(text, strlen(text), z, &at, e) < 0) {
		e->code = opt_now != NULL ? ERR_USAGE : ERR_CONFIG;
		return err_at(e, opt_now != NULL ? "--now" : "$CSR_NOW", 0);
	}
	tm_set_now(at);
	return 0;
}

void
tm_set_now(int64_t at)
{
	fixed_now = at;
	now_is_fixed = true;
}

int64_t
tm_now(void)
{
	struct timespec t;

	if (now_is_fixed)
		return fixed_now;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Years begin in March here, so that the leap day is the last of its year; an era is
 * 400 years.  (The usual arithmetic of the proleptic Gregorian calendar.) */
int64_t
tm_days(struct tm_date d)
{
	int64_t y = d.month > 2 ? d.year : d.year - 1;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year = y - era * 400;
	int64_t day = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

	return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

struct tm_date
tm_date(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t day = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * day + 2) / 153;
	struct tm_date d;

	d.day = (int)(day - (153 * month + 2) / 5 + 1);
	d.month = (int)(month < 10 ? month + 3 : month - 9);
	d.year = (int)(year + era * 400 + (d.month <= 2));
	return d;
}

int
tm_weekday(int64_t days)
{
	int64_t w = (days + 3) % 7;	/* 1970-01-01 was a Thursday */

	return (int)(w < 0 ? w + 7 : w);
}

/* N digits of V, then the character SEP unless it is 0. */
static char *
put(char *p, int n, int v, char sep)
{
	int i;

	for (i = n - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	p += n;
	if (sep != '\0')
		*p++ = sep;
	return p;
}

char *
tm_format(int64_t at, const struct zone *z, char out[TM_SIZE])
{
	static const int64_t first = INT64_C(-62135510400000);	/* 0001-01-02 */
	static const int64_t last = INT64_C(253402214400000);	/* 9999-12-31 */
	int64_t day, ms;
	struct tm_date d;
	int offset_min;
	char *p = out;

	at = at < first ? first : at > last ? last : at;
	offset_min = zone_offset_s(z != NULL ? z : zone_utc(), at) / 60;
	at += offset_min * TM_MINUTE_MS;
	day = at / TM_DAY_MS - (at % TM_DAY_MS < 0);
	ms = at - day * TM_DAY_MS;
	d = tm_date(day);
	p = put(p, 4, d.year, '-');
	p = put(p, 2, d.month, '-');
	p = put(p, 2, d.day, 'T');
	p = put(p, 2, (int)(ms / TM_HOUR_MS), ':');
	p = put(p, 2, (int)(ms / TM_MINUTE_MS % 60), ':');
	p = put(p, 2, (int)(ms / 1000 % 60), '\0');
	if (ms % 1000 != 0) {
		*p++ = '.';
		p = put(p, 3, (int)(ms % 1000), '\0');
	}
	*p++ = offset_min < 0 ? '-' : '+';
	p = put(p, 2, abs(offset_min) / 60, ':');
	*put(p, 2, abs(offset_min) % 60, '\0') = '\0';
	return out;
}

char *
tm_format_span(int64_t ms, char out[TM_SIZE])
{
	static const struct {
		const char *name;
		int64_t ms;
	} parts[] = {
		{ "d", TM_DAY_MS }, { "h", TM_HOUR_MS }, { "m", TM_MINUTE_MS },
		{ "s", 1000 }, { "ms", 1 }
	};
	uint64_t left = ms < 0 ? 0 - (uint64_t)ms : (uint64_t)ms;
	size_t i, at = 0;

	if (ms < 0)
		out[at++] = '-';
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		uint64_t n = left / (uint64_t)parts[i].ms;

		left -= n * (uint64_t)parts[i].ms;
		if (n > 0)
			at += (size_t)snprintf(out + at, TM_SIZE - at, "%llu%s",
			    (unsigned long long)n, parts[i].name);
	}
	if (ms == 0)
		snprintf(out, TM_SIZE, "0s");
	return out;
}
