/* words - many words found in one pass (Aho and Corasick, 1975).
 *
 * Words and texts are folded (fold.h): words_add() folds the word, words_scan() takes
 * a text the caller has folded.  The time of a scan grows with the text and the hits
 * only, whatever the words.  A word that begins or ends with a Latin letter or a digit
 * is found only where no other such character stands next to it.
 *
 * Start from WORDS_INIT: add all words, build, scan as often as you like.
 */
#ifndef CSR_WORDS_H
#define CSR_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum words_flag {
	WORDS_PREFIX = 1,	/* letters may follow: "refund" finds "refunded" */
	WORDS_APART = 2		/* also with one blank or sign between its characters,
				 * for Chinese words: "加微信" finds "加 微.信" */
};

struct words_entry {
	uint32_t id;		/* the caller's number, told with each hit */
	uint32_t len;		/* bytes of the folded word */
	uint32_t next;		/* the next entry ending in the same state, 0 none */
	uint32_t flags;		/* of enum words_flag */
};

/* The trie that words are added to; gone once built. */
struct words_node {
	uint32_t child;		/* first child, 0 none */
	uint32_t sibling;	/* next child of the same parent, 0 none */
	uint32_t entry;		/* first entry, 0 none */
	uint32_t cell;		/* where it was placed */
	unsigned char byte;	/* that leads here */
};

/* The automaton: a state is the number of its cell; the child for a byte stands at
 * base + byte, if that cell says so.  Cell 0 is the root. */
struct words_cell {
	uint32_t parent;	/* its parent + 1, 0 free */
	uint32_t base;
	uint32_t fail;		/* the longest other suffix that is a beginning */
	uint32_t out;		/* in outs, 0 none */
};

struct words_out {
	uint32_t entry;		/* first entry, 0 none */
	uint32_t also;		/* out of the next state of the fail chain, 0 none */
};

struct words {
	struct words_node *nodes;
	struct words_entry *entries;	/* entry 0 is unused */
	struct words_cell *cells;
	struct words_out *outs;
	size_t n_nodes, n_entries, n_cells, n_outs, cap_nodes, cap_entries, cap_outs;
	bool apart;		/* some word has WORDS_APART */
};
#define WORDS_INIT { NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, false }

struct words_hit {
	uint32_t id;		/* of the word */
	uint32_t start, end;	/* bytes of the folded text */
};
/* Told of each hit in the order of their ends; hits overlap. */
typedef void words_fn(void *ctx, const struct words_hit *hit);

/* Adds a word; an id may stand for many words and a word have many ids. Blank words
 * are ignored. */
void words_add(struct words *w, const char *word, uint32_t id, unsigned flags);
void words_build(struct words *w);
void words_scan(const struct words *w, const char *text, size_t len, words_fn *fn, void *ctx);
void words_release(struct words *w);

#endif
