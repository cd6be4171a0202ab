/* letter - the texts of share/templates, chosen by purpose, channel and language */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/letter.h"
#include "time/tm.h"

enum { TEXT_MAX = 64 * 1024 };

#define FOR(kind) (1u << LETTER_##kind)
static const struct {
	const char *name;
	unsigned kinds;		/* of letters that may use it */
} fields[LETTER_FIELDS] = {
	[LETTER_TICKET] = { "ticket", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) | FOR(ANSWER) },
	[LETTER_SUBJECT] = { "subject", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) |
		FOR(ANSWER) },
	[LETTER_EXTERNAL] = { "external_id", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) |
		FOR(ANSWER) },
	[LETTER_CUSTOMER_NAME] = { "customer", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) |
		FOR(ANSWER) },
	[LETTER_AGENT] = { "agent", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) | FOR(ANSWER) },
	[LETTER_QUEUE] = { "queue", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) | FOR(DIGEST) |
		FOR(ANSWER) },
	[LETTER_CHANNEL] = { "channel", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) | FOR(ANSWER) },
	[LETTER_AREA] = { "area", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) | FOR(ANSWER) },
	[LETTER_URGENCY] = { "urgency", FOR(CLOCK) },
	[LETTER_OPENED] = { "opened", FOR(CUSTOMER) | FOR(SURVEY) | FOR(CLOCK) | FOR(ANSWER) },
	[LETTER_RESOLVED] = { "resolved", FOR(CUSTOMER) | FOR(SURVEY) },
	[LETTER_ANSWERED] = { "answered", FOR(CUSTOMER) },
	[LETTER_MIN] = { "min", FOR(SURVEY) },
	[LETTER_MAX] = { "max", FOR(SURVEY) },
	[LETTER_CLOCK_NAME] = { "clock", FOR(CLOCK) },
	[LETTER_DUE] = { "due", FOR(CLOCK) | FOR(ANSWER) },
	[LETTER_LEFT] = { "left", FOR(CLOCK) },
	[LETTER_OVERDUE] = { "overdue", FOR(CLOCK) },
	[LETTER_COUNT] = { "count", FOR(DIGEST) },
	[LETTER_WARNED] = { "warned", FOR(DIGEST) },
	[LETTER_BREACHED] = { "breached", FOR(DIGEST) },
	[LETTER_TICKETS] = { "tickets", FOR(DIGEST) },
	[LETTER_ORDER_NO] = { "order_no", FOR(ANSWER) },
	[LETTER_ORDER_TITLE] = { "order_title", FOR(ANSWER) },
	[LETTER_ORDER_STATUS] = { "order_status", FOR(ANSWER) },
	[LETTER_ORDER_AMOUNT] = { "order_amount", FOR(ANSWER) },
	[LETTER_ORDER_START] = { "order_start", FOR(ANSWER) },
	[LETTER_ORDER_END] = { "order_end", FOR(ANSWER) },
	[LETTER_TODAY] = { "today", FOR(ANSWER) },
};

static void
fields_of(enum letter_kind kind, struct template_field out[LETTER_FIELDS + 1])
{
	size_t i, n = 0;

	for (i = 0; i < LETTER_FIELDS; i++)
		if (fields[i].kinds & (1u << kind))
			out[n++].name = fields[i].name;
	out[n].name = NULL;
}

/* NAME-CHANNEL.LANG.txt or, CHANNEL NULL, NAME.LANG.txt; NULL if there is none. */
static char *
path_of(const char *name, const char *channel, const char *lang)
{
	struct buf file = BUF_INIT;
	struct err e;
	char *path;

	buf_fmt(&file, "templates/%s%s%s.%s.txt", name, channel ? "-" : "",
	    channel ? channel : "", lang);
	path = conf_find(file.p, &e);
	buf_release(&file);
	return path;
}

static char *
find(const char *name, const char *channel, const char *language, const char *other,
    struct err *e)
{
	const char *const langs[] = { language, other };
	char *path = NULL;
	size_t i;

