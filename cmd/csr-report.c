/* csr-report - measure, and show it to people */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/catalog.h"
#include "report/outfile.h"
#include "report/pick.h"
#include "report/run.h"
#include "store/ingest_run.h"
#include "time/tm.h"

static const char *by, *from, *to, *calendar = "cn-desk", *output, *fail_if, *color, *columns;
static struct opt_list where, set;
static bool bom, raw;
static struct intake_opts source;

static const struct opt opts[] = {
	{ 'b', "by", "COLUMNS", "group by these, with commas (\"\": one row)", OPT_TEXT, &by },
	{ 0, "from", "TIME", "from this date or time on", OPT_TEXT, &from },
	{ 0, "to", "TIME", "to the end of this date, or before this time", OPT_TEXT, &to },
	{ 'w', "where", "TERMS", "only rows for which all terms hold", OPT_LIST, &where },
	{ 'k', "columns", "NAMES", "only these columns of the result, in this order", OPT_TEXT, &columns },
	{ 'o', "output", "FORMAT|FILE", "table, jsonl, csv, md, or a file of that suffix", OPT_TEXT, &output },
	{ 0, "calendar", "NAME", "working time by calendars/NAME.cal", OPT_TEXT, &calendar },
	{ 0, "set", "NAME=VALUE", "an option of the report", OPT_LIST, &set },
	{ 0, "fail-if", "TERMS", "exit with 1 if they hold for a row of the result", OPT_TEXT, &fail_if },
	{ 0, "bom", NULL, "CSV: begin with a byte order mark, for Excel", OPT_FLAG, &bom },
	{ 0, "raw", NULL, "CSV: leave cells as they are that look like formulas", OPT_FLAG, &raw },
	{ 0, "color", "WHEN", "auto, always or never", OPT_TEXT, &color },
	{ 'f', "format", "FORMAT", "of the FILEs (auto: by looking)", OPT_TEXT, &source.format },
	{ 'C', "channel", "NAME", "the channel, where a FILE names none", OPT_TEXT, &source.channel },
	{ 'm', "map", "FILE", "names of CSV columns beside the known ones", OPT_TEXT, &source.map },
	{ 'e', "encoding", "NAME", "of text neither UTF-8 nor declared", OPT_TEXT, &source.encoding },
	OPT_DB, OPT_CONFIG, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_QUIET, OPT_VERBOSE, OPT_END
};

static const struct prog prog = {
	.name = "csr-report",
	.what = "measure, and show it to people",
	.args = "list | describe NAME | sql NAME | NAME [options] [FILE...]",
	.examples =
	    "  csr-report list\n"
	    "  csr-report response --by channel,agent --from 2026-10-01\n"
	    "  csr-report tickets -w 'channel=wecom area!=refund' -o tickets.csv\n"
	    "  csr-report volume --by day export.csv\n"
	    "  csr-report -q response --fail-if 'p90_s>10m'\n",
	.opts = opts
};

/* Where the rows go. */
struct sink {
	struct table table;
	struct buf text;
	struct pick pick;
	struct where fail_if;
	size_t rows, failed;	/* printed; for which --fail-if holds */
};

static void
drain(struct sink *s)
{
	out_write(buf_cstr(&s->text), s->text.len);
	buf_clear(&s->text);
}

static int
put_row(void *ctx, const struct cell *cells, struct err *e)
{
	struct sink *s = ctx;

	(void)e;
	s->rows++;
	s->failed += fail_if != NULL && where_holds(&s->fail_if, cells);
	if (!common.quiet)
		table_row(&s->table, pick_row(&s->pick, cells));
	if (s->text.len > 32 * 1024)
		drain(s);
	return 0;
}

static int
open_sink(struct sink *s, const struct run *run, const struct zone *zone, struct err *e)
{
	size_t n;
	const struct field *f = run_fields(run, &n);
	int colored = table_color(color, out_is_tty(), e);

	s->table = (struct table){ .format = out_is_tty() ? TABLE_TEXT : TABLE_JSONL,
		.out = &s->text, .zone = zone, .bom = bom, .raw = raw, .color = colored > 0 };
	if (colored < 0 || (output != NULL && table_format_of(output, &s->table.format, e) < 0))
		return -1;
	if ((fail_if != NULL && where_add(&s->fail_if, "--fail-if", fail_if, f, n, zone, e) < 0) ||
	    pick_init(&s->pick, columns, f, n, e) < 0)
		return -1;
	if (!common.quiet)
		table_open(&s->table, s->pick.cols, s->pick.n);
	return 0;
}

