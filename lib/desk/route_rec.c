/* route_rec - records in, decisions out, as JSON */
#include <string.h>

#include "desk/route_rec.h"
#include "stream/jtext.h"
#include "time/tm.h"

void
route_labels(const struct rec *r, struct labels *l)
{
	*l = (struct labels){ {
		[DIM_TYPE] = rec_text(r, "class.type"),
		[DIM_AREA] = rec_text(r, "class.area"),
		[DIM_URGENCY] = rec_text(r, "class.urgency"),
		[DIM_SENTIMENT] = rec_text(r, "class.sentiment"),
		[DIM_SEGMENT] = rec_text(r, "segment"),
		[DIM_LANGUAGE] = rec_text(r, "language"),
		[DIM_CHANNEL] = rec_text(r, "channel"),
		[DIM_ACCOUNT] = rec_text(r, "account"),
	} };
}

int
route_rec_ticket(const struct rec *r, int64_t *id, struct err *e)
{
	const char *key = rec_is(r, "message") ? "ticket" : rec_is(r, "ticket") ? "id" : NULL;

	*id = 0;
	if (key == NULL || node_is_null(rec_node(r, key)))
		return 0;
	if (!rec_int(r, key, id) || *id <= 0)
		return err_set(e, ERR_DATA, "\"%s\" is not a ticket's number", key);
	return 0;
}

/* FNV-1a over the texts that name the conversation. */
static int64_t
conversation(const struct rec *r)
{
	const char *part[] = { rec_text(r, "channel"), rec_text(r, "account"),
		rec_text(r, "thread"), NULL };
	uint64_t h = 0xcbf29ce484222325u;
	const char *p;
	int i;

	if (part[2] == NULL)
		part[3] = rec_text(r, "from.id");
	for (i = 0; i < 4; i++)
		for (p = part[i] != NULL ? part[i] : ""; ; p++) {
			h = (h ^ (unsigned char)*p) * 0x100000001b3u;
			if (*p == '\0')
				break;
		}
	return (int64_t)(h >> 1) | 1;
}

int
route_rec_read(const struct rec *r, const struct zone *z, struct route_ticket *t,
    int64_t *at, struct err *e)
{
	const char *time = rec_text(r, "at"), *direction = rec_text(r, "direction");

	memset(t, 0, sizeof(*t));
	if (!rec_is(r, "message") || rec_bool(r, "auto") ||
	    (direction != NULL && strcmp(direction, "in") != 0))
		return 0;
	if (route_rec_ticket(r, &t->id, e) < 0)
		return -1;
	if (time == NULL)
		return err_set(e, ERR_DATA, "no \"at\"");
	if (tm_parse(time, strlen(time), z, at, e) < 0)
		return err_at(e, "\"at\"", 0);
	if (t->id == 0)
		t->id = conversation(r);
	route_labels(r, &t->labels);
	t->open = true;
	return 1;
}

static void
print_int(struct buf *out, const char *key, int64_t v)
{
	jtext_key(out, key);
	buf_fmt(out, "%lld", (long long)v);
}

/* A member that is there also when it is not known. */
static void
print_or_null(struct buf *out, const char *key, const char *s)
{
	if (s != NULL) {
		jtext_member(out, key, s);
	} else {
		jtext_key(out, key);
		buf_str(out, "null");
	}
}

static void
print_time(struct buf *out, const char *key, int64_t at, const struct zone *z)
{
	char text[TM_SIZE];

	jtext_member(out, key, tm_format(at, z, text));
}

static void
print_due(const struct route_tell *w, struct buf *out)
{
	int k;

	jtext_key(out, "due");
	buf_char(out, '{');
	for (k = 1; k <= CLOCK_KINDS; k++) {
		const struct clock *run = clocks_running(w->clocks, (enum clock_kind)k);

		if (run != NULL)
			print_time(out, clock_kind_name((enum clock_kind)k), run->due_at,
			    w->zone);
	}
	buf_char(out, '}');
}

static void
print_passed(const struct route_tell *w, struct buf *out)
{
	const struct roster *r = w->crew->roster;
	size_t i;

	jtext_key(out, "passed");
	buf_char(out, '{');
	for (i = 0; i < r->n; i++)
		if (w->route->passed[i] != PASS_NOT)
			jtext_member(out, r->agents[i].code, pass_text(w->route->passed[i]));
	buf_char(out, '}');
}

void
route_print(const struct route_tell *w, struct buf *out)
{
	const struct route *r = w->route;

	buf_char(out, '{');
	print_int(out, "priority", r->priority);
	jtext_member(out, "queue", r->queue->name);
	print_or_null(out, "agent", w->owner);
	print_due(w, out);
	jtext_list(out, "why", r->why, r->n_why);
	if (w->crew != NULL && r->passed != NULL)
		print_passed(w, out);
	buf_char(out, '}');
}

void
route_put(const struct route_tell *w, struct rec *r)
{
	struct buf text = BUF_INIT;

	route_print(w, &text);
	rec_put_text(r, "route", text.p, text.len);
	buf_release(&text);
}

void
route_print_ticket(const struct route_tell *w, const struct route_ticket *t,
    const char *subject, int64_t opened_at, struct buf *out)
{
	static const enum dim shown[] = { DIM_TYPE, DIM_AREA, DIM_URGENCY, DIM_SENTIMENT,
		DIM_SEGMENT, DIM_LANGUAGE };
	size_t i;

	buf_char(out, '{');
	jtext_member(out, "kind", "ticket");
	print_int(out, "id", t->id);
	jtext_member(out, "channel", t->labels.v[DIM_CHANNEL]);
	jtext_member(out, "account", t->labels.v[DIM_ACCOUNT]);
	jtext_member(out, "subject", subject);
	print_time(out, "opened_at", opened_at, w->zone);
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		jtext_member(out, dim_name(shown[i]), t->labels.v[shown[i]]);
	jtext_key(out, "route");
	route_print(w, out);
	buf_str(out, "}\n");
}
