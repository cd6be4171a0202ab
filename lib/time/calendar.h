/* calendar - working time.
 *
 * A calendar says when a desk is open: a zone, any number of spans for each day of the
 * week, and dates that differ (holidays, make-up working days).  The file format is
 * csr-routing(5); files are calendars/NAME.cal, found as base/conf.h says.
 *
 * A span belongs to the day it begins on, also when it crosses midnight: a holiday
 * takes away the night shift that begins on it, not the one that ends on it.  Spans
 * are wall-clock times: on the day the clock is set forward an hour inside a span is
 * missing, on the day it is set back it is there twice (zone_first_at() for each end).
 * Spans that overlap count once.
 *
 * All answers are functions of the calendar and the arguments alone.  (A calendar keeps
 * sums per day for speed, so one calendar is not for two threads at once.)
 */
#ifndef CSR_CALENDAR_H
#define CSR_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "time/zone.h"

struct cal;

#define CAL_NEVER INT64_MAX

/* The calendar calendars/NAME.cal, read once and kept; borrowed for ever.  NULL with 78
 * if there is none or it is faulty ("file:line: ..."). */
const struct cal *cal_get(const char *name, struct err *e);
/* A calendar from TEXT (changed by reading; SOURCE is for messages); yours to free. */
struct cal *cal_parse(const char *source, char *text, struct err *e);
/* An empty calendar in Z, to be filled with cal_set_week(); yours to free. */
struct cal *cal_new(const char *name, const struct zone *z);
/* As a line of [week]: DAYS "mon-fri", HOURS "09:00-12:00 13:30-18:00". */
int cal_set_week(struct cal *c, const char *days, const char *hours, struct err *e);
void cal_free(struct cal *c);

const char *cal_name(const struct cal *c);
const struct zone *cal_zone(const struct cal *c);

/* Working milliseconds in [FROM, TO); 0 if TO is not later. */
int64_t cal_work_ms(const struct cal *c, int64_t from, int64_t to);
/* The first instant at which WORK_MS of working time has passed since FROM (FROM itself
 * for 0 or less); CAL_NEVER if the calendar has not that much. */
int64_t cal_add(const struct cal *c, int64_t from, int64_t work_ms);
/* Calls FN with each span that is open within [FROM, TO), cut to it, in order. */
void cal_each(const struct cal *c, int64_t from, int64_t to,
    void (*fn)(void *ctx, int64_t from, int64_t until), void *ctx);
bool cal_is_open(const struct cal *c, int64_t at);
/* AT if it is open, else the next opening; CAL_NEVER if there is none. */
int64_t cal_next_open(const struct cal *c, int64_t at);

/* A calendar that was in force from FROM until UNTIL (excluded; CAL_NEVER: still is). */
struct cal_use {
	const struct cal *cal;
	int64_t from, until;
};
/* Working time in [FROM, TO) when calendars changed: each counted while it was in
 * force. */
int64_t cal_work_in_force(const struct cal_use *u, size_t n, int64_t from, int64_t to);
/* The reading of --compat zendesk: the calendar in force at the end for the whole of
 * [FROM, TO), as if it had always been so. */
int64_t cal_work_by_last(const struct cal_use *u, size_t n, int64_t from, int64_t to);

#endif
