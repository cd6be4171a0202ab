/* route_row - a ticket's row as csr-route sees it */
#include <string.h>

#include "store/route_row.h"

void
route_read_row(struct stmt *s, int64_t now, struct arena *a, struct routed *o)
{
	static const enum dim dims[] = { DIM_TYPE, DIM_AREA, DIM_URGENCY, DIM_SENTIMENT,
		DIM_SEGMENT, DIM_LANGUAGE, DIM_CHANNEL, DIM_ACCOUNT };
	struct route_ticket *t = &o->ticket;
	int64_t waiting;
	int i;

	memset(o, 0, sizeof(*o));
	t->id = stmt_col_int(s, 0);
	for (i = 0; i < 8; i++)
		t->labels.v[dims[i]] = arena_str(a, stmt_col_text(s, i + 1));
	t->open = !ticket_status_is_over((enum ticket_status)stmt_col_int(s, 9));
	waiting = stmt_col_int(s, 10);
	t->waiting_ms = waiting != 0 && now > waiting ? now - waiting : 0;
	o->opened_at = stmt_col_int(s, 11);
	o->since_at = waiting != 0 ? waiting : o->opened_at;
	o->queue = arena_str(a, stmt_col_text(s, 12));
	o->agent = arena_str(a, stmt_col_text(s, 13));
	o->agent_id = stmt_col_int(s, 14);
	o->priority = stmt_col_int(s, 15);
	o->routed_at = stmt_col_int(s, 16);
	/* Who has answered it has it, unless it was given to somebody. */
	t->owner = o->agent != NULL ? o->agent : arena_str(a, stmt_col_text(s, 17));
	o->customer = stmt_col_int(s, 18);
	o->follows = stmt_col_int(s, 19);
	o->subject = arena_str(a, stmt_col_text(s, 20));
	o->sum.opened_at = o->opened_at;
	o->sum.cycle = stmt_col_int(s, 21);
	o->sum.messages_in = stmt_col_int(s, 22);
	o->sum.messages_out = stmt_col_int(s, 23);
	o->sum.first_in_at = stmt_col_int(s, 24);
	o->sum.first_response_at = stmt_col_int(s, 25);
	o->sum.event_at = stmt_col_int(s, 26);
}
