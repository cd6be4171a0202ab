/* section_chart - which charts a section has, and the groups they are made from */
#include <stdlib.h>
#include <string.h>

#include "report/section_private.h"

static struct chart_plan *
add_plan(struct section *s)
{
	s->plans = xrealloc(s->plans, (s->n_plans + 1) * sizeof(*s->plans));
	s->plans[s->n_plans] = (struct chart_plan){ .split = -1, .low = -1, .high = -1 };
	return &s->plans[s->n_plans++];
}

/* The ends of the interval round a single percentage, behind it. */
static void
add_interval(struct chart_plan *p, const struct run *run)
{
	size_t i, n;
	const struct measure *m = run_measures(run, &n);

	if (p->spec.kind != CHART_BAR || p->spec.n_y != 1 || p->m[0].fn != M_PCT)
		return;
	for (i = 0; i < n; i++)
		if (m[i].field == p->m[0].field && (m[i].fn == M_LOW95 || m[i].fn == M_HIGH95))
			p->m[p->n_m++] = m[i];
	if (p->n_m != 3)
		p->n_m = 1;
	else
		p->low = (int)p->n_by + 1, p->high = p->low + 1;
}

/* Where x, series and y stand in a row of the chart's own group. */
static void
place_in_group(struct chart_plan *p)
{
	size_t i;

	for (i = 0; i < p->spec.n_x; i++)
		p->x[i] = i;
	p->split = p->spec.split >= 0 ? (int)p->spec.n_x : -1;
	for (i = 0; i < p->spec.n_y; i++)
		p->y[i] = p->n_by + i;
}

/* Of a report with measures: a grouping by x and the series. False if --time shows none of
 * its figures. */
static bool
plan_groups(const struct section *s, struct chart_plan *p)
{
	const struct chart_spec *spec = &p->spec;
	size_t i;

	for (i = 0; i < spec->n_x; i++)
		p->by[p->n_by++] = spec->x[i];
	if (spec->split >= 0)
		p->by[p->n_by++] = (size_t)spec->split;
	p->m = xcalloc(spec->n_y + 3, sizeof(*p->m));
	p->y = xcalloc(spec->n_y + 1, sizeof(*p->y));
	for (i = 0; i < spec->n_y; i++) {
		const struct measure *m = time_measure(s->report, s->args->run.time,
		    spec->y[i]);

		if (m == NULL)
			return false;
		p->m[p->n_m++] = *m;
	}
	add_interval(p, s->now->run);
	place_in_group(p);
	return true;
}

/* The values of one column, all of them. */
static void
plan_spread(const struct section *s, struct chart_plan *p)
{
	const struct report *r = s->report;
	size_t column = time_column(r, s->args->run.time, p->spec.x[0]);
	struct err unused;

	p->spec.x[0] = column;
	p->m = xcalloc(1, sizeof(*p->m));
	p->m[0] = (struct measure){ .field = column, .other = column };
	measure_parse(p->m, "p50", r->fields[column].type, &unused);
	p->n_m = 1;
}

/* Of a list: its own columns. False if --time hides one. */
static bool
plan_list(struct chart_plan *p, const struct report *r, const struct run *run)
{
	size_t i, n;
	const struct field *f = run_fields(run, &n);
	int at;

	p->y = xcalloc(p->spec.n_y + 1, sizeof(*p->y));
	for (i = 0; i < p->spec.n_x; i++) {
		const char *name = r->fields[p->spec.x[i]].name;

		at = field_find(f, n, name, strlen(name));
		if (at < 0)
			return false;
		p->x[i] = (size_t)at;
	}
	for (i = 0; i < p->spec.n_y; i++) {
		const char *name = r->fields[p->spec.y[i]].name;

		at = field_find(f, n, name, strlen(name));
		if (at < 0)
			return false;
		p->y[i] = (size_t)at;
	}
	if (p->spec.split >= 0) {
		const char *name = r->fields[p->spec.split].name;

		p->split = field_find(f, n, name, strlen(name));
	}
	return p->spec.split < 0 || p->split >= 0;
}

static void
plan_free(struct chart_plan *p)
{
	free(p->m);
	free(p->y);
}

