/* labelled - texts whose label in one dimension people have told */
#include <string.h>

#include "store/label.h"
#include "store/labelled.h"
#include "stream/jsonl.h"

static const char *
label_text(const struct node *n)
{
	bool is_truth = n != NULL && node_as_text(n) == NULL && !node_is_array(n) &&
	    !node_is_object(n) && !node_is_null(n);
	double number;

	if (!is_truth || node_as_real(n, &number))
		return node_as_text(n);
	return node_as_bool(n) ? "true" : "false";
}

static void
take(struct labelled *l, const struct node *n)
{
	size_t i;

	if (label_text(n) != NULL)
		l->labels[l->n_labels++] = label_text(n);
	for (i = 0; node_is_array(n) && i < node_len(n) && l->n_labels < LABELLED_MOST; i++)
		if (node_as_text(node_at(n, i)) != NULL)
			l->labels[l->n_labels++] = node_as_text(node_at(n, i));
}

static void
find_labels(struct labelled *l, const struct rec *r)
{
	const struct node *n = rec_node(r, l->dimension);

	l->n_labels = 0;
	if (n == NULL)
		n = node_get(rec_node(r, "class"), l->dimension);
	if (n == NULL)
		n = rec_node(r, "label");
	if (n == NULL)
		n = rec_node(r, "labels");
	take(l, n);
}

/* Folds subject and text as csr-classify does. */
static void
set_text(struct labelled *l, const char *subject, const char *text)
{
	buf_clear(&l->whole);
	if (subject != NULL && *subject != '\0') {
		buf_str(&l->whole, subject);
		buf_char(&l->whole, '\n');
	}
	buf_str(&l->whole, text);
	fold_text(&l->text, buf_cstr(&l->whole), l->whole.len);
}

static int
use(struct labelled *l, const struct rec *r, struct err *e)
{
	if (rec_text(r, "text") == NULL)
		return err_set(e, ERR_DATA, "no \"text\"");
	find_labels(l, r);
	if (l->n_labels == 0) {
		l->passed++;
		return 0;
	}
	set_text(l, rec_text(r, "subject"), rec_text(r, "text"));
	if (l->each(l->ctx, l, r, e) < 0)
		return -1;
	l->n++;
	return 0;
}

static int
read_file(struct labelled *l, const char *path, struct err *e)
{
	struct jsonl in;
	int got;

	if (jsonl_open(&in, path, e) < 0)
		return -1;
	while ((got = jsonl_next(&in, e)) != 0) {
		if (got > 0 && use(l, &in.rec, e) == 0)
			continue;
		if (e->code != ERR_DATA) {
			got = -1;
			break;
		}
		if (got > 0)
			err_at(e, in.in.name, in.in.line);
		l->refused++;
		l->complain(e);
	}
	jsonl_close(&in);
	return got;
}

int
labelled_files(struct labelled *l, int argc, char **argv, struct err *e)
{
	int i, bad = argc == 0 ? read_file(l, NULL, e) : 0;

	for (i = 0; i < argc && bad == 0; i++)
		bad = read_file(l, argv[i], e);
	return bad;
}

static int
from_db(void *ctx, const struct label_row *row, struct err *e)
{
	struct labelled *l = ctx;
	struct rec none = REC_INIT;

	l->labels[0] = row->label;
	l->n_labels = 1;
	set_text(l, row->subject, row->text);
	if (l->each(l->ctx, l, &none, e) == 0) {
		l->n++;
		return 0;
	}
	if (e->code != ERR_DATA)
		return -1;
	l->refused++;
	l->complain(e);
	return 0;
}

int
labelled_db(struct labelled *l, struct db *db, struct err *e)
{
	return labels_each(db, l->dimension, from_db, l, e);
}

void
labelled_release(struct labelled *l)
{
	fold_release(&l->text);
	buf_release(&l->whole);
}
