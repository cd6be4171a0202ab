/* ticket_page - one ticket on a page: who, what, by when, and all that was said and done */
#include <stdio.h>
#include <string.h>

#include "report/ticket_moment.h"
#include "report/ticket_page.h"
#include "report/ticket_tasks.h"
#include "stream/jtext.h"
#include "text/shown.h"
#include "time/tm.h"

DB_SQL(PAGE_IDENTITIES, "SELECT i.kind, i.value, a.channel FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer LEFT JOIN account AS a ON a.id = i.account "
    "WHERE c.root = :root AND NOT (i.kind = 1 AND a.channel = 'email') "
    "ORDER BY i.kind, i.id LIMIT 20");
DB_SQL(PAGE_ORDERS, "SELECT o.external_id, o.status, o.title, o.amount_minor, o.currency "
    "FROM orders AS o JOIN customer AS c ON c.id = o.customer WHERE c.root = :root "
    "ORDER BY coalesce(o.ordered_at, 0) DESC, o.id DESC LIMIT 5");
DB_SQL(PAGE_OTHERS, "SELECT t.id, t.status, t.subject FROM ticket AS t "
    "JOIN customer AS c ON c.id = t.customer WHERE c.root = :root AND t.id <> :id "
    "AND t.status < 3 ORDER BY t.id DESC LIMIT 5");
DB_SQL(PAGE_WHY, "SELECT c.why, c.needs FROM class AS c JOIN message AS m ON m.id = c.message "
    "WHERE m.ticket = :id AND m.direction = 1 ORDER BY m.at DESC, m.id DESC LIMIT 1");
DB_SQL(PAGE_ENTITIES, "SELECT DISTINCT e.kind, e.text FROM entity AS e "
    "JOIN message AS m ON m.id = e.message WHERE m.ticket = :id ORDER BY e.kind, e.text "
    "LIMIT 30");

/* Where a page is written. */
struct page {
	struct ticket_query *l;
	const struct zone *zone;
	struct buf *out;
	const struct ticket_line *line;
};

static void
head(struct page *p, const char *label)
{
	buf_fmt(p->out, "%-10s", label);
}

static void
words(struct page *p, const char *s)
{
	if (s != NULL)
		shown_add(p->out, s, strlen(s));
}

/* ", " and S, if there is one. */
static void
also(struct page *p, const char *s)
{
	if (s == NULL)
		return;
	if (p->out->len > 0 && p->out->p[p->out->len - 1] != ' ')
		buf_str(p->out, ", ");
	words(p, s);
}

static void
when(struct page *p, int64_t at)
{
	moment_time(at, p->zone, p->out);
}

static void
put_head(struct page *p)
{
	const struct ticket_line *k = p->line;
	const struct term_facts *f = &k->facts;

	buf_fmt(p->out, "ticket %lld  %s", (long long)f->id, f->text[TERM_STATUS]);
	if (k->merged != 0)
		buf_fmt(p->out, ", merged into %lld", (long long)k->merged);
	if (f->priority != 0)
		buf_fmt(p->out, ", priority %lld", (long long)f->priority);
	buf_str(p->out, "\n");
	if (k->subject != NULL) {
		head(p, "subject");
		words(p, k->subject);
		buf_char(p->out, '\n');
	}
	head(p, "channel");
	words(p, f->text[TERM_CHANNEL]);
	if (f->text[TERM_ACCOUNT] != NULL && *f->text[TERM_ACCOUNT] != '\0')
		also(p, f->text[TERM_ACCOUNT]);
	if (k->external_id != NULL) {
		buf_str(p->out, ", theirs ");
		words(p, k->external_id);
	}
	buf_str(p->out, "\n");
	head(p, "opened");
	when(p, f->opened_at);
	if (f->reopens > 0)
		buf_fmt(p->out, ", reopened %lld times", (long long)f->reopens);
	if (f->resolved_at != 0) {
		buf_str(p->out, ", ended ");
		when(p, f->resolved_at);
	}
	also(p, f->text[TERM_CAUSE]);
	also(p, f->text[TERM_OUTCOME]);
	buf_char(p->out, '\n');
}

