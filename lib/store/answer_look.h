/* answer_look - what the knowledge base says to questions, for people and for pipes. */
#ifndef CSR_ANSWER_LOOK_H
#define CSR_ANSWER_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/knowledge.h"

struct answer_look {
	int64_t now, top;
	bool search;		/* for our people: scripts and offers too */
	bool people;		/* lines to read, not JSON */
	struct labels labels;	/* of who asks */
	void (*complain)(const struct err *e);
	void (*flush)(struct buf *out);
	size_t refused;		/* out */
};

/* Asks the words of ARGV as one question or, without any, each line of stdin: a record
 * with "text" (and class.area), or the line itself. */
int answer_look_run(struct answer_look *l, struct knowledge *k, int argc, char **argv,
    struct err *e);

#endif
