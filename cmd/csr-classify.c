/* csr-classify - say what a message is about; train what says it */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "store/class.h"
#include "store/class_explain.h"
#include "store/class_job.h"
#include "store/feed.h"
#include "store/labeller.h"
#include "time/tm.h"

static struct class_job job = { .seed = 1, .threshold = -1, .complain = warn_err };
static const char *threshold;

static const struct opt opts[] = {
	{ 'm', "model", "MODEL", "use this model too; again for more", OPT_LIST, &job.models },
	{ 0, "no-model", NULL, "rules alone, no model that is installed", OPT_FLAG, &job.no_model },
	{ 0, "threshold", "P", "unsure below this confidence, 0 to 1", OPT_TEXT, &threshold },
	{ 0, "dimension", "NAME", "train, eval --cross, label: what the labels are of", OPT_TEXT, &job.dimension },
	{ 'o', "output", "MODEL", "train: write the model here", OPT_TEXT, &job.output },
	{ 0, "from-db", NULL, "train: learn what people corrected in the database, too", OPT_FLAG, &job.from_db },
	{ 0, "seed", "N", "train: another order of the samples", OPT_INT, &job.seed },
	{ 0, "cross", "N", "eval: train N times, each time on all but a part", OPT_INT, &job.folds },
	{ 0, "confusion", NULL, "eval: add who was taken for whom", OPT_FLAG, &job.confusion },
	{ 0, "labels", NULL, "eval: add n, precision and recall of each label", OPT_FLAG, &job.per_label },
	{ 0, "calibration", NULL, "eval: add how confidence and truth agree", OPT_FLAG, &job.calibration },
	{ 0, "errors", NULL, "eval: print each wrong line first", OPT_FLAG, &job.errors },
	OPT_ACTOR, OPT_DB, OPT_CONFIG, OPT_NO_STORE, OPT_PENDING, OPT_REJECTS, OPT_NOW, OPT_TZ,
	OPT_QUIET, OPT_VERBOSE, OPT_EXPLAIN, OPT_END
};

static const struct prog prog = {
	.name = "csr-classify",
	.what = "say what a message is about; train what says it",
	.args = "[train|eval|label|rules] [FILE...]",
	.examples =
	    "  csr-ingest export.csv | csr-classify | csr-route >day.jsonl\n"
	    "  csr-classify -n --explain <messages.jsonl\n"
	    "  csr-classify train --dimension intent -o intent.model labelled.jsonl\n"
	    "  csr-classify -n -m intent.model <messages.jsonl | jq .class.intent\n"
	    "  csr-classify eval --cross 5 --dimension intent labelled.jsonl\n"
	    "  csr-classify label --dimension area refund 101 102\n"
	    "  csr-classify -q --pending\n",
	.opts = opts
};

struct work {
	struct labeller desk;
	struct class_store store;
	struct class_pending pending;
};

static void
say(void *ctx, const char *text)
{
	const struct rec *r = ctx;

	warn("%s:%zu: %s", r->source != NULL ? r->source : "database", r->line, text);
}

/* Incoming messages that no machine wrote are ours; all else passes, and so does what
 * has no words: a recall, a mail that is all attachment. */
static int
each(void *ctx, struct rec *r, void **item, struct err *e)
{
	struct work *w = ctx;
	const char *direction = rec_text(r, "direction"), *text = rec_text(r, "text");
	struct class_row *row;
	struct err limit;

	if (!rec_is(r, "message") || rec_bool(r, "auto") ||
	    (direction != NULL && strcmp(direction, "in") != 0) ||
	    rec_node(r, "text") == NULL)
		return 0;
	if (text == NULL)
		return err_set(e, ERR_DATA, "\"text\" is not text");
	if (labeller_label(&w->desk, rec_text(r, "subject"), text, rec_text(r, "channel"),
	    &limit) < 0)
		say(r, limit.msg);
	if (common.explain)
		class_explain(&w->desk.c, &w->desk.models, say, r);
	*item = row = class_row_new(&w->desk.c, text);
	rec_int(r, "id", &row->message);
	class_row_put(row, r);
	return 1;
}

static int
store(void *ctx, struct db *db, struct rec *r, void *item, struct err *e)
{
	(void)r;
	return class_store(&((struct work *)ctx)->store, db, item, e);
}

static int
end(void *ctx, struct db *db, struct err *e)
{
	return class_store_end(&((struct work *)ctx)->store, db, e);
}

static int
next(void *ctx, struct rec *r, struct err *e)
{
	return class_pending_next(&((struct work *)ctx)->pending, r, e);
}

