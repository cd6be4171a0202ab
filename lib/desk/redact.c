/* redact - masks the secrets of one record */
#include <stdlib.h>
#include <string.h>

#include "desk/redact_own.h"
#include "text/utf8.h"

const char *const redact_usual_fields[] = { "subject", "text", "comment", "extra",
	"attachments" };
const size_t redact_n_usual_fields =
    sizeof(redact_usual_fields) / sizeof(*redact_usual_fields);

/* One text being masked. */
struct masking {
	struct redactor *d;
	const char *field;
	const char *text;
	struct buf out;
	size_t byte;			/* of text, copied so far */
};

static struct node *mask(struct redactor *d, const struct node *n, const char *rest,
    const char *field);

/* What binds messages together: the ticket, else the conversation, else who speaks. */
static void
name_conversation(struct redactor *d, const struct rec *r)
{
	static const char *const paths[] = { "channel", "account", NULL };
	static const char *const within[] = { "thread", "group", "from.id", "person.id", NULL };
	const char *s = NULL;
	int64_t ticket;
	size_t i;

	buf_clear(&d->conversation);
	if (rec_int(r, "ticket", &ticket)) {
		buf_fmt(&d->conversation, "ticket %lld", (long long)ticket);
		return;
	}
	for (i = 0; paths[i] != NULL; i++)
		if ((s = rec_text(r, paths[i])) != NULL) {
			buf_str(&d->conversation, s);
			buf_char(&d->conversation, '/');
		}
	for (i = 0; within[i] != NULL && (s = rec_text(r, within[i])) == NULL; i++)
		continue;
	if (s != NULL)
		buf_str(&d->conversation, s);
	else
		buf_fmt(&d->conversation, "record %llu", (unsigned long long)d->records);
}

/* A redaction the record came with, in FIELD; NULL for one of another field. */
static const struct node *
earlier(const struct redactor *d, size_t i, const char *field, int64_t *start, int64_t *end,
    int64_t *mark_chars)
{
	const struct node *one = node_at(d->before, i);
	const char *mark = node_as_text(node_get(one, "mark"));
	const char *of = node_as_text(node_get(one, "field"));

	if (mark == NULL || strcmp(of != NULL ? of : "text", field) != 0 ||
	    !node_as_int(node_get(one, "start"), start) ||
	    !node_as_int(node_get(one, "end"), end))
		return NULL;
	*mark_chars = (int64_t)utf8_count(mark, strlen(mark));
	return one;
}

/* Reckons character AT of FIELD as it is now back to the original text: each mark before
 * it stands for a secret of another length.  *INSIDE: it is a part of a mark. */
static int64_t
original(const struct redactor *d, const char *field, int64_t at, bool *inside)
{
	int64_t start, end, chars, shift = 0;
	size_t i;

	*inside = false;
	for (i = 0; i < node_len(d->before); i++) {
		if (earlier(d, i, field, &start, &end, &chars) == NULL)
			continue;
		if (at < start - shift)
			break;
		*inside = at < start - shift + chars;
		shift += end - start - chars;
	}
	return at + shift;
}

/* Numbers that the marks of an earlier pass took are not given again. */
static void
learn_marks(struct redactor *d)
{
	size_t i;

	for (i = 0; i < node_len(d->before); i++) {
		const struct node *one = node_at(d->before, i);
		const char *kind = node_as_text(node_get(one, "kind"));
		const char *mark = node_as_text(node_get(one, "mark")), *sign;
		int64_t n = 0;

		if (kind == NULL || mark == NULL || (sign = strrchr(mark, '#')) == NULL)
			continue;
		while (*++sign >= '0' && *sign <= '9' && n < 1000000)
			n = n * 10 + (*sign - '0');
		marks_seen(&d->marks, buf_cstr(&d->conversation), kind, n);
	}
}

static void
tell(struct redactor *d, const struct secret *s, const char *field, int64_t start,
    const char *mark)
{
	struct redaction *one;

	if (d->n_said == d->cap_said) {
		d->cap_said = d->cap_said * 2 + 8;
		d->said = xrealloc(d->said, d->cap_said * sizeof(*d->said));
	}
	one = &d->said[d->n_said++];
	one->kind = s->kind;
	one->field = strcmp(field, "text") != 0 ? arena_str(&d->texts, field) : "text";
	one->mark = mark;
	one->start = start;
	one->end = start + (int64_t)(s->end - s->start);
	map_put(&d->counts, s->kind, strlen(s->kind), NULL)->num++;
}

/* Replaces secret I, unless it lies in a mark. */
static void
replace(struct masking *m, size_t i)
{
	struct redactor *d = m->d;
	const struct secret *s = &d->secrets.v[i];
	const char *text;
	bool first, last;
	int64_t start = original(d, m->field, (int64_t)s->start, &first);

	original(d, m->field, (int64_t)s->end - 1, &last);
	if (first || last)
		return;
	buf_clear(&d->mark);
	marks_add(&d->marks, buf_cstr(&d->conversation), s->kind,
	    secrets_value(&d->secrets, i), &d->mark);
	text = arena_strn(&d->texts, buf_cstr(&d->mark), d->mark.len);
	tell(d, s, m->field, start, text);
	buf_add(&m->out, m->text + m->byte, s->from - m->byte);
	buf_add(&m->out, text, d->mark.len);
	m->byte = s->upto;
}

