/* class_explain - in words: how the labels of one message came about. */
#ifndef CSR_CLASS_EXPLAIN_H
#define CSR_CLASS_EXPLAIN_H

#include "desk/classify.h"
#include "store/models.h"

/* Calls FN with a line per dimension: the label and its score, each rule that held with its
 * weight, then the model's share of the label and the n-grams that spoke most for it. */
void class_explain(const struct classifier *c, const struct models *ms,
    void (*fn)(void *ctx, const char *line), void *ctx);

#endif
