/* where - a small language of terms over the columns of a report */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/where.h"
#include "text/fold.h"
#include "time/tm.h"

enum where_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_HAS, OP_HAS_NOT };

struct where_value {
	struct cell cell;		/* what to compare with; null for an empty one */
	struct where_value *next;
};

struct where_term {
	size_t field;
	bool as_share;			/* a percentage asked for as a fraction */
	enum where_op op;
	struct where_value *values;
	struct where_term *next;
};

/* What is being read. */
struct reader {
	struct where *w;
	const char *what, *at;
	const struct field *fields;
	size_t n;
	const struct zone *zone;
};

static size_t
name_len(const char *s)
{
	return strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

static int
read_op(struct reader *r, enum where_op *op, struct err *e)
{
	static const struct {
		const char *sign;
		enum where_op op;
	} ops[] = { { "!=", OP_NE }, { "!~", OP_HAS_NOT }, { "<=", OP_LE }, { ">=", OP_GE },
		{ "=", OP_EQ }, { "<", OP_LT }, { ">", OP_GT }, { "~", OP_HAS } };
	size_t i;

	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		size_t len = strlen(ops[i].sign);

		if (strncmp(r->at, ops[i].sign, len) != 0)
			continue;
		r->at += len;
		*op = ops[i].op;
		return 0;
	}
	return err_set(e, ERR_USAGE, "%s: no operator at \"%.30s\": = != < <= > >= ~ !~",
	    r->what, r->at);
}

/* One value, quoted or bare, as a text of its own. */
static int
read_text(struct reader *r, char **text, struct err *e)
{
	struct buf b = BUF_INIT;
	bool quoted = *r->at == '"';
	int bad = 0;

	r->at += quoted;
	while (*r->at != '\0' && (quoted ? *r->at != '"' : strchr(" \t\r\n,", *r->at) == NULL)) {
		if (quoted && *r->at == '\\' && (r->at[1] == '"' || r->at[1] == '\\'))
			r->at++;
		buf_char(&b, *r->at++);
	}
	if (quoted && *r->at++ != '"')
		bad = err_set(e, ERR_USAGE, "%s: a quote is never closed", r->what);
	*text = arena_strn(&r->w->texts, buf_cstr(&b), b.len);
	buf_release(&b);
	return bad;
}

static int
read_number(const char *s, bool whole, struct cell *c)
{
	char *end;

	errno = 0;
	if (whole)
		*c = cell_int(strtoll(s, &end, 10));
	else
		*c = cell_real(strtod(s, &end));
	return errno != 0 || end == s || *end != '\0' ? -1 : 0;
}

static int
read_span(const char *s, bool seconds, struct cell *c)
{
	struct err unused;
	int64_t ms;

	if (read_number(s, !seconds, c) == 0)
		return 0;
	if (tm_parse_span(s, &ms, &unused) < 0)
		return -1;
	*c = seconds ? cell_real((double)ms / 1000) : cell_int(ms);
	return 0;
}

/* The text of a value as what the field holds. */
static int
convert(struct reader *r, const struct field *f, bool as_share, const char *s, struct cell *c,
    struct err *e)
{
	struct err unused;
	int64_t at;
	int bad = 0;

	switch (f->type) {
	case FIELD_TEXT:
		*c = cell_text(s);
		break;
	case FIELD_INT:
	case FIELD_FLAG:
		bad = read_number(s, true, c);
		break;
	case FIELD_REAL:
		bad = read_number(s, false, c);
		if (bad == 0 && as_share)
			c->u.real *= 100;
		break;
	case FIELD_MS:
	case FIELD_SECONDS:
		bad = read_span(s, f->type == FIELD_SECONDS, c);
		break;
	case FIELD_TIME:
		bad = tm_parse(s, strlen(s), r->zone, &at, &unused);
		*c = cell_time(at);
		break;
	}
	if (bad < 0)
		return err_set(e, ERR_USAGE, "%s: %s: \"%s\" is not of its type (%s)", r->what,
		    f->name, s, field_type_name(f->type));
	return 0;
}

static struct cell
folded(struct reader *r, const char *s)
{
	struct fold f = FOLD_INIT;
	struct cell c;

	fold_text(&f, s, strlen(s));
	c = cell_text(arena_strn(&r->w->texts, buf_cstr(&f.text), f.text.len));
	fold_release(&f);
	return c;
}

