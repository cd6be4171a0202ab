/* ingest_event - orders, and events about tickets, orders, flights */
#include <stdio.h>
#include <string.h>

#include "store/consent.h"
#include "store/event.h"
#include "store/ingest_private.h"
#include "store/member.h"
#include "store/order.h"
#include "store/trip.h"
#include "stream/jtext.h"
#include "time/tm.h"

static const char *
person_name(const struct fact *f)
{
	return f->agent.id != NULL ? f->agent.id : f->agent.name;
}

/* A source may repeat a state with a later time in each export: the state it left the
 * ticket in counts, once a time. */
int
ingest_status_kept(struct ingest *in, struct ticket *k, enum ticket_status status, int64_t at,
    const struct fact *f, bool *added, struct err *e)
{
	char key[96];
	struct event ev = { .key = key, .name = "ticket.status", .at = at, .ticket = k->id,
		.customer = k->customer, .value = ticket_status_name(status),
		.actor = person_name(f) };
	struct step step = { .kind = STEP_STATUS, .at = at, .status = status };

	snprintf(key, sizeof(key), "status:%lld:%s:%lld", (long long)k->id, ev.value,
	    (long long)at);
	if (event_add(in->db, &ev, added, e) < 0)
		return -1;
	if (*added)
		tickets_step(&in->tickets, k, &step);
	return 0;
}

int
ingest_status(struct ingest *in, struct ticket *k, enum ticket_status status, int64_t at,
    const struct fact *f, bool *added, struct err *e)
{
	*added = false;
	if (status == TICKET_OPEN && k->sum.event_at == 0)
		return 0;	/* it is open anyway */
	return ingest_status_kept(in, k, status, at, f, added, e);
}

int
ingest_answered(struct ingest *in, struct ticket *k, int64_t at, const struct fact *f,
    bool *added, struct err *e)
{
	char key[64];
	struct event ev = { .key = key, .name = "ticket.answered", .at = at, .ticket = k->id,
		.customer = k->customer, .actor = person_name(f) };
	struct step step = { .kind = STEP_ANSWERED, .at = at };

	step.agent = names_agent(&in->names, ev.actor, f->agent.name, e);
	if (step.agent < 0)
		return -1;
	snprintf(key, sizeof(key), "answered:%lld", (long long)k->id);
	if (event_add(in->db, &ev, added, e) < 0)
		return -1;
	if (*added)
		tickets_step(&in->tickets, k, &step);
	return 0;
}

/* An event's own words as JSON: what has no column. */
static const char *
data_of(const struct fact *f, struct buf *out)
{
	buf_clear(out);
	buf_char(out, '{');
	jtext_member(out, "cause", f->event.cause);
	jtext_member(out, "outcome", f->event.outcome);
	if (f->extra != NULL && strcmp(f->extra, "{}") != 0) {
		if (out->len > 1)
			buf_char(out, ',');
		buf_str(out, f->extra + 1);
	} else {
		buf_char(out, '}');
	}
	return out->len > 2 ? out->p : NULL;
}

/* The order's row, and the event of a state it was not in before. */
static int
put_order(struct ingest *in, const struct fact *f, int64_t account, struct event *ev,
    struct order_row *row, struct err *e)
{
	char key[512];
	int64_t known = 0;

	snprintf(key, sizeof(key), "order:%lld:%.200s:%.200s", (long long)account,
	    f->external_id, f->order.status != NULL ? f->order.status : "");
	if (f->order.status != NULL && event_find(in->db, key, &known, e) < 0)
		return -1;
	if (order_put(in->db, f, account, ev->customer, known != 0, row, e) < 0)
		return -1;
	ev->key = key;
	return row->status_changed ? event_add(in->db, ev, NULL, e) : 0;
}

/* What its travellers are booked on. The order begins and ends with it. */
static int
put_trip(struct ingest *in, const struct trip *t, int64_t order, int64_t at,
    struct ingest_out *out, struct err *e)
{
	int64_t starts, ends;

