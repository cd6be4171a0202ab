/* person_line - what was said and what happened, over all channels, in order of time.
 *
 * Reads only.  Messages of the person on any ticket, of ours on theirs, and in groups;
 * events of their tickets, orders and of themselves; what we queued for them; answers.
 */
#ifndef CSR_PERSON_LINE_H
#define CSR_PERSON_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "stream/rec.h"
#include "time/zone.h"

/* *line: an array of the last N entries (0: all), the oldest first, yours to free; *more:
 * whether there are earlier ones. */
int person_line(struct db *db, int64_t root, int64_t n, const struct zone *z,
    struct node **line, bool *more, struct err *e);

#endif
