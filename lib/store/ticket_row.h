/* ticket_row - a ticket's row as a struct, and the fold behind its summary.
 * Shared by ticket.c and ticket_fold.c only.
 */
#ifndef CSR_TICKET_ROW_H
#define CSR_TICKET_ROW_H

#include "store/ticket.h"

#define TICKET_COLUMNS "t.id, t.account, t.thread, t.customer, t.follows, t.related, " \
	"t.opened_at, t.status, t.cycle, t.reopens, t.messages_in, t.messages_out, " \
	"t.first_in_at, t.first_response_at, t.first_response_agent, t.last_in_at, " \
	"t.last_out_at, t.waiting_since_at, t.first_resolved_at, t.resolved_at, " \
	"t.last_at, t.event_at, t.merged"

/* Reads the columns above from the row S stands on. */
void ticket_read_row(struct stmt *s, struct ticket *k);
/* The rows of N new tickets, their summaries too. */
int ticket_add_rows(struct db *db, struct ticket *const *v, size_t n, struct err *e);
/* WAS is what the row holds, NULL if that is not known: what is the same costs less. */
int ticket_write_sum(struct db *db, int64_t id, const struct ticket_sum *sum,
    const struct ticket_sum *was, struct err *e);

#endif
