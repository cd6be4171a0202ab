/* answer_store - decides what to say, queues it, notes it */
#include <math.h>
#include <string.h>

#include "store/answer_own.h"
#include "time/tm.h"

DB_SQL(ANSWER_PUT, "INSERT INTO answer (message, ticket, article, version, score, margin, "
    "automatic, why, outbox, at) VALUES (:message, :ticket, :article, :version, :score, "
    ":margin, :automatic, :why, :outbox, :at) ON CONFLICT (message) DO NOTHING");
DB_SQL(ANSWER_KNOWN, "SELECT automatic, outbox FROM answer WHERE message = :message");
DB_SQL(ANSWER_TOLD, "SELECT count(*) FROM outbox WHERE ticket = :ticket "
    "AND (kind = 'answer' OR kind = 'ack')");
DB_SQL(ANSWER_TO_CUSTOMER, "SELECT count(*) FROM outbox WHERE recipient = :recipient "
    "AND created_at > :since AND (kind = 'answer' OR kind = 'ack')");
DB_SQL(ANSWER_IN_ALL, "SELECT count(*) FROM outbox WHERE created_at > :since "
    "AND (kind = 'answer' OR kind = 'ack')");

static int
count(struct stmt *s, int64_t *n, struct err *e)
{
	return stmt_one(s, n, e) < 0 ? -1 : 0;
}

/* What was said by now: to this ticket, this address, everybody. */
static int
count_sent(struct answerer *a, struct answer_item *it, struct err *e)
{
	const struct answer_policy *p = a->policy;
	struct stmt *s = db_stmt(a->db, &ANSWER_TOLD, e);
	int64_t told = 0;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", it->ticket);
	if (count(s, &told, e) < 0)
		return -1;
	it->c.told = told > 0;
	if (it->recipient != NULL && p->customer.n > 0) {
		if ((s = db_stmt(a->db, &ANSWER_TO_CUSTOMER, e)) == NULL)
			return -1;
		stmt_text(s, ":recipient", it->recipient);
		stmt_int(s, ":since", a->now - p->customer.ms);
		if (count(s, &it->c.to_customer, e) < 0)
			return -1;
	}
	if (p->all.n == 0)
		return 0;
	if ((s = db_stmt(a->db, &ANSWER_IN_ALL, e)) == NULL)
		return -1;
	stmt_int(s, ":since", a->now - p->all.ms);
	return count(s, &it->c.in_all, e);
}

/* Adds a reason that only the filling in could tell. */
static void
against(const char *why[ANSWER_WHY_MAX], size_t *n, const struct answer_letter *l)
{
	if (l->text == NULL && l->why != NULL && *n < ANSWER_WHY_MAX)
		why[(*n)++] = l->why;
}

static void
decide(struct answerer *a, struct answer_item *it)
{
	it->n_why = answer_refusals(a->policy, &it->c, it->why);
	if (a->db == NULL) {
		it->sent = it->n_why == 0;
		return;
	}
	against(it->why, &it->n_why, &it->answer);
	it->sent = it->n_why == 0 && it->answer.text != NULL;
	if (it->sent)
		return;
	it->n_why_not_ack = acknowledge_refusals(a->policy, &it->c, it->why_not_ack);
	against(it->why_not_ack, &it->n_why_not_ack, &it->acknowledgement);
	it->acknowledged = it->n_why_not_ack == 0 && it->acknowledgement.text != NULL;
}

/* The answer, with offers below it when the policy says so. */
static const char *
answer_text(const struct answerer *a, struct answer_item *it)
{
	struct buf text = BUF_INIT;
	const char *s;
	size_t i;

	buf_str(&text, it->answer.text);
	for (i = 0; i < it->n_offers && a->policy->offers == OFFER_SEND; i++) {
		const struct article_text *t = article_in(it->offers[i], it->lang);
		struct template parsed;
		struct letter_values none = { { NULL } };
		struct buf subject = BUF_INIT, body = BUF_INIT;
		struct err e;

		if (t == NULL || template_parse(&parsed, it->offers[i]->id, t->answer,
		    article_fields, &e) < 0)
			continue;
		if (letter_fill(&parsed, &none, &subject, &body, &e) == 0)
			buf_fmt(&text, "\n\n%s\n%s", t->title, buf_cstr(&body));
		template_release(&parsed);
		buf_release(&subject);
		buf_release(&body);
	}
	s = arena_strn(&it->arena, text.p, text.len);
	buf_release(&text);
	return s;
}

