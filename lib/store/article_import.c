/* article_import - articles from files into the database, and what may be wrong with them */
#include <string.h>

#include "store/article.h"
#include "store/article_import.h"
#include "store/knowledge.h"
#include "text/fold.h"

int
article_import_read(struct article_files *f, int argc, char **argv, struct err *e)
{
	int i, bad = argc == 0 ? article_files_usual(f, e) : 0;

	for (i = 0; i < argc && bad == 0; i++)
		bad = article_files_read(f, argv[i], e);
	return bad;
}

static void
tell(struct article_import *im, const char *code, int64_t version, const char *change)
{
	struct node *n = node_object();

	node_set_text(n, "kind", "article");
	node_set_text(n, "id", code);
	node_set_int(n, "version", version);
	node_set_text(n, "change", change);
	if (im->dry_run)
		node_set_bool(n, "dry_run", true);
	node_print(n, im->out);
	buf_char(im->out, '\n');
	node_free(n);
}

static void
on_ended(void *ctx, const char *code, int64_t version)
{
	struct article_import *im = ctx;

	im->ended++;
	tell(im, code, version, "ended");
}

static int
put_all(struct article_import *im, const struct article_files *f, struct err *e)
{
	enum article_change change;
	int64_t version;
	size_t i;

	for (i = 0; i < f->n; i++) {
		if (article_put(im->db, f->v[i], im->now, &change, &version, e) < 0)
			return -1;
		im->same += change == ARTICLE_SAME;
		im->added += change == ARTICLE_NEW;
		im->changed += change == ARTICLE_CHANGED;
		if (change != ARTICLE_SAME)
			tell(im, f->v[i]->id, version, change == ARTICLE_NEW ? "new" : "changed");
	}
	return im->prune ? article_prune(im->db, &f->by_id, im->now, on_ended, im, e) : 0;
}

/* The index as it must be after this, unless it is so already. */
static int
refresh_index(struct article_import *im, const struct article_files *f, struct err *e)
{
	struct words synonyms;
	uint64_t hash;
	bool fresh = false;
	int bad = knowledge_synonyms(&synonyms, &hash, e);

	if (bad == 0)
		bad = article_index_is_fresh(im->db, hash, &fresh, e);
	if (bad == 0 && !fresh)
		bad = article_index_make(im->db, &synonyms, hash, f->zone, e);
	words_release(&synonyms);
	return bad;
}

int
article_import_run(struct article_import *im, const struct article_files *f, struct err *e)
{
	if (db_begin(im->db, e) < 0)
		return -1;
	if (put_all(im, f, e) < 0 || (!im->dry_run && refresh_index(im, f, e) < 0)) {
		db_rollback(im->db);
		return -1;
	}
	if (im->dry_run) {
		db_rollback(im->db);
		return 0;
	}
	return db_commit(im->db, e);
}

struct linting {
	void (*complain)(const struct err *e);
	size_t found;
	struct map questions;	/* folded -> place of the article */
	struct fold fold;
};

static void
on_wrong(void *ctx, const char *source, const char *what)
{
	struct linting *l = ctx;
	struct err e;

	err_set(&e, ERR_CONFIG, "%s: %s", source, what);
	l->complain(&e);
	l->found++;
}

/* Two articles that are asked for in the same words cannot be told apart. */
static void
check_question(struct linting *l, const struct article_files *f, size_t at, const char *s)
{
	union map_value *place;
	struct buf what = BUF_INIT;
	int is_new;

	fold_text(&l->fold, s, strlen(s));
	place = map_put(&l->questions, buf_cstr(&l->fold.text), l->fold.text.len, &is_new);
	if (is_new)
		place->num = (int64_t)at;
	if ((size_t)place->num == at)
		return;
	buf_fmt(&what, "%s: \"%s\" is asked of %s, too", f->v[at]->id, s,
	    f->v[place->num]->id);
	on_wrong(l, f->v[at]->source, what.p);
	buf_release(&what);
}

size_t
article_lint(const struct article_files *f, int64_t now,
    void (*complain)(const struct err *e))
{
	struct linting l = { .complain = complain, .fold = FOLD_INIT };
	size_t i, k, q;

	for (i = 0; i < f->n; i++) {
		article_check(f->v[i], now, on_wrong, &l);
		for (k = 0; k < f->v[i]->n_texts; k++) {
			const struct article_text *t = &f->v[i]->text[k];

			check_question(&l, f, i, t->title);
			for (q = 0; q < t->questions.n; q++)
				check_question(&l, f, i, t->questions.v[q]);
		}
	}
	map_release(&l.questions);
	fold_release(&l.fold);
	return l.found;
}
