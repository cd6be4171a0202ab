/* csr-staff - how many people a load needs */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "desk/forecast_rec.h"
#include "desk/staffing.h"
#include "report/table.h"
#include "store/feed.h"
#include "time/tm.h"

static struct opt_list targets, patiences, concurrencies;
static const char *surge, *occupancy, *abandon, *shrinkage, *agents, *ahead, *holidays, *form;
static bool with_roster;

static const struct opt opts[] = {
	{ 't', "target", "[CH=]P/T", "P percent served within T (80/20: in 20 s)", OPT_LIST, &targets },
	{ 0, "patience", "[CH=]TIME", "mean time until somebody gives up (Erlang A)", OPT_LIST, &patiences },
	{ 0, "concurrency", "[CH=]N", "customers one agent serves at once", OPT_LIST, &concurrencies },
	{ 's', "surge", "X", "X times the arrivals", OPT_TEXT, &surge },
	{ 0, "occupancy", "P", "busy at most P percent of the time", OPT_TEXT, &occupancy },
	{ 0, "abandon", "P", "at most P percent give up", OPT_TEXT, &abandon },
	{ 0, "shrinkage", "P", "percent of paid time away from work", OPT_TEXT, &shrinkage },
	{ 'a', "agents", "N", "say what N agents achieve", OPT_TEXT, &agents },
	{ 'r', "roster", NULL, "compare with who is on shift", OPT_FLAG, &with_roster },
	{ 'f', "forecast", "TIME", "read the past, print the demand of TIME ahead", OPT_TEXT, &ahead },
	{ 0, "holidays", "NAME", "calendar of the days that differ", OPT_TEXT, &holidays },
	{ 'o', "output", "FORM", "table, jsonl, csv or md", OPT_TEXT, &form },
	OPT_CONFIG, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_QUIET,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-staff",
	.what = "how many people a load needs",
	.args = "[FILE...]",
	.examples =
	    "  csr-report demand -o jsonl | csr-staff --target 80/20 --occupancy 85\n"
	    "  csr-staff --surge 5 --shrinkage 30 --patience 5m <demand.jsonl\n"
	    "  csr-report demand -o jsonl | csr-staff --forecast 7d | csr-staff --roster\n",
	.opts = opts
};

static const struct column columns[] = {
	{ "channel", COL_TEXT, 0 }, { "from", COL_TIME, 0 }, { "arrivals", COL_REAL, 1 },
	{ "aht_s", COL_REAL, 0 }, { "traffic", COL_REAL, 1 }, { "agents", COL_INT, 0 },
	{ "positions", COL_INT, 0 },
	{ "service_level", COL_REAL, 3 }, { "asa_s", COL_REAL, 1 }, { "occupancy", COL_REAL, 3 },
	{ "abandon", COL_REAL, 3 }, { "on_shift", COL_INT, 0 }, { "gap", COL_INT, 0 }
};
enum { COLUMNS = sizeof(columns) / sizeof(*columns) };

struct run {
	struct staffing staffing;
	struct roster *roster;
	struct forecast *past;		/* NULL: not forecasting */
	const struct zone *zone;
	struct table table;
	bool as_table;
	struct buf out;
};

static int
each_option(struct staffing *s, const struct opt_list *given,
    int (*fn)(struct staffing *s, const char *text, struct err *e), struct err *e)
{
	size_t i;

	for (i = 0; i < given->n; i++)
		if (fn(s, given->v[i], e) < 0)
			return -1;
	return 0;
}

static int
read_options(struct staffing *s, struct err *e)
{
	staffing_init(s);
	if (each_option(s, &targets, staffing_target, e) < 0 ||
	    each_option(s, &patiences, staffing_patience, e) < 0 ||
	    each_option(s, &concurrencies, staffing_concurrency, e) < 0 ||
	    staffing_number("surge", surge, 0, 1000, &s->surge, e) < 0 ||
	    staffing_number("agents", agents, 1, ERLANG_AGENTS_MAX, &s->agents, e) < 0 ||
	    staffing_share("occupancy", occupancy, 1, 100, &s->occupancy_max, e) < 0 ||
	    staffing_share("abandon", abandon, 0, 100, &s->abandon_max, e) < 0 ||
	    staffing_share("shrinkage", shrinkage, 0, 99, &s->shrinkage, e) < 0)
		return -1;
	if (abandon != NULL && s->patience.n == 0)
		return err_set(e, ERR_USAGE, "--abandon needs --patience");
	return 0;
}

static struct roster *
read_roster(const struct zone *z, struct err *e)
{
	char *path, *text = conf_text("routing/roster.conf", &path, e);
	struct roster *r = text != NULL ? roster_parse(path, text, z, cal_get, e) : NULL;

	free(text);
	free(path);
	return r;
}

