/* answer_study - measuring and teaching the ranking, as csr-answer offers it. */
#ifndef CSR_ANSWER_STUDY_H
#define CSR_ANSWER_STUDY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/knowledge.h"

struct answer_study {
	bool train;		/* else measure */
	int64_t now, folds;
	const struct zone *zone;
	bool plain, errors, simple;
	const char *model;	/* the trained model goes here, NULL: nowhere */
	void (*complain)(const struct err *e);
	size_t refused;		/* out */
};

/* Appends a line of figures to OUT. 74 when the model cannot be written. */
int answer_study_run(struct answer_study *s, struct knowledge *k, int argc, char **argv,
    struct buf *out, struct err *e);

#endif
