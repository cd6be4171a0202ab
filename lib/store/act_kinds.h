/* act_kinds - the acts by their names, as csr-ticket's verbs call them.
 *
 * What an act needs beside the ticket stands in one struct; an act takes what is its own.
 */
#ifndef CSR_ACT_KINDS_H
#define CSR_ACT_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "desk/checklist.h"
#include "store/act.h"

struct act_options {
	struct act_words words;		/* reply, note, task */
	bool then_resolve, then_wait;	/* reply */
	const char *cause, *outcome;	/* resolve, close */
	const char *agent;		/* assign; NULL: nobody */
	bool nobody;
	int64_t other;			/* merge, link */
	bool force;			/* merge */
	const char *queue;		/* task */
	const char *within, *calendar;	/* as given, and what that comes to */
	int64_t within_ms;
	const struct cal *cal;
	bool waits;
	const char *failed, *skipped;	/* tick: why; both NULL: it is done */
	const char *checklist, *reason;	/* checklist */
};

struct act_kind {
	const char *name;	/* of the verb */
	/* A struct act_run's act; CTX is a struct act_options. */
	int (*act)(void *ctx, struct acting *a, int64_t id, struct acted *out, struct err *e);
	bool words;		/* takes words.text, from standard input if need be */
	bool last;		/* its last operand is no ticket: AGENT, INTO, OTHER, NAME */
	bool tasks;		/* its ids are those of tasks */
};
/* NULL if there is no such act. */
const struct act_kind *act_kind(const char *name);

/* Makes O complete from the operands: takes the last one off where it is no ticket, reads the
 * words from standard input where none are given, understands the times.  64 if something
 * is missing. */
int act_complete(const struct act_kind *k, struct act_options *o, int *argc, char **argv,
    struct err *e);

/* The checklist of checklists/NAME.conf, read once and kept; NULL with 78, or with 65 if there
 * is none. */
const struct checklist *checklist_get(const char *name, struct err *e);

#endif