	if (t->root == NULL)
		return 0;
	if (trip_store(t, in->db, &in->customers, order, at, &out->is_new, &starts, &ends, e) < 0)
		return -1;
	return order_set_span(in->db, order, starts, ends, e);
}

int
ingest_order(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	int64_t account = names_account(&in->names, f->channel, f->account, e), buyer = 0;
	int64_t at = f->order.paid_at != FACT_NO_TIME ? f->order.paid_at :
	    f->order.ordered_at != FACT_NO_TIME ? f->order.ordered_at : tm_now();
	struct event ev = { .name = "order.status", .at = at,
		.subject = f->external_id, .value = f->order.status, .actor = "csr-ingest" };
	struct fact rest = *f;
	struct order_row row;
	struct trip t;
	int bad;

	if (account < 0 || customers_resolve(&in->customers, &f->who, account, NULL, at,
	    &ev.customer, &out->customer, e) < 0)
		return -1;
	trip_read(&t, f->extra);
	rest.extra = t.rest;
	/* One row a traveller: the first one's buyer is the order's. */
	bad = trip_check(&t, e) < 0 || (t.partial &&
	    order_customer(in->db, account, f->external_id, &buyer, e) < 0);
	if (buyer != 0)
		ev.customer = buyer;
	if (t.root != NULL)
		rest.order.starts_at = rest.order.ends_at = FACT_NO_TIME;
	bad = bad || put_order(in, &rest, account, &ev, &row, e) < 0;
	if (!bad) {
		out->id = row.id;
		out->is_new = row.change != ORDER_SAME;
		bad = put_trip(in, &t, row.id, at, out, e) < 0;
	}
	trip_release(&t);
	return bad ? -1 : 0;
}

/* The ticket an event means: by the source's id, by our number, by its thread. */
static int
find_ticket(struct ingest *in, const struct fact *f, struct ticket **k, struct err *e)
{
	const struct fact_event *v = &f->event;
	int64_t account, thread;

	*k = NULL;
	if (f->event.ticket > 0)
		return tickets_get(&in->tickets, f->event.ticket, k, e);
	if (f->channel == NULL)
		return err_set(e, ERR_DATA, "an event about a ticket needs \"ticket\", or "
		    "\"channel\" and \"thread\" or \"subject\"");
	account = names_account(&in->names, f->channel, f->account, e);
	if (account < 0)
		return -1;
	if (v->subject != NULL && tickets_by_external(&in->tickets, account, v->subject, k,
	    e) < 0)
		return -1;
	if (*k != NULL || v->thread == NULL)
		return 0;
	thread = names_thread(&in->names, account, v->thread, false, e);
	if (thread < 0)
		return -1;
	return tickets_of_thread(&in->tickets, thread, 0, v->at, k, e);
}

static int
ticket_status(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	enum ticket_status status = ticket_status_parse(f->event.status);
	struct ticket *k;

	if (status == 0)
		return err_set(e, ERR_DATA, "\"status\": \"%.40s\" is no ticket status",
		    f->event.status != NULL ? f->event.status : "");
	if (find_ticket(in, f, &k, e) < 0)
		return -1;
	if (k == NULL && f->event.ticket > 0)
		return err_set(e, ERR_DATA, "no ticket %lld", (long long)f->event.ticket);
	if (k == NULL)
		return err_set(e, ERR_DATA, "no ticket \"%.80s\"", f->event.subject != NULL ?
		    f->event.subject : f->event.thread != NULL ? f->event.thread : "");
	out->ticket = k->id;
	out->customer = k->customer;
	if (ingest_status(in, k, status, f->event.at, f, &out->is_new, e) < 0)
		return -1;
	if (!out->is_new || (f->event.cause == NULL && f->event.outcome == NULL))
		return 0;
	return ticket_set_outcome(in->db, k->id, f->event.cause, f->event.outcome, e);
}

