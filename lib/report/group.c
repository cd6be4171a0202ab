/* group - rows gathered by some of their columns, and measured */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "report/group.h"

/* What is remembered of one column in one group. */
struct tally {
	int64_t n;
	double real;		/* sum of a real column */
	int64_t sum;
	struct cell least, greatest;
	int64_t *values;	/* all of them, if a percentile is asked for */
	size_t cap;
};

struct bucket {
	struct cell *key;	/* one a BY column */
	struct tally *tallies;	/* one a measured column */
};

/* A bucket, sorted by its key. */
struct place {
	size_t bucket;
	const struct group *g;
};

struct group {
	const size_t *by;
	size_t n_by;
	const struct measure *measures;
	size_t n;
	size_t *first, *second;	/* per measure: its tallies */
	size_t *field_of;	/* per tally: the column */
	bool *keeps;		/* per tally: all values are wanted */
	size_t n_tallies;
	struct map keys;	/* the BY cells as bytes: number of the bucket */
	struct buf key;
	struct bucket *buckets;
	size_t n_buckets, cap;
	struct place *order;	/* once it is asked for */
	struct arena texts;
};

/* The tally of a column, made if there is none: measures of one column share it. */
static size_t
tally_of(struct group *g, size_t field)
{
	size_t t;

	for (t = 0; t < g->n_tallies; t++)
		if (g->field_of[t] == field)
			return t;
	g->field_of[t] = field;
	return g->n_tallies++;
}

static void
plan_tallies(struct group *g)
{
	size_t i, most = 2 * g->n + 1;

	g->first = xcalloc(most, sizeof(*g->first));
	g->second = xcalloc(most, sizeof(*g->second));
	g->field_of = xcalloc(most, sizeof(*g->field_of));
	g->keeps = xcalloc(most, sizeof(*g->keeps));
	for (i = 0; i < g->n; i++) {
		g->first[i] = tally_of(g, g->measures[i].field);
		g->second[i] = tally_of(g, g->measures[i].other);
		if (g->measures[i].fn == M_RANK)
			g->keeps[g->first[i]] = true;
	}
}

struct group *
group_new(const size_t *by, size_t n_by, const struct measure *m, size_t n)
{
	struct group *g = xcalloc(1, sizeof(*g));

	g->by = by;
	g->n_by = n_by;
	g->measures = m;
	g->n = n;
	plan_tallies(g);
	return g;
}

void
group_keep(struct group *g)
{
	size_t t;

	for (t = 0; t < g->n_tallies; t++)
		g->keeps[t] = true;
}

static void
add_key(struct buf *b, const struct cell *c)
{
	buf_char(b, (char)c->kind);
	if (c->kind == CELL_TEXT) {
		buf_add(b, &c->len, sizeof(c->len));
		buf_add(b, c->u.text, c->len);
	} else if (c->kind != CELL_NULL) {
		buf_add(b, &c->u, sizeof(c->u));
	}
}

static struct bucket *
new_bucket(struct group *g, const struct cell *cells)
{
	struct bucket *b;
	size_t i;

	if (g->n_buckets == g->cap) {
		g->cap = g->cap ? g->cap * 2 : 16;
		g->buckets = xrealloc(g->buckets, g->cap * sizeof(*g->buckets));
	}
	b = &g->buckets[g->n_buckets++];
	b->key = arena_alloc(&g->texts, (g->n_by + 1) * sizeof(*b->key));
	b->tallies = arena_alloc(&g->texts, (g->n_tallies + 1) * sizeof(*b->tallies));
	for (i = 0; i < g->n_by; i++) {
		b->key[i] = cells[g->by[i]];
		if (b->key[i].kind == CELL_TEXT)
			b->key[i].u.text = arena_strn(&g->texts, b->key[i].u.text,
			    b->key[i].len);
	}
	return b;
}

static struct bucket *
bucket_of(struct group *g, const struct cell *cells)
{
	union map_value *v;
	size_t i;
	int is_new;

	buf_clear(&g->key);
	for (i = 0; i < g->n_by; i++)
		add_key(&g->key, &cells[g->by[i]]);
	v = map_put(&g->keys, buf_cstr(&g->key), g->key.len, &is_new);
	if (!is_new)
		return &g->buckets[v->num];
	v->num = (int64_t)g->n_buckets;
	return new_bucket(g, cells);
}

static void
keep_value(struct tally *t, int64_t v)
{
	if ((size_t)t->n > t->cap) {
		t->cap = t->cap ? t->cap * 2 : 64;
		t->values = xrealloc(t->values, t->cap * sizeof(*t->values));
	}
	t->values[t->n - 1] = v;
}

static void
add_value(struct tally *t, const struct cell *c, bool keeps)
{
	if (c->kind == CELL_NULL)
		return;
	t->n++;
	if (c->kind == CELL_TEXT)
		return;
	if (c->kind == CELL_REAL)
		t->real += c->u.real;
	else
		t->sum += c->u.n;
	if (t->n == 1 || cell_cmp(c, &t->least) < 0)
		t->least = *c;
	if (t->n == 1 || cell_cmp(c, &t->greatest) > 0)
		t->greatest = *c;
	if (keeps && c->kind != CELL_REAL)
		keep_value(t, c->u.n);
}

