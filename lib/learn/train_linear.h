/* train_linear - the door to liblinear: one linear function that tells yes from no.
 *
 * L2-regularised support vector machine with squared hinge loss, solved in the dual
 * (Hsieh et al. 2008).  The same numbers and seed give the same function.
 */
#ifndef CSR_TRAIN_LINEAR_H
#define CSR_TRAIN_LINEAR_H

#include <stddef.h>
#include <stdint.h>

struct linear;

/* N samples; sample i has the features feature[first[i]] to feature[first[i + 1] - 1],
 * numbers below N_FEATURES in rising order; each has the value norm[i]. Arrays are borrowed. */
struct linear *linear_new(size_t n, const size_t *first, const uint32_t *feature,
    const float *norm, size_t n_features);
/* Separates samples with yes[i] from the others (there are both), features multiplied by
 * SCALE (NULL: 1) for it.  Fills W, n_features weights of the features themselves; returns
 * the constant. */
double linear_fit(struct linear *l, const float *scale, const unsigned char *yes, double cost,
    unsigned seed, float *w);
void linear_free(struct linear *l);

#endif
