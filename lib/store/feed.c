/* feed - the loop of every filter: read, decide, store a batch, print it */
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/out.h"
#include "store/feed.h"

enum { USUAL_MAX = 1000, BATCH_BYTES = 16 * 1024 * 1024 };

struct held {
	struct rec rec;
	void *item;
	bool ours;	/* to be stored; else passed through */
	bool refused;
};

struct run {
	struct feed *f;
	struct held *held;
	size_t n, max, bytes;
	struct rejects rejects;
	struct buf line;
};

static int
run_start(struct run *r, struct feed *f, struct err *e)
{
	*r = (struct run){ .f = f, .max = f->max ? f->max : USUAL_MAX };
	r->held = xcalloc(r->max, sizeof(*r->held));
	f->refused = f->done = 0;
	return rejects_open(&r->rejects, f->rejects, e);
}

static void
drop(struct run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (r->f->free_item != NULL && r->held[i].item != NULL)
			r->f->free_item(r->held[i].item);
		rec_release(&r->held[i].rec);
	}
	r->n = r->bytes = 0;
}

static void
refuse(struct run *r, const struct rec *rec, const struct err *e)
{
	r->f->refused++;
	if (r->f->complain != NULL)
		r->f->complain(e);
	rejects_add(&r->rejects, rec->source ? rec->source : "database", rec->line, e->msg,
	    rec->raw, rec->len);
}

/* Says where a record's fault is, unless the message already does. */
static void
locate(const struct rec *rec, struct err *e)
{
	if (rec->source != NULL)
		err_at(e, rec->source, rec->line);
}

static int
store_all(struct run *r, struct err *e)
{
	struct feed *f = r->f;
	size_t i;

	for (i = 0; i < r->n; i++) {
		struct held *h = &r->held[i];

		if (!h->ours || f->store(f->ctx, f->db, &h->rec, h->item, e) == 0)
			continue;
		if (e->code != ERR_DATA)
			return -1;
		locate(&h->rec, e);
		refuse(r, &h->rec, e);
		h->refused = true;
	}
	return f->end != NULL ? f->end(f->ctx, f->db, e) : 0;
}

static bool
any_ours(const struct run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->held[i].ours)
			return true;
	return false;
}

static int
commit(struct run *r, struct err *e)
{
	struct feed *f = r->f;

	if (f->db == NULL || f->store == NULL || !any_ours(r))
		return 0;
	if (db_begin(f->db, e) < 0)
		return -1;
	if (store_all(r, e) < 0) {
		db_rollback(f->db);
		return -1;
	}
	return db_commit(f->db, e);
}

static void
print_all(struct run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		struct held *h = &r->held[i];

		r->f->done += h->ours && !h->refused;
		if (h->refused || r->f->quiet)
			continue;
		buf_clear(&r->line);
		rec_print(&h->rec, &r->line);
		out_write(r->line.p, r->line.len);
	}
}

/* A line printed is a row committed: in this order and no other. */
static int
flush(struct run *r, struct err *e)
{
	if (commit(r, e) < 0)
		return -1;
	print_all(r);
	drop(r);
	out_flush();
	return rejects_flush(&r->rejects, e);
}

static int
dry(void *ctx, struct err *e)
{
	return flush(ctx, e);
}

static int
hold(struct run *r, struct rec *rec, struct err *e)
{
	struct held *h = &r->held[r->n];
	int got;

	*h = (struct held){ .rec = REC_INIT };
	got = r->f->each(r->f->ctx, rec, &h->item, e);
	if (got < 0) {
		locate(rec, e);
		if (e->code != ERR_DATA)
			return -1;
		refuse(r, rec, e);
		return 0;
	}
	h->ours = got > 0;
	r->bytes += rec->len;
	rec_move(&h->rec, rec);
	r->n++;
	return r->n == r->max || r->bytes > BATCH_BYTES ? flush(r, e) : 0;
}

static int
run_file(struct run *r, const char *path, struct err *e)
{
	struct jsonl in;
	int got;

	if (jsonl_open(&in, path, e) < 0)
		return -1;
	in.in.dry = dry;
	in.in.ctx = r;
	while ((got = jsonl_next(&in, e)) != 0) {
		if (got > 0 && (got = hold(r, &in.rec, e)) == 0)
			continue;
		if (got < 0 && e->code != ERR_DATA)
			break;
		r->f->refused++;
		if (r->f->complain != NULL)
			r->f->complain(e);
		rejects_add(&r->rejects, in.in.name, in.in.line, e->msg, in.bad, in.bad_len);
	}
	/* The batch is stored before the file closes: records borrow its name. */
	if (got == 0)
		got = flush(r, e);
	jsonl_close(&in);
	return got;
}

static int
run_end(struct run *r, int bad, struct err *e)
{
	struct err ignored;

	drop(r);
	free(r->held);
	buf_release(&r->line);
	if (rejects_close(&r->rejects, bad < 0 ? &ignored : e) < 0)
		return -1;
	return bad;
}

int
feed_run(struct feed *f, int argc, char **argv, struct err *e)
{
	struct run r;
	int i, bad = run_start(&r, f, e);

	if (bad == 0 && argc == 0)
		bad = run_file(&r, NULL, e);
	for (i = 0; i < argc && bad == 0; i++)
		bad = run_file(&r, argv[i], e);
	return run_end(&r, bad, e);
}

int
feed_pending(struct feed *f, int (*next)(void *ctx, struct rec *r, struct err *e),
    struct err *e)
{
	struct rec rec = REC_INIT;
	struct run r;
	int got, bad = run_start(&r, f, e);

	while (bad == 0 && (got = next(f->ctx, &rec, e)) != 0) {
		bad = got < 0 ? -1 : hold(&r, &rec, e);
		rec_release(&rec);
	}
	if (bad == 0)
		bad = flush(&r, e);
	return run_end(&r, bad, e);
}
