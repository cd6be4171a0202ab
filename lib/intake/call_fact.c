/* call_fact - what all readers of telephone calls do alike */
#include <stdbool.h>
#include <string.h>

#include "intake/call_fact.h"
#include "text/phone.h"

const char *
call_thread(const char *phone, struct arena *a)
{
	char e164[PHONE_SIZE];

	if (phone == NULL || strpbrk(phone, "0123456789") == NULL)
		return NULL;
	return arena_str(a, phone_e164(phone, NULL, e164) ? e164 : phone);
}

static void
complete_answered(struct fact_message *m)
{
	struct fact_call *c = &m->call;

	if (m->answered_at == FACT_NO_TIME)
		m->answered_at = m->at + (c->wait_ms > 0 ? c->wait_ms : 0);
	else if (c->wait_ms == FACT_NO_SPAN && m->answered_at >= m->at)
		c->wait_ms = m->answered_at - m->at;
	if (c->talk_ms == FACT_NO_SPAN && c->ended_at >= m->answered_at)
		c->talk_ms = c->ended_at - m->answered_at;
	if (c->ended_at == FACT_NO_TIME && c->talk_ms != FACT_NO_SPAN)
		c->ended_at = m->answered_at + c->talk_ms;
}

static void
complete_missed(struct fact_message *m)
{
	struct fact_call *c = &m->call;

	m->answered_at = FACT_NO_TIME;
	if (c->wait_ms == FACT_NO_SPAN && c->ended_at >= m->at)
		c->wait_ms = c->ended_at - m->at;
	if (c->ended_at == FACT_NO_TIME && c->wait_ms != FACT_NO_SPAN)
		c->ended_at = m->at + c->wait_ms;
}

void
call_complete(struct fact_message *m)
{
	if (m->at == FACT_NO_TIME || strcmp(m->call.outcome, "ongoing") == 0)
		return;
	if (strcmp(m->call.outcome, "answered") == 0)
		complete_answered(m);
	else
		complete_missed(m);
}

const char *
call_words(enum fact_direction direction, const char *outcome)
{
	bool reached = strcmp(outcome, "answered") == 0 || strcmp(outcome, "menu") == 0 ||
	    strcmp(outcome, "ongoing") == 0;

	if (direction == FACT_NOTE)
		return "[内线通话]";
	if (strcmp(outcome, "voicemail") == 0)
		return "[语音留言]";
	if (direction == FACT_IN)
		return reached ? "[来电]" : "[未接来电]";
	return reached ? "[去电]" : "[未接去电]";
}
