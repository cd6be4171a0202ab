/* classify - labels and entities of one message, and what they make of its ticket.
 *
 * Pure: rules (rules.h) and finders (text/finders.h) put to work together.
 */
#ifndef CSR_CLASSIFY_H
#define CSR_CLASSIFY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "desk/rules.h"
#include "text/finders.h"
#include "text/fold.h"

struct classifier {
	struct rules *rules;		/* borrowed */
	struct verdict verdict;		/* of the last message */
	struct findings found;		/* of its text, each kind and text once */
	struct fold fold;
	struct buf whole;		/* subject and text as one */
	/* Told of each folded text before rules decide: gives the shares a model has for the
	 * labels of dimensions (rules.h). NULL without a model. */
	const double *const *(*look)(void *ctx, const struct fold *text);
	void *ctx;			/* for look */
};

void classifier_init(struct classifier *c, struct rules *rules);
void classifier_release(struct classifier *c);

/* Fills c->verdict from SUBJECT (may be NULL) and TEXT, c->found from TEXT alone.
 * CHANNEL may be NULL.  -1 when a pattern ran into its limit; the rest then holds. */
int classify(struct classifier *c, const char *subject, const char *text,
    const char *channel, struct err *e);

/* The ticket's labels follow from its messages: the type that weighs most, the first
 * area that is not "other", the highest urgency, the worst sentiment.  Start from zero,
 * add the messages in their order. */
enum { CLASS_NAME_SIZE = 48 };
struct class_sum {
	char type[CLASS_NAME_SIZE], area[CLASS_NAME_SIZE];
	char urgency[CLASS_NAME_SIZE], sentiment[CLASS_NAME_SIZE];
};
/* Any of the four may be NULL. */
void class_sum_add(struct class_sum *s, const char *type, const char *area,
    const char *urgency, const char *sentiment);

#endif
