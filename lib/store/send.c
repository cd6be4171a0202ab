/* send - empties the outbox: claim, hand over, write down */
#include <stdio.h>
#include <string.h>

#include "store/consent.h"
#include "store/delivery.h"
#include "store/event.h"
#include "store/preference.h"
#include "store/send.h"
#include "store/send_make.h"
#include "store/suppress.h"
#include "stream/jtext.h"
#include "time/tm.h"

enum { BATCH = 50, LEASE_MS = 600000 };

void
send_init(struct sending *s)
{
	s->arena = (struct arena)ARENA_INIT;
}

void
send_release(struct sending *s)
{
	if (s->begun)
		ingest_release(&s->in);
	arena_release(&s->arena);
	buf_release(&s->out);
	buf_release(&s->record);
	buf_release(&s->tag);
}

/* What became of row O, as a record of kind "delivery". */
static void
tell(struct sending *s, const struct outgoing *o, const struct delivery *d, int64_t again_at)
{
	char at[TM_SIZE];

	if (s->print == NULL)
		return;
	buf_fmt(&s->out, "{\"kind\":\"delivery\",\"outbox\":%lld", (long long)o->id);
	jtext_member(&s->out, "key", o->row.key);
	jtext_member(&s->out, "purpose", purpose_name(o->purpose));
	jtext_member(&s->out, "channel", o->row.channel);
	jtext_member(&s->out, "to", o->row.recipient);
	jtext_member(&s->out, "transport", d->transport);
	jtext_member(&s->out, "at", tm_format(d->at, s->zone, at));
	jtext_member(&s->out, "result", delivery_result_name(d->result));
	if (d->attempt > 0)
		buf_fmt(&s->out, ",\"attempt\":%lld", (long long)d->attempt);
	if (d->code != 0)
		buf_fmt(&s->out, ",\"code\":%lld", (long long)d->code);
	jtext_member(&s->out, "why", d->detail);
	if (again_at != 0)
		jtext_member(&s->out, "again_at", tm_format(again_at, s->zone, at));
	buf_str(&s->out, s->dry_run ? ",\"dry_run\":true}\n" : "}\n");
}

/* The customer's word on channel and purpose, what he prefers, what is known of the address. */
static int
ask_customer(struct sending *s, const struct outgoing *o, struct gate_case *c, struct err *e)
{
	char value[PREFERENCE_SIZE];
	enum consent_word word = CONSENT_UNKNOWN;
	int got;

	if (suppress_is(s->db, o->row.channel, o->row.recipient, &c->suppressed, e) < 0)
		return -1;
	if (o->root == 0)
		return 0;
	if (consent_ask(s->db, o->root, o->row.channel, purpose_name(o->purpose), &word, e) < 0 ||
	    outgoing_robot(s->db, o, &c->robot, e) < 0)
		return -1;
	c->refused = word == CONSENT_REFUSED;
	c->consented = word == CONSENT_GIVEN;
	if ((got = preference_get(s->db, o->root, "mute", value, e)) < 0)
		return -1;
	c->muted = got > 0 && strcmp(value, "yes") == 0;
	if ((got = preference_get(s->db, o->root, "quiet", value, e)) > 0)
		quiet_parse(value, &c->quiet_from, &c->quiet_until, e);
	return got < 0 ? -1 : send_zone(s->db, o->root, &c->zone, e);
}

static int
count_caps(struct sending *s, const struct outgoing *o, int64_t *until, const char **why,
    struct err *e)
{
	size_t i;

	for (i = 0; i < s->limits->n; i++) {
		const struct cap *cap = &s->limits->caps[i];
		int64_t n, oldest;

		if (!cap->purposes[o->purpose] ||
		    (cap->scope == CAP_TICKET && o->row.ticket == 0) ||
		    (cap->channel != NULL && strcmp(cap->channel, o->row.channel) != 0))
			continue;
		if (outgoing_count(s->db, o, cap, s->now - cap->per_ms, &n, &oldest, e) < 0)
			return -1;
		if (n < cap->most)
			continue;
		*until = oldest + cap->per_ms;
		*why = arena_str(&s->arena, cap->name);
		return 1;
	}
	return 0;
}

