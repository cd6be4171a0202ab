/* answer_read - finds the article for a message and fills in the letters */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/conf.h"
#include "store/answer_own.h"
#include "store/consent.h"
#include "stream/jtext.h"
#include "time/tm.h"

/* Of a long message the beginning says what is wanted; offers count as advertising. */
enum { TEXT_LOOKED_AT = 1200 };
static const char advertising[] = "marketing";

int
answerer_init(struct answerer *a, struct err *e)
{
	char *path = NULL, *text = conf_text("answer/policy.conf", &path, e);

	if (text != NULL)
		a->policy = answer_policy_parse(path, text, e);
	free(path);
	free(text);
	if (a->policy == NULL)
		return -1;
	path = NULL;
	text = conf_text("routing/policy.conf", &path, e);
	if (text != NULL)
		a->routing = policy_parse(path, text, cal_get, e);
	free(path);
	free(text);
	return a->routing != NULL ? 0 : -1;
}

void
answerer_release(struct answerer *a)
{
	answer_policy_free(a->policy);
	policy_free(a->routing);
	letters_release(&a->letters);
	matter_release(&a->matter);
}

/* Labels of the record, else of the stored class; of the ticket's customer. */
static void
label(const struct answerer *a, const struct rec *r, const struct answer_message *m,
    struct answer_item *it)
{
	static const struct { enum dim dim; const char *path; } said[] = {
		{ DIM_TYPE, "class.type" }, { DIM_AREA, "class.area" },
		{ DIM_URGENCY, "class.urgency" }, { DIM_SENTIMENT, "class.sentiment" },
	};
	const char *const stored[] = { m->type, m->area, m->urgency, m->sentiment };
	struct labels *l = &it->c.labels;
	size_t i;

	for (i = 0; i < 4; i++) {
		const char *v = rec_text(r, said[i].path);

		l->v[said[i].dim] = v != NULL ? arena_str(&it->arena, v) : stored[i];
	}
	it->c.classified = m->classified || rec_node(r, "class") != NULL;
	l->v[DIM_CHANNEL] = arena_str(&it->arena, rec_text(r, "channel"));
	l->v[DIM_ACCOUNT] = arena_str(&it->arena, rec_text(r, "account"));
	l->v[DIM_LANGUAGE] = article_guess_language(rec_text(r, "text"));
	if (a->db == NULL)
		return;
	l->v[DIM_CHANNEL] = arena_str(&it->arena, a->matter.channel);
	l->v[DIM_ACCOUNT] = arena_str(&it->arena, a->matter.account_name);
	l->v[DIM_SEGMENT] = arena_str(&it->arena, a->matter.segment);
	if (strcmp(l->v[DIM_LANGUAGE], "en") == 0 && a->matter.language != NULL)
		l->v[DIM_LANGUAGE] = arena_str(&it->arena, a->matter.language);
}

/* What is asked: the subject and the beginning of the text. */
static const char *
question_of(const struct rec *r, struct arena *a)
{
	const char *subject = rec_text(r, "subject"), *text = rec_text(r, "text");
	size_t len = strlen(text);
	struct buf all = BUF_INIT;
	const char *s;

	if (len > TEXT_LOOKED_AT)
		for (len = TEXT_LOOKED_AT; ((unsigned char)text[len] & 0xC0) == 0x80; )
			len--;
	if (subject != NULL)
		buf_fmt(&all, "%s\n", subject);
	buf_add(&all, text, len);
	s = arena_strn(a, buf_cstr(&all), all.len);
	buf_release(&all);
	return s;
}

static int
find(struct answerer *a, const char *text, struct answer_item *it, struct err *e)
{
	struct question q = { .text = text, .now = a->now, .labels = it->c.labels };
	struct suggestion s[ANSWER_OTHERS + 1];
	int n = knowledge_ask(a->k, &q, s, ANSWER_OTHERS + 1, e), i;

	if (n <= 0)
		return n;
	it->best = s[0];
	it->best.passage = arena_str(&it->arena, s[0].passage);
	it->best.terms = arena_str(&it->arena, s[0].terms);
	it->c.article = &s[0].of->a;
	it->c.score = s[0].score;
	it->c.margin = s[0].score - (n > 1 ? s[1].score : 0);
	it->lang = it->c.labels.v[DIM_LANGUAGE];
	it->c.in_language = article_in(&s[0].of->a, it->lang) != NULL;
	for (i = 1; i < n; i++) {
		it->others[it->n_others].id = s[i].of->a.id;
		it->others[it->n_others++].score = s[i].score;
	}
	return 0;
}

