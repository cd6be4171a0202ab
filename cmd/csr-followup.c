/* csr-followup - everything that time sets off: care, reminders, warnings of clocks */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "store/agenda.h"
#include "time/tm.h"

static int verb_run(int argc, char **argv);
static int verb_lint(int argc, char **argv);
static int verb_plan(int argc, char **argv);

static const struct opt run_opts[] = {
	OPT_DRY_RUN, OPT_EXPLAIN,
	OPT_END
};

static const struct verb verbs[] = {
	{ "run", "", "queue what is due, once, and print it", verb_run, run_opts },
	{ "lint", "", "check plans and templates", verb_lint, NULL },
	{ "plan", "show NAME", "explain a plan in words", verb_plan, NULL },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct opt opts[] = {
	OPT_DB, OPT_CONFIG, OPT_NOW, OPT_TZ, OPT_QUIET, OPT_VERBOSE,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-followup",
	.what = "everything that time sets off: care, reminders, warnings of clocks",
	.args = "",
	.examples =
	    "  csr-followup run\n"
	    "  csr-followup run --dry-run --explain --now 2026-10-01T18:00:00+08:00\n"
	    "  csr-followup plan show care\n",
	.opts = opts, .verbs = verbs
};

static const struct zone *
desk_zone(void)
{
	struct err e;
	const struct zone *z;

	if (tm_now_init(common.now, &e) < 0 || (z = zone_default(&e)) == NULL)
		die_err(&e);
	return z;
}

/* What changed: to people at a terminal or on request. */
static void
tell(const struct agenda *a)
{
	if (common.verbose || (isatty(STDERR_FILENO) && !common.quiet))
		warn("%lld queued, %lld skipped or withdrawn%s", (long long)a->queued,
		    (long long)a->skipped, a->dry_run ? " (nothing was done)" : "");
}

static void
print_committed(const char *text, size_t len)
{
	out_write(text, len);
	out_flush();
}

static int
verb_run(int argc, char **argv)
{
	struct agenda a;
	struct err e;
	int bad;

	if (argc > 0)
		die(ERR_USAGE, "run takes no \"%s\" (try --help)", argv[0]);
	if (agenda_init(&a, desk_zone(), warn_err, &e) < 0)
		die_err(&e);
	a.now = tm_now();
	a.dry_run = common.dry_run;
	a.explain = common.explain;
	a.print = common.quiet ? NULL : print_committed;
	if (db_open(&a.db, common.db, DB_CREATE, &e) < 0)
		die_err(&e);
	bad = agenda_run(&a, &e);
	if (bad < 0)
		warn_err(&e);
	else
		tell(&a);
	db_close(a.db);
	bad = bad < 0 ? e.code : a.refused > 0 ? ERR_DATA : 0;
	agenda_release(&a);
	return out_finish(bad);
}

/* Loads all plans; faults are told as they are found. */
static int
load(struct plans *p, struct letters *l)
{
	struct err e;
	int bad = plans_load(p, l, desk_zone(), warn_err, &e);

	if (bad < 0)
		die_err(&e);
	return bad;
}

static int
verb_lint(int argc, char **argv)
{
	struct letters letters = LETTERS_INIT;
	struct plans plans;
	int bad;

	if (argc > 0)
		die(ERR_USAGE, "lint takes no \"%s\" (try --help)", argv[0]);
	bad = load(&plans, &letters);
	if (common.verbose)
		warn("%zu plans are sound, %d are not", plans.n, bad);
	plans_release(&plans);
	letters_release(&letters);
	return out_finish(bad > 0 ? ERR_CONFIG : 0);
}

static int
verb_plan(int argc, char **argv)
{
	struct letters letters = LETTERS_INIT;
	struct buf words = BUF_INIT;
	struct plans plans;
	const struct plan *p;

	if (argc != 2 || strcmp(argv[0], "show") != 0)
		die(ERR_USAGE, "plan takes \"show\" and a plan's name (try --help)");
	load(&plans, &letters);
	if ((p = plans_find(&plans, argv[1])) == NULL)
		die(ERR_USAGE, "no plan \"%s\" in any plans directory", argv[1]);
	plan_words(p, &words);
	out_write(words.p, words.len);
	buf_release(&words);
	plans_release(&plans);
	letters_release(&letters);
	return out_finish(0);
}

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
