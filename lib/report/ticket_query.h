/* ticket_query - the tickets for which a list of terms holds, in order.
 *
 * Reads only.  The rows that are looked at are narrowed down by an index where the terms
 * allow it (open tickets, a customer, an id); then desk/terms.h decides.  Of those that
 * hold only their number and place are kept, 24 bytes each; they are read again one by one
 * to be shown.
 */
#ifndef CSR_TICKET_QUERY_H
#define CSR_TICKET_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/terms.h"
#include "store/db.h"
#include "text/fold.h"

enum ticket_order {
	ORDER_NEXT,	/* what to do first: running out of time, priority, who has waited */
	ORDER_PRIORITY, ORDER_DUE, ORDER_WAITING, ORDER_OPENED, ORDER_LAST, ORDER_ID
};
/* "next" "priority" "due" "waiting" "opened" "last" "id"; -1 with 64. */
int ticket_order_of(const char *name, enum ticket_order *order, struct err *e);

/* One ticket as it is listed; texts are borrowed until the next is read. */
struct ticket_line {
	struct term_facts facts;
	int64_t cycle, last_at;
	const char *external_id, *subject, *name;	/* NULL: none */
	const char *clock;	/* "first_response" ..., which is due_at's; NULL: none runs */
	const char *said;	/* the beginning of what its customer said first */
	int64_t merged;		/* the ticket it is merged into, 0: none */
};

struct ticket_place {
	int64_t id, key[2];
};

struct ticket_query {
	struct db *db;
	int64_t now;
	struct ticket_place *v;
	size_t n, cap;
	struct fold fold;	/* scratch, as the next */
	struct arena memory;
};

void ticket_query_init(struct ticket_query *l, struct db *db, int64_t now);
void ticket_query_release(struct ticket_query *l);
/* Finds them; T's customers become their roots.  Without a term about status, is: or id:
 * only open and pending ones. */
int ticket_query_find(struct ticket_query *l, struct terms *t, enum ticket_order order,
    bool reverse, struct err *e);
/* Reads ticket ID: 1, 0 if there is none, -1. */
int ticket_line_read(struct ticket_query *l, int64_t id, struct ticket_line *line,
    struct err *e);

#endif
