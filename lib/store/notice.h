/* notice - warnings and breaches of clocks, told to our own people.
 *
 * Owns the table notice.  The parts of agenda_run() that deal with it.
 */
#ifndef CSR_NOTICE_H
#define CSR_NOTICE_H

#include "store/agenda.h"

/* Takes in clocks that are new. */
int notice_learn(struct agenda *a, bool *more, struct err *e);
/* Tells what is due: one by one, or one digest for a queue with too many. */
int notice_due(struct agenda *a, bool *more, struct err *e);

#endif
