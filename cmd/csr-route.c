/* csr-route - set priority and clocks, give each ticket an owner */
#include <stdlib.h>

#include "base/conf.h"
#include "base/log.h"
#include "base/opt.h"
#include "base/out.h"
#include "desk/route_alone.h"
#include "store/feed.h"
#include "store/route.h"
#include "time/tm.h"

enum { PENDING_BATCH = 5000 };

static const struct opt opts[] = {
	OPT_DB, OPT_CONFIG, OPT_NO_STORE, OPT_PENDING, OPT_REJECTS, OPT_NOW, OPT_TZ, OPT_QUIET,
	OPT_EXPLAIN, OPT_DRY_RUN,
	OPT_END
};

static const struct prog prog = {
	.name = "csr-route",
	.what = "set priority and clocks, give each ticket an owner",
	.args = "[FILE...]",
	.examples =
	    "  csr-ingest export.csv | csr-classify | csr-route >day.jsonl\n"
	    "  csr-route --pending -q\n"
	    "  csr-route --pending --dry-run --explain | jq .route\n"
	    "  csr-classify -n <day.jsonl | csr-route -n\n",
	.opts = opts
};

/* One run: what the callbacks of the feed need. */
struct run {
	const struct zone *zone;
	struct policy *policy;
	struct roster *roster;
	struct router router;		/* with a database */
	struct route_alone alone;	/* without one */
	bool begun;			/* the router knows this transaction's loads */
};

static int
load(struct run *r, struct err *e)
{
	char *path[2] = { NULL, NULL }, *text[2] = { NULL, NULL };
	int i;

	r->zone = zone_default(e);
	if (r->zone != NULL && (text[0] = conf_text("routing/policy.conf", &path[0], e)) != NULL)
		r->policy = policy_parse(path[0], text[0], cal_get, e);
	if (r->policy != NULL && (text[1] = conf_text("routing/roster.conf", &path[1], e)) != NULL)
		r->roster = roster_parse(path[1], text[1], r->zone, cal_get, e);
	for (i = 0; i < 2; i++) {
		free(path[i]);
		free(text[i]);
	}
	return r->roster != NULL ? 0 : -1;
}

static struct route_tell
tell(const struct run *r, const struct routed *o)
{
	return (struct route_tell){ &o->route, o->owner, o->clocks, r->zone,
		common.explain ? &r->router.crew : NULL };
}

/* Loads are read once a transaction; in a rehearsal, once. */
static int
begin_once(struct run *r, struct err *e)
{
	bool begun = r->begun;

	r->begun = true;
	return begun ? 0 : router_begin(&r->router, tm_now(), e);
}

static int
route_record(struct run *r, struct rec *rec, bool store, struct err *e)
{
	struct labels said;
	struct route_tell how;
	struct routed o;
	int64_t id;

	if (begin_once(r, e) < 0 || route_rec_ticket(rec, &id, e) < 0)
		return -1;
	route_labels(rec, &said);
	if (router_ticket(&r->router, id, &said, store, &o, e) < 0)
		return -1;
	how = tell(r, &o);
	route_put(&how, rec);
	return 0;
}

/* A record of a ticket is ours; group chatter and other kinds pass. */
static int
each_stored(void *ctx, struct rec *rec, void **item, struct err *e)
{
	int64_t id;

	(void)ctx;
	(void)item;
	return route_rec_ticket(rec, &id, e) < 0 ? -1 : id != 0;
}

static int
store(void *ctx, struct db *db, struct rec *rec, void *item, struct err *e)
{
	(void)db;
	(void)item;
	return route_record(ctx, rec, true, e);
}

static int
end_batch(void *ctx, struct db *db, struct err *e)
{
	struct run *r = ctx;

	(void)db;
	if (!r->begun)
		return 0;
	r->begun = false;
	return router_end(&r->router, e);
}

