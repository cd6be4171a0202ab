/* fact_check - what no source may state */
#include <string.h>

#include "intake/fact.h"

/* Each a length of time, as its name says. */
static int
check_reported(const struct fact_message *m, struct err *e)
{
	size_t i, len;

	for (i = 0; i < m->reported_n; i++) {
		const struct fact_figure *f = &m->reported[i];

		len = strlen(f->name);
		if (len < 4 || len > 60 || strcmp(f->name + len - 3, "_ms") != 0 || f->value < 0)
			return err_set(e, ERR_DATA, "\"reported.%.60s\" is not a number of "
			    "milliseconds, called ..._ms", f->name);
	}
	return 0;
}

static int
check_message(const struct fact *f, struct err *e)
{
	const struct fact_message *m = &f->message;

	if (m->at == FACT_NO_TIME)
		return err_set(e, ERR_DATA, "no time (\"at\")");
	if (m->direction < FACT_IN || m->direction > FACT_NOTE)
		return err_set(e, ERR_DATA, "no direction");
	if (m->thread == NULL && m->group == NULL && m->ticket == NULL &&
	    m->reply_to == NULL && m->recalls == NULL && m->call.outcome == NULL &&
	    f->who.name == NULL &&
	    !fact_person_known(&f->who))
		return err_set(e, ERR_DATA, "nobody and no conversation to put it to");
	if (m->text == NULL && m->subject == NULL && m->recalls == NULL &&
	    f->extra == NULL && m->direction == FACT_IN)
		return err_set(e, ERR_DATA, "no text");
	if (m->score < 0 || m->score > 5)
		return err_set(e, ERR_DATA, "\"score\" is not 1 to 5");
	return check_reported(m, e);
}

static int
check_metric(const struct fact_metric *m, struct err *e)
{
	if (m->about == NULL || m->subject == NULL)
		return err_set(e, ERR_DATA, "no \"about\" or no \"subject\"");
	if (m->from_at == FACT_NO_TIME || m->to_at == FACT_NO_TIME)
		return err_set(e, ERR_DATA, "no time it counts (\"from_at\", \"to_at\")");
	if (m->to_at < m->from_at)
		return err_set(e, ERR_DATA, "\"to_at\" is before \"from_at\"");
	return m->values_n > 0 ? 0 : err_set(e, ERR_DATA, "no \"values\"");
}

static int
check_response(const struct fact_response *r, struct err *e)
{
	if (r->form == NULL)
		return err_set(e, ERR_DATA, "no \"form\"");
	if (r->at == FACT_NO_TIME)
		return err_set(e, ERR_DATA, "no time (\"at\")");
	return r->score != FACT_NO_SCORE || r->comment != NULL ? 0 :
	    err_set(e, ERR_DATA, "neither score nor comment");
}

/* An event about one of our tickets, a customer known by telephone: no channel is meant.
 * An id means something on its channel only. */
static bool
needs_channel(const struct fact *f)
{
	return f->kind == FACT_MESSAGE || f->kind == FACT_ORDER || f->kind == FACT_METRIC ||
	    f->who.id != NULL;
}

int
fact_check(const struct fact *f, struct err *e)
{
	if (f->channel == NULL && needs_channel(f))
		return err_set(e, ERR_DATA, "no channel");
	switch (f->kind) {
	case FACT_MESSAGE:
		return check_message(f, e);
	case FACT_CUSTOMER:
		if (!fact_person_known(&f->who))
			return err_set(e, ERR_DATA, "no id, phone, e-mail or member number");
		return 0;
	case FACT_ORDER:
		if (f->external_id == NULL)
			return err_set(e, ERR_DATA, "no order number");
		return 0;
	case FACT_EVENT:
		if (f->event.name == NULL)
			return err_set(e, ERR_DATA, "no \"event\"");
		if (f->event.at == FACT_NO_TIME)
			return err_set(e, ERR_DATA, "no time (\"at\")");
		return 0;
	case FACT_METRIC:
		return check_metric(&f->metric, e);
	case FACT_RESPONSE:
		return check_response(&f->response, e);
	case FACT_NONE:
		break;
	}
	return err_set(e, ERR_DATA, "not a fact");
}
