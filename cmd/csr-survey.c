/* csr-survey - ask customers, take their answers, score */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/table.h"
#include "store/forms.h"
#include "store/record.h"
#include "store/survey.h"
#include "store/survey_results.h"
#include "time/tm.h"

static int verb_invite(int argc, char **argv);
static int verb_record(int argc, char **argv);
static int verb_results(int argc, char **argv);

static const char *form, *mode, *format, *by, *from, *to, *output;
static bool replies;

static const struct opt invite_opts[] = {
	{ 'F', "form", "NAME", "the form (csat)", OPT_TEXT, &form },
	OPT_DRY_RUN, OPT_EXPLAIN,
	OPT_END
};

static const struct opt record_opts[] = {
	{ 'F', "form", "NAME", "the form of answers that name none", OPT_TEXT, &form },
	{ 'm', "mode", "NAME", "how they came, where they do not say (import)", OPT_TEXT, &mode },
	{ 'f', "format", "FORMAT", "csv or jsonl (auto: by looking)", OPT_TEXT, &format },
	{ 0, "replies", NULL, "take the answers among customers' messages", OPT_FLAG, &replies },
	OPT_REJECTS,
	OPT_END
};

static const struct opt results_opts[] = {
	{ 0, "by", "LIST", "of channel, agent, queue, area, mode", OPT_TEXT, &by },
	{ 'F', "form", "NAME", "only this form", OPT_TEXT, &form },
	{ 0, "from", "TIME", "answered and invited from this date or time on", OPT_TEXT, &from },
	{ 0, "to", "TIME", "and before this one", OPT_TEXT, &to },
	{ 'o', "output", "FORMAT", "table, jsonl, csv or md", OPT_TEXT, &output },
	OPT_END
};

