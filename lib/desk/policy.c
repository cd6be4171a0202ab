/* policy - the desk's routing rules, as read from routing/policy.conf */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/policy.h"
#include "time/tm.h"

enum {
	ON_QUEUES = (1u << DIM_QUEUE) - 1,		/* what a queue's condition may name */
	ON_SLAS = (1u << DIM_N) - 1
};

static const char *const kinds[] = { NULL, "first_response", "next_response", "resolution" };

struct reader {
	struct policy *p;
	cal_find_fn *find;
};

const char *
clock_kind_name(enum clock_kind k)
{
	return kinds[k];
}

/* V with room for one more of SIZE bytes, zeroed. */
static void *
grown(void *v, size_t n, size_t size)
{
	v = xrealloc(v, (n + 1) * size);
	memset((char *)v + n * size, 0, size);
	return v;
}

static int
parse_int(const char *s, int *v, struct err *e)
{
	char *end;
	long n = strtol(s, &end, 10);

	if (end == s || *end != '\0' || n < -1000 || n > 1000)
		return err_set(e, ERR_CONFIG, "\"%.40s\" is not a number from -1000 to 1000", s);
	*v = (int)n;
	return 0;
}

static int
on_waiting(struct policy *p, const char *length, const char *value, struct err *e)
{
	struct waiting_points *w;

	p->waiting = grown(p->waiting, p->n_waiting, sizeof(*w));
	w = &p->waiting[p->n_waiting++];
	w->text = arena_str(&p->arena, length);
	if (tm_parse_span(length, &w->ms, e) < 0) {
		e->code = ERR_CONFIG;
		return -1;
	}
	return parse_int(value, &w->points, e);
}

/* [priority]: "urgency:urgent = 60", "waiting:1h = 10", "level:1 = 60". */
static int
on_priority(struct policy *p, const char *key, const char *value, struct err *e)
{
	const char *colon = strchr(key, ':');
	struct points *points;
	int dim;

	if (colon == NULL || colon[1] == '\0')
		return err_set(e, ERR_CONFIG, "points are given like urgency:urgent = 60");
	if (strncmp(key, "waiting:", 8) == 0)
		return on_waiting(p, colon + 1, value, e);
	if (strncmp(key, "level:", 6) == 0 && key[6] >= '1' && key[6] <= '3' && key[7] == '\0')
		return parse_int(value, &p->level[key[6] - '0'], e);
	dim = dim_find(key, (size_t)(colon - key));
	if (dim < 0 || (ON_QUEUES & 1u << dim) == 0)
		return err_set(e, ERR_CONFIG, "\"%.40s\" cannot have points", key);
	if (!dim_takes((enum dim)dim, colon + 1))
		return err_set(e, ERR_CONFIG, "\"%.40s\" is no %s", colon + 1,
		    dim_name((enum dim)dim));
	p->points = grown(p->points, p->n_points, sizeof(*points));
	points = &p->points[p->n_points++];
	points->dim = (enum dim)dim;
	points->value = arena_str(&p->arena, colon + 1);
	return parse_int(value, &points->points, e);
}

static int
add_cond(struct policy *p, struct conds *c, const char *text, unsigned allowed, struct err *e)
{
	const struct cond *cond = cond_parse(&p->arena, text, allowed, e);

	if (cond == NULL)
		return -1;
	c->v = grown(c->v, c->n, sizeof(*c->v));
	c->v[c->n++] = cond;
	return 0;
}

static int
on_queue(struct policy *p, const char *key, const char *value, struct err *e)
{
	struct queue *q = &p->queues[p->n_queues - 1];

	if (strcmp(key, "when") == 0)
		return add_cond(p, &q->when, value, ON_QUEUES, e);
	if (strcmp(key, "skills") == 0)
		q->skills = words_of(&p->arena, value, &q->n_skills);
	else if (strcmp(key, "groups") == 0)
		q->groups = words_of(&p->arena, value, &q->n_groups);
	else
		return err_set(e, ERR_CONFIG, "\"%.40s\" is not a key of a queue (when, skills, "
		    "groups)", key);
	return 0;
}

/* "30m" or "8h cn-office". */
static int
parse_target(struct reader *r, struct target *t, const char *value, struct err *e)
{
	size_t n;
	const char *const *w = words_of(&r->p->arena, value, &n);

	if (n < 1 || n > 2)
		return err_set(e, ERR_CONFIG, "a target is a length of time, and a calendar's "
		    "name if it has its own");
	if (tm_parse_span(w[0], &t->ms, e) < 0 ||
	    (n == 2 && (t->cal = r->find(w[1], e)) == NULL)) {
		e->code = ERR_CONFIG;
		return -1;
	}
	return t->ms > 0 ? 0 : err_set(e, ERR_CONFIG, "a target of no time (leave the line out "
	    "for none)");
}

static int
on_sla(struct reader *r, const char *key, const char *value, struct err *e)
{
	struct sla *s = &r->p->slas[r->p->n_slas - 1];
	int k;

	if (strcmp(key, "when") == 0)
		return add_cond(r->p, &s->when, value, ON_SLAS, e);
	if (strcmp(key, "calendar") == 0)
		return (s->cal = r->find(value, e)) != NULL ? 0 : -1;
	for (k = 1; k <= CLOCK_KINDS; k++)
		if (strcmp(key, kinds[k]) == 0)
			return parse_target(r, &s->target[k], value, e);
	return err_set(e, ERR_CONFIG, "\"%.40s\" is not a key of an sla (when, calendar, "
	    "first_response, next_response, resolution)", key);
}