/* What an event says about a customer's consent: the archive's, or one of a purpose. */
static int
keep_consent(struct ingest *in, const struct fact *f, int64_t customer, struct err *e)
{
	static const struct {
		const char *event, *purpose;	/* NULL: its subject */
		bool given;
	} words[] = {
		{ "archive.agree", "archive", true }, { "archive.disagree", "archive", false },
		{ "consent.given", NULL, true }, { "consent.withdrawn", NULL, false }
	};
	const struct fact_event *v = &f->event;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words) && customer != 0; i++) {
		struct consent c = { .customer = customer, .channel = f->channel, .at = v->at,
			.purpose = words[i].purpose != NULL ? words[i].purpose : v->subject,
			.given = words[i].given, .source = in->source, .actor = "csr-ingest" };

		if (strcmp(words[i].event, v->name) == 0)
			return consent_add(in->db, &c, NULL, e);
	}
	return 0;
}

/* A member of a group, or a group whose members were told. */
static int
put_roster(struct ingest *in, const struct fact *f, struct ingest_out *out, struct err *e)
{
	int64_t account, thread, customer = 0;

	if (f->channel == NULL || f->event.subject == NULL)
		return err_set(e, ERR_DATA, "no channel or no group (\"subject\")");
	account = names_account(&in->names, f->channel, f->account, e);
	thread = account < 0 ? -1 : names_thread(&in->names, account, f->event.subject, true, e);
	if (thread < 0)
		return -1;
	if (strcmp(f->event.name, "group.roster") == 0)
		return member_close(in->db, f, thread, &out->is_new, e);
	if (f->who.role != ROLE_AGENT && customers_resolve(&in->customers, &f->who, account, NULL,
	    f->event.at, &customer, &out->customer, e) < 0)
		return -1;
	return member_put(in->db, f, thread, customer, &out->is_new, e);
}

int
ingest_event(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	const struct fact_event *v = &f->event;
	bool is_flight = strcmp(v->name, "flight.status") == 0;
	char key[640];
	struct event ev = { .key = key, .name = v->name, .at = v->at, .subject = v->subject,
		.value = v->status, .actor = person_name(f) };

	if (strcmp(v->name, "ticket.status") == 0)
		return ticket_status(in, f, out, e);
	if (member_is_event(v))
		return put_roster(in, f, out, e);
	if (f->who.role != ROLE_AGENT && (f->who.id != NULL || f->who.phone != NULL ||
	    f->who.email != NULL || f->who.member != NULL)) {
		int64_t account = f->channel == NULL ? 0 :
		    names_account(&in->names, f->channel, f->account, e);

		if (account < 0 || customers_resolve(&in->customers, &f->who, account, NULL,
		    v->at, &ev.customer, &out->customer, e) < 0)
			return -1;
	}
	/* What happened to a flight is one and the same whenever and by whom it is told. */
	if (is_flight && f->external_id != NULL)
		snprintf(key, sizeof(key), "%.60s:%.400s", v->name, f->external_id);
	else
		snprintf(key, sizeof(key), "%.60s:%.40s:%.200s:%.200s:%lld", v->name,
		    f->channel != NULL ? f->channel : "", v->subject != NULL ? v->subject : "",
		    v->status != NULL ? v->status : "", (long long)v->at);
	ev.data = data_of(f, &in->extra);
	if (event_add(in->db, &ev, &out->is_new, e) < 0 ||
	    (out->is_new && keep_consent(in, f, ev.customer, e) < 0))
		return -1;
	if (out->is_new && is_flight && trip_flight(in->db, f->extra, v->at, e) < 0)
		return -1;
	if (out->is_new && strcmp(v->name, "order.status") == 0 && v->subject != NULL)
		return order_set_status(in->db, v->subject, v->status, &ev.customer, e);
	return 0;
}
