/* segment_tally - what everybody bought, as far as a plan of segments asks about it */
#include <math.h>
#include <stdlib.h>

#include "store/segment_tally.h"
#include "text/money.h"
#include "time/tm.h"

DB_SQL(TALLY_ORDERS, "SELECT c.root, o.status, o.title, o.extra, o.amount_minor, "
    "o.currency, o.ordered_at, o.paid_at, o.starts_at, o.ends_at FROM orders AS o "
    "JOIN customer AS c ON c.id = o.customer WHERE c.erased_at IS NULL "
    "ORDER BY c.root, o.id");

enum { SHORT_DAYS = 3, LATE_DAYS = 3 };

/* The order the cursor stands on. */
struct order {
	int64_t root, minor, at, ordered_at, starts_at, ends_at;
	const char *status, *title, *extra, *currency;
	bool has_money;
};

static struct order
order_of(const struct stmt *s)
{
	struct order o = { .root = stmt_col_int(s, 0), .status = stmt_col_text(s, 1),
		.title = stmt_col_text(s, 2), .extra = stmt_col_text(s, 3),
		.minor = stmt_col_int(s, 4), .currency = stmt_col_text(s, 5),
		.ordered_at = stmt_col_int(s, 6), .starts_at = stmt_col_int(s, 8),
		.ends_at = stmt_col_int(s, 9), .has_money = !stmt_col_null(s, 4) };

	if (o.ordered_at == 0)
		o.ordered_at = stmt_col_int(s, 7);
	o.at = o.ordered_at != 0 ? o.ordered_at : o.starts_at;
	return o;
}

static struct tally *
last_of(struct tallies *t, size_t plan, int64_t root)
{
	size_t n = t->n[plan];

	if (n > 0 && t->v[plan][n - 1].root == root)
		return &t->v[plan][n - 1];
	if (n == t->cap[plan]) {
		t->cap[plan] = n ? n * 2 : 256;
		t->v[plan] = xrealloc(t->v[plan], t->cap[plan] * sizeof(**t->v));
	}
	t->v[plan][n] = (struct tally){ .root = root };
	t->n[plan]++;
	return &t->v[plan][n];
}

static void
count_times(struct tally *k, const struct order *o, const struct zone *z)
{
	if (o->starts_at == 0)
		return;
	k->dated++;
	k->workdays += tm_weekday(zone_day(z, o->starts_at)) < 5;
	if (o->ends_at >= o->starts_at) {
		k->spans++;
		k->shorts += o->ends_at - o->starts_at < SHORT_DAYS * TM_DAY_MS;
	}
	if (o->ordered_at != 0) {
		k->leads++;
		k->lates += o->starts_at - o->ordered_at < LATE_DAYS * TM_DAY_MS;
	}
}

static void
count_order(struct tallies *t, const struct segments *s, size_t plan, const struct order *o,
    int64_t as_of, const struct zone *z, struct fold *fold)
{
	const struct segment_plan *p = &s->v[plan];
	struct tally *k;
	unsigned words;
	int64_t minor;
	size_t i;

	if (o->at == 0 || o->at >= as_of || (segment_words(p, o->status, fold) & 1))
		return;
	k = last_of(t, plan, o->root);
	if (k->first_at == 0 || o->at < k->first_at)
		k->first_at = o->at;
	if (p->period_ms != 0 && o->at < as_of - p->period_ms)
		return;
	k->orders++;
	if (o->at > k->last_at)
		k->last_at = o->at;
	if (o->has_money && segment_money(p, o->minor, o->currency, &minor))
		k->amount += minor;
	else if (o->has_money && !p->is_profile)
		t->unrated++;
	words = segment_words(p, o->title, fold) | segment_words(p, o->extra, fold);
	for (i = 0; i < p->n_features; i++)
		k->features[i] += (words >> (i + 1)) & 1;
	count_times(k, o, z);
}

/* Ranks those with orders in the period. */
static void
rank(struct tally *v, size_t n)
{
	size_t *who = xcalloc(n + 1, sizeof(*who)), i, k = 0;
	int64_t *value = xcalloc(n + 1, sizeof(*value));
	int *score = xcalloc(n + 1, sizeof(*score)), by;

	for (i = 0; i < n; i++)
		if (v[i].orders > 0)
			who[k++] = i;
	for (by = 0; by < 3; by++) {
		for (i = 0; i < k; i++)
			value[i] = by == 0 ? v[who[i]].last_at : by == 1 ? v[who[i]].orders :
			    v[who[i]].amount;
		segment_quintiles(value, k, false, score);
		for (i = 0; i < k; i++)
			*(by == 0 ? &v[who[i]].recency : by == 1 ? &v[who[i]].frequency :
			    &v[who[i]].monetary) = score[i];
	}
	free(who);
	free(value);
	free(score);
}

int
tallies_load(struct tallies *t, struct db *db, const struct segments *s, int64_t as_of,
    const struct zone *z, struct err *e)
{
	struct stmt *st = db_stmt(db, &TALLY_ORDERS, e);
	struct fold fold = FOLD_INIT;
	size_t plan;
	int got;

	*t = (struct tallies){ .unrated = 0 };
	if (st == NULL)
		return -1;
	while ((got = stmt_step(st, e)) > 0) {
		struct order o = order_of(st);

		for (plan = 0; plan < s->n; plan++)
			count_order(t, s, plan, &o, as_of, z, &fold);
	}
	for (plan = 0; plan < s->n && got == 0; plan++)
		rank(t->v[plan], t->n[plan]);
	fold_release(&fold);
	return got;
}

void
tallies_release(struct tallies *t)
{
	size_t plan;

	for (plan = 0; plan < SEGMENTS_MAX; plan++)
		free(t->v[plan]);
}

const struct tally *
tally_of(const struct tallies *t, size_t plan, size_t *at, int64_t root)
{
	while (*at < t->n[plan] && t->v[plan][*at].root < root)
		++*at;
	return *at < t->n[plan] && t->v[plan][*at].root == root ? &t->v[plan][*at] : NULL;
}

static void
set(struct segment_facts *f, int fact, double v)
{
	f->v[fact] = v;
	f->has[fact] = true;
}

static void
set_share(struct segment_facts *f, int fact, int64_t part, int64_t whole)
{
	if (whole > 0)
		set(f, fact, 100.0 * (double)part / (double)whole);
}

struct segment_facts
tally_facts(const struct tally *t, int64_t as_of, const char *currency)
{
	struct segment_facts f = { .level = NULL };
	int i;

	set(&f, SEGMENT_ORDERS, t != NULL ? (double)t->orders : 0);
	if (t == NULL)
		return f;
	set(&f, SEGMENT_FIRST, (double)(as_of - t->first_at));
	if (t->orders == 0)
		return f;
	set(&f, SEGMENT_AMOUNT, (double)t->amount / pow(10, money_digits(currency)));
	set(&f, SEGMENT_LAST, (double)(as_of - t->last_at));
	set(&f, SEGMENT_RECENCY, t->recency);
	set(&f, SEGMENT_FREQUENCY, t->frequency);
	set(&f, SEGMENT_MONETARY, t->monetary);
	set_share(&f, SEGMENT_WORKDAYS, t->workdays, t->dated);
	set_share(&f, SEGMENT_SHORT, t->shorts, t->spans);
	set_share(&f, SEGMENT_LATE, t->lates, t->leads);
	for (i = 0; i < SEGMENT_FEATURES; i++)
		set_share(&f, SEGMENT_FEATURE + i, t->features[i], t->orders);
	return f;
}
