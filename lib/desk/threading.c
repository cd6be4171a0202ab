/* threading - which ticket a message belongs to */
#include <stddef.h>

#include "desk/threading.h"

static enum threading
without_candidate(const struct threading_case *c)
{
	if (c->named)
		return THREAD_NEW;
	if (c->automatic || (c->grouped && (!c->in || !c->asks)))
		return THREAD_NONE;
	return THREAD_NEW;
}

/* The candidate was resolved before this message was written. */
static enum threading
after_resolution(const struct threading_case *c)
{
	int64_t since = c->at - c->candidate->resolved_at;

	if (c->automatic || (!c->in && (c->named || since <= c->grace_ms)))
		return THREAD_JOIN;
	if (!c->in)
		return THREAD_FOLLOW;
	if (c->thanks)
		return THREAD_THANKS;
	if (c->named)
		return THREAD_REOPEN;
	if (c->grouped && !c->asks)
		return THREAD_NONE;
	return since <= c->grace_ms ? THREAD_REOPEN : THREAD_FOLLOW;
}

enum threading
threading_decide(const struct threading_case *c)
{
	if (c->candidate == NULL)
		return without_candidate(c);
	if (ticket_status_is_over(c->candidate->status) && c->at >= c->candidate->resolved_at)
		return after_resolution(c);
	return THREAD_JOIN;
}
