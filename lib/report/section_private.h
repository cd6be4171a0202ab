/* section_private - how a section is read; for lib/report/section*.c */
#ifndef CSR_SECTION_PRIVATE_H
#define CSR_SECTION_PRIVATE_H

#include "report/section.h"

/* The report over one period. */
struct side {
	struct run_args args;
	const struct period *period;
	int64_t n_days, first_day;
	struct run *run;
	struct group *rows, *total;
	struct measure *counts;		/* those measures that are counts */
	size_t *by_day;			/* what the rows are by, and the day */
	struct group *rows_daily, *total_daily;	/* the counts of rows and total by day */
	struct measure *figures;	/* the headlines */
	struct group *spark;		/* the headlines by day */
};

/* A chart to be made, and the groups it is made from. */
struct chart_plan {
	struct chart_spec spec;
	struct measure *m;		/* what it shows, then the ends of an interval if any */
	size_t n_m;
	size_t by[3], n_by;		/* columns: x, then the series */
	size_t x[2], *y;		/* places in a row of the groups or the list */
	int split, low, high;
	const char *title;		/* NULL: the spec's */
	struct group *now, *past;	/* NULL: from the rows themselves */
};

/* The charts the report declares and the one of what it is grouped by ("by"), or those that
 * args->only names, in that order. 64 for one that is not there. */
int section_plan(struct section *s, struct err *e);
/* Adds their groupings to the run of SIDE. */
void section_plan_cuts(struct section *s, const struct side *side, bool is_past);
void section_draw(struct section *s);
void section_plan_release(struct section *s);

/* The headlines, from the total and the days. */
void section_figures(struct section *s);
/* The notes of the report with the figures in them. */
void section_notes(struct section *s);

/* All groups of G as rows of T, which gets the fields BY and those of the measures. */
void section_result(struct result *t, struct group *g, const struct report *r,
    const size_t *by, size_t n_by, const struct measure *m, size_t n);

#endif
