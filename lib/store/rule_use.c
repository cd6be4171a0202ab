/* rule_use - how often rules held, and how often they were right */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/rule_use.h"

DB_SQL(RULE_USE_ADD, "INSERT INTO rule_use AS u (day_at, dimension, label, rule, hits, misses) "
    "VALUES (:day, :dimension, :label, :rule, :hits, :misses) "
    "ON CONFLICT (day_at, dimension, label, rule) DO UPDATE SET "
    "hits = u.hits + excluded.hits, misses = u.misses + excluded.misses");
DB_SQL(RULE_USE_OVERRULED, "UPDATE rule_use SET overruled = overruled + 1 "
    "WHERE dimension = :dimension AND label = :label AND rule = :rule "
    "AND day_at = (SELECT max(x.day_at) FROM rule_use AS x WHERE x.dimension = :dimension "
    "AND x.label = :label AND x.rule = :rule)");

static const int64_t DAY_MS = 86400000;

static struct rule_count *
count_of(struct rule_use *u, const struct rule_hit *hit)
{
	const char *key[3] = { hit->dimension, hit->label, hit->rule };
	union map_value *v;
	int is_new;

	/* Names are kept once by the rules, so where they stand tells them apart. */
	v = map_put(&u->at, key, sizeof(key), &is_new);
	if (!is_new)
		return &u->counts[v->num];
	if (u->n == u->cap) {
		u->cap = u->cap * 2 + 64;
		u->counts = xrealloc(u->counts, u->cap * sizeof(*u->counts));
	}
	v->num = (int64_t)u->n;
	u->counts[u->n] = (struct rule_count){ hit->dimension, hit->label, hit->rule, 0, 0 };
	return &u->counts[u->n++];
}

void
rule_use_note(struct rule_use *u, const struct rule_hit *hits, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct rule_count *c = count_of(u, &hits[i]);

		if (hits[i].counted)
			c->hits++;
		else
			c->misses++;
	}
}

int
rule_use_store(struct rule_use *u, struct db *db, int64_t at, struct err *e)
{
	size_t i;

	for (i = 0; i < u->n; i++) {
		struct rule_count *c = &u->counts[i];
		struct stmt *s;

		if (c->hits == 0 && c->misses == 0)
			continue;
		if ((s = db_stmt(db, &RULE_USE_ADD, e)) == NULL)
			return -1;
		stmt_int(s, ":day", at - (at % DAY_MS + DAY_MS) % DAY_MS);
		stmt_text(s, ":dimension", c->dimension);
		stmt_text(s, ":label", c->label);
		stmt_text(s, ":rule", c->rule);
		stmt_int(s, ":hits", c->hits);
		stmt_int(s, ":misses", c->misses);
		if (stmt_run(s, e) < 0)
			return -1;
		c->hits = c->misses = 0;
	}
	return 0;
}

void
rule_use_release(struct rule_use *u)
{
	map_release(&u->at);
	free(u->counts);
	memset(u, 0, sizeof(*u));
}

int
rule_use_overruled(struct db *db, const char *dimension, const char *label, const char *rule,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &RULE_USE_OVERRULED, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":dimension", dimension);
	stmt_text(s, ":label", label);
	stmt_text(s, ":rule", rule);
	return stmt_run(s, e);
}
