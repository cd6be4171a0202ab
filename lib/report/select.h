/* select - the SELECT of a report that answers what is asked; for lib/report/run.c */
#ifndef CSR_SELECT_H
#define CSR_SELECT_H

#include <stdbool.h>

#include "report/run.h"

struct select {
	const struct report *r;
	struct stmt *s;
	int *col;		/* per column of the report: its place in the row, -1 none */
	int quarter;		/* the place of "quarter_at", -1 none */
};

/* Prepares the first SELECT of R that gives all columns that are needed. 78. */
int select_choose(struct select *q, const struct report *r, const bool *needs, struct db *db,
    struct err *e);
/* Binds :from_at :to_at :whole_from_at :whole_to_at :now_at :as_of_at and the report's
 * options. 64 for a bad --set. */
int select_bind(struct select *q, const struct run_args *a, struct err *e);
/* The cell of a needed column in the present row; text borrowed until the next step. */
struct cell select_cell(const struct select *q, size_t field);
/* What day, week and hour are of: the time column, or the beginning of its quarter of an
 * hour, which every zone in use keeps whole. */
struct cell select_time(const struct select *q);
void select_release(struct select *q);

#endif
