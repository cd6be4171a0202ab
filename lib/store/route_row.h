/* route_row - a ticket's row as csr-route sees it; for lib/store/route*.c only */
#ifndef CSR_ROUTE_ROW_H
#define CSR_ROUTE_ROW_H

#include "store/route.h"

#define ROUTE_COLUMNS "t.id, t.type, t.area, t.urgency, t.sentiment, " \
	"coalesce(r.segment, c.segment), coalesce(r.language, c.language), a.channel, " \
	"a.name, t.status, t.waiting_since_at, t.opened_at, t.queue, o.code, t.agent, " \
	"t.priority, t.routed_at, f.code, t.customer, t.follows, t.subject, " \
	"t.cycle, t.messages_in, t.messages_out, t.first_in_at, t.first_response_at, " \
	"t.event_at " \
	"FROM ticket AS t JOIN account AS a ON a.id = t.account " \
	"LEFT JOIN customer AS c ON c.id = t.customer " \
	"LEFT JOIN customer AS r ON r.id = c.root " \
	"LEFT JOIN agent AS o ON o.id = t.agent " \
	"LEFT JOIN agent AS f ON f.id = t.first_response_agent "

/* The row of these columns that S stands on, as it is at NOW; texts go into A. */
void route_read_row(struct stmt *s, int64_t now, struct arena *a, struct routed *o);

#endif
