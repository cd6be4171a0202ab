/* knowledge - the articles that answer a question: opening and closing */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/mem.h"
#include "store/knowledge.h"

enum { CONF_MAX_BYTES = 4 * 1024 * 1024, MODEL_MAX_BYTES = 256 * 1024 * 1024 };

/* Adds the words of one line, a group; commas between. */
static void
add_group(struct words *w, char *line, uint32_t group)
{
	char *next;

	for (; line != NULL; line = next) {
		size_t n = strcspn(line, ",");

		next = line[n] == ',' ? line + n + 1 : NULL;
		line[n] = '\0';
		line += strspn(line, " \t");
		for (n = strlen(line); n > 0 && strchr(" \t\r", line[n - 1]) != NULL; n--)
			line[n - 1] = '\0';
		words_add(w, line, group, 0);
	}
}

int
knowledge_synonyms(struct words *w, uint64_t *hash, struct err *e)
{
	char *path = conf_find("articles/synonyms.conf", e), *text, *p, *next;
	uint32_t group = 0;

	*w = (struct words)WORDS_INIT;
	*hash = UINT64_C(14695981039346656037);
	text = path != NULL ? conf_read(path, CONF_MAX_BYTES, NULL, e) : NULL;
	free(path);
	if (text == NULL)
		return -1;
	for (p = text; *p != '\0'; p++)
		*hash = (*hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
	for (p = text; *p != '\0'; p = next) {
		size_t n = strcspn(p, "\n");

		next = p + n + (p[n] == '\n');
		p[n] = '\0';
		if (*p != '#')
			add_group(w, p, group++);
	}
	words_build(w);
	free(text);
	return 0;
}

/* answer/rank.model, if the user has one. */
static int
load_model(struct knowledge *k, struct err *e)
{
	char *path = conf_find("answer/rank.model", e), *text;
	int bad;

	if (path == NULL) {
		rank_usual(&k->rank);
		return 0;
	}
	text = conf_read(path, MODEL_MAX_BYTES, NULL, e);
	bad = text != NULL ? rank_read(&k->rank, path, text, e) : -1;
	free(text);
	free(path);
	return bad;
}

static int
begin(struct knowledge *k, struct db *db, const struct zone *z, struct err *e)
{
	*k = (struct knowledge){ .db = db, .zone = z, .fold = FOLD_INIT };
	k->postings.db = db;
	if (knowledge_synonyms(&k->synonyms, &k->synonyms_hash, e) < 0 || load_model(k, e) < 0)
		return -1;
	k->cues.synonyms = &k->synonyms;
	return 0;
}

/* The index of what B holds, in memory. */
static int
index_in_memory(struct knowledge *k, struct index_builder *b, struct err *e)
{
	const void *p;
	size_t len;

	if (index_finish(b, index_keep, &k->memory, e) < 0)
		return -1;
	index_look_up(&k->memory, 0, &p, &len, e);
	return index_open(&k->index, p, len, index_look_up, &k->memory, e);
}

static struct knowledge_article *
remember(struct knowledge *k, int64_t row)
{
	struct knowledge_article *ka = xcalloc(1, sizeof(*ka));

	ka->row = row;
	map_put(&k->articles, &row, sizeof(row), NULL)->ptr = ka;
	return ka;
}

struct gathering {
	struct knowledge *k;
	struct index_builder b;
};

static int
on_article(void *ctx, const struct article_row *row, struct err *e)
{
	struct gathering *g = ctx;
	struct node *n = node_parse(row->record, strlen(row->record), e);
	struct article a;
	int bad = -1;

	article_init(&a, "database", 0);
	if (n != NULL && (bad = article_read_json(&a, n, g->k->zone, e)) == 0)
		article_index_add(&g->b, &a, row->id, &g->k->cues, &g->k->fold);
	article_release(&a);
	node_free(n);
	return bad;
}

int
knowledge_open_db(struct knowledge *k, struct db *db, const struct zone *z, struct err *e)
{
	struct gathering g = { k, INDEX_BUILDER_INIT };
	struct article_state st;
	const void *p;
	size_t len;
	bool fresh;
	int got;

	if (begin(k, db, z, e) < 0 || article_state(db, &st, e) < 0 ||
	    article_index_is_fresh(db, k->synonyms_hash, &fresh, e) < 0)
		return -1;
	k->n = (size_t)st.n;
	if (fresh && (got = article_index_fetch(&k->postings, 0, &p, &len, e)) != 0)
		return got < 0 ? -1 : index_open(&k->index, p, len, article_index_fetch,
		    &k->postings, e);
	k->stale = st.n > 0;
	got = article_each(db, on_article, &g, e);
	if (got == 0)
		got = index_in_memory(k, &g.b, e);
	index_builder_release(&g.b);
	return got;
}

int
knowledge_refresh(struct knowledge *k, struct err *e)
{
	if (!k->stale)
		return 0;
	if (db_begin(k->db, e) < 0)
		return -1;
	if (article_index_make(k->db, &k->synonyms, k->synonyms_hash, k->zone, e) < 0) {
		db_rollback(k->db);
		return -1;
	}
	k->stale = false;
	return db_commit(k->db, e);
}

int
knowledge_open_files(struct knowledge *k, const struct zone *z,
    void (*complain)(const struct err *), struct err *e)
{
	struct article_files f = { .zone = z, .complain = complain };

	if (article_files_usual(&f, e) == 0)
		return knowledge_open_memory(k, &f, e);
	article_files_release(&f);
	return -1;
}

int
knowledge_open_memory(struct knowledge *k, struct article_files *f, struct err *e)
{
	struct index_builder b = INDEX_BUILDER_INIT;
	size_t i;

	if (begin(k, NULL, f->zone, e) < 0)
		return -1;
	k->files = *f;
	*f = (struct article_files){ .zone = f->zone };
	k->n = k->files.n;
	for (i = 0; i < k->n; i++)
		article_index_add(&b, k->files.v[i], (int64_t)i, &k->cues, &k->fold);
	return index_in_memory(k, &b, e);
}

const struct knowledge_article *
knowledge_get(struct knowledge *k, int64_t row, struct err *e)
{
	union map_value *known = map_get(&k->articles, &row, sizeof(row));
	struct knowledge_article *ka;
	struct article a;
	int64_t version;

	if (known != NULL)
		return known->ptr;
	if (k->db == NULL) {
		ka = remember(k, row);
		ka->a = *k->files.v[row];	/* shares its texts */
		return ka;
	}
	if (article_load(k->db, row, k->zone, &a, &version, e) < 0)
		return NULL;
	ka = remember(k, row);
	ka->a = a;
	ka->version = version;
	return ka;
}

static int
keep_offer(void *ctx, int64_t row, struct err *e)
{
	struct knowledge *k = ctx;
	const struct knowledge_article *ka = knowledge_get(k, row, e);

	if (ka == NULL)
		return -1;
	k->offers = xrealloc(k->offers, (k->n_offers + 1) * sizeof(*k->offers));
	k->offers[k->n_offers++] = ka;
	return 0;
}

int
knowledge_offers(struct knowledge *k, struct err *e)
{
	size_t i;

	if (k->db != NULL)
		return article_offers(k->db, keep_offer, k, e);
	for (i = 0; i < k->files.n; i++)
		if (k->files.v[i]->type == ARTICLE_OFFER && keep_offer(k, (int64_t)i, e) < 0)
			return -1;
	return 0;
}

int
knowledge_find(struct knowledge *k, const char *id, const struct knowledge_article **out,
    struct err *e)
{
	union map_value *place;
	int64_t row = 0;
	int got;

	if (k->db != NULL) {
		got = article_row_of(k->db, id, &row, e);
	} else {
		place = map_get(&k->files.by_id, id, strlen(id));
		got = place != NULL;
		row = got ? place->num : 0;
	}
	if (got > 0)
		*out = knowledge_get(k, row, e);
	return got <= 0 ? got : *out != NULL ? 1 : -1;
}

void
knowledge_release(struct knowledge *k)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_each(&k->articles, &at)) != NULL) {
		struct knowledge_article *ka = slot->value.ptr;

		if (k->db != NULL)
			article_release(&ka->a);
		free(ka);
	}
	map_release(&k->articles);
	article_files_release(&k->files);
	index_release(&k->index);
	index_memory_release(&k->memory);
	buf_release(&k->postings.bytes);
	rank_release(&k->rank);
	words_release(&k->synonyms);
	cues_release(&k->cues);
	fold_release(&k->fold);
	arena_release(&k->texts);
	buf_release(&k->asked);
	free(k->detail);
	free(k->offers);
}
