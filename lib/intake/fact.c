/* fact - what a source states, in the normal form: emptied, checked, printed */
#include <string.h>

#include "intake/fact.h"
#include "intake/fact_fields.h"
#include "stream/jtext.h"
#include "time/tm.h"

#define TEXT(k, m) { k, FIELD_TEXT, offsetof(struct fact, m), 0 }
#define TIME(k, m) { k, FIELD_TIME, offsetof(struct fact, m), 0 }
#define MONEY(k, m) { k, FIELD_MONEY, offsetof(struct fact, m), 0 }
#define COUNT(k, m) { k, FIELD_COUNT, offsetof(struct fact, m), 0 }
#define FLAG(k, m) { k, FIELD_FLAG, offsetof(struct fact, m), 0 }
#define SPAN(k, m) { k, FIELD_SPAN, offsetof(struct fact, m), 0 }
#define LIST(k, m, n) { k, FIELD_LIST, offsetof(struct fact, m), offsetof(struct fact, n) }
#define FIGURES(k, m, n) { k, FIELD_FIGURES, offsetof(struct fact, m), offsetof(struct fact, n) }
#define END { NULL, FIELD_TEXT, 0, 0 }

const struct fact_field fact_head[] = {
	TEXT("channel", channel), TEXT("account", account),
	TEXT("external_id", external_id), END
};

static const struct fact_field message_fields[] = {
	TIME("at", message.at), TEXT("thread", message.thread), TEXT("group", message.group),
	TEXT("ticket_external_id", message.ticket), TEXT("reply_to", message.reply_to),
	LIST("refs", message.refs, message.refs_n), LIST("to", message.to, message.to_n),
	LIST("mentions", message.mentions, message.mentions_n),
	TEXT("subject", message.subject), TEXT("text", message.text),
	FLAG("auto", message.automatic), COUNT("tag_ticket", message.tag_ticket),
	TEXT("tag_sign", message.tag_sign), TEXT("recalls", message.recalls),
	TEXT("status", message.status), TIME("answered_at", message.answered_at),
	TIME("solved_at", message.solved_at),
	COUNT("score", message.score), TEXT("comment", message.comment),
	FIGURES("reported", message.reported, message.reported_n),
	TIME("reported_at", message.reported_at), TEXT("call", message.call.outcome),
	TEXT("call_log", message.call.log), TEXT("queue", message.call.queue),
	SPAN("wait_ms", message.call.wait_ms), SPAN("talk_ms", message.call.talk_ms),
	TIME("ended_at", message.call.ended_at), END
};

static const struct fact_field order_fields[] = {
	TEXT("status", order.status), TEXT("title", order.title),
	MONEY("amount_minor", order.amount_minor), TEXT("currency", order.currency),
	TIME("ordered_at", order.ordered_at), TIME("paid_at", order.paid_at),
	TIME("starts_at", order.starts_at), TIME("ends_at", order.ends_at), END
};

static const struct fact_field event_fields[] = {
	TEXT("event", event.name), TIME("at", event.at), TEXT("subject", event.subject),
	TEXT("status", event.status), TEXT("thread", event.thread),
	COUNT("ticket", event.ticket), TEXT("cause", event.cause), TEXT("outcome", event.outcome),
	END
};

static const struct fact_field customer_fields[] = {
	TEXT("segment", customer.segment), TEXT("language", customer.language),
	TEXT("zone", customer.zone), END
};

static const struct fact_field metric_fields[] = {
	TEXT("about", metric.about), TEXT("subject", metric.subject),
	TIME("from_at", metric.from_at), TIME("to_at", metric.to_at),
	FIGURES("values", metric.values, metric.values_n), END
};

static const struct fact_field response_fields[] = {
	TEXT("form", response.form), TIME("at", response.at),
	MONEY("score", response.score), TEXT("comment", response.comment),
	TEXT("ticket", response.ticket), TEXT("mode", response.mode), END
};

