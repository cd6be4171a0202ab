/* forecast_own - what forecast.c and forecast_season.c share; for them only */
#ifndef CSR_FORECAST_OWN_H
#define CSR_FORECAST_OWN_H

#include <stdbool.h>

#include "base/map.h"
#include "desk/forecast.h"

enum { DAYS_MAX = 3660 };

struct forecast_cell {
	double arrivals, work_s;
};

/* A channel's past as a grid of days and slots. */
struct series {
	char *name;
	int64_t interval_s;
	size_t slots;			/* a day */
	int64_t first, n_days;		/* days since 1970, how many */
	size_t cap_days;
	struct forecast_cell *cells;
};

struct forecast {
	const struct zone *zone;
	const struct cal *holidays;
	struct series *series;
	size_t n;
	struct map names;
};

enum { DAY_HOLIDAY = 7, DAY_MADE_UP = 8, DAY_TYPES = 9 };	/* 0 to 6: Monday to Sunday */

/* What was learned of one channel from the days before `end`. */
struct season {
	const struct forecast *f;
	size_t slots;
	int64_t end;
	double level;			/* of the day before end */
	double slope;			/* a day, at first */
	double factor[DAY_TYPES];	/* of a holiday: against its weekday */
	double *share;			/* [type][slot], the holiday's too */
	double aht_s;
};

void season_learn(struct season *out, const struct forecast *f, const struct series *s,
    int64_t end);
void season_release(struct season *season);
/* Arrivals in SLOT of DAY. */
double season_expect(const struct season *season, int64_t day, size_t slot);

double series_at(const struct series *s, int64_t day, size_t slot);
double series_day(const struct series *s, int64_t day);

#endif