static void
plan_declared(struct section *s, const struct chart_spec *spec)
{
	struct chart_plan *p = add_plan(s);
	const struct report *r = s->report;
	bool good = true;

	p->spec = *spec;
	if (spec->kind == CHART_SPREAD && r->n_measures > 0)
		plan_spread(s, p);
	else if (r->n_measures > 0)
		good = plan_groups(s, p);
	else
		good = spec->kind != CHART_SPREAD && plan_list(p, r, s->now->run);
	if (!good) {
		plan_free(p);
		s->n_plans--;
	}
}

/* The kind of chart that suits two columns, put in the order x, series. */
static enum chart_kind
kind_of_two(const struct report *r, struct chart_spec *spec, const size_t *by)
{
	bool time[2], clock[2];
	size_t i;

	for (i = 0; i < 2; i++) {
		const struct origin *o = &r->origins[by[i]];

		time[i] = o->kind == FROM_TIME && o->part <= PART_MONTH;
		clock[i] = o->kind == FROM_TIME && o->part == PART_HOUR;
	}
	i = time[1] || clock[1];	/* which of them lies across */
	spec->x[0] = by[i];
	spec->x[1] = by[!i];
	if (!time[0] && !time[1])
		return CHART_HEAT;
	spec->split = (int)by[!i];
	spec->n_x = 1;
	return CHART_STACK;
}

