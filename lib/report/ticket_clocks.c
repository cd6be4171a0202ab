/* ticket_clocks - each clock of a ticket, span by span
 *
 * What is shown is reckoned here once more from the calendar's spans; that the sum is what
 * the clock has used is said, not assumed.
 */
#include <stdio.h>

#include "desk/sla.h"
#include "report/ticket_moment.h"
#include "report/ticket_page.h"
#include "stream/jtext.h"
#include "time/tm.h"

DB_SQL(CLOCKS_OF, "SELECT kind, cycle, policy, calendar, target_ms, started_at, due_at, "
    "stopped_at FROM clock WHERE ticket = :id ORDER BY started_at, kind, cycle");

/* The reckoning of one clock on its way. */
struct reckoning {
	const struct zone *zone;
	struct buf *out;
	bool json;
	int64_t sum;
	size_t n;
};

static void
put_span(void *ctx, int64_t from, int64_t until)
{
	struct reckoning *r = ctx;
	char text[TM_SIZE], other[TM_SIZE];

	r->sum += until - from;
	if (r->json) {
		buf_fmt(r->out, "%s{\"from\":\"%s\"", r->n++ > 0 ? "," : "",
		    tm_format(from, r->zone, text));
		buf_fmt(r->out, ",\"until\":\"%s\",\"ms\":%lld}", tm_format(until, r->zone, other),
		    (long long)(until - from));
		return;
	}
	buf_str(r->out, "    ");
	moment_time(from, r->zone, r->out);
	buf_str(r->out, " - ");
	moment_time(until, r->zone, r->out);
	buf_fmt(r->out, "  %s\n", tm_format_span(until - from, text));
}

static void
put_words(struct reckoning *r, const struct clock *c, int64_t end, const char *state)
{
	char text[TM_SIZE];

	buf_fmt(r->out, "%s %lld  %s: policy %s, %s in %s\n", clock_kind_name(c->kind),
	    (long long)c->cycle, state, c->policy, tm_format_span(c->target_ms, text),
	    c->calendar);
	buf_str(r->out, "  from ");
	moment_time(c->started_at, r->zone, r->out);
	buf_str(r->out, c->stopped_at == SLA_RUNNING ? " until now, " : " until ");
	moment_time(end, r->zone, r->out);
	buf_str(r->out, "; due ");
	moment_time(c->due_at, r->zone, r->out);
	buf_char(r->out, '\n');
}

static void
print_head(struct reckoning *r, int64_t ticket, const struct clock *c, const char *state)
{
	char text[TM_SIZE];

	buf_fmt(r->out, "{\"kind\":\"clock\",\"ticket\":%lld", (long long)ticket);
	jtext_member(r->out, "clock", clock_kind_name(c->kind));
	buf_fmt(r->out, ",\"cycle\":%lld", (long long)c->cycle);
	jtext_member(r->out, "state", state);
	jtext_member(r->out, "policy", c->policy);
	jtext_member(r->out, "calendar", c->calendar);
	buf_fmt(r->out, ",\"target_ms\":%lld", (long long)c->target_ms);
	jtext_member(r->out, "started_at", tm_format(c->started_at, r->zone, text));
	jtext_member(r->out, "due_at", tm_format(c->due_at, r->zone, text));
	if (c->stopped_at != SLA_RUNNING)
		jtext_member(r->out, "stopped_at", tm_format(c->stopped_at, r->zone, text));
	buf_str(r->out, ",\"spans\":[");
}

static int
put_clock(struct reckoning *r, int64_t ticket, const struct clock *c, int64_t now,
    struct err *e)
{
	const struct cal *cal = cal_get(c->calendar, e);
	bool runs = c->stopped_at == SLA_RUNNING;
	int64_t end = runs ? now : c->stopped_at;
	const char *state = runs ? end > c->due_at ? "breached, running" : "running" :
	    end > c->due_at ? "breached" : "kept";
	char used[TM_SIZE], target[TM_SIZE];

	if (cal == NULL)
		return -1;
	r->sum = 0;
	r->n = 0;
	if (r->json)
		print_head(r, ticket, c, state);
	else
		put_words(r, c, end, state);
	cal_each(cal, c->started_at, end, put_span, r);
	if (r->json)
		buf_fmt(r->out, "],\"used_ms\":%lld}\n", (long long)r->sum);
	else
		buf_fmt(r->out, "    used %s of %s\n", tm_format_span(r->sum, used),
		    tm_format_span(c->target_ms, target));
	return 0;
}

static void
read_clock(struct stmt *s, struct clock *c)
{
	*c = (struct clock){ .kind = (enum clock_kind)stmt_col_int(s, 0),
		.cycle = stmt_col_int(s, 1), .policy = stmt_col_text(s, 2),
		.calendar = stmt_col_text(s, 3), .target_ms = stmt_col_int(s, 4),
		.started_at = stmt_col_int(s, 5), .due_at = stmt_col_int(s, 6),
		.stopped_at = stmt_col_null(s, 7) ? SLA_RUNNING : stmt_col_int(s, 7) };
}

int
ticket_clocks(struct ticket_query *l, int64_t id, const struct zone *z, bool json,
    struct buf *out, struct err *e)
{
	struct reckoning r = { .zone = z, .out = out, .json = json };
	struct stmt *s = db_stmt(l->db, &CLOCKS_OF, e);
	struct clock c;
	bool any = false;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	for (; (got = stmt_step(s, e)) > 0; any = true) {
		read_clock(s, &c);
		if (put_clock(&r, id, &c, l->now, e) < 0) {
			stmt_reset(s);
			return -1;
		}
	}
	if (got == 0 && !any && !json)
		buf_fmt(out, "ticket %lld has no clocks (csr-route starts them)\n", (long long)id);
	return got;
}
