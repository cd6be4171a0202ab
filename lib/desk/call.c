/* call - what became of a telephone call, from what each source tells of it */
#include <string.h>

#include "desk/call.h"

static const char *const names[CALL_OUTCOMES] = {
	"", "answered", "abandoned", "no_answer", "busy", "failed", "left", "voicemail", "menu",
	"ongoing"
};

enum call_outcome
call_outcome_parse(const char *word)
{
	int i;

	for (i = 1; word != NULL && i < CALL_OUTCOMES; i++)
		if (strcmp(word, names[i]) == 0)
			return (enum call_outcome)i;
	return 0;
}

const char *
call_outcome_name(enum call_outcome o)
{
	return names[o];
}

/* Of desks that rang and ended together, the one that says most. */
static int
weight(enum call_outcome o)
{
	static const int weights[CALL_OUTCOMES] = {
		[CALL_MENU] = 1, [CALL_FAILED] = 2, [CALL_BUSY] = 3, [CALL_NO_ANSWER] = 4,
		[CALL_LEFT] = 5, [CALL_ABANDONED] = 6, [CALL_VOICEMAIL] = 7, [CALL_ANSWERED] = 8
	};

	return weights[o];
}

static bool
is_later(const struct call_leg *a, const struct call_leg *b)
{
	int64_t a_at = a->ended_at != 0 ? a->ended_at : a->at;
	int64_t b_at = b->ended_at != 0 ? b->ended_at : b->at;

	return a_at > b_at || (a_at == b_at && weight(a->outcome) > weight(b->outcome));
}

/* The first leg of LOG to begin, the last to end, the first to be answered, what was
 * talked. */
struct part {
	const struct call_leg *first, *last, *answered;
	int64_t talk_ms, ended_at;
};

static struct part
part_of(const struct call_leg *legs, size_t n, enum call_log log)
{
	struct part p = { .talk_ms = CALL_NO_SPAN };
	size_t i;

	for (i = 0; i < n; i++) {
		const struct call_leg *l = &legs[i];

		if (l->log != log)
			continue;
		if (p.first == NULL || l->at < p.first->at)
			p.first = l;
		if (p.last == NULL || is_later(l, p.last))
			p.last = l;
		if (l->ended_at > p.ended_at)
			p.ended_at = l->ended_at;
		if (l->outcome != CALL_ANSWERED)
			continue;
		if (p.answered == NULL || l->answered_at < p.answered->answered_at)
			p.answered = l;
		if (l->talk_ms != CALL_NO_SPAN)
			p.talk_ms = (p.talk_ms == CALL_NO_SPAN ? 0 : p.talk_ms) + l->talk_ms;
	}
	return p;
}

static int64_t
between(int64_t from, int64_t until)
{
	return from != 0 && until >= from ? until - from : CALL_NO_SPAN;
}

static void
sum_answered(const struct part *p, struct call_sum *sum)
{
	const struct call_leg *l = p->answered;

	sum->outcome = CALL_ANSWERED;
	sum->answered_at = l->answered_at;
	sum->talk_ms = p->talk_ms;
	sum->agent = l->agent;
	sum->queue = l->queue;
	/* Through several legs the caller waited from the first on. */
	sum->wait_ms = p->first == l ? l->wait_ms : between(p->first->at, l->answered_at);
}

static void
sum_unanswered(const struct part *p, struct call_sum *sum)
{
	const struct call_leg *l = p->last;

	sum->outcome = l->outcome;
	sum->agent = l->outcome == CALL_MENU ? NULL : l->agent;
	sum->queue = l->queue;
	sum->wait_ms = p->first == l && l->wait_ms != CALL_NO_SPAN ? l->wait_ms :
	    between(p->first->at, l->ended_at);
}

/* The queue let go of the call: what the line says of the time after counts. */
static void
sum_after_queue(const struct part *queue, const struct part *line, struct call_sum *sum)
{
	const struct call_leg *l = line->answered;
	int64_t left_at = queue->last->ended_at;

	if (l != NULL && left_at != 0 && line->ended_at > left_at) {
		sum->outcome = CALL_ANSWERED;
		sum->answered_at = l->answered_at > left_at ? l->answered_at : left_at;
		sum->agent = l->agent;
		sum->wait_ms = between(queue->first->at, sum->answered_at);
		sum->talk_ms = between(sum->answered_at, line->ended_at);
	} else if (line->last != NULL && line->last->outcome == CALL_VOICEMAIL) {
		sum->outcome = CALL_VOICEMAIL;
	}
}

void
call_fold(const struct call_leg *legs, size_t n, struct call_sum *sum)
{
	struct part queue = part_of(legs, n, CALL_QUEUE), line = part_of(legs, n, CALL_LINE);
	const struct part *p = queue.first != NULL ? &queue : &line;

	*sum = (struct call_sum){ .outcome = CALL_ONGOING, .wait_ms = CALL_NO_SPAN,
		.talk_ms = CALL_NO_SPAN };
	if (p->first == NULL)
		return;
	sum->ended_at = p->ended_at;
	if (p->answered != NULL)
		sum_answered(p, sum);
	else
		sum_unanswered(p, sum);
	if (sum->outcome == CALL_LEFT && line.first != NULL) {
		sum_after_queue(&queue, &line, sum);
		if (line.ended_at > sum->ended_at)
			sum->ended_at = line.ended_at;
	}
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
call_sum_equal(const struct call_sum *a, const struct call_sum *b)
{
	return a->outcome == b->outcome && a->answered_at == b->answered_at &&
	    a->ended_at == b->ended_at && a->wait_ms == b->wait_ms &&
	    a->talk_ms == b->talk_ms && same_text(a->queue, b->queue) &&
	    same_text(a->agent, b->agent);
}
