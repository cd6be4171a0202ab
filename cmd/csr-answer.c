/* csr-answer - find the answer in the knowledge base, send it when it is safe */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/period.h"
#include "report/table.h"
#include "store/answer.h"
#include "store/answer_run.h"
#include "store/feed.h"
#include "time/tm.h"

static struct answer_run how = { .look = { .top = 5 }, .gaps = { .least = 2 } };
static struct period_args span;
static const char *form, *below = "0.5";

static int act(int argc, char **argv), filter(int argc, char **argv);

#define OPT_TOP { 'k', "top", "N", "at most N (5)", OPT_INT, &how.look.top }
#define OPT_OUTPUT { 'o', "output", "FORMAT", "table|jsonl", OPT_TEXT, &form }
#define OPT_PERIOD \
	{ 0, "from", "TIME", "from this day or time on", OPT_TEXT, &span.from }, \
	{ 0, "to", "TIME", "to this day or time", OPT_TEXT, &span.to }, \
	{ 0, "last", "SPAN", "the last 30d, 12h ...", OPT_TEXT, &span.last }

static const struct opt opts[] = {
	OPT_DB, OPT_CONFIG, OPT_NO_STORE, OPT_PENDING, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_QUIET,
	OPT_VERBOSE, OPT_DRY_RUN, OPT_END
};
static const struct opt import_opts[] = {
	{ 0, "prune", NULL, "take out articles that the files lack", OPT_FLAG, &how.prune }, OPT_END
};
static const struct opt ask_opts[] = {
	OPT_TOP, OPT_OUTPUT,
	{ 'l', "language", "LANG", "answers in zh, en ...", OPT_TEXT, &how.look.labels.v[DIM_LANGUAGE] },
	{ 0, "area", "AREA", "the question is about this", OPT_TEXT, &how.look.labels.v[DIM_AREA] },
	{ 0, "segment", "NAME", "who asks is of this segment", OPT_TEXT, &how.look.labels.v[DIM_SEGMENT] },
	{ 0, "channel", "NAME", "and asks on this channel", OPT_TEXT, &how.look.labels.v[DIM_CHANNEL] },
	OPT_END
};
static const struct opt gaps_opts[] = {
	OPT_TOP, OPT_PERIOD,
	{ 0, "least", "N", "asked at least so often (2)", OPT_INT, &how.gaps.least },
	{ 0, "below", "SCORE", "an article less sure than this is none (0.5)", OPT_TEXT, &below },
	OPT_END
};
static const struct opt stats_opts[] = { OPT_OUTPUT, OPT_PERIOD, OPT_END };
static const struct opt eval_opts[] = {
	{ 0, "index", NULL, "rank by the index alone", OPT_FLAG, &how.study.plain },
	{ 0, "errors", NULL, "print each question not answered first", OPT_FLAG, &how.study.errors },
	OPT_END
};
static const struct opt train_opts[] = {
	{ 'o', "output", "FILE", "write the model here", OPT_TEXT, &how.study.model },
	{ 0, "cross", "N", "measure by N-fold cross-validation", OPT_INT, &how.study.folds },
	{ 0, "simple", NULL, "no single words: for few questions", OPT_FLAG, &how.study.simple },
	OPT_END
};

