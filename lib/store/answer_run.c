/* answer_run - what people do with the knowledge base: bring articles in, ask, measure */
#include <string.h>

#include "stream/jtext.h"
#include "store/answer_run.h"
#include "store/answer_stats.h"
#include "store/article_import.h"
#include "store/knowledge_say.h"

int
answer_open(struct answer_run *r, struct knowledge *k, struct db **db, int mode,
    struct err *e)
{
	struct err none;

	*db = NULL;
	if (r->no_store)
		return knowledge_open_files(k, r->zone, r->complain, e);
	if (db_open(db, NULL, (enum db_mode)mode, e) < 0 ||
	    knowledge_open_db(k, *db, r->zone, e) < 0)
		return -1;
	if (k->n == 0) {
		err_set(&none, ERR_DATA, "no articles: csr-answer import brings them in");
		r->complain(&none);
	}
	return 0;
}

static int
run_import(struct answer_run *r, int argc, char **argv, struct err *e)
{
	struct article_files f = { .zone = r->zone, .complain = r->complain };
	struct buf out = BUF_INIT;
	struct article_import im = { .now = r->now, .dry_run = r->dry_run, .prune = r->prune,
		.out = &out };
	int bad = article_import_read(&f, argc, argv, e);

	if (bad == 0 && (bad = db_open(&im.db, NULL, DB_CREATE, e)) == 0)
		bad = article_import_run(&im, &f, e);
	if (bad == 0 && !r->quiet)
		r->print(&out);
	buf_fmt(&r->said, "%lld new, %lld changed, %lld the same, %lld ended, %zu refused",
	    (long long)im.added, (long long)im.changed, (long long)im.same,
	    (long long)im.ended, f.refused);
	r->refused = f.refused;
	db_close(im.db);
	buf_release(&out);
	article_files_release(&f);
	return bad;
}

static int
run_lint(struct answer_run *r, int argc, char **argv, struct err *e)
{
	struct article_files f = { .zone = r->zone, .complain = r->complain };
	int bad = article_import_read(&f, argc, argv, e);

	if (bad == 0)
		r->found = article_lint(&f, r->now, r->complain) + f.refused > 0;
	article_files_release(&f);
	return bad;
}

static int
run_export(struct answer_run *r, struct err *e)
{
	struct buf out = BUF_INIT;
	struct db *db = NULL;
	int bad = db_open(&db, NULL, DB_READ, e);

	if (bad == 0)
		bad = knowledge_export(db, &out, r->print, e);
	r->print(&out);
	buf_release(&out);
	db_close(db);
	return bad;
}

struct telling {
	struct answer_run *r;
	struct buf out;
	bool headed;
};

static void
on_stat(void *ctx, const struct answer_stat *s)
{
	static const char *const names[] = { "suggested", "sent", "used", "deflected", "thanked",
		"again" };
	const int64_t figures[] = { s->suggested, s->sent, s->used, s->deflected, s->thanked,
		s->again };
	struct telling *t = ctx;
	size_t i;

	if (!t->r->people) {
		buf_char(&t->out, '{');
		jtext_member(&t->out, "article", s->article);
		for (i = 0; i < 6; i++) {
			jtext_key(&t->out, names[i]);
			buf_fmt(&t->out, "%lld", (long long)figures[i]);
		}
		buf_str(&t->out, "}\n");
		return;
	}
	if (!t->headed)
		buf_fmt(&t->out, "%-28s %10s %10s %10s %10s %10s %10s\n", "article", names[0],
		    names[1], names[2], names[3], names[4], names[5]);
	t->headed = true;
	buf_fmt(&t->out, "%-28s", s->article);
	for (i = 0; i < 6; i++)
		buf_fmt(&t->out, " %10lld", (long long)figures[i]);
	buf_char(&t->out, '\n');
}

static int
run_stats(struct answer_run *r, struct err *e)
{
	struct telling t = { .r = r, .out = BUF_INIT };
	struct db *db = NULL;
	int bad = db_open(&db, NULL, DB_READ, e);

	if (bad == 0)
		bad = answer_stats(db, r->from_at, r->to_at, r->now, r->zone, on_stat, &t, e);
	r->print(&t.out);
	buf_release(&t.out);
	db_close(db);
	return bad;
}

static int
run_look(struct answer_run *r, struct knowledge *k, bool search, int argc, char **argv,
    struct err *e)
{
	int bad;

	r->look.now = r->now;
	r->look.search = search;
	r->look.people = r->people;
	r->look.complain = r->complain;
	r->look.flush = r->print;
	bad = answer_look_run(&r->look, k, argc, argv, e);
	r->refused = r->look.refused;
	return bad;
}

static int
run_gaps(struct answer_run *r, struct knowledge *k, struct db *db, struct err *e)
{
	struct buf out = BUF_INIT;
	struct answer_gaps *g = &r->gaps;
	int bad;

	g->db = db;
	g->k = k;
	g->zone = r->zone;
	g->now = r->now;
	g->from_at = r->from_at;
	g->to_at = r->to_at;
	g->most = r->look.top;
	bad = answer_gaps_run(g, &out, e);
	buf_fmt(&r->said, "%lld questions, %lld not answered", (long long)g->messages,
	    (long long)g->unanswered);
	r->print(&out);
	buf_release(&out);
	return bad;
}

static int
run_study(struct answer_run *r, struct knowledge *k, bool train, int argc, char **argv,
    struct err *e)
{
	struct buf out = BUF_INIT;
	int bad;

	r->study.train = train;
	r->study.now = r->now;
	r->study.zone = r->zone;
	r->study.complain = r->complain;
	bad = answer_study_run(&r->study, k, argc, argv, &out, e);
	r->refused = r->study.refused;
	r->print(&out);
	buf_release(&out);
	return bad;
}

/* The verbs that ask the knowledge base. */
static int
run_asking(struct answer_run *r, const char *verb, int argc, char **argv, struct err *e)
{
	static struct knowledge k;
	struct db *db;
	int bad = answer_open(r, &k, &db, DB_READ, e);

	if (bad == 0) {
		if (strcmp(verb, "gaps") == 0)
			bad = run_gaps(r, &k, db, e);
		else if (strcmp(verb, "eval") == 0 || strcmp(verb, "train") == 0)
			bad = run_study(r, &k, *verb == 't', argc, argv, e);
		else
			bad = run_look(r, &k, strcmp(verb, "search") == 0, argc, argv, e);
	}
	knowledge_release(&k);
	db_close(db);
	return bad;
}

int
answer_run(struct answer_run *r, const char *verb, int argc, char **argv, struct err *e)
{
	static const char *const bare[] = { "export", "gaps", "stats", NULL };
	size_t i;

	for (i = 0; bare[i] != NULL; i++)
		if (strcmp(verb, bare[i]) == 0 && (argc > 0 || r->no_store))
			return err_set(e, ERR_USAGE, "%s takes neither operands nor --no-store",
			    verb);
	if (strcmp(verb, "search") == 0 && argc == 0)
		return err_set(e, ERR_USAGE, "what shall be searched for? (try --help)");
	if (strcmp(verb, "import") == 0)
		return run_import(r, argc, argv, e);
	if (strcmp(verb, "lint") == 0)
		return run_lint(r, argc, argv, e);
	if (strcmp(verb, "export") == 0)
		return run_export(r, e);
	if (strcmp(verb, "stats") == 0)
		return run_stats(r, e);
	return run_asking(r, verb, argc, argv, e);
}
