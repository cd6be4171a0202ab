/* daypart - the local day, week, month, hour and weekday of an instant.
 *
 * The texts of one day are kept, since rows of a report mostly come in order of time.
 */
#ifndef CSR_DAYPART_H
#define CSR_DAYPART_H

#include <stdint.h>

#include "report/report.h"
#include "time/zone.h"

struct daypart {
	const struct zone *zone;
	int64_t day;			/* the day the texts are of */
	char date[16], week[16], month[16];
};

void daypart_init(struct daypart *d, const struct zone *zone);
/* PART of AT; text is borrowed from D until the next call. */
struct cell daypart_of(struct daypart *d, enum time_part part, int64_t at);

#endif