static const struct verb verbs[] = {
	{ "invite", "", "queue invitations, once, and print them", verb_invite, invite_opts },
	{ "record", "[FILE...]", "store answers, once, and print them", verb_record, record_opts },
	{ "results", "", "what the answers come to", verb_results, results_opts },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct opt opts[] = {
	OPT_DB, OPT_CONFIG, OPT_NOW, OPT_TZ, OPT_QUIET, OPT_VERBOSE,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-survey",
	.what = "ask customers, take their answers, score",
	.args = "[FILE...]",
	.examples =
	    "  csr-survey invite --dry-run --explain\n"
	    "  csr-survey record --replies\n"
	    "  csr-survey record --form csat export.csv\n"
	    "  csr-survey results --by channel,agent --from 2026-10-01\n",
	.opts = opts, .verbs = verbs
};

/* What every verb needs; dies with the reason when it cannot be had. */
struct desk {
	struct db *db;
	const struct zone *zone;
	struct letters letters;
	struct forms forms;
};

static void
desk_open(struct desk *d, enum db_mode how)
{
	struct err e;

	*d = (struct desk){ .letters = LETTERS_INIT };
	if (tm_now_init(common.now, &e) < 0 || (d->zone = zone_default(&e)) == NULL ||
	    forms_load(&d->forms, &d->letters, &e) < 0 ||
	    db_open(&d->db, common.db, how, &e) < 0)
		die_err(&e);
}

/* Ends the program's work with E if BAD, else with STATUS. */
static int
desk_close(struct desk *d, int bad, const struct err *e, int status)
{
	if (bad < 0)
		warn_err(e);
	db_close(d->db);
	forms_release(&d->forms);
	letters_release(&d->letters);
	return out_finish(bad < 0 ? e->code : status);
}

static void
print_committed(const char *text, size_t len)
{
	out_write(text, len);
	out_flush();
}

static int
verb_invite(int argc, char **argv)
{
	struct invite in = { .dry_run = common.dry_run, .explain = common.explain,
		.print = common.quiet ? NULL : print_committed, .complain = warn_err };
	struct desk d;
	struct err e;
	int bad;

	if (argc > 0)
		die(ERR_USAGE, "invite takes no \"%s\" (try --help)", argv[0]);
	desk_open(&d, DB_CREATE);
	in.db = d.db;
	in.letters = &d.letters;
	in.zone = d.zone;
	in.now = tm_now();
	in.form = forms_find(&d.forms, form != NULL ? form : "csat", &e);
	bad = in.form != NULL ? survey_invite(&in, &e) : -1;
	if (bad == 0 && (common.verbose || (isatty(STDERR_FILENO) && !common.quiet)))
		warn("%lld invited, %lld not asked%s", (long long)in.invited,
		    (long long)in.skipped, in.dry_run ? " (nothing was done)" : "");
	return desk_close(&d, bad, &e, in.refused > 0 ? ERR_DATA : 0);
}

static int
verb_record(int argc, char **argv)
{
	struct recording r = { .form = form, .mode = mode, .format = format };
	struct feed f = { .rejects = common.rejects, .complain = warn_err,
		.quiet = common.quiet };
	struct desk d;
	struct err e;
	int bad;

	if (replies && argc > 0)
		die(ERR_USAGE, "--replies reads the database, not \"%s\" (try --help)", argv[0]);
	if (format != NULL && strcmp(format, "csv") != 0 && strcmp(format, "jsonl") != 0)
		die(ERR_USAGE, "--format is csv or jsonl, not \"%s\"", format);
	desk_open(&d, DB_CREATE);
	f.db = d.db;
	r.forms = &d.forms;
	r.zone = d.zone;
	bad = replies ? record_replies(&r, &f, tm_now(), &e) :
	    record_files(&r, &f, argc, argv, &e);
	return desk_close(&d, bad, &e, f.refused > 0 ? ERR_DATA : 0);
}

static int
parse_question(struct survey_question *q, const struct desk *d, struct err *e)
{
	*q = (struct survey_question){ .from = INT64_MIN, .to = INT64_MAX, .form = form };
	if ((by != NULL && survey_parse_by(q, by, e) < 0) ||
	    (form != NULL && forms_find(&d->forms, form, e) == NULL))
		return -1;
	if (from != NULL && tm_parse(from, strlen(from), d->zone, &q->from, e) < 0)
		return err_set(e, ERR_USAGE, "--from: \"%s\" is no date or time", from);
	if (to != NULL && tm_parse(to, strlen(to), d->zone, &q->to, e) < 0)
		return err_set(e, ERR_USAGE, "--to: \"%s\" is no date or time", to);
	return 0;
}

static void
put_row(struct table *t, const struct survey_question *q, const struct survey_result *r)
{
	struct cell c[1 + SURVEY_DIMS + 9];
	const struct survey_stats *s = &r->stats;
	double low, high;
	size_t i, n = 0;

	survey_wilson(s->top, s->n, &low, &high);
	c[n++] = cell_text(r->form);
	for (i = 0; i < q->n_by; i++)
		c[n++] = cell_text(r->by[i]);
	c[n++] = cell_int(s->n);
	c[n++] = cell_real(survey_mean(s));
	c[n++] = cell_real(survey_top_pct(s));
	c[n++] = cell_real(low);
	c[n++] = cell_real(high);
	c[n++] = cell_real(r->measure == SURVEY_NPS ? survey_nps(s) : (double)NAN);
	c[n++] = cell_real(r->measure == SURVEY_CES ? survey_mean(s) : (double)NAN);
	c[n++] = cell_int(r->invited);
	c[n++] = cell_real(r->invited > 0 ? 100.0 * (double)r->answered / (double)r->invited :
	    (double)NAN);
	table_row(t, c);
}

static void
put_table(struct table *t, const struct survey_question *q, const struct survey_results *r)
{
	static const struct column figures[] = {
		{ "n", COL_INT, 0 }, { "mean", COL_REAL, 2 }, { "top2box_pct", COL_REAL, 1 },
		{ "top2box_low_pct", COL_REAL, 1 }, { "top2box_high_pct", COL_REAL, 1 },
		{ "nps", COL_REAL, 1 }, { "ces", COL_REAL, 2 }, { "invited", COL_INT, 0 },
		{ "response_rate_pct", COL_REAL, 1 }
	};
	struct column cols[1 + SURVEY_DIMS + 9] = { { "form", COL_TEXT, 0 } };
	size_t i, n = 1;

	for (i = 0; i < q->n_by; i++)
		cols[n++] = (struct column){ survey_dim_name(q->by[i]), COL_TEXT, 0 };
	memcpy(cols + n, figures, sizeof(figures));
	table_open(t, cols, n + sizeof(figures) / sizeof(*figures));
	for (i = 0; i < r->n; i++)
		put_row(t, q, r->v[i]);
	table_close(t);
}

static int
verb_results(int argc, char **argv)
{
	struct buf text = BUF_INIT;
	struct table t = { .format = out_is_tty() ? TABLE_TEXT : TABLE_JSONL, .out = &text };
	struct survey_question q;
	struct survey_results r;
	struct desk d;
	struct err e;
	int bad = 0;

	if (argc > 0)
		die(ERR_USAGE, "results takes no \"%s\" (try --help)", argv[0]);
	if (output != NULL && table_format_of(output, &t.format, &e) < 0)
		die_err(&e);
	desk_open(&d, DB_READ);
	bad = parse_question(&q, &d, &e);
	if (bad == 0 && (bad = survey_results(d.db, &q, &d.forms, &r, &e)) == 0) {
		put_table(&t, &q, &r);
		out_write(text.p, text.len);
		survey_results_release(&r);
	}
	buf_release(&text);
	return desk_close(&d, bad, &e, 0);
}

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
