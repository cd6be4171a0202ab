/* flight - the state of flights, as VariFlight and its like tell it
 *
 * Times are the airport's own (org_timezone and dst_timezone are its seconds from UTC), or
 * epoch values; names come in capitals and without.  A flight with stops comes as an array
 * whose first item is the whole journey and whose others are its legs: that is one event,
 * the legs in its extra.
 *
 * The event is flight.status of "MU5101/2026-10-02", the day it was to leave in local time,
 * so that it meets the segments of orders.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/cells.h"
#include "intake/chat.h"
#include "intake/flight_read.h"
#include "intake/formats.h"
#include "stream/jtext.h"
#include "time/tm.h"

enum { LEGS_MAX = 8 };

struct state {
	struct jdoc in;
	const struct node *list;	/* of flights; NULL: the document is one */
	size_t at;
	struct arena scratch;
	struct buf extra, raw;
	const struct node *item;
};

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	static const char *const numbers[] = { "FlightNo", "flightno", "flight_no", "flightNo" };
	static const char *const states[] = { "FlightState", "flightstate", "flight_state",
		"flightState" };
	bool number = false, told = false;
	size_t i;

	(void)path;
	for (i = 0; i < 4 && !is_dir; i++) {
		number = number || chat_has(head, len, numbers[i]);
		told = told || chat_has(head, len, states[i]);
	}
	return number && told ? 95 : 0;
}

static bool
is_list(const char *key, size_t len)
{
	return len == 0 || cells_is_list(key, len);
}

static int
open_flight(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));

	(void)e;
	jdoc_attach(&s->in, fd, in->name, head, len);
	s->in.dry = in->opts.dry;
	s->in.ctx = in->opts.ctx;
	s->in.whole = true;
	s->in.cuts = is_list;
	in->state = s;
	return 0;
}

static void
close_flight(struct intake *in)
{
	struct state *s = in->state;

	jdoc_close(&s->in);
	arena_release(&s->scratch);
	buf_release(&s->extra);
	buf_release(&s->raw);
	free(s);
}

static void
put_time(struct buf *out, const char *key, int64_t at, const struct zone *z)
{
	char t[TM_SIZE];

	if (at != FACT_NO_TIME)
		jtext_member(out, key, tm_format(at, z, t));
}

/* What is known of it under our own names, an object without its end. */
static void
put_journey(struct buf *out, const struct journey *j, const struct zone *z)
{
	buf_char(out, '{');
	jtext_member(out, "flight", j->code);
	jtext_member(out, "date", j->day);
	jtext_member(out, "from", j->from);
	jtext_member(out, "to", j->to);
	jtext_member(out, "state", j->state);
	put_time(out, "departs", j->departs, z);
	put_time(out, "arrives", j->arrives, z);
	put_time(out, "departs_now", j->departs_now, z);
	put_time(out, "arrives_now", j->arrives_now, z);
	put_time(out, "left", j->left, z);
	put_time(out, "landed", j->landed, z);
}

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* How many items from AT on are legs of the journey there; 0: it stands alone. */
static size_t
legs_of(struct state *s, size_t at)
{
	const struct node *whole = node_at(s->list, at);
	const char *code = flight_code(&s->scratch, flight_text(&s->scratch, whole, "FlightNo"));
	size_t n = 0, len = node_len(s->list);
	const size_t most = len < at + LEGS_MAX + 2 ? len : at + LEGS_MAX + 2;

	while (at + n + 1 < most && same(code, flight_code(&s->scratch,
	    flight_text(&s->scratch, node_at(s->list, at + n + 1), "FlightNo"))))
		n++;
	if (n < 2 || n > LEGS_MAX || !same(flight_text(&s->scratch, whole, "FlightDepcode"),
	    flight_text(&s->scratch, node_at(s->list, at + 1), "FlightDepcode")) ||
	    !same(flight_text(&s->scratch, whole, "FlightArrcode"),
	    flight_text(&s->scratch, node_at(s->list, at + n), "FlightArrcode")))
		return 0;
	return n;
}