/* The text masked, as a new node; NULL if it has no secrets. */
static struct node *
mask_text(struct redactor *d, const char *text, const char *field)
{
	struct masking m = { .d = d, .field = field, .text = text, .out = BUF_INIT };
	size_t len = strlen(text), i;
	struct node *n = NULL;
	struct err e;

	if (secrets_find(&d->secrets, text, len, &e) < 0) {
		d->limits++;
		d->complain(&e);
	}
	for (i = 0; i < d->secrets.n; i++)
		replace(&m, i);
	if (m.byte > 0 || m.out.len > 0) {
		buf_add(&m.out, text + m.byte, len - m.byte);
		n = node_text(buf_cstr(&m.out));
	}
	buf_release(&m.out);
	return n;
}

/* Copies an object member by member, with those masked that REST leads to. */
struct copying {
	struct redactor *d;
	struct node *out;
	const char *rest, *field;
	bool changed;
};

static bool
leads_to(const char *rest, const char *key, const char **next)
{
	size_t n = strcspn(rest, ".");

	*next = rest + n + (rest[n] == '.');
	return *rest == '\0' || (strlen(key) == n && strncmp(key, rest, n) == 0);
}

static int
copy_member(void *ctx, const char *key, const struct node *value)
{
	struct copying *c = ctx;
	struct buf field = BUF_INIT;
	struct node *masked = NULL;
	const char *next;

	if (leads_to(c->rest, key, &next)) {
		buf_fmt(&field, "%s.%s", c->field, key);
		masked = mask(c->d, value, next, buf_cstr(&field));
		buf_release(&field);
	}
	c->changed |= masked != NULL;
	node_set(c->out, key, masked != NULL ? masked : node_copy(value));
	return 0;
}

static struct node *
mask_array(struct redactor *d, const struct node *n, const char *rest, const char *field)
{
	struct node *out = node_array(), *masked;
	bool changed = false;
	size_t i;

	for (i = 0; i < node_len(n); i++) {
		struct buf item = BUF_INIT;

		buf_fmt(&item, "%s.%zu", field, i);
		masked = mask(d, node_at(n, i), rest, buf_cstr(&item));
		buf_release(&item);
		changed |= masked != NULL;
		node_push(out, masked != NULL ? masked : node_copy(node_at(n, i)));
	}
	if (changed)
		return out;
	node_free(out);
	return NULL;
}

/* N with the texts masked that the path REST leads to (all below it at its end); NULL if
 * nothing is to be masked. */
static struct node *
mask(struct redactor *d, const struct node *n, const char *rest, const char *field)
{
	struct copying c = { .d = d, .rest = rest, .field = field };

	if (node_is_array(n))
		return mask_array(d, n, rest, field);
	if (node_is_object(n)) {
		c.out = node_object();
		node_each(n, copy_member, &c);
		if (c.changed)
			return c.out;
		node_free(c.out);
		return NULL;
	}
	return *rest == '\0' && node_as_text(n) != NULL ? mask_text(d, node_as_text(n), field) :
	    NULL;
}

static bool
mask_field(struct redactor *d, struct rec *r, const char *path)
{
	struct node *masked;
	size_t n = strcspn(path, ".");
	const char *key = path[n] == '.' ? arena_strn(&d->texts, path, n) : path;
	const struct node *value = rec_node(r, key);

	if (strcmp(path, "text") == 0)
		d->said_text = d->n_said;
	masked = value != NULL ? mask(d, value, path + n + (path[n] == '.'), key) : NULL;
	if (masked != NULL)
		rec_put(r, key, masked);
	return masked != NULL;
}

static bool
is_ours(const struct redactor *d, const struct rec *r)
{
	return d->every_kind || rec_is(r, "message") || rec_is(r, "response");
}

int
redact_record(struct redactor *d, struct rec *r)
{
	bool changed = false;
	size_t i;

	d->records++;
	if (!is_ours(d, r))
		return 0;
	d->looked_at++;
	d->before = rec_node(r, "redactions");
	d->n_said = d->said_text = 0;
	arena_clear(&d->texts);
	name_conversation(d, r);
	learn_marks(d);
	for (i = 0; i < d->n_fields; i++)
		changed |= mask_field(d, r, d->fields[i]);
	if (rec_node(r, "entities") != NULL)
		redact_entities(d, r);
	if (changed)
		redact_tell(d, r);
	d->masked += changed;
	return changed;
}

void
redactor_release(struct redactor *d)
{
	secrets_release(&d->secrets);
	marks_release(&d->marks);
	map_release(&d->counts);
	buf_release(&d->conversation);
	buf_release(&d->mark);
	arena_release(&d->texts);
	free(d->said);
}
