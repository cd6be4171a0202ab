/* ingest_note - what agents wrote about calls: a note and its call find each other, whichever
 * comes first.
 *
 * A note names its call's id, or a telephone number and a time.  If the call is here, the
 * note joins its ticket.  If not, it is stored without one and an event call.note tells for
 * what it waits; the call, when it comes, takes the notes that wait for it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/call.h"
#include "store/event.h"
#include "store/ingest_passage.h"
#include "time/tm.h"

/* People write when a call was by the minute, and after it. */
enum { REACH_MIN = 30 };

DB_SQL(NOTES_WAITING, "SELECT e.message, e.at, e.value FROM event AS e JOIN message AS m "
    "ON m.id = e.message WHERE e.subject = :subject AND e.name = 'call.note' "
    "AND m.account = :account AND m.ticket IS NULL ORDER BY e.id");
DB_SQL(NOTES_ANY, "SELECT id FROM event WHERE subject = :subject "
    "AND name = 'call.note' LIMIT 1");

int
passage_find_noted(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	int64_t ticket;

	p->by = m->reply_to != NULL ? BY_REFERENCE : BY_THREAD;
	if (m->reply_to != NULL)
		return passage_candidate(p, m->reply_to, e);
	if (call_near(p->in->db, p->row.thread, m->at, REACH_MIN * INT64_C(60000), &ticket,
	    e) < 0)
		return -1;
	return ticket == 0 ? 0 : tickets_get(&p->in->tickets, ticket, &p->candidate, e);
}

int
passage_await_call(struct passage *p, struct err *e)
{
	const struct fact_message *m = &p->f->message;
	char key[64];
	struct event ev = { .key = key, .name = "call.note", .at = m->at,
		.message = p->row.id, .customer = p->row.customer, .actor = "csr-ingest",
		.subject = m->reply_to != NULL ? m->reply_to : m->thread,
		.value = m->status };

	snprintf(key, sizeof(key), "note:%lld", (long long)p->row.id);
	return event_add(p->in->db, &ev, NULL, e);
}

static int
any_waiting(struct db *db, const char *subject, bool *any, struct err *e)
{
	struct stmt *s = db_stmt(db, &NOTES_ANY, e);
	int64_t id;
	int got;

	if (s == NULL)
		return -1;
	stmt_text(s, ":subject", subject);
	got = stmt_one(s, &id, e);
	*any = got > 0;
	return got < 0 ? -1 : 0;
}

/* A note that waits, and the state it gave the ticket it did not have. */
struct note {
	int64_t id, at;
	enum ticket_status status;	/* 0: none */
};

/* The notes that wait for SUBJECT, at most REACH_MS (any: -1) from the call; yours to
 * free. */
static int
waiting_for(struct passage *p, const char *subject, int64_t reach_ms, struct note **notes,
    size_t *n, struct err *e)
{
	struct stmt *s = db_stmt(p->in->db, &NOTES_WAITING, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_text(s, ":subject", subject);
	stmt_int(s, ":account", p->row.account);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t off = stmt_col_int(s, 1) - p->f->message.at;

		if (reach_ms >= 0 && (off > reach_ms || off < -reach_ms))
			continue;
		*notes = xrealloc(*notes, (*n + 1) * sizeof(**notes));
		(*notes)[(*n)++] = (struct note){ stmt_col_int(s, 0), stmt_col_int(s, 1),
			ticket_status_parse(stmt_col_text(s, 2)) };
	}
	return got;
}

static int
take(struct passage *p, const struct note *note, struct err *e)
{
	bool added;

	if (message_join(p->in->db, note->id, p->row.ticket, p->row.customer, e) < 0)
		return -1;
	tickets_redo(&p->in->tickets, p->candidate);
	return note->status == 0 ? 0 :
	    ingest_status_kept(p->in, p->candidate, note->status, note->at, p->f, &added, e);
}

static int
take_from(struct passage *p, const char *subject, int64_t reach_ms, struct err *e)
{
	struct note *notes = NULL;
	size_t n = 0, i;
	bool any = false;
	int bad = any_waiting(p->in->db, subject, &any, e);

	if (bad == 0 && any)
		bad = waiting_for(p, subject, reach_ms, &notes, &n, e);
	for (i = 0; i < n && bad == 0; i++)
		bad = take(p, &notes[i], e);
	free(notes);
	return bad;
}

int
passage_take_notes(struct passage *p, struct err *e)
{
	const char *thread = p->f->message.thread;

	if (take_from(p, p->external_id, -1, e) < 0)
		return -1;
	return thread == NULL ? 0 : take_from(p, thread, REACH_MIN * INT64_C(60000), e);
}
