/* csv_deal - telephone calls and orders as rows of a CSV file state them */
#include <string.h>

#include "intake/csv_row.h"
#include "stream/jtext.h"

static void
keep_number(struct csv_row *r, const char *key, int64_t v)
{
	jtext_key(&r->extra, key);
	buf_fmt(&r->extra, "%lld", (long long)v);
}

/* Did anybody speak? By the word for it, else by time spent speaking. */
static bool
call_answered(struct csv_row *r, const struct fact_message *m, int64_t duration)
{
	const char *word = csv_row_word(r, SLOT_ANSWERED, "answered");

	if (word != NULL)
		return strcmp(word, "yes") == 0;
	csv_row_keep(r, SLOT_ANSWERED);
	return m->answered_at != FACT_NO_TIME || duration > 0;
}

static void
call_text(struct csv_row *r, struct fact_message *m, bool answered)
{
	bool in = m->direction == FACT_IN;

	m->subject = csv_row_text(r, SLOT_SUBJECT);
	m->text = csv_row_text(r, SLOT_TEXT);
	if (m->text == NULL && answered)
		m->text = in ? "[来电]" : "[去电]";
	else if (m->text == NULL)
		m->text = in ? "[未接来电]" : "[未接去电]";
}

/* Whose number is whose follows from who called. */
static void
call_persons(struct csv_row *r, struct fact *f)
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
call_direction(struct csv_row *r, struct fact_message *m, struct err *e)
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

/* What a call settled is settled when it ends. */
static void
call_state(struct csv_row *r, struct fact_message *m, int64_t ended_at)
{
	csv_row_state(r, m);
	if (m->status != NULL && m->solved_at == FACT_NO_TIME &&
	    (strcmp(m->status, "solved") == 0 || strcmp(m->status, "closed") == 0))
		m->solved_at = ended_at;
}

int
csv_call_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_message *m = &f->message;
	int64_t duration = -1, wait = 0, ended_at = FACT_NO_TIME;
	bool answered;

	m->thread = csv_row_text(r, SLOT_THREAD);
	m->ticket = csv_row_text(r, SLOT_TICKET);
	if (csv_row_at(r, &m->at, e) < 0 ||
	    csv_row_time(r, SLOT_ANSWERED_AT, &m->answered_at, e) < 0 ||
	    csv_row_time(r, SLOT_ENDED_AT, &ended_at, e) < 0 ||
	    csv_row_time(r, SLOT_SOLVED_AT, &m->solved_at, e) < 0 ||
	    csv_row_span(r, SLOT_DURATION, 1000, &duration, e) < 0 ||
	    csv_row_span(r, SLOT_WAIT, 1000, &wait, e) < 0 || call_direction(r, m, e) < 0)
		return -1;
	answered = call_answered(r, m, duration);
	if (!answered)
		m->answered_at = FACT_NO_TIME;
	else if (m->answered_at == FACT_NO_TIME && m->direction == FACT_IN &&
	    m->at != FACT_NO_TIME)
		m->answered_at = m->at + wait;
	call_persons(r, f);
	call_text(r, m, answered);
	call_state(r, m, ended_at);
	jtext_key(&r->extra, "answered");
	buf_str(&r->extra, answered ? "true" : "false");
	if (duration >= 0)
		keep_number(r, "duration_ms", duration);
	if (r->v[SLOT_WAIT].len > 0)
		keep_number(r, "wait_ms", wait);
	csv_row_keep(r, SLOT_ENDED_AT);
	return 0;
}

/* The currency a column or the amount itself names; CNY when nobody does. */
static const char *
order_currency(struct csv_row *r, struct csv_cell beside)
{
	const char *word = csv_row_word(r, SLOT_CURRENCY, "currency");
	const struct alias *alias;

	if (word != NULL)
		return word;
	if (r->v[SLOT_CURRENCY].len == 3)
		return r->v[SLOT_CURRENCY].p;
	csv_row_keep(r, SLOT_CURRENCY);
	if (beside.len == 0 && r->column[SLOT_AMOUNT] < r->head->n &&
	    r->head->columns[r->column[SLOT_AMOUNT]].currency != NULL)
		return r->head->columns[r->column[SLOT_AMOUNT]].currency;
	if (beside.len == 0)
		return "CNY";
	alias = aliases_find(r->aliases, "currency", beside.p, beside.len);
	return alias != NULL ? alias->key : NULL;
}

static int
order_amount(struct csv_row *r, struct fact_order *o, struct err *e)
{
	struct csv_cell number, beside;
	bool negative;

	if (r->v[SLOT_AMOUNT].len == 0)
		return 0;
	if (csv_money_split(r->v[SLOT_AMOUNT], &number, &beside, &negative, e) < 0)
		return csv_row_refuse(r, SLOT_AMOUNT, e);
	o->currency = order_currency(r, beside);
	if (o->currency == NULL) {
		err_set(e, ERR_DATA, "\"%.40s\": the currency is unknown", r->v[SLOT_AMOUNT].p);
		return csv_row_refuse(r, SLOT_AMOUNT, e);
	}
	if (csv_money(number, o->currency, &o->amount_minor, e) < 0)
		return csv_row_refuse(r, SLOT_AMOUNT, e);
	if (negative)
		o->amount_minor = -o->amount_minor;
	return 0;
}

int
csv_order_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_order *o = &f->order;

	o->status = csv_row_text(r, SLOT_STATUS);
	o->title = csv_row_text(r, SLOT_TITLE);
	if (csv_row_time(r, SLOT_ORDERED_AT, &o->ordered_at, e) < 0 ||
	    csv_row_time(r, SLOT_PAID_AT, &o->paid_at, e) < 0 ||
	    csv_row_time(r, SLOT_STARTS_AT, &o->starts_at, e) < 0 ||
	    csv_row_time(r, SLOT_ENDS_AT, &o->ends_at, e) < 0)
		return -1;
	return order_amount(r, o, e);
}
