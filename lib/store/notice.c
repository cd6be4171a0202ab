/* notice - warnings and breaches of clocks, told to our own people
 *
 * A clock has one waiting notice at a time, its next level.  When that is due it is told
 * and the level behind it waits; levels whose time has passed too (cron was away) are
 * told in the same run, each person once.  A warning that its own breach overtook is not.
 */
#include <string.h>

#include "store/notice.h"
#include "store/notice_row.h"
#include "store/notice_tell.h"
#include "store/progress.h"

/* Everything one call of notice_due() works with. */
struct due {
	struct agenda *a;
	struct notices list;
	struct map groups;	/* queue -> struct notice_group * */
	struct arena memory;
};

/* What was promised has happened, as far as the ticket itself shows. */
static bool
is_kept(const struct notice *n, const struct matter *m)
{
	if (n->stopped || m->resolved_at != 0)
		return true;
	if (n->kind == 1)
		return m->first_response_at != 0;
	return n->kind == 2 && (m->waiting_since_at == 0 ||
	    m->waiting_since_at > n->reckoned.started_at);
}

static int
learn(struct agenda *a, struct notice *n, struct err *e)
{
	const struct plan_step *s;

	if (matter_load(a->db, n->ticket, &a->matter, e) < 0)
		return -1;
	if (is_kept(n, &a->matter) || !notice_choose(a, n) ||
	    (s = plan_level(n->chosen, n->level)) == NULL)
		return 0;
	if (notice_calendar(n, e) < 0)
		return -1;
	return notice_wait(a->db, n->clock, s->level, plan_level_at(s, &n->reckoned), e);
}

int
notice_learn(struct agenda *a, bool *more, struct err *e)
{
	struct notices list = { NULL, 0, 0, ARENA_INIT };
	int64_t known, newest;
	uint64_t rules;
	size_t i;
	int bad;

	if (progress_get(a->db, "notice.clock", &known, &rules, e) < 0 ||
	    notice_newest(a->db, &newest, e) < 0)
		return -1;
	if (rules != a->plans.hash) {
		known = 0;
		if (notice_drop_waiting(a->db, e) < 0)
			return -1;
	}
	bad = notice_take_new(a->db, known, &list, e);
	for (i = 0; i < list.n && bad == 0; i++)
		bad = learn(a, &list.v[i], e);
	*more = list.n == NOTICE_SHARE;
	if (bad == 0)
		bad = progress_set(a->db, "notice.clock",
		    *more ? list.v[list.n - 1].clock : newest, a->plans.hash, e);
	notices_release(&list);
	return bad;
}

static struct notice_group *
group_of(struct due *d, const char *queue)
{
	const char *key = queue != NULL ? queue : "";
	int is_new;
	union map_value *place = map_put(&d->groups, key, strlen(key), &is_new);
	struct notice_group *g;

	if (is_new) {
		g = arena_alloc(&d->memory, sizeof(*g));
		g->queue = queue != NULL ? arena_str(&d->memory, queue) : NULL;
		place->ptr = g;
	}
	return place->ptr;
}

static void
count(struct due *d, struct notice *n)
{
	const struct matter *m = &d->a->matter;
	struct notice_group *g = group_of(d, m->queue);
	int64_t over = d->a->now - n->reckoned.due_at;

	n->group = g;
	n->queue = g->queue;
	g->n++;
	*(over < 0 ? &g->warned : &g->breached) += 1;
	g->digest |= n->plan->digest > 0 && g->n > n->plan->digest;
	if (g->n <= NOTICE_LINES)
		buf_fmt(&g->lines, "%s#%lld %s%s%s", g->n > 1 ? "\n" : "",
		    (long long)n->ticket, over < 0 ? "-" : "+",
		    letter_span(over < 0 ? -over : over, &d->memory),
		    m->subject != NULL ? " " : "");
	if (g->n <= NOTICE_LINES && m->subject != NULL)
		buf_str(&g->lines, m->subject);
}

/* Finds out what N needs: nothing, another time, or to be told. */
static int
weigh(struct due *d, struct notice *n, struct err *e)
{
	struct agenda *a = d->a;
	const struct plan_step *s;
	int64_t at;

	if (matter_load(a->db, n->ticket, &a->matter, e) < 0)
		return -1;
	if (is_kept(n, &a->matter) || !notice_choose(a, n) ||
	    (s = plan_level(n->chosen, n->level)) == NULL || s->level != n->level)
		return notice_drop(a->db, n->clock, n->level, e);
	if (notice_calendar(n, e) < 0)
		return -1;
	at = plan_level_at(s, &n->reckoned);
	if (at > a->now)
		return notice_wait(a->db, n->clock, n->level, at, e);
	count(d, n);
	return 0;
}

/* Tells all levels of N whose time has come, and lets the next one wait. */
static int
settle(struct due *d, const struct notice *n, struct err *e)
{
	struct agenda *a = d->a;
	struct plan_list told = { .n = 0 };
	const struct plan_step *s;
	int level = n->level;

	if (!n->group->digest && matter_load(a->db, n->ticket, &a->matter, e) < 0)
		return -1;
	for (; (s = plan_level(n->chosen, level)) != NULL; level = s->level + 1) {
		int64_t at = plan_level_at(s, &n->reckoned), outbox = n->group->outbox;
		const char *skipped = NULL;

		if (at > a->now)
			return notice_wait(a->db, n->clock, s->level, at, e);
		if (s->level == 0 && n->reckoned.due_at <= a->now) {
			skipped = "overtaken";
			outbox = 0;
			a->skipped++;
		} else if (!n->group->digest &&
		    notice_tell(a, n, s, &told, &outbox, &skipped, e) < 0) {
			return -1;
		}
		if (notice_done(a->db, n->clock, s->level, at, a->now, outbox, skipped, e) < 0)
			return -1;
	}
	return 0;
}

static void
due_release(struct due *d)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_each(&d->groups, &at)) != NULL)
		buf_release(&((struct notice_group *)slot->value.ptr)->lines);
	map_release(&d->groups);
	notices_release(&d->list);
	arena_release(&d->memory);
}

int
notice_due(struct agenda *a, bool *more, struct err *e)
{
	struct due d = { a, { NULL, 0, 0, ARENA_INIT }, MAP_INIT, ARENA_INIT };
	int bad = notice_take_due(a->db, a->now, &d.list, e);
	size_t i;

	for (i = 0; i < d.list.n && bad == 0; i++)
		bad = weigh(&d, &d.list.v[i], e);
	for (i = 0; i < d.list.n && bad == 0; i++) {
		const struct notice *n = &d.list.v[i];

		arena_clear(&a->scratch);
		if (n->group == NULL)
			continue;
		if (n->group->digest && n->group->outbox == 0)
			bad = notice_digest(a, n, e);
		if (bad == 0)
			bad = settle(&d, n, e);
	}
	*more = d.list.n == NOTICE_SHARE;
	due_release(&d);
	return bad;
}
