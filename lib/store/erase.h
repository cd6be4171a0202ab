/* erase - one person out of the desk: what tells who they were goes, the figures stay.
 *
 * Four steps.  In one write transaction (erase_person): the columns of erase_tables.h in all
 * their rows; their addresses and numbers in what others wrote; then files outside: refused
 * records, saved attachments.  After the commit (erase_finish): the file is written anew and
 * the log emptied, since both remember; every file of the folder is searched for what was
 * erased; a line of proof says what was done.  Killed in between, run it again.
 */
#ifndef CSR_ERASE_H
#define CSR_ERASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/erase_needle.h"
#include "store/person.h"
#include "stream/rec.h"

struct erase {
	const struct person_ask *ask;
	const char *actor;
	bool dry_run;
	const char *const *rejects;	/* files of refused records */
	size_t n_rejects;
	const char *attachments;	/* the folder they were saved in, NULL: none */
	const char *proof;		/* the file of proofs, NULL: DB.erased.jsonl */

	struct needles needles;		/* private from here on: of all that were erased */
	struct node *proofs;		/* an array */
};

/* Within a write transaction; pushes a record of kind "erasure" for each table to OUT. */
int erase_person(struct erase *x, int64_t root, struct node *out, struct err *e);
/* After all: 75 if readers keep the old text (run it again), 1 if a file still holds
 * something of them (the message names it). */
int erase_finish(struct erase *x, struct err *e);
void erase_release(struct erase *x);

#endif
