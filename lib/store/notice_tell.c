/* notice_tell - the messages to our own people about clocks */
#include <string.h>

#include "store/notice_tell.h"
#include "stream/jtext.h"
#include "time/tm.h"

/* The code of whom WHO means, in a->scratch. */
static const char *
recipient(struct agenda *a, const struct plan *p, const char *who, const char *queue)
{
	struct buf name = BUF_INIT;
	const char *code;

	if (strcmp(who, "owner") == 0 && a->matter.agent != NULL)
		return a->matter.agent;
	if (strcmp(who, "owner") != 0 && strcmp(who, "queue") != 0)
		return plan_person(p, who, queue);
	buf_fmt(&name, "queue:%s", queue != NULL ? queue : "none");
	code = arena_strn(&a->scratch, name.p, name.len);
	buf_release(&name);
	return code;
}

static const char *
clock_words(int kind, const char *language)
{
	static const char *const zh[] = { "", "首次回复", "后续回复", "解决", "进展通报" };
	static const char *const en[] = { "", "first reply", "next reply", "resolution",
		"progress report" };

	return strcmp(language, "zh") == 0 ? zh[kind] : en[kind];
}

static char *
notice_data(struct agenda *a, const struct notice *n, int level)
{
	struct buf text = BUF_INIT;
	char at[TM_SIZE], *out;

	buf_char(&text, '{');
	jtext_member(&text, "plan", n->plan->name);
	jtext_member(&text, "case", n->chosen->name);
	jtext_member(&text, "clock", notice_kind_name(n->kind));
	buf_fmt(&text, ",\"level\":%d", level);
	jtext_member(&text, "due", tm_format(n->reckoned.due_at, a->zone, at));
	buf_char(&text, '}');
	out = arena_strn(&a->scratch, text.p, text.len);
	buf_release(&text);
	return out;
}

static struct node *
notice_why(const struct agenda *a, const struct notice *n, const struct plan_step *s,
    const char *who)
{
	struct node *why = node_array();
	struct buf line = BUF_INIT;
	char at[TM_SIZE];

	buf_fmt(&line, "plan:%s/%s", n->plan->name, n->chosen->name);
	node_push_text(why, line.p);
	buf_clear(&line);
	buf_fmt(&line, "%s clock due %s", notice_kind_name(n->kind),
	    tm_format(n->reckoned.due_at, a->zone, at));
	if (s->level != 1) {
		buf_str(&line, ", ");
		plan_time_words(&s->time, &line);
	}
	node_push_text(why, line.p);
	buf_clear(&line);
	buf_fmt(&line, "to:%s", who);
	node_push_text(why, line.p);
	buf_release(&line);
	return why;
}

static int
fill(struct agenda *a, const struct notice *n, int level, struct buf *subject,
    struct buf *body, struct err *e)
{
	const struct plan *p = n->plan;
	struct letter_values v = { .v = { NULL } };
	struct buf name = BUF_INIT;
	const struct template *t;
	int64_t over = a->now - n->reckoned.due_at;

	buf_fmt(&name, "%s-%s", n->chosen->template, level == 0 ? "warning" : "breach");
	t = letters_get(&a->letters, LETTER_CLOCK, name.p, p->by, p->language, NULL, e);
	buf_release(&name);
	if (t == NULL)
		return -1;
	letter_matter(&v, &a->matter, p->zone, &a->scratch);
	v.v[LETTER_CLOCK_NAME] = clock_words(n->kind, p->language);
	v.v[LETTER_DUE] = letter_time(n->reckoned.due_at, p->zone, &a->scratch);
	v.v[over < 0 ? LETTER_LEFT : LETTER_OVERDUE] =
	    letter_span(over < 0 ? -over : over, &a->scratch);
	return letter_fill(t, &v, subject, body, e);
}

