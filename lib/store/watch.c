/* watch - customers who may be leaving */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/mood.h"
#include "desk/risk.h"
#include "store/person_private.h"
#include "store/watch.h"

DB_SQL(WATCH_TICKETS, "SELECT c.root, t.opened_at, t.id, t.status, t.type, t.sentiment, "
    "t.reopens, t.waiting_since_at, t.last_at FROM ticket AS t "
    "JOIN customer AS c ON c.id = t.customer WHERE c.erased_at IS NULL "
    "ORDER BY c.root, t.opened_at DESC, t.id DESC");
DB_SQL(WATCH_ORDERS, "SELECT c.root, coalesce(o.ordered_at, o.paid_at), o.amount_minor "
    "FROM orders AS o JOIN customer AS c ON c.id = o.customer WHERE c.erased_at IS NULL "
    "ORDER BY c.root, o.id");
DB_SQL(WATCH_SCORES, "SELECT c.root, r.answered_at, r.form, r.score FROM response AS r "
    "JOIN customer AS c ON c.id = r.customer WHERE c.erased_at IS NULL "
    "AND r.score IS NOT NULL ORDER BY c.root, r.answered_at, r.id");

/* One of the three, standing on a row; root INT64_MAX behind the last. */
struct cursor {
	struct stmt *s;
	int64_t root;
};

struct watching {
	const struct person_ask *ask;
	struct cursor tickets, orders, scores;
	struct risk_facts f;
	size_t cap;			/* of f.contacts */
	char form[64];
	int64_t amount;			/* of the person's orders */
};

/* Who is kept. */
struct risk {
	int64_t root, amount;
	int points;
	char *why;
};

static int
move(struct cursor *c, struct err *e)
{
	int got = stmt_step(c->s, e);

	c->root = got > 0 ? stmt_col_int(c->s, 0) : INT64_MAX;
	return got < 0 ? -1 : 0;
}

static int
start(struct cursor *c, struct db *db, const struct db_sql *sql, struct err *e)
{
	c->s = db_stmt(db, sql, e);
	return c->s == NULL ? -1 : move(c, e);
}

static void
add_contact(struct watching *w, int64_t at)
{
	if (at == 0 || at > w->ask->now)
		return;
	if (w->f.n_contacts == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 64;
		w->f.contacts = xrealloc(w->f.contacts, w->cap * sizeof(*w->f.contacts));
	}
	w->f.contacts[w->f.n_contacts++] = at;
}

static void
add_ticket(struct watching *w, const struct stmt *s)
{
	int64_t opened_at = stmt_col_int(s, 1), waiting_at = stmt_col_int(s, 7);
	const char *type = stmt_col_text(s, 4);
	bool open = stmt_col_int(s, 3) < 3;
	struct risk_facts *f = &w->f;

	add_contact(w, opened_at);
	if (open && type != NULL && strcmp(type, "complaint") == 0) {
		f->complaint = stmt_col_int(s, 2);
		f->complaint_at = opened_at;
	}
	if (open && waiting_at != 0 && (f->waiting_at == 0 || waiting_at < f->waiting_at))
		f->waiting_at = waiting_at;
	if (stmt_col_int(s, 6) > 0 && w->ask->now - stmt_col_int(s, 8) < 90 * TM_DAY_MS)
		f->reopens++;
	if (f->n_moods < RISK_MOODS && mood_score(stmt_col_text(s, 5), &f->moods[f->n_moods]))
		f->n_moods++;
}

static void
add_order(struct watching *w, const struct stmt *s)
{
	add_contact(w, stmt_col_int(s, 1));
	w->amount += stmt_col_int(s, 2);
}

/* They come in order of time: the last one stays. */
static void
add_score(struct watching *w, const struct stmt *s)
{
	size_t len = strnlen(stmt_col_text(s, 2), sizeof(w->form) - 1);

	memcpy(w->form, stmt_col_text(s, 2), len);
	w->form[len] = '\0';
	w->f.form = w->form;
	w->f.score = stmt_col_int(s, 3);
	w->f.score_at = stmt_col_int(s, 1);
}

/* All rows of ROOT in C. */
static int
take(struct watching *w, struct cursor *c, int64_t root,
    void (*add)(struct watching *w, const struct stmt *s), struct err *e)
{
	int bad = 0;

	while (bad == 0 && c->root == root) {
		add(w, c->s);
		bad = move(c, e);
	}
	return bad;
}

/* The next person's facts: 1, 0 behind the last, -1. */
static int
next_person(struct watching *w, int64_t *root, struct err *e)
{
	int64_t *contacts = w->f.contacts;

	*root = w->tickets.root;
	if (w->orders.root < *root)
		*root = w->orders.root;
	if (w->scores.root < *root)
		*root = w->scores.root;
	if (*root == INT64_MAX)
		return 0;
	w->f = (struct risk_facts){ .contacts = contacts };
	w->amount = 0;
	if (take(w, &w->tickets, *root, add_ticket, e) < 0 ||
	    take(w, &w->orders, *root, add_order, e) < 0 ||
	    take(w, &w->scores, *root, add_score, e) < 0)
		return -1;
	return 1;
}

static int
by_points(const void *a, const void *b)
{
	const struct risk *x = a, *y = b;

	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	return x->root < y->root ? -1 : x->root > y->root;
}

static int
push(const struct person_ask *ask, const struct risk *r, struct node *out, struct err *e)
{
	struct node *o = node_object();
	struct person_traits t;
	struct err ignored;
	int bad = person_traits(ask->db, r->root, &t, e);

	node_set_text(o, "kind", "risk");
	node_set_int(o, "customer", r->root);
	person_set(o, "name", t.name);
	person_set(o, "segment", t.segment);
	person_set(o, "profile", t.profile);
	node_set_int(o, "points", r->points);
	node_set(o, "why", node_parse(r->why, strlen(r->why), &ignored));
	person_traits_release(&t);
	node_push(out, o);
	return bad;
}

/* Everybody with reasons, in *V. */
static int
gather(struct watching *w, int points, struct risk **v, size_t *n, struct err *e)
{
	struct buf why = BUF_INIT;
	size_t cap = 0;
	int64_t root;
	int got;

	while ((got = next_person(w, &root, e)) > 0) {
		int p;

		buf_clear(&why);
		p = risk_points(&w->f, w->ask->now, &why);
		if (p == 0 || p < points)
			continue;
		if (*n == cap) {
			cap = cap ? cap * 2 : 64;
			*v = xrealloc(*v, cap * sizeof(**v));
		}
		(*v)[(*n)++] = (struct risk){ root, w->amount, p, xstrdup(why.p) };
	}
	buf_release(&why);
	return got;
}

int
watch_list(const struct person_ask *ask, int points, int64_t max, struct node *out,
    struct err *e)
{
	struct watching w = { .ask = ask };
	struct risk *v = NULL;
	size_t n = 0, i;
	int bad = start(&w.tickets, ask->db, &WATCH_TICKETS, e);

	if (bad == 0)
		bad = start(&w.orders, ask->db, &WATCH_ORDERS, e);
	if (bad == 0)
		bad = start(&w.scores, ask->db, &WATCH_SCORES, e);
	if (bad == 0)
		bad = gather(&w, points, &v, &n, e);
	if (n > 0)
		qsort(v, n, sizeof(*v), by_points);
	for (i = 0; i < n; i++) {
		if (bad == 0 && (max == 0 || i < (size_t)max))
			bad = push(ask, &v[i], out, e);
		free(v[i].why);
	}
	free(v);
	free(w.f.contacts);
	return bad;
}
