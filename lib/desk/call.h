/* call - what became of a telephone call, from what each source tells of it.
 *
 * A call is told in legs: the switch's record of the line (one or several, when it was
 * transferred or rang at several desks), and the queue's log (one a queue it stood in).
 * The queue knows when the caller began to wait and who took the call; the line's record
 * says "answered" as soon as a machine picks up.  So the queue's legs decide where there
 * are any, whichever source was read first, and the line's decide what happened after the
 * queue let go of the call.  Pure.  Times: ms since 1970 UTC, 0 = not known; lengths of
 * time: ms, CALL_NO_SPAN = not known.
 */
#ifndef CSR_DESK_CALL_H
#define CSR_DESK_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALL_NO_SPAN INT64_C(-1)

enum call_outcome {
	CALL_ANSWERED = 1,	/* a person of ours took it (or, called by us, took our call) */
	CALL_ABANDONED,		/* the caller hung up while waiting */
	CALL_NO_ANSWER,		/* it rang out */
	CALL_BUSY,
	CALL_FAILED,		/* never got through */
	CALL_LEFT,		/* the queue sent it away: time out, nobody there, a key */
	CALL_VOICEMAIL,
	CALL_MENU,		/* a machine answered, and that was all the caller wanted */
	CALL_ONGOING,		/* no end is known yet */
	CALL_OUTCOMES
};

enum call_log { CALL_LINE = 1, CALL_QUEUE = 2 };

struct call_leg {
	enum call_log log;
	enum call_outcome outcome;
	int64_t at;		/* rings or waits since */
	int64_t answered_at, ended_at;
	int64_t wait_ms, talk_ms;	/* as the source says */
	const char *queue;	/* borrowed, NULL: none */
	const char *agent;	/* borrowed, NULL: none */
};

struct call_sum {
	enum call_outcome outcome;
	int64_t answered_at, ended_at;
	int64_t wait_ms;	/* until it was answered, else until it ended */
	int64_t talk_ms;	/* over all answered legs */
	const char *queue, *agent;	/* borrowed from the legs */
};

/* Sums up N legs in any order; none: the call is ongoing. */
void call_fold(const struct call_leg *legs, size_t n, struct call_sum *sum);
bool call_sum_equal(const struct call_sum *a, const struct call_sum *b);

/* "answered" ...; 0 for any other word. */
enum call_outcome call_outcome_parse(const char *word);
const char *call_outcome_name(enum call_outcome o);
/* Nobody needs to call back. */
static inline bool
call_is_settled(enum call_outcome o)
{
	return o == CALL_ANSWERED || o == CALL_MENU;
}

#endif
