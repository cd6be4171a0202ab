/* csr-db - make, check, measure, copy, empty out and fill the database */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "store/check.h"
#include "store/db.h"
#include "store/dump.h"
#include "store/feed.h"
#include "store/stats.h"

static bool fix, force;

static struct db *
open_db(enum db_mode mode)
{
	struct db *db;
	struct err e;

	if (db_open(&db, NULL, mode, &e) < 0)
		die_err(&e);
	return db;
}

/* Ends the program with what went wrong; what was printed before stands. */
static int
finish(struct db *db, int bad, int status, const struct err *e)
{
	if (bad < 0)
		warn_err(e);
	db_close(db);
	return out_finish(bad < 0 ? e->code : status);
}

static int
no_operands(int argc, char **argv)
{
	if (argc > 0)
		die(ERR_USAGE, "unexpected \"%s\" (try --help)", argv[0]);
	return 0;
}

static int
run_init(int argc, char **argv)
{
	struct db *db;

	no_operands(argc, argv);
	db = open_db(DB_CREATE);
	if (!common.quiet)
		out_fmt("%s: schema %d\n", db_path(db), db_schema_version(db));
	return finish(db, 0, 0, NULL);
}

static int
run_migrate(int argc, char **argv)
{
	struct db *db;

	no_operands(argc, argv);
	/* Opening for writing migrates, with a copy of the old state beside it. */
	db = open_db(DB_WRITE);
	if (!common.quiet)
		out_fmt("%s: schema %d\n", db_path(db), db_schema_version(db));
	return finish(db, 0, 0, NULL);
}

struct differences {
	int n;
};

static void
difference(void *ctx, const char *line)
{
	struct differences *d = ctx;
	char clean[512];

	d->n++;
	log_clean(clean, sizeof(clean), line);
	out_fmt("%s\n", clean);
}

static int
run_check(int argc, char **argv)
{
	struct differences d = { 0 };
	struct db *db;
	struct err e;
	int bad = 0;

	no_operands(argc, argv);
	db = open_db(fix ? DB_WRITE : DB_READ);
	if (fix)
		bad = db_begin(db, &e);
	else
		bad = db_begin_read(db, &e);
	if (bad == 0)
		bad = check_all(db, fix, difference, &d, &e);
	if (bad == 0)
		bad = db_commit(db, &e);
	if (common.verbose)
		warn("SQLite %s: other programs must not checkpoint this file; csr holds its "
		    "own lock (see csr-db(5))", db_engine_version());
	if (common.verbose && bad == 0)
		warn("%d differences", d.n);
	return finish(db, bad, d.n > 0 ? ERR_NO : 0, &e);
}

static int
run_stats(int argc, char **argv)
{
	struct node *o = NULL;
	struct buf line = BUF_INIT;
	struct db *db;
	struct err e;
	int bad;

	no_operands(argc, argv);
	db = open_db(DB_READ);
	bad = stats_all(db, &o, &e);
	if (bad == 0) {
		node_print(o, &line);
		buf_char(&line, '\n');
		out_write(line.p, line.len);
	}
	node_free(o);
	buf_release(&line);
	return finish(db, bad, 0, &e);
}

static int
run_backup(int argc, char **argv)
{
	struct db *db;
	struct err e;
	int bad;

	if (argc != 1)
		die(ERR_USAGE, "backup takes one FILE (try --help)");
	db = open_db(DB_READ);
	bad = db_backup(db, argv[0], force, &e);
	return finish(db, bad, 0, &e);
}

static int
put_line(void *ctx, const char *line, size_t len, struct err *e)
{
	(void)ctx, (void)e;
	out_write(line, len);
	return 0;
}

static int
run_dump(int argc, char **argv)
{
	struct db *db;
	struct err e;
	int bad;

	no_operands(argc, argv);
	db = open_db(DB_READ);
	bad = dump_all(db, put_line, NULL, &e);
	return finish(db, bad, 0, &e);
}

struct loading {
	unsigned long long added, known;
};

static int
each_row(void *ctx, struct rec *r, void **item, struct err *e)
{
	(void)ctx, (void)item;
	return dump_is_row(r) ? 1 : err_set(e, ERR_DATA, "no \"table\": not a line of a dump");
}

static int
store_row(void *ctx, struct db *db, struct rec *r, void *item, struct err *e)
{
	struct loading *l = ctx;
	int got = dump_load(db, r, e);

	(void)item;
	l->added += got > 0;
	l->known += got == 0;
	return got < 0 ? -1 : 0;
}

static int
run_load(int argc, char **argv)
{
	struct loading l = { 0, 0 };
	struct feed f = { .each = each_row, .store = store_row, .ctx = &l,
		.rejects = common.rejects, .complain = warn_err, .quiet = true, .max = 20000 };
	struct err e;
	int bad;

	f.db = open_db(DB_CREATE);
	bad = feed_run(&f, argc, argv, &e);
	if (bad == 0 && common.verbose)
		warn("%llu rows new, %llu known already, %zu refused", l.added, l.known,
		    f.refused);
	return finish(f.db, bad, f.refused > 0 ? ERR_DATA : 0, &e);
}

static const struct opt check_opts[] = {
	{ 0, "fix", NULL, "compute summaries that differ anew", OPT_FLAG, &fix }, OPT_END
};
static const struct opt backup_opts[] = {
	{ 0, "force", NULL, "replace FILE if it is there", OPT_FLAG, &force }, OPT_END
};
static const struct opt load_opts[] = { OPT_REJECTS, OPT_END };

static const struct verb verbs[] = {
	{ "init", "", "make the database if it is not there", run_init, NULL },
	{ "migrate", "", "bring an older database up to this program", run_migrate, NULL },
	{ "check", "", "say what contradicts itself; exit 1 if anything", run_check, check_opts },
	{ "stats", "", "rows, sizes and times as one JSON object", run_stats, NULL },
	{ "backup", "FILE", "a consistent copy while others write", run_backup, backup_opts },
	{ "dump", "", "every fact as JSON Lines, in a stable order", run_dump, NULL },
	{ "load", "[FILE...]", "store a dump; again changes nothing", run_load, load_opts },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct opt opts[] = { OPT_DB, OPT_QUIET, OPT_VERBOSE, OPT_END };

static const struct prog prog = {
	.name = "csr-db",
	.what = "make, check, copy, dump and load the database",
	.args = "",
	.examples =
	    "  csr-db init\n"
	    "  csr-db check || echo 'look at it before you go on'\n"
	    "  csr-db backup \"/backup/csr-$(date +%F).db\"\n"
	    "  csr-db dump | csr-db -d new.db load\n",
	.opts = opts,
	.verbs = verbs
};

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
