/* cdr_fact - what one call detail record states */
#include <ctype.h>
#include <string.h>

#include "intake/call_fact.h"
#include "intake/cdr.h"
#include "intake/csv_value.h"
#include "stream/jtext.h"
#include "time/tm.h"

enum { EXTENSION_MAX = 6, NUMBER_MIN = 7 };

struct word {
	const char *word, *outcome;
};
static const struct word dispositions[] = {
	{ "ANSWERED", "answered" }, { "NO ANSWER", "no_answer" }, { "BUSY", "busy" },
	{ "FAILED", "failed" }, { "CONGESTION", "failed" }, { "UNKNOWN", "failed" },
	{ NULL, NULL }
};
/* Of calls without an answer; all other causes are failures. */
static const struct word causes[] = {
	{ "ORIGINATOR_CANCEL", "abandoned" }, { "NORMAL_CLEARING", "abandoned" },
	{ "NO_ANSWER", "no_answer" }, { "NO_USER_RESPONSE", "no_answer" },
	{ "ALLOTTED_TIMEOUT", "no_answer" }, { "LOSE_RACE", "no_answer" },
	{ "PICKED_OFF", "no_answer" }, { "USER_BUSY", "busy" }, { "CALL_REJECTED", "busy" },
	{ NULL, "failed" }
};

static bool
is_cause(const char *s)
{
	return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen(s);
}

static const char *
meaning(const struct word *w, const char *word)
{
	while (w->word != NULL && strcmp(w->word, word) != 0)
		w++;
	return w->outcome;
}

/* A disposition says it; else an answer time does, and the cause why there is none. */
const char *
cdr_outcome(const struct cdr *r)
{
	const char *cause = r->v[CDR_CAUSE];

	if (r->v[CDR_DISPOSITION] != NULL)
		return meaning(dispositions, r->v[CDR_DISPOSITION]);
	if (r->has[CDR_DISPOSITION] || (cause == NULL ? r->has[CDR_CAUSE] : !is_cause(cause)))
		return NULL;
	if (r->v[CDR_ANSWER] != NULL)
		return "answered";
	return cause != NULL ? meaning(causes, cause) : "no_answer";
}

static size_t
digits_in(const char *s)
{
	size_t n = 0;

	for (; s != NULL && *s != '\0'; s++)
		n += isdigit((unsigned char)*s) != 0;
	return n;
}

/* A desk of ours: a short number, or a name as SIP users have them. */
static bool
is_extension(const char *s)
{
	return s != NULL && *s != '\0' && digits_in(s) <= EXTENSION_MAX;
}

static bool
is_number(const char *s)
{
	return s != NULL && digits_in(s) >= NUMBER_MIN;
}

static bool
is_withheld(const char *s)
{
	static const char *const hidden[] = {
		"anonymous", "unknown", "private", "restricted", "unavailable", "withheld"
	};
	size_t i;

	if (s == NULL)
		return true;
	for (i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
		if (strcasecmp(s, hidden[i]) == 0)
			return true;
	return false;
}

static bool
is_trunk(const char *name)
{
	static const char *const parts[] = { "trunk", "gateway", "gw", "provider", "carrier" };
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strcasestr(name, parts[i]) != NULL)
			return true;
	return false;
}

const char *
cdr_agent(const char *channel, struct arena *a)
{
	const char *name, *cut;
	char *s;

	if (channel == NULL || (name = strchr(channel, '/')) == NULL)
		return NULL;
	s = arena_str(a, name + 1);
	s[strcspn(s, "@;")] = '\0';
	/* sofia/internal/8007@host: the last part. */
	if ((cut = strrchr(s, '/')) != NULL)
		s = arena_str(a, cut + 1);
	cut = strrchr(s, '-');
	if (cut != NULL && cut > s && strspn(cut + 1, "0123456789abcdef") == strlen(cut + 1))
		s[cut - s] = '\0';
	return is_extension(s) && !is_trunk(s) ? s : NULL;
}

/* "王" <13800000000> */
static const char *
name_in(const char *clid, struct arena *a)
{
	const char *end;
	size_t len;

	if (clid == NULL || *clid != '"' || (end = strrchr(clid, '"')) == clid)
		return NULL;
	len = (size_t)(end - clid) - 1;
	return len > 0 ? arena_strn(a, clid + 1, len) : NULL;
}

static const char *
number_in(const char *clid, struct arena *a)
{
	const char *open = clid != NULL ? strrchr(clid, '<') : NULL;

	return open != NULL ? arena_strn(a, open + 1, strcspn(open + 1, ">")) : NULL;
}

