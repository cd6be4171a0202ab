/* csv_facts - what a row of a CSV file states: a message and its answer, a customer */
#include <stdlib.h>
#include <string.h>

#include "intake/chat_text.h"
#include "intake/csv_row.h"
#include "intake/mentions.h"
#include "intake/wechat_text.h"

/* What each kind is called when neither the file nor the user says. */
static const char *const channels[CSV_KINDS] = {
	"other", "phone", "shop", "crm", "webchat", "webchat", "wecom", "phone",
	"sms"
};

static void
fill_common(struct csv_row *r, struct fact *f)
{
	const char *word = csv_row_word(r, SLOT_CHANNEL, "channel");

	f->channel = word;
	/* Where the source is known, its word for a channel nobody knows is something else. */
	if (word == NULL && r->head->channel != NULL)
		csv_row_keep(r, SLOT_CHANNEL);
	else if (word == NULL)
		f->channel = csv_row_text(r, SLOT_CHANNEL);
	if (f->channel == NULL)
		f->channel = r->opts->channel;
	if (f->channel == NULL)
		f->channel = r->head->channel;
	if (f->channel == NULL)
		f->channel = channels[r->head->kind];
	f->account = csv_row_text(r, SLOT_ACCOUNT);
	if (f->account == NULL)
		f->account = r->opts->account != NULL ? r->opts->account : r->head->account;
	f->external_id = csv_row_text(r, SLOT_EXTERNAL_ID);
	f->who.role = ROLE_CUSTOMER;
	f->who.id = csv_row_text(r, SLOT_CUSTOMER_ID);
	f->who.name = csv_row_text(r, SLOT_NAME);
	f->who.phone = csv_row_text(r, SLOT_PHONE);
	f->who.email = csv_row_text(r, SLOT_EMAIL);
	f->who.member = csv_row_text(r, SLOT_MEMBER);
	f->agent.id = csv_row_text(r, SLOT_AGENT);
	f->agent.name = csv_row_text(r, SLOT_AGENT_NAME);
	if (f->agent.id == NULL)
		f->agent.id = f->agent.name;
}

/* Who speaks. A word nobody knows would turn the conversation round: refused. */
static int
message_direction(struct csv_row *r, struct fact *f, struct err *e)
{
	const char *word = csv_row_word(r, SLOT_DIRECTION, "direction");
	const char *sender = csv_row_text(r, SLOT_SENDER);

	f->message.direction = FACT_IN;
	if (r->v[SLOT_DIRECTION].len == 0 && sender != NULL && strlen(sender) > 1 &&
	    (word = csv_row_word(r, SLOT_SENDER, "direction")) != NULL) {
		/* "visitor", "客服": who, not a name. */
		r->v[SLOT_SENDER].len = 0;
	}
	if (word == NULL && r->v[SLOT_DIRECTION].len > 0) {
		err_set(e, ERR_DATA, "\"%.40s\" is neither in nor out; name it in "
		    "aliases/values.conf", r->v[SLOT_DIRECTION].p);
		return csv_row_refuse(r, SLOT_DIRECTION, e);
	}
	if (word == NULL && sender != NULL && f->agent.id != NULL &&
	    strcmp(sender, f->agent.id) == 0)
		f->message.direction = FACT_OUT;
	if (word == NULL || strcmp(word, "in") == 0)
		return 0;
	f->message.direction = strcmp(word, "note") == 0 ? FACT_NOTE : FACT_OUT;
	f->message.automatic = strcmp(word, "robot") == 0;
	return 0;
}

/* Names beside ids: of the customer or of ours, as the direction has it. */
static void
message_names(struct csv_row *r, struct fact *f)
{
	const char *name = csv_row_text(r, SLOT_SENDER_NAME);
	struct fact_person *from = f->message.direction == FACT_IN ? &f->who : &f->agent;

	if (from->name == NULL)
		from->name = name;
	if (f->message.direction != FACT_IN && from->id == NULL)
		from->id = from->name;
}

/* Sender and receiver are the customer and one of ours, as the direction has it. */
static void
message_persons(struct csv_row *r, struct fact *f)
{
	struct fact_message *m = &f->message;
	const char *sender = csv_row_text(r, SLOT_SENDER), **to;
	bool ours = m->direction != FACT_IN;
	const char *theirs = ours ? csv_row_text(r, SLOT_RECEIVER) : sender;

	if (r->v[SLOT_RECEIVER].len > 0) {
		to = arena_alloc(&r->scratch, sizeof(*to));
		*to = r->v[SLOT_RECEIVER].p;
		m->to = to;
		m->to_n = 1;
	}
	if (!fact_person_known(&f->who) && m->group == NULL)
		f->who.id = theirs;
	else if (!ours && f->who.id == NULL)
		f->who.id = sender;
	if (ours && f->agent.id == NULL)
		f->agent.id = sender;
	f->agent.role = m->automatic ? ROLE_ROBOT : ROLE_AGENT;
}

