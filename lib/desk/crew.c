/* crew - who is there and who has what on the table */
#include <stdlib.h>

#include "desk/crew.h"

static const char *const pass_texts[PASS_N] = {
	"free", "other skills", "other group", "other channels", "other languages", "absent",
	"off shift", "full"
};

const char *
pass_text(enum pass p)
{
	return pass_texts[p];
}

/* FNV-1a. */
static uint64_t
hash_text(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;

	while (*s != '\0')
		h = (h ^ (unsigned char)*s++) * 0x100000001b3u;
	return h;
}

static bool
any_in(const char *const *v, size_t n, struct names_list w)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (words_have(w.v, w.n, v[i]))
			return true;
	return false;
}

static bool
all_in(const char *const *v, size_t n, struct names_list w)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!words_have(w.v, w.n, v[i]))
			return false;
	return true;
}

static enum pass
fit(const struct queue *q, const struct agent *a)
{
	if (!all_in(q->skills, q->n_skills, a->skills))
		return PASS_SKILL;
	if (q->n_groups > 0 && !any_in(q->groups, q->n_groups, a->groups))
		return PASS_GROUP;
	return PASS_NOT;
}

enum pass
crew_fit(const struct crew *c, const struct queue *q, const struct agent *a)
{
	size_t no = (size_t)(q - c->policy->queues);

	return (enum pass)c->fit[no * c->roster->n + a->no];
}

void
crew_init(struct crew *c, const struct policy *p, const struct roster *r)
{
	size_t q, i;

	*c = (struct crew){ p, r, xcalloc(r->n, sizeof(*c->seats)), NULL, INT64_MIN };
	c->fit = xcalloc(p->n_queues, r->n);
	for (q = 0; q < p->n_queues; q++)
		for (i = 0; i < r->n; i++)
			c->fit[q * r->n + i] = (unsigned char)fit(&p->queues[q], &r->agents[i]);
	for (i = 0; i < r->n; i++)
		c->seats[i].hash = hash_text(r->agents[i].code);
	crew_clear(c);
}

void
crew_release(struct crew *c)
{
	free(c->seats);
	free(c->fit);
	*c = (struct crew){ NULL, NULL, NULL, NULL, 0 };
}

void
crew_at(struct crew *c, int64_t now)
{
	size_t i;

	if (c->at == now)
		return;
	c->at = now;
	for (i = 0; i < c->roster->n; i++) {
		c->seats[i].absent = agent_is_absent(&c->roster->agents[i], now);
		c->seats[i].on_shift = agent_is_on_shift(&c->roster->agents[i], now);
	}
}

void
crew_clear(struct crew *c)
{
	size_t i;

	for (i = 0; i < c->roster->n; i++) {
		c->seats[i].open = 0;
		c->seats[i].given_at = INT64_MIN;
	}
}

void
crew_load(struct crew *c, const struct agent *a, int64_t open, int64_t given_at)
{
	struct seat *s = &c->seats[a->no];

	s->open += open;
	if (given_at > s->given_at)
		s->given_at = given_at;
}

void
crew_move(struct crew *c, const struct agent *from, const struct agent *to)
{
	if (from == to)
		return;
	if (from != NULL)
		c->seats[from->no].open--;
	if (to != NULL)
		crew_load(c, to, 1, c->at);
}
