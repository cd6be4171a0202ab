/* pick - some columns of a result, in the order the user names them */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/pick.h"

static void
add(struct pick *p, const struct field *f, size_t at)
{
	p->at = xrealloc(p->at, (p->n + 1) * sizeof(*p->at));
	p->cols = xrealloc(p->cols, (p->n + 1) * sizeof(*p->cols));
	p->cols[p->n] = field_column(&f[at]);
	p->at[p->n++] = at;
}

int
pick_init(struct pick *p, const char *names, const struct field *f, size_t n,
    struct err *e)
{
	size_t i, len;

	*p = (struct pick){ .n = 0 };
	for (i = 0; names == NULL && i < n; i++)
		add(p, f, i);
	for (; names != NULL; names = names[len] == ',' ? names + len + 1 : NULL) {
		int found;

		len = strcspn(names, ",");
		found = field_find(f, n, names, len);
		if (found < 0) {
			pick_release(p);
			return field_unknown(f, n, "--columns", names, len, e);
		}
		add(p, f, (size_t)found);
		for (i = (size_t)found + 1; f[found].role == ROLE_SELF && i < n &&
		    f[i].role != ROLE_SELF; i++)
			add(p, f, i);
	}
	p->row = xcalloc(p->n, sizeof(*p->row));
	return 0;
}

const struct cell *
pick_row(struct pick *p, const struct cell *cells)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		p->row[i] = cells[p->at[i]];
	return p->row;
}

void
pick_release(struct pick *p)
{
	free(p->at);
	free(p->cols);
	free(p->row);
}
