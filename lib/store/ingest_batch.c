/* ingest_batch - records that are stored together, and printed when they are */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/ingest_batch.h"
#include "stream/jtext.h"

enum { ROWS_MAX = 20000, BYTES_MAX = 24 * 1024 * 1024 };

void
batch_clear(struct batch *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		rec_release(&b->v[i].rec);
	b->n = b->rec_bytes = b->places_n = 0;
	b->from = NULL;
	arena_clear(&b->text);
}

void
batch_release(struct batch *b)
{
	batch_clear(b);
	free(b->v);
	free(b->places);
	arena_release(&b->text);
}

bool
batch_is_full(const struct batch *b)
{
	return b->n >= ROWS_MAX || b->text.used + b->rec_bytes >= BYTES_MAX;
}

/* Names the source once in the batch, and for as long as the batch lives. */
static const struct batch_source *
name_source(struct batch *b, const struct intake *src, uint64_t serial)
{
	if (b->from != NULL && b->from->serial == serial)
		return b->from;
	b->from = arena_alloc(&b->text, sizeof(*b->from));
	*b->from = (struct batch_source){ arena_str(&b->text, src->name),
		src->format->name, serial };
	return b->from;
}

static struct batch_item *
item_new(struct batch *b, const struct intake *src, uint64_t serial)
{
	struct batch_item *item;

	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 256;
		b->v = xrealloc(b->v, b->cap * sizeof(*b->v));
	}
	item = &b->v[b->n++];
	*item = (struct batch_item){ .rec = REC_INIT, .from = name_source(b, src, serial) };
	return item;
}

/* A record that waits needs its tree only if what we add may be in it already; one that
 * was read as a plain line has none. */
static void
keep_rec(struct batch_item *item, struct rec *rec)
{
	static const char *const added[] = { "id", "ticket", "customer", "new" };
	bool has = false;
	size_t i;

	for (i = 0; i < sizeof(added) / sizeof(added[0]); i++)
		has |= node_get(rec->root, added[i]) != NULL;
	item->says_customer = node_is_object(rec_node(rec, "customer"));
	rec_move(&item->rec, rec);
	if (!has)
		rec_slim(&item->rec);
}

void
batch_add(struct batch *b, struct intake *src, uint64_t serial, const struct fact *f,
    bool quiet)
{
	struct batch_item *item = item_new(b, src, serial);

	fact_copy(&item->f, f, &b->text);
	item->line = f->line;
	if (src->rec == NULL)
		return;
	/* What is not printed is kept only as the bytes it was read from. */
	if (quiet) {
		item->raw = arena_strn(&b->text, src->rec->raw, src->rec->len);
		item->raw_len = src->rec->len;
		return;
	}
	b->rec_bytes += src->rec->len;
	keep_rec(item, src->rec);
}

void
batch_add_bad(struct batch *b, const struct intake *src, uint64_t serial,
    const struct err *why)
{
	struct batch_item *item = item_new(b, src, serial);

	item->error = arena_str(&b->text, why->msg);
	item->raw = arena_strn(&b->text, src->bad, src->bad_len);
	item->raw_len = src->bad_len;
	item->line = src->bad_line;
}

/* Of marks of one file in a batch the last counts. */
void
batch_mark(struct batch *b, const struct place *p)
{
	struct place *last = b->places_n > 0 ? &b->places[b->places_n - 1] : NULL;

	if (last != NULL && last->device == p->device && last->inode == p->inode) {
		*last = *p;
		return;
	}
	if (b->places_n == b->places_cap) {
		b->places_cap = b->places_cap ? b->places_cap * 2 : 16;
		b->places = xrealloc(b->places, b->places_cap * sizeof(*b->places));
	}
	b->places[b->places_n++] = *p;
}

/* The store refuses what the reader took. */
static void
refuse(struct batch *b, struct batch_item *item, const struct zone *zone, struct err *why)
{
	struct buf line = BUF_INIT;

	err_at(why, item->from->name, item->line);
	item->error = arena_str(&b->text, why->msg);
	if (item->rec.raw != NULL) {
		item->raw = item->rec.raw;
		item->raw_len = item->rec.len;
	}
	if (item->raw != NULL)
		return;
	fact_print(&item->f, zone, &line);
	item->raw = arena_strn(&b->text, line.p, line.len);
	item->raw_len = line.len;
	buf_release(&line);
}

static int
store_all(struct batch *b, struct ingest *in, const struct zone *zone, struct err *e)
{
	size_t i;

	if (ingest_begin(in, e) < 0)
		return -1;
	for (i = 0; i < b->n; i++) {
		struct batch_item *item = &b->v[i];

		if (item->f.kind == FACT_NONE)
			continue;
		ingest_source(in, item->from->name, item->from->format, item->from->serial);
		if (ingest_fact(in, &item->f, &item->out, e) == 0)
			continue;
		if (e->code != ERR_DATA)
			return -1;
		refuse(b, item, zone, e);
	}
	for (i = 0; i < b->places_n; i++)
		if (place_put(in->db, &b->places[i], e) < 0)
			return -1;
	return ingest_end(in, e);
}

int
batch_store(struct batch *b, struct ingest *in, const struct zone *zone, struct err *e)
{
	if (b->n == 0 && b->places_n == 0)
		return 0;
	if (db_begin(in->db, e) < 0)
		return -1;
	if (store_all(b, in, zone, e) < 0) {
		db_rollback(in->db);
		return -1;
	}
	return db_commit(in->db, e);
}

static void
number(struct buf *out, const char *key, int64_t v)
{
	if (v == 0)
		return;
	jtext_key(out, key);
	buf_fmt(out, "%lld", (long long)v);
}

/* The record in normal form, as the reader's fact says it, with what ingest adds. */
static void
print_fact(const struct batch_item *item, bool stored, const struct zone *zone,
    struct buf *out)
{
	fact_print(&item->f, zone, out);
	if (stored) {
		out->len--;
		number(out, "id", item->out.id);
		number(out, "ticket", item->out.ticket);
		number(out, "customer", item->out.customer);
		buf_str(out, item->out.is_new ? ",\"new\":true}" : ",\"new\":false}");
	}
	buf_char(out, '\n');
}

static void
print_rec(struct batch_item *item, bool stored, struct buf *out)
{
	if (stored && item->f.kind != FACT_NONE) {
		if (item->out.id != 0)
			rec_put_int(&item->rec, "id", item->out.id);
		if (item->out.ticket != 0)
			rec_put_int(&item->rec, "ticket", item->out.ticket);
		if (item->out.customer != 0 && !item->says_customer)
			rec_put_int(&item->rec, "customer", item->out.customer);
		rec_put_bool(&item->rec, "new", item->out.is_new);
	}
	rec_print(&item->rec, out);
}

void
batch_print(struct batch_item *item, bool stored, const struct zone *zone, struct buf *out)
{
	if (item->rec.raw != NULL)
		print_rec(item, stored, out);
	else
		print_fact(item, stored, zone, out);
}