static const struct verb verbs[] = {
	{ "import", "[PATH...]", "articles into the database; none: the shipped ones", act, import_opts },
	{ "export", "", "the articles that hold, as JSON Lines", act, NULL },
	{ "search", "TEXT...", "articles about it, for our people", act, ask_opts },
	{ "suggest", "[TEXT...]", "what customers may be answered, with scores", act, ask_opts },
	{ "gaps", "", "what is asked often and not answered", act, gaps_opts },
	{ "stats", "", "suggested, sent, used, deflected ...", act, stats_opts },
	{ "lint", "[PATH...]", "what is wrong with articles", act, NULL },
	{ "eval", "[FILE...]", "measure on questions with known articles", act, eval_opts },
	{ "train", "[FILE...]", "teach the ranking", act, train_opts },
	{ "", "", "", filter, NULL },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct prog prog = {
	.name = "csr-answer",
	.what = "find the answer in the knowledge base, send it when it is safe",
	.args = "[FILE...]",
	.examples =
	    "  csr-answer import\n"
	    "  csr-ingest chat.jsonl | csr-classify | csr-answer | csr-route >day.jsonl\n"
	    "  csr-answer suggest 退款多久到账\n"
	    "  csr-answer gaps --last 30d | jq -r .examples[0]\n",
	.opts = opts,
	.verbs = verbs
};

static void
flush(struct buf *out)
{
	out_write(buf_cstr(out), out->len);
	out_flush();
	buf_clear(out);
}

/* What all of it needs; ends the program when something is wrong. */
static void
start(void)
{
	enum table_format wanted = TABLE_JSONL;
	struct period p;
	struct err e;
	char *end;

	if (tm_now_init(common.now, &e) < 0 || (how.zone = zone_default(&e)) == NULL ||
	    period_read(&p, &span, how.zone, tm_now(), &e) < 0 ||
	    (form != NULL && table_format_of(form, &wanted, &e) < 0))
		die_err(&e);
	how.gaps.below = strtod(below, &end);
	if (end == below || *end != '\0')
		die(ERR_USAGE, "--below: \"%s\" is not a number", below);
	how.now = tm_now();
	how.from_at = p.from_at;
	how.to_at = p.to_at;
	how.people = form != NULL ? wanted == TABLE_TEXT : out_is_tty() != 0;
	how.no_store = common.no_store;
	how.dry_run = common.dry_run;
	how.quiet = common.quiet;
	how.complain = warn_err;
	how.print = flush;
}

/* The verbs. */
static int
act(int argc, char **argv)
{
	struct err e;
	int status = 0;

	start();
	if (strcmp(common.verb, "suggest") == 0 && argc == 0 && isatty(STDIN_FILENO))
		die(ERR_USAGE, "no question given and stdin is a terminal (try --help)");
	if (answer_run(&how, common.verb, argc, argv, &e) < 0) {
		warn_err(&e);
		status = e.code;
	} else if (common.verbose && how.said.len > 0) {
		warn("%s", how.said.p);
	}
	buf_release(&how.said);
	return out_finish(status != 0 ? status : how.found ? ERR_NO :
	    how.refused > 0 ? ERR_DATA : 0);
}

struct work {
	struct answerer a;
	struct answer_pending pending;
};

static int
each(void *ctx, struct rec *r, void **item, struct err *e)
{
	struct work *w = ctx;
	struct answer_item *it;
	int got = answer_read(&w->a, r, &it, e);

	if (got <= 0)
		return got;
	*item = it;
	if (w->a.db != NULL && !w->a.dry_run)
		return 1;
	if (answer_store(&w->a, it, e) < 0)
		return -1;
	answer_put(it, r);
	return 1;
}

static int
store(void *ctx, struct db *db, struct rec *r, void *item, struct err *e)
{
	(void)db;
	if (answer_store(&((struct work *)ctx)->a, item, e) < 0)
		return -1;
	answer_put(item, r);
	return 0;
}

static int
next(void *ctx, struct rec *r, struct err *e)
{
	return answer_pending_next(&((struct work *)ctx)->pending, r, e);
}

static void
drop(void *item)
{
	answer_item_free(item);
}

static int
run(struct work *w, int argc, char **argv, struct feed *f, struct err *e)
{
	static struct knowledge k;
	int bad = answer_open(&how, &k, &w->a.db, common.dry_run ? DB_READ : DB_CREATE, e);

	w->a.k = &k;
	w->a.zone = how.zone;
	w->a.now = how.now;
	w->a.dry_run = common.dry_run;
	w->pending = (struct answer_pending){ .db = w->a.db, .zone = how.zone,
		.since_at = w->a.now - 30 * TM_DAY_MS };
	if (bad == 0 && w->a.db != NULL && !common.dry_run) {
		f->db = w->a.db;
		f->store = store;
		bad = knowledge_refresh(&k, e);
	}
	if (bad == 0)
		bad = knowledge_offers(&k, e) < 0 || answerer_init(&w->a, e) < 0 ? -1 :
		    common.pending ? feed_pending(f, next, e) : feed_run(f, argc, argv, e);
	answer_pending_release(&w->pending);
	answerer_release(&w->a);
	knowledge_release(&k);
	db_close(w->a.db);
	return bad;
}

static int
filter(int argc, char **argv)
{
	static struct work w;
	struct feed f = { .each = each, .free_item = drop, .ctx = &w,
		.rejects = common.rejects, .complain = warn_err, .quiet = common.quiet };
	struct err e;
	int bad;

	if (common.pending && (common.no_store || argc > 0))
		die(ERR_USAGE, "--pending takes neither files nor --no-store");
	if (argc == 0 && !common.pending && isatty(STDIN_FILENO))
		die(ERR_USAGE, "no file given and stdin is a terminal (try --help)");
	start();
	if ((bad = run(&w, argc, argv, &f, &e)) < 0)
		warn_err(&e);
	if (bad == 0 && common.verbose)
		warn("%llu answered, %llu acknowledged, %zu refused", (unsigned long long)w.a.sent,
		    (unsigned long long)w.a.acknowledged, f.refused);
	return out_finish(bad < 0 ? e.code : f.refused > 0 ? ERR_DATA : 0);
}

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
