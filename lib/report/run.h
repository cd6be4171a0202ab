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
#include "report/timekind.h"
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
	enum time_kind time;
	const struct zone *zone;	/* of days and hours */
};

struct run;

/* Reads the arguments. R, A and DB are borrowed until run_free().  NULL with 64 for what
 * A has wrong. */
struct run *run_new(const struct report *r, const struct run_args *a, struct db *db,
    struct err *e);
/* What comes out: the columns of a row. */
const struct field *run_fields(const struct run *run, size_t *n);
/* Of these the first ones are what it is grouped by; 0 if it is not grouped. */
size_t run_by(const struct run *run, const size_t **fields);
/* The measures shown, behind them. */
const struct measure *run_measures(const struct run *run, size_t *n);

/* One more grouping of the same rows by the columns BY, which measures M (both borrowed).
 * Before run_ready(); yours to ask after run_read(), freed with RUN. */
struct group *run_cut(struct run *run, const size_t *by, size_t n_by,
    const struct measure *m, size_t n);

/* Keep all values of the result's groups, for tests; before run_ready(). */
void run_keep(struct run *run);

/* Finds the SELECT that answers all this. 78 if the report has none. */
int run_ready(struct run *run, struct err *e);
/* Gives each row of the result, cells borrowed during the call; FN returns -1 to stop.
 * In the transaction of the caller, or else in one of its own. */
int run_rows(struct run *run, int (*fn)(void *ctx, const struct cell *cells, struct err *e),
    void *ctx, struct err *e);
/* Reads all rows into the groups and returns the one of the result; NULL with *e set. For
 * reports with measures. */
struct group *run_read(struct run *run, struct err *e);
void run_free(struct run *run);

#endif
