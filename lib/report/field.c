/* field - a named, typed column of a report */
#include <string.h>

#include "report/field.h"

static const char *const type_names[] = {
	[FIELD_TEXT] = "text", [FIELD_INT] = "int", [FIELD_FLAG] = "flag", [FIELD_MS] = "ms",
	[FIELD_REAL] = "real", [FIELD_SECONDS] = "s", [FIELD_TIME] = "time",
};
enum { TYPES = sizeof(type_names) / sizeof(type_names[0]) };

int
field_type_of(const char *name)
{
	int i;

	for (i = 0; i < TYPES; i++)
		if (strcmp(type_names[i], name) == 0)
			return i;
	return -1;
}

const char *
field_type_name(enum field_type type)
{
	return type_names[type];
}

int
field_find(const struct field *f, size_t n, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(f[i].name) == len && memcmp(f[i].name, name, len) == 0)
			return (int)i;
	return -1;
}

int
field_unknown(const struct field *f, size_t n, const char *what, const char *name,
    size_t len, struct err *e)
{
	struct buf known = BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		buf_fmt(&known, " %s", f[i].name);
	err_set(e, ERR_USAGE, "%s: no column \"%.*s\" here; there are%s", what, (int)len, name,
	    buf_cstr(&known));
	buf_release(&known);
	return -1;
}

struct column
field_column(const struct field *f)
{
	static const enum column_type shown[] = {
		[FIELD_TEXT] = COL_TEXT, [FIELD_INT] = COL_INT, [FIELD_FLAG] = COL_INT,
		[FIELD_MS] = COL_INT, [FIELD_REAL] = COL_REAL, [FIELD_SECONDS] = COL_REAL,
		[FIELD_TIME] = COL_TIME,
	};

	return (struct column){ f->name, shown[f->type], f->decimals };
}

static int
text_cmp(const struct cell *a, const struct cell *b)
{
	size_t least = a->len < b->len ? a->len : b->len;
	int d = memcmp(a->u.text, b->u.text, least);

	return d != 0 ? d : (a->len > b->len) - (a->len < b->len);
}

int
cell_cmp(const struct cell *a, const struct cell *b)
{
	if (a->kind != b->kind)
		return (a->kind == CELL_NULL) - (b->kind == CELL_NULL);
	if (a->kind == CELL_TEXT)
		return text_cmp(a, b);
	if (a->kind == CELL_REAL)
		return (a->u.real > b->u.real) - (a->u.real < b->u.real);
	if (a->kind == CELL_NULL)
		return 0;
	return (a->u.n > b->u.n) - (a->u.n < b->u.n);
}
