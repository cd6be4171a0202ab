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
#include "report/lang.h"

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

/* A word of the header in one language: "title", "about", "note", or the name of a column,
 * measure, option or chart. */
struct report_word {
	enum lang lang;
	const char *name, *text;
	const char *about;	/* of a column or measure: one sentence, NULL for none */
};

enum chart_kind {
	CHART_LINE,	/* y over time */
	CHART_BAR,	/* y of each x, lying */
	CHART_STACK,	/* y of each x, standing, the parts upon one another */
	CHART_HEAT,	/* y in a grid of two x */
	CHART_SPREAD,	/* how the lengths of time x are spread */
	CHART_FUNNEL	/* one y after the other, each of those before */
};

struct chart_spec {
	const char *name;	/* also the name of its title */
	enum chart_kind kind;
	size_t x[2];		/* columns */
	size_t n_x;
	size_t *y;		/* measures; of a report without measures columns */
	size_t n_y;
	int split;		/* the column whose values are the series, -1: the y are */
};

/* A headline: a measure that is shown large, and which way is good. */
enum figure_good { GOOD_MORE, GOOD_LESS, GOOD_NEITHER };

struct figure_spec {
	size_t measure;
	enum figure_good good;
};

struct report {
	char *name;		/* "response" */
	char *path;
	char *text;		/* the file */
	struct field *fields;	/* the columns; those made of time behind the time: line */
	struct origin *origins;	/* one a field */
	size_t n;
	struct measure *measures;
	size_t n_measures;	/* 0: rows are printed as they come */
	int time;		/* the column of --from, --to and day ..., -1: none */
	bool is_moment;		/* it shows the end of the range, which has no beginning */
	const char *by;		/* "channel,queue": how it groups if not told */
	struct report_option *options;
	size_t n_options;
	struct report_word *words;
	size_t n_words;
	struct chart_spec *charts;
	size_t n_charts;
	struct figure_spec *figures;
	size_t n_figures;
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

/* What the header says of NAME ("title", "about", a column ...) in LANG; NULL if nothing.
 * Borrowed from R. */
const struct report_word *report_word(const struct report *r, enum lang lang,
    const char *name);
/* Its text in LANG, else in the other language, else "". */
const char *report_says(const struct report *r, enum lang lang, const char *name);
/* The measure NAME; -1 if there is none. */
int report_measure(const struct report *r, const char *name, size_t len);

#endif
