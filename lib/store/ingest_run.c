/* ingest_run - whole sources into the database, batch by batch, and out again */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/out.h"
#include "base/stop.h"
#include "base/worker.h"
#include "store/ingest_batch.h"
#include "store/ingest_run.h"
#include "store/reason.h"
#include "store/rehearsal.h"
#include "stream/jsonl.h"

struct run {
	struct ingest_run *r;
	struct batch batch[2];	/* one is read into while the other is stored */
	size_t at;		/* the one read into */
	struct worker worker;
	struct rejects rejects;
	struct buf line;
	struct intake src;
	const struct ingest_follow *follow;	/* of src */
	uint64_t serial;	/* of src */
	bool broken;		/* what was read cannot be stored or printed */
};

static void
refuse(struct run *run, const struct batch_item *item)
{
	struct ingest_counts *c = &run->r->counts;
	struct err why;

	err_set(&why, ERR_DATA, "%s", item->error);
	c->refused++;
	reason_count(&c->reasons, item->error, item->from->name);
	if (run->r->complain != NULL)
		run->r->complain(&why);
	rejects_add(&run->rejects, item->from->name, item->line, item->error, item->raw,
	    item->raw_len);
}

static void
count(struct ingest_counts *c, const struct batch_item *item, bool stored)
{
	const struct ingest_out *o = &item->out;

	if (item->f.kind == FACT_NONE || !stored)
		c->passed++;
	else if (o->is_new)
		c->stored++;
	else
		c->known++;
	c->customers += o->new_customer;
	c->tickets += o->is_new && (o->how == THREAD_NEW || o->how == THREAD_FOLLOW);
}

/* One record's way out: to stdout, or by name to stderr and the rejects. */
static int
put(struct run *run, struct batch_item *item, struct err *e)
{
	struct ingest_run *r = run->r;

	if (item->error != NULL)
		refuse(run, item);
	else
		count(&r->counts, item, r->in != NULL);
	if (r->quiet || (item->error != NULL && !r->rehearse))
		return 0;
	buf_clear(&run->line);
	if (!r->rehearse)
		batch_print(item, r->in != NULL, r->opts.zone, &run->line);
	else if (rehearsal_print(r->in->db, item, &run->line, e) < 0)
		return -1;
	out_write(run->line.p, run->line.len);
	return 0;
}

/* Stores a batch, then prints it. */
static int
deal(struct run *run, struct batch *b, struct err *e)
{
	size_t i;

	if (run->r->in != NULL && batch_store(b, run->r->in, run->r->opts.zone, e) < 0)
		return -1;
	for (i = 0; i < b->n; i++)
		if (put(run, &b->v[i], e) < 0)
			return -1;
	out_flush();
	return rejects_flush(&run->rejects, e);
}

static int
deal_beside(void *ctx, struct err *e)
{
	struct run *run = ctx;

	return deal(run, &run->batch[1 - run->at], e);
}

static int
wait_for_other(struct run *run, struct err *e)
{
	run->broken = run->broken || worker_wait(&run->worker, e) < 0;
	return run->broken ? -1 : 0;
}

static void
mark(struct run *run, bool whole)
{
	const struct ingest_follow *f = run->follow;
	struct place p;

	if (f != NULL && f->mark != NULL && f->mark(f->ctx, &run->src, whole, &p))
		batch_mark(&run->batch[run->at], &p);
}

/* The batch is full and more is coming: it is dealt with while reading goes on. */
static int
hand_over(struct run *run, struct err *e)
{
	mark(run, false);
	if (wait_for_other(run, e) < 0)
		return -1;
	run->at = 1 - run->at;
	batch_clear(&run->batch[run->at]);
	worker_start(&run->worker, deal_beside, run);
	return 0;
}

int
ingest_run_settle(struct ingest_run *r, struct err *e)
{
	return wait_for_other(r->run, e);
}

int
ingest_run_flush(struct ingest_run *r, struct err *e)
{
	struct run *run = r->run;
	struct batch *b = &run->batch[run->at];

	if (wait_for_other(run, e) < 0)
		return -1;
	run->broken = deal(run, b, e) < 0;
	batch_clear(b);
	return run->broken ? -1 : 0;
}

/* Input runs dry: all of it is committed and printed before anybody waits. */
static int
dry(void *ctx, struct err *e)
{
	struct run *run = ctx;
	const struct ingest_follow *f = run->follow;

	mark(run, false);
	if (ingest_run_flush(run->r, e) < 0)
		return -1;
	return f != NULL && f->wait != NULL ? f->wait(f->ctx, e) : 0;
}

