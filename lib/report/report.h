/* report - a report's definition: an SQL file with a header, csr-reports(5).
 *
 * The header declares what the SELECT gives and what is made of it; the file holds one
 * SELECT, or several that give some of the columns each, cheapest first: the first one
 * that gives all that is asked for is run, so that a question about channels does not
 * pay for the join with customers.  Here the file is only read; run.h runs it.
 */
#ifndef CSR_REPORT_H
#define CSR_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "report/field.h"
#include "report/group.h"

/* Where a column's cells come from. */
enum origin_kind {
	FROM_SELECT,	/* the SELECT gives it */
	FROM_HIDDEN,	/* the SELECT gives it, for the columns below */
	FROM_SPAN,	/* clock time between two columns of the SELECT */
	FROM_WORK,	/* working time between them */
	FROM_TIME	/* a part of the time column: day, week, month, hour, weekday */
};

enum time_part { PART_DAY, PART_WEEK, PART_MONTH, PART_HOUR, PART_WEEKDAY, TIME_PARTS };

struct origin {
	enum origin_kind kind;
	size_t from, to;	/* FROM_SPAN, FROM_WORK: the two columns */
	enum time_part part;	/* FROM_TIME */
};

struct report_option {
	const char *name;	/* bound as :NAME */
	const char *value;	/* the default, "" for null; a run may set another */
	const char *about;
};

struct report {
	char *name;		/* "response" */
	char *path;
	char *text;		/* the file */
	const char *title, *about;	/* "" if not given */
	struct field *fields;	/* the columns, those made of time last */
	struct origin *origins;	/* one a field */
	size_t n;
	struct measure *measures;
	size_t n_measures;	/* 0: rows are printed as they come */
	int time;		/* the column of --from, --to and day ..., -1: none */
	const char *by;		/* "channel,queue": how it groups if not told */
	struct report_option *options;
	size_t n_options;
	const char **selects;
	size_t n_selects;
	struct arena texts;
};

/* The report NAME, as reports/NAME.sql.  NULL with 64 if there is none of this name, 78
 * with "file:line: ..." if its header is wrong.  Yours to report_free(). */
struct report *report_load(const char *name, struct err *e);
/* The same from a file. */
struct report *report_read(const char *path, struct err *e);
void report_free(struct report *r);

#endif