static int
read_value(struct reader *r, struct where_term *t, struct err *e)
{
	const struct field *f = &r->fields[t->field];
	struct where_value *v = arena_alloc(&r->w->texts, sizeof(*v));
	bool quoted = *r->at == '"', order = t->op >= OP_LT && t->op <= OP_GE;
	char *text;

	if (read_text(r, &text, e) < 0)
		return -1;
	v->next = t->values;
	t->values = v;
	if (*text == '\0' && !quoted) {
		if (t->op != OP_EQ && t->op != OP_NE)
			return err_set(e, ERR_USAGE, "%s: %s: no value", r->what, f->name);
		v->cell = cell_null();
		return 0;
	}
	if (order && *r->at == ',')
		return err_set(e, ERR_USAGE, "%s: %s: only one value can be compared",
		    r->what, f->name);
	if (t->op < OP_HAS)
		return convert(r, f, t->as_share, text, &v->cell, e);
	v->cell = folded(r, text);
	return 0;
}

/* The percentage NAME_pct, for "attainment<0.9". */
static int
find_share(const struct reader *r, size_t len)
{
	struct buf name = BUF_INIT;
	int found;

	buf_add(&name, r->at, len);
	buf_str(&name, "_pct");
	found = field_find(r->fields, r->n, buf_cstr(&name), name.len);
	buf_release(&name);
	return found >= 0 && r->fields[found].type == FIELD_REAL ? found : -1;
}

static int
read_term(struct reader *r, struct err *e)
{
	struct where_term *t = arena_alloc(&r->w->texts, sizeof(*t));
	size_t len = name_len(r->at);
	int found = field_find(r->fields, r->n, r->at, len);

	if (found < 0 && len > 0) {
		found = find_share(r, len);
		t->as_share = found >= 0;
	}
	if (found < 0)
		return field_unknown(r->fields, r->n, r->what, r->at,
		    len > 0 ? len : strcspn(r->at, " "), e);
	t->field = (size_t)found;
	r->at += len;
	if (read_op(r, &t->op, e) < 0)
		return -1;
	if (t->op >= OP_HAS && r->fields[found].type != FIELD_TEXT)
		return err_set(e, ERR_USAGE, "%s: %s: ~ is for text", r->what,
		    r->fields[found].name);
	do
		if (read_value(r, t, e) < 0)
			return -1;
	while (*r->at == ',' && *++r->at != '\0');
	if (*r->at != '\0' && strchr(" \t\r\n", *r->at) == NULL)
		return err_set(e, ERR_USAGE, "%s: a blank is missing at \"%.30s\"", r->what,
		    r->at);
	t->next = r->w->first;
	r->w->first = t;
	return 0;
}

int
where_add(struct where *w, const char *what, const char *text, const struct field *f,
    size_t n, const struct zone *z, struct err *e)
{
	struct reader r = { w, what, text, f, n, z };

	for (;;) {
		r.at += strspn(r.at, " \t\r\n");
		if (*r.at == '\0')
			return 0;
		if (read_term(&r, e) < 0)
			return -1;
	}
}

static bool
has(const struct where_value *v, const struct fold *f)
{
	for (; v != NULL; v = v->next)
		if (memmem(buf_cstr(&f->text), f->text.len, v->cell.u.text, v->cell.len))
			return true;
	return false;
}

static bool
contains(const struct where_term *t, const struct cell *c)
{
	struct fold f = FOLD_INIT;
	bool found;

	if (c->kind == CELL_NULL)
		return false;
	fold_text(&f, c->u.text, c->len);
	found = has(t->values, &f);
	fold_release(&f);
	return found;
}

static bool
equals(const struct where_term *t, const struct cell *c)
{
	const struct where_value *v;

	for (v = t->values; v != NULL; v = v->next)
		if (cell_cmp(&v->cell, c) == 0)
			return true;
	return false;
}

static bool
term_holds(const struct where_term *t, const struct cell *c)
{
	int d;

	if (t->op >= OP_HAS)
		return contains(t, c) == (t->op == OP_HAS);
	if (t->op <= OP_NE)
		return equals(t, c) == (t->op == OP_EQ);
	if (c->kind == CELL_NULL)
		return false;
	d = cell_cmp(c, &t->values->cell);
	return t->op == OP_LT ? d < 0 : t->op == OP_LE ? d <= 0 :
	    t->op == OP_GT ? d > 0 : d >= 0;
}

bool
where_holds(const struct where *w, const struct cell *cells)
{
	const struct where_term *t;

	for (t = w->first; t != NULL; t = t->next)
		if (!term_holds(t, &cells[t->field]))
			return false;
	return true;
}

bool
where_uses(const struct where *w, size_t i)
{
	const struct where_term *t;

	for (t = w->first; t != NULL; t = t->next)
		if (t->field == i)
			return true;
	return false;
}

void
where_release(struct where *w)
{
	arena_release(&w->texts);
	w->first = NULL;
}