static void
put_place(struct page *p)
{
	const struct term_facts *f = &p->line->facts;
	char span[TM_SIZE];

	head(p, "with");
	words(p, f->text[TERM_AGENT] != NULL ? f->text[TERM_AGENT] : "nobody");
	if (f->text[TERM_QUEUE] != NULL) {
		buf_str(p->out, ", queue ");
		words(p, f->text[TERM_QUEUE]);
	}
	buf_char(p->out, '\n');
	if (f->waiting_since_at != 0) {
		head(p, "waiting");
		buf_fmt(p->out, "since ");
		when(p, f->waiting_since_at);
		buf_char(p->out, '\n');
	}
	if (f->due_at != 0) {
		int64_t left = f->due_at - p->l->now;

		head(p, "due");
		buf_fmt(p->out, "%s ", p->line->clock);
		when(p, f->due_at);
		buf_fmt(p->out, ", %s %s\n", tm_format_span((left < 0 ? -left : left) /
		    TM_MINUTE_MS * TM_MINUTE_MS, span), left < 0 ? "late" : "left");
	}
}

static int
put_labels(struct page *p, struct err *e)
{
	static const enum term_field shown[] = { TERM_TYPE, TERM_AREA, TERM_URGENCY,
		TERM_SENTIMENT };
	struct stmt *s = db_stmt(p->l->db, &PAGE_WHY, e);
	bool any = false;
	size_t i;
	int got;

	if (s == NULL)
		return -1;
	for (i = 0; i < 4; i++)
		any = any || p->line->facts.text[shown[i]] != NULL;
	if (!any)
		return 0;
	head(p, "about");
	for (i = 0; i < 4; i++)
		also(p, p->line->facts.text[shown[i]]);
	stmt_int(s, ":id", p->line->facts.id);
	if ((got = stmt_step(s, e)) > 0) {
		buf_str(p->out, "  ");
		words(p, stmt_col_text(s, 0));
		if (!stmt_col_null(s, 1)) {
			buf_str(p->out, "  needs ");
			words(p, stmt_col_text(s, 1));
		}
	}
	stmt_reset(s);
	buf_char(p->out, '\n');
	return got < 0 ? -1 : 0;
}

static int
put_entities(struct page *p, struct err *e)
{
	struct stmt *s = db_stmt(p->l->db, &PAGE_ENTITIES, e);
	const char *sep = "";
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", p->line->facts.id);
	while ((got = stmt_step(s, e)) > 0) {
		if (*sep == '\0')
			head(p, "names");
		buf_str(p->out, sep);
		words(p, stmt_col_text(s, 0));
		buf_char(p->out, ' ');
		words(p, stmt_col_text(s, 1));
		sep = ", ";
	}
	if (*sep != '\0')
		buf_char(p->out, '\n');
	return got;
}

static int
put_customer(struct page *p, struct err *e)
{
	static const char *const kinds[] = { "", "", "phone", "email", "member" };
	const struct ticket_line *k = p->line;
	struct stmt *s;
	int got;

	if (k->facts.customer == 0)
		return 0;
	head(p, "customer");
	buf_fmt(p->out, "%lld ", (long long)k->facts.customer);
	words(p, k->name != NULL ? k->name : "(no name)");
	also(p, k->facts.text[TERM_SEGMENT]);
	also(p, k->facts.text[TERM_LANGUAGE]);
	buf_char(p->out, '\n');
	if ((s = db_stmt(p->l->db, &PAGE_IDENTITIES, e)) == NULL)
		return -1;
	stmt_int(s, ":root", k->facts.customer);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t kind = stmt_col_int(s, 0);

		head(p, "");
		words(p, kind == 1 ? stmt_col_text(s, 2) : kinds[kind]);
		buf_char(p->out, ' ');
		words(p, stmt_col_text(s, 1));
		buf_char(p->out, '\n');
	}
	return got;
}