/* Members of the source that have no name of ours. */
static int
keep(void *ctx, const char *key, const struct node *n)
{
	static const char *const known[] = { "FlightNo", "FlightDepcode", "FlightArrcode",
		"FlightState", "FlightDeptimePlanDate", "FlightArrtimePlanDate",
		"FlightDeptimeReadyDate", "FlightArrtimeReadyDate", "FlightDeptimeDate",
		"FlightArrtimeDate" };
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (flight_is(key, known[i]))
			return 0;
	if (node_is_null(n) || (node_as_text(n) != NULL && *node_as_text(n) == '\0'))
		return 0;
	jtext_key(ctx, key);
	node_print(n, ctx);
	return 0;
}

static int
make_fact(struct state *s, const struct intake *in, struct fact *f, size_t legs, struct err *e)
{
	const struct zone *z = in->opts.zone;
	struct journey j, leg;
	char *key = arena_alloc(&s->scratch, 256), *subject;
	size_t i;

	if (flight_read(&s->scratch, in, s->item, &j, e) < 0)
		return -1;
	fact_init(f);
	f->kind = FACT_EVENT;
	f->line = s->in.line;
	f->channel = in->opts.channel;
	f->event.name = "flight.status";
	f->event.status = j.state;
	f->event.at = tm_now();
	subject = arena_alloc(&s->scratch, strlen(j.code) + 16);
	snprintf(subject, strlen(j.code) + 16, "%s/%s", j.code, j.day);
	f->event.subject = subject;
	/* The same again is the same, whenever it is told; a new time expected is news. */
	snprintf(key, 256, "%.40s/%.20s-%.20s/%.40s/%lld/%lld", subject,
	    j.from != NULL ? j.from : "", j.to != NULL ? j.to : "", j.state,
	    j.departs_now != FACT_NO_TIME ? (long long)j.departs_now : 0,
	    j.arrives_now != FACT_NO_TIME ? (long long)j.arrives_now : 0);
	f->external_id = key;
	buf_clear(&s->extra);
	put_journey(&s->extra, &j, z);
	for (i = 0; i < legs; i++) {
		if (i == 0)
			jtext_key(&s->extra, "legs");
		buf_char(&s->extra, i == 0 ? '[' : ',');
		if (flight_read(&s->scratch, in, node_at(s->list, s->at + i), &leg, e) < 0)
			return -1;
		put_journey(&s->extra, &leg, z);
		buf_char(&s->extra, '}');
		if (i + 1 == legs)
			buf_char(&s->extra, ']');
	}
	node_each(s->item, keep, &s->extra);
	buf_char(&s->extra, '}');
	f->extra = s->extra.p;
	return 0;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	in->bad = s->in.raw;
	in->bad_len = s->in.len;
	in->bad_line = s->in.line;
	if (s->list == NULL || s->item == NULL)
		return;
	buf_clear(&s->raw);
	node_print(s->item, &s->raw);
	in->bad = s->raw.p;
	in->bad_len = s->raw.len;
}

/* The next flight in s->item, its legs behind it at s->at. 1, 0 the end, -1. */
static int
next_flight(struct intake *in, struct state *s, size_t *legs, struct err *e)
{
	int got;

	*legs = 0;
	while (s->list == NULL || s->at >= node_len(s->list)) {
		s->list = s->item = NULL;
		s->at = 0;
		got = jdoc_next(&s->in, e);
		if (got < 0 && e->code == ERR_DATA)
			raw(in);
		if (got <= 0)
			return got;
		if (node_is_array(s->in.root))
			s->list = s->in.root;
		else if (flight_member(s->in.root, "FlightNo") == NULL)
			s->list = cells_list(s->in.root, true);
		if (s->list == NULL) {
			s->item = s->in.root;
			return 1;
		}
	}
	*legs = legs_of(s, s->at);
	s->item = node_at(s->list, s->at++);
	return 1;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	size_t legs;
	int got, bad;

	arena_clear(&s->scratch);
	got = next_flight(in, s, &legs, e);
	if (got <= 0)
		return got;
	bad = make_fact(s, in, f, legs, e);
	s->at += legs;
	if (bad == 0)
		return 1;
	raw(in);
	return err_at(e, in->name, s->in.line);
}

const struct intake_format intake_flight = {
	"flight", "the state of flights (VariFlight), JSON", sniff, open_flight, next,
	close_flight, raw
};
