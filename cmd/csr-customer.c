/* csr-customer - one view of a customer: who it is, what it is worth, its rights */
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "report/printer.h"
#include "store/acts.h"
#include "time/tm.h"
#include "time/when.h"

static const char *output, *color, *at, *expires, *expiring, *since, *as_of;
static int64_t limit = -1;
static struct printer printer;
static void print(const struct node *record);
static struct acts acts = { .print = print, .complain = warn_err, .points = 2 };

static int run(int argc, char **argv);

#define OPT_OUTPUT { 'o', "output", "FORMAT", "table, jsonl, csv or md", OPT_TEXT, &output }
#define OPT_COLOR { 0, "color", "WHEN", "auto, always or never", OPT_TEXT, &color }
#define OPT_LIMIT { 'l', "limit", "N", "no more than N; 0: all", OPT_INT, &limit }

static const struct opt show_opts[] = { OPT_LIMIT, OPT_OUTPUT, OPT_COLOR, OPT_END };
static const struct opt list_opts[] = {
	{ 0, "segment", "NAME", "of this segment", OPT_TEXT, &acts.filter.segment },
	{ 0, "profile", "NAME", "of this profile", OPT_TEXT, &acts.filter.profile },
	{ 0, "language", "NAME", "who read this language", OPT_TEXT, &acts.filter.language },
	{ 0, "members", NULL, "with a member number", OPT_FLAG, &acts.filter.members },
	{ 0, "since", "TIME", "first seen since then", OPT_TEXT, &since },
	OPT_LIMIT, OPT_OUTPUT, OPT_END
};
static const struct opt consent_opts[] = {
	{ 0, "give", "PURPOSE", "they agreed: marketing, survey ..., all", OPT_TEXT, &acts.give },
	{ 0, "withdraw", "PURPOSE", "they refused, or withdrew it", OPT_TEXT, &acts.withdraw },
	{ 0, "channel", "NAME", "of this channel (all)", OPT_TEXT, &acts.channel },
	{ 0, "source", "TEXT", "where that is found: a form, a letter", OPT_TEXT, &acts.source },
	{ 0, "at", "TIME", "when they said so (now)", OPT_TEXT, &at },
	OPT_ACTOR, OPT_OUTPUT, OPT_END
};
static const struct opt prefer_opts[] = {
	{ 0, "source", "TEXT", "where that is found", OPT_TEXT, &acts.source },
	OPT_ACTOR, OPT_OUTPUT, OPT_END
};
static const struct opt entitlement_opts[] = {
	{ 0, "add", "NAME", "a benefit of this name", OPT_TEXT, &acts.add },
	{ 0, "quantity", "N", "it may be used so often (any number)", OPT_INT, &acts.quantity },
	{ 0, "expires", "TIME", "until then", OPT_TEXT, &expires },
	{ 0, "use", "ID", "use that one once", OPT_INT, &acts.use },
	{ 0, "reference", "TEXT", "what for: told twice it counts once", OPT_TEXT, &acts.reference },
	{ 0, "expiring", "SPAN", "those that end within 30d, say", OPT_TEXT, &expiring },
	OPT_ACTOR, OPT_OUTPUT, OPT_END
};
static const struct opt segment_opts[] = {
	{ 0, "as-of", "DATE", "by what was so at the end of that day (must be given)", OPT_TEXT, &as_of },
	{ 0, "replace", NULL, "replace what lists or people said, too", OPT_FLAG, &acts.replace },
	OPT_DRY_RUN, OPT_EXPLAIN, OPT_ACTOR, OPT_OUTPUT, OPT_END
};
static const struct opt watch_opts[] = {
	{ 0, "points", "N", "with N points or more (2)", OPT_INT, &acts.points },
	OPT_LIMIT, OPT_OUTPUT, OPT_END
};
static const struct opt import_opts[] = {
	{ 'f', "format", "FORMAT", "the source's format (auto: by looking)", OPT_TEXT, &acts.intake.format },
	{ 'C', "channel", "NAME", "the channel, where the source names none", OPT_TEXT, &acts.intake.channel },
	{ 'm', "map", "FILE", "names of CSV columns beside the known ones", OPT_TEXT, &acts.intake.map },
	OPT_REJECTS, OPT_END
};
static const struct opt erase_opts[] = {
	{ 0, "rejects", "FILE", "refused records to search, too; again for more", OPT_LIST, &acts.refused_files },
	{ 0, "attachments", "DIR", "where attachments were saved", OPT_TEXT, &acts.attachments },
	{ 0, "proof", "FILE", "append the proof here (DB.erased.jsonl)", OPT_TEXT, &acts.proof },
	OPT_DRY_RUN, OPT_ACTOR, OPT_OUTPUT, OPT_END
};
static const struct opt act_opts[] = { OPT_ACTOR, OPT_OUTPUT, OPT_END };
static const struct opt conflict_opts[] = {
	{ 0, "resolve", NULL, "A B link, or A B keep: one, or two", OPT_FLAG, &acts.resolve },
	OPT_ACTOR, OPT_OUTPUT, OPT_END
};

