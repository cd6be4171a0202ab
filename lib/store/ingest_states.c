/* ingest_states - what a row of a ticket export states beside its message: when it was
 * answered, how it ended, who had it, how the customer rated it.  Each is kept once, also
 * when a later export of the same row brings it. */
#include <stdio.h>

#include "store/event.h"
#include "store/ingest_passage.h"
#include "store/reported.h"
#include "store/response.h"

static int
state_answer(struct passage *p, bool *added, struct err *e)
{
	int64_t at = p->f->message.answered_at;

	if (at == FACT_NO_TIME || p->f->message.call.outcome != NULL)
		return 0;
	return ingest_answered(p->in, p->candidate, at, p->f, added, e);
}

static int
state_status(struct passage *p, bool *added, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	int64_t at = m->solved_at != FACT_NO_TIME ? m->solved_at : m->at;
	enum ticket_status status = ticket_status_parse(m->status);

	if (status == 0 && m->solved_at != FACT_NO_TIME)
		status = TICKET_RESOLVED;
	if (status == 0)
		return 0;
	return passage_is_note(p) ?
	    ingest_status_kept(p->in, p->candidate, status, at, p->f, added, e) :
	    ingest_status(p->in, p->candidate, status, at, p->f, added, e);
}

static int
state_score(struct passage *p, bool *added, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	char id[320];
	struct response r = { .id = id, .form = "csat", .mode = "import",
		.ticket = p->row.ticket, .customer = p->row.customer, .message = p->row.id,
		.score = m->score, .comment = m->comment,
		.at = m->solved_at != FACT_NO_TIME ? m->solved_at : m->at };
	int64_t row;
	int got;

	if (m->score == 0)
		return 0;
	snprintf(id, sizeof(id), "row:%lld:%.256s", (long long)p->row.account, p->external_id);
	got = response_add(p->in->db, &r, &row, e);
	*added = got > 0;
	return got < 0 ? -1 : 0;
}

/* Only a row about a ticket names its owner; a chat message names who wrote. */
static int
state_owner(struct passage *p, bool *added, struct err *e)
{
	char key[96];
	struct event ev = { .key = key, .name = "ticket.routed", .at = p->f->message.at,
		.ticket = p->row.ticket, .customer = p->row.customer,
		.subject = p->f->agent.id, .actor = "csr-ingest" };

	if (!p->named || p->row.agent == 0 || p->f->message.direction != FACT_IN)
		return 0;
	snprintf(key, sizeof(key), "owner:%lld:%lld", (long long)p->row.ticket,
	    (long long)p->row.agent);
	if (event_add(p->in->db, &ev, added, e) < 0)
		return -1;
	if (!*added)
		return 0;
	return ticket_set_route(p->in->db, p->row.ticket, NULL, p->row.agent, 0, ev.at, e);
}

static int
state_reported(struct passage *p, bool *added, struct err *e)
{
	return reported_put(p->in->db, p->candidate->id, &p->f->message, ingest_file, p->in,
	    added, e);
}

int
passage_states(struct passage *p, bool *news, struct err *e)
{
	static int (*const states[])(struct passage *p, bool *added, struct err *e) = {
		state_answer, state_status, state_score, state_owner, state_reported
	};
	size_t i;

	if (p->candidate == NULL)
		return 0;
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		bool added = false;

		if (states[i](p, &added, e) < 0)
			return -1;
		*news |= added;
	}
	return 0;
}
