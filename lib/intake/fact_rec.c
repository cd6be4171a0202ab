/* fact_rec - a fact from a JSON record in the normal form (csr-record(5)) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/fact.h"
#include "intake/fact_fields.h"
#include "stream/jtext.h"
#include "time/tm.h"

/* Top-level names that are not extra: the persons, and what the programs of the pipe
 * add to a record that passes.  Sorted, with all names of the tables beside them. */
static const char *const passing[] = {
	"agent", "answer", "class", "customer", "direction", "entities", "extra", "from",
	"id", "kind", "new", "order", "person", "route", "ticket"
};

struct reading {
	struct fact *f;
	const struct zone *z;
	struct arena *scratch;
	struct err *e;
};

static int
refuse(struct reading *in, const char *where, const char *key, const char *what)
{
	return err_set(in->e, ERR_DATA, "\"%s%s%s\" is not %s", where, *where ? "." : "",
	    key, what);
}

/* Text, or an integer as its digits: sources number their messages. */
static int
to_text(struct reading *in, const struct node *n, const char *where, const char *key,
    const char **out)
{
	const char *s = node_as_text(n);
	char digits[24];
	int64_t v;

	*out = NULL;
	if (node_is_null(n))
		return 0;
	if (s != NULL) {
		*out = *s != '\0' ? s : NULL;
		return 0;
	}
	if (!node_as_int(n, &v))
		return refuse(in, where, key, "text");
	snprintf(digits, sizeof(digits), "%lld", (long long)v);
	*out = arena_str(in->scratch, digits);
	return 0;
}

static int
to_time(struct reading *in, const struct node *n, const char *key, int64_t *at)
{
	const char *s;
	struct err why;

	if (to_text(in, n, "", key, &s) < 0)
		return refuse(in, "", key, "a time");
	if (s != NULL && tm_parse(s, strlen(s), in->z, at, &why) < 0)
		return err_set(in->e, ERR_DATA, "\"%s\": %s", key, why.msg);
	return 0;
}

static int
to_list(struct reading *in, const struct node *n, const char *key,
    const char *const **out, size_t *len)
{
	size_t i, items = node_is_array(n) ? node_len(n) : 1;
	const char **v;

	if (node_is_null(n))
		return 0;
	v = arena_alloc(in->scratch, (items + 1) * sizeof(*v));
	for (i = 0; i < items; i++) {
		const struct node *item = node_is_array(n) ? node_at(n, i) : n;

		if (to_text(in, item, "", key, &v[*len]) < 0)
			return -1;
		if (v[*len] != NULL)
			(*len)++;
	}
	*out = v;
	return 0;
}

static int
to_flag(struct reading *in, const struct node *n, const char *key, bool *out)
{
	double number;

	if (node_as_text(n) != NULL || node_as_real(n, &number) || node_is_object(n) ||
	    node_is_array(n))
		return refuse(in, "", key, "true or false");
	*out = node_as_bool(n);
	return 0;
}

/* Whole numbers by name. */
struct figures {
	struct reading *in;
	const char *key;
	struct fact_figure *v;
	size_t n;
};

static int
to_figure(void *ctx, const char *name, const struct node *value)
{
	struct figures *f = ctx;

	if (node_is_null(value))
		return 0;
	if (!node_as_int(value, &f->v[f->n].value))
		return refuse(f->in, f->key, name, "a whole number");
	f->v[f->n++].name = arena_str(f->in->scratch, name);
	return 0;
}

static int
to_figures(struct reading *in, const struct node *n, const char *key,
    const struct fact_figure **out, size_t *len)
{
	struct figures f = { in, key, NULL, 0 };

	if (node_is_null(n))
		return 0;
	if (!node_is_object(n))
		return refuse(in, "", key, "an object of numbers");
	f.v = arena_alloc(in->scratch, (node_len(n) + 1) * sizeof(*f.v));
	if (node_each(n, to_figure, &f) != 0)
		return -1;
	*out = f.v;
	*len = f.n;
	return 0;
}

static int
to_span(struct reading *in, const struct node *n, const char *where, const char *key,
    int64_t *out)
{
	if (node_is_null(n) || (node_as_int(n, out) && *out >= 0))
		return 0;
	return refuse(in, where, key, "a number of milliseconds");
}

static int
to_field(struct reading *in, const struct node *n, const char *where,
    const struct fact_field *d, void *base)
{
	void *at = (char *)base + d->at;

	switch (d->type) {
	case FIELD_TEXT:
		return to_text(in, n, where, d->key, at);
	case FIELD_TIME:
		return to_time(in, n, d->key, at);
	case FIELD_FLAG:
		return to_flag(in, n, d->key, at);
	case FIELD_LIST:
		return to_list(in, n, d->key, at, (void *)((char *)base + d->n_at));
	case FIELD_FIGURES:
		return to_figures(in, n, d->key, at, (void *)((char *)base + d->n_at));
	case FIELD_SPAN:
		return to_span(in, n, where, d->key, at);
	case FIELD_MONEY:
	case FIELD_COUNT:
		if (!node_is_null(n) && !node_as_int(n, at))
			return refuse(in, where, d->key, "a whole number");
		return 0;
	}
	return 0;
}

static int
to_fields(struct reading *in, const struct node *object, const char *where,
    const struct fact_field *d, void *base)
{
	for (; d->key != NULL; d++)
		if (to_field(in, node_get(object, d->key), where, d, base) < 0)
			return -1;
	return 0;
}

