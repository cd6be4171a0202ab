/* ingest_passage - one message on its way into the database, and the ticket it finds.
 * Shared by ingest_{message,thread,call,states}.c only.
 */
#ifndef CSR_INGEST_PASSAGE_H
#define CSR_INGEST_PASSAGE_H

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
/* Sets the verdict. */
int passage_decide(struct passage *p, struct err *e);
/* Refuses (65) an outcome of a call that is none. */
int passage_check_call(const struct fact *f, struct err *e);
/* Whether it is a call that still needs somebody of ours, or did not reach the customer. */
bool passage_is_missed_call(const struct passage *p);
/* Keeps what a call tells, nothing for other messages; *news is set if any was new. */
int passage_call(struct passage *p, bool is_new, bool *news, struct err *e);
/* Keeps what the row states beside the message; *news is set if any of it was new. */
int passage_states(struct passage *p, bool *news, struct err *e);

#endif