/* Tells one person of one level; *id stays 0 when the letter lacks a value. */
static int
tell(struct agenda *a, const struct notice *n, const struct plan_step *s, const char *who,
    const char *code, int64_t *id, struct err *e)
{
	static const char *const kinds[] = { "sla_warning", "sla_breach", "sla_escalation" };
	struct buf subject = BUF_INIT, body = BUF_INIT, key = BUF_INIT;
	struct outbox_row o = { .kind = kinds[s->level < 2 ? s->level : 2],
		.audience = OUTBOX_STAFF, .channel = n->plan->by, .recipient = code,
		.ticket = n->ticket, .customer = a->matter.root, .created_at = a->now,
		.not_before_at = a->now };
	int got = fill(a, n, s->level, &subject, &body, e);

	if (got == 0) {
		buf_fmt(&key, "sla:%lld:%d:%s", (long long)n->clock, s->level, code);
		o.key = key.p;
		o.subject = buf_cstr(&subject);
		o.text = buf_cstr(&body);
		o.data = notice_data(a, n, s->level);
		got = agenda_queue(a, &o, a->explain ? notice_why(a, n, s, who) : NULL, id, e);
	} else if (e->code == ERR_DATA) {
		a->refused++;
		if (a->complain != NULL)
			a->complain(e);
		got = 0;
	}
	buf_release(&subject);
	buf_release(&body);
	buf_release(&key);
	return got < 0 ? -1 : 0;
}

static bool
is_told(struct plan_list *told, const char *code)
{
	size_t i;

	for (i = 0; i < told->n; i++)
		if (strcmp(told->v[i], code) == 0)
			return true;
	if (told->n < PLAN_LIST)
		told->v[told->n++] = code;
	return false;
}

int
notice_tell(struct agenda *a, const struct notice *n, const struct plan_step *s,
    struct plan_list *told, int64_t *outbox, const char **skipped, struct err *e)
{
	size_t i;

	*skipped = "told_already";
	for (i = 0; i < s->to.n; i++) {
		const char *code = recipient(a, n->plan, s->to.v[i], n->queue);
		int64_t id = 0;

		if (is_told(told, code))
			continue;
		if (tell(a, n, s, s->to.v[i], code, &id, e) < 0)
			return -1;
		if (*outbox == 0)
			*outbox = id;
		*skipped = *outbox != 0 ? NULL : "no_value";
	}
	return 0;
}

static int
fill_digest(struct agenda *a, const struct notice *n, struct buf *subject,
    struct buf *body, struct err *e)
{
	const struct notice_group *g = n->group;
	struct letter_values v = { .v = { NULL } };
	struct buf name = BUF_INIT, numbers[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
	const int64_t counts[] = { g->n, g->warned, g->breached };
	const struct template *t;
	int i, bad;

	buf_fmt(&name, "%s-digest", n->chosen->template);
	t = letters_get(&a->letters, LETTER_DIGEST, name.p, n->plan->by, n->plan->language,
	    NULL, e);
	for (i = 0; i < 3; i++) {
		buf_fmt(&numbers[i], "%lld", (long long)counts[i]);
		v.v[LETTER_COUNT + i] = numbers[i].p;
	}
	v.v[LETTER_QUEUE] = g->queue != NULL ? g->queue : "-";
	v.v[LETTER_TICKETS] = buf_cstr(&g->lines);
	bad = t == NULL ? -1 : letter_fill(t, &v, subject, body, e);
	buf_release(&name);
	for (i = 0; i < 3; i++)
		buf_release(&numbers[i]);
	return bad;
}

int
notice_digest(struct agenda *a, const struct notice *n, struct err *e)
{
	const struct plan *p = n->plan;
	struct buf subject = BUF_INIT, body = BUF_INIT, key = BUF_INIT;
	struct outbox_row o = { .kind = "sla_digest", .audience = OUTBOX_STAFF,
		.channel = p->by, .created_at = a->now, .not_before_at = a->now };
	int got = fill_digest(a, n, &subject, &body, e);

	if (got == 0) {
		buf_fmt(&key, "sla_digest:%s:%lld:%d", n->queue ? n->queue : "none",
		    (long long)n->clock, n->level);
		o.key = key.p;
		o.recipient = recipient(a, p, p->digest_to, n->queue);
		o.subject = buf_cstr(&subject);
		o.text = buf_cstr(&body);
		got = agenda_queue(a, &o, NULL, &n->group->outbox, e);
	}
	buf_release(&subject);
	buf_release(&body);
	buf_release(&key);
	return got < 0 ? -1 : 0;
}
