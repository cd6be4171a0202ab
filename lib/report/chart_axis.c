/* chart_axis - the values an axis has even where no row says so */
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"
#include "report/daypart.h"
#include "time/tm.h"

static struct cell *
numbers(int64_t first, int64_t last, size_t *n)
{
	struct cell *c;
	int64_t i;

	*n = (size_t)(last - first + 1);
	c = xcalloc(*n, sizeof(*c));
	for (i = first; i <= last; i++)
		c[i - first] = cell_int(i);
	return c;
}

/* Days, weeks or months from FIRST to LAST. */
static struct cell *
parts_of_days(const struct chart_source *src, enum time_part part, int64_t first, int64_t last,
    struct arena *a, size_t *n)
{
	struct cell *c = xcalloc((size_t)(last - first + 1), sizeof(*c));
	struct daypart d;
	int64_t day;

	daypart_init(&d, src->zone);
	*n = 0;
	for (day = first; day <= last; day++) {
		struct cell at = daypart_of(&d, part, zone_day_start(src->zone, day));

		if (*n > 0 && cell_cmp(&c[*n - 1], &at) == 0)
			continue;
		at.u.text = arena_strn(a, at.u.text, at.len);
		c[(*n)++] = at;
	}
	return c;
}

/* The first and the last day among the rows' days. */
static bool
days_seen(const struct chart_source *src, int64_t *first, int64_t *last)
{
	const struct result *of[2] = { src->rows, NULL };
	struct err unused;
	size_t i, k;
	bool any = false;

	for (k = 0; k < 2 && of[k] != NULL; k++)
		for (i = 0; i < of[k]->rows; i++) {
			const struct cell *c = &result_row(of[k], i)[src->x[0]];
			int64_t day;

			if (c->kind != CELL_TEXT || tm_parse_date(c->u.text, &day, &unused) < 0)
				continue;
			if (!any || day < *first)
				*first = day;
			if (!any || day > *last)
				*last = day;
			any = true;
		}
	return any;
}

struct cell *
chart_axis(const struct chart_source *src, size_t field, struct arena *a, size_t *n)
{
	const struct origin *o = &src->report->origins[field];
	const struct period *p = src->period;
	int64_t first, last;

	if (o->kind != FROM_TIME)
		return NULL;
	if (o->part == PART_HOUR)
		return numbers(0, 23, n);
	if (o->part == PART_WEEKDAY)
		return numbers(1, 7, n);
	if (p->from_at != INT64_MIN && p->to_at != INT64_MAX) {
		first = period_first_day(p, src->zone);
		last = period_last_day(p, src->zone);
	} else if (o->part != PART_DAY || !days_seen(src, &first, &last)) {
		return NULL;
	}
	return parts_of_days(src, o->part, first, last, a, n);
}

const char *
chart_tick(const struct chart_source *src, size_t field, const struct cell *x,
    struct arena *a)
{
	struct show show = { src->words, src->zone };
	struct buf b = BUF_INIT;
	const char *text;
	struct err unused;
	int64_t day;

	if (x->kind == CELL_TEXT && src->report->origins[field].kind == FROM_TIME &&
	    tm_parse_date(x->u.text, &day, &unused) == 0) {
		struct tm_date d = tm_date(day);

		if (words_lang(src->words) == LANG_ZH)
			buf_fmt(&b, "%d/%d", d.month, d.day);
		else
			period_say_day(day, false, LANG_EN, &b);
	} else if (x->kind == CELL_TEXT && src->report->origins[field].kind == FROM_TIME) {
		buf_str(&b, x->u.text + (x->len > 5 ? 5 : 0));
	} else {
		show_cell(&b, &show, &src->report->fields[field], x);
	}
	text = arena_str(a, buf_cstr(&b));
	buf_release(&b);
	return text;
}
