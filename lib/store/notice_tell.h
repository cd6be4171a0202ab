/* notice_tell - the messages to our own people about clocks; for notice.c only. */
#ifndef CSR_NOTICE_TELL_H
#define CSR_NOTICE_TELL_H

#include "store/notice_row.h"

/* Queues level S of N for each of its people who is not in TOLD yet, the ticket being in
 * a->matter.  *outbox becomes the first row's id, or *skipped says why there is none. */
int notice_tell(struct agenda *a, const struct notice *n, const struct plan_step *s,
    struct plan_list *told, int64_t *outbox, const char **skipped, struct err *e);
/* Queues one message for all that N's queue has to hear, by the key of its first notice;
 * the group's outbox becomes its id. */
int notice_digest(struct agenda *a, const struct notice *n, struct err *e);

#endif
