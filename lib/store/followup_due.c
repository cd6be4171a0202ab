/* followup_due - what is due is queued or skipped, by the state it finds */
#include <string.h>

#include "store/followup.h"
#include "store/followup_row.h"
#include "stream/jtext.h"
#include "time/tm.h"

static struct node *
followup_node(const struct agenda *a, const struct followup_row *r, const char *skipped)
{
	struct node *n = node_object();
	char at[TM_SIZE];

	node_set_text(n, "kind", "followup");
	node_set_int(n, "ticket", r->ticket);
	node_set_text(n, "plan", r->plan);
	node_set_int(n, "cycle", r->cycle);
	node_set_int(n, "step", r->step);
	node_set_text(n, "due", tm_format(r->due_at, a->zone, at));
	node_set_text(n, "skipped", skipped);
	return n;
}

static int
skip(struct agenda *a, const struct followup_row *r, const char *why, struct err *e)
{
	a->skipped++;
	if (a->explain)
		agenda_put(a, followup_node(a, r, why));
	return followup_done(a->db, r->id, a->now, 0, why, e);
}

/* The step behind R, if there is one.  It comes after R, also where the plan's times would
 * have it before (two working hours can end after tomorrow at ten): then it counts from R.
 * When R was late, it keeps its distance. */
static int
go_on(struct agenda *a, const struct plan *p, const struct plan_case *c,
    const struct followup_row *r, struct err *e)
{
	const struct zone *z = agenda_zone(a, p);
	struct followup_row next = *r;

	next.step++;
	next.due_at = plan_step_at(p, c, (size_t)next.step, r->from_at, z);
	if (next.due_at <= r->due_at)
		next.due_at = plan_step_at(p, c, (size_t)next.step, r->due_at + 1, z);
	if (next.due_at == CAL_NEVER)
		return 0;
	if (next.due_at <= a->now)
		next.due_at = a->now + (next.due_at - r->due_at);
	return followup_next(a->db, &next, e);
}

/* The first of the step's channels on which the customer can be reached. */
static int
choose_channel(struct agenda *a, const struct plan_step *s, const char **channel,
    const char **address, size_t *place, struct err *e)
{
	size_t i;

	for (i = 0; i < s->to.n; i++) {
		int got = matter_address(a->db, &a->matter, s->to.v[i], channel, address, e);

		*place = i;
		if (got != 0)
			return got;
	}
	return 0;
}

static char *
row_data(struct agenda *a, const struct followup_row *r, const struct plan_case *c)
{
	struct buf text = BUF_INIT;
	char *out;

	buf_char(&text, '{');
	jtext_member(&text, "plan", r->plan);
	jtext_member(&text, "case", c->name);
	buf_fmt(&text, ",\"cycle\":%lld,\"step\":%lld", (long long)r->cycle,
	    (long long)r->step);
	if (*a->matter.account_name != '\0')
		jtext_member(&text, "account", a->matter.account_name);
	buf_char(&text, '}');
	out = arena_strn(&a->scratch, text.p, text.len);
	buf_release(&text);
	return out;
}

static struct node *
row_why(const struct agenda *a, const struct followup_row *r, const struct plan *p,
    const struct plan_case *c, size_t place, int64_t not_before)
{
	struct node *n = node_array();
	struct buf line = BUF_INIT;
	char at[TM_SIZE];

	buf_fmt(&line, "plan:%s/%s", p->name, c->name);
	node_push_text(n, line.p);
	buf_clear(&line);
	buf_fmt(&line, "step %lld: ", (long long)r->step);
	plan_time_words(&c->steps[r->step - 1].time, &line);
	buf_fmt(&line, ", counted from %s", tm_format(r->from_at, a->zone, at));
	node_push_text(n, line.p);
	buf_clear(&line);
	buf_fmt(&line, "channel: choice %zu of %zu", place + 1, c->steps[r->step - 1].to.n);
	node_push_text(n, line.p);
	if (not_before > a->now)
		node_push_text(n, "waits for a decent hour");
	buf_release(&line);
	return n;
}

/* Fills the letter in; a value that is missing skips this one customer. */
static int
write_letter(struct agenda *a, const struct plan *p, const struct plan_case *c,
    const char *channel, struct buf *subject, struct buf *body, struct err *e)
{
	struct letter_values v = { .v = { NULL } };
	const struct template *t = letters_get(&a->letters, LETTER_CUSTOMER, c->template,
	    channel, a->matter.language, p->language, e);

	if (t == NULL)
		return -1;
	letter_matter(&v, &a->matter, agenda_zone(a, p), &a->scratch);
	if (letter_fill(t, &v, subject, body, e) == 0)
		return 1;
	if (e->code != ERR_DATA)
		return -1;
	a->refused++;
	if (a->complain != NULL)
		a->complain(e);
	return 0;
}

