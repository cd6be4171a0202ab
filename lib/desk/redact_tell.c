/* redact_tell - what a record says of its secrets: entities, redactions, counts */
#include <stdlib.h>
#include <string.h>

#include "desk/redact_own.h"
#include "stream/jtext.h"

/* The first secret of the text (they are in order, behind those of the subject) that ends
 * after character START. */
static size_t
text_after(const struct redactor *d, int64_t start)
{
	size_t lo = d->said_text, hi = d->n_said, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(d->said[mid].field, "text") == 0 && d->said[mid].end <= start)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The mark an entity of csr-classify gets: of the secret in the text it overlaps, or of
 * its own when its kind is wanted; false for one that may stay. */
static bool
entity_mark(struct redactor *d, const struct node *entity, struct buf *mark)
{
	const char *kind = node_as_text(node_get(entity, "kind"));
	const char *text = node_as_text(node_get(entity, "text"));
	enum finding_kind k = kind != NULL ? finding_kind(kind) : FIND_KINDS;
	int64_t start = 0, end = 0;
	struct buf value = BUF_INIT;
	size_t i;

	node_as_int(node_get(entity, "start"), &start);
	node_as_int(node_get(entity, "end"), &end);
	i = text_after(d, start);
	if (i < d->n_said && d->said[i].start < end && strcmp(d->said[i].field, "text") == 0) {
		buf_str(mark, d->said[i].mark);
		return true;
	}
	if (text == NULL || k == FIND_KINDS || !d->secrets.kinds[k] || !finding_is_secret(k))
		return false;
	for (i = 0; i < node_len(d->before); i++) {
		const char *was = node_as_text(node_get(node_at(d->before, i), "mark"));

		if (was != NULL && strcmp(text, was) == 0)
			return false;
	}
	secret_value(kind, text, strlen(text), &value);
	marks_add(&d->marks, buf_cstr(&d->conversation), kind, buf_cstr(&value), mark);
	buf_release(&value);
	return true;
}

void
redact_entities(struct redactor *d, struct rec *r)
{
	const struct node *entities = rec_node(r, "entities");
	struct node *out = node_array();
	struct buf mark = BUF_INIT;
	bool changed = false;
	size_t i;

	for (i = 0; i < node_len(entities); i++) {
		struct node *one = node_copy(node_at(entities, i));

		buf_clear(&mark);
		if (entity_mark(d, one, &mark)) {
			node_set_text(one, "text", buf_cstr(&mark));
			changed = true;
		}
		node_push(out, one);
	}
	buf_release(&mark);
	if (changed)
		rec_put(r, "entities", out);
	else
		node_free(out);
}

static void
put_int(struct buf *out, const char *key, int64_t v)
{
	jtext_key(out, key);
	buf_fmt(out, "%lld", (long long)v);
}

void
redact_tell(struct redactor *d, struct rec *r)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < node_len(d->before); i++) {
		buf_char(&out, i > 0 ? ',' : '[');
		node_print(node_at(d->before, i), &out);
	}
	for (i = 0; i < d->n_said; i++) {
		const struct redaction *one = &d->said[i];

		buf_str(&out, out.len > 0 ? ",{" : "[{");
		jtext_member(&out, "kind", one->kind);
		if (strcmp(one->field, "text") != 0)
			jtext_member(&out, "field", one->field);
		put_int(&out, "start", one->start);
		put_int(&out, "end", one->end);
		jtext_member(&out, "mark", one->mark);
		buf_char(&out, '}');
	}
	buf_char(&out, ']');
	rec_put_text(r, "redactions", out.p, out.len);
	buf_release(&out);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp((*(const struct map_slot *const *)a)->key,
	    (*(const struct map_slot *const *)b)->key);
}

void
redact_report(const struct redactor *d, struct buf *out)
{
	const struct map_slot **slots = xcalloc(d->counts.n + 1, sizeof(*slots));
	struct node *all = node_object(), *kinds = node_object();
	size_t at = 0, n = 0, i;

	while ((slots[n] = map_each(&d->counts, &at)) != NULL)
		n++;
	qsort(slots, n, sizeof(*slots), by_name);
	for (i = 0; i < n; i++)
		node_set_int(kinds, slots[i]->key, slots[i]->value.num);
	node_set_int(all, "records", (int64_t)d->records);
	node_set_int(all, "searched", (int64_t)d->looked_at);
	node_set_int(all, "masked", (int64_t)d->masked);
	node_set(all, "kinds", kinds);
	node_print(all, out);
	buf_char(out, '\n');
	node_free(all);
	free(slots);
}
