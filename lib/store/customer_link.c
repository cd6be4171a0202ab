/* customer_link - who is one with whom, by whose word, and who never is */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/customer_private.h"
#include "store/event.h"
#include "text/member.h"

DB_SQL(MEMBERS_OF, "SELECT i.value FROM customer AS c JOIN identity AS i "
    "ON i.customer = c.id AND i.kind = 4 WHERE c.root = :root ORDER BY i.id");
DB_SQL(CONFLICT_ADD, "INSERT INTO conflict (a, b, identity, seen_at) "
    "VALUES (:a, :b, :identity, :seen_at) ON CONFLICT (a, b, identity) DO NOTHING");
DB_SQL(LINK_ADD, "INSERT INTO link (a, b, identity, actor, linked_at) "
    "VALUES (:a, :b, :identity, :actor, :linked_at)");
DB_SQL(LINK_END, "UPDATE link SET unlinked_at = :at, unlinked_by = :actor "
    "WHERE a = :a AND b = :b AND unlinked_at IS NULL");
#define BETWEEN_GROUPS "((ca.root = :root_a AND cb.root = :root_b) " \
	"OR (ca.root = :root_b AND cb.root = :root_a))"
DB_SQL(APART_BETWEEN, "SELECT count(*) FROM customer AS c JOIN apart AS p "
    "ON (p.a = c.id OR p.b = c.id) AND p.ended_at IS NULL "
    "JOIN customer AS ca ON ca.id = p.a JOIN customer AS cb ON cb.id = p.b "
    "WHERE c.root = :root_a AND " BETWEEN_GROUPS);
DB_SQL(APART_ADD, "INSERT INTO apart (a, b, actor, decided_at) "
    "VALUES (:a, :b, :actor, :at)");
DB_SQL(APART_END, "UPDATE apart SET ended_at = :at WHERE ended_at IS NULL AND id IN ("
    "SELECT p.id FROM customer AS c JOIN apart AS p ON p.a = c.id OR p.b = c.id "
    "JOIN customer AS ca ON ca.id = p.a JOIN customer AS cb ON cb.id = p.b "
    "WHERE c.root = :root_a AND " BETWEEN_GROUPS ")");
DB_SQL(LINKS_IN, "SELECT l.a, l.b FROM customer AS c JOIN link AS l ON l.a = c.id "
    "WHERE c.root = :root AND l.unlinked_at IS NULL ORDER BY l.id");

int
customer_differs(struct customers *c, int64_t root, const char *member, bool *differs,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &MEMBERS_OF, e);
	int got;

	*differs = false;
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0)
		*differs |= member_differ(stmt_col_text(s, 0), member);
	return got;
}

/* Whether the two groups hold member numbers that cannot be one person's. */
static int
groups_differ(struct customers *c, int64_t root_a, int64_t root_b, bool *differ,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &MEMBERS_OF, e);
	struct arena text = ARENA_INIT;
	const char *v[64];
	size_t n = 0, i;
	int got;

	*differ = false;
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root_a);
	while ((got = stmt_step(s, e)) > 0)
		if (n < sizeof(v) / sizeof(*v))
			v[n++] = arena_str(&text, stmt_col_text(s, 0));
	for (i = 0; i < n && got == 0 && !*differ; i++)
		got = customer_differs(c, root_b, v[i], differ, e);
	arena_release(&text);
	return got;
}

static void
bind_pair(struct stmt *s, int64_t a, int64_t b)
{
	stmt_int(s, ":a", a < b ? a : b);
	stmt_int(s, ":b", a < b ? b : a);
}

static void
bind_groups(struct stmt *s, int64_t root_a, int64_t root_b)
{
	stmt_int(s, ":root_a", root_a);
	stmt_int(s, ":root_b", root_b);
}

