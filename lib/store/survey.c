/* survey - whom we ask, once */
#include <stdio.h>
#include <string.h>

#include "store/outbox.h"
#include "store/survey.h"
#include "stream/jtext.h"
#include "time/tm.h"

enum { SHARE = 1000 };		/* tickets a transaction */

DB_SQL(SURVEY_CANDIDATES, "SELECT t.id, t.resolved_at FROM ticket AS t "
    "WHERE t.resolved_at >= :since AND t.resolved_at <= :until "
    "AND (t.resolved_at > :after_at OR (t.resolved_at = :after_at AND t.id > :after_id)) "
    "AND NOT EXISTS (SELECT 1 FROM survey AS s WHERE s.ticket = t.id AND s.cycle = t.cycle) "
    "AND NOT EXISTS (SELECT 1 FROM survey_skip AS k WHERE k.ticket = t.id "
    "AND k.cycle = t.cycle) ORDER BY t.resolved_at, t.id LIMIT :n");
DB_SQL(SURVEY_LAST, "SELECT coalesce(max(s.invited_at), 0) FROM survey AS s "
    "JOIN customer AS c ON c.id = s.customer WHERE c.root = :root");
DB_SQL(SURVEY_ADD, "INSERT INTO survey (ticket, cycle, customer, form, mode, invited_at, "
    "expires_at, outbox) VALUES (:ticket, :cycle, :customer, :form, :mode, :invited_at, "
    ":expires_at, :outbox)");
DB_SQL(SURVEY_SKIP, "INSERT INTO survey_skip (ticket, cycle, reason, at) "
    "VALUES (:ticket, :cycle, :reason, :at) ON CONFLICT (ticket, cycle, reason) DO NOTHING");
DB_SQL(SURVEY_OPEN, "SELECT s.id FROM survey AS s WHERE s.ticket = :ticket "
    "AND s.form = :form AND s.invited_at <= :at AND s.expires_at >= :at "
    "AND NOT EXISTS (SELECT 1 FROM response AS r WHERE r.survey = s.id) "
    "ORDER BY s.id DESC LIMIT 1");
DB_SQL(SURVEY_REPLY, "SELECT s.id, s.ticket, p.root, m.id, m.at, s.form, a.channel, m.text "
    "FROM survey AS s JOIN customer AS c ON c.id = s.customer "
    "JOIN customer AS p ON p.root = c.root JOIN ticket AS t ON t.customer = p.id "
    "JOIN message AS m ON m.ticket = t.id JOIN customer AS w ON w.id = m.customer "
    "JOIN account AS a ON a.id = m.account "
    "WHERE s.id >= :survey AND s.expires_at >= :since AND w.root = c.root "
    "AND m.direction = 1 AND m.automatic = 0 AND m.at >= s.invited_at "
    "AND m.at <= s.expires_at AND (s.id > :survey OR m.at > :at "
    "OR (m.at = :at AND m.id > :message)) "
    "AND NOT EXISTS (SELECT 1 FROM response AS r WHERE r.survey = s.id) "
    "ORDER BY s.id, m.at, m.id LIMIT 1");

/* A run, and the ticket it is at. */
struct asking {
	struct invite *in;
	struct matter m;
	struct arena scratch;
	struct buf out;
	int64_t after_at, after_id;
};

static int
last_asked(struct asking *a, int64_t *at, struct err *e)
{
	struct stmt *s = db_stmt(a->in->db, &SURVEY_LAST, e);

	*at = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", a->m.root);
	return stmt_one(s, at, e) < 0 ? -1 : 0;
}

static int
skip(struct asking *a, const char *reason, struct err *e)
{
	struct stmt *s = db_stmt(a->in->db, &SURVEY_SKIP, e);
	struct node *n;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", a->m.ticket);
	stmt_int(s, ":cycle", a->m.cycle);
	stmt_text(s, ":reason", reason);
	stmt_int(s, ":at", a->in->now);
	a->in->skipped++;
	if (a->in->explain) {
		n = node_object();
		node_set_text(n, "kind", "survey_skip");
		node_set_int(n, "ticket", a->m.ticket);
		node_set_int(n, "cycle", a->m.cycle);
		node_set_text(n, "reason", reason);
		node_print(n, &a->out);
		buf_char(&a->out, '\n');
		node_free(n);
	}
	return stmt_run(s, e);
}