static int
run(int argc, char **argv, struct err *e)
{
	static struct work w;
	struct feed f = { .each = each, .store = store, .end = end, .free_item = free, .ctx = &w,
		.rejects = common.rejects, .complain = warn_err, .quiet = common.quiet };
	int bad;

	if (labeller_open(&w.desk, &job.models, !job.no_model, job.threshold, e) < 0 ||
	    (!common.no_store && db_open(&f.db, NULL, DB_CREATE, e) < 0))
		return -1;
	w.store.now = job.at;
	w.pending.db = f.db;
	w.pending.zone = zone_default(e);
	bad = w.pending.zone == NULL ? -1 : common.pending ? feed_pending(&f, next, e) :
	    feed_run(&f, argc, argv, e);
	if (common.verbose)
		warn("%zu classified, %zu refused", f.done, f.refused);
	labeller_close(&w.desk);
	class_store_release(&w.store);
	class_pending_release(&w.pending);
	db_close(f.db);
	return bad < 0 ? -1 : f.refused > 0 ? ERR_DATA : 0;
}

static int
run_eval(int argc, char **argv, struct err *e)
{
	struct buf out = BUF_INIT;
	int status;

	if (job.folds != 0 && (job.folds < 2 || job.folds > 100 || job.dimension == NULL))
		die(ERR_USAGE, "--cross takes 2 to 100 and needs --dimension");
	status = class_job_eval(&job, argc, argv, &out, e);
	out_write(out.p, out.len);
	buf_release(&out);
	return status;
}

static int
run_train(int argc, char **argv, struct err *e)
{
	int status;

	if (job.dimension == NULL || job.output == NULL)
		die(ERR_USAGE, "train needs --dimension and -o");
	status = class_job_train(&job, argc, argv, e);
	if (common.verbose && status >= 0)
		warn("%zu texts, %zu without a label, %zu refused", job.used, job.passed,
		    job.refused);
	return status;
}

static int
run_label(int argc, char **argv, struct err *e)
{
	if (job.dimension == NULL || argc < 2)
		die(ERR_USAGE, "label needs --dimension, a label and the ids of messages");
	job.actor = opt_actor();
	return class_job_label(&job, argc, argv, e);
}

static int
run_rules(int argc, char **argv, struct err *e)
{
	struct buf out = BUF_INIT;
	int at = argc > 0 ? opt_parse(argc, argv, &prog) - 1 : 0, status;

	if (argc > 0)
		argv[at] = argv[0];	/* lint or test; options may follow it */
	status = class_job_rules(&job, argc - at, argv + at, &out, e);
	out_write(out.p, out.len);
	buf_release(&out);
	return status;
}

static const struct {
	const char *verb;		/* NULL: the filter */
	int (*run)(int argc, char **argv, struct err *e);
	bool reads;			/* stdin, when no file is named */
} jobs[] = {
	{ "train", run_train, true }, { "eval", run_eval, true }, { "label", run_label, false },
	{ "rules", run_rules, false }, { NULL, run, true }
};

/* The number of the job that the first operand names; options may follow it too. */
static size_t
take_verb(int *argc, char ***argv)
{
	int at = opt_parse(*argc, *argv, &prog);
	size_t i = 0;

	while (jobs[i].verb != NULL && (at == *argc || strcmp((*argv)[at], jobs[i].verb) != 0))
		i++;
	if (jobs[i].verb != NULL) {
		*argc -= at;
		*argv += at;
		at = opt_parse(*argc, *argv, &prog);
	}
	*argc -= at;
	*argv += at;
	return i;
}

static void
set_threshold(void)
{
	char *end;

	if (threshold == NULL)
		return;
	job.threshold = strtod(threshold, &end);
	if (*threshold == '\0' || *end != '\0' || !(job.threshold >= 0 && job.threshold <= 1))
		die(ERR_USAGE, "--threshold is a number from 0 to 1");
}

int
main(int argc, char **argv)
{
	size_t what = take_verb(&argc, &argv);
	struct err e;
	int status;

	set_threshold();
	if (common.pending && common.no_store)
		die(ERR_USAGE, "--pending reads the database that -n leaves out");
	if (argc == 0 && jobs[what].reads && !common.pending && !job.from_db &&
	    isatty(STDIN_FILENO))
		die(ERR_USAGE, "no file given and stdin is a terminal (try --help)");
	if (tm_now_init(common.now, &e) < 0)
		die_err(&e);
	job.at = tm_now();
	status = jobs[what].run(argc, argv, &e);
	if (status < 0)
		warn_err(&e);
	return out_finish(status < 0 ? e.code : status);
}
