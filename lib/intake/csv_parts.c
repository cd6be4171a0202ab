/* csv_parts - long text messages, put together from the rows of their parts */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/csv_parts.h"
#include "stream/jtext.h"

enum { SETS_MAX = 1024, KEYS_MAX = 4 * SETS_MAX, BYTES_MAX = 16 << 20, APART_MAX_MS = 10 * 60000 };

struct csv_held {
	char *text, *id, *extra, *raw;	/* text NULL: not here yet */
	size_t raw_len, line;
	int64_t at;
};

struct csv_set {
	struct csv_set *before, *behind;
	char *key;
	size_t key_len, bytes;
	int64_t at;		/* of the part that came first */
	size_t n, of;
	char *phone;
	struct csv_held part[];	/* of them */
};

static const struct buf *
key_of(struct csv_parts *s, const struct csv_part *p, const struct fact *f)
{
	buf_clear(&s->key);
	buf_fmt(&s->key, "%d/%lld/%s/", (int)f->message.direction, (long long)p->of,
	    p->ref != NULL ? p->ref : "");
	buf_str(&s->key, f->message.thread != NULL ? f->message.thread : "");
	return &s->key;
}

static void
unlink_set(struct csv_parts *s, struct csv_set *x)
{
	union map_value *known = map_get(&s->sets, x->key, x->key_len);

	if (known != NULL && known->ptr == x)
		known->ptr = NULL;
	*(x->before != NULL ? &x->before->behind : &s->first) = x->behind;
	*(x->behind != NULL ? &x->behind->before : &s->last) = x->before;
	s->n--;
	s->bytes -= x->bytes;
}

static void
free_set(struct csv_set *x)
{
	size_t i;

	for (i = 0; x != NULL && i < x->of; i++) {
		free(x->part[i].text);
		free(x->part[i].id);
		free(x->part[i].extra);
		free(x->part[i].raw);
	}
	if (x != NULL) {
		free(x->key);
		free(x->phone);
	}
	free(x);
}

static struct csv_set *
add_set(struct csv_parts *s, const struct csv_part *p, const struct fact *f)
{
	struct csv_set *x = xcalloc(1, sizeof(*x) + (size_t)p->of * sizeof(x->part[0]));

	x->key = xstrndup(s->key.p, s->key.len);
	x->key_len = s->key.len;
	x->of = (size_t)p->of;
	x->at = f->message.at;
	x->phone = f->who.phone != NULL ? xstrdup(f->who.phone) : NULL;
	x->before = s->last;
	*(s->last != NULL ? &s->last->behind : &s->first) = x;
	s->last = x;
	s->n++;
	return x;
}

/* Keys of messages that are done are forgotten now and then. */
static void
tidy(struct csv_parts *s)
{
	struct csv_set *x;

	if (s->sets.n <= KEYS_MAX)
		return;
	map_clear(&s->sets);
	for (x = s->first; x != NULL; x = x->behind)
		map_put(&s->sets, x->key, x->key_len, NULL)->ptr = x;
}

/* The message the part belongs to: one that waits for it, else a new one. */
static struct csv_set *
set_of(struct csv_parts *s, const struct csv_part *p, const struct fact *f)
{
	union map_value *place;
	struct csv_set *x;
	int64_t off;

	tidy(s);
	key_of(s, p, f);
	place = map_put(&s->sets, s->key.p, s->key.len, NULL);
	x = place->ptr;
	off = x != NULL ? f->message.at - x->at : 0;
	if (x == NULL || off > APART_MAX_MS || off < -APART_MAX_MS)
		place->ptr = x = add_set(s, p, f);
	return x;
}

static char *
copy(const char *s)
{
	return s != NULL ? xstrdup(s) : NULL;
}

static void
hold(struct csv_parts *s, struct csv_set *x, struct csv_held *h, const struct fact *f)
{
	size_t len;

	h->text = xstrdup(f->message.text != NULL ? f->message.text : "");
	h->id = copy(f->external_id);
	h->extra = copy(f->extra);
	h->line = f->line;
	h->at = f->message.at;
	x->n++;
	len = strlen(h->text) + (h->extra != NULL ? strlen(h->extra) : 0);
	x->bytes += len;
	s->bytes += len;
}

