/* samples - texts whose labels are known, as what a model learns from.
 *
 * Pure.  Texts are taken apart at once (gram.h) and not kept; each n-gram of the whole
 * set has a number.  Start from zero but for `setting`.
 */
#ifndef CSR_SAMPLES_H
#define CSR_SAMPLES_H

#include <stdbool.h>

#include "base/map.h"
#include "learn/model.h"

struct samples {
	struct gram_setting setting;	/* to be set first */

	char *labels[MODEL_LABELS];	/* in the order of their names once sorted */
	size_t n_labels;

	size_t n;			/* samples */
	unsigned char *label;		/* per sample, a number of labels[] */
	size_t *first;			/* per sample and one more: where its n-grams begin */
	uint32_t *grams;		/* numbers of n-grams, sample by sample */

	uint32_t *hash;			/* per n-gram */
	size_t n_grams;

	/* Private. */
	struct map names;
	struct grams found;
	uint32_t *table;		/* number of an n-gram + 1, by its hash */
	size_t cap, cap_pool, cap_grams, table_cap;
};

/* Adds a folded text.  65: a label that is no name (1 to 63 bytes, no control
 * characters, not "unsure"), or one label too many. */
int samples_add(struct samples *s, const char *folded, size_t len, const char *label,
    struct err *e);
/* Puts labels in the order of their names, so that the order of the samples' first
 * appearance means nothing. */
void samples_sort(struct samples *s);
void samples_release(struct samples *s);

/* The numbers of all samples in an order that SEED decides; yours to free. */
uint32_t *samples_shuffled(const struct samples *s, uint64_t seed);
/* Fills G with the n-grams of sample I (no places in a text). */
void samples_grams(const struct samples *s, uint32_t i, struct grams *g);

#endif
