/* queuelog - Asterisk's queue_log: how long callers waited, and who took them
 *
 * Format: docs.asterisk.org, Queue Logs.  Several lines make one call: it is kept from the
 * line that puts it into a queue until the one that takes it out, and given then, once a
 * stay.  A call whose end is not in the file is given as ongoing when the file ends; the
 * store adds the end when it comes, by the call's id.  Each line that ends a stay repeats
 * how long the call waited and was talked, so an end without its beginning is whole but for
 * the caller's number.  All other lines (agents pausing, phones that rang in vain) are
 * events.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "intake/call_fact.h"
#include "intake/formats.h"
#include "intake/queuelog.h"
#include "stream/jsonl.h"
#include "stream/jtext.h"
#include "text/utf8.h"

struct state {
	struct lines in;
	struct queue_calls calls;
	struct arena scratch;	/* of the fact given */
	struct buf raw, extra;
	bool ended;
};

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	const char *end = len > 0 ? memchr(head, '\n', len) : NULL;

	(void)path;
	if (end != NULL)
		len = (size_t)(end - head);
	if (len > 0 && head[len - 1] == '\r')
		len--;
	return !is_dir && len > 0 && queue_entry_looks(head, len) ? 95 : 0;
}

static int
open_log(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));

	(void)e;
	lines_attach(&s->in, fd, in->name, head, len);
	s->in.dry = in->opts.dry;
	s->in.ctx = in->opts.ctx;
	in->state = s;
	return 0;
}

/* What CALL, in a queue or just out of it, states. */
static void
give(const struct intake *in, struct state *s, const struct queue_call *w, const char *outcome,
    struct fact *f)
{
	struct fact_message *m = &f->message;
	struct arena *a = &s->scratch;

	fact_init(f);
	f->kind = FACT_MESSAGE;
	f->line = w->line;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "phone";
	f->account = in->opts.account;
	f->external_id = arena_str(a, w->id);
	m->direction = FACT_IN;
	m->at = w->at;
	m->thread = call_thread(w->phone, a);
	if (m->thread != NULL) {
		f->who.phone = arena_str(a, w->phone);
		f->who.role = ROLE_CUSTOMER;
	}
	m->call.outcome = outcome;
	m->call.log = "queue";
	m->call.queue = arena_str(a, w->queue);
	m->text = call_words(FACT_IN, outcome);
	if (w->agent != NULL && strcmp(outcome, "answered") == 0) {
		f->agent.id = arena_str(a, w->agent);
		f->agent.role = ROLE_AGENT;
	}
	buf_clear(&s->extra);
	buf_char(&s->extra, '{');
	jtext_member(&s->extra, "did", w->did);
	buf_char(&s->extra, '}');
	f->extra = s->extra.len > 2 ? s->extra.p : NULL;
}

/* A stay that ends at N, after it WAITED (and was TALKED, if it was taken). */
static void
give_end(const struct intake *in, struct state *s, struct queue_call *w,
    const struct queue_entry *n, const char *outcome, int64_t waited, int64_t talked,
    struct fact *f)
{
	struct fact_message *m = &f->message;
	int64_t took_at = w->answered_at;

	if (strcmp(outcome, "answered") == 0 && took_at == FACT_NO_TIME)
		took_at = n->at - (talked != FACT_NO_SPAN ? talked : 0);
	/* The line that put it in was in another file. */
	if (w->at == FACT_NO_TIME)
		w->at = (took_at != FACT_NO_TIME ? took_at : n->at) -
		    (waited != FACT_NO_SPAN ? waited : 0);
	w->line = s->in.line;
	give(in, s, w, outcome, f);
	m->answered_at = took_at;
	m->call.wait_ms = waited;
	m->call.talk_ms = talked;
	m->call.ended_at = n->at;
	call_complete(m);
	queue_calls_drop(&s->calls, w);
}

static void
lower(char *to, const char *s, size_t size)
{
	size_t i;

	for (i = 0; s[i] != '\0' && i + 1 < size; i++)
		to[i] = (char)tolower((unsigned char)s[i]);
	to[i] = '\0';
}

/* What is no stage of a call: agents coming and going, phones that rang in vain. */
static void
give_event(const struct intake *in, struct state *s, const struct queue_entry *n, struct fact *f)
{
	char name[64] = "queue.";
	size_t params;
	const char *queue = arena_str(&s->scratch, n->queue);

	fact_init(f);
	f->kind = FACT_EVENT;
	f->line = s->in.line;
	f->channel = in->opts.channel != NULL ? in->opts.channel : "phone";
	f->account = in->opts.account;
	lower(name + 6, n->event, sizeof(name) - 6);
	f->event.name = arena_str(&s->scratch, name);
	f->event.at = n->at;
	f->event.subject = arena_str(&s->scratch, n->id != NULL ? n->id : n->agent);
	f->event.status = n->id != NULL && n->agent != NULL ?
	    arena_str(&s->scratch, n->agent) : queue;
	if (n->agent != NULL) {
		f->agent.id = arena_str(&s->scratch, n->agent);
		f->agent.role = ROLE_AGENT;
	}
	buf_clear(&s->extra);
	buf_char(&s->extra, '{');
	jtext_member(&s->extra, "queue", queue);
	for (params = n->n; params > 0 && *n->param[params - 1] == '\0';)
		params--;
	jtext_list(&s->extra, "params", n->param, params);
	buf_char(&s->extra, '}');
	f->extra = s->extra.len > 2 ? s->extra.p : NULL;
}

/* The oldest call makes room: what is known of it, as long as its end is not. */
static void
give_ongoing(const struct intake *in, struct state *s, struct queue_call *w, struct fact *f)
{
	give(in, s, w, "ongoing", f);
	queue_calls_drop(&s->calls, w);
}

