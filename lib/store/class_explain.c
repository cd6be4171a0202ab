/* class_explain - in words: how the labels of one message came about */
#include <string.h>

#include "store/class_explain.h"

enum { MOST_REASONS = 6 };

static void
add_rules(struct buf *line, const struct verdict *v, size_t dimension)
{
	size_t i;

	for (i = 0; i < v->n_fired; i++)
		if (v->fired[i].at == dimension)
			buf_fmt(line, " %s.%s%+.1f", v->fired[i].label, v->fired[i].name,
			    v->fired[i].weight);
}

static void
add_model(struct buf *line, const struct models *ms, size_t at, const struct fold *text)
{
	const struct model *m = &ms->files[at].m;
	const struct guess *g = &ms->guess[at];
	struct model_reason why[MOST_REASONS];
	struct grams grams = GRAMS_INIT;
	size_t i, n;

	grams_find(&grams, &m->setting, text->text.p, text->text.len);
	buf_fmt(line, " model.%s %.2f", m->labels[g->label], g->p[g->label]);
	n = model_explain(m, &grams, g->label, why, MOST_REASONS);
	for (i = 0; i < n; i++) {
		buf_str(line, i == 0 ? " (\"" : ", \"");
		buf_add(line, text->text.p + why[i].start, why[i].end - why[i].start);
		buf_fmt(line, "\"%+.2f", why[i].weight);
	}
	buf_str(line, n > 0 ? ")" : "");
	grams_release(&grams);
}

void
class_explain(const struct classifier *c, const struct models *ms,
    void (*fn)(void *ctx, const char *line), void *ctx)
{
	const struct verdict *v = &c->verdict;
	struct buf line = BUF_INIT;
	size_t d, i;

	for (d = 0; d < v->n; d++) {
		buf_clear(&line);
		buf_fmt(&line, "%s %s %.1f:", v->labels[d].dimension, v->labels[d].label,
		    v->labels[d].score);
		add_rules(&line, v, d);
		for (i = 0; i < ms->n; i++)
			if (strcmp(ms->files[i].m.dimension, v->labels[d].dimension) == 0)
				add_model(&line, ms, i, &c->fold);
		fn(ctx, buf_cstr(&line));
	}
	buf_release(&line);
}