/* Everything the source gives, until it ends or somebody wants to stop. 0, or -1 with why
 * it ends early. */
static int
read_source(struct run *run, struct err *e)
{
	struct fact f;
	int got;

	while ((got = intake_next(&run->src, &f, e)) != 0) {
		struct batch *b = &run->batch[run->at];

		if (got < 0 && e->code != ERR_DATA)
			return -1;
		run->r->counts.read++;
		if (got < 0)
			batch_add_bad(b, &run->src, run->serial, e);
		else
			batch_add(b, &run->src, run->serial, &f, run->r->quiet);
		if (!batch_is_full(b))
			continue;
		if (hand_over(run, e) < 0)
			return -1;
		if (run->follow != NULL && stop_wanted())
			return 0;
	}
	mark(run, true);
	return 0;
}

/* What became of reading a source: one that is lost does not end the run. */
static int
settle(struct run *run, int bad, struct err *e)
{
	struct ingest_run *r = run->r;

	run->follow = NULL;
	if (bad == 0 || run->broken)
		return bad;
	if (r->complain != NULL)
		r->complain(e);
	r->counts.lost++;
	if (r->lost == 0)
		r->lost = e->code;
	return 0;
}

/* Opening looks at the first bytes, which may not have come yet. */
static bool
may_wait(const char *path)
{
	struct stat st;

	return path == NULL || strcmp(path, "-") == 0 || (stat(path, &st) == 0 &&
	    !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode));
}

int
ingest_run_source(struct ingest_run *r, const char *path, struct err *e)
{
	struct run *run = r->run;
	int bad;

	if (may_wait(path) && ingest_run_flush(r, e) < 0)
		return -1;
	run->serial++;
	bad = intake_open(&run->src, path, &r->opts, e);
	if (bad == 0) {
		bad = read_source(run, e);
		intake_close(&run->src);
	}
	return settle(run, bad, e);
}

int
ingest_run_attach(struct ingest_run *r, int fd, const char *name,
    const struct intake_place *from, const struct ingest_follow *follow, struct err *e)
{
	struct run *run = r->run;
	int bad;

	run->serial++;
	run->follow = follow;
	bad = intake_attach(&run->src, fd, name, &r->opts, e);
	if (bad == 0) {
		if (from != NULL && from->offset > 0 && run->src.resume != NULL)
			bad = run->src.resume->skip(&run->src, from, e);
		if (bad == 0)
			bad = read_source(run, e);
		intake_close(&run->src);
	}
	return settle(run, bad, e);
}

int
ingest_run_open(struct ingest_run *r, struct err *e)
{
	struct run *run = xcalloc(1, sizeof(*run));

	*run = (struct run){ .r = r, .batch = { BATCH_INIT, BATCH_INIT },
		.worker = WORKER_INIT };
	r->run = run;
	r->counts = (struct ingest_counts){ .reasons = MAP_INIT };
	r->lost = 0;
	r->opts.dry = dry;
	r->opts.ctx = run;
	return rejects_open(&run->rejects, r->rejects, e);
}

int
ingest_run_close(struct ingest_run *r, struct err *e)
{
	struct run *run = r->run;
	struct err second;
	int bad = run->broken ? -1 : ingest_run_flush(r, e);

	if (rejects_close(&run->rejects, bad < 0 ? &second : e) < 0)
		bad = -1;
	batch_release(&run->batch[0]);
	batch_release(&run->batch[1]);
	buf_release(&run->line);
	free(run);
	r->run = NULL;
	return bad;
}

int
ingest_run(struct ingest_run *r, int argc, char **argv, struct err *e)
{
	struct err second;
	int i, bad = ingest_run_open(r, e);

	if (bad == 0 && argc == 0)
		bad = ingest_run_source(r, NULL, e);
	for (i = 0; i < argc && bad == 0; i++)
		bad = ingest_run_source(r, argv[i], e);
	return ingest_run_close(r, bad < 0 ? &second : e) < 0 ? -1 : bad;
}

int
ingest_run_status(const struct ingest_run *r)
{
	return r->lost != 0 ? r->lost : r->counts.refused > 0 ? ERR_DATA : 0;
}

void
ingest_run_release(struct ingest_run *r)
{
	map_release(&r->counts.reasons);
}
