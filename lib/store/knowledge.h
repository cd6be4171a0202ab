/* knowledge - the articles that answer a question, best first, with reasons.
 *
 * Opened on the database, or on the files of the configuration alone.  A question is a
 * text; what is known of who asks it narrows the choice: expired articles, those for other
 * segments and channels never come.  Reads only.
 */
#ifndef CSR_KNOWLEDGE_H
#define CSR_KNOWLEDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "desk/article.h"
#include "desk/labels.h"
#include "learn/index.h"
#include "learn/rank.h"
#include "store/article.h"
#include "store/article_files.h"
#include "store/db.h"
#include "text/fold.h"

enum { KNOWLEDGE_CANDIDATES = 60 };

struct knowledge_article {
	struct article a;
	int64_t row, version;
};

struct knowledge {
	struct db *db;			/* NULL: files */
	const struct zone *zone;
	struct words synonyms;
	uint64_t synonyms_hash;
	size_t n;			/* articles that hold */
	bool stale;			/* the stored index was not of use */
	struct map articles;		/* row -> struct knowledge_article */
	const struct knowledge_article **offers;	/* of type offer; see knowledge_offers() */
	size_t n_offers;
	struct article_files files;
	struct index index;
	struct index_memory memory;
	struct article_postings postings;
	struct rank_model rank;
	bool plain;			/* rank by the index alone */
	/* Of the question at hand: */
	struct cues cues;
	struct index_term *detail;
	struct fold fold;
	struct buf asked;		/* folded */
	struct rank_text question;
	struct arena texts;
};

struct question {
	const char *text;
	int64_t now;
	struct labels labels;		/* what is known of it; NULL values */
	bool staff;			/* scripts and the like may come too */
	bool offers;			/* and offers */
	bool any_time;			/* expired ones too (csr-answer search --all) */
};

struct suggestion {
	const struct knowledge_article *of;	/* borrowed from the knowledge */
	const struct article_text *text;	/* the language that fits the question */
	double score;			/* how sure, 0 to 1 */
	double bm25;
	const char *passage;		/* of it, that fits best; NULL: the answer */
	const char *terms;		/* "退款 2.1, 到账 1.7": what they have in common */
};

/* -1 with 78 when a file is faulty. */
int knowledge_open_db(struct knowledge *k, struct db *db, const struct zone *z, struct err *e);
int knowledge_open_files(struct knowledge *k, const struct zone *z,
    void (*complain)(const struct err *), struct err *e);
/* Stores the index again if it was stale; in a transaction of its own. */
int knowledge_refresh(struct knowledge *k, struct err *e);
/* On the articles of F, which K takes. */
int knowledge_open_memory(struct knowledge *k, struct article_files *f, struct err *e);
void knowledge_release(struct knowledge *k);
/* articles/synonyms.conf, built. */
int knowledge_synonyms(struct words *w, uint64_t *hash, struct err *e);

/* At most MAX suggestions for Q, best first; how many, -1.  Texts are borrowed until the
 * next question. */
int knowledge_ask(struct knowledge *k, const struct question *q, struct suggestion *out,
    size_t max, struct err *e);
/* What the ranking looks at, for learning from it: calls FN with each passage that might
 * answer TEXT; but for the passage that is TEXT itself, if LEAVE_OUT. */
typedef void knowledge_example(void *ctx, const struct knowledge_article *of,
    const struct rank_text *passage, const double f[RANK_FEATURES]);
int knowledge_examples(struct knowledge *k, const char *text, int64_t now, bool leave_out,
    knowledge_example *fn, void *ctx, struct err *e);

/* The article in ROW, read once; NULL with *e. */
const struct knowledge_article *knowledge_get(struct knowledge *k, int64_t row,
    struct err *e);
/* Reads all articles of type offer into k->offers, by id. */
int knowledge_offers(struct knowledge *k, struct err *e);
/* The article called ID, if it holds: 1, 0, -1. */
int knowledge_find(struct knowledge *k, const char *id, const struct knowledge_article **out,
    struct err *e);
/* Whether the article may be shown to who asks Q. */
bool knowledge_fits(const struct article *a, const struct question *q);

#endif
