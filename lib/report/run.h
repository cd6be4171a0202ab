/* run - a report run over a database.
 *
 * Reads in one transaction, so all figures are of one moment.  Rows pass one by one;
 * what grows is groups and, for exact percentiles, the values measured.
 */
#ifndef CSR_REPORT_RUN_H
#define CSR_REPORT_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "report/report.h"
#include "report/where.h"
#include "store/db.h"
#include "time/zone.h"

/* What the user asks of it. */
struct run_args {
	const char *by;			/* "channel,day"; "" one group; NULL the report's own */
	const char *const *where;	/* texts of terms, all must hold */
	size_t n_where;
	const char *const *set;		/* "NAME=VALUE" for the report's options */
	size_t n_set;
	int64_t from_at, to_at;		/* the time column's range [from, to) */
	bool has_to;			/* to_at was given: backlogs are of that moment */
	int64_t now_at;
	const char *calendar;		/* working time counts by it */
	const struct zone *zone;	/* of days and hours */
};

struct run;

/* Reads the arguments and finds the SELECT that answers them. R, A and DB are borrowed
 * until run_free().  NULL with 64 for what A has wrong, 78 for what R has. */
struct run *run_new(const struct report *r, const struct run_args *a, struct db *db,
    struct err *e);
/* What comes out: the columns of a row. */
const struct field *run_fields(const struct run *run, size_t *n);
/* Gives each row of the result, cells borrowed during the call; FN returns -1 to stop. */
int run_rows(struct run *run, int (*fn)(void *ctx, const struct cell *cells, struct err *e),
    void *ctx, struct err *e);
void run_free(struct run *run);

#endif