/* A filled template, or why there is none. */
static void
fill(const struct template *t, const struct letter_values *v, struct answer_item *it,
    struct answer_letter *out)
{
	struct buf subject = BUF_INIT, body = BUF_INIT;
	struct err e;

	if (letter_fill(t, v, &subject, &body, &e) < 0) {
		out->why = arena_str(&it->arena, e.msg);
	} else {
		out->subject = subject.len > 0 ?
		    arena_strn(&it->arena, subject.p, subject.len) : NULL;
		out->text = arena_strn(&it->arena, buf_cstr(&body), body.len);
	}
	buf_release(&subject);
	buf_release(&body);
}

/* The answer of the article in the customer's language, with the customer's values. */
static void
fill_answer(struct answer_item *it, const struct letter_values *v, const char *subject)
{
	const struct article_text *text = article_in(it->c.article, it->lang);
	struct buf re = BUF_INIT;
	struct template t;
	struct err e;

	if (text == NULL)
		return;
	if (template_parse(&t, it->c.article->id, text->answer, article_fields, &e) < 0) {
		it->answer.why = arena_str(&it->arena, e.msg);
		return;
	}
	fill(&t, v, it, &it->answer);
	template_release(&t);
	if (it->answer.text != NULL && it->answer.subject == NULL) {
		if (subject != NULL && strncasecmp(subject, "re:", 3) != 0)
			buf_str(&re, "Re: ");
		buf_str(&re, subject != NULL ? subject : text->title);
		it->answer.subject = arena_strn(&it->arena, re.p, re.len);
		buf_release(&re);
	}
}

/* That a person will answer, and by when. */
static int
fill_acknowledgement(struct answerer *a, struct answer_item *it, struct letter_values *v,
    struct err *e)
{
	struct answer_due due;
	const struct template *t;
	int64_t since = a->matter.waiting_since_at != 0 ? a->matter.waiting_since_at : it->c.at;

	if (!answer_expect(a->routing, &it->c.labels, since, a->now, &due)) {
		it->acknowledgement.why = "no_promise";
		return 0;
	}
	if (due.due_at <= a->now) {
		it->acknowledgement.why = "overdue";
		return 0;
	}
	it->due_at = due.due_at;
	t = letters_get(&a->letters, LETTER_ANSWER, due.open ? "ack" : "ack-closed",
	    it->c.labels.v[DIM_CHANNEL], it->lang, "zh", e);
	if (t == NULL)
		return -1;
	v->v[LETTER_DUE] = letter_time(due.due_at, a->matter.zone != NULL ? a->matter.zone :
	    a->zone, &it->arena);
	fill(t, v, it, &it->acknowledgement);
	return 0;
}

static int
add_offer(struct answerer *a, struct answer_item *it, const struct article *offer,
    struct err *e)
{
	bool has = true;

	if (it->n_offers == ANSWER_OTHERS || !answer_offer_fits(offer, &it->c.labels))
		return 0;
	if (offer->order.n > 0 &&
	    answer_has_order(a->db, a->matter.root, &offer->order, &has, e) < 0)
		return -1;
	if (has)
		it->offers[it->n_offers++] = offer;
	return 0;
}

/* Offers that fit, unless the customer wants none. */
static int
find_offers(struct answerer *a, struct answer_item *it, struct err *e)
{
	struct question q = { .now = a->now, .labels = it->c.labels, .offers = true };
	enum consent_word word = CONSENT_UNKNOWN;
	size_t i;

	if (a->policy->offers == OFFER_NO || a->k->n_offers == 0 || a->matter.root == 0)
		return 0;
	if (consent_ask(a->db, a->matter.root, it->channel, advertising, &word, e) < 0)
		return -1;
	for (i = 0; i < a->k->n_offers && word != CONSENT_REFUSED; i++)
		if (knowledge_fits(&a->k->offers[i]->a, &q) &&
		    add_offer(a, it, &a->k->offers[i]->a, e) < 0)
			return -1;
	return 0;
}

