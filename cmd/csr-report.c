/* csr-report - measure, and show it to people */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/ask.h"
#include "report/catalog.h"
#include "report/outfile.h"
#include "report/pack.h"
#include "store/ingest_run.h"
#include "time/tm.h"

static struct ask ask = { .calendar = "cn-desk" };
static struct intake_opts source;

static const struct opt opts[] = {
	{ 'b', "by", "COLUMNS", "group by these, with commas (\"\": one row)", OPT_TEXT, &ask.by },
	{ 0, "from", "TIME", "from this date or time on", OPT_TEXT, &ask.period.from },
	{ 0, "to", "TIME", "to the end of this date, or before this time", OPT_TEXT, &ask.period.to },
	{ 0, "last", "LENGTH", "7d, 2w: whole days before today; 12h: until now", OPT_TEXT, &ask.period.last },
	{ 0, "week", "WEEK", "2026-W40, this or last (if none is named)", OPT_MAYBE, &ask.period.week },
	{ 0, "month", "MONTH", "2026-10, this or last", OPT_MAYBE, &ask.period.month },
	{ 0, "compare", "WITH", "previous: beside the period before", OPT_TEXT, &ask.compare },
	{ 'w', "where", "TERMS", "only rows for which all terms hold", OPT_LIST, &ask.where },
	{ 'k', "columns", "NAMES", "only these columns of the result, in this order", OPT_TEXT, &ask.columns },
	{ 'o', "output", "FORM|FILE", "table, bars, jsonl, csv, md, html, xlsx", OPT_TEXT, &ask.output },
	{ 0, "lang", "LANG", "zh or en: headings and texts", OPT_TEXT, &ask.lang },
	{ 0, "charts", "NAMES", "only these charts, with commas (\"\": none)", OPT_TEXT, &ask.charts },
	{ 0, "time", "KIND", "clock, working or both", OPT_TEXT, &ask.set_time },
	{ 0, "calendar", "NAME", "working time by calendars/NAME.cal", OPT_TEXT, &ask.calendar },
	{ 0, "set", "NAME=VALUE", "an option of the report", OPT_LIST, &ask.set },
	{ 0, "fail-if", "TERMS", "exit with 1 if they hold for a row", OPT_TEXT, &ask.fail_if },
	{ 0, "bom", NULL, "CSV: begin with a byte order mark, for Excel", OPT_FLAG, &ask.bom },
	{ 0, "raw", NULL, "CSV: leave cells alone that look like formulas", OPT_FLAG, &ask.raw },
	{ 0, "color", "WHEN", "auto, always or never", OPT_TEXT, &ask.color },
	{ 'f', "format", "FORMAT", "of the FILEs (auto: by looking)", OPT_TEXT, &source.format },
	{ 'C', "channel", "NAME", "the channel, where a FILE names none", OPT_TEXT, &source.channel },
	{ 'm', "map", "FILE", "names of CSV columns beside the known ones", OPT_TEXT, &source.map },
	{ 'e', "encoding", "NAME", "of text neither UTF-8 nor declared", OPT_TEXT, &source.encoding },
	OPT_DB, OPT_CONFIG, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_QUIET, OPT_VERBOSE, OPT_END
};

static const struct prog prog = {
	.name = "csr-report",
	.what = "measure, and show it to people",
	.args = "list | describe NAME | sql NAME | pack NAME | NAME [options] [FILE...]",
	.examples =
	    "  csr-report response --by channel --week --compare previous\n"
	    "  csr-report pack weekly -o week.html export.csv\n"
	    "  csr-report -q response --last 7d --fail-if 'attainment<0.9'\n",
	.opts = opts
};

/* Reads FILES into a database of their own. 0; 65, 66 ... if some input was refused. */
static int
read_files(struct db *db, int argc, char **argv, const struct zone *zone, struct err *e)
{
	struct ingest in;
	struct ingest_run r = { .in = &in, .opts = source, .quiet = true,
		.complain = warn_err, .rejects = common.rejects };
	int bad = ingest_init(&in, db, e);

	r.opts.zone = zone;
	if (source.channel == NULL)
		r.opts.channel = "import";
	if (bad == 0)
		bad = ingest_run(&r, argc, argv, e);
	ingest_release(&in);
	ingest_run_release(&r);
	return bad < 0 ? -1 : ingest_run_status(&r);
}

/* Report R, which is freed, over DB. 0, ERR_NO if --fail-if holds. */
static int
report(const struct asked *q, struct report *r, struct db *db, struct err *e)
{
	struct seen seen;

	if (ask_show(q, r, db, common.quiet, &seen, e) < 0)
		return -1;
	if (common.verbose || isatty(STDERR_FILENO))
		warn("%zu rows", seen.rows);
	if (seen.failed > 0)
		warn("\"%s\" holds for %zu of %zu rows", ask.fail_if, seen.failed, seen.rows);
	return seen.failed > 0 ? ERR_NO : 0;
}