/* Why the customer of a->m must not be asked; NULL in *why: they may be. */
static int
refusal(struct asking *a, const char **why, struct err *e)
{
	const struct matter *m = &a->m;
	int64_t last;

	*why = m->merged ? "merged" : m->root == 0 ? "no_customer" :
	    !m->human ? "automatic" : m->ours ? "agent_opened" :
	    m->type != NULL && strcmp(m->type, "spam") == 0 ? "spam" : NULL;
	if (*why != NULL)
		return 0;
	if (last_asked(a, &last, e) < 0)
		return -1;
	if (last != 0 && a->in->now - last < a->in->form->again_ms)
		*why = "recently_asked";
	return 0;
}

static int
find_address(struct asking *a, const char **channel, const char **address, struct err *e)
{
	const struct survey_list *l = &a->in->form->channels;
	size_t i;
	int got = 0;

	for (i = 0; i < l->n && got == 0; i++)
		got = matter_address(a->in->db, &a->m, l->v[i], channel, address, e);
	return got;
}

static int
write_letter(struct asking *a, const char *channel, struct buf *subject, struct buf *body,
    struct err *e)
{
	const struct survey_form *f = a->in->form;
	struct letter_values v = { .v = { NULL } };
	const struct zone *z = a->m.zone != NULL ? a->m.zone : a->in->zone;
	const struct template *t = letters_get(a->in->letters, LETTER_SURVEY, f->template,
	    channel, a->m.language, f->language, e);
	char min[24], max[24];

	if (t == NULL)
		return -1;
	letter_matter(&v, &a->m, z, &a->scratch);
	snprintf(min, sizeof(min), "%lld", (long long)f->min);
	snprintf(max, sizeof(max), "%lld", (long long)f->max);
	v.v[LETTER_MIN] = min;
	v.v[LETTER_MAX] = max;
	if (letter_fill(t, &v, subject, body, e) == 0)
		return 1;
	if (e->code != ERR_DATA)
		return -1;
	a->in->refused++;
	if (a->in->complain != NULL)
		a->in->complain(e);
	return 0;
}

static int
add_survey(struct asking *a, const struct outbox_row *o, int64_t outbox, struct err *e)
{
	struct stmt *s = db_stmt(a->in->db, &SURVEY_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", a->m.ticket);
	stmt_int(s, ":cycle", a->m.cycle);
	stmt_int(s, ":customer", a->m.root);
	stmt_text(s, ":form", a->in->form->name);
	stmt_text(s, ":mode", o->channel);
	stmt_int(s, ":invited_at", a->in->now);
	stmt_int(s, ":expires_at", o->not_before_at + a->in->form->expires_ms);
	stmt_int(s, ":outbox", outbox);
	return stmt_run(s, e);
}

static char *
row_data(struct asking *a)
{
	struct buf text = BUF_INIT;
	char *out;

	buf_char(&text, '{');
	jtext_member(&text, "form", a->in->form->name);
	buf_fmt(&text, ",\"cycle\":%lld", (long long)a->m.cycle);
	if (*a->m.account_name != '\0')
		jtext_member(&text, "account", a->m.account_name);
	buf_char(&text, '}');
	out = arena_strn(&a->scratch, text.p, text.len);
	buf_release(&text);
	return out;
}

static int
queue(struct asking *a, struct outbox_row *o, struct buf *subject, struct buf *body,
    struct err *e)
{
	const struct zone *z = a->m.zone != NULL ? a->m.zone : a->in->zone;
	char key[64];
	int64_t id = 0;
	int got;

	snprintf(key, sizeof(key), "survey:%lld:%lld", (long long)a->m.ticket,
	    (long long)a->m.cycle);
	o->key = key;
	o->subject = buf_cstr(subject);
	o->text = buf_cstr(body);
	o->data = row_data(a);
	o->not_before_at = hours_next(&a->in->form->hours, a->in->now, z);
	got = outbox_add(a->in->db, o, &id, e);
	if (got < 0 || add_survey(a, o, id, e) < 0)
		return -1;
	if (got > 0)
		outbox_print(o, a->in->dry_run ? 0 : id, a->in->zone, NULL, &a->out);
	a->in->invited += got;
	return 0;
}

static int
ask(struct asking *a, struct err *e)
{
	struct buf subject = BUF_INIT, body = BUF_INIT;
	struct outbox_row o = { .kind = "survey", .audience = OUTBOX_CUSTOMER,
		.ticket = a->m.ticket, .customer = a->m.root, .created_at = a->in->now };
	int got = find_address(a, &o.channel, &o.recipient, e);

	if (got == 0)
		return skip(a, "no_address", e);
	if (got > 0)
		got = write_letter(a, o.channel, &subject, &body, e);
	if (got > 0)
		got = queue(a, &o, &subject, &body, e);
	else if (got == 0)
		got = skip(a, "no_value", e);
	buf_release(&subject);
	buf_release(&body);
	return got;
}

static int
consider(struct asking *a, int64_t ticket, struct err *e)
{
	const char *why;

	arena_clear(&a->scratch);
	if (matter_load(a->in->db, ticket, &a->m, e) < 0)
		return -1;
	if (a->m.last_message_at > a->in->now - a->in->form->quiet_ms)
		return 0;	/* they are still talking: later */
	if (refusal(a, &why, e) < 0)
		return -1;
	return why != NULL ? skip(a, why, e) : ask(a, e);
}

/* The next share of tickets; *n says how many there were. */
static int
take(struct asking *a, int64_t ids[SHARE], size_t *n, struct err *e)
{
	const struct survey_form *f = a->in->form;
	struct stmt *s = db_stmt(a->in->db, &SURVEY_CANDIDATES, e);
	int got;

	*n = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":since", a->in->now - f->late_ms);
	stmt_int(s, ":until", a->in->now - f->quiet_ms);
	stmt_int(s, ":after_at", a->after_at);
	stmt_int(s, ":after_id", a->after_id);
	stmt_int(s, ":n", SHARE);
	while ((got = stmt_step(s, e)) > 0) {
		ids[*n] = stmt_col_int(s, 0);
		a->after_at = stmt_col_int(s, 1);
		a->after_id = ids[(*n)++];
	}
	return got;
}

