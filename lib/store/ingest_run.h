/* ingest_run - whole sources into the database, batch by batch, and out again as records.
 *
 * A batch ends when it is full or no more input waits; it is stored in one transaction,
 * committed, and only then printed.  Without a database (`in` NULL) the records are only
 * brought into the normal form.
 */
#ifndef CSR_INGEST_RUN_H
#define CSR_INGEST_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "intake/intake.h"
#include "store/ingest.h"
#include "stream/jsonl.h"

struct ingest_counts {
	uint64_t read, stored, known, refused, passed;	/* records */
	uint64_t tickets;	/* opened */
};

struct ingest_run {
	struct ingest *in;	/* NULL: a pure filter */
	struct intake_opts opts;	/* dry and ctx are set here */
	bool quiet;		/* print no records */
	void (*complain)(const struct err *e);	/* names a refused record */
	const char *rejects;	/* path or NULL */
	struct ingest_counts counts;	/* out */
};

/* Runs over all FILES (none: stdin).  0, or -1 with what ended the run. A file that
 * cannot be opened ends it with 66, a source no reader knows with 65. */
int ingest_run(struct ingest_run *r, int argc, char **argv, struct err *e);

#endif
