/* fan - one program's work on several operands at a time, each in a process of its own.
 *
 * For work that waits by itself and never ends.  The children's stdout comes together in
 * the parent's, whole lines, each child's in order.  A wish to stop reaches all of them.
 */
#ifndef CSR_FAN_H
#define CSR_FAN_H

#include "base/err.h"

/* Makes N children. In child I: I, and its stdout leads to the parent.  In the parent: N,
 * when all have ended; *status is the greatest of theirs (128 + signal for one that
 * died).  -1. */
int fan_out(int n, int *status, struct err *e);

#endif
