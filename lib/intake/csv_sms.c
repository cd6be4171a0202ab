/* csv_sms - text messages as an SMS gateway's export states them */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/call_fact.h"
#include "intake/csv_row.h"

enum { PART_MAX = 255, SHORT_MAX = 6 };

/* A number no customer has: letters, a short code, a gateway's 106... */
static bool
is_gateway(const struct csv_row *r, const char *number)
{
	size_t digits = 0;
	const char *c;

	if (r->opts->account != NULL && strcmp(number, r->opts->account) == 0)
		return true;
	for (c = number; *c != '\0'; c++)
		digits += *c >= '0' && *c <= '9';
	return digits <= SHORT_MAX || strncmp(number, "106", 3) == 0;
}

/* Whose word it is, by who sent it to whom: one of the two numbers is no customer's. */
static int
by_numbers(const struct csv_row *r, struct fact_message *m, struct err *e)
{
	const char *from = csv_row_text(r, SLOT_SENDER), *to = csv_row_text(r, SLOT_RECEIVER);

	if (from == NULL || to == NULL) {
		m->direction = from != NULL && !is_gateway(r, from) ? FACT_IN : FACT_OUT;
		return 0;
	}
	if (is_gateway(r, from) == is_gateway(r, to))
		return err_set(e, ERR_DATA, "which of %.40s and %.40s is ours? say it by -a",
		    from, to);
	m->direction = is_gateway(r, to) ? FACT_IN : FACT_OUT;
	return 0;
}

/* The one time is that when it came in. */
static bool
only_received(const struct csv_row *r)
{
	return r->v[SLOT_ANSWERED_AT].len > 0 && r->v[SLOT_ANSWER].len == 0 &&
	    r->v[SLOT_AT].len == 0 && r->v[SLOT_DATE].len == 0 && r->v[SLOT_TIME].len == 0;
}

static int
direction(struct csv_row *r, struct fact_message *m, struct err *e)
{
	const char *word = csv_row_word(r, SLOT_DIRECTION, "sms direction");

	if (word != NULL) {
		m->direction = strcmp(word, "in") == 0 ? FACT_IN : FACT_OUT;
		return 0;
	}
	if (r->v[SLOT_DIRECTION].len > 0) {
		err_set(e, ERR_DATA, "\"%.40s\" is neither in nor out; name it in "
		    "aliases/values.conf", r->v[SLOT_DIRECTION].p);
		return csv_row_refuse(r, SLOT_DIRECTION, e);
	}
	m->direction = FACT_IN;
	return r->v[SLOT_TEXT].len == 0 || only_received(r) ? 0 : by_numbers(r, m, e);
}

/* The customer's number, and the one that was written to. */
static void
persons(struct csv_row *r, struct fact *f)
{
	bool in = f->message.direction == FACT_IN;
	const char *theirs = csv_row_text(r, in ? SLOT_SENDER : SLOT_RECEIVER);
	const char *receiver = csv_row_text(r, SLOT_RECEIVER), **to;

	if (f->who.phone == NULL)
		f->who.phone = theirs;
	else if (theirs != NULL && strcmp(theirs, f->who.phone) != 0)
		csv_row_keep(r, in ? SLOT_SENDER : SLOT_RECEIVER);
	if (!in)
		csv_row_keep(r, SLOT_SENDER);
	if (receiver == NULL)
		return;
	to = arena_alloc(&r->scratch, sizeof(*to));
	*to = receiver;
	f->message.to = to;
	f->message.to_n = 1;
}

/* Of what we sent only that with somebody's name on it is a person's word. */
static void
speaker(struct fact *f)
{
	struct fact_message *m = &f->message;

	m->automatic = m->direction == FACT_OUT && f->agent.id == NULL;
	f->agent.role = m->automatic ? ROLE_ROBOT : ROLE_AGENT;
}

