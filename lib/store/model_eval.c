/* model_eval - how good a learned model is, as one JSON object */
#include <string.h>

#include "base/mem.h"
#include "store/class_eval.h"
#include "store/class_train.h"
#include "store/model_eval.h"

static bool
knows(const struct model *m, const char *label)
{
	size_t i;

	for (i = 0; i < m->n_labels; i++)
		if (strcmp(m->labels[i], label) == 0)
			return true;
	return false;
}

static void
note_wrong(const struct model_eval *ev, const char *right, const char *given,
    const struct guess *g, const struct rec *r)
{
	struct node *n;

	if (ev->wrong == NULL || r == NULL)
		return;
	n = node_object();
	if (rec_node(r, "id") != NULL)
		node_set(n, "id", node_copy(rec_node(r, "id")));
	else
		node_set_int(n, "line", (int64_t)r->line);
	node_set_text(n, "dimension", ev->dimension);
	node_set_text(n, "right", right);
	node_set_text(n, "given", given);
	node_set_real(n, "confidence", (double)(int)(g->confidence * 100 + 0.5) / 100);
	node_set_text(n, "text", rec_text(r, "text"));
	node_print(n, ev->wrong);
	buf_char(ev->wrong, '\n');
	node_free(n);
}

void
model_eval_add(struct model_eval *ev, const struct model *m, const struct guess *g,
    const char *const *labels, size_t n_labels, const struct rec *r)
{
	const char *given = m->labels[g->label], *right = labels[0];
	bool sure = g->confidence >= (ev->threshold >= 0 ? ev->threshold : m->threshold);
	size_t i;

	for (i = 0; i < n_labels; i++)
		if (strcmp(labels[i], given) == 0)
			right = given;
	if (!knows(m, right)) {
		ev->unknown++;
		ev->unknown_unsure += !sure;
		return;
	}
	ev->n++;
	ev->sure += sure;
	ev->sure_right += sure && right == given;
	score_add(&ev->score, right, given);
	reliability_add(&ev->reliability, g->confidence, right == given);
	if (right != given)
		note_wrong(ev, right, given, g, r);
}

static double
part(double some, double all)
{
	return all > 0 ? (double)(int)(some / all * 10000 + 0.5) / 10000 : 0;
}

static struct node *
per_label(const struct score *s)
{
	struct node *all = node_object();
	size_t i, k;

	for (i = 0; i < s->n; i++) {
		struct node *one = node_object();
		uint64_t right = 0, given = 0, both = score_cell(s, i, i);

		for (k = 0; k < s->n; k++) {
			right += score_cell(s, i, k);
			given += score_cell(s, k, i);
		}
		node_set_int(one, "n", (int64_t)right);
		node_set_real(one, "precision", part((double)both, (double)given));
		node_set_real(one, "recall", part((double)both, (double)right));
		node_set(all, s->labels[i], one);
	}
	return all;
}

static struct node *
calibration(const struct reliability *r)
{
	struct node *n = node_object(), *bins = node_array();
	int i;

	node_set_real(n, "ece", part(reliability_ece(r), 1));
	for (i = 0; i < RELIABILITY_BINS; i++) {
		struct node *one;

		if (r->n[i] == 0)
			continue;
		one = node_object();
		node_set_real(one, "from", (double)i / RELIABILITY_BINS);
		node_set_int(one, "n", (int64_t)r->n[i]);
		node_set_real(one, "confidence", part(r->confidence[i], (double)r->n[i]));
		node_set_real(one, "accuracy", part((double)r->right[i], (double)r->n[i]));
		node_push(bins, one);
	}
	node_set(n, "bins", bins);
	return n;
}

void
model_eval_print(const struct model_eval *ev, struct buf *out)
{
	struct node *n = node_object(), *one = node_object();

	node_set_text(n, "dimension", ev->dimension);
	node_set_int(n, "n", (int64_t)ev->n);
	node_set_real(n, "accuracy", part(score_accuracy(&ev->score), 1));
	node_set_real(n, "macro_f1", part(score_macro_f1(&ev->score), 1));
	node_set_real(one, "share", part((double)ev->sure, (double)ev->n));
	node_set_real(one, "accuracy", part((double)ev->sure_right, (double)ev->sure));
	node_set(n, "sure", one);
	if (ev->unknown > 0) {
		one = node_object();
		node_set_int(one, "n", (int64_t)ev->unknown);
		node_set_real(one, "unsure", part((double)ev->unknown_unsure,
		    (double)ev->unknown));
		node_set(n, "unknown", one);
	}
	if (ev->per_label)
		node_set(n, "labels", per_label(&ev->score));
	if (ev->confusion)
		node_set(n, "confusion", score_confusion(&ev->score));
	if (ev->calibration)
		node_set(n, "calibration", calibration(&ev->reliability));
	node_print(n, out);
	buf_char(out, '\n');
	node_free(n);
}

void
model_eval_release(struct model_eval *ev)
{
	score_release(&ev->score);
}

/* One line on its way to a model that is there. */
struct asking {
	struct model_eval *ev;
	const struct model *m;
	struct grams grams;
};

static int
ask(void *ctx, const struct labelled *l, const struct rec *r, struct err *e)
{
	struct asking *a = ctx;
	struct guess g;

	(void)e;
	grams_find(&a->grams, &a->m->setting, l->text.text.p, l->text.text.len);
	model_guess(a->m, &a->grams, &g);
	model_eval_add(a->ev, a->m, &g, l->labels, l->n_labels, r);
	return 0;
}

int
model_eval_files(struct model_eval *ev, const struct model *m, struct labelled *l, int argc,
    char **argv, struct err *e)
{
	struct asking a = { ev, m, GRAMS_INIT };
	int bad;

	l->dimension = ev->dimension = m->dimension;
	l->each = ask;
	l->ctx = &a;
	bad = labelled_files(l, argc, argv, e);
	grams_release(&a.grams);
	return bad;
}

struct crossing {
	struct model_eval *ev;
	const struct samples *s;
};

static void
held(void *ctx, const struct model *m, uint32_t sample, const struct guess *g)
{
	struct crossing *c = ctx;
	const char *label = c->s->labels[c->s->label[sample]];

	model_eval_add(c->ev, m, g, &label, 1, NULL);
}

int
model_eval_cross(struct model_eval *ev, const struct train *t, size_t folds,
    struct labelled *l, int argc, char **argv, struct err *e)
{
	struct samples s = { .setting = { GRAM_CHARS, GRAM_WORDS } };
	struct crossing c = { ev, &s };
	int bad;

	l->dimension = ev->dimension = t->dimension;
	class_train_into(l, &s);
	bad = labelled_files(l, argc, argv, e);
	if (bad == 0 && s.n < folds)
		bad = err_set(e, ERR_DATA, "%zu samples are too few for %zu parts", s.n, folds);
	if (bad == 0)
		bad = train_cross(t, &s, folds, held, &c, e);
	samples_release(&s);
	return bad;
}
