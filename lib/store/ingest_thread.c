/* ingest_thread - which conversation and which ticket a message belongs to */
#include <string.h>

#include "store/ingest_passage.h"
#include "store/member.h"
#include "store/tag.h"
#include "text/closing.h"

/* What the channel calls the conversation; else what tells it from others. */
const char *
passage_thread(const struct passage *p)
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

int
passage_candidate(struct passage *p, const char *external_id, struct err *e)
{
	struct message_row m = { .ticket = 0 };
	int got = message_find_on_channel(p->in->db, p->f->channel, external_id, &m, e);

	if (got <= 0 || m.ticket == 0)
		return got < 0 ? -1 : 0;
	return tickets_get(&p->in->tickets, m.ticket, &p->candidate, e);
}

/* A Message-ID is one in the world: the mail went to another mailbox of ours, too. */
static bool
may_be_elsewhere(const struct passage *p)
{
	return strcmp(p->f->channel, "email") == 0 && strchr(p->external_id, '@') != NULL;
}

/* The mails it answers, the nearest first; or itself, as it came elsewhere. */
static int
by_references(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	size_t i;

	p->by = BY_REFERENCE;
	if (may_be_elsewhere(p) && passage_candidate(p, p->external_id, e) < 0)
		return -1;
	if (p->candidate == NULL && m->reply_to != NULL &&
	    passage_candidate(p, m->reply_to, e) < 0)
		return -1;
	for (i = m->refs_n; i > 0 && p->candidate == NULL; i--)
		if (passage_candidate(p, m->refs[i - 1], e) < 0)
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
	p->by = ok ? BY_TAG : BY_PARTICIPANT;
	if (!ok && p->root != 0 &&
	    tickets_participant(&p->in->tickets, k, p->root, &ok, e) < 0)
		return -1;
	if (ok)
		p->candidate = k;
	else
		p->related = k->id;
	return 0;
}

/* The customer whom the group's roster calls NAME; 0 nobody, or one of ours; -1. */
static int64_t
named_root(struct passage *p, const char *name, struct err *e)
{
	int64_t customer;

	if (member_named(p->in->db, p->row.thread, name, &customer, e) < 0)
		return -1;
	return customer != 0 ? customers_root(&p->in->customers, customer, e) : 0;
}

/* Does a customer call one of ours, or somebody nobody knows? A fellow customer called is
 * talk between them. */
static int
calls_ours(struct passage *p, bool *calls, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	int64_t customer, root;
	size_t i;

	*calls = false;
	for (i = 0; i < m->mentions_n && !*calls; i++) {
		if (customers_known(&p->in->customers, p->row.account, m->mentions[i], &customer,
		    &root, e) < 0)
			return -1;
		if (root == 0 && (root = named_root(p, m->mentions[i], e)) < 0)
			return -1;
		*calls = root == 0;
	}
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

	p->by = BY_THREAD;
	if (p->grouped && m->direction != FACT_IN)
		for (i = 0; i < m->mentions_n && p->candidate == NULL; i++) {
			if (customers_known(&p->in->customers, p->row.account, m->mentions[i],
			    &customer, &root, e) < 0)
				return -1;
			if (root == 0 && (root = named_root(p, m->mentions[i], e)) < 0)
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
find_own(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;

	p->named = m->ticket != NULL || m->number != 0;
	p->by = BY_SOURCE;
	if (m->number != 0)
		return tickets_get(&p->in->tickets, m->number, &p->candidate, e);
	if (m->ticket != NULL)
		return tickets_by_external(&p->in->tickets, p->row.account, m->ticket,
		    &p->candidate, e);
	if (passage_is_note(p))
		return passage_find_noted(p, e);
	/* In a group, whoever answers a customer has a matter of his own. */
	if (!(p->grouped && m->direction == FACT_IN) && by_references(p, e) < 0)
		return -1;
	if (p->candidate == NULL && by_tag(p, e) < 0)
		return -1;
	return p->candidate != NULL || p->related != 0 ? 0 : by_thread(p, e);
}

int
passage_find(struct passage *p, struct err *e)
{
	if (find_own(p, e) < 0)
		return -1;
	return tickets_merged(&p->in->tickets, &p->candidate, e);
}

int
passage_decide(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	struct threading_case c = {
		.candidate = p->candidate != NULL ? &p->candidate->sum : NULL,
		.named = p->named, .in = m->direction == FACT_IN,
		.automatic = m->automatic || m->direction == FACT_NOTE ||
		    (m->direction == FACT_OUT && passage_is_missed_call(p)),
		.grouped = p->grouped, .at = m->at, .grace_ms = p->in->grace_ms
	};
	bool over = c.candidate != NULL && ticket_status_is_over(c.candidate->status);

	/* The text is looked at only where the answer matters. */
	if (c.in && m->text != NULL && (p->grouped || over)) {
		fold_text(&p->in->fold, m->text, strlen(m->text));
		c.thanks = over && closing_is(&p->in->closing, &p->in->fold);
		c.asks = p->grouped && asks_is(&p->in->asks, &p->in->fold);
		if (p->grouped && !c.asks && calls_ours(p, &c.asks, e) < 0)
			return -1;
	}
	if (c.in && over && !c.thanks && m->text != NULL && reply_is_content(&p->in->reply,
	    p->in->db, p->candidate->id, m->text, m->at, &c.thanks, e) < 0)
		return -1;
	p->verdict = threading_decide(&c);
	return 0;
}