/* A file that names people but has no ids: within a conversation the customer is known
 * by it, else by the name.  What we write says nothing of whom: the conversation does. */
static void
identify(const struct csv_row *r, struct fact *f)
{
	const struct fact_message *m = &f->message;

	if (fact_person_known(&f->who) ||
	    (m->direction != FACT_IN && (m->thread != NULL || m->group != NULL)))
		return;
	if (m->thread != NULL && m->group == NULL)
		f->who.id = m->thread;
	else if (m->group != NULL || m->ticket == NULL)
		f->who.id = csv_row_text(r, SLOT_NAME);
}

/* 5, 5.0, 5分, 5星 or a word; what else is written is kept, not scored. */
void
csv_row_score(struct csv_row *r, struct fact_message *m)
{
	const char *word = csv_row_word(r, SLOT_SCORE, "score");
	const char *s = csv_row_text(r, SLOT_SCORE);
	char *end;
	double v;

	if (s == NULL)
		return;
	v = strtod(s, &end);
	if (word != NULL)
		m->score = *word - '0';
	else if (end > s && v >= 1 && v <= 5 && v == (double)(int64_t)v && (*end == '\0' ||
	    strcmp(end, "分") == 0 || strcmp(end, "星") == 0))
		m->score = (int64_t)v;
	if (m->score == 0)
		csv_row_keep(r, SLOT_SCORE);
}

void
csv_row_state(struct csv_row *r, struct fact_message *m)
{
	csv_row_score(r, m);
	m->status = csv_row_word(r, SLOT_STATUS, "status");
	if (m->status == NULL)
		csv_row_keep(r, SLOT_STATUS);
}

static int
message_times(struct csv_row *r, struct fact_message *m, struct err *e)
{
	int64_t after = csv_row_figure(r, "first_response_ms");

	if (csv_row_at(r, &m->at, e) < 0 ||
	    csv_row_time(r, SLOT_SOLVED_AT, &m->solved_at, e) < 0 ||
	    csv_row_time(r, SLOT_UPDATED_AT, &m->reported_at, e) < 0 ||
	    csv_row_time(r, SLOT_ANSWERED_AT, &m->answered_at, e) < 0)
		return -1;
	if (m->answered_at == FACT_NO_TIME && after >= 0 && m->at != FACT_NO_TIME)
		m->answered_at = m->at + after;
	return 0;
}

/* The times the source reports; a ticket it calls solved without a time was so after its
 * full resolution time, or by its last change. */
static void
message_figures(struct csv_row *r, struct fact_message *m)
{
	int64_t after = csv_row_figure(r, "resolution_ms");
	bool over = m->status != NULL && (strcmp(m->status, "solved") == 0 ||
	    strcmp(m->status, "closed") == 0);

	m->reported = r->figures;
	m->reported_n = r->figures_n;
	if (!over || m->solved_at != FACT_NO_TIME || m->at == FACT_NO_TIME)
		return;
	m->solved_at = after >= 0 ? m->at + after : m->reported_at;
}

/* The answer a row holds beside its question is a message of its own. */
static void
split_answer(struct csv_row *r, struct fact *f, struct fact *answer)
{
	const char *text = csv_row_text(r, SLOT_ANSWER);
	struct fact_message *m = &answer->message;

	if (text == NULL || f->message.direction != FACT_IN)
		return;
	if (f->message.answered_at == FACT_NO_TIME) {
		csv_row_keep(r, SLOT_ANSWER);
		return;
	}
	*answer = *f;
	m->direction = FACT_OUT;
	m->at = f->message.answered_at;
	m->text = text;
	m->reply_to = f->external_id;
	m->subject = m->status = NULL;
	m->answered_at = m->solved_at = FACT_NO_TIME;
	m->score = 0;
	m->comment = NULL;
	m->reported_n = 0;
	m->reported_at = FACT_NO_TIME;
	if (f->external_id != NULL) {
		size_t len = strlen(f->external_id);
		char *id = arena_alloc(&r->scratch, len + sizeof("/answer"));

		memcpy(id, f->external_id, len);
		memcpy(id + len, "/answer", sizeof("/answer"));
		answer->external_id = id;
	}
}

