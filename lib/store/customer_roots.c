/* customer_roots - who stands for whom, computed from the links */
#include <stdlib.h>

#include "base/mem.h"
#include "store/customer.h"

DB_SQL(ROOTS_ALL, "SELECT id, root FROM customer ORDER BY id");
DB_SQL(ROOTS_OF, "SELECT id, root FROM customer WHERE root IN (:root, :other) ORDER BY id");
DB_SQL(LINKS_ALL, "SELECT a, b FROM link WHERE unlinked_at IS NULL ORDER BY id");
DB_SQL(LINKS_OF, "SELECT l.a, l.b FROM link AS l WHERE l.unlinked_at IS NULL "
    "AND l.a IN (SELECT id FROM customer WHERE root IN (:root, :other)) ORDER BY l.id");
DB_SQL(ROOT_SET, "UPDATE customer SET root = :root WHERE id = :id");

/* Customers of a group, joined by a union-find in which the smallest id is the root. */
struct group {
	int64_t *id, *have;	/* by place */
	size_t *up;		/* place of the parent */
	size_t n, cap;
	struct map place;	/* id -> place */
};

static void
group_add(struct group *g, int64_t id, int64_t have)
{
	if (g->n == g->cap) {
		g->cap = g->cap ? g->cap * 2 : 16;
		g->id = xrealloc(g->id, g->cap * sizeof(*g->id));
		g->have = xrealloc(g->have, g->cap * sizeof(*g->have));
		g->up = xrealloc(g->up, g->cap * sizeof(*g->up));
	}
	g->id[g->n] = id;
	g->have[g->n] = have;
	g->up[g->n] = g->n;
	map_put(&g->place, &id, sizeof(id), NULL)->num = (int64_t)g->n;
	g->n++;
}

static size_t
top(struct group *g, size_t i)
{
	while (g->up[i] != i)
		i = g->up[i] = g->up[g->up[i]];
	return i;
}

/* Customers come in the order of ids: the smaller place is the smaller id. */
static void
join(struct group *g, size_t a, size_t b)
{
	a = top(g, a);
	b = top(g, b);
	g->up[a > b ? a : b] = a > b ? b : a;
}

static void
bind_roots(struct stmt *s, int64_t root, int64_t other)
{
	if (root == 0)
		return;
	stmt_int(s, ":root", root);
	stmt_int(s, ":other", other);
}

static int
load_customers(struct db *db, struct group *g, int64_t root, int64_t other, struct err *e)
{
	struct stmt *s = db_stmt(db, root != 0 ? &ROOTS_OF : &ROOTS_ALL, e);
	int got;

	if (s == NULL)
		return -1;
	bind_roots(s, root, other);
	while ((got = stmt_step(s, e)) > 0)
		group_add(g, stmt_col_int(s, 0), stmt_col_int(s, 1));
	return got;
}

static int
load_links(struct db *db, struct group *g, int64_t root, int64_t other, struct err *e)
{
	struct stmt *s = db_stmt(db, root != 0 ? &LINKS_OF : &LINKS_ALL, e);
	int got;

	if (s == NULL)
		return -1;
	bind_roots(s, root, other);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t a = stmt_col_int(s, 0), b = stmt_col_int(s, 1);
		union map_value *pa = map_get(&g->place, &a, sizeof(a));
		union map_value *pb = map_get(&g->place, &b, sizeof(b));

		if (pa != NULL && pb != NULL)
			join(g, (size_t)pa->num, (size_t)pb->num);
	}
	return got;
}

static int
root_set(struct db *db, int64_t id, int64_t root, struct err *e)
{
	struct stmt *s = db_stmt(db, &ROOT_SET, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

static int
compare(struct db *db, struct group *g, bool fix,
    void (*fn)(void *ctx, int64_t customer, int64_t have, int64_t want), void *ctx,
    struct err *e)
{
	size_t i;

	for (i = 0; i < g->n; i++) {
		int64_t want = g->id[top(g, i)];

		if (want == g->have[i])
			continue;
		if (fn != NULL)
			fn(ctx, g->id[i], g->have[i], want);
		if (fix && root_set(db, g->id[i], want, e) < 0)
			return -1;
	}
	return 0;
}

int
customers_check_roots(struct db *db, int64_t root, int64_t other, bool fix,
    void (*fn)(void *ctx, int64_t customer, int64_t have, int64_t want), void *ctx,
    struct err *e)
{
	struct group g = { .place = MAP_INIT };
	int bad = load_customers(db, &g, root, other, e);

	if (bad == 0)
		bad = load_links(db, &g, root, other, e);
	if (bad == 0)
		bad = compare(db, &g, fix, fn, ctx, e);
	free(g.id);
	free(g.have);
	free(g.up);
	map_release(&g.place);
	return bad;
}
