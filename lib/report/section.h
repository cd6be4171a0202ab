/* section - one report of a page: its rows, the total, figures, charts and notes.
 *
 * All of it is read in one pass over the database (two, with a comparison), in the
 * transaction of the caller, so that every number on a page is of the same moment.
 */
#ifndef CSR_SECTION_H
#define CSR_SECTION_H

#include <stdbool.h>

#include "report/chart.h"
#include "report/run.h"

struct section_args {
	const struct report *report;
	struct run_args run;		/* from_at, to_at and has_to come from the periods */
	const struct period *period;
	const struct period *before;	/* NULL: no comparison */
	const struct words *words;
	struct db *db;
	bool charts;			/* charts, figures, total and notes are wanted */
	const char *only;		/* "days,hours": only these charts; NULL: all */
};

/* A headline: a measure over all rows. */
struct figure {
	const struct field *field;
	enum figure_good good;
	double now, before, change, p;	/* NAN for nothing */
	bool tested;			/* there is a test for it; p NAN then: too few values */
	const double *days;		/* by day; NULL: not over time, or of one day */
	size_t n_days;
};

struct section {
	const struct section_args *args;
	const struct report *report;
	bool kept;			/* rows holds them; else they come by section_rows() */
	struct result rows;		/* its fields always, its rows if kept */
	struct result total;		/* one row: the measures over all; none if not grouped */
	struct chart *charts;
	size_t n_charts;
	struct figure *figures;
	size_t n_figures;
	const char **notes;
	size_t n_notes;
	const struct where *watch;	/* set before section_rows(): terms to look out for */
	size_t seen, failed;		/* rows given, and those for which the terms hold */
	struct side *now, *past;	/* private from here on; past NULL: not compared */
	struct chart_plan *plans;
	size_t n_plans;
	struct arena texts;
};

/* Reads everything but the rows of a list. ARGS is borrowed until section_release(). -1
 * with 64 or 78, or what the database says; release it then, too. */
int section_make(struct section *s, const struct section_args *args, struct err *e);
/* Gives each row, as many cells as s->rows has fields; FN returns -1 to stop. */
int section_rows(struct section *s, int (*fn)(void *ctx, const struct cell *cells,
    struct err *e), void *ctx, struct err *e);
void section_release(struct section *s);

#endif
