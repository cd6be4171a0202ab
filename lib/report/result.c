/* result - the rows of a report, kept */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/result.h"

void
result_field(struct result *t, const struct field *f)
{
	t->fields = xrealloc(t->fields, (t->n + 1) * sizeof(*t->fields));
	t->fields[t->n] = *f;
	t->fields[t->n++].name = arena_str(&t->texts, f->name);
}

void
result_add(struct result *t, const struct cell *cells)
{
	struct cell *row;
	size_t i;

	if (t->rows == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 16;
		t->cells = xrealloc(t->cells, t->cap * (t->n + 1) * sizeof(*t->cells));
	}
	row = &t->cells[t->rows++ * t->n];
	memcpy(row, cells, t->n * sizeof(*row));
	for (i = 0; i < t->n; i++)
		if (row[i].kind == CELL_TEXT)
			row[i].u.text = arena_strn(&t->texts, row[i].u.text, row[i].len);
}

const struct cell *
result_row(const struct result *t, size_t i)
{
	return &t->cells[i * t->n];
}

void
result_release(struct result *t)
{
	free(t->fields);
	free(t->cells);
	arena_release(&t->texts);
	*t = (struct result)RESULT_INIT;
}

struct cell *
result_foot(const struct result *t, const struct result *total)
{
	struct cell *cells = xcalloc(t->n + 1, sizeof(*cells));

	memcpy(cells + t->n_by, result_row(total, 0), total->n * sizeof(*cells));
	return cells;
}

double
cell_number(const struct cell *c)
{
	if (c->kind == CELL_INT)
		return (double)c->u.n;
	return c->kind == CELL_REAL && isfinite(c->u.real) ? c->u.real : NAN;
}
