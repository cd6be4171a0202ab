/* ingest_message - one message: its person, its ticket, its row */
#include <stdio.h>
#include <string.h>

#include "store/event.h"
#include "store/ingest_passage.h"
#include "store/message.h"
#include "store/suppress.h"
#include "store/participant.h"
#include "stream/jtext.h"
#include "time/tm.h"

enum { PERSON_KEY_MAX = 512 };

/* All that tells who WHO is, in KEY; 0 when it does not fit. */
static size_t
person_key(const struct fact_person *who, int64_t account, const char *fallback,
    char key[PERSON_KEY_MAX])
{
	const char *const text[] = { who->id, who->name, who->phone, who->email, who->member,
		fallback };
	size_t i, n = sizeof(account);

	memcpy(key, &account, sizeof(account));
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		size_t len = text[i] != NULL ? strlen(text[i]) : 0;

		if (len >= PERSON_KEY_MAX - n)
			return 0;
		if (len > 0)
			memcpy(key + n, text[i], len);
		key[n + len] = '\0';
		n += len + 1;
	}
	return n;
}

/* The same words mean the same person for as long as nobody else writes and no link is
 * made: what they are known by is his from the first time on. */
static int
find_person(struct passage *p, struct err *e)
{
	const struct fact *f = p->f;
	bool alone = f->who.id == NULL && f->who.phone == NULL && !p->grouped;
	const char *fallback = alone && f->message.direction == FACT_IN ?
	    f->message.thread : NULL;
	char key[PERSON_KEY_MAX];
	size_t len = person_key(&f->who, p->row.account, fallback, key);
	union map_value *known;

	if (p->in->links != p->in->customers.links)
		map_clear(&p->in->persons);
	p->in->links = p->in->customers.links;
	known = len > 0 ? map_get(&p->in->persons, key, len) : NULL;
	if (known != NULL) {
		p->row.customer = p->root = known->num;
		return 0;
	}
	if (customers_resolve(&p->in->customers, &f->who, p->row.account, fallback,
	    f->message.at, &p->row.customer, &p->root, e) < 0)
		return -1;
	if (len > 0 && p->root == p->row.customer && p->in->links == p->in->customers.links)
		map_put(&p->in->persons, key, len, NULL)->num = p->root;
	return 0;
}

static void
open_ticket(struct passage *p)
{
	struct ticket_new n = {
		.account = p->row.account, .thread = p->row.thread,
		.customer = p->row.customer, .related = p->related, .at = p->f->message.at,
		.follows = p->verdict == THREAD_FOLLOW ? p->candidate->id : 0,
		.external_id = p->f->message.ticket, .subject = p->f->message.subject,
		.grouped = p->grouped
	};

	p->candidate = tickets_add(&p->in->tickets, &n);
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
	stored_extra(p->f, &p->in->extra);
	if ((p->row.source = ingest_file(p->in, e)) < 0)
		return -1;
	p->row.line = (int64_t)p->f->line;
	if (messages_add(&p->in->messages, &p->row, p->f, p->external_id,
	    p->in->extra.len > 2 ? p->in->extra.p : NULL, e) < 0)
		return -1;
	if (p->candidate != NULL && p->row.customer != p->candidate->customer &&
	    p->row.customer != 0 && p->candidate->customer != 0 &&
	    participant_add(p->in->db, p->row.customer, p->row.ticket, e) < 0)
		return -1;
	traffic_count(&p->in->traffic, p->f->message.at, p->row.account,
	    p->f->message.direction, p->f->message.automatic);
	return p->f->message.automatic && p->f->message.direction == FACT_IN ?
	    suppress_bounce(p->in->db, p->f->extra, p->f->message.at, e) : 0;
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
	if (strcmp(p->f->channel, "wecom") != 0 && strcmp(p->f->channel, "wechat") != 0)
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
	if (m->automatic || m->direction == FACT_NOTE || recalled ||
	    (m->direction == FACT_OUT && passage_is_missed_call(p)))
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

static int
store_new(struct passage *p, struct err *e)
{
	const struct fact *f = p->f;

	if (find_person(p, e) < 0)
		return -1;
	p->row.agent = names_agent(&p->in->names, f->agent.id, f->agent.name, e);
	p->row.thread = names_thread(&p->in->names, p->row.account, passage_thread(p),
	    p->grouped, e);
	if (p->row.agent < 0 || p->row.thread < 0 || passage_find(p, e) < 0)
		return -1;
	if (passage_decide(p, e) < 0)
		return -1;
	if (p->verdict == THREAD_NONE)
		p->candidate = NULL;
	else if (p->verdict == THREAD_NEW || p->verdict == THREAD_FOLLOW)
		open_ticket(p);
	if (p->candidate != NULL) {
		p->row.ticket = p->candidate->id;
		if (p->row.customer == 0)
			p->row.customer = p->candidate->customer;
	}
	if (insert(p, e) < 0 || tell_ticket(p, e) < 0)
		return -1;
	return passage_is_note(p) && p->candidate == NULL ? passage_await_call(p, e) : 0;
}

static void
explain(const struct passage *p, struct ingest_out *out)
{
	out->how = p->verdict;
	out->by = p->verdict == THREAD_NONE || p->verdict == THREAD_NEW ? BY_NOTHING : p->by;
	out->related = p->related;
	if (p->verdict == THREAD_FOLLOW)
		out->follows = p->candidate->follows;
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
	int got = messages_find(&p->in->messages, p->row.account, target, &m, e);

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

	if (passage_check_call(f, e) < 0)
		return -1;
	p.row.account = names_account(&in->names, f->channel, f->account, e);
	if (p.row.account < 0)
		return -1;
	if (f->message.recalls != NULL)
		return recall(&p, out, e);
	if (p.external_id == NULL) {
		message_hash(f, hash);
		p.external_id = hash;
	}
	got = messages_find(&in->messages, p.row.account, p.external_id, &p.row, e);
	if (got < 0)
		return -1;
	if (got > 0 && p.row.ticket != 0 &&
	    tickets_get(&in->tickets, p.row.ticket, &p.candidate, e) < 0)
		return -1;
	if (got == 0 && store_new(&p, e) < 0)
		return -1;
	if (got == 0)
		explain(&p, out);
	out->is_new = got == 0;
	if (passage_call(&p, got == 0, &out->is_new, e) < 0)
		return -1;
	if (passage_states(&p, &out->is_new, e) < 0)
		return -1;
	out->id = p.row.id;
	out->ticket = p.row.ticket;
	out->customer = p.row.customer == 0 ? 0 :
	    customers_root(&in->customers, p.row.customer, e);
	return out->customer < 0 ? -1 : 0;
}
