/* calfile - a calendar as read from its file; for lib/time only */
#ifndef CSR_CALFILE_H
#define CSR_CALFILE_H

#include <stddef.h>
#include <stdint.h>

#include "time/zone.h"

enum {
	CAL_SPANS = 12,		/* spans that may begin on one day */
	CAL_WORKDAY = 7		/* while reading: the first open day of the week */
};

/* Minutes of the wall clock since the day began; UNTIL is over 1440 past midnight. */
struct cal_span {
	int32_t from, until;
};

struct cal_hours {
	size_t n;
	struct cal_span v[CAL_SPANS];
};

struct cal_date {
	int64_t day;			/* days since 1970-01-01 */
	int as;				/* weekday whose hours it has; -1: its own */
	struct cal_hours own;		/* none: closed */
};

/* before[i] is the working time from day FIRST to the start of day FIRST + i; there
 * are N + 1 of them. */
struct cal_sums {
	int64_t first, n;
	int64_t *before;
};

struct cal {
	char *name;
	const struct zone *zone;
	struct cal_hours week[7];	/* Monday is 0 */
	struct cal_date *dates;		/* by day */
	size_t n_dates;
	struct cal_sums *sums;
};

#endif
