/* models - the learned models a program works with, beside the rules */
#include <string.h>

#include "base/conf.h"
#include "store/models.h"

int
model_file_open(struct model_file *f, const char *path, struct err *e)
{
	if (mapped_open(&f->file, path, MODEL_FILE_MOST, e) < 0)
		return -1;
	if (model_open(&f->m, f->file.p, f->file.len, e) == 0)
		return 0;
	mapped_close(&f->file);
	return err_at(e, path, 0);
}

void
model_file_close(struct model_file *f)
{
	mapped_close(&f->file);
}

const struct model *
models_of(const struct models *ms, const char *dimension)
{
	size_t i;

	for (i = 0; i < ms->n; i++)
		if (strcmp(ms->files[i].m.dimension, dimension) == 0)
			return &ms->files[i].m;
	return NULL;
}

static int
label_number(const struct rules_dimension_info *d, const char *label)
{
	size_t i;

	for (i = 0; i < d->n_labels; i++)
		if (strcmp(d->labels[i], label) == 0)
			return (int)i;
	return -1;
}

/* Finds the dimension of model AT among the rules', and its labels there. */
static int
link_model(struct models *ms, size_t at, const struct rules *r, const char *path,
    struct err *e)
{
	const struct model *m = &ms->files[at].m;
	struct rules_dimension_info d;
	size_t i, c;

	ms->dimension[at] = -1;
	for (i = 0; rules_dimension(r, i, &d); i++) {
		if (strcmp(d.name, m->dimension) != 0)
			continue;
		ms->dimension[at] = (int)i;
		for (c = 0; c < m->n_labels; c++) {
			int number = label_number(&d, m->labels[c]);

			if (number < 0)
				return err_set(e, ERR_CONFIG, "%s: label \"%s\" is none of the "
				    "dimension \"%s\" in the rules (csr-rules(5))", path,
				    m->labels[c], d.name);
			ms->label[at][c] = (unsigned char)number;
		}
	}
	return 0;
}

static int
load_one(struct models *ms, const struct rules *r, const char *path, bool named,
    struct err *e)
{
	struct model_file f;

	if (model_file_open(&f, path, e) < 0)
		return -1;
	if (models_of(ms, f.m.dimension) != NULL && !named) {
		model_file_close(&f);
		return 0;
	}
	if (models_of(ms, f.m.dimension) != NULL || ms->n == MODELS) {
		err_set(e, ERR_CONFIG, ms->n == MODELS ? "%s: more than %d models" :
		    "%s: a second model of this dimension", path, MODELS);
		model_file_close(&f);
		return -1;
	}
	ms->files[ms->n] = f;
	return link_model(ms, ms->n++, r, path, e);
}

int
models_load(struct models *ms, const struct rules *r, const struct opt_list *named,
    bool shipped, struct err *e)
{
	char **paths;
	size_t k;
	int i, n, bad = 0;

	for (k = 0; k < named->n && bad == 0; k++)
		bad = load_one(ms, r, named->v[k], true, e);
	if (!shipped || bad < 0)
		return bad;
	n = conf_list("models", ".model", &paths, e);
	if (n < 0)
		return 0;		/* there are none, so rules alone decide */
	for (i = 0; i < n && bad == 0; i++)
		bad = load_one(ms, r, paths[i], false, e);
	conf_list_free(paths, n);
	return bad;
}

void
models_release(struct models *ms)
{
	size_t i;

	for (i = 0; i < ms->n; i++)
		model_file_close(&ms->files[i]);
	grams_release(&ms->grams);
	ms->n = 0;
}

const double *const *
models_look(void *ctx, const struct fold *text)
{
	struct models *ms = ctx;
	const struct gram_setting *last = NULL;
	size_t i, c;

	memset(ms->by_dimension, 0, sizeof(ms->by_dimension));
	for (i = 0; i < ms->n; i++) {
		const struct model *m = &ms->files[i].m;
		double *shares;

		if (last == NULL || memcmp(last, &m->setting, sizeof(*last)) != 0)
			grams_find(&ms->grams, &m->setting, text->text.p, text->text.len);
		last = &m->setting;
		model_guess(m, &ms->grams, &ms->guess[i]);
		if (ms->dimension[i] < 0)
			continue;
		shares = ms->shares[ms->dimension[i]];
		memset(shares, 0, sizeof(ms->shares[0]));
		for (c = 0; c < m->n_labels; c++)
			shares[ms->label[i][c]] = ms->guess[i].p[c];
		ms->by_dimension[ms->dimension[i]] = shares;
	}
	return ms->by_dimension;
}

void
models_finish(const struct models *ms, struct verdict *v)
{
	size_t i;

	for (i = 0; i < ms->n; i++) {
		const struct model *m = &ms->files[i].m;
		const struct guess *g = &ms->guess[i];
		double least = ms->threshold >= 0 ? ms->threshold : m->threshold;
		struct rules_label *l;

		if (ms->dimension[i] >= 0) {
			l = &v->labels[ms->dimension[i]];
			l->unsure = l->confidence < least;
			continue;
		}
		if (v->n == RULES_DIMENSIONS)
			return;
		l = &v->labels[v->n++];
		*l = (struct rules_label){ m->dimension, m->labels[g->label], 0, g->confidence,
			g->p[g->label], g->confidence < least };
		if (l->unsure)
			l->label = MODEL_UNSURE;
	}
}
