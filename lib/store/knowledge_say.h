/* knowledge_say - suggestions and articles as records. */
#ifndef CSR_KNOWLEDGE_SAY_H
#define CSR_KNOWLEDGE_SAY_H

#include "base/buf.h"
#include "store/knowledge.h"

/* Appends a line of JSON: rank, article, title, score, like (the passage that fits best),
 * why (the words in common) and the answer, if WHOLE. */
void suggestion_print(const struct suggestion *s, size_t rank, bool whole, struct buf *out);
/* The same for people: a line or two, with the beginning of the answer. */
void suggestion_show(const struct suggestion *s, size_t rank, struct buf *out);
/* All articles of K (a database) that hold, a line of JSON each. */
int knowledge_export(struct db *db, struct buf *out, void (*flush)(struct buf *out),
    struct err *e);

#endif