static const struct verb verbs[] = {
	{ "show", "[WHO...]", "everything about one person, on a page", run, show_opts },
	{ "search", "TEXT...", "by any identity, part of a name, order", run, show_opts },
	{ "list", "", "everybody, or those of a segment", run, list_opts },
	{ "set", "[WHO...] KEY=VALUE...", "name, segment, profile, language, zone, birthday", run, act_opts },
	{ "import", "[FILE...]", "customers from lists, as csr-ingest reads them", run, import_opts },
	{ "link", "WHO WHO...", "they are one", run, act_opts },
	{ "merge", "WHO WHO...", "the same", run, act_opts },
	{ "unlink", "WHO WHO", "they are not; links made by others stay", run, act_opts },
	{ "conflicts", "[WHO WHO HOW]", "what a person must decide", run, conflict_opts },
	{ "consent", "[WHO...]", "what they agreed to, and when", run, consent_opts },
	{ "prefer", "[WHO...] [KEY=VALUE...]", "channel, mute, quiet, or your own words", run, prefer_opts },
	{ "entitlements", "[WHO...]", "benefits: list, add, use", run, entitlement_opts },
	{ "segment", "", "give everybody a segment and a profile", run, segment_opts },
	{ "watch", "", "who may be leaving, and why", run, watch_opts },
	{ "export", "[WHO...]", "every row about them, as csr-db load takes it", run, NULL },
	{ "erase", "[WHO...]", "what tells who they were; figures stay", run, erase_opts },
	{ NULL, NULL, NULL, NULL, NULL }
};

static const struct opt opts[] = {
	OPT_DB, OPT_CONFIG, OPT_NOW, OPT_TZ,
	{ 'q', "quiet", NULL, "print ids alone", OPT_FLAG, &common.quiet },
	OPT_VERBOSE, OPT_END
};

static const struct prog prog = {
	.name = "csr-customer",
	.what = "one view of a customer: who it is, what it is worth, its rights",
	.args = "[WHO...]",
	.examples =
	    "  csr-customer show 13900007261\n"
	    "  csr-customer search -q 王 | csr-customer show\n"
	    "  csr-customer conflicts --resolve 3 9 keep\n"
	    "  csr-customer segment --as-of 2026-10-01 --dry-run --explain\n",
	.opts = opts, .verbs = verbs
};

static void
print(const struct node *record)
{
	printer_put(&printer, record);
}

/* The options that need more than a word, once it is known what time it is and where. */
static int
settle(const struct zone *z, int64_t now, bool page, struct err *e)
{
	acts.ask.zone = z;
	acts.ask.now = now;
	acts.ask.entries = limit >= 0 ? limit : 30;
	acts.ask.orders = limit == 0 ? 0 : 10;
	acts.actor = opt_actor();
	acts.filter.max = limit < 0 ? 50 : limit;
	acts.dry_run = common.dry_run;
	acts.rejects = common.rejects;
	acts.quiet = common.quiet;
	acts.explain = common.explain;
	printer.ids = common.quiet;
	printer.pages = page;
	if (printer_open(&printer, output, color, e) < 0 ||
	    when_parse("at", at, z, now, &acts.at, e) < 0 ||
	    when_parse_end("expires", expires, z, now, &acts.expires_at, e) < 0 ||
	    when_parse_end("as-of", as_of, z, now, &acts.as_of_at, e) < 0 ||
	    when_parse_end("expiring", expiring, z, now, &acts.until, e) < 0)
		return -1;
	return when_parse("since", since, z, now, &acts.filter.since_at, e);
}

static int
run(int argc, char **argv)
{
	const char *verb = common.verb;
	const struct zone *z;
	struct segments segments;
	struct db *db;
	struct err e;
	int bad;

	if (tm_now_init(common.now, &e) < 0 || (z = zone_default(&e)) == NULL ||
	    settle(z, tm_now(), strcmp(verb, "show") == 0, &e) < 0 ||
	    segments_load(&segments, &e) < 0 ||
	    db_open(&db, NULL, acts_mode(&acts, verb, argc, argv), &e) < 0)
		die_err(&e);
	acts.segments = &segments;
	acts.ask.plan = segments_value(&segments);
	acts_open(&acts, db);
	bad = acts_run(&acts, verb, argc, argv, &e);
	if (bad < 0)
		warn_err(&e);
	printer_close(&printer);
	acts_close(&acts);
	segments_release(&segments);
	db_close(db);
	return out_finish(bad < 0 ? e.code : acts.refused > 0 ? ERR_DATA : 0);
}

int
main(int argc, char **argv)
{
	return opt_verb(argc, argv, &prog);
}
