/* model_explain - which n-grams of a text spoke for a label */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "learn/model_file.h"

/* What ROW adds to LABEL, less what it adds to the others on average. */
static double
speaks(const struct model *m, const unsigned char *row, size_t label)
{
	int64_t own = 0, others = 0;
	size_t k;

	for (k = 0; k < *row; k++)
		if (row[1 + k * 2] == label)
			own += model_weight(row[2 + k * 2]);
		else
			others += model_weight(row[2 + k * 2]);
	return ((double)own - (double)others / (double)(m->n_labels - 1)) * m->unit;
}

static int
stronger(const void *a, const void *b)
{
	const struct model_reason *x = a, *y = b;

	if (x->weight < y->weight || x->weight > y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

static bool
is_apart(const struct model_reason *r, const struct model_reason *from, size_t n)
{
	while (n-- > 0)
		if (r->start < from[n].end && from[n].start < r->end)
			return false;
	return true;
}

size_t
model_explain(const struct model *m, const struct grams *g, size_t label,
    struct model_reason *out, size_t most)
{
	struct model_reason *all = xcalloc(g->n + 1, sizeof(*all));
	double root = g->n > 0 ? m->curve.slope / sqrt((double)g->n) : 0;
	size_t i, n = 0, found = 0;

	for (i = 0; i < g->n; i++) {
		const unsigned char *row = model_row(m, g->v[i].hash);
		double w = row != NULL ? speaks(m, row, label) * root : 0;

		if (w > 0)
			all[found++] = (struct model_reason){ g->v[i].start, g->v[i].end, w };
	}
	qsort(all, found, sizeof(*all), stronger);
	for (i = 0; i < found && n < most; i++)
		if (is_apart(&all[i], out, n))
			out[n++] = all[i];
	free(all);
	return n;
}
