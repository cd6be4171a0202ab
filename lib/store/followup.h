/* followup - the steps of plans for tickets.  Owns the table followup.
 *
 * The parts of agenda_run() that deal with it; each works within a transaction, does a
 * bounded share and sets *more when there is more to do.
 */
#ifndef CSR_FOLLOWUP_H
#define CSR_FOLLOWUP_H

#include "store/agenda.h"

/* Takes in resolutions and answers that are new, and edited plans. */
int followup_learn(struct agenda *a, bool *more, struct err *e);
/* Takes back what waits for a decent hour and is no longer wanted. */
int followup_withdraw(struct agenda *a, bool *more, struct err *e);
/* Queues or skips what is due. */
int followup_due(struct agenda *a, bool *more, struct err *e);

#endif
