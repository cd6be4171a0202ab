/* cues - what a text is found by.
 *
 * Chinese and the like count by character and by pair of neighbours, no dictionary needed;
 * other writing counts by word and by the four-letter pieces of words, so that endings cost
 * little; a word nobody else uses counts as the words it is one letter away from.  Groups
 * of synonyms are cues of their own.  Texts are folded (fold.h): case, width and
 * traditional characters make no difference.
 */
#ifndef CSR_CUES_H
#define CSR_CUES_H

#include <stddef.h>
#include <stdint.h>

#include "text/words.h"

enum cue_class { CUE_CHAR, CUE_PAIR, CUE_WORD, CUE_PIECE, CUE_SYNONYM, CUE_NEAR,
	CUE_CLASSES };

struct cue {
	int64_t id;		/* a hash, positive */
	float weight;		/* of its class; idf comes on top */
	uint16_t times;		/* how often */
	uint8_t class;		/* enum cue_class */
	uint32_t at, len;	/* bytes of the folded text, where first */
};

struct cues {
	struct cue *v;		/* by id, each once */
	size_t n, cap;
	float len;		/* sum of weight x times */
	const struct words *synonyms;	/* hits' ids are groups; NULL: none */
};
#define CUES_INIT { NULL, 0, 0, 0, NULL }

/* The cues of a folded text; what T held is gone.  Texts over 4,096 characters are cut. */
void cues_read(struct cues *t, const char *folded, size_t len);
/* Only pairs, words and synonyms: enough for long texts. */
void cues_read_long(struct cues *t, const char *folded, size_t len);
/* What a term of CLASS (enum cue_class) counts, before its idf. */
float cues_weight(unsigned class);
void cues_release(struct cues *t);

#endif
