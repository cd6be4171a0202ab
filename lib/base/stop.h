/* stop - the wish that a program that runs for ever should end.
 *
 * After stop_catch(), SIGTERM and SIGINT interrupt nothing: they are kept until the
 * program asks or waits.  So a batch is always finished, and no wish comes between a look
 * and the wait behind it.
 */
#ifndef CSR_STOP_H
#define CSR_STOP_H

#include <poll.h>
#include <stdbool.h>

void stop_catch(void);
bool stop_wanted(void);
/* As poll(2), but a wish to stop ends the wait, also one made before it: 0 then. */
int stop_poll(struct pollfd *p, nfds_t n, int timeout_ms);

#endif
