/* act_words - what our people say: to the customer, and among themselves */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "store/act.h"
#include "store/event.h"
#include "store/message.h"
#include "store/outbox.h"
#include "stream/jtext.h"

DB_SQL(WORDS_THREAD, "SELECT h.name, h.grouped FROM ticket AS t "
    "JOIN thread AS h ON h.id = t.thread WHERE t.id = :id");
DB_SQL(WORDS_LAST_IN, "SELECT external_id FROM message WHERE ticket = :id AND direction = 1 "
    "ORDER BY at DESC, id DESC LIMIT 1");

/* An answer on its way: where it goes and what it answers.  Texts in the matter's arena. */
struct answer {
	struct fact f;
	const char *channel, *address, *answers;
	bool grouped;
	char id[128], key[96];
};

static int
find_thread(struct acting *a, struct answer *w, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &WORDS_THREAD, e);
	const char *name;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", a->matter.ticket);
	if ((got = stmt_step(s, e)) > 0) {
		name = arena_str(&a->matter.text, stmt_col_text(s, 0));
		w->grouped = stmt_col_int(s, 1) != 0;
		w->f.message.thread = name;
		w->f.message.group = w->grouped ? name : NULL;
	}
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

static int
find_question(struct acting *a, struct answer *w, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &WORDS_LAST_IN, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", a->matter.ticket);
	if ((got = stmt_step(s, e)) > 0)
		w->answers = arena_str(&a->matter.text, stmt_col_text(s, 0));
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* A group is answered in the group. */
static int
find_address(struct acting *a, struct answer *w, const char *channel, struct err *e)
{
	int got;

	if (w->grouped && channel == NULL) {
		w->channel = a->matter.channel;
		w->address = w->f.message.thread;
		return 0;
	}
	got = matter_address(a->db, &a->matter, channel != NULL ? channel : "same", &w->channel,
	    &w->address, e);
	if (got == 0)
		return err_set(e, ERR_DATA, "the customer of ticket %lld has no address for %s",
		    (long long)a->matter.ticket, channel != NULL ? channel : a->matter.channel);
	return got < 0 ? -1 : 0;
}

static void
fill_fact(struct acting *a, struct fact *f, enum fact_direction direction, const char *text)
{
	f->kind = FACT_MESSAGE;
	f->channel = a->matter.channel;
	f->account = a->matter.account_name;
	f->agent.id = a->actor;
	f->agent.role = ROLE_AGENT;
	f->message.number = a->matter.ticket;
	f->message.direction = direction;
	f->message.text = text;
}

static int
compose(struct acting *a, const struct act_words *w, const char *channel, struct err *e)
{
	struct letter_values v = { .v = { NULL } };
	const struct matter *m = &a->matter;
	const struct template *t;

	buf_clear(&a->subject);
	buf_clear(&a->body);
	if (w->template != NULL) {
		t = letters_get(&a->letters, LETTER_CUSTOMER, w->template, channel, m->language,
		    "zh", e);
		arena_clear(&a->scratch);
		letter_matter(&v, m, m->zone != NULL ? m->zone : a->zone, &a->scratch);
		if (t == NULL || letter_fill(t, &v, &a->subject, &a->body, e) < 0)
			return -1;
	} else {
		buf_str(&a->body, w->text);
	}
	if (w->subject != NULL) {
		buf_clear(&a->subject);
		buf_str(&a->subject, w->subject);
	} else if (a->subject.len == 0 && m->subject != NULL) {
		buf_fmt(&a->subject, "%s%s", strncasecmp(m->subject, "re:", 3) == 0 ? "" : "Re: ",
		    m->subject);
	}
	return a->body.len > 0 ? 0 : err_set(e, ERR_DATA, "nothing to say");
}

/* The same words to the same question are the same answer; a mail's id is also its
 * Message-ID, so that our own copy of it comes back as known. */
static void
name_answer(struct acting *a, struct answer *w)
{
	const char *at = a->matter.account_name != NULL ?
	    strrchr(a->matter.account_name, '@') : NULL;
	char hash[MESSAGE_HASH_SIZE];

	w->f.message.at = a->matter.last_in_at;
	message_hash(&w->f, hash);
	snprintf(w->key, sizeof(w->key), "reply:%lld:%s", (long long)a->matter.ticket, hash + 7);
	snprintf(w->id, sizeof(w->id), "csr.%s@%.60s", hash + 7,
	    at != NULL && at[1] != '\0' ? at + 1 : "csr.invalid");
	w->f.external_id = w->id;
	w->f.message.at = a->now;
}

static int
ingest(struct acting *a, const struct fact *f, struct ingest_out *done, struct err *e)
{
	struct fact *held = arena_alloc(&a->held, sizeof(*held));

	fact_copy(held, f, &a->held);
	return ingest_fact(&a->in, held, done, e);
}

static int
queue(struct acting *a, const struct answer *w, int64_t message, struct acted *out,
    struct err *e)
{
	struct outbox_row row = { .key = w->key, .kind = "reply", .audience = OUTBOX_CUSTOMER,
		.channel = w->channel, .recipient = w->address, .ticket = a->matter.ticket,
		.customer = a->matter.customer, .subject = buf_cstr(&a->subject),
		.text = buf_cstr(&a->body), .created_at = a->now, .not_before_at = a->now };
	int got;

	buf_clear(&a->data);
	buf_fmt(&a->data, "{\"message\":%lld", (long long)message);
	jtext_member(&a->data, "message_id", w->id);
	jtext_member(&a->data, "in_reply_to", w->answers);
	jtext_member(&a->data, "actor", a->actor);
	buf_char(&a->data, '}');
	row.data = buf_cstr(&a->data);
	got = outbox_add(a->db, &row, &out->outbox, e);
	out->is_new = got > 0;
	return got < 0 ? -1 : 0;
}

int
act_reply(struct acting *a, int64_t ticket, const struct act_words *words,
    struct acted *out, struct err *e)
{
	struct answer w = { .channel = NULL };
	struct ingest_out done;

	fact_init(&w.f);
	if (act_find(a, &ticket, e) < 0 || matter_load(a->db, ticket, &a->matter, e) < 0 ||
	    find_thread(a, &w, e) < 0 || find_question(a, &w, e) < 0 ||
	    find_address(a, &w, words->channel, e) < 0 ||
	    compose(a, words, w.channel, e) < 0)
		return -1;
	fill_fact(a, &w.f, FACT_OUT, buf_cstr(&a->body));
	w.f.message.subject = a->subject.len > 0 ? buf_cstr(&a->subject) : NULL;
	w.f.message.reply_to = w.answers;
	if (strcmp(w.channel, a->matter.channel) != 0) {
		buf_clear(&a->data);
		buf_char(&a->data, '{');
		jtext_member(&a->data, "via", w.channel);
		buf_char(&a->data, '}');
		w.f.extra = buf_cstr(&a->data);
	}
	name_answer(a, &w);
	*out = (struct acted){ .ticket = ticket };
	if (ingest(a, &w.f, &done, e) < 0)
		return -1;
	out->message = done.id;
	return queue(a, &w, done.id, out, e);
}

int
act_note(struct acting *a, int64_t ticket, const char *text, struct acted *out,
    struct err *e)
{
	struct answer w = { .channel = NULL };
	struct ingest_out done;

	if (*text == '\0')
		return err_set(e, ERR_DATA, "nothing to note");
	fact_init(&w.f);
	if (act_find(a, &ticket, e) < 0 || matter_load(a->db, ticket, &a->matter, e) < 0 ||
	    find_thread(a, &w, e) < 0)
		return -1;
	fill_fact(a, &w.f, FACT_NOTE, text);
	w.f.message.at = a->now;
	*out = (struct acted){ .ticket = ticket };
	if (ingest(a, &w.f, &done, e) < 0)
		return -1;
	out->message = done.id;
	out->is_new = done.is_new;
	return 0;
}
