/* answer_gaps - what customers ask often and no article answers */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/cluster.h"
#include "store/answer_gaps.h"
#include "text/fold.h"
#include "time/tm.h"

DB_SQL(GAPS_MESSAGES_OF, "SELECT m.id, coalesce(m.customer, 0), m.at, m.text, c.area, "
    "w.message, w.score, w.article FROM message AS m JOIN class AS c ON c.message = m.id "
    "LEFT JOIN answer AS w ON w.message = m.id "
    "WHERE m.at >= :from AND m.at < :to AND m.direction = 1 AND m.automatic = 0 "
    "AND c.type IN ('inquiry', 'request') ORDER BY m.at DESC, m.id DESC LIMIT :most");

static const double alike = 0.45;

struct asked {
	const char *text, *folded, *area, *article;
	int64_t customer, at;
	double score;
	uint32_t cluster;
};

struct work {
	struct answer_gaps *g;
	struct arena arena;
	struct asked *v;
	size_t n;
};

/* What the knowledge base would say to a message that csr-answer has not seen. */
static int
ask(struct work *w, struct asked *a, struct err *e)
{
	struct question q = { .text = a->text, .now = w->g->now };
	struct suggestion s;
	int got;

	q.labels.v[DIM_AREA] = a->area;
	if ((got = knowledge_ask(w->g->k, &q, &s, 1, e)) < 0)
		return -1;
	a->score = got > 0 ? s.score : 0;
	a->article = got > 0 ? arena_str(&w->arena, s.of->a.id) : NULL;
	return 0;
}

static int
read_messages(struct work *w, bool *seen, struct err *e)
{
	struct stmt *s = db_stmt(w->g->db, &GAPS_MESSAGES_OF, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":from", w->g->from_at);
	stmt_int(s, ":to", w->g->to_at);
	stmt_int(s, ":most", GAPS_MESSAGES);
	while ((got = stmt_step(s, e)) > 0) {
		struct asked *a = &w->v[w->n];

		*a = (struct asked){ .customer = stmt_col_int(s, 1), .at = stmt_col_int(s, 2),
			.text = arena_str(&w->arena, stmt_col_text(s, 3)),
			.area = arena_str(&w->arena, stmt_col_text(s, 4)),
			.score = stmt_col_real(s, 6),
			.article = arena_str(&w->arena, stmt_col_text(s, 7)) };
		seen[w->n++] = !stmt_col_null(s, 5);
	}
	return got;
}

/* Keeps those no article answers, the oldest first. */
static int
keep_unanswered(struct work *w, const bool *seen, struct err *e)
{
	struct fold f = FOLD_INIT;
	size_t i, n = 0;
	int bad = 0;

	for (i = 0; i < w->n && bad == 0; i++) {
		if (!seen[i])
			bad = ask(w, &w->v[i], e);
		if (bad == 0 && w->v[i].score < w->g->below)
			w->v[n++] = w->v[i];
	}
	w->n = n;
	for (i = 0; i < n / 2; i++) {
		struct asked a = w->v[i];

		w->v[i] = w->v[n - 1 - i];
		w->v[n - 1 - i] = a;
	}
	for (i = 0; i < n; i++) {
		fold_text(&f, w->v[i].text, strlen(w->v[i].text));
		w->v[i].folded = arena_strn(&w->arena, buf_cstr(&f.text), f.text.len);
	}
	fold_release(&f);
	return bad;
}

static void
group(struct work *w)
{
	const char **texts = xcalloc(w->n + 1, sizeof(*texts));
	uint32_t *of = xcalloc(w->n + 1, sizeof(*of));
	size_t i;

	for (i = 0; i < w->n; i++)
		texts[i] = w->v[i].folded;
	cluster(texts, w->n, &w->g->k->synonyms, alike, of);
	for (i = 0; i < w->n; i++)
		w->v[i].cluster = of[i];
	free(texts);
	free(of);
}

/* A group: where it begins among those sorted, and how many. */
struct gap {
	size_t first, n;
};

