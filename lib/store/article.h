/* article - the knowledge base as stored.  Owns the tables article and article_index.
 *
 * Importing is idempotent: an article whose words are those of the version that holds is
 * left alone, others begin a new version.  What holds can be found through the index,
 * which is made in the same transaction.
 */
#ifndef CSR_STORE_ARTICLE_H
#define CSR_STORE_ARTICLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "desk/article.h"
#include "learn/index.h"
#include "store/db.h"
#include "text/fold.h"
#include "text/words.h"

struct article_row {
	int64_t id;
	const char *code;
	int64_t version;
	const char *record;	/* JSON; texts are borrowed until the next row */
};

enum article_change { ARTICLE_SAME, ARTICLE_NEW, ARTICLE_CHANGED };

/* Stores A as of AT, within a write transaction. *version is the one that holds now. */
int article_put(struct db *db, const struct article *a, int64_t at, enum article_change *change,
    int64_t *version, struct err *e);
/* Ends all versions that hold and are not in KEEP (ids as keys); FN is told of each. */
int article_prune(struct db *db, const struct map *keep, int64_t at,
    void (*fn)(void *ctx, const char *code, int64_t version), void *ctx, struct err *e);
/* Calls FN with each version that holds, by id of the files, until it returns non-zero. */
int article_each(struct db *db, int (*fn)(void *ctx, const struct article_row *row,
    struct err *e), void *ctx, struct err *e);
/* The version with row ID, read into A; 0, or -1. */
int article_load(struct db *db, int64_t id, const struct zone *z, struct article *a,
    int64_t *version, struct err *e);

/* The row of the version of CODE that holds: 1, 0, -1. */
int article_row_of(struct db *db, const char *code, int64_t *row, struct err *e);

/* Calls FN with the row of each version that holds and is an offer, by id. */
int article_offers(struct db *db, int (*fn)(void *ctx, int64_t row, struct err *e), void *ctx,
    struct err *e);

/* What the index was made from: rows, and a hash of the synonyms. */
struct article_state {
	int64_t last;		/* the highest row id */
	int64_t n;		/* versions that hold */
};
int article_state(struct db *db, struct article_state *s, struct err *e);
/* True if the stored index is that of this state and these synonyms. */
int article_index_is_fresh(struct db *db, uint64_t synonyms, bool *fresh, struct err *e);
/* Makes the index anew from all that holds, within a write transaction. */
int article_index_make(struct db *db, const struct words *synonyms, uint64_t hash,
    const struct zone *z, struct err *e);
/* For index_open(): CTX is the struct article_postings. */
struct article_postings {
	struct db *db;
	struct buf bytes;
};
int article_index_fetch(void *ctx, int64_t term, const void **p, size_t *len, struct err *e);

/* Adds the passages of A, row ROW, to B: the owner of each is ROW * 8 + the place of its
 * language.  T is scratch. */
void article_index_add(struct index_builder *b, const struct article *a, int64_t row,
    struct cues *t, struct fold *f);

#endif