static int
share(struct asking *a, bool *more, struct err *e)
{
	int64_t ids[SHARE];
	size_t i, n;
	int bad = take(a, ids, &n, e);

	for (i = 0; i < n && bad == 0; i++)
		bad = consider(a, ids[i], e);
	*more = n == SHARE;
	return bad;
}

static void
print(struct asking *a)
{
	if (a->out.len > 0 && a->in->print != NULL)
		a->in->print(a->out.p, a->out.len);
	buf_clear(&a->out);
}

static int
run(struct asking *a, struct err *e)
{
	bool more = true;

	if (a->in->dry_run && db_begin(a->in->db, e) < 0)
		return -1;
	while (more) {
		if (!a->in->dry_run && db_begin(a->in->db, e) < 0)
			return -1;
		if (share(a, &more, e) < 0) {
			db_rollback(a->in->db);
			return -1;
		}
		if (!a->in->dry_run && db_commit(a->in->db, e) < 0)
			return -1;
		if (!a->in->dry_run)
			print(a);
	}
	if (a->in->dry_run) {
		db_rollback(a->in->db);
		print(a);
	}
	return 0;
}

int
survey_invite(struct invite *in, struct err *e)
{
	struct asking a = { .in = in, .after_at = INT64_MIN };
	int bad = run(&a, e);

	matter_release(&a.m);
	arena_release(&a.scratch);
	buf_release(&a.out);
	return bad;
}

int
survey_open_of_ticket(struct db *db, int64_t ticket, const char *form, int64_t at,
    int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(db, &SURVEY_OPEN, e);

	*id = 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	stmt_text(s, ":form", form);
	stmt_int(s, ":at", at);
	return stmt_one(s, id, e) < 0 ? -1 : 0;
}

int
survey_next_reply(struct db *db, int64_t since, struct survey_place *place,
    struct survey_reply *r, struct err *e)
{
	struct stmt *s = db_stmt(db, &SURVEY_REPLY, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":since", since);
	stmt_int(s, ":survey", place->survey);
	stmt_int(s, ":at", place->at);
	stmt_int(s, ":message", place->message);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	arena_clear(&r->memory);
	r->survey = stmt_col_int(s, 0);
	r->ticket = stmt_col_int(s, 1);
	r->customer = stmt_col_int(s, 2);
	r->message = stmt_col_int(s, 3);
	r->at = stmt_col_int(s, 4);
	r->form = arena_str(&r->memory, stmt_col_text(s, 5));
	r->mode = arena_str(&r->memory, stmt_col_text(s, 6));
	r->text = arena_str(&r->memory, stmt_col_text(s, 7));
	stmt_reset(s);
	*place = (struct survey_place){ r->survey, r->at, r->message };
	return 1;
}