const struct fact_field fact_person_fields[] = {
	{ "id", FIELD_TEXT, offsetof(struct fact_person, id), 0 },
	{ "name", FIELD_TEXT, offsetof(struct fact_person, name), 0 },
	{ "phone", FIELD_TEXT, offsetof(struct fact_person, phone), 0 },
	{ "email", FIELD_TEXT, offsetof(struct fact_person, email), 0 },
	{ "member", FIELD_TEXT, offsetof(struct fact_person, member), 0 }, END
};

const char *const fact_kinds[] = {
	"", "message", "customer", "order", "event", "metric", "response"
};
const char *const fact_directions[] = { "", "in", "out", "note" };
const char *const fact_roles[] = { "", "customer", "agent", "robot" };

const struct fact_field *
fact_fields(enum fact_kind kind)
{
	static const struct fact_field *const all[] = {
		customer_fields, message_fields, customer_fields, order_fields, event_fields,
		metric_fields, response_fields
	};

	return all[kind];
}

void
fact_init(struct fact *f)
{
	static const struct fact empty = {
		.message = { .at = FACT_NO_TIME, .answered_at = FACT_NO_TIME,
		    .solved_at = FACT_NO_TIME, .reported_at = FACT_NO_TIME,
		    .call = { .wait_ms = FACT_NO_SPAN, .talk_ms = FACT_NO_SPAN,
		    .ended_at = FACT_NO_TIME } },
		.order = { .amount_minor = FACT_NO_MONEY, .ordered_at = FACT_NO_TIME,
		    .paid_at = FACT_NO_TIME, .starts_at = FACT_NO_TIME,
		    .ends_at = FACT_NO_TIME },
		.event = { .at = FACT_NO_TIME },
		.metric = { .from_at = FACT_NO_TIME, .to_at = FACT_NO_TIME },
		.response = { .at = FACT_NO_TIME, .score = FACT_NO_SCORE }
	};

	*f = empty;
}

/* A list and its texts, all in A. */
static const char *const *
copied_list(const char *const *v, size_t n, struct arena *a)
{
	const char **copy = arena_alloc(a, (n + 1) * sizeof(*copy));
	size_t i;

	for (i = 0; i < n; i++)
		copy[i] = arena_str(a, v[i]);
	return copy;
}

static const struct fact_figure *
copied_figures(const struct fact_figure *v, size_t n, struct arena *a)
{
	struct fact_figure *copy = arena_alloc(a, (n + 1) * sizeof(*copy));
	size_t i;

	for (i = 0; i < n; i++)
		copy[i] = (struct fact_figure){ arena_str(a, v[i].name), v[i].value };
	return copy;
}

static void
copy_fields(void *base, const struct fact_field *d, struct arena *a)
{
	for (; d->key != NULL; d++) {
		void *at = (char *)base + d->at;

		if (d->type == FIELD_TEXT) {
			const char **text = at;

			*text = arena_str(a, *text);
		} else if (d->type == FIELD_LIST) {
			const char *const **list = at;

			*list = copied_list(*list, *(size_t *)(void *)((char *)base +
			    d->n_at), a);
		} else if (d->type == FIELD_FIGURES) {
			const struct fact_figure **list = at;
			size_t n = *(size_t *)(void *)((char *)base + d->n_at);

			*list = n > 0 ? copied_figures(*list, n, a) : NULL;
		}
	}
}

void
fact_copy(struct fact *to, const struct fact *from, struct arena *a)
{
	*to = *from;
	copy_fields(to, fact_head, a);
	copy_fields(to, fact_fields(to->kind), a);
	copy_fields(&to->who, fact_person_fields, a);
	copy_fields(&to->agent, fact_person_fields, a);
	to->extra = arena_str(a, to->extra);
}

static void
print_number(struct buf *out, const char *key, int64_t v, int64_t none)
{
	if (v == none)
		return;
	jtext_key(out, key);
	buf_fmt(out, "%lld", (long long)v);
}

