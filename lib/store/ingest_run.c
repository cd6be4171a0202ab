/* ingest_run - whole sources into the database, batch by batch, and out again */
#include <string.h>
#include <sys/stat.h>

#include "base/out.h"
#include "base/worker.h"
#include "store/ingest_batch.h"
#include "store/ingest_run.h"

struct run {
	struct ingest_run *r;
	struct batch batch[2];	/* one is read into while the other is stored */
	size_t at;		/* the one read into */
	struct worker worker;
	struct rejects rejects;
	struct buf line;
	struct intake src;
	uint64_t serial;	/* of src */
	bool broken;		/* what was read cannot be stored or printed */
};

/* One record's way out: to stdout, or by name to stderr and the rejects. */
static void
put(struct run *run, struct batch_item *item)
{
	struct ingest_counts *c = &run->r->counts;

	if (item->error != NULL) {
		struct err why;

		err_set(&why, ERR_DATA, "%s", item->error);
		c->refused++;
		if (run->r->complain != NULL)
			run->r->complain(&why);
		rejects_add(&run->rejects, item->from->name, item->line, item->error,
		    item->raw, item->raw_len);
		return;
	}
	if (item->f.kind == FACT_NONE)
		c->passed++;
	else if (item->out.is_new)
		c->stored++;
	else
		c->known++;
	if (run->r->quiet)
		return;
	buf_clear(&run->line);
	batch_print(item, run->r->in != NULL, run->r->opts.zone, &run->line);
	out_write(run->line.p, run->line.len);
}

/* Stores the batch that is not read into, then prints it. */
static int
deal(struct run *run, struct batch *b, struct err *e)
{
	size_t i;

	if (run->r->in != NULL && batch_store(b, run->r->in, run->r->opts.zone, e) < 0)
		return -1;
	for (i = 0; i < b->n; i++)
		put(run, &b->v[i]);
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

/* The batch is full and more is coming: it is dealt with while reading goes on. */
static int
hand_over(struct run *run, struct err *e)
{
	if (wait_for_other(run, e) < 0)
		return -1;
	run->at = 1 - run->at;
	batch_clear(&run->batch[run->at]);
	worker_start(&run->worker, deal_beside, run);
	return 0;
}

/* Input runs dry: all of it is committed and printed before anybody waits. */
static int
flush(void *ctx, struct err *e)
{
	struct run *run = ctx;
	struct batch *b = &run->batch[run->at];

	if (wait_for_other(run, e) < 0)
		return -1;
	run->broken = deal(run, b, e) < 0;
	batch_clear(b);
	return run->broken ? -1 : 0;
}

/* Opening looks at the first bytes, which may not have come yet. */
static bool
may_wait(const char *path)
{
	struct stat st;

	return path == NULL || strcmp(path, "-") == 0 || stat(path, &st) < 0 ||
	    !(S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

static int
run_file(struct run *run, const char *path, struct err *e)
{
	struct fact f;
	int got, bad = 0;

	if ((may_wait(path) && flush(run, e) < 0) ||
	    intake_open(&run->src, path, &run->r->opts, e) < 0)
		return -1;
	run->serial++;
	while (bad == 0 && (got = intake_next(&run->src, &f, e)) != 0) {
		struct batch *b = &run->batch[run->at];

		if (got < 0 && e->code != ERR_DATA)
			bad = -1;
		else if (got < 0)
			batch_add_bad(b, &run->src, run->serial, e);
		else
			batch_add(b, &run->src, run->serial, &f, run->r->quiet);
		run->r->counts.read += bad == 0;
		if (bad == 0 && batch_is_full(b))
			bad = hand_over(run, e);
	}
	intake_close(&run->src);
	return bad;
}

int
ingest_run(struct ingest_run *r, int argc, char **argv, struct err *e)
{
	struct run run = { .r = r, .batch = { BATCH_INIT, BATCH_INIT },
		.worker = WORKER_INIT };
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
	/* A source that ends early takes nothing with it that came before. */
	if (!run.broken && flush(&run, bad < 0 ? &ignored : e) < 0)
		bad = -1;
	batch_release(&run.batch[0]);
	batch_release(&run.batch[1]);
	buf_release(&run.line);
	if (rejects_close(&run.rejects, bad < 0 ? &ignored : e) < 0)
		bad = -1;
	return bad;
}