static int
each_rehearsed(void *ctx, struct rec *rec, void **item, struct err *e)
{
	int got = each_stored(ctx, rec, item, e);

	return got <= 0 ? got : route_record(ctx, rec, false, e) < 0 ? -1 : 1;
}

static int
each_alone(void *ctx, struct rec *rec, void **item, struct err *e)
{
	struct run *r = ctx;

	(void)item;
	return alone_route(&r->alone, rec, tm_now(), common.explain, e);
}

static int
run_feed(struct run *r, struct db *db, int argc, char **argv, struct err *e)
{
	struct feed f = { .ctx = r, .rejects = common.rejects, .complain = warn_err,
		.quiet = common.quiet };

	f.each = common.no_store ? each_alone : common.dry_run ? each_rehearsed : each_stored;
	if (!common.no_store && !common.dry_run) {
		f.db = db;
		f.store = store;
		f.end = end_batch;
	}
	return feed_run(&f, argc, argv, e) < 0 ? -1 : f.refused > 0 ? ERR_DATA : 0;
}

/* Routes the jobs from *AT on in one transaction, then prints what changed. */
static int
pending_batch(struct run *r, struct db *db, const struct route_work *w, size_t *at,
    struct buf *out, struct err *e)
{
	bool keep = !common.dry_run;
	size_t end = w->n - *at < PENDING_BATCH ? w->n : *at + PENDING_BATCH;
	struct route_tell how;
	struct routed o;

	if ((keep && db_begin(db, e) < 0) || begin_once(r, e) < 0)
		return -1;
	for (; *at < end; ++*at) {
		if (router_ticket(&r->router, w->jobs[*at].id, NULL, keep, &o, e) < 0)
			return -1;
		how = tell(r, &o);
		if (o.changed && !common.quiet)
			route_print_ticket(&how, &o.ticket, o.subject, o.opened_at, out);
	}
	if (keep && ((end == w->n && router_done(&r->router, w, e) < 0) ||
	    end_batch(r, db, e) < 0 || db_commit(db, e) < 0))
		return -1;
	out_write(buf_cstr(out), out->len);
	out_flush();
	buf_clear(out);
	return 0;
}

static int
run_pending(struct run *r, struct db *db, struct err *e)
{
	struct buf out = BUF_INIT;
	struct route_work w;
	size_t at = 0;
	int bad = router_pending(&r->router, tm_now(), &w, e);

	for (; bad == 0 && (at < w.n || w.news); w.news &= at < w.n)
		bad = pending_batch(r, db, &w, &at, &out, e);
	if (bad < 0)
		db_rollback(db);
	buf_release(&out);
	free(w.jobs);
	return bad;
}

static void
release(struct run *r, struct db *db)
{
	if (db != NULL)
		router_release(&r->router);
	else
		alone_release(&r->alone);
	roster_free(r->roster);
	policy_free(r->policy);
}

int
main(int argc, char **argv)
{
	struct run r = { .begun = false };
	struct db *db = NULL;
	struct err e;
	int at = opt_parse(argc, argv, &prog), status;

	if (common.pending && (common.no_store || at < argc))
		die(ERR_USAGE, "--pending takes neither files nor --no-store");
	if (tm_now_init(common.now, &e) < 0 || load(&r, &e) < 0)
		die_err(&e);
	/* The first pipe of all starts us while csr-ingest is making the database. */
	if (!common.no_store && db_open(&db, NULL, common.dry_run ? DB_READ :
	    common.pending ? DB_WRITE : DB_CREATE, &e) < 0)
		die_err(&e);
	if (db != NULL)
		router_init(&r.router, db, r.policy, r.roster);
	else
		alone_init(&r.alone, r.policy, r.roster, r.zone);
	if ((status = common.pending ? run_pending(&r, db, &e) :
	    run_feed(&r, db, argc - at, argv + at, &e)) < 0)
		warn_err(&e);
	release(&r, db);
	db_close(db);
	return out_finish(status < 0 ? e.code : status);
}
