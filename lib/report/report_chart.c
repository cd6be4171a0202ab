/* report_chart - the charts, headlines and units that a report's header declares */
#include <stdlib.h>
#include <string.h>

#include "report/report_header.h"

/* What a kind takes: columns for x (least, most), figures for y. */
static const struct {
	const char *name;
	size_t least_x, most_x;
	bool has_y, may_split;
} kinds[] = {
	[CHART_LINE] = { "line", 1, 1, true, true },
	[CHART_BAR] = { "bar", 1, 1, true, false },
	[CHART_STACK] = { "stack", 1, 1, true, true },
	[CHART_HEAT] = { "heat", 2, 2, true, false },
	[CHART_SPREAD] = { "spread", 1, 1, false, false },
	[CHART_FUNNEL] = { "funnel", 0, 0, true, false },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static int
kind_of(const char *name)
{
	int i;

	for (i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return i;
	return -1;
}

/* "weekday,hour" or "-" */
static int
read_x(struct report *r, struct chart_spec *c, const char *s, struct err *e)
{
	if (strcmp(s, "-") == 0)
		s = "";
	while (*s != '\0') {
		size_t len = strcspn(s, ",");
		int found = header_column(r, s, len, e);

		if (found < 0)
			return -1;
		if (c->n_x == 2)
			return err_set(e, ERR_CONFIG, "a chart has two x at most");
		if (kinds[c->kind].has_y && r->origins[found].kind == FROM_HIDDEN)
			return err_set(e, ERR_CONFIG, "%.*s is hidden", (int)len, s);
		c->x[c->n_x++] = (size_t)found;
		s += len + (s[len] == ',');
	}
	if (c->n_x < kinds[c->kind].least_x || c->n_x > kinds[c->kind].most_x)
		return err_set(e, ERR_CONFIG, "a chart of kind %s has %zu x", kinds[c->kind].name,
		    kinds[c->kind].least_x);
	if (c->kind == CHART_SPREAD && r->fields[c->x[0]].type != FIELD_MS)
		return err_set(e, ERR_CONFIG, "%s is no length of time (ms)",
		    r->fields[c->x[0]].name);
	return 0;
}

/* A measure; of a report without measures a column that holds numbers. */
static int
y_of(struct report *r, const char *name, size_t len, struct err *e)
{
	int found;

	if (r->n_measures > 0) {
		found = report_measure(r, name, len);
		return found >= 0 ? found : err_set(e, ERR_CONFIG,
		    "\"%.*s\" is no measure declared above", (int)len, name);
	}
	found = header_column(r, name, len, e);
	if (found >= 0 && (r->fields[found].type == FIELD_TEXT ||
	    r->fields[found].type == FIELD_TIME))
		return err_set(e, ERR_CONFIG, "%s is no number", r->fields[found].name);
	return found;
}

/* "n", "opened,resolved" or "opened/channel": one figure, a series for every channel */
static int
read_y(struct report *r, struct chart_spec *c, const char *s, struct err *e)
{
	const char *slash = strchr(s, '/');
	const char *end = slash != NULL ? slash : s + strlen(s);

	c->split = slash != NULL ? header_column(r, slash + 1, strlen(slash + 1), e) : -1;
	if (slash != NULL && c->split < 0)
		return -1;
	c->y = xcalloc(strlen(s) + 1, sizeof(*c->y));
	while (s < end) {
		size_t len = strcspn(s, ",/");
		int found = y_of(r, s, len, e);

		if (found < 0)
			return -1;
		c->y[c->n_y++] = (size_t)found;
		s += len + (s[len] == ',');
	}
	if (slash != NULL && (c->n_y != 1 || !kinds[c->kind].may_split))
		return err_set(e, ERR_CONFIG, "only a line or stack of one figure has series by "
		    "a column");
	if (c->n_y == 0 || (c->kind == CHART_HEAT && c->n_y != 1))
		return err_set(e, ERR_CONFIG, "a chart of kind %s shows %s", kinds[c->kind].name,
		    c->n_y == 0 ? "a figure" : "one figure");
	return 0;
}

/* name kind x y title; a spread has no y */
int
header_chart(struct report *r, const char *s, struct err *e)
{
	struct chart_spec c = { .name = header_word(r, &s), .split = -1 };
	const char *kind = header_word(r, &s);
	int k = kind_of(kind);

	if (!header_is_name(c.name))
		return err_set(e, ERR_CONFIG, "\"%s\" is no name (a-z, 0-9, _)", c.name);
	if (k < 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no kind of chart: line bar stack heat "
		    "spread funnel", kind);
	c.kind = (enum chart_kind)k;
	if (read_x(r, &c, header_word(r, &s), e) < 0)
		return -1;
	if (kinds[k].has_y && read_y(r, &c, header_word(r, &s), e) < 0) {
		free(c.y);
		return -1;
	}
	r->charts = xrealloc(r->charts, (r->n_charts + 1) * sizeof(c));
	r->charts[r->n_charts++] = c;
	header_add_word(r, LANG_EN, c.name, *s != '\0' ? s : c.name);
	return 0;
}

/* measure more|less|neither */
int
header_figure(struct report *r, const char *s, struct err *e)
{
	static const char *const goods[] = { [GOOD_MORE] = "more", [GOOD_LESS] = "less",
		[GOOD_NEITHER] = "neither" };
	const char *name = header_word(r, &s), *good = header_word(r, &s);
	int measure = report_measure(r, name, strlen(name));
	int i;

	if (measure < 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no measure declared above", name);
	for (i = 0; i < 3 && strcmp(goods[i], good) != 0; i++)
		;
	if (i == 3)
		return err_set(e, ERR_CONFIG, "%s: what is good is more, less or neither", name);
	r->figures = xrealloc(r->figures, (r->n_figures + 1) * sizeof(*r->figures));
	r->figures[r->n_figures++] = (struct figure_spec){ (size_t)measure,
		(enum figure_good)i };
	return 0;
}

/* name unit: of a measure or a column */
int
header_unit(struct report *r, const char *s, struct err *e)
{
	const char *name = header_word(r, &s), *unit = header_word(r, &s);
	int measure = report_measure(r, name, strlen(name));
	int field = field_find(r->fields, r->n, name, strlen(name));

	if (measure < 0 && field < 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no column or measure declared above",
		    name);
	if (*unit == '\0')
		return err_set(e, ERR_CONFIG, "%s: no unit", name);
	if (field >= 0)
		r->fields[field].unit = unit;
	if (measure >= 0)
		r->measures[measure].out.unit = unit;
	return 0;
}
