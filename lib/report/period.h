/* period - the range of time a report is of, and the one before it.
 *
 * A period is [from_at, to_at).  It comes from dates or times (--from, --to), from a week
 * or month by its name, or from a length that ends now.  Days, weeks (ISO 8601, from
 * Monday) and months are local ones, so that a week with a change of the clock is a week.
 */
#ifndef CSR_PERIOD_H
#define CSR_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "report/lang.h"
#include "time/zone.h"

enum period_kind { PERIOD_ALL, PERIOD_TIMES, PERIOD_DAYS, PERIOD_WEEK, PERIOD_MONTH };

struct period {
	enum period_kind kind;
	int64_t from_at, to_at;		/* INT64_MIN, INT64_MAX where there is no end */
	bool has_to;			/* the end was asked for, not only now or never */
	int64_t first_day, days;	/* of PERIOD_DAYS and above; days since 1970 */
};

/* As the user says it; NULL for what he does not.  At most one of last, week, month and
 * the pair from, to. */
struct period_args {
	const char *from, *to;	/* a date (to: its end) or a time */
	const char *last;	/* "7d", "2w": whole days before today; "12h": until now */
	const char *week;	/* "2026-W40", "this"; "" or "last": the last whole one */
	const char *month;	/* "2026-10", "this"; "" or "last" */
};

/* Reads ARGS in zone Z, at NOW. 64 with the option that is wrong. */
int period_read(struct period *p, const struct period_args *args, const struct zone *z,
    int64_t now, struct err *e);
/* The period before P: the week before a week, the month before a month, as many days or
 * as long a time.  An end that is open is NOW.  64 if P has no beginning. */
int period_before(const struct period *p, const struct zone *z, int64_t now,
    struct period *before, struct err *e);
/* How many local days P touches; at least 1. */
int64_t period_days(const struct period *p, const struct zone *z);
/* The local day P begins on, and the day its last moment is in. P must have both ends. */
int64_t period_first_day(const struct period *p, const struct zone *z);
int64_t period_last_day(const struct period *p, const struct zone *z);
/* Appends what people call it: "Week 40, 28 Sep - 4 Oct 2026", 2026年第40周（9月28日至10月4日）. */
void period_say(const struct period *p, const struct zone *z, enum lang lang, struct buf *out);
/* The one before P, for a sentence: "the week before", 上周. */
const char *period_say_before(const struct period *p, enum lang lang);
/* Appends a day: "1 Oct", 10月1日; with its year: "1 Oct 2026", 2026年10月1日. */
void period_say_day(int64_t day, bool with_year, enum lang lang, struct buf *out);

#endif
