/* forecast - what the coming days will bring, from what the past ones brought.
 *
 * Pure.  For each channel, a day's arrivals are taken apart:
 *
 *   level     a day of average weekday; the median of the last four weeks, or, if eight weeks
 *             rise or fall beyond chance (Mann-Kendall, |Z| > 1.96), their Theil-Sen line,
 *             continued ever more slowly (each day's step is 0.95 of the one before)
 *   weekday   that day of the week against the mean of its week
 *   holiday   days the calendar closes unlike others of their weekday, and weekends that touch
 *             them: their mean against a usual day of that weekday, with one day of "as usual"
 *             thrown in; make-up working days are working days
 *   slot      the share of the day's arrivals in each interval, for each weekday, leaning on
 *             the shares of all days where there is little to go by
 *
 * The error is measured by a back-test: the last two weeks are forecast from what was before
 * them.  WAPE is sum |forecast - actual| / sum actual; beside it stands the WAPE of saying "as
 * in the same interval a week (two weeks) before".
 *
 * Days are days of the zone's wall clock.  Intervals must divide a day.
 */
#ifndef CSR_FORECAST_H
#define CSR_FORECAST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "time/calendar.h"
#include "time/zone.h"

enum { FORECAST_LEAST_DAYS = 14, FORECAST_TEST_DAYS = 14, FORECAST_TEST_LEAST = 42 };

struct forecast;

/* Yours to forecast_free(). HOLIDAYS may be NULL: no day differs but by its weekday. */
struct forecast *forecast_new(const struct zone *z, const struct cal *holidays);
void forecast_free(struct forecast *f);

/* One interval of the past.  -1 with 65: an interval unlike those before of its channel, or
 * one that does not divide a day, or too far from the others in time. */
int forecast_add(struct forecast *f, const char *channel, int64_t from, int64_t interval_s,
    double arrivals, double aht_s, struct err *e);

/* A channel's past, as far as it goes before day END (days since 1970; the day itself is not
 * over).  Channels are numbered in the order they came, *name borrowed. */
size_t forecast_channels(const struct forecast *f);
const char *forecast_channel(const struct forecast *f, size_t channel);
int64_t forecast_interval_s(const struct forecast *f, size_t channel);
/* Whole days of history; nothing can be said with less than FORECAST_LEAST_DAYS. */
int64_t forecast_days(const struct forecast *f, size_t channel, int64_t end);

/* Calls FN with each interval of days FROM to UNTIL (excluded), in order: its start, the
 * expected arrivals and handling time. */
void forecast_make(const struct forecast *f, size_t channel, int64_t end, int64_t from,
    int64_t until, void (*fn)(void *ctx, int64_t at, double arrivals, double aht_s),
    void *ctx);

struct forecast_error {
	int64_t days;		/* how many were tested; 0: too little history */
	double wape;		/* by interval */
	double wape_day;	/* by day */
	double naive;		/* by interval, of repeating the weeks before */
};
struct forecast_error forecast_test(const struct forecast *f, size_t channel, int64_t end);

#endif
