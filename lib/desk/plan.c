/* plan - what is to be sent after a resolution, after an answer, or as a clock runs */
#include <string.h>

#include "desk/plan.h"
#include "time/tm.h"

enum { DAYS_SEARCHED = 800 };

static bool
in_list(const struct plan_list *l, const char *v)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->v[i], v) == 0)
			return true;
	return false;
}

static bool
cond_holds(const struct plan_cond *c, const struct plan_facts *f)
{
	const char *v = f->v[c->field];

	return in_list(&c->values, v != NULL ? v : "none") != c->unless;
}

const struct plan_case *
plan_match(const struct plan *p, const struct plan_facts *f)
{
	size_t i, j;

	for (i = 0; i < p->n_cases; i++) {
		const struct plan_case *c = &p->cases[i];

		for (j = 0; j < c->n_conds && cond_holds(&c->conds[j], f); j++)
			;
		if (j == c->n_conds)
			return c;
	}
	return NULL;
}

static int64_t
minute_of(const struct zone *z, int64_t day, int min)
{
	return zone_first_at(z, day * TM_DAY_MS + min * TM_MINUTE_MS);
}

/* The N-th day after DAY on which C is open at all; -1 if there is none. */
static int64_t
working_day(const struct cal *c, int64_t day, int64_t n)
{
	const struct zone *z = cal_zone(c);
	int64_t last = day + n + DAYS_SEARCHED;

	while (n > 0 && ++day <= last)
		if (cal_work_ms(c, zone_day_start(z, day), zone_day_start(z, day + 1)) > 0)
			n--;
	return n == 0 ? day : -1;
}

/* Only "0d at" can lie behind FROM: it means the next time the clock shows it. */
static int64_t
day_at(const struct plan *p, const struct plan_time *t, int64_t from, const struct zone *z)
{
	int64_t day, at;

	if (t->work)
		z = cal_zone(p->cal);
	day = zone_day(z, from);
	if (t->work)
		day = working_day(p->cal, day, t->days);
	else
		day += t->days;
	if (day < 0)
		return CAL_NEVER;
	at = minute_of(z, day, t->at_min);
	return at >= from ? at : minute_of(z, day + 1, t->at_min);
}

int64_t
plan_step_at(const struct plan *p, const struct plan_case *c, size_t step, int64_t from,
    const struct zone *z)
{
	const struct plan_time *t;

	if (step < 1 || step > c->n_steps)
		return CAL_NEVER;
	t = &c->steps[step - 1].time;
	if (t->how == PLAN_DAY)
		return day_at(p, t, from, z);
	return t->work ? cal_add(p->cal, from, t->ms) : from + t->ms;
}

int64_t
plan_reach_ms(const struct plan *p)
{
	int64_t most = 0;
	size_t i;

	for (i = 0; i < p->n_cases; i++) {
		const struct plan_time *t = &p->cases[i].steps[0].time;
		int64_t ms = t->ms + (t->days + 1) * TM_DAY_MS;

		if (t->work)
			ms = 7 * ms + 14 * TM_DAY_MS;	/* weekends, holidays */
		if (p->cases[i].n_steps > 0 && ms > most)
			most = ms;
	}
	return most;
}

const struct plan_step *
plan_level(const struct plan_case *c, int level)
{
	size_t i;

	for (i = 0; i < c->n_steps; i++)
		if (c->steps[i].level >= level)
			return &c->steps[i];
	return NULL;
}

int64_t
plan_level_at(const struct plan_step *s, const struct plan_clock *k)
{
	const struct plan_time *t = &s->time;
	int64_t at;

	switch (t->how) {
	case PLAN_SHARE:
		at = cal_add(k->cal, k->started_at, k->target_ms / 100 * t->percent);
		break;
	case PLAN_BEFORE:
		if (!t->work)
			return k->due_at - t->ms;
		at = cal_add(k->cal, k->started_at, k->target_ms - t->ms);
		break;
	default:
		return t->work ? cal_add(k->cal, k->due_at, t->ms) : k->due_at + t->ms;
	}
	return at < k->due_at ? at : k->due_at;
}

const char *
plan_person(const struct plan *p, const char *role, const char *queue)
{
	const char *any = NULL;
	size_t i;

	for (i = 0; i < p->n_people; i++) {
		const struct plan_person *who = &p->people[i];

		if (strcmp(who->role, role) != 0)
			continue;
		if (who->queue == NULL)
			any = who->agent;
		else if (queue != NULL && strcmp(who->queue, queue) == 0)
			return who->agent;
	}
	return any;
}

const char *
plan_refusal(const struct plan *p, const struct plan_state *s)
{
	bool open = s->resolved_at == 0;

	if (s->merged)
		return "merged";
	if (s->ticket_cycle != s->cycle || (p->on == PLAN_RESOLVED && open))
		return "reopened";
	if (p->on == PLAN_ANSWERED && !open)
		return "resolved";
	if (s->last_in_at > s->from_at)
		return "replied";
	if (!s->known)
		return "no_customer";
	if (s->spam)
		return "spam";
	return s->human ? NULL : "automatic";
}