static int
by_cluster(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	if (x->cluster != y->cluster)
		return x->cluster < y->cluster ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static int
biggest_first(const void *a, const void *b)
{
	const struct gap *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
count_customers(const struct asked *v, size_t n)
{
	int64_t *ids = xcalloc(n + 1, sizeof(*ids)), count = 0;
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = v[i].customer;
	qsort(ids, n, sizeof(*ids), by_number);
	for (i = 0; i < n; i++)
		count += ids[i] != 0 && (i == 0 || ids[i] != ids[i - 1]);
	free(ids);
	return count;
}

/* The area most of them have. */
static const char *
area_of(const struct asked *v, size_t n)
{
	const char *best = NULL;
	size_t i, k, count, most = 0;

	for (i = 0; i < n && i < 200; i++) {
		for (k = 0, count = 0; v[i].area != NULL && k < n && k < 200; k++)
			count += v[k].area != NULL && strcmp(v[k].area, v[i].area) == 0;
		if (count > most) {
			most = count;
			best = v[i].area;
		}
	}
	return best;
}

/* The latest texts that differ. */
static struct node *
examples(const struct asked *v, size_t n)
{
	struct node *list = node_array();
	const char *told[GAPS_EXAMPLES];
	size_t m = 0, k;

	while (n-- > 0 && m < GAPS_EXAMPLES) {
		for (k = 0; k < m && strcmp(told[k], v[n].folded) != 0; k++)
			continue;
		if (k < m)
			continue;
		told[m++] = v[n].folded;
		node_push_text(list, v[n].text);
	}
	return list;
}

static void
print_gap(const struct work *w, const struct gap *gap, struct buf *out)
{
	const struct asked *v = &w->v[gap->first], *near = v;
	struct node *n = node_object(), *nearest;
	char at[TM_SIZE];
	size_t i;

	for (i = 0; i < gap->n; i++)
		near = v[i].score > near->score ? &v[i] : near;
	node_set_text(n, "kind", "gap");
	node_set_int(n, "n", (int64_t)gap->n);
	node_set_int(n, "customers", count_customers(v, gap->n));
	node_set_text(n, "area", area_of(v, gap->n));
	node_set_text(n, "first", tm_format(v[0].at, w->g->zone, at));
	node_set_text(n, "last", tm_format(v[gap->n - 1].at, w->g->zone, at));
	node_set(n, "examples", examples(v, gap->n));
	if (near->article != NULL) {
		nearest = node_object();
		node_set_text(nearest, "article", near->article);
		node_set_real(nearest, "score", round(near->score * 1e4) / 1e4);
		node_set(n, "nearest", nearest);
	}
	node_print(n, out);
	buf_char(out, '\n');
	node_free(n);
}

static void
print_gaps(struct work *w, struct buf *out)
{
	struct gap *gaps = xcalloc(w->n + 1, sizeof(*gaps));
	size_t i, n = 0;

	qsort(w->v, w->n, sizeof(*w->v), by_cluster);
	for (i = 0; i < w->n; i++) {
		if (i == 0 || w->v[i].cluster != w->v[i - 1].cluster)
			gaps[n++].first = i;
		gaps[n - 1].n++;
	}
	qsort(gaps, n, sizeof(*gaps), biggest_first);
	for (i = 0; i < n && (int64_t)i < w->g->most && (int64_t)gaps[i].n >= w->g->least; i++)
		print_gap(w, &gaps[i], out);
	free(gaps);
}

int
answer_gaps_run(struct answer_gaps *g, struct buf *out, struct err *e)
{
	struct work w = { .g = g };
	bool *seen = xcalloc(GAPS_MESSAGES, sizeof(*seen));
	int bad;

	w.v = xcalloc(GAPS_MESSAGES, sizeof(*w.v));
	bad = read_messages(&w, seen, e);
	g->messages = (int64_t)w.n;
	if (bad == 0)
		bad = keep_unanswered(&w, seen, e);
	g->unanswered = (int64_t)w.n;
	if (bad == 0 && w.n > 0) {
		group(&w);
		print_gaps(&w, out);
	}
	free(seen);
	free(w.v);
	arena_release(&w.arena);
	return bad;
}
