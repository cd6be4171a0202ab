/* daypart - the local day, week, month, hour and weekday of an instant */
#include <stdio.h>

#include "report/daypart.h"
#include "time/tm.h"

/* The ISO 8601 week is that of its Thursday. */
static void
set_day(struct daypart *d, int64_t day)
{
	struct tm_date date = tm_date(day), thursday;
	int64_t mid = day - tm_weekday(day) + 3;
	int week;

	thursday = tm_date(mid);
	week = (int)((mid - tm_days((struct tm_date){ thursday.year, 1, 1 })) / 7) + 1;
	snprintf(d->date, sizeof(d->date), "%04d-%02d-%02d", date.year, date.month, date.day);
	snprintf(d->week, sizeof(d->week), "%04d-W%02d", thursday.year, week);
	snprintf(d->month, sizeof(d->month), "%04d-%02d", date.year, date.month);
	d->day = day;
}

void
daypart_init(struct daypart *d, const struct zone *zone)
{
	d->zone = zone;
	set_day(d, 0);
}

struct cell
daypart_of(struct daypart *d, enum time_part part, int64_t at)
{
	int64_t local = zone_local(d->zone, at);
	int64_t day = local / TM_DAY_MS - (local % TM_DAY_MS < 0);

	if (day != d->day)
		set_day(d, day);
	switch (part) {
	case PART_HOUR:
		return cell_int((local - day * TM_DAY_MS) / TM_HOUR_MS);
	case PART_WEEKDAY:
		return cell_int(tm_weekday(day) + 1);
	case PART_WEEK:
		return cell_text(d->week);
	case PART_MONTH:
		return cell_text(d->month);
	default:
		return cell_text(d->date);
	}
}
