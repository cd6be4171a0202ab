/* section - one report of a page: its rows, the total, figures, charts and notes */
#include <stdlib.h>
#include <string.h>

#include "report/compare.h"
#include "report/section_private.h"

void
section_result(struct result *t, struct group *g, const struct report *r, const size_t *by,
    size_t n_by, const struct measure *m, size_t n)
{
	struct cell *row = xcalloc(n_by + n + 1, sizeof(*row));
	size_t i, k;

	for (i = 0; i < n_by; i++)
		result_field(t, &r->fields[by[i]]);
	for (k = 0; k < n; k++)
		result_field(t, &m[k].out);
	t->n_by = n_by;
	for (i = 0; i < group_len(g); i++) {
		memcpy(row, group_key(g, i), n_by * sizeof(*row));
		for (k = 0; k < n; k++)
			row[n_by + k] = group_value(g, i, k);
		result_add(t, row);
	}
	free(row);
}

/* Days of two periods have nothing in common. */
static int
check_by(const struct section *s, struct err *e)
{
	const struct report *r = s->report;
	const size_t *by;
	size_t i, n = run_by(s->now->run, &by);

	for (i = 0; i < n; i++)
		if (r->origins[by[i]].kind == FROM_TIME && r->origins[by[i]].part <= PART_MONTH)
			return err_set(e, ERR_USAGE, "--compare: a %s has none before it to be "
			    "compared with; group by hour, weekday or something else",
			    r->fields[by[i]].name);
	return 0;
}

static int64_t
days_of(const struct period *p, const struct run_args *a)
{
	struct period closed = *p;

	if (closed.to_at == INT64_MAX)
		closed.to_at = a->now_at + 1;
	return closed.from_at == INT64_MIN || closed.from_at >= closed.to_at ? 1 :
	    period_days(&closed, a->zone);
}

static int
open_side(struct section *s, struct side **out, const struct period *p, struct err *e)
{
	struct side *side = *out = xcalloc(1, sizeof(*side));

	side->args = s->args->run;
	side->args.from_at = s->report->is_moment ? INT64_MIN : p->from_at;
	side->args.to_at = p->to_at;
	side->args.has_to = p->has_to;
	side->period = p;
	side->n_days = days_of(p, &side->args);
	if (p->from_at != INT64_MIN)
		side->first_day = period_first_day(p, side->args.zone);
	side->run = run_new(s->report, &side->args, s->args->db, e);
	return side->run != NULL ? 0 : -1;
}

static size_t
day_of(const struct report *r)
{
	return (size_t)field_find(r->fields, r->n, "day", 3);
}

/* The daily counts of the rows and of all, to know how much days scatter. */
static void
cut_counts(struct section *s, struct side *side)
{
	const struct measure *m;
	const size_t *by;
	size_t n, n_by = run_by(side->run, &by), n_counts;

	m = run_measures(side->run, &n);
	side->counts = compare_counts(m, n, &n_counts);
	side->by_day = xcalloc(n_by + 1, sizeof(*side->by_day));
	if (n_by > 0)
		memcpy(side->by_day, by, n_by * sizeof(*by));
	side->by_day[n_by] = day_of(s->report);
	side->rows_daily = run_cut(side->run, side->by_day, n_by + 1, side->counts, n_counts);
	side->total_daily = run_cut(side->run, side->by_day + n_by, 1, side->counts, n_counts);
}

static void
cut_figures(struct section *s, struct side *side)
{
	const struct report *r = s->report;
	const size_t *by;
	size_t i, n = 0, n_by = run_by(side->run, &by);

	side->figures = xcalloc(r->n_figures + 1, sizeof(*side->figures));
	for (i = 0; i < r->n_figures; i++) {
		const struct measure *m = time_measure(r, side->args.time, r->figures[i].measure);

		if (m != NULL)
			side->figures[n++] = *m;
	}
	if (side->by_day == NULL) {
		side->by_day = xcalloc(n_by + 1, sizeof(*side->by_day));
		side->by_day[n_by] = day_of(r);
	}
	side->spark = run_cut(side->run, side->by_day + n_by, 1, side->figures, n);
}

/* Everything that is to be known beside the result itself. */
static void
cut(struct section *s, struct side *side, bool is_past)
{
	bool over_time = s->report->time >= 0 && !s->report->is_moment;
	const struct measure *m;
	size_t n;

	if (s->report->n_measures == 0)
		return;
	m = run_measures(side->run, &n);
	if (s->args->charts || s->args->before != NULL)
		side->total = run_cut(side->run, NULL, 0, m, n);
	if (s->args->before != NULL) {
		group_keep(side->total);
		run_keep(side->run);
	}
	if (s->args->before != NULL && over_time)
		cut_counts(s, side);
	if (s->args->charts && over_time && !is_past)
		cut_figures(s, side);
	if (s->args->charts)
		section_plan_cuts(s, side, is_past);
}

