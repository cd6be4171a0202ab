/* ingest_message - one message: its person, its ticket, its row */
#include <stdio.h>
#include <string.h>

#include "desk/threading.h"
#include "store/event.h"
#include "store/ingest_private.h"
#include "store/message.h"
#include "store/tag.h"
#include "stream/jtext.h"
#include "text/closing.h"
#include "time/tm.h"

/* One message on its way into the database. */
struct passage {
	struct ingest *in;
	const struct fact *f;
	struct message_row row;
	const char *external_id;
	int64_t root;		/* the customer that stands for the sender, 0 unknown */
	bool grouped, named;
	struct ticket *candidate;
	int64_t related;	/* ticket of an unproven number in the subject */
	enum threading verdict;
};

/* What the channel calls the conversation; else what tells it from others. */
static const char *
thread_name(const struct passage *p)
{
	const struct fact *f = p->f;

	if (f->message.thread != NULL)
		return f->message.thread;
	if (f->message.group != NULL)
		return f->message.group;
	if (f->message.refs_n > 0)
		return f->message.refs[0];
	if (f->message.ticket != NULL)
		return f->message.ticket;
	if (strcmp(f->channel, "email") == 0)
		return p->external_id;
	if (f->who.id != NULL)
		return f->who.id;
	if (f->who.phone != NULL)
		return f->who.phone;
	if (f->who.email != NULL)
		return f->who.email;
	return f->who.member != NULL ? f->who.member :
	    f->who.name != NULL ? f->who.name : p->external_id;
}

static int
find_person(struct passage *p, struct err *e)
{
	const struct fact *f = p->f;
	const char *fallback = p->grouped || f->message.direction != FACT_IN ? NULL :
	    f->message.thread;

	return customers_resolve(&p->in->customers, &f->who, p->row.account, fallback,
	    f->message.at, &p->row.customer, &p->root, e);
}

static int
candidate_of_message(struct passage *p, const char *external_id, struct err *e)
{
	struct message_row m = { .ticket = 0 };
	int got = message_find_on_channel(p->in->db, p->f->channel, external_id, &m, e);

	if (got <= 0 || m.ticket == 0)
		return got < 0 ? -1 : 0;
	return tickets_get(&p->in->tickets, m.ticket, &p->candidate, e);
}

/* The mails it answers, the nearest first. */
static int
by_references(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	size_t i;

	if (m->reply_to != NULL && candidate_of_message(p, m->reply_to, e) < 0)
		return -1;
	for (i = m->refs_n; i > 0 && p->candidate == NULL; i--)
		if (candidate_of_message(p, m->refs[i - 1], e) < 0)
			return -1;
	return 0;
}

/* A ticket number in the subject: proven by its signature or by the sender's part in
 * the ticket; otherwise only a hint. */
static int
by_tag(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	struct ticket *k;
	bool ok = false;

	if (m->tag_ticket <= 0)
		return 0;
	if (tickets_get(&p->in->tickets, m->tag_ticket, &k, e) < 0)
		return -1;
	if (k == NULL)
		return 0;
	if (m->tag_sign != NULL && tag_check(p->in->db, k->id, m->tag_sign, &ok, e) < 0)
		return -1;
	if (!ok && p->root != 0 &&
	    tickets_participant(&p->in->tickets, k, p->root, &ok, e) < 0)
		return -1;
	if (ok)
		p->candidate = k;
	else
		p->related = k->id;
	return 0;
}

/* In a group, one of ours answers whom he mentions, else who spoke last. */
static int
by_thread(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	struct tickets *t = &p->in->tickets;
	int64_t customer = 0, root = 0;
	size_t i;

	if (p->grouped && m->direction != FACT_IN)
		for (i = 0; i < m->mentions_n && p->candidate == NULL; i++) {
			if (customers_known(&p->in->customers, p->row.account, m->mentions[i],
			    &customer, &root, e) < 0)
				return -1;
			if (root != 0 && tickets_of_thread(t, p->row.thread, root, m->at,
			    &p->candidate, e) < 0)
				return -1;
		}
	if (p->candidate != NULL)
		return 0;
	return tickets_of_thread(t, p->row.thread,
	    p->grouped && m->direction == FACT_IN ? p->root : 0, m->at, &p->candidate, e);
}

static int
find_candidate(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;

	p->named = m->ticket != NULL;
	if (p->named)
		return tickets_by_external(&p->in->tickets, p->row.account, m->ticket,
		    &p->candidate, e);
	if (by_references(p, e) < 0 || (p->candidate == NULL && by_tag(p, e) < 0))
		return -1;
	return p->candidate != NULL || p->related != 0 ? 0 : by_thread(p, e);
}

