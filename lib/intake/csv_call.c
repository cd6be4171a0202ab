/* csv_call - telephone calls as rows of a CSV file state them */
#include <string.h>

#include "intake/call_fact.h"
#include "intake/csv_row.h"

/* What the row says of time; FACT_NO_TIME and FACT_NO_SPAN where it does not. */
struct times {
	int64_t answered_at, ended_at, duration, wait;
};

/* What became of it: by the word for it, else by time spent speaking. */
static const char *
outcome(struct csv_row *r, const struct times *t)
{
	const char *word = csv_row_word(r, SLOT_ANSWERED, "answered");

	if (word != NULL)
		return strcmp(word, "yes") == 0 ? "answered" :
		    strcmp(word, "no") == 0 ? "no_answer" : word;
	csv_row_keep(r, SLOT_ANSWERED);
	return t->answered_at != FACT_NO_TIME || t->duration > 0 ? "answered" : "no_answer";
}

/* Whose number is whose follows from who called. */
static void
persons(struct csv_row *r, struct fact *f)
{
	bool in = f->message.direction == FACT_IN;
	const char *theirs = csv_row_text(r, in ? SLOT_CALLER : SLOT_CALLEE);
	const char *called = csv_row_text(r, SLOT_CALLEE), **to;

	if (f->who.phone == NULL)
		f->who.phone = theirs;
	else if (theirs != NULL && strcmp(theirs, f->who.phone) != 0)
		csv_row_keep(r, in ? SLOT_CALLER : SLOT_CALLEE);
	if (!in)
		csv_row_keep_as(r, SLOT_CALLER, "caller");
	f->agent.role = ROLE_AGENT;
	if (called == NULL)
		return;
	to = arena_alloc(&r->scratch, sizeof(*to));
	*to = called;
	f->message.to = to;
	f->message.to_n = 1;
}

static int
direction(struct csv_row *r, struct fact_message *m, struct err *e)
{
	const char *word = csv_row_word(r, SLOT_DIRECTION, "direction");

	m->direction = FACT_IN;
	if (r->v[SLOT_DIRECTION].len == 0 || (word != NULL && strcmp(word, "in") == 0))
		return 0;
	m->direction = FACT_OUT;
	if (word != NULL && strcmp(word, "out") == 0)
		return 0;
	err_set(e, ERR_DATA, "\"%.40s\" is neither in nor out; name it in aliases/values.conf",
	    r->v[SLOT_DIRECTION].p);
	return csv_row_refuse(r, SLOT_DIRECTION, e);
}

/* What a call settled is settled when it ends.  A file that tells states, and none csr
 * knows here, does not leave it to us to find one. */
static void
state(struct csv_row *r, struct fact_message *m)
{
	csv_row_state(r, m);
	if (m->status == NULL && r->head->has[SLOT_STATUS])
		m->status = "open";
	if (m->status != NULL && m->solved_at == FACT_NO_TIME &&
	    (strcmp(m->status, "solved") == 0 || strcmp(m->status, "closed") == 0))
		m->solved_at = m->call.ended_at;
}

static int
read_times(struct csv_row *r, struct fact_message *m, struct times *t, struct err *e)
{
	*t = (struct times){ FACT_NO_TIME, FACT_NO_TIME, FACT_NO_SPAN, FACT_NO_SPAN };
	if (csv_row_at(r, &m->at, e) < 0 ||
	    csv_row_time(r, SLOT_ANSWERED_AT, &t->answered_at, e) < 0 ||
	    csv_row_time(r, SLOT_ENDED_AT, &t->ended_at, e) < 0 ||
	    csv_row_time(r, SLOT_SOLVED_AT, &m->solved_at, e) < 0 ||
	    csv_row_span(r, SLOT_DURATION, 1000, &t->duration, e) < 0)
		return -1;
	return csv_row_span(r, SLOT_WAIT, 1000, &t->wait, e);
}

static void
fill_times(struct fact_message *m, const struct times *t)
{
	struct fact_call *c = &m->call;
	bool timed = t->answered_at != FACT_NO_TIME && t->ended_at >= t->answered_at;

	m->answered_at = t->answered_at;
	c->wait_ms = t->wait;
	c->ended_at = t->ended_at;
	/* A length may count the ringing too: two times know better. */
	if (strcmp(c->outcome, "answered") == 0 && !timed)
		c->talk_ms = t->duration;
	call_complete(m);
}

int
csv_call_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_message *m = &f->message;
	struct times t;

	m->thread = csv_row_text(r, SLOT_THREAD);
	m->ticket = csv_row_text(r, SLOT_TICKET);
	if (read_times(r, m, &t, e) < 0 || direction(r, m, e) < 0)
		return -1;
	m->call.outcome = outcome(r, &t);
	m->call.queue = csv_row_text(r, SLOT_QUEUE);
	fill_times(m, &t);
	persons(r, f);
	if (m->thread == NULL && f->who.id == NULL)
		m->thread = call_thread(f->who.phone, &r->scratch);
	m->subject = csv_row_text(r, SLOT_SUBJECT);
	m->text = csv_row_text(r, SLOT_TEXT);
	if (m->text == NULL)
		m->text = call_words(m->direction, m->call.outcome);
	state(r, m);
	return 0;
}
