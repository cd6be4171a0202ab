/* ingest_passage - one message on its way into the database, and the ticket it finds.
 * Shared by ingest_{message,thread,call,note,states}.c only.
 */
#ifndef CSR_INGEST_PASSAGE_H
#define CSR_INGEST_PASSAGE_H

#include <string.h>

#include "desk/threading.h"
#include "store/ingest_private.h"
#include "store/message.h"

struct passage {
	struct ingest *in;
	const struct fact *f;
	struct message_row row;
	const char *external_id;
	int64_t root;		/* the customer that stands for the sender, 0 unknown */
	bool grouped, named;
	struct ticket *candidate;
	enum ingest_by by;	/* how the candidate was found */
	int64_t related;	/* ticket of an unproven number in the subject */
	enum threading verdict;
};

/* The name of its conversation, borrowed from the fact. */
const char *passage_thread(const struct passage *p);
/* Sets candidate, named and related. */
int passage_find(struct passage *p, struct err *e);
/* Makes the ticket of the message EXTERNAL_ID of the same channel the candidate. */
int passage_candidate(struct passage *p, const char *external_id, struct err *e);
/* Whether it is a note about a call. */
static inline bool
passage_is_note(const struct passage *p)
{
	return p->f->message.direction == FACT_NOTE && p->f->message.call.outcome == NULL &&
	    strcmp(p->f->channel, "phone") == 0;
}
/* Sets the verdict. */
int passage_decide(struct passage *p, struct err *e);
/* Refuses (65) an outcome of a call that is none. */
int passage_check_call(const struct fact *f, struct err *e);
/* Whether it is a call that still needs somebody of ours, or did not reach the customer. */
bool passage_is_missed_call(const struct passage *p);
/* Keeps what a call tells, nothing for other messages; *news is set if any was new. */
int passage_call(struct passage *p, bool is_new, bool *news, struct err *e);
/* The ticket of the call a note is about, in candidate; NULL if the call is not here. */
int passage_find_noted(struct passage *p, struct err *e);
/* A note whose call is not here yet waits for it. */
int passage_await_call(struct passage *p, struct err *e);
/* The notes that waited for this call join its ticket. */
int passage_take_notes(struct passage *p, struct err *e);
/* Keeps what the row states beside the message; *news is set if any of it was new. */
int passage_states(struct passage *p, bool *news, struct err *e);

#endif
