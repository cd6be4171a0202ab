/* chart - what a chart shows, apart from how it is drawn.
 *
 * A grid of numbers: series down, x across.  Text bars, SVG, the table under a chart and
 * the charts of a spreadsheet are all drawn from it.  Days and hours in which nothing was
 * are there (0 for counts, NAN for the rest); of many names the greatest are shown and it
 * is said how many are not.
 */
#ifndef CSR_CHART_H
#define CSR_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "report/period.h"
#include "report/report.h"
#include "report/result.h"
#include "report/show.h"

struct chart {
	enum chart_kind kind;
	const char *name, *title;
	const char *x_title, *series_title;	/* what x and the series are; for the table */
	struct field of;	/* how the numbers are to be read: unit, type, decimals */
	bool is_time;		/* x is days, weeks, months: in order, may be thinned */
	bool is_sum;		/* the numbers add up: parts of a whole, 0 if there is none */
	size_t nx, ns;
	const char **x;		/* names; of a heat map the columns */
	const char **tick;	/* the same, short, for an axis */
	const char **series;	/* names; of a heat map the rows */
	double *v;		/* [series * nx + x], NAN for nothing */
	double *before;		/* the same of the period before; NULL: not compared */
	double *low, *high;	/* 95 % interval round series 0; NULL: none */
	size_t more;		/* x that are not shown, since there are too many */
	size_t more_series;
	double mark[3];		/* CHART_SPREAD: p50, p90, p95 */
	double edge[24];	/* CHART_SPREAD: where the columns begin; the last has no end */
	size_t n;		/* CHART_SPREAD: values */
	struct arena texts;
};

/* Where a chart's numbers come from. */
struct chart_source {
	const struct report *report;
	const struct chart_spec *spec;
	const struct result *rows, *before;	/* before NULL: not compared */
	const size_t *x, *y;	/* columns of rows for spec->x and spec->y */
	int split;		/* the column of the series, -1 */
	int low, high;		/* columns of an interval, -1 */
	const struct measure *measures;	/* of y; NULL: y are plain columns */
	const struct period *period, *period_before;
	const struct zone *zone;
	const struct words *words;
};

/* Fills C from rows of x, split and y. */
void chart_make(struct chart *c, const struct chart_source *src);
/* The spread of N lengths of time in ms, and of those before (NULL: not compared). Sorts
 * both. */
void chart_spread(struct chart *c, const struct chart_source *src, int64_t *v, size_t n,
    int64_t *before, size_t n_before);
/* Whether there is anything to draw. */
bool chart_is_empty(const struct chart *c);
/* The axis: from *LOW, which is 0 or a round number below what is negative, to the returned
 * round number not below the greatest value (of a stack the sum of the series), with a line
 * every *STEP. */
double chart_range(const struct chart *c, double *low, double *step);
void chart_release(struct chart *c);

/* For chart.c: the values x can have in a period, in order, as cells of FIELD; texts in A.
 * NULL if they are not known before: then it is what the rows have. */
struct cell *chart_axis(const struct chart_source *src, size_t field, struct arena *a,
    size_t *n);
/* A short name for X of FIELD: "10-03" for a day. */
const char *chart_tick(const struct chart_source *src, size_t field, const struct cell *x,
    struct arena *a);

#endif
