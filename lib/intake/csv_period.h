/* csv_period - "Reporting period 2026-09-01 to 2026-09-30", in whatever language: the two
 * days a line of an export names.
 */
#ifndef CSR_CSV_PERIOD_H
#define CSR_CSV_PERIOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "time/zone.h"

/* True when S (LEN bytes) names two days, the later one last: from the beginning of the
 * first to the end of the second, in Z. */
bool csv_period_find(const char *s, size_t len, const struct zone *z, int64_t *from_at,
    int64_t *to_at);

#endif