static bool
has_name(const struct policy *p, bool queues, const char *name)
{
	size_t i;

	for (i = 0; i < (queues ? p->n_queues : p->n_slas); i++)
		if (strcmp(queues ? p->queues[i].name : p->slas[i].name, name) == 0)
			return true;
	return false;
}

/* What the section just ended must have. */
static int
check_last(const struct policy *p, struct err *e)
{
	const struct sla *s = p->n_slas > 0 ? &p->slas[p->n_slas - 1] : NULL;
	int k;

	for (k = 1; s != NULL && k <= CLOCK_KINDS; k++)
		if (s->target[k].ms > 0 && s->target[k].cal == NULL && s->cal == NULL)
			return err_set(e, ERR_CONFIG, "[sla %s] has no calendar", s->name);
	return 0;
}

static int
on_head(struct policy *p, const char *section, struct err *e)
{
	bool queue = strncmp(section, "queue ", 6) == 0;
	const char *name = strchr(section, ' ');

	if (check_last(p, e) < 0)
		return -1;
	if (strcmp(section, "priority") == 0)
		return 0;
	if (!queue && strncmp(section, "sla ", 4) != 0)
		return err_set(e, ERR_CONFIG, "unknown section [%.40s] (priority, queue NAME, "
		    "sla NAME)", section);
	name += strspn(name, " ");
	if (*name == '\0' || has_name(p, queue, name))
		return err_set(e, ERR_CONFIG, "[%.40s]: a name of its own is needed", section);
	name = arena_str(&p->arena, name);
	if (queue) {
		p->queues = grown(p->queues, p->n_queues, sizeof(*p->queues));
		p->queues[p->n_queues++].name = name;
	} else {
		p->slas = grown(p->slas, p->n_slas, sizeof(*p->slas));
		p->slas[p->n_slas++].name = name;
	}
	return 0;
}

static int
on_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct reader *r = ctx;

	(void)line;
	if (key == NULL)
		return on_head(r->p, section, e);
	if (strcmp(section, "priority") == 0)
		return on_priority(r->p, key, value, e);
	if (strncmp(section, "queue ", 6) == 0)
		return on_queue(r->p, key, value, e);
	if (strncmp(section, "sla ", 4) == 0)
		return on_sla(r, key, value, e);
	return err_set(e, ERR_CONFIG, "\"%.40s\" stands before the first [section]", key);
}

/* Nothing may follow what takes all: it would never be reached. */
static int
check_order(const struct policy *p, struct err *e)
{
	size_t i;

	for (i = 0; i + 1 < p->n_queues; i++)
		if (p->queues[i].when.n == 0)
			return err_set(e, ERR_CONFIG, "[queue %s] takes every ticket: it must be "
			    "the last queue", p->queues[i].name);
	for (i = 0; i + 1 < p->n_slas; i++)
		if (p->slas[i].when.n == 0)
			return err_set(e, ERR_CONFIG, "[sla %s] holds for every ticket: it must "
			    "be the last sla", p->slas[i].name);
	return 0;
}

static int
complete(struct policy *p, struct err *e)
{
	size_t i;
	int k;

	if (check_last(p, e) < 0 || check_order(p, e) < 0)
		return -1;
	if (p->n_queues == 0 || p->queues[p->n_queues - 1].when.n > 0)
		return err_set(e, ERR_CONFIG, "the last queue must take every ticket "
		    "(no \"when\")");
	if (p->level[1] < p->level[2] || p->level[2] < p->level[3])
		return err_set(e, ERR_CONFIG, "level:1 must ask for the most points, level:3 for "
		    "the least");
	for (i = 0; i < p->n_slas; i++)
		for (k = 1; k <= CLOCK_KINDS; k++)
			if (p->slas[i].target[k].cal == NULL)
				p->slas[i].target[k].cal = p->slas[i].cal;
	return 0;
}

struct policy *
policy_parse(const char *source, char *text, cal_find_fn *find, struct err *e)
{
	struct policy *p = xcalloc(1, sizeof(*p));
	struct reader r = { p, find };

	p->level[1] = 60;
	p->level[2] = 30;
	if (conf_parse_text(source, text, on_line, &r, e) == 0) {
		if (complete(p, e) == 0)
			return p;
		err_at(e, source, 0);
	}
	policy_free(p);
	return NULL;
}

void
policy_free(struct policy *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n_queues; i++)
		free(p->queues[i].when.v);
	for (i = 0; i < p->n_slas; i++)
		free(p->slas[i].when.v);
	free(p->points);
	free(p->waiting);
	free(p->queues);
	free(p->slas);
	arena_release(&p->arena);
	free(p);
}

bool
conds_hold(const struct conds *c, const struct labels *l, const struct cond **which)
{
	size_t i;

	*which = NULL;
	for (i = 0; i < c->n; i++)
		if (cond_holds(c->v[i], l)) {
			*which = c->v[i];
			return true;
		}
	return c->n == 0;
}

const struct sla *
policy_sla(const struct policy *p, const struct labels *l)
{
	const struct cond *which;
	size_t i;

	for (i = 0; i < p->n_slas; i++)
		if (conds_hold(&p->slas[i].when, l, &which))
			return &p->slas[i];
	return NULL;
}
