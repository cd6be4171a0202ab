/* ticket_page - one ticket on a page: who, what, by when, and all that was said and done.
 *
 * Reads only.  Text of strangers is made safe for a terminal.
 */
#ifndef CSR_TICKET_PAGE_H
#define CSR_TICKET_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "report/ticket_query.h"
#include "report/ticket_table.h"

/* Appends what is asked about ticket ID, for people or as JSON Lines: "log", what was done to
 * it; "clocks"; else all of it: the ticket, then its messages and events in order, for
 * people the LAST ones (0: all).  65 if there is no such ticket. */
int ticket_look(struct ticket_query *l, const char *what, int64_t id, int64_t last,
    const struct ticket_show *w, struct err *e);
/* Each clock of the ticket, span by span: the sum is what it has used of its target. */
int ticket_clocks(struct ticket_query *l, int64_t id, const struct zone *z, bool json,
    struct buf *out, struct err *e);
/* One line as a record of kind "ticket" (csr-record(5)), without newline. */
void ticket_line_json(const struct ticket_line *line, const struct zone *z, struct buf *out);

#endif
