/* article_index - where the words of the articles that hold are found */
#include <string.h>

#include "store/article.h"
#include "store/progress.h"
#include "text/fold.h"

DB_SQL(INDEX_CLEAR, "DELETE FROM article_index");
DB_SQL(INDEX_PUT, "INSERT INTO article_index (term, postings) VALUES (:term, :postings)");
DB_SQL(INDEX_GET, "SELECT postings FROM article_index WHERE term = :term");

/* Counts up when terms or weights change: an index by the old ones is made anew. */
enum { INDEX_VERSION = 2 };

/* The number the state of all articles is known by. */
static int
state_hash(struct db *db, uint64_t synonyms, int64_t *last, uint64_t *hash, struct err *e)
{
	struct article_state st;

	if (article_state(db, &st, e) < 0)
		return -1;
	*last = st.last;
	*hash = (synonyms ^ (uint64_t)st.n * UINT64_C(0x9E3779B97F4A7C15)) * 31 + INDEX_VERSION;
	return 0;
}

int
article_index_is_fresh(struct db *db, uint64_t synonyms, bool *fresh, struct err *e)
{
	uint64_t want, have;
	int64_t last, at;

	if (state_hash(db, synonyms, &last, &want, e) < 0 ||
	    progress_get(db, "answer.index", &at, &have, e) < 0)
		return -1;
	*fresh = at == last && have == want && last > 0;
	return 0;
}

static void
add_passage(struct index_builder *b, uint32_t owner, enum passage_kind kind, const char *s,
    struct cues *t, struct fold *f)
{
	fold_text(f, s, strlen(s));
	if (kind == PASSAGE_ANSWER)
		cues_read_long(t, buf_cstr(&f->text), f->text.len);
	else
		cues_read(t, buf_cstr(&f->text), f->text.len);
	index_add(b, owner, kind, t);
}

/* The answer, with what else the article shall be found by. */
static void
add_answer(struct index_builder *b, uint32_t owner, const struct article *a,
    const struct article_text *text, struct cues *t, struct fold *f)
{
	struct buf all = BUF_INIT;
	size_t i;

	for (i = 0; i < a->product.n; i++)
		buf_fmt(&all, "%s\n%s\n", a->product.v[i], a->product.v[i]);
	for (i = 0; i < a->tags.n; i++)
		buf_fmt(&all, "%s\n%s\n", a->tags.v[i], a->tags.v[i]);
	buf_str(&all, text->answer);
	add_passage(b, owner, PASSAGE_ANSWER, all.p, t, f);
	buf_release(&all);
}

void
article_index_add(struct index_builder *b, const struct article *a, int64_t row,
    struct cues *t, struct fold *f)
{
	size_t i, k;

	for (i = 0; i < a->n_texts; i++) {
		const struct article_text *text = &a->text[i];
		uint32_t owner = (uint32_t)(row * ARTICLE_LANGUAGES + (int64_t)i);

		add_passage(b, owner, PASSAGE_TITLE, text->title, t, f);
		for (k = 0; k < text->questions.n; k++)
			add_passage(b, owner, PASSAGE_QUESTION, text->questions.v[k], t, f);
		add_answer(b, owner, a, text, t, f);
	}
}

struct making {
	struct db *db;
	const struct zone *zone;
	struct index_builder b;
	struct cues t;
	struct fold f;
};

static int
on_article(void *ctx, const struct article_row *row, struct err *e)
{
	struct making *m = ctx;
	struct node *n = node_parse(row->record, strlen(row->record), e);
	struct article a;
	int bad;

	if (n == NULL)
		return -1;
	article_init(&a, "database", 0);
	bad = article_read_json(&a, n, m->zone, e);
	if (bad == 0)
		article_index_add(&m->b, &a, row->id, &m->t, &m->f);
	article_release(&a);
	node_free(n);
	return bad;
}

static int
put_postings(void *ctx, int64_t term, const void *p, size_t len, struct err *e)
{
	struct making *m = ctx;
	struct stmt *s = db_stmt(m->db, &INDEX_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":term", term);
	stmt_blob(s, ":postings", p, len);
	return stmt_run(s, e);
}

int
article_index_make(struct db *db, const struct words *synonyms, uint64_t synonyms_hash,
    const struct zone *z, struct err *e)
{
	struct making m = { .db = db, .zone = z, .b = INDEX_BUILDER_INIT, .f = FOLD_INIT };
	struct stmt *s = db_stmt(db, &INDEX_CLEAR, e);
	uint64_t hash;
	int64_t last;
	int bad;

	m.t.synonyms = synonyms;
	bad = s == NULL || stmt_run(s, e) < 0 || article_each(db, on_article, &m, e) < 0 ? -1 :
	    index_finish(&m.b, put_postings, &m, e);
	index_builder_release(&m.b);
	cues_release(&m.t);
	fold_release(&m.f);
	if (bad < 0 || state_hash(db, synonyms_hash, &last, &hash, e) < 0)
		return -1;
	return progress_set(db, "answer.index", last, hash, e);
}

int
article_index_fetch(void *ctx, int64_t term, const void **p, size_t *len, struct err *e)
{
	struct article_postings *from = ctx;
	struct stmt *s = db_stmt(from->db, &INDEX_GET, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":term", term);
	if ((got = stmt_step(s, e)) <= 0)
		return got;
	buf_clear(&from->bytes);
	buf_add(&from->bytes, stmt_col_blob(s, 0), stmt_col_len(s, 0));
	*p = buf_cstr(&from->bytes);
	*len = from->bytes.len;
	stmt_reset(s);
	return 1;
}