/* GATE_SEND, with *way; or what else is to be done, and why. -1 on error. */
static int
decide(struct sending *s, const struct outgoing *o, const struct transport **way,
    int64_t *until, const char **why, struct err *e)
{
	struct gate_case c = { .purpose = o->purpose, .quiet_from = s->limits->quiet_from,
		.quiet_until = s->limits->quiet_until, .zone = s->zone, .now = s->now,
		.by_person = strcmp(o->row.kind, "reply") == 0 };
	enum gate g;
	int got;

	if (o->purpose != PURPOSE_STAFF && ask_customer(s, o, &c, e) < 0)
		return -1;
	if ((g = gate_decide(&c, until, why)) != GATE_SEND)
		return g;
	if (!c.by_person && (got = count_caps(s, o, until, why, e)) != 0)
		return got < 0 ? -1 : GATE_LATER;
	*way = transports_for(s->ways, o->row.channel);
	if (*way == NULL) {
		*why = "no_transport";
		*until = s->now + TM_HOUR_MS;
		return GATE_LATER;
	}
	if (!send_within_rate(s, *way)) {
		*why = "rate";
		*until = s->now + TM_MINUTE_MS;
		return GATE_LATER;
	}
	return GATE_SEND;
}

/* It is not sent now: written down, and printed after the commit. */
static int
hold_back(struct sending *s, const struct outgoing *o, enum gate g, int64_t until,
    const char *why, struct err *e)
{
	struct delivery d = { .outbox = o->id, .at = s->now, .detail = why,
		.result = g == GATE_LATER ? DELIVERY_LATER : DELIVERY_NEVER };

	s->put_off += g == GATE_LATER;
	s->dropped += g == GATE_NEVER;
	tell(s, o, &d, g == GATE_LATER ? until : 0);
	if (delivery_add(s->db, &d, e) < 0)
		return -1;
	return g == GATE_LATER ? outgoing_put_off(s->db, o->id, until, e) :
	    outgoing_end(s->db, o->id, OUTBOX_WITHDRAWN, s->now, e);
}

static bool
is_due(const struct outgoing *o, int64_t now)
{
	return (o->state == OUTBOX_QUEUED && o->row.not_before_at <= now) ||
	    (o->state == OUTBOX_SENDING && o->lease_at <= now);
}

/* Claims what may go of the N ids; how many, in TAKEN with their ways. -1 on error. */
static int
claim(struct sending *s, const int64_t *ids, size_t n, struct outgoing *taken,
    const struct transport **ways, struct err *e)
{
	size_t m = 0, i;

	for (i = 0; i < n; i++) {
		struct outgoing *o = &taken[m];
		int64_t until = 0;
		const char *why = NULL;
		int got = outgoing_load(s->db, ids[i], o, &s->arena, e);

		if (got < 0)
			return -1;
		/* The list was made before the lock was ours: it may be another's by now. */
		if (got == 0 || !is_due(o, s->now))
			continue;
		if ((got = decide(s, o, &ways[m], &until, &why, e)) < 0)
			return -1;
		if (got != GATE_SEND) {
			if (hold_back(s, o, (enum gate)got, until, why, e) < 0)
				return -1;
			continue;
		}
		if (outgoing_take(s->db, o, s->now + LEASE_MS, e) < 0)
			return -1;
		o->attempts++;
		m++;
	}
	return (int)m;
}

/* Nobody has this address: 5xx to the recipient of a mail. */
static bool
is_gone(const struct outgoing *o, const struct wire_result *r)
{
	return strcmp(o->row.channel, "email") == 0 && r->end == WIRE_PERMANENT &&
	    (r->code == 550 || r->code == 551 || r->code == 553);
}

static int
give_up(struct sending *s, const struct outgoing *o, const struct wire_result *r,
    struct err *e)
{
	struct event ev = { .name = "outbox.failed", .at = s->now, .ticket = o->row.ticket,
		.customer = o->row.customer, .subject = o->row.recipient, .value = r->detail,
		.actor = "csr-send" };
	char reason[32];

	snprintf(reason, sizeof(reason), "refused:%d", r->code);
	if (is_gone(o, r) && suppress_add(s->db, o->row.channel, o->row.recipient, reason,
	    "csr-send", s->now, NULL, e) < 0)
		return -1;
	s->failed++;
	return event_add(s->db, &ev, NULL, e) < 0 ? -1 :
	    outgoing_end(s->db, o->id, OUTBOX_FAILED, s->now, e);
}

