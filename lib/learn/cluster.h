/* cluster - texts that say the same, put together.
 *
 * One pass in the order given: a text joins the cluster whose first text it is most like
 * (cosine of idf-weighted cues), if it is like it at all, else it begins one.  The same
 * texts in the same order give the same clusters.  Pure.
 */
#ifndef CSR_CLUSTER_H
#define CSR_CLUSTER_H

#include <stddef.h>
#include <stdint.h>

#include "text/words.h"

/* Fills OF (n of them) with the number of each text's cluster, counted from 0 in the order
 * of their first texts.  Texts are folded; SYNONYMS may be NULL; ALIKE is the least cosine
 * (0.5, say).  Returns how many clusters there are. */
size_t cluster(const char *const *texts, size_t n, const struct words *synonyms, double alike,
    uint32_t *of);

#endif