/* 1 sent, 0 with *skipped set, -1. */
static int
send_step(struct agenda *a, const struct plan *p, const struct plan_case *c,
    const struct followup_row *r, const char **skipped, struct err *e)
{
	struct buf subject = BUF_INIT, body = BUF_INIT, key = BUF_INIT;
	struct outbox_row o = { .kind = "followup", .audience = OUTBOX_CUSTOMER,
		.ticket = r->ticket, .customer = a->matter.root, .created_at = a->now };
	size_t place = 0;
	int64_t id = 0;
	int got;

	got = choose_channel(a, &c->steps[r->step - 1], &o.channel, &o.recipient, &place, e);
	*skipped = "no_address";
	if (got > 0) {
		got = write_letter(a, p, c, o.channel, &subject, &body, e);
		*skipped = "no_value";
	}
	if (got > 0) {
		buf_fmt(&key, "followup:%lld:%s:%lld:%lld:%lld", (long long)r->ticket, r->plan,
		    (long long)r->cycle, (long long)r->step, (long long)r->from_at);
		o.key = key.p;
		o.subject = buf_cstr(&subject);
		o.text = buf_cstr(&body);
		o.data = row_data(a, r, c);
		o.not_before_at = hours_next(&p->hours, a->now, agenda_zone(a, p));
		got = agenda_queue(a, &o, a->explain ?
		    row_why(a, r, p, c, place, o.not_before_at) : NULL, &id, e);
		if (got >= 0)
			got = followup_done(a->db, r->id, a->now, id, NULL, e) < 0 ? -1 : 1;
	}
	buf_release(&subject);
	buf_release(&body);
	buf_release(&key);
	return got;
}

/* What speaks against R now; NULL: nothing. */
static const char *
objection(const struct agenda *a, const struct plan *p,
    const struct followup_row *r)
{
	const struct matter *m = &a->matter;
	struct plan_state s = { .from_at = r->from_at, .cycle = r->cycle,
		.ticket_cycle = m->cycle, .resolved_at = m->resolved_at,
		.last_in_at = m->last_in_at, .merged = m->merged, .human = m->human,
		.known = m->root != 0, .spam = m->type != NULL && strcmp(m->type, "spam") == 0 };

	return plan_refusal(p, &s);
}

static int
judge(struct agenda *a, const struct followup_row *r, struct err *e)
{
	const struct plan *p = plans_find(&a->plans, r->plan);
	const struct plan_case *c;
	struct plan_facts facts;
	const char *why;
	int64_t at;
	int got;

	if (p == NULL)
		return followup_drop(a->db, r->id, e);
	if (r->due_at < a->now - p->late_ms)
		return 0;
	if (matter_load(a->db, r->ticket, &a->matter, e) < 0)
		return -1;
	facts = agenda_facts(a, NULL);
	if ((why = objection(a, p, r)) != NULL)
		return skip(a, r, why, e);
	c = plan_match(p, &facts);
	at = c == NULL ? CAL_NEVER :
	    plan_step_at(p, c, (size_t)r->step, r->from_at, agenda_zone(a, p));
	if (at == CAL_NEVER)
		return skip(a, r, "no_case", e);
	if (at > a->now)
		return followup_move(a->db, r->id, at, e);
	got = send_step(a, p, c, r, &why, e);
	if (got == 0)
		got = skip(a, r, why, e);
	return got < 0 ? -1 : go_on(a, p, c, r, e);
}

int
followup_due(struct agenda *a, bool *more, struct err *e)
{
	struct followup_rows *rows = followup_rows_new();
	int bad = followup_take_due(a, rows, e);
	size_t i;

	for (i = 0; i < rows->n && bad == 0; i++) {
		arena_clear(&a->scratch);
		bad = judge(a, &rows->v[i], e);
		a->after_at = rows->v[i].due_at;
		a->after_id = rows->v[i].id;
	}
	*more = rows->n == FOLLOWUP_SHARE;
	followup_rows_free(rows);
	return bad;
}

static void
put_withdrawn(struct agenda *a, const struct followup_row *r, const char *why)
{
	struct node *n = node_object(), *reasons = node_array();

	node_set_text(n, "kind", "outbox");
	node_set_int(n, "id", r->outbox);
	node_set_text(n, "key", r->key);
	node_set_text(n, "purpose", "followup");
	node_set_int(n, "ticket", r->ticket);
	node_set_text(n, "state", "withdrawn");
	node_push_text(reasons, why);
	node_set(n, "why", reasons);
	agenda_put(a, n);
}

static int
withdraw(struct agenda *a, const struct followup_row *r, struct err *e)
{
	const struct plan *p = plans_find(&a->plans, r->plan);
	const char *why;
	int got;

	if (p == NULL)
		return 0;
	if (matter_load(a->db, r->ticket, &a->matter, e) < 0)
		return -1;
	if ((why = objection(a, p, r)) == NULL)
		return 0;
	if ((got = outbox_withdraw(a->db, r->outbox, e)) <= 0)
		return got;
	put_withdrawn(a, r, why);
	a->skipped++;
	return followup_done(a->db, r->id, a->now, 0, why, e);
}

int
followup_withdraw(struct agenda *a, bool *more, struct err *e)
{
	struct followup_rows *rows = followup_rows_new();
	int bad = followup_take_stopped(a, rows, e);
	size_t i;

	for (i = 0; i < rows->n && bad == 0; i++) {
		bad = withdraw(a, &rows->v[i], e);
		a->after_at = rows->v[i].not_before_at;
		a->after_id = rows->v[i].outbox;
	}
	*more = rows->n == FOLLOWUP_SHARE;
	followup_rows_free(rows);
	return bad;
}