/* The channel itself said it. */
static void
by_system(struct fact *f)
{
	f->message.direction = FACT_NOTE;
	f->message.automatic = true;
	memset(&f->agent, 0, sizeof(f->agent));
}

/* WeChat's export has types as numbers, and XML where it is no text. */
static void
wechat_type(struct csv_row *r, struct fact *f)
{
	bool told;
	const char *text = wechat_text(csv_row_text(r, SLOT_MSGTYPE), f->message.text, &r->text,
	    &told);

	csv_row_keep(r, SLOT_MSGTYPE);
	if (text != f->message.text)
		csv_row_keep(r, SLOT_TEXT);
	f->message.text = text;
	if (told)
		by_system(f);
}

/* What is no text, a picture or a call, is named: [图片]. */
static void
message_type(struct csv_row *r, struct fact *f)
{
	struct fact_message *m = &f->message;
	const char *word = csv_row_word(r, SLOT_MSGTYPE, "msgtype");

	if (r->v[SLOT_MSGTYPE].len == 0 || (word != NULL && strcmp(word, "text") == 0))
		return;
	if (r->head->wechat) {
		wechat_type(r, f);
		return;
	}
	csv_row_keep(r, SLOT_MSGTYPE);
	if (word == NULL)
		return;
	if (strcmp(word, "system") == 0)
		by_system(f);
	if (m->text == NULL)
		m->text = chat_label(word);
}

/* WeChat's ids of groups end so. */
static bool
is_chatroom(const char *thread)
{
	static const char ending[] = "@chatroom";
	size_t len = thread != NULL ? strlen(thread) : 0;

	return len > sizeof(ending) - 1 && strcmp(thread + len - sizeof(ending) + 1, ending) == 0;
}

static int
message_fact(struct csv_row *r, struct fact *f, struct fact *answer, struct err *e)
{
	struct fact_message *m = &f->message;

	m->thread = csv_row_text(r, SLOT_THREAD);
	m->group = csv_row_text(r, SLOT_GROUP);
	m->ticket = csv_row_text(r, SLOT_TICKET);
	m->reply_to = csv_row_text(r, SLOT_REPLY_TO);
	if (m->reply_to != NULL && strcmp(m->reply_to, "0") == 0)
		m->reply_to = NULL;
	m->subject = csv_row_text(r, SLOT_SUBJECT);
	m->text = csv_row_text(r, SLOT_TEXT);
	if (m->thread == NULL)
		m->thread = m->group;
	if (m->group == NULL && is_chatroom(m->thread))
		m->group = m->thread;
	if (message_times(r, m, e) < 0 || message_direction(r, f, e) < 0)
		return -1;
	message_persons(r, f);
	message_names(r, f);
	identify(r, f);
	message_type(r, f);
	if (m->group != NULL)
		mentions_set(m, &r->scratch);
	csv_row_state(r, m);
	m->comment = csv_row_text(r, SLOT_COMMENT);
	message_figures(r, m);
	split_answer(r, f, answer);
	return 0;
}

int
csv_row_facts(struct csv_row *r, struct fact *f, struct fact *answer, struct err *e)
{
	static const enum fact_kind kinds[CSV_KINDS] = {
		FACT_MESSAGE, FACT_MESSAGE, FACT_ORDER, FACT_CUSTOMER, FACT_RESPONSE,
		FACT_METRIC, FACT_EVENT, FACT_MESSAGE, FACT_MESSAGE
	};
	int bad;

	fact_init(f);
	f->kind = kinds[r->head->kind];
	answer->kind = FACT_NONE;
	fill_common(r, f);
	switch (r->head->kind) {
	case CSV_MESSAGE:
		bad = message_fact(r, f, answer, e);
		break;
	case CSV_CALL:
		bad = csv_call_fact(r, f, e);
		break;
	case CSV_ORDER:
		bad = csv_order_fact(r, f, e);
		break;
	case CSV_RESPONSE:
		bad = csv_response_fact(r, f, e);
		break;
	case CSV_NOTE:
		bad = csv_note_fact(r, f, e);
		break;
	case CSV_SMS:
		bad = csv_sms_fact(r, f, answer, e);
		break;
	case CSV_METRIC:
		bad = csv_metric_fact(r, f, e);
		break;
	case CSV_MEMBER:
		bad = csv_member_fact(r, f, e);
		break;
	default:
		bad = csv_customer_fact(r, f, e);
	}
	if (r->extra.len > 1) {
		buf_char(&r->extra, '}');
		f->extra = r->extra.p;
	}
	return bad;
}
