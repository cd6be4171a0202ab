/* hours - the decent part of a day: when customers may be written to.
 *
 * Unlike a calendar it has no zone of its own: it is read by each customer's clock.
 */
#ifndef CSR_HOURS_H
#define CSR_HOURS_H

#include <stdint.h>

#include "base/err.h"
#include "time/zone.h"

/* Minutes of the local day, [from, until); both 0: any hour is decent. */
struct hours {
	int from_min, until_min;
};

/* "09:00-20:30", or "any". -1 with 78. */
int hours_parse(struct hours *h, const char *s, struct err *e);
/* "09:30", to "24:00", as minutes. -1 with 78. */
int hours_minute(const char *s, int *min, struct err *e);
/* AT if it is decent where clocks show Z's time, else the next decent moment. */
int64_t hours_next(const struct hours *h, int64_t at, const struct zone *z);

#endif
