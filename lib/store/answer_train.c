/* answer_train - teaches the ranking with questions whose articles are known */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/answer_train.h"
#include "stream/jsonl.h"

/* Fewer than so many questions cannot say which words matter. */
enum { FEW = 500, TOP = 5 };

/* One line of a file: a question and the article that answers it. */
struct line {
	char *text, *article;
};

struct lines_read {
	struct line *v;
	size_t n, cap;
	struct article_files made;	/* of pairs: an article for each s2 */
	bool pairs;
	struct map ids;		/* s2 -> place in made */
};

static void
add_line(struct lines_read *l, const char *text, const char *article)
{
	if (l->n == l->cap) {
		l->cap = l->cap * 2 + 256;
		l->v = xrealloc(l->v, l->cap * sizeof(*l->v));
	}
	l->v[l->n++] = (struct line){ xstrdup(text), xstrdup(article) };
}

/* The id of the article whose title is S2, made if there was none. */
static int
article_of(struct lines_read *l, const char *s2, char id[24], struct err *e)
{
	struct node *n, *text, *zh;
	union map_value *place;
	struct article *a;
	int is_new, bad;

	place = map_put(&l->ids, s2, strlen(s2), &is_new);
	if (is_new)
		place->num = (int64_t)l->made.n;
	snprintf(id, 24, "p%lld", (long long)place->num);
	if (!is_new)
		return 0;
	n = node_object();
	text = node_object();
	zh = node_object();
	node_set_text(zh, "title", s2);
	node_set_text(zh, "answer", "-");
	node_set(text, article_guess_language(s2), zh);
	node_set(n, "text", text);
	node_set_text(n, "id", id);
	a = xmalloc(sizeof(*a));
	article_init(a, "pairs", 0);
	bad = article_read_json(a, n, l->made.zone, e);
	node_free(n);
	if (l->made.n == l->made.cap) {
		l->made.cap = l->made.cap * 2 + 256;
		l->made.v = xrealloc(l->made.v, l->made.cap * sizeof(*l->made.v));
	}
	l->made.v[l->made.n++] = a;
	map_put(&l->made.by_id, a->id, strlen(a->id), NULL)->num = place->num;
	return bad;
}

static int
take_record(struct lines_read *l, const struct rec *r, struct err *e)
{
	const char *text = rec_text(r, "text"), *article = rec_text(r, "article");
	const char *s1 = rec_text(r, "s1"), *s2 = rec_text(r, "s2");
	char id[24];
	int64_t label;

	if (s1 != NULL && s2 != NULL && rec_int(r, "label", &label)) {
		l->pairs = true;
		if (*s1 == '\0' || *s2 == '\0')
			return err_set(e, ERR_DATA, "an empty question");
		if (article_of(l, s2, id, e) < 0)
			return -1;
		if (label == 1)
			add_line(l, s1, id);
		return 0;
	}
	if (text == NULL || article == NULL)
		return err_set(e, ERR_DATA, "neither \"text\" and \"article\" nor \"s1\", "
		    "\"s2\" and \"label\"");
	add_line(l, text, article);
	return 0;
}

static int
read_file(struct answer_train *at, struct lines_read *l, const char *path, struct err *e)
{
	struct jsonl in;
	int got;

	if (jsonl_open(&in, path, e) < 0)
		return -1;
	while ((got = jsonl_next(&in, e)) != 0) {
		if (got > 0 && take_record(l, &in.rec, e) == 0)
			continue;
		if (got < 0 && e->code != ERR_DATA)
			break;
		if (got > 0)
			err_at(e, in.in.name, in.in.line);
		at->refused++;
		at->complain(e);
	}
	jsonl_close(&in);
	return got == 0 ? 0 : -1;
}

/* The titles and questions of all articles, each to be found without itself. */
static int
ask_all_of(struct lines_read *l, struct knowledge *k, struct err *e)
{
	size_t i, owner_before = SIZE_MAX, q = 0;

	for (i = 0; i < k->index.n; i++) {
		const struct passage *p = &k->index.passages[i];
		const struct knowledge_article *ka;
		const struct article_text *t;

		if ((ka = knowledge_get(k, p->owner / ARTICLE_LANGUAGES, e)) == NULL)
			return -1;
		t = &ka->a.text[p->owner % ARTICLE_LANGUAGES];
		if (p->owner != owner_before)
			q = 0;
		owner_before = p->owner;
		if (p->kind == PASSAGE_TITLE)
			add_line(l, t->title, ka->a.id);
		else if (p->kind == PASSAGE_QUESTION && q < t->questions.n)
			add_line(l, t->questions.v[q++], ka->a.id);
	}
	return 0;
}

struct asking {
	struct answer_train *at;
	const char *wanted;
};

static void
on_example(void *ctx, const struct knowledge_article *of, const struct rank_text *passage,
    const double f[RANK_FEATURES])
{
	struct asking *as = ctx;
	struct answer_train *at = as->at;

	if (at->t.n >= at->cap_owners) {
		at->cap_owners = at->cap_owners * 2 + 1024;
		at->owners = xrealloc(at->owners, at->cap_owners * sizeof(*at->owners));
	}
	at->owners[at->t.n] = of->row;
	rank_train_add(&at->t, &at->k->question, passage, f, strcmp(of->a.id, as->wanted) == 0);
}

