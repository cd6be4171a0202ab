/* ingest_call - a message that is a telephone call: what became of it, and of its ticket.
 *
 * A switch states no ticket states.  So a call that was answered is settled when it ends;
 * one that was not leaves its ticket open and the caller waiting.  Two sources may tell of
 * one call in either order: the ticket follows what is known of the call in the end. */
#include <string.h>

#include "intake/call_fact.h"
#include "store/call.h"
#include "store/ingest_passage.h"

int
passage_check_call(const struct fact *f, struct err *e)
{
	const char *outcome = f->message.call.outcome;

	return outcome == NULL || call_outcome_parse(outcome) != 0 ? 0 :
	    err_set(e, ERR_DATA, "\"call\": \"%.40s\" is no outcome of a call", outcome);
}

bool
passage_is_missed_call(const struct passage *p)
{
	enum call_outcome o = call_outcome_parse(p->f->message.call.outcome);

	return o != 0 && !call_is_settled(o);
}

/* When a call that needs nobody any more was over. */
static int64_t
settled_at(const struct passage *p, const struct call_sum *sum)
{
	return sum->ended_at != 0 ? sum->ended_at : sum->answered_at != 0 ? sum->answered_at :
	    p->f->message.at;
}

/* The answer is a step of the ticket: at once for a call that is new, else by folding the
 * ticket again. */
static void
tell_answer(struct passage *p, const struct call_change *c, bool is_new)
{
	struct step step = { .kind = STEP_ANSWERED, .at = c->now.answered_at,
		.agent = c->agent };

	if (!is_new)
		tickets_redo(&p->in->tickets, p->candidate);
	else if (c->now.answered_at != 0 && p->f->message.direction == FACT_IN)
		tickets_step(&p->in->tickets, p->candidate, &step);
}

/* What the queue's log denies, the line's record had settled: open it again where it was
 * resolved, by an event of its own, since the first one stays. */
static int
unsettle(struct passage *p, struct err *e)
{
	struct ticket *k = p->candidate;
	bool added;

	if (tickets_get(&p->in->tickets, k->id, &k, e) < 0)
		return -1;
	return k->sum.resolved_at == 0 ? 0 : ingest_status(p->in, k, TICKET_OPEN,
	    k->sum.resolved_at, p->f, &added, e);
}

static int
settle(struct passage *p, const struct call_change *c, struct err *e)
{
	bool is = call_is_settled(c->now.outcome), added;
	bool was = c->was.outcome != 0 && call_is_settled(c->was.outcome);

	if (p->f->message.status != NULL || p->f->message.direction == FACT_NOTE)
		return 0;
	if (is)
		return ingest_status(p->in, p->candidate, TICKET_RESOLVED,
		    settled_at(p, &c->now), p->f, &added, e);
	return was ? unsettle(p, e) : 0;
}

static int
mend_words(struct passage *p, const struct call_change *c, struct err *e)
{
	enum fact_direction d = p->f->message.direction;
	const char *was, *now;

	if (c->was.outcome == 0 || c->was.outcome == c->now.outcome)
		return 0;
	was = call_words(d, call_outcome_name(c->was.outcome));
	now = call_words(d, call_outcome_name(c->now.outcome));
	return strcmp(was, now) == 0 ? 0 :
	    messages_mend_call(&p->in->messages, p->row.id, was, now, e);
}

int
passage_call(struct passage *p, bool is_new, bool *news, struct err *e)
{
	struct call_change c;

	if (p->f->message.call.outcome == NULL)
		return 0;
	arena_clear(&p->in->memory);
	if (call_put(p->in->db, &p->in->names, p->row.id, p->f, &p->in->memory, &c, e) < 0)
		return -1;
	*news |= c.added;
	if (c.added && !is_new && mend_words(p, &c, e) < 0)
		return -1;
	if (!c.added || p->candidate == NULL)
		return 0;
	tell_answer(p, &c, is_new);
	if (settle(p, &c, e) < 0)
		return -1;
	return is_new ? passage_take_notes(p, e) : 0;
}