/* Who called whom: a desk of ours is a short number; where both are long, our side is the
 * one with a desk's channel, our number (-a), or the inner context. */
static enum fact_direction
direction(const struct cdr *r, const char *src, const char *account, struct arena *a)
{
	const char *dst = r->v[CDR_DST], *context = r->v[CDR_CONTEXT];

	if (is_withheld(src) || (is_number(src) && !is_number(dst)))
		return FACT_IN;
	if (!is_number(src))
		return is_number(dst) ? FACT_OUT : FACT_NOTE;
	if (account != NULL && (strcmp(account, src) == 0 || strcmp(account, dst) == 0))
		return strcmp(account, src) == 0 ? FACT_OUT : FACT_IN;
	if (cdr_agent(r->v[CDR_CHANNEL], a) != NULL)
		return FACT_OUT;
	if (cdr_agent(r->v[CDR_DSTCHANNEL], a) != NULL || context == NULL)
		return FACT_IN;
	return strcmp(context, "default") == 0 || strstr(context, "internal") != NULL ||
	    strcasestr(context, "out") != NULL ? FACT_OUT : FACT_IN;
}

static bool
app_is(const struct cdr *r, const char *name)
{
	return r->v[CDR_LASTAPP] != NULL && strncasecmp(r->v[CDR_LASTAPP], name,
	    strlen(name)) == 0;
}

/* A line that was answered by a machine is not answered yet: somebody must have been
 * connected. */
static const char *
outcome_in(const struct cdr *r, const char *outcome)
{
	bool bridged = r->v[CDR_DSTCHANNEL] != NULL || !r->has[CDR_DSTCHANNEL];

	if (app_is(r, "VoiceMail"))
		return "voicemail";
	if (strcmp(outcome, "no_answer") == 0 && app_is(r, "Queue"))
		return "abandoned";
	if (strcmp(outcome, "answered") != 0 || bridged)
		return outcome;
	return app_is(r, "Queue") || app_is(r, "callcenter") || app_is(r, "fifo") ? "abandoned" :
	    app_is(r, "Dial") || app_is(r, "bridge") ? "no_answer" : "menu";
}

static int
read_time(const struct cdr *r, enum cdr_field field, const char *name,
    const struct intake_opts *o, int64_t *at, struct err *e)
{
	const char *s = r->v[field];
	struct err why;

	if (s == NULL || tm_parse(s, strlen(s), o->zone, at, &why) == 0)
		return 0;
	return err_set(e, ERR_DATA, "%s: %s", name, why.msg);
}

static int
read_times(const struct cdr *r, const struct intake_opts *o, struct fact_message *m,
    struct err *e)
{
	if (r->v[CDR_START] == NULL)
		return err_set(e, ERR_DATA, "start: no time");
	if (read_time(r, CDR_START, "start", o, &m->at, e) < 0 ||
	    read_time(r, CDR_ANSWER, "answer", o, &m->answered_at, e) < 0)
		return -1;
	return read_time(r, CDR_END, "end", o, &m->call.ended_at, e);
}

static int64_t
seconds(const struct cdr *r, enum cdr_field field)
{
	struct err ignored;
	int64_t ms;

	if (r->v[field] == NULL || csv_span((struct csv_cell){ r->v[field],
	    strlen(r->v[field]) }, 1000, &ms, &ignored) < 0)
		return FACT_NO_SPAN;
	return ms;
}

/* A queue that was answered at once was answered by a machine: how long the caller waited
 * in it, only its log knows. */
static void
fill_times(const struct cdr *r, struct fact_message *m)
{
	bool answered = strcmp(m->call.outcome, "answered") == 0;
	int64_t talk = seconds(r, CDR_BILLSEC), all = seconds(r, CDR_DURATION);

	if (m->call.ended_at == FACT_NO_TIME && all != FACT_NO_SPAN)
		m->call.ended_at = m->at + all;
	if (answered)
		m->call.talk_ms = talk;
	if (answered && app_is(r, "Queue") && m->answered_at != FACT_NO_TIME &&
	    m->answered_at - m->at <= 2000)
		m->answered_at = FACT_NO_TIME;
	call_complete(m);
}

