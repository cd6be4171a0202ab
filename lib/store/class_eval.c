/* class_eval - measure the classifier on messages whose labels are known */
#include <stdlib.h>
#include <string.h>

#include "store/class_eval.h"
#include "store/class_row.h"
#include "stream/jsonl.h"

/* The label R is known to have in DIMENSION, or NULL. */
static const char *
known_label(const struct rec *r, const char *dimension)
{
	const struct node *root = rec_node(r, dimension);

	if (root == NULL)
		root = node_get(rec_node(r, "class"), dimension);
	return node_as_text(root);
}

static bool
is_same(const struct node *right, const struct class_entity *found)
{
	const char *kind = node_as_text(node_get(right, "kind"));
	const char *text = node_as_text(node_get(right, "text"));

	return kind != NULL && text != NULL && strcmp(kind, found->kind) == 0 &&
	    strcmp(text, found->text) == 0;
}

/* Counts what ROW found against RIGHT; true when they are the same. */
static bool
score_entities(struct span_score *s, const struct node *right, const struct class_row *row)
{
	size_t i, k, both = 0;

	for (i = 0; i < row->n; i++)
		for (k = 0; k < node_len(right); k++)
			if (is_same(node_at(right, k), &row->entities[i])) {
				both++;
				break;
			}
	s->right += node_len(right);
	s->found += row->n;
	s->both += both;
	return both == node_len(right) && both == row->n;
}

static struct node *
entities_node(const struct class_row *row)
{
	struct node *list = node_array();
	size_t i;

	for (i = 0; i < row->n; i++) {
		struct node *one = node_object();

		node_set_text(one, "kind", row->entities[i].kind);
		node_set_text(one, "text", row->entities[i].text);
		node_push(list, one);
	}
	return list;
}

static void
note_wrong(struct class_eval *ev, const struct rec *r, const char *what, struct node *right,
    struct node *given)
{
	struct node *n = node_object();
	const struct node *id = rec_node(r, "id");

	if (ev->wrong == NULL) {
		node_free(n);
		node_free(right);
		node_free(given);
		return;
	}
	if (id != NULL)
		node_set(n, "id", node_copy(id));
	else
		node_set_int(n, "line", (int64_t)r->line);
	node_set_text(n, "dimension", what);
	node_set(n, "right", right);
	node_set(n, "given", given);
	node_set_text(n, "text", rec_text(r, "text"));
	node_print(n, ev->wrong);
	buf_char(ev->wrong, '\n');
	node_free(n);
}

static int
score_message(struct class_eval *ev, const struct rec *r, struct err *e)
{
	const char *text = rec_text(r, "text");
	const struct node *known = rec_node(r, "entities");
	struct class_row *row;
	struct err limit;
	size_t i;

	if (text == NULL)
		return err_set(e, ERR_DATA, "no \"text\"");
	labeller_label(ev->l, rec_text(r, "subject"), text, rec_text(r, "channel"), &limit);
	ev->n++;
	for (i = 0; i < ev->l->c.verdict.n; i++) {
		const struct rules_label *l = &ev->l->c.verdict.labels[i];
		const char *right = known_label(r, l->dimension);

		if (right == NULL)
			continue;
		score_add(&ev->scores[i], right, l->label);
		if (strcmp(right, l->label) != 0)
			note_wrong(ev, r, l->dimension, node_text(right), node_text(l->label));
	}
	if (known == NULL)
		return 0;
	row = class_row_new(&ev->l->c, text);
	if (!score_entities(&ev->spans, known, row))
		note_wrong(ev, r, "entities", node_copy(known), entities_node(row));
	free(row);
	return 0;
}

static int
run_file(struct class_eval *ev, const char *path, struct err *e)
{
	struct jsonl in;
	int got;

	if (jsonl_open(&in, path, e) < 0)
		return -1;
	while ((got = jsonl_next(&in, e)) != 0) {
		if (got > 0 && score_message(ev, &in.rec, e) == 0)
			continue;
		if (got < 0 && e->code != ERR_DATA)
			break;
		if (got > 0)
			err_at(e, in.in.name, in.in.line);
		ev->refused++;
		ev->complain(e);
	}
	jsonl_close(&in);
	return got;
}

int
class_eval_run(struct class_eval *ev, int argc, char **argv, struct err *e)
{
	int i, bad = argc == 0 ? run_file(ev, NULL, e) : 0;

	for (i = 0; i < argc && bad == 0; i++)
		bad = run_file(ev, argv[i], e);
	return bad;
}

static double
rounded(double v)
{
	return (double)(int)(v * 10000 + 0.5) / 10000;
}

struct node *
score_confusion(const struct score *s)
{
	struct node *matrix = node_object(), *row;
	size_t i, k;

	for (i = 0; i < s->n; i++) {
		row = node_object();
		for (k = 0; k < s->n; k++)
			if (score_cell(s, i, k) > 0)
				node_set_int(row, s->labels[k], (int64_t)score_cell(s, i, k));
		if (node_len(row) > 0)
			node_set(matrix, s->labels[i], row);
		else
			node_free(row);
	}
	return matrix;
}

void
class_eval_print(const struct class_eval *ev, bool confusion, struct buf *out)
{
	struct node *all = node_object(), *one;
	struct rules_dimension_info d;
	size_t i;

	node_set_int(all, "n", (int64_t)ev->n);
	for (i = 0; rules_dimension(ev->l->rules, i, &d); i++) {
		if (ev->scores[i].all == 0)
			continue;
		one = node_object();
		node_set_int(one, "n", (int64_t)ev->scores[i].all);
		node_set_real(one, "accuracy", rounded(score_accuracy(&ev->scores[i])));
		node_set_real(one, "macro_f1", rounded(score_macro_f1(&ev->scores[i])));
		if (confusion)
			node_set(one, "confusion", score_confusion(&ev->scores[i]));
		node_set(all, d.name, one);
	}
	one = node_object();
	node_set_int(one, "n", (int64_t)ev->spans.right);
	node_set_real(one, "precision", rounded(span_precision(&ev->spans)));
	node_set_real(one, "recall", rounded(span_recall(&ev->spans)));
	node_set_real(one, "f1", rounded(span_f1(&ev->spans)));
	node_set(all, "entities", one);
	node_print(all, out);
	buf_char(out, '\n');
	node_free(all);
}

void
class_eval_release(struct class_eval *ev)
{
	size_t i;

	for (i = 0; i < RULES_DIMENSIONS; i++)
		score_release(&ev->scores[i]);
}