static int
record(struct sending *s, const struct outgoing *o, const struct transport *way,
    const struct wire_result *r, struct err *e)
{
	struct delivery d = { .outbox = o->id, .attempt = o->attempts, .at = s->now,
		.code = r->code, .transport = way->name, .detail = *r->detail ? r->detail : NULL };
	bool last = o->attempts >= s->limits->attempts;
	int64_t again = 0;

	d.result = r->end == WIRE_SENT ? DELIVERY_SENT : r->end == WIRE_PERMANENT || last ?
	    DELIVERY_PERMANENT : DELIVERY_TEMPORARY;
	if (d.result == DELIVERY_TEMPORARY)
		again = gate_retry_at(s->limits, o->attempts, send_seed(o->row.key), s->now);
	tell(s, o, &d, again);
	if (delivery_add(s->db, &d, e) < 0)
		return -1;
	if (d.result == DELIVERY_PERMANENT)
		return give_up(s, o, r, e);
	if (d.result == DELIVERY_TEMPORARY) {
		s->failed++;
		return outgoing_put_off(s->db, o->id, again, e);
	}
	s->sent++;
	return outgoing_end(s->db, o->id, OUTBOX_SENT, s->now, e) < 0 ? -1 :
	    send_remember(s, o, e);
}

static void
flush(struct sending *s)
{
	if (s->print != NULL)
		s->print(&s->out);
	else
		buf_clear(&s->out);
}

/* One message: handed over, then written down in a transaction of its own, so that a kill
 * costs one copy at most. */
static int
deliver(struct sending *s, const struct outgoing *o, const struct transport *way,
    struct err *e)
{
	struct wire_message m;
	struct wire_result r;

	if (send_make(s, o, way, &m, e) < 0) {
		if (e->code != ERR_DATA)
			return -1;
		r = (struct wire_result){ .end = WIRE_PERMANENT };
		snprintf(r.detail, sizeof(r.detail), "%.150s", e->msg);
	} else {
		wire_send(way, &m, &r);
	}
	if (db_begin(s->db, e) < 0 || ingest_begin(&s->in, e) < 0 ||
	    record(s, o, way, &r, e) < 0 || ingest_end(&s->in, e) < 0 ||
	    db_commit(s->db, e) < 0)
		return -1;
	flush(s);
	return 0;
}

/* A rehearsal decides on a batch, and lets everything be. */
static int
rehearse(struct sending *s, const struct outgoing *o, const struct transport *way)
{
	struct delivery d = { .outbox = o->id, .attempt = o->attempts, .at = s->now,
		.result = DELIVERY_SENT, .transport = way->name };

	s->sent++;
	tell(s, o, &d, 0);
	return 0;
}

static int
one_batch(struct sending *s, const int64_t *ids, size_t n, struct err *e)
{
	struct outgoing taken[BATCH];
	const struct transport *ways[BATCH];
	int m, i, bad = 0;

	arena_clear(&s->arena);
	if (db_begin(s->db, e) < 0 || (m = claim(s, ids, n, taken, ways, e)) < 0)
		return -1;
	if (s->dry_run)
		db_rollback(s->db);
	else if (db_commit(s->db, e) < 0)
		return -1;
	flush(s);
	for (i = 0; i < m && bad == 0; i++)
		bad = s->dry_run ? rehearse(s, &taken[i], ways[i]) :
		    deliver(s, &taken[i], ways[i], e);
	flush(s);
	return bad;
}

/* In a rehearsal nothing moves, so the first batch is all that can be looked at by claims:
 * ids are walked instead. */
static int
run(struct sending *s, struct err *e)
{
	int64_t ids[BATCH * 200];
	size_t most = s->dry_run ? sizeof(ids) / sizeof(*ids) : BATCH, at;
	int n, bad = 0;

	do {
		if ((n = outgoing_due(s->db, s->only, s->now, ids, most, e)) < 0)
			return -1;
		for (at = 0; bad == 0 && at < (size_t)n; at += BATCH)
			bad = one_batch(s, ids + at,
			    (size_t)n - at < BATCH ? (size_t)n - at : BATCH, e);
	} while (bad == 0 && n == (int)most && !s->dry_run);
	return bad;
}

int
send_run(struct sending *s, struct err *e)
{
	int bad;

	if (!s->begun && ingest_init(&s->in, s->db, e) < 0)
		return -1;
	s->begun = true;
	ingest_source(&s->in, "csr-send", "outbox", 0);
	bad = run(s, e);
	if (bad < 0)
		db_rollback(s->db);
	return bad;
}
