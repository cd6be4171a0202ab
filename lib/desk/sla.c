/* sla - promises of time: which were made, when they began, when they were kept */
#include <stdlib.h>

#include "base/mem.h"
#include "desk/sla.h"

struct clock *
clocks_add(struct clocks *c)
{
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 8;
		c->v = xrealloc(c->v, c->cap * sizeof(*c->v));
	}
	c->v[c->n] = (struct clock){ .stopped_at = SLA_RUNNING };
	return &c->v[c->n++];
}

void
clocks_clear(struct clocks *c)
{
	c->n = 0;
}

void
clocks_release(struct clocks *c)
{
	free(c->v);
	*c = (struct clocks)CLOCKS_INIT;
}

static ptrdiff_t
start(struct sla_replay *r, enum clock_kind kind, int64_t cycle, int64_t at)
{
	struct clock *c = clocks_add(r->out);

	c->kind = kind;
	c->cycle = cycle;
	c->started_at = at;
	return (ptrdiff_t)r->out->n - 1;
}

static void
stop(struct sla_replay *r, ptrdiff_t *clock, int64_t at)
{
	if (*clock >= 0)
		r->out->v[*clock].stopped_at = at;
	*clock = -1;
}

static void
reopen(struct sla_replay *r, int64_t at)
{
	r->resolved = false;
	r->resolution = start(r, CLOCK_RESOLUTION, ++r->cycle, at);
}

static void
message_in(struct sla_replay *r, const struct step *step)
{
	if (r->resolved)
		reopen(r, step->at);
	if (r->waiting < 0 && !r->answered)
		r->waiting = start(r, CLOCK_FIRST, 1, step->at);
	else if (r->waiting < 0)
		r->waiting = start(r, CLOCK_NEXT, ++r->nexts, step->at);
	if (r->resolution < 0)
		r->resolution = start(r, CLOCK_RESOLUTION, r->cycle, step->at);
}

static void
message_out(struct sla_replay *r, int64_t at)
{
	if (r->waiting >= 0) {
		r->answered = true;
		stop(r, &r->waiting, at);
	}
	if (r->resolution < 0 && !r->resolved)	/* opened by us */
		r->resolution = start(r, CLOCK_RESOLUTION, r->cycle, at);
}

static void
status_set(struct sla_replay *r, const struct step *step)
{
	bool over = ticket_status_is_over(step->status);

	if (!over && r->resolved)
		reopen(r, step->at);
	if (!over || r->resolved)
		return;
	/* Settled without a word: from here on an answer is the next, not the first. */
	r->answered = r->answered || r->waiting >= 0;
	r->resolved = true;
	stop(r, &r->waiting, step->at);
	stop(r, &r->resolution, step->at);
}

void
sla_begin(struct sla_replay *r, struct clocks *out)
{
	*r = (struct sla_replay){ out, -1, -1, 0, 1, false, false, false };
}

void
sla_step(struct sla_replay *r, const struct step *step)
{
	if (r->merged)
		return;
	switch (step->kind) {
	case STEP_IN:
		message_in(r, step);
		break;
	case STEP_OUT:
	case STEP_ANSWERED:
		message_out(r, step->at);
		break;
	case STEP_STATUS:
		status_set(r, step);
		break;
	case STEP_MERGED:
		r->resolved = r->merged = true;
		stop(r, &r->waiting, step->at);
		stop(r, &r->resolution, step->at);
		break;
	case STEP_THANKS:
	case STEP_SILENT:
		break;
	}
}

bool
sla_of_summary(const struct ticket_sum *s, struct clocks *out)
{
	struct step in = { .kind = STEP_IN, .at = s->first_in_at };
	struct step answer = { .kind = STEP_OUT, .at = s->first_response_at };
	struct sla_replay r;

	if (s->event_at != 0 || s->cycle != 1 || s->first_in_at != s->opened_at ||
	    (s->messages_out > 0 && (s->messages_in != 1 || answer.at == 0)))
		return false;
	sla_begin(&r, out);
	sla_step(&r, &in);
	if (answer.at != 0)
		sla_step(&r, &answer);
	return true;
}

static struct clock *
find(const struct clocks *c, size_t n, enum clock_kind kind, int64_t cycle)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c->v[i].kind == kind && c->v[i].cycle == cycle)
			return &c->v[i];
	return NULL;
}

static void
promise(struct clocks *clocks, const struct clock *ran, const struct sla *s)
{
	const struct target *t = &s->target[ran->kind];
	int64_t due = t->ms > 0 ? cal_add(t->cal, ran->started_at, t->ms) : CAL_NEVER;
	struct clock *c;

	if (due == CAL_NEVER)
		return;
	c = clocks_add(clocks);
	*c = *ran;
	c->policy = s->name;
	c->calendar = cal_name(t->cal);
	c->target_ms = t->ms;
	c->due_at = due;
	c->is_new = true;
}

/* The history has more, or other, than when C was stored. */
static int
follow(struct clock *c, int64_t started_at, int64_t stopped_at, cal_find_fn *find_cal,
    struct err *e)
{
	const struct cal *cal;

	/* A promise is never put off: what was told about it has been told. */
	if (started_at < c->started_at) {
		if ((cal = find_cal(c->calendar, e)) == NULL)
			return -1;
		c->due_at = cal_add(cal, started_at, c->target_ms);
		c->started_at = started_at;
		c->changed = true;
	}
	if (c->stopped_at != stopped_at) {
		c->stopped_at = stopped_at;
		c->changed = true;
	}
	return 0;
}

int
sla_reckon(struct clocks *clocks, const struct clocks *ran, const struct sla *s,
    cal_find_fn *find_cal, struct err *e)
{
	size_t stored = clocks->n, i;

	for (i = 0; i < stored; i++) {
		struct clock *c = &clocks->v[i];
		const struct clock *r = find(ran, ran->n, c->kind, c->cycle);

		/* What the history no longer bears out lapsed as it began. */
		if (follow(c, r != NULL ? r->started_at : c->started_at,
		    r != NULL ? r->stopped_at : c->started_at, find_cal, e) < 0)
			return -1;
	}
	for (i = 0; s != NULL && i < ran->n; i++)
		if (find(clocks, stored, ran->v[i].kind, ran->v[i].cycle) == NULL)
			promise(clocks, &ran->v[i], s);
	return 0;
}

const struct clock *
clocks_running(const struct clocks *c, enum clock_kind kind)
{
	size_t i;

	for (i = c->n; i-- > 0; )
		if (c->v[i].kind == kind && c->v[i].stopped_at == SLA_RUNNING)
			return &c->v[i];
	return NULL;
}
