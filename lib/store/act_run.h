/* act_run - one act on many tickets: ids in, what was done out.
 *
 * Ids come as operands, and from standard input where one is "-" or there are none: a number
 * a line, or records of csr-record(5) that name a ticket.  Up to a thousand acts are one
 * transaction, printed after its commit; a live feed is stored at once.  An act that is
 * refused is named, the rest goes on.
 */
#ifndef CSR_ACT_RUN_H
#define CSR_ACT_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/act_kinds.h"

enum act_form { ACT_WORDS, ACT_JSON, ACT_IDS };

struct act_run {
	struct acting *acting;
	const struct act_kind *kind;
	struct act_options *how;
	enum act_form form;
	bool dry_run;
	void (*print)(struct buf *text);	/* what was committed; clears it */
	void (*complain)(const struct err *e);
	size_t refused;		/* out */
};

/* 0, or -1 with what ended the run. */
int act_run(struct act_run *r, int argc, char **argv, struct err *e);
/* Calls FN with each id of the operands, in the same way, without any transaction. */
int act_each_id(int argc, char **argv, bool tasks, int (*fn)(void *ctx, int64_t id,
    struct err *e), void *ctx, void (*complain)(const struct err *e), size_t *refused,
    struct err *e);

#endif
