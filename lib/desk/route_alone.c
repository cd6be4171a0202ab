/* route_alone - routing a stream of messages without a database */
#include "desk/route_alone.h"

void
alone_init(struct route_alone *a, const struct policy *p, const struct roster *r,
    const struct zone *z)
{
	*a = (struct route_alone){ .zone = z, .owners = MAP_INIT, .memory = ARENA_INIT,
		.clocks = CLOCKS_INIT };
	crew_init(&a->crew, p, r);
}

void
alone_release(struct route_alone *a)
{
	crew_release(&a->crew);
	map_release(&a->owners);
	arena_release(&a->memory);
	clocks_release(&a->clocks);
}

/* What an sla promises a message that begins a ticket. */
static int
promise(struct route_alone *a, const struct sla *s, int64_t at, struct err *e)
{
	struct step step = { .kind = STEP_IN, .at = at };
	struct clocks ran = CLOCKS_INIT;
	struct sla_replay replay;
	int bad;

	clocks_clear(&a->clocks);
	sla_begin(&replay, &ran);
	sla_step(&replay, &step);
	bad = sla_reckon(&a->clocks, &ran, s, NULL, e);	/* none stored, none to find */
	clocks_release(&ran);
	return bad;
}

/* Whose the ticket has been in this run. */
static const struct agent *
owner_of(const struct route_alone *a, int64_t ticket)
{
	const union map_value *no = map_get(&a->owners, &ticket, sizeof(ticket));

	return no != NULL ? &a->crew.roster->agents[no->num] : NULL;
}

int
alone_route(struct route_alone *a, struct rec *rec, int64_t now, bool explain, struct err *e)
{
	struct route_ticket t;
	const struct agent *owner;
	struct route route;
	struct route_tell tell = { &route, NULL, &a->clocks, a->zone, NULL };
	int64_t at;
	int got = route_rec_read(rec, a->zone, &t, &at, e);

	if (got <= 0)
		return got;
	arena_clear(&a->memory);
	crew_at(&a->crew, now);
	owner = owner_of(a, t.id);
	t.owner = owner != NULL ? owner->code : NULL;
	route_decide(&a->crew, &t, &a->memory, &route);
	crew_move(&a->crew, owner, route.agent);
	if (route.agent != NULL)
		map_put(&a->owners, &t.id, sizeof(t.id), NULL)->num =
		    (int64_t)route.agent->no;
	if (promise(a, route.sla, at, e) < 0)
		return -1;
	tell.owner = route.agent != NULL ? route.agent->code : NULL;
	tell.crew = explain ? &a->crew : NULL;
	route_put(&tell, rec);
	return 1;
}