static void
decide(struct passage *p)
{
	const struct fact_message *m = &p->f->message;
	struct threading_case c = {
		.candidate = p->candidate != NULL ? &p->candidate->sum : NULL,
		.named = p->named, .in = m->direction == FACT_IN,
		.automatic = m->automatic || m->direction == FACT_NOTE,
		.grouped = p->grouped, .at = m->at, .grace_ms = p->in->grace_ms
	};
	bool over = c.candidate != NULL && ticket_status_is_over(c.candidate->status);

	/* The text is looked at only where the answer matters. */
	if (c.in && m->text != NULL && (p->grouped || over)) {
		fold_text(&p->in->fold, m->text, strlen(m->text));
		c.thanks = over && closing_is(&p->in->closing, &p->in->fold);
		c.asks = p->grouped && (m->mentions_n > 0 ||
		    asks_is(&p->in->asks, &p->in->fold));
	}
	p->verdict = threading_decide(&c);
}

static int
open_ticket(struct passage *p, struct err *e)
{
	struct ticket_new n = {
		.account = p->row.account, .thread = p->row.thread,
		.customer = p->row.customer, .related = p->related, .at = p->f->message.at,
		.follows = p->verdict == THREAD_FOLLOW ? p->candidate->id : 0,
		.external_id = p->f->message.ticket, .subject = p->f->message.subject,
		.grouped = p->grouped
	};

	return tickets_add(&p->in->tickets, &n, &p->candidate, e);
}

/* The addressees and references have no column: they stand before the rest in extra. */
static void
stored_extra(const struct fact *f, struct buf *out)
{
	const struct fact_message *m = &f->message;

	buf_clear(out);
	buf_char(out, '{');
	jtext_member(out, "reply_to", m->reply_to);
	jtext_list(out, "refs", m->refs, m->refs_n);
	jtext_list(out, "to", m->to, m->to_n);
	jtext_list(out, "mentions", m->mentions, m->mentions_n);
	if (f->extra != NULL && strcmp(f->extra, "{}") != 0) {
		if (out->len > 1)
			buf_char(out, ',');
		buf_str(out, f->extra + 1);
	} else {
		buf_char(out, '}');
	}
}

static int
insert(struct passage *p, struct err *e)
{
	struct fact with_extra = *p->f;
	struct names *names = &p->in->names;

	stored_extra(p->f, &p->in->extra);
	with_extra.extra = p->in->extra.len > 2 ? p->in->extra.p : NULL;
	if (names->source == 0)
		names->source = names_source(names, p->in->source, p->in->format, tm_now(), e);
	if (names->source < 0)
		return -1;
	p->row.source = names->source;
	p->row.line = (int64_t)p->f->line;
	p->row.id = p->in->next_message++;
	return message_add(p->in->db, &p->row, &with_extra, p->external_id, e);
}

/* A recall that came before what it takes back is tied to it now. */
static int
recalled_already(struct passage *p, bool *recalled, struct err *e)
{
	char key[320];
	int64_t id;
	struct event ev = { .key = key, .name = "message.recalled", .ticket = p->row.ticket,
		.customer = p->row.customer, .message = p->row.id, .at = p->f->message.at,
		.subject = p->external_id, .actor = "csr-ingest" };

	*recalled = false;
	if (strcmp(p->f->channel, "wecom") != 0)
		return 0;
	snprintf(key, sizeof(key), "recall:%lld:%.256s", (long long)p->row.account,
	    p->external_id);
	if (event_find(p->in->db, key, &id, e) < 0)
		return -1;
	*recalled = id != 0;
	snprintf(key, sizeof(key), "recalled:%lld", (long long)p->row.id);
	return *recalled ? event_add(p->in->db, &ev, NULL, e) : 0;
}

static int
tell_ticket(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	struct step step = { .kind = STEP_IN, .at = m->at, .agent = p->row.agent };
	struct event ev = { .at = m->at, .ticket = p->row.ticket, .message = p->row.id,
		.customer = p->row.customer, .actor = "csr-ingest" };
	bool recalled;

	if (p->candidate == NULL)
		return 0;
	if (recalled_already(p, &recalled, e) < 0)
		return -1;
	ev.name = p->verdict == THREAD_THANKS ? "ticket.thanks" :
	    p->verdict == THREAD_REOPEN ? "ticket.reopened" : NULL;
	if (ev.name != NULL && event_add(p->in->db, &ev, NULL, e) < 0)
		return -1;
	step.reopens = p->verdict == THREAD_REOPEN;
	if (m->automatic || m->direction == FACT_NOTE || recalled)
		step.kind = STEP_SILENT;
	else if (m->direction == FACT_OUT)
		step.kind = STEP_OUT;
	else if (p->verdict == THREAD_THANKS)
		step.kind = STEP_THANKS;
	tickets_step(&p->in->tickets, p->candidate, &step);
	if (p->grouped && step.kind == STEP_IN)
		tickets_spoke(&p->in->tickets, p->candidate);
	return 0;
}