	for (i = 0; i < 2 && path == NULL; i++) {
		if (langs[i] == NULL)
			continue;
		path = path_of(name, channel, langs[i]);
		if (path == NULL)
			path = path_of(name, NULL, langs[i]);
	}
	if (path == NULL)
		err_set(e, ERR_CONFIG, "templates/%s.%s.txt: not found", name,
		    language ? language : other);
	return path;
}

static struct template *
read_file(struct letters *l, enum letter_kind kind, const char *path, struct err *e)
{
	struct template_field known[LETTER_FIELDS + 1];
	struct template *t = arena_alloc(&l->memory, sizeof(*t));
	char *text = conf_read(path, TEXT_MAX, NULL, e);
	int bad;

	if (text == NULL)
		return NULL;
	fields_of(kind, known);
	bad = template_parse(t, path, text, known, e);
	free(text);
	return bad == 0 ? t : NULL;
}

const struct template *
letters_get(struct letters *l, enum letter_kind kind, const char *name,
    const char *channel, const char *language, const char *other, struct err *e)
{
	struct template *t = NULL;
	union map_value *known;
	struct buf key = BUF_INIT;
	char *path;

	buf_fmt(&key, "%d %s %s %s", (int)kind, name, channel, language ? language : other);
	known = map_get(&l->known, key.p, key.len);
	if (known == NULL && (path = find(name, channel, language, other, e)) != NULL) {
		t = read_file(l, kind, path, e);
		free(path);
		if (t != NULL)
			map_put(&l->known, key.p, key.len, NULL)->ptr = t;
	}
	buf_release(&key);
	return known != NULL ? known->ptr : t;
}

void
letters_release(struct letters *l)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_each(&l->known, &at)) != NULL)
		if (slot->value.ptr != NULL)
			template_release(slot->value.ptr);
	map_release(&l->known);
	arena_release(&l->memory);
}

const char *
letter_time(int64_t at, const struct zone *z, struct arena *a)
{
	char text[TM_SIZE];

	tm_format(at, z, text);
	text[10] = ' ';
	text[16] = '\0';
	return arena_str(a, text);
}

const char *
letter_date(int64_t at, const struct zone *z, struct arena *a)
{
	char text[TM_SIZE];

	tm_format(at, z, text);
	return arena_strn(a, text, 10);
}

const char *
letter_span(int64_t ms, struct arena *a)
{
	char text[TM_SIZE];

	return arena_str(a, ms < TM_MINUTE_MS ? "1m" :
	    tm_format_span(ms - ms % TM_MINUTE_MS, text));
}

void
letter_matter(struct letter_values *v, const struct matter *m, const struct zone *z,
    struct arena *a)
{
	struct buf ticket = BUF_INIT;

	buf_fmt(&ticket, "%lld", (long long)m->ticket);
	v->v[LETTER_TICKET] = arena_strn(a, ticket.p, ticket.len);
	buf_release(&ticket);
	v->v[LETTER_SUBJECT] = m->subject;
	v->v[LETTER_EXTERNAL] = m->external_id;
	v->v[LETTER_CUSTOMER_NAME] = m->name;
	v->v[LETTER_AGENT] = m->agent_name != NULL ? m->agent_name : m->agent;
	v->v[LETTER_QUEUE] = m->queue;
	v->v[LETTER_CHANNEL] = m->channel;
	v->v[LETTER_AREA] = m->area;
	v->v[LETTER_URGENCY] = m->urgency;
	v->v[LETTER_OPENED] = letter_time(m->opened_at, z, a);
	v->v[LETTER_RESOLVED] = m->resolved_at ? letter_time(m->resolved_at, z, a) : NULL;
	v->v[LETTER_ANSWERED] = m->last_out_at ? letter_time(m->last_out_at, z, a) : NULL;
}

int
letter_fill(const struct template *t, const struct letter_values *v, struct buf *subject,
    struct buf *body, struct err *e)
{
	struct template_field filled[LETTER_FIELDS + 1];
	size_t i;

	for (i = 0; i < LETTER_FIELDS; i++)
		filled[i] = (struct template_field){ fields[i].name, v->v[i] };
	filled[LETTER_FIELDS].name = NULL;
	return template_fill(t, filled, subject, body, e);
}