/* Pack K over DB; says which files there are now. */
static int
pack(const struct asked *q, const struct pack *k, struct db *db, struct err *e)
{
	struct buf said = BUF_INIT;
	int bad = pack_write(q, k, db, &said, e);

	if (!common.quiet)
		out_write(buf_cstr(&said), said.len);
	buf_release(&said);
	return bad;
}

/* Opens the database, or makes one of FILES, and asks it for the pack or report NAME. */
static int
over_db(const struct asked *q, const char *name, bool is_pack, int argc, char **argv,
    struct err *e)
{
	struct pack *k = is_pack ? pack_load(name, e) : NULL;
	struct report *r = is_pack ? NULL : report_load(name, e);
	struct db *db = NULL;
	int refused = 0, status = -1;

	if ((r != NULL || k != NULL) && db_open(&db, argc > 0 ? ":memory:" : NULL,
	    argc > 0 ? DB_CREATE : DB_READ, e) == 0) {
		if (argc > 0)
			refused = read_files(db, argc, argv, q->run.zone, e);
		if (refused >= 0) {
			status = is_pack ? pack(q, k, db, e) : report(q, r, db, e);
			r = NULL;
		}
	}
	db_close(db);
	report_free(r);
	pack_free(k);
	return status >= 0 && refused > 0 ? refused : status;
}

/* What there is to say without a database: list, pack, describe or sql. */
static int
show(const char *verb, const char *name, const struct words *w, struct buf *text, struct err *e)
{
	struct table t = { .format = out_is_tty() ? TABLE_TEXT : TABLE_JSONL, .out = text };
	struct report *r;

	if (name == NULL && ask.output != NULL && table_format_of(ask.output, &t.format, e) < 0)
		return -1;
	if (strcmp(verb, "list") == 0)
		return catalog_list(&t, words_lang(w), e);
	if (strcmp(verb, "pack") == 0)
		return pack_list(&t, words_lang(w), e);
	if (name == NULL)
		return err_set(e, ERR_USAGE, "%s: which report? (try csr-report list)", verb);
	if ((r = report_load(name, e)) == NULL)
		return -1;
	if (strcmp(verb, "sql") == 0)
		buf_str(text, r->text);
	else
		catalog_describe(r, w, text);
	report_free(r);
	return 0;
}

static bool
is_verb(const char *name)
{
	return strcmp(name, "list") == 0 || strcmp(name, "describe") == 0 ||
	    strcmp(name, "sql") == 0;
}

/* What the words ask for: a verb, a pack or a report. */
static int
act(int argc, char **argv, struct err *e)
{
	bool is_pack = strcmp(argv[0], "pack") == 0;
	struct asked q = { 0 };
	struct buf text = BUF_INIT;
	int status = -1;

	if (tm_now_init(common.now, e) < 0 || ask_read(&q, &ask, e) < 0)
		status = -1;
	else if (is_verb(argv[0]) || (is_pack && argc == 1))
		status = show(argv[0], argv[1], q.words, &text, e);
	else
		status = over_db(&q, argv[is_pack], is_pack, argc - 1 - is_pack,
		    argv + 1 + is_pack, e);
	out_write(buf_cstr(&text), text.len);
	buf_release(&text);
	ask_release(&q);
	return status;
}

/* Options may stand anywhere, before a "--": the words between them, in order. */
static int
operands(int argc, char **argv, char **words)
{
	int at = 0, n = 0;

	while (at < argc) {
		at += opt_parse(argc - at, argv + at, &prog);
		if (at > 0 && strcmp(argv[at - 1], "--") == 0)
			while (at < argc)
				words[n++] = argv[at++];
		else if (at < argc)
			words[n++] = argv[at];
	}
	return n;
}

int
main(int argc, char **argv)
{
	static char **words;
	char *written = NULL;
	int n, status;
	bool done;
	struct err e;

	words = xcalloc((size_t)argc + 1, sizeof(*words));
	n = operands(argc, argv, words);
	if (n == 0)
		die(ERR_USAGE, "which report? (try csr-report list)");
	/* A pack writes more than one file. */
	if (ask.output != NULL && strpbrk(ask.output, "./") != NULL &&
	    strcmp(words[0], "pack") != 0 && (written = outfile_begin(ask.output, &e)) == NULL)
		die_err(&e);
	status = act(n, words, &e);
	done = status >= 0;
	if (!done)
		warn_err(&e);
	status = done ? out_finish(status) : e.code;
	if (written != NULL && outfile_end(written, ask.output, done && status != ERR_IO, &e) < 0)
		die_err(&e);
	return status;
}
