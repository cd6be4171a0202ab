/* ingest_run - whole sources into the database, batch by batch, and out again */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/out.h"
#include "store/ingest_run.h"
#include "stream/jtext.h"

enum { BATCH_MAX = 20000, BATCH_BYTES = 24 * 1024 * 1024 };

struct held {
	struct fact f;
	struct rec rec;		/* of a JSON Lines source; else empty */
	struct ingest_out out;
	bool refused;
	bool says_customer;	/* the record has a person of its own under "customer" */
};

struct run {
	struct ingest_run *r;
	struct held *held;
	size_t n, cap, rec_bytes;
	struct arena text;
	struct rejects rejects;
	struct buf line;
	struct intake src;
};

static void
refuse(struct run *run, size_t line, const struct err *e, const char *raw, size_t len)
{
	run->r->counts.refused++;
	if (run->r->complain != NULL)
		run->r->complain(e);
	rejects_add(&run->rejects, run->src.name, line, e->msg, raw, len);
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
line_of_fact(const struct run *run, const struct held *h, struct buf *out)
{
	fact_print(&h->f, run->r->opts.zone, out);
	if (run->r->in != NULL) {
		out->len--;
		number(out, "id", h->out.id);
		number(out, "ticket", h->out.ticket);
		number(out, "customer", h->out.customer);
		buf_str(out, h->out.is_new ? ",\"new\":true}" : ",\"new\":false}");
	}
	buf_char(out, '\n');
}

static void
line_of_rec(struct run *run, struct held *h, struct buf *out)
{
	if (run->r->in != NULL && h->f.kind != FACT_NONE) {
		if (h->out.id != 0)
			rec_put_int(&h->rec, "id", h->out.id);
		if (h->out.ticket != 0)
			rec_put_int(&h->rec, "ticket", h->out.ticket);
		if (h->out.customer != 0 && !h->says_customer)
			rec_put_int(&h->rec, "customer", h->out.customer);
		rec_put_bool(&h->rec, "new", h->out.is_new);
	}
	rec_print(&h->rec, out);
}

/* A record that waits needs its tree only if what we add may be in it already; one that
 * was read as a plain line has none. */
static void
keep_rec(struct held *h, struct rec *rec, bool quiet)
{
	static const char *const added[] = { "id", "ticket", "customer", "new" };
	bool has = false;
	size_t i;

	for (i = 0; i < sizeof(added) / sizeof(added[0]) && !quiet; i++)
		has |= node_get(rec->root, added[i]) != NULL;
	h->says_customer = node_is_object(rec_node(rec, "customer"));
	rec_move(&h->rec, rec);
	if (!has)
		rec_slim(&h->rec);
}

static int
store_one(struct run *run, struct held *h, struct err *e)
{
	if (ingest_fact(run->r->in, &h->f, &h->out, e) == 0)
		return 0;
	if (e->code != ERR_DATA)
		return -1;
	h->refused = true;
	buf_clear(&run->line);
	if (h->rec.raw == NULL)
		fact_print(&h->f, run->r->opts.zone, &run->line);
	err_at(e, run->src.name, h->f.line);
	refuse(run, h->f.line, e, h->rec.raw != NULL ? h->rec.raw : run->line.p,
	    h->rec.raw != NULL ? h->rec.len : run->line.len);
	return 0;
}

static int
store_all(struct run *run, struct err *e)
{
	size_t i;

	if (ingest_begin(run->r->in, e) < 0)
		return -1;
	for (i = 0; i < run->n; i++)
		if (run->held[i].f.kind != FACT_NONE &&
		    store_one(run, &run->held[i], e) < 0)
			return -1;
	return ingest_end(run->r->in, e);
}

static int
commit(struct run *run, struct err *e)
{
	struct ingest *in = run->r->in;

	if (in == NULL || run->n == 0)
		return 0;
	if (db_begin(in->db, e) < 0)
		return -1;
	if (store_all(run, e) < 0) {
		db_rollback(in->db);
		return -1;
	}
	return db_commit(in->db, e);
}

static void
count(struct run *run, const struct held *h)
{
	struct ingest_counts *c = &run->r->counts;

	if (h->f.kind == FACT_NONE)
		c->passed++;
	else if (h->out.is_new)
		c->stored++;
	else
		c->known++;
}

static void
print_all(struct run *run)
{
	size_t i;

	for (i = 0; i < run->n; i++) {
		struct held *h = &run->held[i];

		if (h->refused)
			continue;
		count(run, h);
		if (run->r->quiet)
			continue;
		buf_clear(&run->line);
		if (h->rec.raw != NULL)
			line_of_rec(run, h, &run->line);
		else
			line_of_fact(run, h, &run->line);
		out_write(run->line.p, run->line.len);
	}
}

static void
drop(struct run *run)
{
	size_t i;

	for (i = 0; i < run->n; i++)
		rec_release(&run->held[i].rec);
	run->n = run->rec_bytes = 0;
	arena_clear(&run->text);
}

static int
flush(void *ctx, struct err *e)
{
	struct run *run = ctx;

	if (commit(run, e) < 0)
		return -1;
	print_all(run);
	drop(run);
	out_flush();
	return rejects_flush(&run->rejects, e);
}

static int
hold(struct run *run, const struct fact *f, struct err *e)
{
	struct held *h;

	if (run->n == run->cap) {
		run->cap = run->cap ? run->cap * 2 : 256;
		run->held = xrealloc(run->held, run->cap * sizeof(*run->held));
	}
	h = &run->held[run->n++];
	*h = (struct held){ .rec = REC_INIT };
	fact_copy(&h->f, f, &run->text);
	if (run->src.rec != NULL) {
		run->rec_bytes += run->src.rec->len;
		keep_rec(h, run->src.rec, run->r->quiet);
	}
	if (run->n < BATCH_MAX && run->text.used + run->rec_bytes < BATCH_BYTES)
		return 0;
	return flush(run, e);
}

static int
run_file(struct run *run, const char *path, struct err *e)
{
	struct fact f;
	int got;

	if (intake_open(&run->src, path, &run->r->opts, e) < 0)
		return -1;
	if (run->r->in != NULL)
		ingest_source(run->r->in, run->src.name, run->src.format->name);
	while ((got = intake_next(&run->src, &f, e)) != 0) {
		run->r->counts.read++;
		if (got > 0 && (got = hold(run, &f, e)) == 0)
			continue;
		if (got < 0 && e->code != ERR_DATA)
			break;
		refuse(run, run->src.bad_line, e, run->src.bad, run->src.bad_len);
	}
	/* What is held borrows the source's name: store it before the source closes. */
	if (got == 0)
		got = flush(run, e);
	intake_close(&run->src);
	return got;
}

int
ingest_run(struct ingest_run *r, int argc, char **argv, struct err *e)
{
	struct run run = { .r = r, .text = ARENA_INIT };
	struct err ignored;
	int i, bad;

	r->counts = (struct ingest_counts){ 0 };
	r->opts.dry = flush;
	r->opts.ctx = &run;
	bad = rejects_open(&run.rejects, r->rejects, e);
	if (bad == 0 && argc == 0)
		bad = run_file(&run, NULL, e);
	for (i = 0; i < argc && bad == 0; i++)
		bad = run_file(&run, argv[i], e);
	drop(&run);
	free(run.held);
	buf_release(&run.line);
	arena_release(&run.text);
	if (rejects_close(&run.rejects, bad < 0 ? &ignored : e) < 0)
		bad = -1;
	return bad;
}