/* What each row had besides: a list, with the ids. */
static const char *
extras(struct csv_parts *s, const struct csv_set *x)
{
	size_t i;

	buf_clear(&s->extra);
	buf_str(&s->extra, "{\"parts\":[");
	for (i = 0; i < x->of; i++) {
		const struct csv_held *h = &x->part[i];

		buf_str(&s->extra, i > 0 ? ",{" : "{");
		jtext_member(&s->extra, "external_id", h->id);
		if (h->extra == NULL || strcmp(h->extra, "{}") == 0) {
			buf_char(&s->extra, '}');
			continue;
		}
		if (h->id != NULL)
			buf_char(&s->extra, ',');
		buf_str(&s->extra, h->extra + 1);
	}
	buf_str(&s->extra, "]}");
	return buf_cstr(&s->extra);
}

static void
join(struct csv_parts *s, const struct csv_set *x, struct fact *f)
{
	size_t i;

	buf_clear(&s->text);
	for (i = 0; i < x->of; i++) {
		buf_str(&s->text, x->part[i].text);
		if (x->part[i].at < f->message.at)
			f->message.at = x->part[i].at;
		if (x->part[i].line < f->line)
			f->line = x->part[i].line;
	}
	f->message.text = buf_cstr(&s->text);
	buf_clear(&s->id);
	if (x->part[0].id != NULL) {
		buf_str(&s->id, x->part[0].id);
		f->external_id = buf_cstr(&s->id);
	} else {
		f->external_id = NULL;
	}
	f->extra = extras(s, x);
}

int
csv_parts_add(struct csv_parts *s, const struct csv_part *p, struct fact *f, struct err *e)
{
	struct csv_set *x = set_of(s, p, f);
	struct csv_held *h = &x->part[p->n - 1];
	const char *text = f->message.text != NULL ? f->message.text : "";

	s->waits = NULL;
	if (h->text != NULL && strcmp(h->text, text) == 0)
		return 0;
	if (h->text != NULL)
		return err_set(e, ERR_DATA, "part %lld of %lld is there already with other words",
		    (long long)p->n, (long long)p->of);
	hold(s, x, h, f);
	if (x->n < x->of) {
		s->waits = h;
		return 0;
	}
	unlink_set(s, x);
	s->done = x;
	join(s, x, f);
	return 1;
}

void
csv_parts_keep_row(struct csv_parts *s, const char *row, size_t len)
{
	if (s->waits == NULL)
		return;
	s->waits->raw = xstrndup(row, len);
	s->waits->raw_len = len;
	s->waits = NULL;
}

void
csv_parts_forget(struct csv_parts *s)
{
	free_set(s->done);
	s->done = NULL;
}

/* The rows of X, a line each; the line of the first in *LINE. */
static void
rows_of(const struct csv_set *x, struct buf *raw, size_t *line)
{
	size_t i;

	buf_clear(raw);
	*line = SIZE_MAX;
	for (i = 0; i < x->of; i++) {
		const struct csv_held *h = &x->part[i];

		if (h->text == NULL)
			continue;
		if (raw->len > 0 && h->raw != NULL)
			buf_char(raw, '\n');
		if (h->raw != NULL)
			buf_add(raw, h->raw, h->raw_len);
		if (h->line < *line)
			*line = h->line;
	}
}

bool
csv_parts_rows(const struct csv_parts *s, struct buf *raw, size_t *line)
{
	if (s->done != NULL)
		rows_of(s->done, raw, line);
	return s->done != NULL;
}

bool
csv_parts_give_up(struct csv_parts *s, bool all, struct buf *raw, size_t *line,
    struct err *e)
{
	struct csv_set *x = s->first;
	size_t missing = 0;

	if (x == NULL || (!all && s->n <= SETS_MAX && s->bytes <= BYTES_MAX))
		return false;
	rows_of(x, raw, line);
	while (x->part[missing].text != NULL)
		missing++;
	err_set(e, ERR_DATA, "part %zu of %zu of a message of %s never came", missing + 1, x->of,
	    x->phone != NULL ? x->phone : "nobody");
	unlink_set(s, x);
	free_set(x);
	return true;
}

void
csv_parts_release(struct csv_parts *s)
{
	while (s->first != NULL) {
		struct csv_set *x = s->first;

		unlink_set(s, x);
		free_set(x);
	}
	csv_parts_forget(s);
	map_release(&s->sets);
	buf_release(&s->key);
	buf_release(&s->text);
	buf_release(&s->id);
	buf_release(&s->extra);
}
