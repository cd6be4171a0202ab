/* gram - the n-grams of a text: what a model knows it by.
 *
 * Of a folded text (text/fold.h) come all runs of one to `chars` characters, over the
 * borders of words, and all runs of one to `words` Latin words; so Chinese needs no
 * segmenter and a misspelt word is still mostly itself.  Blanks in a row count as one,
 * digits are all alike, the beginning and the end of the text are characters too.  Each
 * n-gram is there once, however often it occurs.  Pure; what is found stays valid until
 * the next text.
 */
#ifndef CSR_GRAM_H
#define CSR_GRAM_H

#include <stddef.h>
#include <stdint.h>

enum {
	GRAM_CHARS = 5, GRAM_WORDS = 2,		/* the usual setting */
	GRAM_LONGEST = 8,			/* of either that can be asked for */
	GRAM_TEXT = 4000			/* characters of a text that are looked at */
};

struct gram_setting {
	uint8_t chars, words;
};

struct gram {
	uint32_t hash;
	uint32_t start, end;	/* bytes of the folded text where it stands first */
};

struct grams {
	struct gram *v;		/* in the order of their beginnings */
	size_t n, cap;
	uint64_t *seen;		/* hash << 32 | turn; a table of seen_cap */
	size_t seen_cap;
	uint32_t turn;
};
#define GRAMS_INIT { NULL, 0, 0, NULL, 0, 0 }

/* Finds the n-grams of TEXT; what G held is gone. */
void grams_find(struct grams *g, const struct gram_setting *set, const char *text,
    size_t len);
void grams_release(struct grams *g);

#endif