int
customers_apart(struct db *db, int64_t root_a, int64_t root_b, bool *apart, struct err *e)
{
	struct stmt *s = db_stmt(db, &APART_BETWEEN, e);
	int64_t n = 0;

	if (s == NULL)
		return -1;
	bind_groups(s, root_a, root_b);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	*apart = n > 0;
	return 0;
}

static int
note_conflict(struct customers *c, int64_t a, int64_t b, int64_t identity, int64_t at,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CONFLICT_ADD, e);

	if (s == NULL)
		return -1;
	bind_pair(s, a, b);
	stmt_int(s, ":identity", identity);
	stmt_int(s, ":seen_at", at);
	return stmt_run(s, e);
}

int
customer_reconcile(struct customers *c, int64_t a, int64_t b, int64_t id, int64_t at,
    bool *differ, struct err *e)
{
	int64_t root_a = customers_root(c, a, e), root_b = customers_root(c, b, e);
	bool apart = false, linked;

	if (root_a < 0 || root_b < 0 || groups_differ(c, root_a, root_b, differ, e) < 0 ||
	    customers_apart(c->db, root_a, root_b, &apart, e) < 0)
		return -1;
	if (*differ || apart)
		return note_conflict(c, a, b, id, at, e);
	return customers_link(c, a, b, id, "csr-ingest", at, &linked, e);
}

static int
settle_roots(struct customers *c, int64_t a, int64_t b, struct err *e)
{
	map_clear(&c->roots);
	c->links++;
	return customers_check_roots(c->db, a, b, true, NULL, NULL, e);
}

/* A line in the log: NAME happened between A and B. */
static int
log_pair(struct customers *c, const char *name, int64_t a, int64_t b, const char *actor,
    int64_t at, struct err *e)
{
	char other[24];
	struct event ev = { .name = name, .at = at, .customer = a < b ? a : b,
		.subject = other, .actor = actor };

	snprintf(other, sizeof(other), "%lld", (long long)(a < b ? b : a));
	return event_add(c->db, &ev, NULL, e);
}

static int
end_apart(struct customers *c, int64_t root_a, int64_t root_b, int64_t at, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &APART_END, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":at", at);
	bind_groups(s, root_a, root_b);
	return stmt_run(s, e);
}

int
customers_link(struct customers *c, int64_t a, int64_t b, int64_t identity,
    const char *actor, int64_t at, bool *linked, struct err *e)
{
	int64_t root_a = customers_root(c, a, e), root_b = customers_root(c, b, e);
	struct stmt *s;

	*linked = false;
	if (root_a < 0 || root_b < 0)
		return -1;
	if (a == b)
		return err_set(e, ERR_DATA, "customer %lld cannot be linked to itself",
		    (long long)a);
	if (root_a == root_b)
		return 0;
	if ((identity == 0 && end_apart(c, root_a, root_b, at, e) < 0) ||
	    (s = db_stmt(c->db, &LINK_ADD, e)) == NULL)
		return -1;
	bind_pair(s, a, b);
	stmt_id(s, ":identity", identity);
	stmt_text(s, ":actor", actor);
	stmt_int(s, ":linked_at", at);
	if (stmt_run(s, e) < 0 || settle_roots(c, root_a, root_b, e) < 0)
		return -1;
	*linked = true;
	return log_pair(c, "customer.linked", a, b, actor, at, e);
}

/* The links of a group, to look for a way through them. */
struct ways {
	int64_t (*v)[2];
	size_t n;
	struct map from;	/* customer -> the one it was reached from */
};

static int
load_ways(struct customers *c, int64_t root, struct ways *w, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &LINKS_IN, e);
	size_t cap = 0;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		if (w->n == cap) {
			cap = cap ? cap * 2 : 16;
			w->v = xrealloc(w->v, cap * sizeof(*w->v));
		}
		w->v[w->n][0] = stmt_col_int(s, 0);
		w->v[w->n++][1] = stmt_col_int(s, 1);
	}
	return got;
}

