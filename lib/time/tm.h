/* tm - instants: now, and how they are read and written.
 *
 * An instant is an int64_t of milliseconds since 1970 UTC, named *_at; a length of time
 * is milliseconds too, named *_ms.  Text is RFC 3339 outside; the local forms that
 * exports use are read as well.
 */
#ifndef CSR_TM_H
#define CSR_TM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "time/zone.h"

enum { TM_SIZE = 40 };		/* holds any time written here */
#define TM_MINUTE_MS INT64_C(60000)
#define TM_QUARTER_MS INT64_C(900000)	/* of an hour */
#define TM_HOUR_MS INT64_C(3600000)
#define TM_DAY_MS INT64_C(86400000)

/* Once, at a program's start: takes --now (OPT_NOW, may be NULL), else $CSR_NOW, as the
 * time it is for the whole run.  64 for a bad OPT_NOW, 78 for a bad $CSR_NOW or zone. */
int tm_now_init(const char *opt_now, struct err *e);
/* The time it is: as set, else by the clock. */
int64_t tm_now(void);
void tm_set_now(int64_t at);

/* Reads LEN bytes (blanks around are ignored):
 *   2026-10-01T09:00:00.123+08:00   ...Z   "2026-10-01 09:00:00 +0800"   "... UTC"
 *   2026-10-01 09:00[:05[.000]]     2026/10/1 9:00     2026.10.1
 *   2026年10月1日 9:00[:05]          2026年10月1日9时5分6秒
 *   2026-10-01 (the day's start)    1790816400[.123] (Unix seconds)    1790816400123 (ms)
 *   Thu, 1 Oct 2026 09:00:00 +0800   Thu Oct 01 09:00:00 [+0800 ]2026
 * A time without a zone is read in Z (NULL: UTC) by zone_to_utc().  Fractions are cut to
 * milliseconds; second 60 is the next minute's first.  65 for days and times that do
 * not exist and for anything else. */
int tm_parse(const char *s, size_t len, const struct zone *z, int64_t *at, struct err *e);
/* Writes RFC 3339 in Z (NULL: UTC), milliseconds only if there are any; returns OUT.
 * Years outside 1 to 9999 are written as the nearest of these. */
char *tm_format(int64_t at, const struct zone *z, char out[TM_SIZE]);

/* Lengths: "90s", "5m", "1h30m", "2d", "1w", "250ms"; a bare number is refused. 65. */
int tm_parse_span(const char *s, int64_t *ms, struct err *e);
/* The same the other way: "1h30m", "0s", "-5m"; returns OUT. */
char *tm_format_span(int64_t ms, char out[TM_SIZE]);

/* Dates of the Gregorian calendar as days since 1970-01-01. */
struct tm_date {
	int year, month, day;	/* month 1-12, day 1-31 */
};
int64_t tm_days(struct tm_date d);
struct tm_date tm_date(int64_t days);
/* "2026-10-01" to days; 65 if there is no such day. */
int tm_parse_date(const char *s, int64_t *days, struct err *e);
/* Monday is 0, Sunday 6. */
int tm_weekday(int64_t days);

#endif
