/* zone - IANA time zones, several in one process.
 *
 * libc knows one zone at a time and takes an unknown name for UTC without a word; here
 * a name is checked first and each zone keeps its own offsets, so that asking costs a
 * few nanoseconds.  Zones are made once and live as long as the process: the pointer is
 * borrowed for ever.  Not for two threads at once (libc's TZ is switched for a moment).
 *
 * Units: instants (`at`) are milliseconds since 1970 UTC.  A local time (`local`) is
 * what the wall clock shows, counted in milliseconds as if the place were UTC.
 */
#ifndef CSR_ZONE_H
#define CSR_ZONE_H

#include <stdint.h>

#include "base/err.h"

struct zone;

/* The zone NAME ("Asia/Shanghai", "UTC"); NULL with 78 if tzdata has no such zone.
 * "UTC" and "Z" need no tzdata. */
const struct zone *zone_get(const char *name, struct err *e);
/* --tz, else $CSR_TZ, else $TZ, else the system's zone, else UTC. NULL with *e set if the
 * one that is given is unknown. */
const struct zone *zone_default(struct err *e);
const struct zone *zone_utc(void);
/* The name it was asked for by; borrowed. */
const char *zone_name(const struct zone *z);

/* Seconds east of UTC at the instant AT. */
int32_t zone_offset_s(const struct zone *z, int64_t at);
/* What the wall clock shows at AT. */
int64_t zone_local(const struct zone *z, int64_t at);

/* The instant at which the wall clock shows LOCAL.  Shown twice (the clock was set
 * back): the earlier one.  Never shown (set forward): read with the offset before the
 * change, so 02:30 becomes 03:30, as RFC 5545 3.3.5 has it.  For times people wrote. */
int64_t zone_to_utc(const struct zone *z, int64_t local);
/* The first instant at which the wall clock shows LOCAL or later: as above, but a time
 * never shown is the moment of the change.  Never decreases with LOCAL, so that spans
 * which touch on the wall clock touch in truth.  For opening hours and alarms. */
int64_t zone_first_at(const struct zone *z, int64_t local);

/* The local day of AT, in days since 1970-01-01, and the instant a local day begins.
 * zone_day_start(zone_day(at)) <= at < zone_day_start(zone_day(at) + 1), always. */
int64_t zone_day(const struct zone *z, int64_t at);
int64_t zone_day_start(const struct zone *z, int64_t day);

#endif