/* A heading in the middle of a sentence: "Channel" is small there, "SLA" is not. */
static void
add_small(struct buf *b, const char *word)
{
	if (word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a' && word[1] <= 'z')
		buf_char(b, (char)(*word++ - 'A' + 'a'));
	buf_str(b, word);
}

/* "Messages in by channel", 客户来信（按渠道）. */
static const char *
title_of(struct section *s, const struct measure *m, const size_t *by, size_t n_by)
{
	const struct words *w = s->args->words;
	bool zh = words_lang(w) == LANG_ZH;
	struct buf b = BUF_INIT;
	const char *title;
	size_t i;

	buf_str(&b, words_name(w, s->report, m->out.name));
	buf_str(&b, zh ? "（按" : " by ");
	for (i = 0; i < n_by; i++) {
		const char *name = words_name(w, s->report, s->report->fields[by[i]].name);

		if (i > 0)
			buf_str(&b, zh ? "、" : " and ");
		add_small(&b, name);
	}
	buf_str(&b, zh ? "）" : "");
	title = arena_str(&s->texts, buf_cstr(&b));
	buf_release(&b);
	return title;
}

static bool
is_additive(const struct measure *m)
{
	return m->fn == M_COUNT || m->fn == M_SUM;
}

/* The report's first headline, else its first measure, by what the rows are grouped by. */
static void
plan_by(struct section *s)
{
	const struct report *r = s->report;
	const size_t *by;
	size_t n_by = run_by(s->now->run, &by), first = 0;
	struct chart_spec spec = { .name = "by", .n_x = n_by, .split = -1, .n_y = 1 };
	const struct measure *m;
	struct chart_plan *p;

	if (r->n_measures == 0 || n_by < 1 || n_by > 2)
		return;
	if (r->n_figures > 0)
		first = r->figures[0].measure;
	if ((m = time_measure(r, s->args->run.time, first)) == NULL)
		return;
	spec.y = &first;
	spec.x[0] = by[0];
	spec.kind = r->origins[by[0]].kind == FROM_TIME ? CHART_LINE : CHART_BAR;
	if (n_by == 2)
		spec.kind = kind_of_two(r, &spec, by);
	if (spec.kind == CHART_STACK && !is_additive(m))
		spec.kind = CHART_LINE;
	p = add_plan(s);
	p->spec = spec;
	p->title = title_of(s, m, by, n_by);
	plan_groups(s, p);
	p->spec.y = NULL;
}

/* The same figure over the same x as the first plan, drawn anyway. */
static bool
is_declared(const struct section *s)
{
	const struct chart_plan *p = &s->plans[0];
	size_t i;

	for (i = 1; i < s->n_plans; i++)
		if (s->plans[i].spec.n_x == p->spec.n_x && s->plans[i].n_m > 0 &&
		    s->plans[i].spec.x[0] == p->spec.x[0] &&
		    (p->spec.n_x < 2 || s->plans[i].spec.x[1] == p->spec.x[1]) &&
		    s->plans[i].spec.split == p->spec.split &&
		    strcmp(s->plans[i].m[0].out.name, p->m[0].out.name) == 0)
			return true;
	return false;
}

static void
plan_all(struct section *s)
{
	size_t i;
	bool has_by;

	plan_by(s);
	has_by = s->n_plans > 0;
	for (i = 0; i < s->report->n_charts; i++)
		plan_declared(s, &s->report->charts[i]);
	if (has_by && is_declared(s)) {
		plan_free(&s->plans[0]);
		memmove(s->plans, s->plans + 1, --s->n_plans * sizeof(*s->plans));
	}
}

static int
plan_named(struct section *s, const char *name, size_t len, struct err *e)
{
	const struct report *r = s->report;
	struct buf known = BUF_INIT;
	size_t i;

	if (len == 2 && memcmp(name, "by", 2) == 0) {
		plan_by(s);
		return 0;
	}
	for (i = 0; i < r->n_charts; i++)
		if (strlen(r->charts[i].name) == len && memcmp(r->charts[i].name, name, len) == 0) {
			plan_declared(s, &r->charts[i]);
			return 0;
		}
	for (i = 0; i < r->n_charts; i++)
		buf_fmt(&known, " %s", r->charts[i].name);
	err_set(e, ERR_USAGE, "--charts: %s has no chart \"%.*s\"; there are by%s", r->name,
	    (int)len, name, buf_cstr(&known));
	buf_release(&known);
	return -1;
}

int
section_plan(struct section *s, struct err *e)
{
	const char *at = s->args->only;

	if (at == NULL)
		plan_all(s);
	while (at != NULL && *at != '\0') {
		size_t len = strcspn(at, ",");

		if (plan_named(s, at, len, e) < 0)
			return -1;
		at += len + (at[len] == ',');
	}
	return 0;
}

void
section_plan_cuts(struct section *s, const struct side *side, bool is_past)
{
	size_t i;

	for (i = 0; i < s->n_plans; i++) {
		struct chart_plan *p = &s->plans[i];
		struct group *g = p->m == NULL ? NULL :
		    run_cut(side->run, p->by, p->n_by, p->m, p->n_m);

		if (is_past)
			p->past = g;
		else
			p->now = g;
	}
}

static void
draw_spread(struct section *s, struct chart_plan *p, const struct chart_source *src,
    struct chart *c)
{
	struct sample now, past = { .n = 0 };

	(void)s;
	group_len(p->now);
	now = group_sample(p->now, 0, 0);
	if (p->past != NULL && group_len(p->past) > 0)
		past = group_sample(p->past, 0, 0);
	chart_spread(c, src, now.values, (size_t)now.n, past.values, (size_t)past.n);
}

static void
draw(struct section *s, struct chart_plan *p, struct chart *c)
{
	struct result rows = RESULT_INIT, before = RESULT_INIT;
	struct chart_source src = { .report = s->report, .spec = &p->spec, .rows = &s->rows,
		.x = p->x, .y = p->y, .split = p->split, .low = p->low, .high = p->high,
		.measures = p->m, .period = s->args->period, .zone = s->args->run.zone,
		.period_before = s->args->before, .words = s->args->words };

	if (p->spec.kind == CHART_SPREAD) {
		draw_spread(s, p, &src, c);
	} else {
		if (p->now != NULL) {
			section_result(&rows, p->now, s->report, p->by, p->n_by, p->m, p->n_m);
			src.rows = &rows;
		}
		if (p->past != NULL) {
			section_result(&before, p->past, s->report, p->by, p->n_by, p->m, p->n_m);
			src.before = &before;
		}
		chart_make(c, &src);
	}
	if (p->title != NULL)
		c->title = p->title;
	result_release(&rows);
	result_release(&before);
}

void
section_draw(struct section *s)
{
	size_t i;

	s->charts = xcalloc(s->n_plans + 1, sizeof(*s->charts));
	for (i = 0; i < s->n_plans; i++) {
		draw(s, &s->plans[i], &s->charts[s->n_charts]);
		if (chart_is_empty(&s->charts[s->n_charts]))
			chart_release(&s->charts[s->n_charts]);
		else
			s->n_charts++;
	}
}

void
section_plan_release(struct section *s)
{
	size_t i;

	for (i = 0; i < s->n_plans; i++)
		plan_free(&s->plans[i]);
	free(s->plans);
	s->plans = NULL;
	s->n_plans = 0;
}
