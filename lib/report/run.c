/* run - a report run over a database */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/daypart.h"
#include "report/run.h"
#include "report/select.h"
#include "time/calendar.h"

struct cut {
	const size_t *by;
	size_t n_by;
	const struct measure *m;
	size_t n;
	struct group *g;
};

struct run {
	const struct report *r;
	const struct run_args *a;
	struct db *db;
	struct select select;
	struct where where;
	bool grouped;
	size_t *by;
	size_t n_by;
	struct measure *measures;	/* of the report those that are shown */
	size_t n_measures;
	struct cut *cuts;		/* the first one is the result */
	size_t n_cuts;
	bool *needs;			/* per field of the report */
	size_t *made;			/* the fields needed, in order */
	size_t n_made;
	struct field *out;
	size_t n_out;
	size_t *shown;			/* not grouped: the fields that are printed */
	struct cell *cells, *row;	/* per field; per printed field */
	const struct cal *cal;
	struct daypart days;
};

/* Reading the arguments */

/* "channel,queue" into fields. */
static int
read_by(struct run *run, const char *by, struct err *e)
{
	const struct report *r = run->r;

	run->by = xcalloc(strlen(by) + 1, sizeof(*run->by));
	while (*by != '\0') {
		size_t len = strcspn(by, ",");
		int i = field_find(r->fields, r->n, by, len);

		if (i < 0 || r->origins[i].kind == FROM_HIDDEN)
			return field_unknown(r->fields, r->n, "--by", by, len, e);
		run->by[run->n_by++] = (size_t)i;
		by += len + (by[len] == ',');
	}
	return 0;
}

static int
read_args(struct run *run, struct err *e)
{
	const struct report *r = run->r;
	const struct run_args *a = run->a;
	size_t i;

	run->grouped = r->n_measures > 0;
	if (!run->grouped && a->by != NULL)
		return err_set(e, ERR_USAGE, "--by: %s has one row for each thing; it cannot "
		    "be grouped", r->name);
	if (read_by(run, a->by ? a->by : r->by, e) < 0)
		return -1;
	for (i = 0; i < a->n_where; i++)
		if (where_add(&run->where, "--where", a->where[i], r->fields, r->n, a->zone,
		    e) < 0)
			return -1;
	return 0;
}

static bool
is_between(const struct origin *o)
{
	return o->kind == FROM_SPAN || o->kind == FROM_WORK;
}

/* How many there are is the same by every clock. */
static void
choose_measures(struct run *run)
{
	const struct report *r = run->r;
	size_t i;

	run->measures = xcalloc(r->n_measures + 1, sizeof(*run->measures));
	for (i = 0; i < r->n_measures; i++)
		if (time_measure(r, run->a->time, i) == &r->measures[i])
			run->measures[run->n_measures++] = r->measures[i];
}

static void
add_out(struct run *run, size_t field)
{
	run->shown[run->n_out] = field;
	run->out[run->n_out++] = run->r->fields[field];
}

static void
plan_output(struct run *run)
{
	const struct report *r = run->r;
	size_t i, most = r->n + r->n_measures + run->n_by + 1;

	run->out = xcalloc(most, sizeof(*run->out));
	run->row = xcalloc(most, sizeof(*run->row));
	run->shown = xcalloc(most, sizeof(*run->shown));
	run->cells = xcalloc(r->n, sizeof(*run->cells));
	for (i = 0; i < run->n_by && run->grouped; i++)
		add_out(run, run->by[i]);
	for (i = 0; i < run->n_measures; i++)
		run->out[run->n_out++] = run->measures[i].out;
	for (i = 0; i < r->n && !run->grouped; i++)
		if (r->origins[i].kind == FROM_SELECT ||
		    (is_between(&r->origins[i]) && time_shows(r, run->a->time, i)))
			add_out(run, i);
}

/* What must be known of a row: what is printed, measured, asked for, and what that is
 * made of, which is declared before it. */
static void
plan_needs(struct run *run)
{
	const struct report *r = run->r;
	size_t i, c;

	run->needs = xcalloc(r->n, sizeof(*run->needs));
	for (c = 0; c < run->n_cuts; c++) {
		const struct cut *cut = &run->cuts[c];

		for (i = 0; i < cut->n_by; i++)
			run->needs[cut->by[i]] = true;
		for (i = 0; i < cut->n; i++)
			run->needs[cut->m[i].field] = run->needs[cut->m[i].other] = true;
	}
	for (i = 0; i < run->n_out && !run->grouped; i++)
		run->needs[run->shown[i]] = true;
	for (i = r->n; i-- > 0;) {
		run->needs[i] |= where_uses(&run->where, i);
		if (run->needs[i] && is_between(&r->origins[i]))
			run->needs[r->origins[i].from] = run->needs[r->origins[i].to] = true;
	}
	run->made = xcalloc(r->n, sizeof(*run->made));
	for (i = 0; i < r->n; i++)
		if (run->needs[i])
			run->made[run->n_made++] = i;
}

static int
load_calendar(struct run *run, struct err *e)
{
	size_t i;

	for (i = 0; i < run->r->n; i++)
		if (run->needs[i] && run->r->origins[i].kind == FROM_WORK)
			break;
	if (i == run->r->n)
		return 0;
	run->cal = cal_get(run->a->calendar, e);
	return run->cal != NULL ? 0 : -1;
}

