/* csr-ingest - bring any source into the normal form, once */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fan.h"
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "base/stop.h"
#include "store/follow.h"
#include "store/ingest_run.h"
#include "store/reason.h"
#include "time/tm.h"

static struct intake_opts source;
static bool list_formats, stats, follow;

static const struct opt opts[] = {
	{ 'f', "format", "FORMAT", "the source's format (auto: by looking)", OPT_TEXT, &source.format },
	{ 0, "list-formats", NULL, "print the formats and end", OPT_FLAG, &list_formats },
	{ 'C', "channel", "NAME", "the channel, where the source names none", OPT_TEXT, &source.channel },
	{ 'a', "account", "NAME", "our account there, likewise", OPT_TEXT, &source.account },
	{ 'm', "map", "FILE", "names of CSV columns beside the known ones", OPT_TEXT, &source.map },
	{ 0, "columns", "NAMES", "columns of a CSV without a header, with commas between", OPT_TEXT, &source.columns },
	{ 'e', "encoding", "NAME", "of text neither UTF-8 nor declared", OPT_TEXT, &source.encoding },
	{ 0, "attachments", "DIR", "save the attachments of mails here", OPT_TEXT, &source.attachments },
	{ 'F', "follow", NULL, "go on as files and directories grow", OPT_FLAG, &follow },
	{ 0, "stats", NULL, "one line of JSON with the counts on stderr", OPT_FLAG, &stats },
	OPT_DB, OPT_CONFIG, OPT_NO_STORE, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_DRY_RUN, OPT_QUIET,
	OPT_VERBOSE,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-ingest",
	.what = "bring any source into the normal form, once",
	.args = "[FILE|DIR...]",
	.examples =
	    "  csr-ingest export.csv | csr-classify | csr-route >day.jsonl\n"
	    "  csr-ingest -q -C email ~/Maildir\n"
	    "  csr-ingest -n --tz Asia/Shanghai orders.csv | jq -c .order\n"
	    "  csr-ingest --dry-run export.csv | jq -c 'select(.result == \"new\")'\n"
	    "  csr-ingest -q --follow inbox/ /var/log/asterisk/queue_log\n"
	    "  tail -F calls.jsonl | csr-ingest --rejects bad.jsonl\n",
	.opts = opts
};

static void
print_formats(void)
{
	const struct intake_format *f;

	for (f = intake_formats(); f->name != NULL; f++)
		out_fmt("%-10s %s\n", f->name, f->what);
}

static void
note(void *ctx, const char *text)
{
	(void)ctx;
	warn("%s", text);
}

/* What changed: to people at a terminal or on request, in JSON to machines. */
static void
tell(const struct ingest_counts *c, double seconds)
{
	struct buf reasons = BUF_INIT;

	if (stats) {
		reason_print(&c->reasons, &reasons);
		fprintf(stderr, "{\"read\":%llu,\"new\":%llu,\"duplicate\":%llu,"
		    "\"refused\":%s,\"passed\":%llu,\"lost\":%llu,\"seconds\":%.3f}\n",
		    (unsigned long long)c->read, (unsigned long long)c->stored,
		    (unsigned long long)c->known, reasons.p,
		    (unsigned long long)c->passed, (unsigned long long)c->lost, seconds);
	} else if (common.dry_run) {
		warn("%llu read: would store %llu, with %llu new customers and %llu new tickets; "
		    "%llu known already, %llu refused", (unsigned long long)c->read,
		    (unsigned long long)c->stored, (unsigned long long)c->customers,
		    (unsigned long long)c->tickets, (unsigned long long)c->known,
		    (unsigned long long)c->refused);
	} else if (!common.no_store && (common.verbose || isatty(STDERR_FILENO))) {
		warn("%llu read: %llu new, %llu known already, %llu refused",
		    (unsigned long long)c->read, (unsigned long long)c->stored,
		    (unsigned long long)c->known, (unsigned long long)c->refused);
	}
	buf_release(&reasons);
}

static double
clock_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The one source for ever. */
static int
follow_it(struct ingest_run *r, const char *path, struct err *e)
{
	struct err second;
	int bad = ingest_run_open(r, e);

	if (bad == 0)
		bad = follow_path(r, path, note, e);
	return ingest_run_close(r, bad < 0 ? &second : e) < 0 ? -1 : bad;
}

static int
run(int argc, char **argv, struct db *db, struct err *e)
{
	struct ingest in;
	struct ingest_run r = { .opts = source, .quiet = common.quiet,
		.rehearse = common.dry_run, .complain = warn_err, .rejects = common.rejects };
	double began = clock_s();
	int bad = 0;

	r.opts.zone = zone_default(e);
	r.opts.note = common.verbose ? note : NULL;
	if (r.opts.zone == NULL)
		return -1;
	if (db != NULL) {
		bad = ingest_init(&in, db, e);
		r.in = &in;
	}
	if (bad == 0)
		bad = follow ? follow_it(&r, argv[0], e) : ingest_run(&r, argc, argv, e);
	tell(&r.counts, clock_s() - began);
	ingest_run_release(&r);
	if (db != NULL)
		ingest_release(&in);
	return bad < 0 ? -1 : ingest_run_status(&r);
}

/* Each of several followed operands gets a process; -1 here means: go on with argv[0]. */
static int
follow_each(int *argc, char ***argv)
{
	struct err e;
	int status = 0, mine;

	stop_catch();
	if (*argc == 1)
		return -1;
	mine = fan_out(*argc, &status, &e);
	if (mine < 0)
		die_err(&e);
	if (mine == *argc)
		return out_finish(status);
	*argv += mine;
	*argc = 1;
	return -1;
}

int
main(int argc, char **argv)
{
	struct db *db = NULL;
	struct err e;
	int at = opt_parse(argc, argv, &prog), status;

	if (list_formats) {
		print_formats();
		return out_finish(0);
	}
	if (at == argc && !follow && isatty(STDIN_FILENO))
		die(ERR_USAGE, "no file given and stdin is a terminal (try --help)");
	if (common.dry_run && (follow || common.no_store))
		die(ERR_USAGE, "--dry-run goes with neither --follow nor --no-store");
	if (common.dry_run)
		common.rejects = source.attachments = NULL;	/* nothing is written */
	if (follow && at == argc)
		die(ERR_USAGE, "--follow needs a file or a directory");
	argc -= at;
	argv += at;
	if (follow && (status = follow_each(&argc, &argv)) >= 0)
		return status;
	if (tm_now_init(common.now, &e) < 0)
		die_err(&e);
	if (common.dry_run ? db_rehearse(&db, &e) < 0 :
	    !common.no_store && db_open(&db, NULL, DB_CREATE, &e) < 0)
		die_err(&e);
	status = run(argc, argv, db, &e);
	if (status < 0)
		warn_err(&e);
	db_close(db);
	return out_finish(status < 0 ? e.code : status);
}