static int
gather(struct answer_train *at, const struct lines_read *l, bool leave_out, struct err *e)
{
	size_t i;

	at->t.bits = at->simple || l->n < FEW ? 0 : RANK_TRAINER_BITS;
	for (i = 0; i < l->n; i++) {
		struct asking as = { at, l->v[i].article };

		rank_train_question(&at->t);
		if (knowledge_examples(at->k, l->v[i].text, at->now, leave_out, on_example, &as,
		    e) < 0)
			return -1;
	}
	at->questions = l->n;
	return 0;
}

/* How many articles come before a right one among the examples [FROM, TO), scored by M or,
 * NULL, as the index does; TOP when none is right. */
static size_t
place_of(const struct answer_train *at, size_t from, size_t to, const struct rank_model *m)
{
	double best = -INFINITY, score[256];
	int64_t seen[TOP];
	size_t i, n = 0, k;
	bool right;

	for (i = from; i < to && i - from < 256; i++) {
		score[i - from] = m != NULL ? rank_train_score(&at->t, i, m) :
		    rank_train_feature(&at->t, i, RANK_SCORE) +
		    rank_train_feature(&at->t, i, RANK_SUPPORT);
		rank_train_of(&at->t, i, &right);
		if (right && score[i - from] > best)
			best = score[i - from];
	}
	if (best == -INFINITY)
		return TOP;
	for (i = from; i < to && i - from < 256 && n < TOP; i++) {
		rank_train_of(&at->t, i, &right);
		for (k = 0; k < n && seen[k] != at->owners[i]; k++)
			continue;
		if (!right && k == n && score[i - from] > best)
			seen[n++] = at->owners[i];
	}
	return n;
}

/* Measures M (and the index) on the questions that are not USED. */
static void
measure(struct answer_train *at, const bool *use, const struct rank_model *m)
{
	size_t from, to, place;
	bool right;

	for (from = 0; from < at->t.n; from = to) {
		size_t q = rank_train_of(&at->t, from, &right);

		for (to = from; to < at->t.n && rank_train_of(&at->t, to, &right) == q; )
			to++;
		if (use[q])
			continue;
		place = place_of(at, from, to, NULL);
		at->index1 += place < 1;
		at->index5 += place < TOP;
		place = place_of(at, from, to, m);
		at->rank1 += place < 1;
		at->rank5 += place < TOP;
	}
}

static int
cross_validate(struct answer_train *at, struct err *e)
{
	bool *use = xcalloc(at->questions + 1, sizeof(*use));
	struct rank_model m;
	int64_t fold;
	size_t q;
	int bad = 0;

	for (fold = 0; fold < at->folds && bad == 0; fold++) {
		for (q = 0; q < at->questions; q++)
			use[q] = (int64_t)q % at->folds != fold;
		if ((bad = rank_train(&at->t, use, &m, e)) == 0) {
			measure(at, use, &m);
			rank_release(&m);
		}
	}
	at->measured = at->questions;
	free(use);
	return bad;
}

static void
lines_release(struct lines_read *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->v[i].text);
		free(l->v[i].article);
	}
	free(l->v);
	map_release(&l->ids);
	article_files_release(&l->made);
}

int
answer_train_run(struct answer_train *at, int argc, char **argv, struct err *e)
{
	struct lines_read l = { .made = { .zone = at->zone, .complain = at->complain } };
	struct knowledge of_pairs = { .db = NULL };
	int i, bad = 0;

	for (i = 0; i < argc && bad == 0; i++)
		bad = read_file(at, &l, argv[i], e);
	if (argc == 0)
		bad = ask_all_of(&l, at->k, e);
	if (bad == 0 && l.pairs) {
		bad = knowledge_open_memory(&of_pairs, &l.made, e);
		at->k = &of_pairs;
	}
	if (bad == 0)
		bad = gather(at, &l, argc == 0, e);
	if (bad == 0 && at->folds > 1)
		bad = cross_validate(at, e);
	if (bad == 0)
		bad = rank_train(&at->t, NULL, &at->model, e);
	if (l.pairs)
		knowledge_release(&of_pairs);
	lines_release(&l);
	return bad;
}

static void
put_share(struct node *n, const char *key, uint64_t hits, uint64_t of)
{
	node_set_real(n, key, round((double)hits / (double)of * 1e4) / 1e4);
}

void
answer_train_print(const struct answer_train *at, struct buf *out)
{
	struct node *n = node_object(), *index = node_object(), *rank = node_object();

	node_set_int(n, "questions", (int64_t)at->questions);
	if (at->measured > 0) {
		put_share(index, "hit1", at->index1, at->measured);
		put_share(index, "hit5", at->index5, at->measured);
		put_share(rank, "hit1", at->rank1, at->measured);
		put_share(rank, "hit5", at->rank5, at->measured);
		node_set_int(n, "cross", at->folds);
	}
	node_set(n, "index", index);
	node_set(n, "rank", rank);
	node_print(n, out);
	buf_char(out, '\n');
	node_free(n);
}

void
answer_train_release(struct answer_train *at)
{
	rank_train_release(&at->t);
	rank_release(&at->model);
	free(at->owners);
}
