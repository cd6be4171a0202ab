/* index - which passages a question is most like.
 *
 * A passage is a title, a question or a whole answer of an article.  They are scored by
 * BM25 (Robertson and Zaragoza, 2009; k1 = 1.2, b = 0.75) over the terms of cues.h.  The
 * postings of a term are a string of bytes that can lie anywhere: a callback brings them,
 * from memory or from a database, so that a big index costs nothing to open.  Pure.
 */
#ifndef CSR_INDEX_H
#define CSR_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "learn/cues.h"

enum passage_kind { PASSAGE_TITLE, PASSAGE_QUESTION, PASSAGE_ANSWER, PASSAGE_KINDS };

struct passage {
	uint32_t owner;		/* the caller's number of the article and language */
	uint32_t kind;
	float len;		/* sum of the weights of its terms */
	float mass;		/* the same with their idf, each once */
};

/* Brings the postings of TERM: 1 with *p and *len (borrowed until the next call), 0 if no
 * passage has it, -1. */
typedef int index_fetch(void *ctx, int64_t term, const void **p, size_t *len, struct err *e);

struct index {
	struct passage *passages;
	size_t n;
	float average[PASSAGE_KINDS];	/* length */
	index_fetch *fetch;
	void *ctx;
	/* Of searching: */
	float *score, *matched;	/* by passage; all 0 between searches */
	uint32_t *touched;
	size_t n_touched;
};

/* How a term of the question fared, for explanations; by place in the terms. */
struct index_term {
	float idf;		/* times the weight of its class; of unknown terms too */
	uint32_t passages;	/* that have it */
};

struct index_hit {
	uint32_t passage;
	float score;		/* BM25 */
	float matched;		/* idf of the terms in common, each once */
};

/* The at most MAX best passages for T, best first (of equals the earlier one).  DETAIL
 * (t->n of them, may be NULL) tells of the terms.  Returns how many, -1 on error. */
int index_search(struct index *ix, const struct cues *t, struct index_hit *hits, size_t max,
    struct index_term *detail, struct err *e);
/* What the score would be if a passage were the question itself. */
float index_self_score(const struct index *ix, const struct cues *t,
    const struct index_term *detail);
void index_release(struct index *ix);

/* Making one: passages in any order, then the postings, by term.  Memory is 16 bytes a
 * term of a passage. */
struct index_builder {
	struct passage *passages;
	size_t n, cap;
	struct index_posting *postings;
	size_t n_postings, cap_postings;
};
#define INDEX_BUILDER_INIT { NULL, 0, 0, NULL, 0, 0 }

/* Returns the number of the passage. */
uint32_t index_add(struct index_builder *b, uint32_t owner, enum passage_kind kind,
    const struct cues *t);
/* Calls EMIT with the postings of each term, in order; then with term 0 and the table of
 * passages, for index_open().  -1 when EMIT says so.  B is empty afterwards. */
typedef int index_emit(void *ctx, int64_t term, const void *p, size_t len, struct err *e);
int index_finish(struct index_builder *b, index_emit *emit, void *ctx, struct err *e);
void index_builder_release(struct index_builder *b);

/* From the table of passages. 65 if that is damaged. */
int index_open(struct index *ix, const void *p, size_t len, index_fetch *fetch, void *ctx,
    struct err *e);

/* An index kept in memory: give these to index_finish() and index_open(). */
struct index_memory {
	struct map terms;	/* term -> place in bytes */
	struct buf bytes;
};
#define INDEX_MEMORY_INIT { MAP_INIT, BUF_INIT }
int index_keep(void *memory, int64_t term, const void *p, size_t len, struct err *e);
int index_look_up(void *memory, int64_t term, const void **p, size_t *len, struct err *e);
void index_memory_release(struct index_memory *m);

#endif