void
group_add(struct group *g, const struct cell *cells)
{
	struct bucket *b = bucket_of(g, cells);
	size_t t;

	for (t = 0; t < g->n_tallies; t++)
		add_value(&b->tallies[t], &cells[g->field_of[t]], g->keeps[t]);
}

/* V, which is in the unit of the column, as measure M shows it. */
static struct cell
shown(const struct measure *m, double v)
{
	if (m->out.type == FIELD_SECONDS)
		return cell_real(v / 1000);
	if (m->out.type == FIELD_REAL)
		return cell_real(v);
	return cell_int((int64_t)v);
}

static double
number(const struct cell *c)
{
	return c->kind == CELL_REAL ? c->u.real : (double)c->u.n;
}

static double
interval(const struct tally *t, bool high)
{
	double ends[2];

	wilson95((double)t->sum, (double)t->n, &ends[0], &ends[1]);
	return ends[high];
}

static struct cell
measured(const struct measure *m, const struct tally *t, const struct tally *other)
{
	double sum = t->real + (double)t->sum, both = sum + other->real + (double)other->sum;
	size_t n = (size_t)t->n;

	if (m->fn == M_COUNT)
		return cell_int(t->n);
	if (m->fn == M_SUM)
		return m->out.type == FIELD_INT ? cell_int(t->sum) : shown(m, sum);
	if (m->fn == M_SHARE)
		return both != 0 ? shown(m, 100 * sum / both) : cell_null();
	if (n == 0)
		return cell_null();
	switch (m->fn) {
	case M_MIN:
		return shown(m, number(&t->least));
	case M_MAX:
		return shown(m, number(&t->greatest));
	case M_RANK:
		return shown(m, (double)nth_value(t->values, n,
		    ((size_t)m->rank * n + 99) / 100 - 1));
	case M_PCT:
		return shown(m, 100 * sum / (double)n);
	case M_LOW95:
	case M_HIGH95:
		return shown(m, interval(t, m->fn == M_HIGH95));
	default:
		return shown(m, sum / (double)n);
	}
}

static int
place_cmp(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	const struct group *g = x->g;
	size_t i;
	int d;

	for (i = 0; i < g->n_by; i++) {
		d = cell_cmp(&g->buckets[x->bucket].key[i], &g->buckets[y->bucket].key[i]);
		if (d != 0)
			return d;
	}
	return 0;
}

size_t
group_len(struct group *g)
{
	size_t i;

	if (g->order != NULL)
		return g->n_buckets;
	if (g->n_by == 0 && g->n_buckets == 0)
		new_bucket(g, NULL);
	g->order = xcalloc(g->n_buckets + 1, sizeof(*g->order));
	for (i = 0; i < g->n_buckets; i++)
		g->order[i] = (struct place){ i, g };
	qsort(g->order, g->n_buckets, sizeof(*g->order), place_cmp);
	return g->n_buckets;
}

const struct cell *
group_key(const struct group *g, size_t i)
{
	return g->buckets[g->order[i].bucket].key;
}

struct cell
group_value(const struct group *g, size_t i, size_t m)
{
	const struct tally *t = g->buckets[g->order[i].bucket].tallies;

	return measured(&g->measures[m], &t[g->first[m]], &t[g->second[m]]);
}

struct sample
group_sample(const struct group *g, size_t i, size_t m)
{
	const struct tally *t = &g->buckets[g->order[i].bucket].tallies[g->first[m]];
	const struct tally *other = &g->buckets[g->order[i].bucket].tallies[g->second[m]];

	return (struct sample){ t->n, t->real + (double)t->sum,
		other->real + (double)other->sum, t->values };
}

/* By bisection: the order is that of the keys. */
int64_t
group_find(struct group *g, const struct cell *key)
{
	size_t low = 0, high = group_len(g), i;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int d = 0;

		for (i = 0; d == 0 && i < g->n_by; i++)
			d = cell_cmp(&group_key(g, mid)[i], &key[i]);
		if (d == 0)
			return (int64_t)mid;
		if (d < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

int
group_each(struct group *g, int (*fn)(void *ctx, const struct cell *cells, struct err *e),
    void *ctx, struct err *e)
{
	struct cell *out = xcalloc(g->n_by + g->n + 1, sizeof(*out));
	size_t n = group_len(g), i, m;
	int bad = 0;

	for (i = 0; bad == 0 && i < n; i++) {
		memcpy(out, group_key(g, i), g->n_by * sizeof(*out));
		for (m = 0; m < g->n; m++)
			out[g->n_by + m] = group_value(g, i, m);
		bad = fn(ctx, out, e);
	}
	free(out);
	return bad;
}

void
group_free(struct group *g)
{
	size_t i, t;

	if (g == NULL)
		return;
	for (i = 0; i < g->n_buckets; i++)
		for (t = 0; t < g->n_tallies; t++)
			free(g->buckets[i].tallies[t].values);
	free(g->buckets);
	free(g->order);
	free(g->first);
	free(g->second);
	free(g->field_of);
	free(g->keeps);
	map_release(&g->keys);
	buf_release(&g->key);
	arena_release(&g->texts);
	free(g);
}