/* A gateway may number a mailing, not its messages: an id is one number's. */
static void
own_id(struct csv_row *r, struct fact *f)
{
	const char *number = f->message.thread;
	size_t size;
	char *id;

	if (f->external_id == NULL || number == NULL)
		return;
	size = strlen(f->external_id) + strlen(number) + 2;
	id = arena_alloc(&r->scratch, size);
	snprintf(id, size, "%s/%s", f->external_id, number);
	f->external_id = id;
}

/* The digits at *S, which moves behind them; 0: none. */
static int64_t
number_at(const char **s)
{
	char *end;
	int64_t n;

	*s += strcspn(*s, "0123456789");
	n = strtoll(*s, &end, 10);
	*s = end;
	return n;
}

/* "2/3", or 2 in one column and 3 in another. */
static int
part(struct csv_row *r, struct err *e)
{
	const char *n = csv_row_text(r, SLOT_PART), *of = csv_row_text(r, SLOT_PARTS);
	struct csv_part *p = &r->part;

	*p = (struct csv_part){ .ref = csv_row_text(r, SLOT_PART_REF) };
	csv_row_keep(r, SLOT_PART);
	csv_row_keep(r, SLOT_PARTS);
	csv_row_keep(r, SLOT_PART_REF);
	if (n == NULL)
		return 0;
	p->n = number_at(&n);
	p->of = number_at(of != NULL ? &of : &n);
	if (p->of <= 1 || (p->n >= 1 && p->n <= p->of && p->of <= PART_MAX))
		return 0;
	err_set(e, ERR_DATA, "there is no part %lld of %lld", (long long)p->n,
	    (long long)p->of);
	return csv_row_refuse(r, SLOT_PART, e);
}

/* The customer's reply in the row of what it replies to. */
static void
split_reply(struct csv_row *r, const struct fact *f, struct fact *reply, const char *id)
{
	struct fact_message *m = &reply->message;

	*reply = *f;
	reply->extra = NULL;
	m->text = csv_row_text(r, SLOT_ANSWER);
	m->direction = FACT_IN;
	if (m->answered_at != FACT_NO_TIME)
		m->at = m->answered_at;
	m->answered_at = FACT_NO_TIME;
	m->reply_to = f->external_id;
	m->to = NULL;
	m->to_n = 0;
	memset(&reply->agent, 0, sizeof(reply->agent));
	speaker(reply);
	if (id != NULL) {
		size_t size = strlen(id) + sizeof("/reply");
		char *own = arena_alloc(&r->scratch, size);

		snprintf(own, size, "%s/reply", id);
		reply->external_id = own;
	}
}

int
csv_sms_fact(struct csv_row *r, struct fact *f, struct fact *reply, struct err *e)
{
	struct fact_message *m = &f->message;
	bool both = r->v[SLOT_TEXT].len > 0 && r->v[SLOT_ANSWER].len > 0;

	if (csv_row_at(r, &m->at, e) < 0 ||
	    csv_row_time(r, SLOT_ANSWERED_AT, &m->answered_at, e) < 0 ||
	    direction(r, m, e) < 0 || part(r, e) < 0)
		return -1;
	m->text = csv_row_text(r, r->v[SLOT_TEXT].len > 0 ? SLOT_TEXT : SLOT_ANSWER);
	if (m->at == FACT_NO_TIME || r->v[SLOT_TEXT].len == 0)
		m->at = m->answered_at != FACT_NO_TIME ? m->answered_at : m->at;
	persons(r, f);
	speaker(f);
	m->thread = call_thread(f->who.phone, &r->scratch);
	own_id(r, f);
	csv_row_keep(r, SLOT_STATUS);
	if (both && m->direction == FACT_OUT && r->part.of <= 1)
		split_reply(r, f, reply, f->external_id);
	else if (both)
		csv_row_keep(r, SLOT_ANSWER);
	m->answered_at = FACT_NO_TIME;
	return 0;
}