int
fact_word(const char *word, const char *const *words, int n)
{
	int i;

	for (i = 1; word != NULL && i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return 0;
}

/* A person: an object, or just an id. */
static int
to_person(struct reading *in, const struct node *n, const char *key, struct fact_person *p)
{
	const char *role;
	int i;

	if (!node_is_object(n))
		return to_text(in, n, "", key, &p->id);
	if (to_fields(in, n, key, fact_person_fields, p) < 0 ||
	    to_text(in, node_get(n, "role"), key, "role", &role) < 0)
		return -1;
	if (role == NULL)
		return 0;
	i = fact_word(role, fact_roles, 4);
	if (i == 0)
		return refuse(in, key, "role", "customer, agent or robot");
	p->role = (enum fact_role)i;
	return 0;
}

/* The direction as stated, else what the sender's role says, else in. */
bool
fact_direct(struct fact *f, const char *word, const struct fact_person *from)
{
	int i = from->role > ROLE_CUSTOMER ? FACT_OUT : FACT_IN;

	if (word != NULL)
		i = fact_word(word, fact_directions, 4);
	f->message.direction = (enum fact_direction)i;
	if (i == FACT_IN)
		f->who = *from;
	else
		f->agent = *from;
	return i != 0;
}

static int
message_persons(struct reading *in, const struct node *root)
{
	struct fact *f = in->f;
	struct fact_person from = { 0 };
	const char *word;

	if (to_person(in, node_get(root, "from"), "from", &from) < 0 ||
	    to_text(in, node_get(root, "direction"), "", "direction", &word) < 0)
		return -1;
	if (!fact_direct(f, word, &from))
		return refuse(in, "", "direction", "in, out or note");
	if (f->message.direction == FACT_IN)
		return to_person(in, node_get(root, "agent"), "agent", &f->agent);
	return to_person(in, node_get(root, "person"), "person", &f->who);
}

/* Programs of the pipe put the customer's number under "customer"; a source may put the
 * person there. */
static int
other_persons(struct reading *in, const struct node *root)
{
	const struct node *who = node_get(root, "person");

	if (node_is_null(who) && node_is_object(node_get(root, "customer")))
		who = node_get(root, "customer");
	if (to_person(in, who, "person", &in->f->who) < 0)
		return -1;
	return to_person(in, node_get(root, "agent"), "agent", &in->f->agent);
}

/* Orders and their events may say "order" where the tables say otherwise. */
static int
order_number(struct reading *in, const struct node *root)
{
	const char *number;

	if (to_text(in, node_get(root, "order"), "", "order", &number) < 0)
		return -1;
	if (in->f->kind == FACT_ORDER && in->f->external_id == NULL)
		in->f->external_id = number;
	if (in->f->kind == FACT_EVENT && in->f->event.subject == NULL)
		in->f->event.subject = number;
	return 0;
}

static int
by_name(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

bool
fact_is_passing(const char *key)
{
	return bsearch(key, passing, sizeof(passing) / sizeof(*passing), sizeof(*passing),
	    by_name) != NULL;
}

static bool
has_key(const struct fact_field *d, const char *key)
{
	for (; d->key != NULL; d++)
		if (strcmp(d->key, key) == 0)
			return true;
	return false;
}

struct extra {
	struct buf text;
	enum fact_kind kind;
};

static int
add_member(void *ctx, const char *key, const struct node *value)
{
	struct extra *x = ctx;

	jtext_key(&x->text, key);
	node_print(value, &x->text);
	return 0;
}

static int
add_unknown(void *ctx, const char *key, const struct node *value)
{
	struct extra *x = ctx;

	if (node_is_null(value) || has_key(fact_fields(x->kind), key) ||
	    has_key(fact_head, key) || fact_is_passing(key))
		return 0;
	return add_member(x, key, value);
}

static int
to_extra(struct reading *in, const struct node *root)
{
	const struct node *stated = node_get(root, "extra");
	struct extra x = { BUF_INIT, in->f->kind };

	if (!node_is_null(stated) && !node_is_object(stated))
		return refuse(in, "", "extra", "an object");
	buf_char(&x.text, '{');
	node_each(stated, add_member, &x);
	node_each(root, add_unknown, &x);
	buf_char(&x.text, '}');
	if (x.text.len > 2)
		in->f->extra = arena_strn(in->scratch, x.text.p, x.text.len);
	buf_release(&x.text);
	return 0;
}

/* -1 none stated, 0 not a fact. */
static int
kind_of(const struct rec *r)
{
	const char *kind = rec_text(r, "kind");

	if (kind == NULL)
		return rec_text(r, "event") != NULL ? FACT_EVENT : -1;
	return fact_word(kind, fact_kinds, FACT_KINDS_READ);
}

int
fact_from_rec(struct fact *f, const struct rec *r, const struct zone *z,
    struct arena *scratch, struct err *e)
{
	struct reading in = { f, z, scratch, e };
	int kind = kind_of(r);

	fact_init(f);
	f->line = r->line;
	if (kind < 0)
		return err_set(e, ERR_DATA, "no \"kind\"");
	f->kind = (enum fact_kind)kind;
	if (f->kind == FACT_NONE)
		return 0;
	if (to_fields(&in, r->root, "", fact_head, f) < 0 ||
	    to_fields(&in, r->root, "", fact_fields(f->kind), f) < 0)
		return -1;
	if (f->kind == FACT_MESSAGE ? message_persons(&in, r->root) < 0 :
	    other_persons(&in, r->root) < 0)
		return -1;
	if (order_number(&in, r->root) < 0 || to_extra(&in, r->root) < 0)
		return -1;
	return 1;
}
