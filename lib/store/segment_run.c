/* segment_run - everybody's segment and profile as of a day */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/event.h"
#include "store/person_private.h"
#include "store/segment_run.h"
#include "store/segment_tally.h"
#include "store/standing.h"
#include "stream/jtext.h"

DB_SQL(SEGMENT_ROOTS, "SELECT id FROM customer WHERE id = root AND erased_at IS NULL "
    "AND id > :after ORDER BY id LIMIT :n");
DB_SQL(SEGMENT_LEVELS, "SELECT m.level FROM customer AS c JOIN identity AS i "
    "ON i.customer = c.id AND i.kind = 4 LEFT JOIN membership AS m ON m.number = i.value "
    "WHERE c.root = :root AND (m.expires_at IS NULL OR m.expires_at > :as_of) "
    "ORDER BY m.level NULLS LAST, i.id LIMIT 1");

enum { SHARE = 500 };

/* A run, and the person it is at. */
struct running {
	struct segment_run *r;
	struct tallies tallies;
	size_t at[SEGMENTS_MAX];	/* places in the tallies */
	struct arena text;
	struct person_traits traits;
	struct standing was, now;
	const char *kept;		/* "segment", "profile", "both": was given, NULL: none */
	struct buf why;			/* JSON array */
};

static int
load_level(struct running *g, int64_t root, struct segment_facts *f, struct err *e)
{
	struct stmt *s = db_stmt(g->r->ask->db, &SEGMENT_LEVELS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	stmt_int(s, ":as_of", g->r->as_of_at);
	if ((got = stmt_step(s, e)) > 0) {
		f->member = true;
		f->level = arena_str(&g->text, stmt_col_text(s, 0));
	}
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

/* What PLAN says of ROOT goes into g->now and g->why. */
static int
judge(struct running *g, size_t plan, int64_t root, struct err *e)
{
	const struct segment_plan *p = &g->r->segments->v[plan];
	const struct tally *t = tally_of(&g->tallies, plan, &g->at[plan], root);
	struct segment_facts f = tally_facts(t, g->r->as_of_at, p->currency);
	const char **into = p->is_profile ? &g->now.profile : &g->now.segment;
	struct buf why = BUF_INIT;

	if (load_level(g, root, &f, e) < 0)
		return -1;
	if (*into == NULL && (*into = segment_match(p, &f, &why)) != NULL) {
		buf_char(&g->why, g->why.len > 1 ? ',' : '[');
		jtext_string(&g->why, why.p, why.len);
	}
	buf_release(&why);
	if (p->is_profile || g->now.currency != NULL)
		return 0;
	g->now.currency = p->currency;
	if (t == NULL)
		return 0;
	g->now.orders = t->orders;
	g->now.amount_minor = t->amount;
	g->now.last_order_at = t->last_at;
	g->now.recency = t->recency;
	g->now.frequency = t->frequency;
	g->now.monetary = t->monetary;
	return 0;
}

/* HAVE is what the customer is, SET what we made it the last time, TO what it should be:
 * true if it is to be changed; *SET is what we have made it then. */
static bool
decide(const struct running *g, const char *have, const char *set, const char **to,
    bool *given)
{
	bool ours = have == NULL || (set != NULL && strcmp(set, have) == 0);
	const char *want = *to;

	*given = !ours && want != NULL && strcmp(want, have) != 0 && !g->r->replace;
	if (!ours && !g->r->replace) {
		*to = NULL;
		return false;
	}
	if (want == NULL) {
		*to = set;
		return false;
	}
	return have == NULL || strcmp(have, want) != 0;
}

static int
write_change(struct running *g, int64_t root, const char *name, const char *from,
    const char *to, struct err *e)
{
	struct buf data = BUF_INIT;
	struct event ev = { .name = name, .at = g->r->ask->now, .customer = root,
		.subject = from, .value = to, .actor = g->r->actor };
	int bad;

	buf_fmt(&data, "{\"as_of\":%lld,\"why\":%s}", (long long)g->r->as_of_at,
	    g->now.why != NULL ? g->now.why : "[]");
	ev.data = data.p;
	bad = event_add(g->r->ask->db, &ev, NULL, e);
	buf_release(&data);
	return bad;
}

static struct node *
result(const struct running *g, int64_t root, const char *segment, const char *profile,
    bool changed)
{
	struct node *o = node_object();
	struct err ignored;

	node_set_text(o, "kind", "standing");
	node_set_int(o, "customer", root);
	person_set(o, "name", g->traits.name);
	person_set_day(g->r->ask, o, "as_of", g->r->as_of_at);
	person_set(o, "segment", segment);
	person_set(o, "segment_was", g->traits.segment);
	person_set(o, "profile", profile);
	person_set(o, "profile_was", g->traits.profile);
	person_set(o, "kept", g->kept);
	node_set_int(o, "orders", g->now.orders);
	node_set_int(o, "amount_minor", g->now.amount_minor);
	person_set(o, "currency", g->now.currency);
	if (g->now.recency != 0) {
		node_set_int(o, "recency", g->now.recency);
		node_set_int(o, "frequency", g->now.frequency);
		node_set_int(o, "monetary", g->now.monetary);
	}
	if (g->now.why != NULL)
		node_set(o, "why", node_parse(g->now.why, strlen(g->now.why), &ignored));
	node_set_bool(o, "changed", changed);
	if (g->r->dry_run)
		node_set_bool(o, "dry_run", true);
	return o;
}

static int
store(struct running *g, int64_t root, const char *segment, const char *profile,
    struct err *e)
{
	if (g->r->dry_run)
		return 0;
	if (standing_put(g->r->ask->db, &g->now, e) < 0 ||
	    (segment != NULL &&
	    write_change(g, root, "customer.segment", g->traits.segment, segment, e) < 0) ||
	    (profile != NULL &&
	    write_change(g, root, "customer.profile", g->traits.profile, profile, e) < 0))
		return -1;
	return segment == NULL && profile == NULL ? 0 :
	    customers_classify(g->r->customers, root, segment, profile, e);
}

static int
settle(struct running *g, int64_t root, struct node *out, struct err *e)
{
	const char *segment = g->now.segment, *profile = g->now.profile;
	bool given_segment, given_profile;
	bool to_segment = decide(g, g->traits.segment, g->was.segment, &g->now.segment,
	    &given_segment);
	bool to_profile = decide(g, g->traits.profile, g->was.profile, &g->now.profile,
	    &given_profile);

	g->kept = given_segment && given_profile ? "both" : given_segment ? "segment" :
	    given_profile ? "profile" : NULL;
	if (store(g, root, to_segment ? segment : NULL, to_profile ? profile : NULL, e) < 0)
		return -1;
	g->r->changed += to_segment || to_profile;
	if (to_segment || to_profile || g->r->explain)
		node_push(out, result(g, root, segment, profile, to_segment || to_profile));
	return 0;
}

static int
one(struct running *g, int64_t root, struct node *out, struct err *e)
{
	size_t plan;
	int bad = 0;

	arena_clear(&g->text);
	buf_clear(&g->why);
	g->was = (struct standing){ .customer = 0 };
	g->now = (struct standing){ .customer = root, .as_of_at = g->r->as_of_at };
	if (standing_get(g->r->ask->db, root, &g->was, &g->text, e) < 0 ||
	    person_traits(g->r->ask->db, root, &g->traits, e) < 0)
		return -1;
	for (plan = 0; plan < g->r->segments->n && bad == 0; plan++)
		bad = judge(g, plan, root, e);
	if (g->why.len > 0) {
		buf_char(&g->why, ']');
		g->now.why = g->why.p;
	}
	if (g->now.currency == NULL)
		g->now.currency = "CNY";
	if (bad == 0)
		bad = settle(g, root, out, e);
	g->r->people++;
	person_traits_release(&g->traits);
	return bad;
}

/* The next share of people behind *AFTER: how many, -1. */
static int
share(struct running *g, int64_t *after, struct node *out, struct err *e)
{
	struct stmt *s = db_stmt(g->r->ask->db, &SEGMENT_ROOTS, e);
	int64_t roots[SHARE];
	int n = 0, i, got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":after", *after);
	stmt_int(s, ":n", SHARE);
	while ((got = stmt_step(s, e)) > 0)
		roots[n++] = stmt_col_int(s, 0);
	for (i = 0; i < n && got == 0; i++) {
		got = one(g, roots[i], out, e);
		*after = roots[i];
	}
	return got < 0 ? -1 : n;
}

static int
shares(struct running *g, struct err *e)
{
	struct db *db = g->r->ask->db;
	int64_t after = 0;
	int n = 1;

	while (n > 0) {
		struct node *out = node_array();
		size_t i;

		if ((g->r->dry_run ? db_begin_read(db, e) : db_begin(db, e)) < 0)
			n = -1;
		else if ((n = share(g, &after, out, e)) < 0)
			db_rollback(db);
		else if (db_commit(db, e) < 0)
			n = -1;
		for (i = 0; i < node_len(out) && n >= 0; i++)
			g->r->print(node_at(out, i));
		node_free(out);
	}
	return n;
}

int
segment_run(struct segment_run *r, struct err *e)
{
	struct running g = { .r = r, .text = ARENA_INIT, .why = BUF_INIT };
	int bad = tallies_load(&g.tallies, r->ask->db, r->segments, r->as_of_at,
	    r->ask->zone, e);

	r->people = r->changed = 0;
	if (bad == 0 && g.tallies.unrated > 0) {
		err_set(e, ERR_DATA, "%lld orders are in a currency without a rate in "
		    "segments/: they count, their money does not",
		    (long long)g.tallies.unrated);
		r->complain(e);
	}
	if (bad == 0)
		bad = shares(&g, e);
	tallies_release(&g.tallies);
	arena_release(&g.text);
	buf_release(&g.why);
	return bad;
}
