/* csr-classify - say what a message is about */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/conf.h"
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "desk/classify.h"
#include "store/class.h"
#include "store/class_eval.h"
#include "store/feed.h"
#include "time/tm.h"

static bool confusion, errors;

static const struct opt opts[] = {
	{ 0, "confusion", NULL, "eval: add who was taken for whom", OPT_FLAG, &confusion },
	{ 0, "errors", NULL, "eval: print each wrong line first", OPT_FLAG, &errors },
	OPT_DB, OPT_CONFIG, OPT_NO_STORE, OPT_PENDING, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_QUIET,
	OPT_VERBOSE, OPT_EXPLAIN, OPT_END
};

static const struct prog prog = {
	.name = "csr-classify",
	.what = "say what a message is about",
	.args = "[eval|rules] [FILE...]",
	.examples =
	    "  csr-ingest export.csv | csr-classify | csr-route >day.jsonl\n"
	    "  csr-classify -n --explain <messages.jsonl\n"
	    "  csr-classify -q --pending\n"
	    "  csr-classify --confusion eval labelled.jsonl | jq .type\n"
	    "  csr-classify rules | jq -c 'select(.label == \"urgent\")'\n",
	.opts = opts
};

enum { RULES_MAX = 4 * 1024 * 1024 };

struct work {
	struct classifier c;
	struct class_store store;
	struct class_pending pending;
};

/* All our files of rules and the user's, in the order of their names. */
static int
load(struct rules *r, struct err *e)
{
	char **paths;
	int i, n = conf_list("rules", ".rules", &paths, e), bad = n < 0 ? -1 : 0;

	for (i = 0; i < n && bad == 0; i++) {
		char *text = conf_read(paths[i], RULES_MAX, NULL, e);

		bad = text != NULL ? rules_read(r, paths[i], text, e) : -1;
		free(text);
	}
	conf_list_free(paths, n);
	return bad < 0 ? -1 : rules_ready(r, e);
}

/* One line on stderr per dimension: the label, and each rule that spoke. */
static void
explain(const struct rec *r, const struct verdict *v)
{
	struct buf line = BUF_INIT;
	size_t d, i;

	for (d = 0; d < v->n; d++) {
		buf_clear(&line);
		buf_fmt(&line, "%s %s %.1f:", v->labels[d].dimension, v->labels[d].label,
		    v->labels[d].score);
		for (i = 0; i < v->n_fired; i++)
			if (v->fired[i].at == d)
				buf_fmt(&line, " %s.%s%+.1f", v->fired[i].label,
				    v->fired[i].name, v->fired[i].weight);
		warn("%s:%zu: %s", r->source != NULL ? r->source : "database", r->line,
		    buf_cstr(&line));
	}
	buf_release(&line);
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
	if (classify(&w->c, rec_text(r, "subject"), text, rec_text(r, "channel"), &limit) < 0)
		warn("%s:%zu: %s", r->source != NULL ? r->source : "database", r->line,
		    limit.msg);
	if (common.explain)
		explain(r, &w->c.verdict);
	*item = row = class_row_new(&w->c, text);
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

/* The filter. */
static int
run(struct rules *rules, int argc, char **argv, struct err *e)
{
	static struct work w;
	struct feed f = { .each = each, .store = store, .end = end, .free_item = free, .ctx = &w,
		.rejects = common.rejects, .complain = warn_err, .quiet = common.quiet };
	int bad;

	if (!common.no_store && db_open(&f.db, NULL, DB_CREATE, e) < 0)
		return -1;
	classifier_init(&w.c, rules);
	w.pending.db = f.db;
	w.pending.zone = zone_default(e);
	bad = w.pending.zone == NULL ? -1 : common.pending ? feed_pending(&f, next, e) :
	    feed_run(&f, argc, argv, e);
	if (common.verbose)
		warn("%zu classified, %zu refused", f.done, f.refused);
	classifier_release(&w.c);
	class_store_release(&w.store);
	class_pending_release(&w.pending);
	db_close(f.db);
	return bad < 0 ? -1 : f.refused > 0 ? ERR_DATA : 0;
}

static int
run_eval(struct rules *rules, int argc, char **argv, struct err *e)
{
	struct class_eval ev = { .complain = warn_err };
	struct buf out = BUF_INIT;
	int bad;

	classifier_init(&ev.c, rules);
	ev.wrong = errors ? &out : NULL;
	bad = class_eval_run(&ev, argc, argv, e);
	if (bad == 0)
		class_eval_print(&ev, confusion, &out);
	out_write(out.p, out.len);
	buf_release(&out);
	class_eval_release(&ev);
	return bad < 0 ? -1 : ev.refused > 0 ? ERR_DATA : 0;
}

/* One line a rule, as JSON; that they could be loaded is the lint. */
static int
run_rules(const struct rules *rules)
{
	struct rules_info info;
	struct buf line = BUF_INIT;
	size_t i;

	for (i = 0; rules_info(rules, i, &info); i++) {
		struct node *n = node_object();

		node_set_text(n, "rule", info.name);
		node_set_text(n, "dimension", info.dimension);
		node_set_text(n, "label", info.label);
		if (info.hard)
			node_set_bool(n, "hard", true);
		else
			node_set_real(n, "weight", info.weight);
		node_set_text(n, "file", info.source);
		node_set_int(n, "line", (int64_t)info.line);
		buf_clear(&line);
		node_print(n, &line);
		node_free(n);
		out_fmt("%s\n", buf_cstr(&line));
	}
	buf_release(&line);
	return 0;
}

/* The verb at the first operand, if it is one; options may follow it too. */
static const char *
take_verb(int *argc, char ***argv)
{
	int at = opt_parse(*argc, *argv, &prog);
	const char *verb = "";

	if (at < *argc && (strcmp((*argv)[at], "eval") == 0 ||
	    strcmp((*argv)[at], "rules") == 0)) {
		verb = (*argv)[at];
		*argc -= at;
		*argv += at;
		at = opt_parse(*argc, *argv, &prog);
	}
	*argc -= at;
	*argv += at;
	return verb;
}

int
main(int argc, char **argv)
{
	const char *verb = take_verb(&argc, &argv);
	struct rules *rules = rules_new();
	struct err e;
	int status;

	if (common.pending && common.no_store)
		die(ERR_USAGE, "--pending reads the database that -n leaves out");
	if (argc == 0 && *verb != 'r' && !common.pending && isatty(STDIN_FILENO))
		die(ERR_USAGE, "no file given and stdin is a terminal (try --help)");
	if (tm_now_init(common.now, &e) < 0 || load(rules, &e) < 0)
		die_err(&e);
	if (strcmp(verb, "eval") == 0)
		status = run_eval(rules, argc, argv, &e);
	else if (strcmp(verb, "rules") == 0)
		status = run_rules(rules);
	else
		status = run(rules, argc, argv, &e);
	if (status < 0)
		warn_err(&e);
	rules_free(rules);
	return out_finish(status < 0 ? e.code : status);
}
