/* ticket - what a ticket's state is, computed from what happened to it */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "desk/ticket.h"

void
ticket_sum_init(struct ticket_sum *s)
{
	*s = (struct ticket_sum){ .status = TICKET_OPEN, .cycle = 1 };
}

bool
ticket_sum_follows(const struct ticket_sum *s, const struct step *step)
{
	if (step->kind >= STEP_ANSWERED)
		return step->at >= s->last_at;
	return step->at >= s->last_at && (s->event_at == 0 || step->at > s->event_at);
}

static void
add_in(struct ticket_sum *s, const struct step *step)
{
	s->messages_in++;
	s->last_in_at = step->at;
	if (s->merged)
		return;
	if (s->first_in_at == 0)
		s->first_in_at = step->at;
	if (s->waiting_since_at == 0)
		s->waiting_since_at = step->at;
	if (ticket_status_is_over(s->status)) {
		s->reopens++;
		s->cycle++;
		s->resolved_at = 0;
		s->status = TICKET_OPEN;
	} else if (s->status == TICKET_PENDING) {
		s->status = TICKET_OPEN;
	}
}

static void
answer(struct ticket_sum *s, const struct step *step)
{
	s->waiting_since_at = 0;
	if (s->first_response_at == 0 && s->first_in_at != 0) {
		s->first_response_at = step->at;
		s->first_response_agent = step->agent;
	}
}

static void
set_status(struct ticket_sum *s, const struct step *step)
{
	bool was_over = ticket_status_is_over(s->status);
	bool over = ticket_status_is_over(step->status);

	if (s->merged)
		return;
	if (over && !was_over) {
		s->resolved_at = step->at;
		s->waiting_since_at = 0;
		if (s->first_resolved_at == 0)
			s->first_resolved_at = step->at;
	} else if (was_over && !over) {
		s->reopens++;
		s->cycle++;
		s->resolved_at = 0;
	}
	s->status = step->status;
}

/* Nothing was solved by it: it only ends here. */
static void
merge(struct ticket_sum *s, const struct step *step)
{
	if (!ticket_status_is_over(s->status))
		s->resolved_at = step->at;
	s->status = TICKET_CLOSED;
	s->waiting_since_at = 0;
	s->merged = true;
	s->event_at = step->at;
}

void
ticket_sum_add(struct ticket_sum *s, const struct step *step)
{
	if (s->opened_at == 0 || step->at < s->opened_at)
		s->opened_at = step->at;
	if (step->at > s->last_at)
		s->last_at = step->at;
	switch (step->kind) {
	case STEP_IN:
		add_in(s, step);
		break;
	case STEP_THANKS:
		s->messages_in++;
		s->last_in_at = step->at;
		break;
	case STEP_OUT:
		s->messages_out++;
		s->last_out_at = step->at;
		answer(s, step);
		break;
	case STEP_ANSWERED:
		answer(s, step);
		s->event_at = step->at;
		break;
	case STEP_STATUS:
		set_status(s, step);
		s->event_at = step->at;
		break;
	case STEP_MERGED:
		merge(s, step);
		break;
	case STEP_SILENT:
		break;
	}
}

bool
ticket_sum_equal(const struct ticket_sum *a, const struct ticket_sum *b)
{
	return a->status == b->status && a->cycle == b->cycle && a->reopens == b->reopens &&
	    a->messages_in == b->messages_in && a->messages_out == b->messages_out &&
	    a->opened_at == b->opened_at && a->first_in_at == b->first_in_at &&
	    a->first_response_at == b->first_response_at &&
	    a->first_response_agent == b->first_response_agent &&
	    a->last_in_at == b->last_in_at && a->last_out_at == b->last_out_at &&
	    a->waiting_since_at == b->waiting_since_at &&
	    a->first_resolved_at == b->first_resolved_at &&
	    a->resolved_at == b->resolved_at && a->last_at == b->last_at &&
	    a->event_at == b->event_at;
}

static const struct {
	const char *word;
	enum ticket_status status;
} words[] = {
	{ "open", TICKET_OPEN }, { "new", TICKET_OPEN }, { "reopened", TICKET_OPEN },
	{ "打开", TICKET_OPEN }, { "新建", TICKET_OPEN }, { "待处理", TICKET_OPEN },
	{ "处理中", TICKET_OPEN }, { "未解决", TICKET_OPEN }, { "重开", TICKET_OPEN },
	{ "进行中", TICKET_OPEN }, { "in progress", TICKET_OPEN },
	{ "pending", TICKET_PENDING }, { "hold", TICKET_PENDING },
	{ "on-hold", TICKET_PENDING }, { "waiting on customer", TICKET_PENDING },
	{ "snoozed", TICKET_PENDING }, { "等待客户", TICKET_PENDING },
	{ "待客户回复", TICKET_PENDING }, { "挂起", TICKET_PENDING },
	{ "resolved", TICKET_RESOLVED }, { "solved", TICKET_RESOLVED },
	{ "已解决", TICKET_RESOLVED }, { "解决", TICKET_RESOLVED },
	{ "已处理", TICKET_RESOLVED }, { "已完成", TICKET_RESOLVED },
	{ "完成", TICKET_RESOLVED }, { "done", TICKET_RESOLVED },
	{ "closed", TICKET_CLOSED }, { "已关闭", TICKET_CLOSED }, { "关闭", TICKET_CLOSED },
	{ "已结束", TICKET_CLOSED }, { "已结单", TICKET_CLOSED },
};

enum ticket_status
ticket_status_parse(const char *s)
{
	size_t i;

	for (i = 0; s != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(words[i].word, s) == 0)
			return words[i].status;
	return 0;
}

const char *
ticket_status_name(enum ticket_status s)
{
	static const char *const names[] = { "", "open", "pending", "resolved", "closed" };

	return names[s];
}
