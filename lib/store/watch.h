/* watch - customers who may be leaving, the likeliest and most valuable first.
 *
 * Reads everybody's tickets, orders and answers once, person by person; keeps only those
 * with reasons (desk/risk.h).
 */
#ifndef CSR_WATCH_H
#define CSR_WATCH_H

#include <stdint.h>

#include "base/err.h"
#include "store/person.h"
#include "stream/rec.h"

/* Pushes records of kind "risk" (csr-record(5)) with POINTS or more to OUT, at most MAX
 * (0: all). Within a reading transaction. */
int watch_list(const struct person_ask *ask, int points, int64_t max, struct node *out,
    struct err *e);

#endif