struct run *
run_new(const struct report *r, const struct run_args *a, struct db *db, struct err *e)
{
	struct run *run = xcalloc(1, sizeof(*run));

	run->r = r;
	run->a = a;
	run->db = db;
	daypart_init(&run->days, a->zone);
	if (read_args(run, e) < 0) {
		run_free(run);
		return NULL;
	}
	choose_measures(run);
	plan_output(run);
	if (run->grouped)
		run_cut(run, run->by, run->n_by, run->measures, run->n_measures);
	return run;
}

struct group *
run_cut(struct run *run, const size_t *by, size_t n_by, const struct measure *m, size_t n)
{
	struct group *g = group_new(by, n_by, m, n);

	run->cuts = xrealloc(run->cuts, (run->n_cuts + 1) * sizeof(*run->cuts));
	run->cuts[run->n_cuts++] = (struct cut){ by, n_by, m, n, g };
	return g;
}

void
run_keep(struct run *run)
{
	group_keep(run->cuts[0].g);
}

int
run_ready(struct run *run, struct err *e)
{
	plan_needs(run);
	return load_calendar(run, e) < 0 ||
	    select_choose(&run->select, run->r, run->needs, run->db, e) < 0 ||
	    select_bind(&run->select, run->a, e) < 0 ? -1 : 0;
}

const struct field *
run_fields(const struct run *run, size_t *n)
{
	*n = run->n_out;
	return run->out;
}

size_t
run_by(const struct run *run, const size_t **fields)
{
	*fields = run->by;
	return run->grouped ? run->n_by : 0;
}

const struct measure *
run_measures(const struct run *run, size_t *n)
{
	*n = run->n_measures;
	return run->measures;
}

/* Rows */

static struct cell
make(struct run *run, size_t field)
{
	const struct origin *o = &run->r->origins[field];
	const struct cell *from = &run->cells[o->from], *to = &run->cells[o->to];
	struct cell at;

	switch (o->kind) {
	case FROM_SPAN:
	case FROM_WORK:
		if (from->kind == CELL_NULL || to->kind == CELL_NULL)
			return cell_null();
		if (o->kind == FROM_SPAN)
			return cell_int(to->u.n - from->u.n);
		return cell_int(cal_work_ms(run->cal, from->u.n, to->u.n));
	case FROM_TIME:
		at = select_time(&run->select);
		if (at.kind == CELL_NULL)
			return cell_null();
		return daypart_of(&run->days, o->part, at.u.n);
	default:
		return select_cell(&run->select, field);
	}
}

/* The next row that fits, into run->cells: 1, 0 at the end, -1. */
static int
next_row(struct run *run, struct err *e)
{
	size_t i;
	int got;

	while ((got = stmt_step(run->select.s, e)) > 0) {
		for (i = 0; i < run->n_made; i++)
			run->cells[run->made[i]] = make(run, run->made[i]);
		if (where_holds(&run->where, run->cells))
			return 1;
	}
	return got;
}

typedef int row_fn(void *ctx, const struct cell *cells, struct err *e);

static int
plain_rows(struct run *run, row_fn *fn, void *ctx, struct err *e)
{
	size_t i;
	int got;

	while ((got = next_row(run, e)) > 0) {
		for (i = 0; i < run->n_out; i++)
			run->row[i] = run->cells[run->shown[i]];
		if (fn(ctx, run->row, e) < 0)
			return -1;
	}
	return got;
}

static int
read_groups(struct run *run, struct err *e)
{
	size_t c;
	int got;

	while ((got = next_row(run, e)) > 0)
		for (c = 0; c < run->n_cuts; c++)
			group_add(run->cuts[c].g, run->cells);
	return got;
}

/* All that is read is of one moment, that of the caller's transaction if there is one. */
static int
in_transaction(struct run *run, row_fn *fn, void *ctx, struct err *e)
{
	bool own = !db_in_transaction(run->db);
	int got;

	if (own && db_begin_read(run->db, e) < 0)
		return -1;
	got = run->grouped ? read_groups(run, e) : plain_rows(run, fn, ctx, e);
	stmt_reset(run->select.s);
	if (own)
		db_rollback(run->db);
	return got;
}

int
run_rows(struct run *run, row_fn *fn, void *ctx, struct err *e)
{
	if (in_transaction(run, fn, ctx, e) < 0)
		return -1;
	return run->grouped ? group_each(run->cuts[0].g, fn, ctx, e) : 0;
}

struct group *
run_read(struct run *run, struct err *e)
{
	return in_transaction(run, NULL, NULL, e) < 0 ? NULL : run->cuts[0].g;
}

void
run_free(struct run *run)
{
	size_t i;

	if (run == NULL)
		return;
	for (i = 0; i < run->n_cuts; i++)
		group_free(run->cuts[i].g);
	free(run->cuts);
	free(run->measures);
	select_release(&run->select);
	where_release(&run->where);
	free(run->by);
	free(run->needs);
	free(run->made);
	free(run->out);
	free(run->shown);
	free(run->row);
	free(run->cells);
	free(run);
}