/* 1 when it was queued, 0 when the ticket has one already. */
static int
queue(struct answerer *a, struct answer_item *it, struct err *e)
{
	const struct answer_letter *l = it->sent ? &it->answer : &it->acknowledgement;
	struct buf key = BUF_INIT;
	struct outbox_row row = { .kind = it->sent ? "answer" : "ack",
		.audience = OUTBOX_CUSTOMER, .channel = it->channel, .recipient = it->recipient,
		.ticket = it->ticket, .customer = it->customer, .subject = l->subject,
		.data = it->data, .created_at = a->now, .not_before_at = a->now };
	int got;

	row.text = it->sent ? answer_text(a, it) : l->text;
	buf_fmt(&key, "%s:%lld", row.kind, (long long)it->ticket);
	row.key = key.p;
	got = a->dry_run ? 1 : outbox_add(a->db, &row, &it->outbox, e);
	buf_release(&key);
	return got;
}

static struct node *
words(const char *const *why, size_t n)
{
	struct node *list = node_array();
	size_t i;

	for (i = 0; i < n; i++)
		node_push_text(list, why[i]);
	return list;
}

static int
note(struct answerer *a, const struct answer_item *it, struct err *e)
{
	struct node *why = words(it->why, it->n_why);
	struct stmt *s = db_stmt(a->db, &ANSWER_PUT, e);
	struct buf text = BUF_INIT;
	int bad = -1;

	node_print(why, &text);
	node_free(why);
	if (s != NULL) {
		stmt_int(s, ":message", it->message);
		stmt_int(s, ":ticket", it->ticket);
		if (it->best.of != NULL) {
			stmt_text(s, ":article", it->best.of->a.id);
			stmt_int(s, ":version", it->best.of->version);
			stmt_real(s, ":score", it->c.score);
			stmt_real(s, ":margin", it->c.margin);
		}
		stmt_int(s, ":automatic", it->sent);
		stmt_text(s, ":why", text.p);
		stmt_id(s, ":outbox", it->outbox);
		stmt_int(s, ":at", a->now);
		bad = stmt_run(s, e);
	}
	buf_release(&text);
	return bad;
}

/* A message that was dealt with before keeps what was decided then: 1 if it was. */
static int
was_decided(struct answerer *a, struct answer_item *it, struct err *e)
{
	struct stmt *s = db_stmt(a->db, &ANSWER_KNOWN, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":message", it->message);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	it->sent = stmt_col_int(s, 0) != 0;
	it->outbox = stmt_col_int(s, 1);
	it->acknowledged = !it->sent && it->outbox != 0;
	stmt_reset(s);
	return 1;
}

int
answer_store(struct answerer *a, struct answer_item *it, struct err *e)
{
	int got;

	if (a->db == NULL) {
		decide(a, it);
		return 0;
	}
	if ((got = was_decided(a, it, e)) != 0)
		return got < 0 ? -1 : 0;
	if (count_sent(a, it, e) < 0)
		return -1;
	decide(a, it);
	if (it->sent || it->acknowledged) {
		if ((got = queue(a, it, e)) < 0)
			return -1;
		a->sent += it->sent;
		a->acknowledged += it->acknowledged;
	}
	return a->dry_run ? 0 : note(a, it, e);
}

static double
rounded(double v)
{
	return round(v * 1e4) / 1e4;
}

static void
put_article(const struct answer_item *it, struct node *n)
{
	const struct suggestion *s = &it->best;
	struct node *others = node_array();
	size_t i;

	node_set_text(n, "article", s->of->a.id);
	if (s->of->version > 0)
		node_set_int(n, "version", s->of->version);
	node_set_text(n, "title", s->text->title);
	node_set_real(n, "score", rounded(it->c.score));
	node_set_real(n, "margin", rounded(it->c.margin));
	if (s->passage != NULL)
		node_set_text(n, "like", s->passage);
	for (i = 0; i < it->n_others; i++) {
		struct node *one = node_object();

		node_set_text(one, "article", it->others[i].id);
		node_set_real(one, "score", rounded(it->others[i].score));
		node_push(others, one);
	}
	node_set(n, "others", others);
}

void
answer_put(const struct answer_item *it, struct rec *r)
{
	struct node *n = node_object(), *offers = node_array();
	char due[TM_SIZE];
	size_t i;

	if (it->best.of != NULL)
		put_article(it, n);
	node_set_bool(n, "auto", it->sent);
	node_set(n, "why", words(it->why, it->n_why));
	if (it->acknowledged && it->due_at != 0)
		node_set_text(n, "acknowledged_until", tm_format(it->due_at, it->zone, due));
	if (!it->sent && !it->acknowledged && it->n_why_not_ack > 0)
		node_set(n, "why_no_ack", words(it->why_not_ack, it->n_why_not_ack));
	if (it->outbox != 0)
		node_set_int(n, "outbox", it->outbox);
	for (i = 0; i < it->n_offers; i++)
		node_push_text(offers, it->offers[i]->id);
	if (it->n_offers > 0)
		node_set(n, "offers", offers);
	else
		node_free(offers);
	rec_put(r, "answer", n);
}
