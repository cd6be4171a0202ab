/* route - the decision: how urgent, which queue, whose */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "desk/route.h"

/* Neighbouring tickets go to different people. */
static uint64_t
mixed(uint64_t h)
{
	h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	return h ^ h >> 31;
}

static void say(struct route *out, struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void
say(struct route *out, struct arena *a, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (out->n_why == ROUTE_WHY_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	out->why[out->n_why++] = arena_str(a, text);
}

/* The points of the longest waiting time reached; *best is that row or NULL. */
static int
waiting_points(const struct policy *p, const struct route_ticket *t,
    const struct waiting_points **best)
{
	size_t i;

	*best = NULL;
	if (!t->open || t->waiting_ms <= 0)
		return 0;
	for (i = 0; i < p->n_waiting; i++)
		if (t->waiting_ms >= p->waiting[i].ms &&
		    (*best == NULL || p->waiting[i].ms > (*best)->ms))
			*best = &p->waiting[i];
	return *best != NULL ? (*best)->points : 0;
}

static bool
has_label(const struct route_ticket *t, const struct points *p)
{
	const char *v = t->labels.v[p->dim];

	return v != NULL && strcmp(v, p->value) == 0;
}

int
route_priority(const struct policy *p, const struct route_ticket *t)
{
	const struct waiting_points *w;
	int sum = waiting_points(p, t, &w), level = 1;
	size_t i;

	for (i = 0; i < p->n_points; i++)
		sum += has_label(t, &p->points[i]) ? p->points[i].points : 0;
	while (level < 4 && sum < p->level[level])
		level++;
	return level;
}

static void
decide_priority(const struct policy *p, const struct route_ticket *t, struct arena *a,
    struct route *out)
{
	const struct waiting_points *w;
	size_t i;

	for (i = 0; i < p->n_points; i++)
		if (has_label(t, &p->points[i]))
			say(out, a, "%s:%s%+d", dim_name(p->points[i].dim), p->points[i].value,
			    p->points[i].points);
	if (waiting_points(p, t, &w) != 0)
		say(out, a, "waiting:%s%+d", w->text, w->points);
	out->priority = route_priority(p, t);
}

static void
decide_queue(const struct policy *p, const struct labels *l, struct arena *a,
    struct route *out)
{
	const struct cond *which = NULL;
	size_t i = 0;

	while (!conds_hold(&p->queues[i].when, l, &which))
		i++;		/* the last one takes all */
	out->queue = &p->queues[i];
	if (which != NULL)
		say(out, a, "queue:%s", cond_text(which));
}

/* What keeps A from a ticket of Q; PASS_NOT: nothing. */
static enum pass
keeps_from(const struct crew *c, const struct queue *q, const struct labels *l,
    const struct agent *a)
{
	const struct seat *s = &c->seats[a->no];
	enum pass skill = crew_fit(c, q, a);
	const char *channel = l->v[DIM_CHANNEL], *language = l->v[DIM_LANGUAGE];

	if (skill != PASS_NOT)
		return skill;
	if (channel != NULL && a->channels.n > 0 &&
	    !words_have(a->channels.v, a->channels.n, channel))
		return PASS_CHANNEL;
	if (language != NULL && a->languages.n > 0 &&
	    !words_have(a->languages.v, a->languages.n, language))
		return PASS_LANGUAGE;
	if (s->absent)
		return PASS_ABSENT;
	if (!s->on_shift)
		return PASS_OFF_SHIFT;
	return s->open >= a->capacity ? PASS_FULL : PASS_NOT;
}

/* The owner's right to it: being busy or at home for the night takes nothing away,
 * unless the ticket cannot wait. */
static enum pass
owner_loses(const struct crew *c, const struct route *r, const struct agent *owner)
{
	enum pass skill = crew_fit(c, r->queue, owner);

	if (skill != PASS_NOT)
		return skill;
	if (c->seats[owner->no].absent)
		return PASS_ABSENT;
	if (r->priority == 1 && !c->seats[owner->no].on_shift)
		return PASS_OFF_SHIFT;
	return PASS_NOT;
}

/* True if A should come before B (may be NULL). */
static bool
comes_first(const struct crew *c, const struct route_ticket *t, const struct agent *a,
    const struct agent *b)
{
	const struct seat *x = &c->seats[a->no], *y;
	uint64_t id = (uint64_t)t->id;

	if (b == NULL)
		return true;
	y = &c->seats[b->no];
	if (x->open != y->open)
		return x->open < y->open;
	if (x->given_at != y->given_at)
		return x->given_at < y->given_at;
	return mixed(x->hash ^ id) > mixed(y->hash ^ id);
}

/* Looks at everybody; *passed says what kept each. */
static const struct agent *
best_agent(const struct crew *c, const struct route_ticket *t, struct route *out,
    struct arena *arena)
{
	enum pass *passed = arena_alloc(arena, c->roster->n * sizeof(*passed) + 1);
	const struct agent *best = NULL;
	size_t i;

	for (i = 0; i < c->roster->n; i++) {
		const struct agent *a = &c->roster->agents[i];

		passed[i] = keeps_from(c, out->queue, &t->labels, a);
		if (passed[i] == PASS_NOT && comes_first(c, t, a, best))
			best = a;
	}
	out->passed = passed;
	return best;
}

static void
say_nobody(const struct crew *c, struct arena *a, struct route *out)
{
	size_t count[PASS_N] = { 0 }, i;
	char text[200] = "";
	size_t len = 0;

	for (i = 0; i < c->roster->n; i++)
		count[out->passed[i]]++;
	for (i = 1; i < PASS_N; i++)
		if (count[i] > 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%zu %s",
			    len > 0 ? ", " : "", count[i], pass_text((enum pass)i));
	say(out, a, "nobody: %s", len > 0 ? text : "the roster is empty");
}

/* CODE's agent if there is one and nothing keeps them from it. */
static const struct agent *
free_agent(const struct crew *c, const struct route_ticket *t, const struct route *out,
    const char *code)
{
	const struct agent *a = roster_find(c->roster, code);

	return a != NULL && keeps_from(c, out->queue, &t->labels, a) == PASS_NOT ? a : NULL;
}

static void
say_taken(const struct crew *c, const struct agent *taken, struct arena *a,
    struct route *out)
{
	size_t i;

	for (i = 0; i < out->queue->n_skills; i++)
		say(out, a, "skill:%s", out->queue->skills[i]);
	say(out, a, "load:%lld", (long long)c->seats[taken->no].open);
}

/* Nobody has it, or OWNER should not keep it; who is not away still does, rather than
 * nobody. */
static void
offer(const struct crew *c, const struct route_ticket *t, const struct agent *owner,
    enum pass lost, struct arena *a, struct route *out)
{
	const char *backup = owner != NULL && lost == PASS_ABSENT ? owner->backup : NULL;

	if ((out->agent = free_agent(c, t, out, backup)) != NULL) {
		say(out, a, "backup:%s", owner->code);
		return;
	}
	if ((out->agent = free_agent(c, t, out, t->known)) != NULL) {
		say(out, a, "served_before");
		return;
	}
	if ((out->agent = best_agent(c, t, out, a)) != NULL) {
		say_taken(c, out->agent, a, out);
		return;
	}
	say_nobody(c, a, out);
	if (owner != NULL && lost != PASS_ABSENT) {
		out->agent = owner;
		say(out, a, "owner");
	}
}

static void
decide_agent(const struct crew *c, const struct route_ticket *t, struct arena *a,
    struct route *out)
{
	const struct agent *owner = roster_find(c->roster, t->owner);
	enum pass lost = owner != NULL ? owner_loses(c, out, owner) : PASS_NOT;

	if (!t->open) {
		out->agent = owner;
		say(out, a, "resolved");
		return;
	}
	if (owner != NULL && lost == PASS_NOT) {
		out->agent = owner;
		say(out, a, "owner");
		return;
	}
	if (owner != NULL)
		say(out, a, "not %s: %s", owner->code, pass_text(lost));
	else if (t->owner != NULL)
		say(out, a, "not %s: not on the roster", t->owner);
	offer(c, t, owner, lost, a, out);
}

void
route_decide(const struct crew *c, const struct route_ticket *t, struct arena *a,
    struct route *out)
{
	static const char *const levels[] = { NULL, "1", "2", "3", "4" };
	struct labels all = t->labels;

	memset(out, 0, sizeof(*out));
	decide_priority(c->policy, t, a, out);
	decide_queue(c->policy, &t->labels, a, out);
	all.v[DIM_QUEUE] = out->queue->name;
	all.v[DIM_PRIORITY] = levels[out->priority];
	out->sla = policy_sla(c->policy, &all);
	if (out->sla != NULL)
		say(out, a, "sla:%s", out->sla->name);
	decide_agent(c, t, a, out);
}