/* Makes room for a call more. 1 when another had to be told for it. */
static int
make_room(const struct intake *in, struct state *s, struct fact *f)
{
	if (s->calls.n < QUEUE_CALLS_MAX)
		return 0;
	give_ongoing(in, s, s->calls.oldest, f);
	return 1;
}

/* The call is in the queue from now on; an earlier stay of it was never ended. */
static int
enter(const struct intake *in, struct state *s, const struct queue_entry *n, struct fact *f)
{
	struct queue_call *w = queue_calls_find(&s->calls, n->id);
	int told = 1;

	if (w != NULL)
		give_ongoing(in, s, w, f);
	else
		told = make_room(in, s, f);
	w = queue_calls_add(&s->calls, n->id, n->at, s->in.line);
	queue_call_set(&w->queue, n->queue);
	queue_call_set(&w->phone, queue_entry_param(n, 1));
	return told;
}

static struct queue_call *
find_or_add(struct state *s, const struct queue_entry *n)
{
	struct queue_call *w = queue_calls_find(&s->calls, n->id);

	if (w == NULL)
		w = queue_calls_add(&s->calls, n->id, FACT_NO_TIME, s->in.line);
	queue_call_set(&w->queue, n->queue);
	queue_call_set(&w->agent, n->agent);
	return w;
}

static int
connect(const struct intake *in, struct state *s, const struct queue_entry *n, struct fact *f)
{
	bool known = queue_calls_find(&s->calls, n->id) != NULL;
	int told = known ? 0 : make_room(in, s, f);
	struct queue_call *w = find_or_add(s, n);
	int64_t hold = queue_entry_span(n, n->n);

	w->answered_at = n->at;
	if (w->at == FACT_NO_TIME)
		w->at = n->at - (hold > 0 ? hold : 0);
	return told;
}

/* hold|talk|position at the end of the line; of old versions hold|talk. */
static void
complete(const struct intake *in, struct state *s, const struct queue_entry *n,
    struct fact *f)
{
	size_t behind = queue_entry_span(n, 3) != FACT_NO_SPAN ? 1 : 0;
	int64_t hold = queue_entry_span(n, behind + 2), talk = queue_entry_span(n, behind + 1);

	if (hold == FACT_NO_SPAN)
		talk = FACT_NO_SPAN;
	give_end(in, s, find_or_add(s, n), n, "answered", hold, talk, f);
}

/* position|origposition|wait; of old versions only the position. */
static void
leave(const struct intake *in, struct state *s, const struct queue_entry *n, struct fact *f)
{
	int64_t hold = n->stage == STAGE_REFUSED ? 0 :
	    n->n >= 3 ? queue_entry_span(n, 1) : FACT_NO_SPAN;

	give_end(in, s, find_or_add(s, n), n,
	    n->stage == STAGE_ABANDON ? "abandoned" : "left", hold, FACT_NO_SPAN, f);
}

/* 1 a fact; 0 the line is kept for its call. */
static int
take_entry(const struct intake *in, struct state *s, const struct queue_entry *n,
    struct fact *f)
{
	struct queue_call *w;

	switch (n->stage) {
	case STAGE_ENTER:
		return enter(in, s, n, f);
	case STAGE_CONNECT:
		return connect(in, s, n, f);
	case STAGE_DID:
		w = queue_calls_find(&s->calls, n->id);
		if (w == NULL)
			break;
		queue_call_set(&w->did, queue_entry_param(n, 0));
		return 0;
	case STAGE_COMPLETE:
		complete(in, s, n, f);
		return 1;
	case STAGE_ABANDON:
	case STAGE_LEAVE:
	case STAGE_REFUSED:
		leave(in, s, n, f);
		return 1;
	case STAGE_NONE:
		break;
	}
	give_event(in, s, n, f);
	return 1;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	in->bad = buf_cstr(&s->raw);
	in->bad_len = s->raw.len;
	in->bad_line = s->in.line;
}

/* The next line. 1 a fact, 0 the end of the file, 2 go on, -1. */
static int
next_line(struct intake *in, struct state *s, struct fact *f, struct err *e)
{
	struct queue_entry n = { .n = 0 };
	char *line;
	size_t len;
	int got = lines_next(&s->in, &line, &len, e);

	buf_clear(&s->raw);
	if (got < 0)
		raw(in);
	s->ended = got == 0;
	if (got <= 0 || len == 0)
		return got <= 0 ? got : 2;
	buf_add(&s->raw, line, len);
	if (memchr(line, '\0', len) != NULL || !utf8_valid(line, len))
		got = err_set(e, ERR_DATA, "not text in UTF-8");
	else
		got = queue_entry_read(&n, line, in->opts.zone, &s->scratch, e);
	if (got < 0) {
		raw(in);
		return err_at(e, in->name, s->in.line);
	}
	return take_entry(in, s, &n, f) ? 1 : 2;
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got = 2;

	arena_clear(&s->scratch);
	while (got == 2 && !s->ended)
		got = next_line(in, s, f, e);
	if (got == 1 || got < 0 || s->calls.oldest == NULL)
		return got == 2 ? 0 : got;
	give_ongoing(in, s, s->calls.oldest, f);
	return 1;
}

static void
close_log(struct intake *in)
{
	struct state *s = in->state;

	queue_calls_release(&s->calls);
	lines_close(&s->in);
	arena_release(&s->scratch);
	buf_release(&s->raw);
	buf_release(&s->extra);
	free(s);
}

const struct intake_format intake_queuelog = {
	"queuelog", "Asterisk's queue_log: waits, abandons, talks, agents", sniff, open_log, next,
	close_log, raw
};