/* Spreads from TO until FROM is reached, or nothing new is. */
static bool
search(struct ways *w, int64_t from, int64_t to)
{
	bool grown = true;
	size_t i;
	int side, is_new;

	map_put(&w->from, &to, sizeof(to), NULL)->num = to;
	while (grown && map_get(&w->from, &from, sizeof(from)) == NULL)
		for (grown = false, i = 0; i < 2 * w->n; i++) {
			int64_t *pair = w->v[i / 2];

			side = (int)(i & 1);
			if (map_get(&w->from, &pair[side], sizeof(*pair)) == NULL)
				continue;
			union map_value *v = map_put(&w->from, &pair[!side], sizeof(*pair),
			    &is_new);

			if (is_new)
				v->num = pair[side];
			grown |= is_new != 0;
		}
	return map_get(&w->from, &from, sizeof(from)) != NULL;
}

/* Says by what steps A and B are one; returns -1. */
static int
not_direct(struct customers *c, int64_t a, int64_t b, struct err *e)
{
	int64_t root_a = customers_root(c, a, e), root_b = customers_root(c, b, e), at = a;
	struct ways w = { NULL, 0, MAP_INIT };
	struct buf steps = BUF_INIT;
	int bad = root_a < 0 || root_b < 0 ? -1 : 0;

	if (bad == 0 && root_a == root_b && (bad = load_ways(c, root_a, &w, e)) == 0 &&
	    search(&w, a, b))
		while (at != b) {
			at = map_get(&w.from, &at, sizeof(at))->num;
			buf_fmt(&steps, " - %lld", (long long)at);
		}
	if (bad == 0 && steps.len > 0)
		err_set(e, ERR_DATA, "customers %lld and %lld are linked by way of others: "
		    "%lld%.120s", (long long)a, (long long)b, (long long)a, steps.p);
	else if (bad == 0)
		err_set(e, ERR_DATA, "customers %lld and %lld are not linked", (long long)a,
		    (long long)b);
	map_release(&w.from);
	free(w.v);
	buf_release(&steps);
	return -1;
}

int
customers_unlink(struct customers *c, int64_t a, int64_t b, const char *actor, int64_t at,
    struct err *e)
{
	int64_t root = customers_root(c, a, e), root_b;
	struct stmt *s = db_stmt(c->db, &LINK_END, e);

	if (root < 0 || s == NULL)
		return -1;
	stmt_int(s, ":at", at);
	stmt_text(s, ":actor", actor);
	bind_pair(s, a, b);
	if (stmt_run(s, e) < 0)
		return -1;
	if (db_changes(c->db) == 0)
		return not_direct(c, a, b, e);
	if (settle_roots(c, root, root, e) < 0 ||
	    log_pair(c, "customer.unlinked", a, b, actor, at, e) < 0 ||
	    (root = customers_root(c, a, e)) < 0 || (root_b = customers_root(c, b, e)) < 0)
		return -1;
	/* Other links may still hold them together. */
	return root == root_b ? 0 : customers_keep_apart(c, a, b, actor, at, e);
}

int
customers_keep_apart(struct customers *c, int64_t a, int64_t b, const char *actor,
    int64_t at, struct err *e)
{
	int64_t root_a = customers_root(c, a, e), root_b = customers_root(c, b, e);
	bool apart = false;
	struct stmt *s;

	if (root_a < 0 || root_b < 0)
		return -1;
	if (root_a == root_b)
		return err_set(e, ERR_DATA, "customers %lld and %lld are linked: unlink them",
		    (long long)a, (long long)b);
	if (customers_apart(c->db, root_a, root_b, &apart, e) < 0 || apart)
		return apart ? 0 : -1;
	if ((s = db_stmt(c->db, &APART_ADD, e)) == NULL)
		return -1;
	bind_pair(s, a, b);
	stmt_text(s, ":actor", actor);
	stmt_int(s, ":at", at);
	return stmt_run(s, e) < 0 ? -1 :
	    log_pair(c, "customer.apart", a, b, actor, at, e);
}