/* A row of a ticket export states more than a message: status, times, a score. */
static int
row_states(struct passage *p, bool *news, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	enum ticket_status status = ticket_status_parse(m->status);
	bool added = false;

	if (m->answered_at == FACT_NO_TIME && m->status == NULL && m->score == 0 &&
	    m->solved_at == FACT_NO_TIME)
		return 0;
	if (p->candidate == NULL)
		return 0;
	if (m->answered_at != FACT_NO_TIME &&
	    ingest_answered(p->in, p->candidate, m->answered_at, p->f, &added, e) < 0)
		return -1;
	*news |= added;
	if (status == 0 && m->solved_at != FACT_NO_TIME)
		status = TICKET_RESOLVED;
	if (status == 0)
		return 0;
	if (ingest_status(p->in, p->candidate, status, m->solved_at != FACT_NO_TIME ?
	    m->solved_at : m->at, p->f, &added, e) < 0)
		return -1;
	*news |= added;
	return 0;
}

static int
store_new(struct passage *p, struct err *e)
{
	const struct fact *f = p->f;

	if (find_person(p, e) < 0)
		return -1;
	p->row.agent = names_agent(&p->in->names, f->agent.id, f->agent.name, e);
	p->row.thread = names_thread(&p->in->names, p->row.account, thread_name(p),
	    p->grouped, e);
	if (p->row.agent < 0 || p->row.thread < 0 || find_candidate(p, e) < 0)
		return -1;
	decide(p);
	if (p->verdict == THREAD_NONE)
		p->candidate = NULL;
	else if ((p->verdict == THREAD_NEW || p->verdict == THREAD_FOLLOW) &&
	    open_ticket(p, e) < 0)
		return -1;
	if (p->candidate != NULL) {
		p->row.ticket = p->candidate->id;
		if (p->row.customer == 0)
			p->row.customer = p->candidate->customer;
	}
	if (insert(p, e) < 0)
		return -1;
	return tell_ticket(p, e);
}

/* The message takes another back: an event, tied to its target if that is here. */
static int
recall(struct passage *p, struct ingest_out *out, struct err *e)
{
	const char *target = p->f->message.recalls;
	struct message_row m = { .id = 0 };
	struct ticket *k = NULL;
	char key[320];
	struct event ev = { .key = key, .name = "message.recalled", .at = p->f->message.at,
		.subject = target, .actor = p->f->agent.id != NULL ? p->f->agent.id :
		p->f->who.id };
	int got = message_find(p->in->db, p->row.account, target, &m, e);

	if (got < 0)
		return -1;
	snprintf(key, sizeof(key), "recall:%lld:%.256s", (long long)p->row.account, target);
	ev.message = m.id;
	ev.ticket = out->ticket = m.ticket;
	ev.customer = m.customer;
	if (event_add(p->in->db, &ev, &out->is_new, e) < 0)
		return -1;
	if (m.ticket == 0 || !out->is_new)
		return 0;
	if (tickets_get(&p->in->tickets, m.ticket, &k, e) < 0)
		return -1;
	if (k != NULL)
		tickets_redo(&p->in->tickets, k);
	return 0;
}

int
ingest_message(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	struct passage p = { .in = in, .f = f, .external_id = f->external_id,
		.grouped = f->message.group != NULL };
	char hash[MESSAGE_HASH_SIZE];
	int got;

	p.row.account = names_account(&in->names, f->channel, f->account, e);
	if (p.row.account < 0)
		return -1;
	if (f->message.recalls != NULL)
		return recall(&p, out, e);
	if (p.external_id == NULL) {
		message_hash(f, hash);
		p.external_id = hash;
	}
	got = message_find(in->db, p.row.account, p.external_id, &p.row, e);
	if (got < 0)
		return -1;
	if (got > 0 && p.row.ticket != 0 &&
	    tickets_get(&in->tickets, p.row.ticket, &p.candidate, e) < 0)
		return -1;
	if (got == 0 && store_new(&p, e) < 0)
		return -1;
	out->is_new = got == 0;
	if (row_states(&p, &out->is_new, e) < 0)
		return -1;
	out->id = p.row.id;
	out->ticket = p.row.ticket;
	out->customer = p.row.customer == 0 ? 0 :
	    customers_root(&in->customers, p.row.customer, e);
	return out->customer < 0 ? -1 : 0;
}