static void
persons(const struct cdr *r, const char *src, struct fact *f, struct arena *a)
{
	struct fact_message *m = &f->message;
	const char *name = r->v[CDR_NAME] != NULL ? r->v[CDR_NAME] : name_in(r->v[CDR_CLID], a);
	const char *desk = cdr_agent(r->v[CDR_CHANNEL], a), **to;

	if (m->direction == FACT_IN) {
		f->who.phone = is_withheld(src) ? NULL : src;
		if (name != NULL && strcmp(name, src != NULL ? src : "") != 0 &&
		    !is_withheld(name))
			f->who.name = name;
		if (strcmp(m->call.outcome, "menu") != 0)
			f->agent.id = cdr_agent(r->v[CDR_DSTCHANNEL], a);
	} else {
		f->agent.id = is_extension(src) ? src : desk;
		if (m->direction == FACT_OUT)
			f->who.phone = r->v[CDR_DST];
	}
	if (f->who.phone != NULL)
		f->who.role = ROLE_CUSTOMER;
	if (f->agent.id != NULL)
		f->agent.role = ROLE_AGENT;
	if (r->v[CDR_DST] == NULL)
		return;
	to = arena_alloc(a, sizeof(*to));
	*to = r->v[CDR_DST];
	m->to = to;
	m->to_n = 1;
}

static const char *
joined(const char *s, char between, const char *t, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *all;

	buf_str(&b, s != NULL ? s : "");
	buf_char(&b, between);
	buf_str(&b, t != NULL ? t : "");
	all = arena_strn(a, b.p, b.len);
	buf_release(&b);
	return all;
}

/* The call's own id, else its channel and when it began: all of its records have it. */
static const char *
call_id(const struct cdr *r, struct arena *a)
{
	if (r->v[CDR_LINKEDID] != NULL)
		return r->v[CDR_LINKEDID];
	if (r->v[CDR_UNIQUEID] != NULL)
		return r->v[CDR_UNIQUEID];
	return r->v[CDR_CHANNEL] != NULL ? joined(r->v[CDR_CHANNEL], '@', r->v[CDR_START], a) :
	    NULL;
}

/* Calls of a number meet; desks among themselves have a talk of their own; who hides his
 * number is nobody we could know again. */
static const char *
thread(const struct cdr *r, const char *src, const struct fact *f, struct arena *a)
{
	const char *meets = call_thread(f->who.phone, a);

	if (f->message.direction == FACT_NOTE)
		return joined(src, '|', r->v[CDR_DST], a);
	return meets;
}

int
cdr_fact(const struct cdr *r, const struct intake_opts *o, struct arena *a,
    struct buf *extra, struct fact *f, struct err *e)
{
	const char *src = r->v[CDR_SRC] != NULL ? r->v[CDR_SRC] : number_in(r->v[CDR_CLID], a);
	const char *outcome = cdr_outcome(r);
	struct fact_message *m = &f->message;

	fact_init(f);
	f->kind = FACT_MESSAGE;
	f->channel = o->channel != NULL ? o->channel : "phone";
	f->account = o->account;
	f->external_id = call_id(r, a);
	if (outcome == NULL)
		return err_set(e, ERR_DATA, "\"%.40s\" is no disposition or cause of a call",
		    r->v[CDR_DISPOSITION] != NULL ? r->v[CDR_DISPOSITION] :
		    r->v[CDR_CAUSE] != NULL ? r->v[CDR_CAUSE] : "");
	if (read_times(r, o, m, e) < 0)
		return -1;
	m->direction = direction(r, src, o->account, a);
	m->call.outcome = m->direction == FACT_IN ? outcome_in(r, outcome) : outcome;
	fill_times(r, m);
	persons(r, src, f, a);
	m->thread = thread(r, src, f, a);
	m->text = call_words(m->direction, m->call.outcome);
	if (m->direction == FACT_IN && app_is(r, "Queue") && r->v[CDR_LASTDATA] != NULL)
		m->call.queue = arena_strn(a, r->v[CDR_LASTDATA],
		    strcspn(r->v[CDR_LASTDATA], ",|"));
	jtext_member(extra, "dcontext", r->v[CDR_CONTEXT]);
	jtext_member(extra, "channel", r->v[CDR_CHANNEL]);
	jtext_member(extra, "dstchannel", r->v[CDR_DSTCHANNEL]);
	jtext_member(extra, "lastapp", r->v[CDR_LASTAPP]);
	jtext_member(extra, "lastdata", r->v[CDR_LASTDATA]);
	jtext_member(extra, "hangup_cause", r->v[CDR_CAUSE]);
	if (r->v[CDR_LINKEDID] != NULL)
		jtext_member(extra, "uniqueid", r->v[CDR_UNIQUEID]);
	return 0;
}
