/* ingest_figure - what exports of other systems sum up: figures of agents, answers to
 * surveys */
#include <stdio.h>

#include "store/event.h"
#include "store/ingest_private.h"
#include "store/reported.h"
#include "store/response.h"

int
ingest_metric(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	int64_t account = names_account(&in->names, f->channel, f->account, e);

	if (account < 0)
		return -1;
	return metric_put(in->db, account, &f->metric, ingest_file, in, &out->is_new, e);
}

/* The source's ticket, or its conversation of that name; none is no fault: the answer
 * counts, only not for a ticket. */
static int
find_ticket(struct ingest *in, const struct fact *f, int64_t account, struct ticket **k,
    struct err *e)
{
	const struct fact_response *r = &f->response;
	int64_t thread;

	*k = NULL;
	if (r->ticket == NULL)
		return 0;
	if (tickets_by_external(&in->tickets, account, r->ticket, k, e) < 0)
		return -1;
	if (*k != NULL)
		return 0;
	thread = names_thread_known(&in->names, account, r->ticket, e);
	if (thread <= 0)
		return thread < 0 ? -1 : 0;
	return tickets_of_thread(&in->tickets, thread, 0, r->at, k, e);
}

/* What else the source says of an answer: who was rated, the link to the talk. */
static int
keep_rest(struct ingest *in, const struct fact *f, const struct response *r, int64_t id,
    struct err *e)
{
	char key[40];
	struct event ev = { .key = key, .name = "survey.imported", .at = r->at,
		.ticket = r->ticket, .customer = r->customer, .subject = f->response.ticket,
		.actor = f->agent.id, .data = f->extra };

	if (f->extra == NULL && f->agent.id == NULL)
		return 0;
	snprintf(key, sizeof(key), "response:%lld", (long long)id);
	return event_add(in->db, &ev, NULL, e);
}

int
ingest_response(struct ingest *in, const struct fact *f, struct ingest_out *out,
    struct err *e)
{
	const struct fact_response *given = &f->response;
	struct response r = { .id = f->external_id, .form = given->form,
		.mode = given->mode != NULL ? given->mode : "import",
		.score = given->score, .comment = given->comment, .at = given->at };
	int64_t account = names_account(&in->names, f->channel, f->account, e);
	struct ticket *k;
	int got;

	if (account < 0 || find_ticket(in, f, account, &k, e) < 0 ||
	    customers_resolve(&in->customers, &f->who, account, NULL, given->at, &r.customer,
	    &out->customer, e) < 0)
		return -1;
	if (k != NULL) {
		r.ticket = out->ticket = k->id;
		if (r.customer == 0)
			r.customer = k->customer;
	}
	got = response_add(in->db, &r, &out->id, e);
	out->is_new = got > 0;
	return got < 0 || (got > 0 && keep_rest(in, f, &r, out->id, e) < 0) ? -1 : 0;
}