static int
keep_row(void *ctx, const struct cell *cells, struct err *e)
{
	(void)e;
	result_add(ctx, cells);
	return 0;
}

static int
read_side(struct section *s, struct side *side, struct err *e)
{
	if (run_ready(side->run, e) < 0)
		return -1;
	if (s->report->n_measures > 0) {
		side->rows = run_read(side->run, e);
		return side->rows != NULL ? 0 : -1;
	}
	return s->kept ? run_rows(side->run, keep_row, &s->rows, e) : 0;
}

static void
keep_compared(struct section *s)
{
	const struct side *now = s->now, *past = s->past;
	const struct measure *m;
	const struct field *f;
	const size_t *by;
	size_t n, unused;
	bool test = !s->report->is_moment;

	m = run_measures(now->run, &n);
	f = run_fields(now->run, &unused);
	compare_fields(&s->rows, f, run_by(now->run, &by), m, n);
	compare_rows(&s->rows,
	    &(struct compare_side){ now->rows, now->rows_daily, now->n_days,
	    now->first_day },
	    &(struct compare_side){ past->rows, past->rows_daily, past->n_days,
	    past->first_day }, m, n, test);
	compare_fields(&s->total, NULL, 0, m, n);
	compare_rows(&s->total,
	    &(struct compare_side){ now->total, now->total_daily, now->n_days,
	    now->first_day },
	    &(struct compare_side){ past->total, past->total_daily, past->n_days,
	    past->first_day }, m, n, test);
}

static void
keep_result(struct section *s)
{
	const struct side *now = s->now;
	const struct measure *m;
	const size_t *by;
	size_t n, n_by = run_by(now->run, &by);

	m = run_measures(now->run, &n);
	section_result(&s->rows, now->rows, s->report, by, n_by, m, n);
	if (now->total != NULL)
		section_result(&s->total, now->total, s->report, NULL, 0, m, n);
}

/* The columns of a list, which are known before its rows. */
static void
list_fields(struct section *s)
{
	size_t i, n;
	const struct field *f = run_fields(s->now->run, &n);

	for (i = 0; i < n; i++)
		result_field(&s->rows, &f[i]);
}

static int
read_all(struct section *s, struct err *e)
{
	if (read_side(s, s->now, e) < 0 || (s->past != NULL && read_side(s, s->past, e) < 0))
		return -1;
	if (s->report->n_measures == 0)
		return 0;
	if (s->past != NULL)
		keep_compared(s);
	else
		keep_result(s);
	return 0;
}

int
section_make(struct section *s, const struct section_args *args, struct err *e)
{
	*s = (struct section){ .args = args, .report = args->report, .rows = RESULT_INIT,
		.total = RESULT_INIT };
	s->kept = s->report->n_measures > 0 || (args->charts && s->report->n_charts > 0);
	if (open_side(s, &s->now, args->period, e) < 0)
		return -1;
	if (args->before != NULL && (check_by(s, e) < 0 ||
	    open_side(s, &s->past, args->before, e) < 0))
		return -1;
	if (args->charts && section_plan(s, e) < 0)
		return -1;
	cut(s, s->now, false);
	if (s->past != NULL)
		cut(s, s->past, true);
	if (s->report->n_measures == 0)
		list_fields(s);
	if (read_all(s, e) < 0)
		return -1;
	if (args->charts) {
		section_draw(s);
		section_figures(s);
		section_notes(s);
	}
	return 0;
}

/* A row on its way out. */
struct pass {
	struct section *s;
	int (*fn)(void *ctx, const struct cell *cells, struct err *e);
	void *ctx;
};

static int
pass_row(void *ctx, const struct cell *cells, struct err *e)
{
	struct pass *p = ctx;

	p->s->seen++;
	p->s->failed += p->s->watch != NULL && where_holds(p->s->watch, cells);
	return p->fn(p->ctx, cells, e);
}

int
section_rows(struct section *s, int (*fn)(void *ctx, const struct cell *cells, struct err *e),
    void *ctx, struct err *e)
{
	struct pass p = { s, fn, ctx };
	size_t i;

	if (!s->kept)
		return run_rows(s->now->run, pass_row, &p, e);
	for (i = 0; i < s->rows.rows; i++)
		if (pass_row(&p, result_row(&s->rows, i), e) < 0)
			return -1;
	return 0;
}

static void
side_free(struct side *side)
{
	if (side == NULL)
		return;
	run_free(side->run);
	free(side->counts);
	free(side->by_day);
	free(side->figures);
	free(side);
}

void
section_release(struct section *s)
{
	size_t i;

	section_plan_release(s);
	for (i = 0; i < s->n_charts; i++)
		chart_release(&s->charts[i]);
	free(s->charts);
	free(s->figures);
	free(s->notes);
	result_release(&s->rows);
	result_release(&s->total);
	side_free(s->now);
	side_free(s->past);
	arena_release(&s->texts);
}
