/* clock - the promises of time, as rows */
#include "store/clock.h"
#include "store/ticket.h"

DB_SQL(CLOCK_TICKET_AFTER, "SELECT min(ticket) FROM clock WHERE ticket > :after");
DB_SQL(CLOCK_LOAD, "SELECT kind, cycle, policy, calendar, target_ms, started_at, due_at, "
    "stopped_at FROM clock WHERE ticket = :ticket ORDER BY kind, cycle");
DB_SQL(CLOCK_ADD, "INSERT INTO clock (ticket, kind, cycle, policy, calendar, target_ms, "
    "started_at, due_at, stopped_at) VALUES (:ticket, :kind, :cycle, :policy, :calendar, "
    ":target_ms, :started_at, :due_at, :stopped_at)");
DB_SQL(CLOCK_MOVE, "UPDATE clock SET started_at = :started_at, due_at = :due_at, "
    "stopped_at = :stopped_at WHERE ticket = :ticket AND kind = :kind AND cycle = :cycle");

int
clock_load(struct db *db, int64_t ticket, struct arena *a, struct clocks *out, struct err *e)
{
	struct stmt *s = db_stmt(db, &CLOCK_LOAD, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	while ((got = stmt_step(s, e)) > 0) {
		struct clock *c = clocks_add(out);

		c->kind = (enum clock_kind)stmt_col_int(s, 0);
		c->cycle = stmt_col_int(s, 1);
		c->policy = arena_str(a, stmt_col_text(s, 2));
		c->calendar = arena_str(a, stmt_col_text(s, 3));
		c->target_ms = stmt_col_int(s, 4);
		c->started_at = stmt_col_int(s, 5);
		c->due_at = stmt_col_int(s, 6);
		c->stopped_at = stmt_col_null(s, 7) ? SLA_RUNNING : stmt_col_int(s, 7);
	}
	return got;
}

static int
write_row(struct db *db, int64_t ticket, const struct clock *c, struct err *e)
{
	struct stmt *s = db_stmt(db, c->is_new ? &CLOCK_ADD : &CLOCK_MOVE, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	stmt_int(s, ":kind", c->kind);
	stmt_int(s, ":cycle", c->cycle);
	stmt_int(s, ":started_at", c->started_at);
	stmt_int(s, ":due_at", c->due_at);
	if (c->stopped_at == SLA_RUNNING)
		stmt_null(s, ":stopped_at");
	else
		stmt_int(s, ":stopped_at", c->stopped_at);
	if (c->is_new) {
		stmt_text(s, ":policy", c->policy);
		stmt_text(s, ":calendar", c->calendar);
		stmt_int(s, ":target_ms", c->target_ms);
	}
	return stmt_run(s, e);
}

int
clock_store(struct db *db, int64_t ticket, const struct clocks *c, struct err *e)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if ((c->v[i].is_new || c->v[i].changed) &&
		    write_row(db, ticket, &c->v[i], e) < 0)
			return -1;
	return 0;
}

static void
replay_step(void *ctx, const struct step *step)
{
	sla_step(ctx, step);
}

/* The clocks the ticket's history made run. */
static int
replay(struct db *db, int64_t ticket, const struct ticket_sum *sum, struct clocks *ran,
    struct err *e)
{
	struct sla_replay r;

	if (sum != NULL && sla_of_summary(sum, ran))
		return 0;
	sla_begin(&r, ran);
	return ticket_steps(db, ticket, replay_step, &r, e);
}

int
clock_reckon_sum(struct db *db, int64_t ticket, const struct ticket_sum *sum,
    const struct sla *s, struct arena *a, struct clocks *out, struct err *e)
{
	struct clocks ran = CLOCKS_INIT;
	int bad;

	clocks_clear(out);
	bad = clock_load(db, ticket, a, out, e);
	if (bad == 0)
		bad = replay(db, ticket, sum, &ran, e);
	if (bad == 0)
		bad = sla_reckon(out, &ran, s, cal_get, e);
	clocks_release(&ran);
	return bad;
}

int
clock_reckon(struct db *db, int64_t ticket, const struct sla *s, struct arena *a,
    struct clocks *out, struct err *e)
{
	return clock_reckon_sum(db, ticket, NULL, s, a, out, e);
}

int
clock_settle(struct db *db, int64_t ticket, struct arena *a, struct clocks *c,
    struct err *e)
{
	clocks_clear(c);
	arena_clear(a);
	if (clock_load(db, ticket, a, c, e) < 0)
		return -1;
	if (c->n == 0)
		return 0;
	if (clock_reckon(db, ticket, NULL, a, c, e) < 0)
		return -1;
	return clock_store(db, ticket, c, e);
}

/* Whether the reckoning of C found anything to write. */
static bool
differs(const struct clocks *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->v[i].changed)
			return true;
	return false;
}

static int
next_ticket(struct db *db, int64_t *ticket, struct err *e)
{
	struct stmt *s = db_stmt(db, &CLOCK_TICKET_AFTER, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":after", *ticket);
	return stmt_one(s, ticket, e) < 0 ? -1 : *ticket != 0;
}

int
clocks_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t ticket, const char *what), void *ctx, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct clocks c = CLOCKS_INIT;
	int64_t ticket = 0;
	int got = 0;

	while ((got = next_ticket(db, &ticket, e)) > 0) {
		arena_clear(&a);
		clocks_clear(&c);
		if ((got = clock_reckon(db, ticket, NULL, &a, &c, e)) < 0)
			break;
		if (!differs(&c))
			continue;
		fn(ctx, ticket, "its clocks are not as its messages and events say");
		if (fix && (got = clock_store(db, ticket, &c, e)) < 0)
			break;
	}
	clocks_release(&c);
	arena_release(&a);
	return got;
}
