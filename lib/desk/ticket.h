/* ticket - what a ticket's state is, computed from what happened to it.
 *
 * A ticket's summary is the fold of its steps in the order (at, messages before answers
 * of calls before events, id).  Programs apply new steps as they come; `csr-db check`
 * folds all of them again and must arrive at the same figures.  Pure.  Times: ms since
 * 1970 UTC, 0 = never.
 *
 * Definitions (formats.md part 3): first response = first public human message of ours
 * after the customer's first; the next-response wait counts from the oldest unanswered
 * customer message; automatic messages and notes count for nothing; a closing "thanks"
 * neither reopens nor waits.  Anything else a customer says after the resolution reopens,
 * also when the resolution is told later than what was said.
 */
#ifndef CSR_DESK_TICKET_H
#define CSR_DESK_TICKET_H

#include <stdbool.h>
#include <stdint.h>

enum ticket_status {
	TICKET_OPEN = 1, TICKET_PENDING = 2, TICKET_RESOLVED = 3, TICKET_CLOSED = 4
};

enum step_kind {
	STEP_IN,	/* the customer writes */
	STEP_THANKS,	/* ... only to say thanks after the resolution */
	STEP_OUT,	/* a person of ours writes to the customer */
	STEP_SILENT,	/* a note, a machine, a recalled message: only opens */
	STEP_ANSWERED,	/* a source states the time of the first answer */
	STEP_STATUS,	/* somebody sets the status */
	STEP_MERGED	/* it became part of another ticket, and was not taken out again */
};

struct step {
	enum step_kind kind;
	int64_t at;
	int64_t agent;		/* STEP_OUT, STEP_ANSWERED: who; 0 unknown */
	enum ticket_status status;	/* STEP_STATUS: the new one */
};

struct ticket_sum {
	enum ticket_status status;
	int64_t cycle, reopens;
	int64_t messages_in, messages_out;
	int64_t opened_at, first_in_at, first_response_at, first_response_agent;
	int64_t last_in_at, last_out_at, waiting_since_at;
	int64_t first_resolved_at, resolved_at;
	int64_t last_at, event_at;
	bool merged;		/* closed for good by STEP_MERGED; not stored */
};

/* A ticket to which nothing happened yet. */
void ticket_sum_init(struct ticket_sum *s);
/* True when STEP comes after all steps folded so far; otherwise the whole ticket must
 * be folded again with STEP in its place. */
bool ticket_sum_follows(const struct ticket_sum *s, const struct step *step);
void ticket_sum_add(struct ticket_sum *s, const struct step *step);
/* Compares every figure. */
bool ticket_sum_equal(const struct ticket_sum *a, const struct ticket_sum *b);

/* "solved", "已解决", "Closed", "处理中" ... as the field's programs write them; 0 if not
 * a status known here. */
enum ticket_status ticket_status_parse(const char *s);
const char *ticket_status_name(enum ticket_status s);
static inline bool
ticket_status_is_over(enum ticket_status s)
{
	return s >= TICKET_RESOLVED;
}

#endif