static int
run_report(const struct report *r, const struct run_args *a, struct db *db, struct err *e)
{
	struct sink s = { .text = BUF_INIT, .fail_if = WHERE_INIT };
	struct run *run = run_new(r, a, db, e);
	int bad = run == NULL || open_sink(&s, run, a->zone, e) < 0 ? -1 : 0;

	if (bad == 0) {
		bad = run_rows(run, put_row, &s, e);
		table_close(&s.table);
		drain(&s);
	}
	if (bad == 0 && (common.verbose || isatty(STDERR_FILENO)))
		warn("%zu rows", s.rows);
	if (bad == 0 && s.failed > 0)
		warn("\"%s\" holds for %zu of %zu rows", fail_if, s.failed, s.rows);
	run_free(run);
	where_release(&s.fail_if);
	pick_release(&s.pick);
	buf_release(&s.text);
	return bad < 0 ? -1 : s.failed > 0 ? ERR_NO : 0;
}

static int
read_args(struct run_args *a, struct err *e)
{
	int64_t day;
	struct err unused;

	*a = (struct run_args){ .by = by, .where = where.v, .n_where = where.n, .set = set.v,
		.n_set = set.n, .from_at = INT64_MIN, .to_at = INT64_MAX, .has_to = to != NULL,
		.now_at = tm_now(), .calendar = calendar, .zone = zone_default(e) };
	if (a->zone == NULL)
		return -1;
	if (from != NULL && tm_parse(from, strlen(from), a->zone, &a->from_at, e) < 0)
		return err_set(e, ERR_USAGE, "--from: \"%s\" is no date or time", from);
	if (to != NULL && tm_parse_date(to, &day, &unused) == 0)
		a->to_at = zone_day_start(a->zone, day + 1);
	else if (to != NULL && tm_parse(to, strlen(to), a->zone, &a->to_at, e) < 0)
		return err_set(e, ERR_USAGE, "--to: \"%s\" is no date or time", to);
	return 0;
}

/* Reads FILES into a database of their own. 0, ERR_DATA if some input was refused. */
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
	return bad < 0 ? -1 : r.counts.refused > 0 ? ERR_DATA : 0;
}

static int
report(const char *name, int argc, char **argv, struct err *e)
{
	struct report *r = report_load(name, e);
	struct run_args a;
	struct db *db = NULL;
	int refused = 0, status = -1;

	if (r == NULL)
		return -1;
	if (tm_now_init(common.now, e) == 0 && read_args(&a, e) == 0 &&
	    db_open(&db, argc > 0 ? ":memory:" : NULL, argc > 0 ? DB_CREATE : DB_READ, e) == 0) {
		if (argc > 0)
			refused = read_files(db, argc, argv, a.zone, e);
		if (refused >= 0)
			status = run_report(r, &a, db, e);
	}
	db_close(db);
	report_free(r);
	return status >= 0 && refused > 0 ? refused : status;
}

/* list, describe or sql: appends what is to be shown */
static int
show(const char *verb, const char *name, struct buf *text, struct err *e)
{
	struct table t = { .format = out_is_tty() ? TABLE_TEXT : TABLE_JSONL, .out = text };
	struct report *r;

	if (strcmp(verb, "list") == 0)
		return output != NULL && table_format_of(output, &t.format, e) < 0 ? -1 :
		    catalog_list(&t, e);
	if (name == NULL)
		return err_set(e, ERR_USAGE, "%s: which report? (try csr-report list)", verb);
	if ((r = report_load(name, e)) == NULL)
		return -1;
	if (strcmp(verb, "sql") == 0)
		buf_str(text, r->text);
	else
		catalog_describe(r, text);
	report_free(r);
	return 0;
}

static int
act(const char *name, int argc, char **argv, struct err *e)
{
	struct buf text = BUF_INIT;
	int bad;

	if (strcmp(name, "list") && strcmp(name, "describe") && strcmp(name, "sql"))
		return report(name, argc, argv, e);
	bad = show(name, argv[0], &text, e);
	out_write(buf_cstr(&text), text.len);
	buf_release(&text);
	return bad;
}

int
main(int argc, char **argv)
{
	int at = opt_parse(argc, argv, &prog), status;
	char *written = NULL;
	const char *name;
	bool done;
	struct err e;

	if (at == argc)
		die(ERR_USAGE, "which report? (try csr-report list)");
	name = argv[at];
	argc -= at;
	argv += at;
	at = opt_parse(argc, argv, &prog);
	if (output != NULL && strpbrk(output, "./") != NULL &&
	    (written = outfile_begin(output, &e)) == NULL)
		die_err(&e);
	status = act(name, argc - at, argv + at, &e);
	done = status >= 0;
	if (!done)
		warn_err(&e);
	status = done ? out_finish(status) : e.code;
	if (written != NULL && outfile_end(written, output, done && status != ERR_IO, &e) < 0)
		die_err(&e);
	return status;
}
