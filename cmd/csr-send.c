/* csr-send - deliver the outbox; the only way out */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/conf.h"
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/outbox_view.h"
#include "store/act_run.h"
#include "store/choose_for.h"
#include "store/send.h"
#include "store/suppress.h"
#include "time/tm.h"

static const char *only, *output, *purpose = "service", *state = "failed";
static int64_t customer;

static int run(int argc, char **argv), choose(int argc, char **argv);
static int view(int argc, char **argv), each(int argc, char **argv);
static int suppress(int argc, char **argv);

static const struct opt choose_opts[] = {
	{ 0, "customer", "ID", "to whom", OPT_INT, &customer },
	{ 'p', "purpose", "NAME", "what for: disruption, document, service, care, marketing", OPT_TEXT, &purpose },
	OPT_END
};
static const struct opt list_opts[] = {
	{ 's', "state", "NAME", "queued, sending, sent, failed, withdrawn or any (failed)", OPT_TEXT, &state },
	OPT_END
};

static const struct verb verbs[] = {
	{ "run", "", "send what is due (the same without a verb)", run, NULL },
	{ "choose", "", "by which channel to write to a customer, and why", choose, choose_opts },
	{ "status", "", "how many wait, went, failed", view, NULL },
	{ "list", "", "rows of the outbox; those that failed", view, list_opts },
	{ "show", "ID...", "the exact message, and what became of it", each, NULL },
	{ "retry", "ID...", "send again what was given up", each, NULL },
	{ "cancel", "ID...", "take back what still waits", each, NULL },
	{ "suppress", "CHANNEL ADDRESS", "send nothing there any more", suppress, NULL },
	{ "unsuppress", "CHANNEL ADDRESS", "send there again", suppress, NULL },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct opt opts[] = {
	{ 'C', "channel", "NAME", "send only what goes by this channel", OPT_TEXT, &only },
	{ 'o', "output", "FORM", "table, jsonl, csv or md", OPT_TEXT, &output },
	OPT_DB, OPT_CONFIG, OPT_NOW, OPT_TZ, OPT_ACTOR, OPT_QUIET, OPT_DRY_RUN,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-send",
	.what = "deliver the outbox; the only way out",
	.args = "",
	.examples =
	    "  csr-followup run -q; csr-send -q\n"
	    "  csr-send --dry-run\n"
	    "  csr-send choose --customer 9 --purpose disruption\n",
	.opts = opts, .verbs = verbs, .otherwise = "run"
};

/* What every verb needs; dies with the reason when it cannot be had. */
struct desk {
	struct db *db;
	const struct zone *zone;
	struct transports ways;
	struct limits limits;
	struct sending s;
	struct table table;
	struct buf out;
	size_t refused;
};

static void
flush(struct buf *out)
{
	out_write(buf_cstr(out), out->len);
	out_flush();
	buf_clear(out);
}

static int
load(struct desk *d, struct err *e)
{
	char *path[2] = { NULL, NULL }, *text[2] = { NULL, NULL };
	int bad = -1, i;

	if ((text[0] = conf_text("send/transports.conf", &path[0], e)) != NULL &&
	    (text[1] = conf_text("send/limits.conf", &path[1], e)) != NULL &&
	    transports_parse(&d->ways, path[0], text[0], e) == 0)
		bad = limits_parse(&d->limits, path[1], text[1], e);
	for (i = 0; i < 2; i++) {
		free(path[i]);
		free(text[i]);
	}
	return bad;
}

static void
open_desk(struct desk *d, enum db_mode mode)
{
	char dir[4096];
	struct err e;

	*d = (struct desk){ .out = BUF_INIT };
	d->table = (struct table){ .format = out_is_tty() ? TABLE_TEXT : TABLE_JSONL,
		.out = &d->out };
	if (tm_now_init(common.now, &e) < 0 || (d->zone = zone_default(&e)) == NULL ||
	    load(d, &e) < 0 ||
	    (output != NULL && table_format_of(output, &d->table.format, &e) < 0) ||
	    db_open(&d->db, NULL, mode, &e) < 0)
		die_err(&e);
	d->table.zone = d->zone;
	snprintf(dir, sizeof(dir), "%s", db_path(d->db));
	transports_below(&d->ways, dirname(dir));
	d->s = (struct sending){ .db = d->db, .ways = &d->ways, .limits = &d->limits,
		.zone = d->zone, .now = tm_now(), .only = only, .dry_run = common.dry_run,
		.print = common.quiet ? NULL : flush };
	send_init(&d->s);
}

static int
close_desk(struct desk *d, int bad, const struct err *e)
{
	flush(&d->out);
	if (bad < 0)
		warn_err(e);
	send_release(&d->s);
	db_close(d->db);
	transports_release(&d->ways);
	limits_release(&d->limits);
	buf_release(&d->out);
	return out_finish(bad < 0 ? e->code : d->refused > 0 ? ERR_DATA : 0);
}

static int
run(int argc, char **argv)
{
	struct desk d;
	struct err e;
	int bad;

	if (argc > 0)
		die(ERR_USAGE, "run takes no \"%s\" (try --help)", argv[0]);
	open_desk(&d, DB_WRITE);
	bad = send_pipe(&d.s, &e);
	if (bad == 0 && isatty(STDERR_FILENO))
		warn("%zu sent, %zu failed, %zu put off, %zu not wanted", d.s.sent, d.s.failed,
		    d.s.put_off, d.s.dropped);
	return close_desk(&d, bad, &e);
}

static int
choose(int argc, char **argv)
{
	static const struct column cols[] = { { "channel", COL_TEXT, 0 },
		{ "address", COL_TEXT, 0 }, { "worth", COL_REAL, 1 }, { "why", COL_TEXT, 0 } };
	struct arena texts = ARENA_INIT;
	struct choice v[CHOICES];
	struct desk d;
	struct err e;
	int n, i;

	if (argc > 0 || customer == 0)
		die(ERR_USAGE, "choose takes --customer, not \"%s\"", argc > 0 ? argv[0] : "");
	open_desk(&d, DB_READ);
	n = choose_for(d.db, &d.limits, customer, purpose, d.zone, tm_now(), v, &texts, &e);
	table_open(&d.table, cols, 4);
	for (i = 0; i < n; i++)
		table_row(&d.table, (struct cell[]){ cell_text(v[i].channel),
		    cell_text(v[i].address), v[i].out ? cell_null() : cell_real(v[i].worth),
		    cell_text(v[i].why) });
	table_close(&d.table);
	arena_release(&texts);
	return close_desk(&d, n < 0 ? -1 : 0, &e);
}

static int
view(int argc, char **argv)
{
	struct desk d;
	struct err e;

	if (argc > 0)
		die(ERR_USAGE, "%s takes no \"%s\" (try --help)", common.verb, argv[0]);
	open_desk(&d, DB_READ);
	return close_desk(&d, strcmp(common.verb, "status") == 0 ?
	    outbox_status(d.db, &d.table, &e) : outbox_rows(d.db, state, &d.table, &e), &e);
}

static int
show_one(void *ctx, int64_t id, struct err *e)
{
	struct desk *d = ctx;

	if (send_show(&d->s, id, e) < 0)
		return -1;
	buf_str(&d->s.out, "\n");
	flush(&d->s.out);
	return outbox_tries(d->db, id, &d->table, e);
}

static int
change_one(void *ctx, int64_t id, struct err *e)
{
	struct desk *d = ctx;

	if (outgoing_change(d->db, id, strcmp(common.verb, "retry") == 0, tm_now(), e) < 0)
		return -1;
	buf_fmt(&d->out, "%lld\n", (long long)id);
	flush(&d->out);
	return 0;
}

static int
each(int argc, char **argv)
{
	struct desk d;
	struct err e;

	open_desk(&d, DB_WRITE);
	return close_desk(&d, act_each_id(argc, argv, false, strcmp(common.verb, "show") == 0 ?
	    show_one : change_one, &d, warn_err, &d.refused, &e), &e);
}

static int
suppress(int argc, char **argv)
{
	struct desk d;
	struct err e;
	int bad;

	if (argc != 2)
		die(ERR_USAGE, "%s takes a channel and an address (try --help)", common.verb);
	open_desk(&d, DB_WRITE);
	bad = suppress_set(d.db, argv[0], argv[1], strcmp(common.verb, "suppress") == 0,
	    opt_actor(), tm_now(), &e);
	return close_desk(&d, bad, &e);
}

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
