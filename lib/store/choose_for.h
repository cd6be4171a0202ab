/* choose_for - the channels by which a customer can be written to, the best first.
 *
 * Reads only: addresses, preferences, consents, suppressions of the person.
 */
#ifndef CSR_CHOOSE_FOR_H
#define CSR_CHOOSE_FOR_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/choose.h"
#include "desk/gate.h"
#include "store/db.h"
#include "time/zone.h"

enum { CHOICES = 32 };

/* Fills V (at least CHOICES) for CUSTOMER and the purpose named; texts in A.  PURPOSE is of
 * send/channels.conf; marketing and care keep quiet hours.  How many, -1: 65 if there is no
 * such customer, 64 if no such purpose, 78. */
int choose_for(struct db *db, const struct limits *l, int64_t customer, const char *purpose,
    const struct zone *z, int64_t now, struct choice *v, struct arena *a, struct err *e);

#endif
