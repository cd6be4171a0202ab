/* csv_note - what an agent wrote about a call, as rows of a file state it */
#include <stdlib.h>
#include <string.h>

#include "intake/call_fact.h"
#include "intake/csv_row.h"

/* Asterisk's ids begin with the second the call came in. */
static int64_t
time_of_id(const char *id)
{
	size_t whole = id != NULL ? strspn(id, "0123456789") : 0;

	if (whole < 9 || whole > 10 || id[whole] != '.')
		return FACT_NO_TIME;
	return strtoll(id, NULL, 10) * 1000;
}

/* The note, and below it what else was written. */
static const char *
text_of(struct csv_row *r)
{
	const char *note = csv_row_text(r, SLOT_NOTE), *text = csv_row_text(r, SLOT_TEXT);
	size_t len;
	char *both;

	if (note == NULL || text == NULL)
		return note == NULL ? text : note;
	len = strlen(note) + 1;
	both = arena_alloc(&r->scratch, len + strlen(text) + 1);
	memcpy(both, note, len - 1);
	both[len - 1] = '\n';
	memcpy(both + len, text, strlen(text) + 1);
	return both;
}

int
csv_note_fact(struct csv_row *r, struct fact *f, struct err *e)
{
	struct fact_message *m = &f->message;

	if (csv_row_at(r, &m->at, e) < 0)
		return -1;
	m->direction = FACT_NOTE;
	m->reply_to = csv_row_text(r, SLOT_CALL);
	if (m->at == FACT_NO_TIME)
		m->at = time_of_id(m->reply_to);
	m->subject = csv_row_text(r, SLOT_SUBJECT);
	m->text = text_of(r);
	m->thread = call_thread(f->who.phone, &r->scratch);
	if (m->thread == NULL)
		m->thread = m->reply_to;
	f->agent.role = ROLE_AGENT;
	csv_row_state(r, m);
	if (m->status != NULL && (strcmp(m->status, "solved") == 0 ||
	    strcmp(m->status, "closed") == 0))
		m->solved_at = m->at;
	if (m->text == NULL && m->subject == NULL)
		return err_set(e, ERR_DATA, "no text");
	if (m->thread == NULL)
		return err_set(e, ERR_DATA, "no call: neither its id nor a telephone number");
	return 0;
}
