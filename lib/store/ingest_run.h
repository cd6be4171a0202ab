/* ingest_run - sources into the database, batch by batch, and out again as records.
 *
 * A batch ends when it is full or no more input waits; it is stored in one transaction,
 * committed, and only then printed.  While one is stored the next is read.  Without a
 * database (`in` NULL) the records are only brought into the normal form.
 */
#ifndef CSR_INGEST_RUN_H
#define CSR_INGEST_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "intake/intake.h"
#include "store/ingest.h"
#include "store/place.h"

struct ingest_counts {
	uint64_t read, stored, known, refused, passed;	/* records */
	uint64_t lost;		/* sources that could not be read */
	uint64_t tickets, customers;	/* made */
	struct map reasons;	/* why refused, without what tells records apart -> how many */
};

/* What a followed file asks for beside being read; all may be NULL. */
struct ingest_follow {
	/* How far SRC was read, WHOLE to its end, to be stored with the batch; false: that
	 * is not to be remembered. */
	bool (*mark)(void *ctx, const struct intake *src, bool whole, struct place *p);
	/* All is stored and printed: waits until there is more. */
	int (*wait)(void *ctx, struct err *e);
	void *ctx;
};

struct ingest_run {
	struct ingest *in;	/* NULL: a pure filter */
	struct intake_opts opts;	/* dry and ctx are set here */
	bool quiet;		/* print no records */
	bool rehearse;		/* print what would be done instead (store/rehearsal.h) */
	void (*complain)(const struct err *e);	/* names what is refused, and lost sources */
	const char *rejects;	/* path or NULL */
	struct ingest_counts counts;	/* out */
	int lost;		/* out: why the first source was lost (66, 65, 74 ...), 0 none */
	struct run *run;	/* private */
};

/* Reads all FILES (none: stdin): what the calls below do one by one.  0; -1 with what
 * ended the run. */
int ingest_run(struct ingest_run *r, int argc, char **argv, struct err *e);
/* What a run deserves that was not ended: R->lost, 65 if records were refused, else 0. */
int ingest_run_status(const struct ingest_run *r);
void ingest_run_release(struct ingest_run *r);	/* its counts */

/* Before the first source, and after the last: 0, or -1 with what ended the run. */
int ingest_run_open(struct ingest_run *r, struct err *e);
int ingest_run_close(struct ingest_run *r, struct err *e);
/* Reads one source to its end: PATH, NULL or "-" for stdin.  One that cannot be opened or
 * read is named and counts as lost; what was read of it is kept.  -1: the run is over, for
 * nothing can be stored or printed. */
int ingest_run_source(struct ingest_run *r, const char *path, struct err *e);
/* The same for FD, its own from now on, as the file NAME, from FROM on (NULL: the begin). */
int ingest_run_attach(struct ingest_run *r, int fd, const char *name,
    const struct intake_place *from, const struct ingest_follow *follow, struct err *e);
/* Waits for what is being stored beside: the database is the caller's until the next
 * source. */
int ingest_run_settle(struct ingest_run *r, struct err *e);
/* Stores and prints all that was read so far. */
int ingest_run_flush(struct ingest_run *r, struct err *e);

#endif