static int
load(struct run *r, struct err *e)
{
	const struct cal *days = NULL;

	if ((r->zone = zone_default(e)) == NULL || read_options(&r->staffing, e) < 0)
		return -1;
	if (holidays != NULL && (days = cal_get(holidays, e)) == NULL)
		return -1;
	if (ahead != NULL)
		r->past = forecast_new(r->zone, days);
	if (with_roster && (r->roster = read_roster(r->zone, e)) == NULL)
		return -1;
	r->staffing.roster = r->roster;
	r->staffing.zone = r->zone;
	r->table = (struct table){ .format = TABLE_JSONL, .out = &r->out, .zone = r->zone };
	if (form != NULL ? table_format_of(form, &r->table.format, e) < 0 : false)
		return -1;
	if (form == NULL && out_is_tty())
		r->table.format = TABLE_TEXT;
	r->as_table = ahead == NULL && r->table.format != TABLE_JSONL;
	return 0;
}

static struct cell
real_of(const struct rec *rec, const char *field)
{
	double v;

	return node_as_real(rec_node(rec, field), &v) ? cell_real(v) : cell_null();
}

static struct cell
int_of(const struct rec *rec, const char *field)
{
	int64_t v;

	return rec_int(rec, field, &v) ? cell_int(v) : cell_null();
}

static void
show(struct run *r, const struct demand *d, const struct rec *rec)
{
	table_row(&r->table, (struct cell[COLUMNS]){ cell_text(d->channel),
	    d->from != INT64_MIN ? cell_time(d->from) : cell_null(), cell_real(d->arrivals),
	    cell_real(d->aht_s), real_of(rec, "traffic"), int_of(rec, "agents"),
	    int_of(rec, "positions"),
	    real_of(rec, "service_level"), real_of(rec, "asa_s"), real_of(rec, "occupancy"),
	    real_of(rec, "abandon_probability"), int_of(rec, "on_shift"), int_of(rec, "gap") });
	out_write(buf_cstr(&r->out), r->out.len);
	buf_clear(&r->out);
}

static int
each(void *ctx, struct rec *rec, void **item, struct err *e)
{
	struct run *r = ctx;
	struct demand d;
	int got = demand_read(rec, r->zone, &d, e);

	(void)item;
	if (got <= 0)
		return got;
	if (r->past != NULL)
		return d.from == INT64_MIN ? err_set(e, ERR_DATA, "no \"from\"") :
		    forecast_add(r->past, d.channel, d.from, d.interval_s, d.arrivals, d.aht_s, e) <
		    0 ? -1 : 1;
	if (staffing_record(&r->staffing, &d, rec, e) < 0)
		return -1;
	if (r->as_table && !common.quiet)
		show(r, &d, rec);
	return 1;
}

/* Today is not over: history ends before it, the forecast begins after it. */
static int
foretell(struct run *r, struct err *e)
{
	int64_t today = zone_day(r->zone, tm_now()), ms, days;
	char words[240];
	int status = 0;
	size_t i;

	if (tm_parse_span(ahead, &ms, e) < 0 || ms < TM_DAY_MS || ms > 366 * TM_DAY_MS)
		return err_set(e, ERR_USAGE, "--forecast %s: not 1d to 52w", ahead);
	days = (ms + TM_DAY_MS - 1) / TM_DAY_MS;
	for (i = 0; i < forecast_channels(r->past); i++) {
		struct forecast_error f = forecast_test(r->past, i, today);

		warn("%s", forecast_words(r->past, i, today, &f, words, sizeof(words)));
		if (forecast_days(r->past, i, today) < FORECAST_LEAST_DAYS) {
			status = ERR_DATA;
			continue;
		}
		forecast_print(r->past, i, today, days, &f, &r->out);
		out_write(buf_cstr(&r->out), r->out.len);
		buf_clear(&r->out);
	}
	return status;
}

static int
run(struct run *r, int argc, char **argv, struct err *e)
{
	struct feed f = { .each = each, .ctx = r, .rejects = common.rejects, .complain = warn_err,
		.quiet = common.quiet || r->as_table || r->past != NULL };
	int status;

	if (r->as_table)
		table_open(&r->table, columns, COLUMNS);
	status = feed_run(&f, argc, argv, e);
	if (r->as_table) {
		table_close(&r->table);
		out_write(buf_cstr(&r->out), r->out.len);
	}
	if (status == 0 && r->past != NULL)
		status = foretell(r, e);
	return status != 0 ? status : f.refused > 0 ? ERR_DATA : 0;
}

int
main(int argc, char **argv)
{
	struct run r = { .out = BUF_INIT };
	struct err e;
	int at = opt_parse(argc, argv, &prog), status;

	if (tm_now_init(common.now, &e) < 0 || load(&r, &e) < 0)
		die_err(&e);
	if ((status = run(&r, argc - at, argv + at, &e)) < 0)
		warn_err(&e);
	forecast_free(r.past);
	roster_free(r.roster);
	buf_release(&r.out);
	return out_finish(status < 0 ? e.code : status);
}