static void
print_time(struct buf *out, const char *key, int64_t at, const struct zone *z)
{
	char text[TM_SIZE];

	if (at != FACT_NO_TIME)
		jtext_member(out, key, tm_format(at, z, text));
}

static void
print_figures(struct buf *out, const char *key, const struct fact_figure *v, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	jtext_key(out, key);
	buf_char(out, '{');
	for (i = 0; i < n; i++) {
		jtext_key(out, v[i].name);
		buf_fmt(out, "%lld", (long long)v[i].value);
	}
	buf_char(out, '}');
}

static void
print_field(struct buf *out, const struct fact_field *d, const void *base, const struct zone *z)
{
	const char *at = (const char *)base + d->at;

	switch (d->type) {
	case FIELD_TEXT:
		jtext_member(out, d->key, *(const char *const *)(const void *)at);
		break;
	case FIELD_TIME:
		print_time(out, d->key, *(const int64_t *)(const void *)at, z);
		break;
	case FIELD_MONEY:
		print_number(out, d->key, *(const int64_t *)(const void *)at, FACT_NO_MONEY);
		break;
	case FIELD_COUNT:
		print_number(out, d->key, *(const int64_t *)(const void *)at, 0);
		break;
	case FIELD_SPAN:
		print_number(out, d->key, *(const int64_t *)(const void *)at, FACT_NO_SPAN);
		break;
	case FIELD_FLAG:
		if (*(const bool *)at) {
			jtext_key(out, d->key);
			buf_str(out, "true");
		}
		break;
	case FIELD_LIST:
		jtext_list(out, d->key, *(const char *const *const *)(const void *)at,
		    *(const size_t *)(const void *)((const char *)base + d->n_at));
		break;
	case FIELD_FIGURES:
		print_figures(out, d->key, *(const struct fact_figure *const *)(const void *)at,
		    *(const size_t *)(const void *)((const char *)base + d->n_at));
		break;
	}
}

static void
print_fields(struct buf *out, const struct fact_field *d, const void *base, const struct zone *z)
{
	for (; d->key != NULL; d++)
		print_field(out, d, base, z);
}

static void
print_person(struct buf *out, const char *key, const struct fact_person *p)
{
	if (!fact_person_known(p) && p->name == NULL)
		return;
	jtext_key(out, key);
	buf_char(out, '{');
	print_fields(out, fact_person_fields, p, NULL);
	if (p->role != 0)
		jtext_member(out, "role", fact_roles[p->role]);
	buf_char(out, '}');
}

void
fact_print(const struct fact *f, const struct zone *z, struct buf *out)
{
	bool ours = f->kind == FACT_MESSAGE && f->message.direction != FACT_IN;

	buf_char(out, '{');
	jtext_member(out, "kind", fact_kinds[f->kind]);
	print_fields(out, fact_head, f, z);
	if (f->kind == FACT_MESSAGE) {
		jtext_member(out, "direction", fact_directions[f->message.direction]);
		print_person(out, "from", ours ? &f->agent : &f->who);
	}
	print_fields(out, fact_fields(f->kind), f, z);
	if (f->kind != FACT_MESSAGE || ours)
		print_person(out, "person", &f->who);
	if (!ours)
		print_person(out, "agent", &f->agent);
	if (f->extra != NULL) {
		jtext_key(out, "extra");
		buf_str(out, f->extra);
	}
	buf_char(out, '}');
}

struct node *
fact_to_node(const struct fact *f, const struct zone *z)
{
	struct buf text = BUF_INIT;
	struct node *n;
	struct err e;

	fact_print(f, z, &text);
	n = node_parse(text.p, text.len, &e);
	buf_release(&text);
	return n != NULL ? n : node_object();
}

bool
fact_person_known(const struct fact_person *p)
{
	return p->id != NULL || p->phone != NULL || p->email != NULL || p->member != NULL;
}