static const char *
outbox_data(const struct answerer *a, const struct answer_item *it, struct arena *arena)
{
	struct buf text = BUF_INIT;
	const char *s;

	buf_char(&text, '{');
	if (it->best.of != NULL) {
		jtext_member(&text, "article", it->best.of->a.id);
		buf_fmt(&text, ",\"version\":%lld", (long long)it->best.of->version);
	}
	jtext_member(&text, "language", it->lang);
	if (*a->matter.account_name != '\0')
		jtext_member(&text, "account", a->matter.account_name);
	jtext_key(&text, "message");
	buf_fmt(&text, "%lld}", (long long)it->message);
	s = arena_strn(arena, text.p, text.len);
	buf_release(&text);
	return s;
}

/* All that must be read of a stored message and its ticket. */
static int
read_stored(struct answerer *a, const struct rec *r, const struct answer_message *m,
    struct answer_item *it, struct err *e)
{
	struct letter_values v = { { NULL } };
	int got;

	it->c.at = m->at;
	it->c.group = m->grouped;
	it->c.automatic = m->automatic;
	it->c.answered = a->matter.last_out_at > m->at;
	it->c.over = a->matter.merged || a->matter.resolved_at != 0;
	got = matter_address(a->db, &a->matter, "same", &it->channel, &it->recipient, e);
	if (got < 0 || find(a, question_of(r, &it->arena), it, e) < 0)
		return -1;
	it->c.reachable = got > 0;
	it->channel = arena_str(&it->arena, it->channel);
	it->recipient = arena_str(&it->arena, got > 0 ? it->recipient : NULL);
	it->lang = it->c.labels.v[DIM_LANGUAGE];
	letter_matter(&v, &a->matter, a->zone, &it->arena);
	v.v[LETTER_TODAY] = letter_date(a->now, a->zone, &it->arena);
	if (answer_order(a->db, it->message, a->matter.root, a->now, a->zone, &v, &it->arena,
	    e) < 0)
		return -1;
	if (it->best.of != NULL)
		fill_answer(it, &v, a->matter.subject);
	if (fill_acknowledgement(a, it, &v, e) < 0 || find_offers(a, it, e) < 0)
		return -1;
	it->data = outbox_data(a, it, &it->arena);
	return 0;
}

static int
read_item(struct answerer *a, const struct rec *r, struct answer_item *it, struct err *e)
{
	struct answer_message m = { .at = a->now };
	int got;

	it->zone = a->zone;
	it->c.now = it->c.at = a->now;
	it->lang = article_guess_language(rec_text(r, "text"));
	if (a->db == NULL) {
		label(a, r, &m, it);
		it->c.reachable = true;
		return find(a, question_of(r, &it->arena), it, e) < 0 ? -1 : 1;
	}
	if (!rec_int(r, "id", &it->message))
		return err_set(e, ERR_DATA, "no \"id\": csr-ingest gives one (or use -n)");
	got = answer_message_load(a->db, it->message, &it->arena, &m, e);
	if (got == 0)
		return err_set(e, ERR_DATA, "\"id\": no message %lld is stored",
		    (long long)it->message);
	if (got < 0 || !m.incoming || m.automatic || m.ticket == 0)
		return got < 0 ? -1 : 0;
	it->ticket = m.ticket;
	it->customer = m.customer;
	if (matter_load(a->db, m.ticket, &a->matter, e) < 0)
		return -1;
	label(a, r, &m, it);
	return read_stored(a, r, &m, it, e) < 0 ? -1 : 1;
}

int
answer_read(struct answerer *a, const struct rec *r, struct answer_item **item,
    struct err *e)
{
	const char *direction = rec_text(r, "direction"), *text = rec_text(r, "text");
	struct answer_item *it;
	int got;

	*item = NULL;
	if (!rec_is(r, "message") || rec_bool(r, "auto") || text == NULL || *text == '\0' ||
	    (direction != NULL && strcmp(direction, "in") != 0))
		return 0;
	it = xcalloc(1, sizeof(*it));
	if ((got = read_item(a, r, it, e)) > 0)
		*item = it;
	else
		answer_item_free(it);
	return got;
}

void
answer_item_free(struct answer_item *it)
{
	if (it == NULL)
		return;
	arena_release(&it->arena);
	free(it);
}
