/* class_eval - measure the classifier on messages whose labels are known.
 *
 * Reads JSON Lines with "text" and, as far as known, "type", "area", ... (or the same
 * inside "class") and "entities" with "kind" and "text".
 */
#ifndef CSR_CLASS_EVAL_H
#define CSR_CLASS_EVAL_H

#include <stdbool.h>

#include "learn/score.h"
#include "store/labeller.h"
#include "stream/rec.h"

struct class_eval {
	struct labeller *l;		/* opened by the caller */
	void (*complain)(const struct err *e);
	struct buf *wrong;		/* a line of JSON per wrong message goes here, or NULL */
	struct score scores[RULES_DIMENSIONS];
	struct span_score spans;
	uint64_t n, refused;
};

/* Reads all FILES ("-" or none: stdin). 0, or -1 when an input could not be read. */
int class_eval_run(struct class_eval *ev, int argc, char **argv, struct err *e);
/* Appends one JSON object: n, per dimension accuracy and macro_f1, and the entities'
 * precision, recall and f1 (exact text and kind). */
void class_eval_print(const struct class_eval *ev, bool confusion, struct buf *out);
void class_eval_release(struct class_eval *ev);

/* {right: {given: n}} of the cases there are; yours. */
struct node *score_confusion(const struct score *s);

#endif
