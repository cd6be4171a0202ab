/* acts - what csr-customer's verbs do, without their words and screens */
#include <string.h>
#include <unistd.h>

#include "store/acts_link.h"
#include "store/acts_one.h"
#include "store/ingest_run.h"
#include "store/segment_run.h"
#include "store/watch.h"

/* Done to each person, or (once) to all in one transaction. */
typedef int each_fn(void *acts, const struct whois_hit *who, struct node *out, struct err *e);
typedef int once_fn(struct acts *a, int argc, char **words, struct node *out, struct err *e);

enum writes { READS, MAKES, WRITES, WRITES_IF_TOLD, ERASES };

struct work {
	const char *verb;
	enum writes writes;
	int (*run)(struct acts *a, const struct work *w, int argc, char **argv, struct err *e);
	each_fn *each;
	once_fn *once;
};

static struct people
people_of(struct acts *a, const struct work *w)
{
	return (struct people){ .db = a->ask.db, .write = a->write, .each = w->each, .ctx = a,
		.print = a->print, .complain = a->complain, .undo = a->dry_run };
}

static int
run_once(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	struct node *out = node_array();
	int bad = a->write ? db_begin(a->ask.db, e) : db_begin_read(a->ask.db, e);
	size_t i;

	if (bad == 0 && (bad = w->once(a, argc, argv, out, e)) < 0)
		db_rollback(a->ask.db);
	else if (bad == 0)
		bad = db_commit(a->ask.db, e);
	for (i = 0; i < node_len(out) && bad == 0; i++)
		a->print(node_at(out, i));
	node_free(out);
	return bad;
}

/* Whom the operands name, or the lines of standard input. */
static int
run_named(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	struct people p = people_of(a, w);
	int i, bad, named = 0;

	for (i = 0; i < argc; i++)
		named += !people_is_setting(argv[i]);
	if (named == 0 && w->once != NULL && a->add == NULL)
		return run_once(a, w, argc, argv, e);
	if (named == 0 && isatty(STDIN_FILENO))
		return err_set(e, ERR_USAGE, "nobody is named and stdin is a terminal "
		    "(try --help)");
	a->settings = argv;
	a->n_settings = argc;
	bad = people_each(&p, argc, argv, e);
	a->refused = p.refused;
	return bad;
}

static int
run_search(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	struct people p = people_of(a, w);
	int bad;

	if (argc == 0)
		return err_set(e, ERR_USAGE, "search for what? (try --help)");
	bad = people_search(&p, argc, argv, (size_t)a->filter.max, e);
	a->refused = p.refused;
	return bad;
}

static int
run_list(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	struct people p = people_of(a, w);

	if (argc > 0)
		return err_set(e, ERR_USAGE, "list takes no \"%.40s\", search does (try --help)",
		    argv[0]);
	return people_all(&p, &a->filter, e);
}

static int
run_segment(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	struct segment_run r = { .ask = &a->ask, .customers = &a->customers,
		.segments = a->segments, .as_of_at = a->as_of_at, .actor = a->actor,
		.dry_run = a->dry_run, .explain = a->explain, .replace = a->replace,
		.print = a->print, .complain = a->complain };

	(void)w;
	if (argc > 0)
		return err_set(e, ERR_USAGE, "segment takes no \"%.40s\": it ranks everybody",
		    argv[0]);
	if (a->as_of_at == 0)
		return err_set(e, ERR_USAGE, "--as-of says on which day: without it no figure "
		    "could be computed again");
	return segment_run(&r, e);
}

/* As csr-ingest reads it, customers alone. */
static int
run_import(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	struct ingest in;
	struct ingest_run r = { .in = &in, .opts = a->intake, .quiet = a->quiet,
		.complain = a->complain, .rejects = a->rejects };
	int bad;

	(void)w;
	if (argc == 0 && isatty(STDIN_FILENO))
		return err_set(e, ERR_USAGE, "no file given and stdin is a terminal (try --help)");
	r.opts.zone = a->ask.zone;
	bad = ingest_init(&in, a->ask.db, e);
	in.only = FACT_CUSTOMER;
	if (bad == 0)
		bad = ingest_run(&r, argc, argv, e);
	ingest_release(&in);
	a->refused = r.counts.refused;
	ingest_run_release(&r);
	return bad;
}

static int
run_erase(struct acts *a, const struct work *w, int argc, char **argv, struct err *e)
{
	int bad;

	if (a->ask.now == 0 || (argc == 0 && isatty(STDIN_FILENO)))
		return err_set(e, ERR_USAGE, "erase whom? (try --help)");
	a->erase = (struct erase){ .ask = &a->ask, .actor = a->actor, .dry_run = a->dry_run,
		.rejects = a->refused_files.v, .n_rejects = a->refused_files.n,
		.attachments = a->attachments, .proof = a->proof };
	bad = run_named(a, w, argc, argv, e);
	if (bad == 0)
		bad = erase_finish(&a->erase, e);
	erase_release(&a->erase);
	return bad;
}

static int
watch(struct acts *a, int argc, char **words, struct node *out, struct err *e)
{
	if (argc > 0)
		return err_set(e, ERR_USAGE, "watch takes no \"%.40s\" (try --help)", words[0]);
	return watch_list(&a->ask, (int)a->points, a->filter.max, out, e);
}

static const struct work works[] = {
	{ "show", READS, run_named, act_show, NULL },
	{ "search", READS, run_search, act_brief, NULL },
	{ "list", READS, run_list, act_brief, NULL },
	{ "export", READS, run_named, act_export, NULL },
	{ "set", WRITES, run_named, act_set, NULL },
	{ "consent", WRITES_IF_TOLD, run_named, act_consent, NULL },
	{ "prefer", WRITES_IF_TOLD, run_named, act_prefer, NULL },
	{ "entitlements", WRITES_IF_TOLD, run_named, act_entitle, acts_entitlements },
	{ "link", WRITES, run_once, NULL, acts_link },
	{ "merge", WRITES, run_once, NULL, acts_link },
	{ "unlink", WRITES, run_once, NULL, acts_unlink },
	{ "erase", ERASES, run_erase, act_erase, NULL },
	{ "segment", WRITES, run_segment, NULL, NULL },
	{ "import", MAKES, run_import, NULL, NULL },
	{ "watch", READS, run_once, NULL, watch },
	{ "conflicts", WRITES_IF_TOLD, run_once, NULL, acts_conflicts },
};

static const struct work *
work_of(const char *verb)
{
	const struct work *w = works;

	while (strcmp(w->verb, verb) != 0)
		w++;
	return w;
}

enum db_mode
acts_mode(const struct acts *a, const char *verb, int argc, char **argv)
{
	enum writes w = work_of(verb)->writes;
	bool told = a->give != NULL || a->withdraw != NULL || a->add != NULL || a->use != 0 ||
	    a->resolve;
	int i;

	for (i = 0; i < argc; i++)
		told |= people_is_setting(argv[i]);
	if (w == MAKES)
		return DB_CREATE;
	return w == ERASES || (w == WRITES && !a->dry_run) ||
	    (w == WRITES_IF_TOLD && told) ? DB_WRITE : DB_READ;
}

void
acts_open(struct acts *a, struct db *db)
{
	a->ask.db = db;
	customers_init(&a->customers, db);
}

void
acts_close(struct acts *a)
{
	customers_release(&a->customers);
}

int
acts_run(struct acts *a, const char *verb, int argc, char **argv, struct err *e)
{
	const struct work *w = work_of(verb);

	a->write = acts_mode(a, verb, argc, argv) != DB_READ;
	return w->run(a, w, argc, argv, e);
}