static int
put_orders(struct page *p, struct err *e)
{
	struct stmt *s = db_stmt(p->l->db, &PAGE_ORDERS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", p->line->facts.customer);
	while ((got = stmt_step(s, e)) > 0) {
		head(p, "order");
		words(p, stmt_col_text(s, 0));
		also(p, stmt_col_text(s, 1));
		also(p, stmt_col_text(s, 2));
		if (!stmt_col_null(s, 3))
			buf_fmt(p->out, ", %.2f %s", (double)stmt_col_int(s, 3) / 100,
			    stmt_col_null(s, 4) ? "" : stmt_col_text(s, 4));
		buf_char(p->out, '\n');
	}
	return got;
}

static int
put_others(struct page *p, struct err *e)
{
	struct stmt *s = db_stmt(p->l->db, &PAGE_OTHERS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", p->line->facts.customer);
	stmt_int(s, ":id", p->line->facts.id);
	while ((got = stmt_step(s, e)) > 0) {
		head(p, "also open");
		buf_fmt(p->out, "%lld", (long long)stmt_col_int(s, 0));
		also(p, stmt_col_text(s, 2));
		buf_char(p->out, '\n');
	}
	return got;
}

static int
put_task(void *ctx, const struct task_line *t, struct err *e)
{
	struct page *p = ctx;

	(void)e;
	head(p, "task");
	buf_fmt(p->out, "%lld %s: ", (long long)t->id, task_state_name(t->state));
	words(p, t->title);
	also(p, t->queue);
	if (t->due_at != 0 && t->state == TASK_OPEN) {
		buf_str(p->out, ", due ");
		when(p, t->due_at);
	}
	also(p, t->reason);
	buf_char(p->out, '\n');
	return 0;
}

static int
put_page(struct page *p, struct err *e)
{
	struct ticket_query *l = p->l;
	int64_t id = p->line->facts.id;

	put_head(p);
	put_place(p);
	if (put_labels(p, e) < 0 || put_entities(p, e) < 0 || put_customer(p, e) < 0 ||
	    put_orders(p, e) < 0 || put_others(p, e) < 0 ||
	    task_each(l->db, id, NULL, true, put_task, p, e) < 0)
		return -1;
	buf_char(p->out, '\n');
	return 0;
}

void
ticket_line_json(const struct ticket_line *k, const struct zone *z, struct buf *out)
{
	static const enum term_field texts[] = { TERM_STATUS, TERM_QUEUE, TERM_AGENT,
		TERM_CHANNEL, TERM_ACCOUNT, TERM_TYPE, TERM_AREA, TERM_URGENCY, TERM_SENTIMENT,
		TERM_SEGMENT, TERM_LANGUAGE, TERM_CAUSE, TERM_OUTCOME };
	const struct term_facts *f = &k->facts;
	const struct { const char *key; int64_t v; } times[] = { { "opened_at", f->opened_at },
		{ "waiting_since_at", f->waiting_since_at }, { "due_at", f->due_at },
		{ "resolved_at", f->resolved_at }, { "last_at", k->last_at } },
	    numbers[] = { { "priority", f->priority }, { "customer", f->customer },
		{ "csat", f->csat }, { "reopens", f->reopens }, { "merged", k->merged } };
	char at[TM_SIZE];
	size_t i;

	buf_fmt(out, "{\"kind\":\"ticket\",\"id\":%lld", (long long)f->id);
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		jtext_member(out, term_name(texts[i]), f->text[texts[i]]);
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (numbers[i].v != 0) {
			jtext_key(out, numbers[i].key);
			buf_fmt(out, "%lld", (long long)numbers[i].v);
		}
	for (i = 0; i < sizeof(times) / sizeof(*times); i++)
		if (times[i].v != 0)
			jtext_member(out, times[i].key, tm_format(times[i].v, z, at));
	jtext_member(out, "clock", k->clock);
	jtext_member(out, "external_id", k->external_id);
	jtext_member(out, "name", k->name);
	jtext_member(out, "subject", k->subject);
	jtext_member(out, "text", k->said);
	buf_char(out, '}');
}

int
ticket_look(struct ticket_query *l, const char *what, int64_t id, int64_t last,
    const struct ticket_show *w, struct err *e)
{
	bool json = w->form == TABLE_JSONL, log = strcmp(what, "log") == 0;
	enum moments which = log ? MOMENTS_DONE : MOMENTS_ALL;
	struct ticket_line line;
	struct page p = { l, w->zone, w->out, &line };
	int got = ticket_line_read(l, id, &line, e);

	if (got <= 0)
		return got < 0 ? -1 : err_set(e, ERR_DATA, "no ticket %lld", (long long)id);
	if (strcmp(what, "clocks") == 0)
		return ticket_clocks(l, id, w->zone, json, w->out, e);
	if (json && !log) {
		ticket_line_json(&line, w->zone, w->out);
		buf_char(w->out, '\n');
	} else if (!log && put_page(&p, e) < 0) {
		return -1;
	}
	return json ? moments_json(l->db, id, w->zone, which, w->out, e) :
	    moments_put(l->db, id, w->zone, log ? 0 : last, which, w->out, e);
}
