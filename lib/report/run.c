/* run - a report run over a database */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/daypart.h"
#include "report/run.h"
#include "report/select.h"
#include "time/calendar.h"

struct run {
	const struct report *r;
	const struct run_args *a;
	struct db *db;
	struct select select;
	struct where where;
	bool grouped;
	size_t *by;
	size_t n_by;
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
	for (i = 0; i < r->n_measures; i++)
		run->out[run->n_out++] = r->measures[i].out;
	for (i = 0; i < r->n && !run->grouped; i++)
		if (r->origins[i].kind == FROM_SELECT || is_between(&r->origins[i]))
			add_out(run, i);
}

/* What must be known of a row: what is printed, measured, asked for, and what that is
 * made of, which is declared before it. */
static void
plan_needs(struct run *run)
{
	const struct report *r = run->r;
	size_t i;

	run->needs = xcalloc(r->n, sizeof(*run->needs));
	for (i = 0; i < run->n_by; i++)
		run->needs[run->by[i]] = true;
	for (i = 0; i < r->n_measures; i++)
		run->needs[r->measures[i].field] = run->needs[r->measures[i].other] = true;
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
	if (read_args(run, e) == 0) {
		plan_output(run);
		plan_needs(run);
		if (load_calendar(run, e) == 0 &&
		    select_choose(&run->select, r, run->needs, db, e) == 0 &&
		    select_bind(&run->select, a, e) == 0)
			return run;
	}
	run_free(run);
	return NULL;
}

const struct field *
run_fields(const struct run *run, size_t *n)
{
	*n = run->n_out;
	return run->out;
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
grouped_rows(struct run *run, row_fn *fn, void *ctx, struct err *e)
{
	struct group *g = group_new(run->by, run->n_by, run->r->measures, run->r->n_measures);
	int got;

	while ((got = next_row(run, e)) > 0)
		group_add(g, run->cells);
	if (got == 0)
		got = group_each(g, fn, ctx, e);
	group_free(g);
	return got;
}

int
run_rows(struct run *run, row_fn *fn, void *ctx, struct err *e)
{
	int got;

	if (db_begin_read(run->db, e) < 0)
		return -1;
	got = run->grouped ? grouped_rows(run, fn, ctx, e) : plain_rows(run, fn, ctx, e);
	stmt_reset(run->select.s);
	db_rollback(run->db);
	return got;
}

void
run_free(struct run *run)
{
	if (run == NULL)
		return;
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
