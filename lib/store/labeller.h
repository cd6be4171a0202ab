/* labeller - rules and models of this desk, ready to label messages. */
#ifndef CSR_LABELLER_H
#define CSR_LABELLER_H

#include "desk/classify.h"
#include "store/models.h"

struct labeller {
	struct rules *rules;
	struct classifier c;		/* c.verdict: of the last message */
	struct models models;
};

/* Loads all rules, the models NAMED and, if SHIPPED, those installed.  THRESHOLD below 0:
 * each model's own.  L stays where it is.  66 or 78. */
int labeller_open(struct labeller *l, const struct opt_list *named, bool shipped,
    double threshold, struct err *e);
/* As classify(), models included. */
int labeller_label(struct labeller *l, const char *subject, const char *text,
    const char *channel, struct err *e);
void labeller_close(struct labeller *l);

#endif
