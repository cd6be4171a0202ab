/* section_notes - the headlines of a section, and what is to be known about its figures */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/section_private.h"
#include "report/show.h"
#include "time/tm.h"

/* Headlines */

static const double *
by_days(struct section *s, size_t figure, bool is_count, size_t *n)
{
	const struct side *side = s->now;
	const struct zone *z = side->args.zone;
	double *v;
	int64_t day, first;
	size_t i;

	*n = 0;
	if (side->spark == NULL || side->period->from_at == INT64_MIN || side->n_days < 3 ||
	    side->n_days > 400)
		return NULL;
	*n = (size_t)side->n_days;
	v = arena_alloc(&s->texts, *n * sizeof(*v));
	first = period_first_day(side->period, z);
	for (i = 0; i < *n; i++)
		v[i] = is_count ? 0 : NAN;
	for (i = 0; i < group_len(side->spark); i++) {
		const struct cell *key = group_key(side->spark, i);
		struct cell value = group_value(side->spark, i, figure);
		struct err unused;

		if (key->kind == CELL_TEXT && tm_parse_date(key->u.text, &day, &unused) == 0 &&
		    day >= first && day < first + (int64_t)*n)
			v[day - first] = cell_number(&value);
	}
	return v;
}

static struct figure
figure_of(const struct section *s, const struct measure *m, enum figure_good good)
{
	const struct result *t = &s->total;
	int at = field_find(t->fields, t->n, m->out.name, strlen(m->out.name));
	const struct cell *c = &result_row(t, 0)[at];
	struct figure f = { .field = &t->fields[at], .good = good, .now = cell_number(c),
		.before = NAN, .change = NAN, .p = NAN };

	if (s->past == NULL || (size_t)at + 3 >= t->n ||
	    t->fields[at + 1].role != ROLE_BEFORE)
		return f;
	f.tested = !s->report->is_moment && m->fn != M_MIN && m->fn != M_MAX;
	f.before = cell_number(c + 1);
	f.change = cell_number(c + 2);
	f.p = cell_number(c + 3);
	return f;
}

void
section_figures(struct section *s)
{
	const struct report *r = s->report;
	size_t i;

	s->figures = xcalloc(r->n_figures + 1, sizeof(*s->figures));
	for (i = 0; i < r->n_figures && s->total.rows > 0; i++) {
		const struct measure *m = time_measure(r, s->args->run.time, r->figures[i].measure);
		struct figure f;

		if (m == NULL)
			continue;
		f = figure_of(s, m, r->figures[i].good);
		f.days = by_days(s, s->n_figures, m->fn == M_COUNT || m->fn == M_SUM, &f.n_days);
		s->figures[s->n_figures++] = f;
	}
}

/* Notes */

static const char *
option_value(const struct section *s, const char *name, size_t len)
{
	const struct report *r = s->report;
	const struct run_args *a = &s->args->run;
	size_t i;

	for (i = a->n_set; i-- > 0;)
		if (strncmp(a->set[i], name, len) == 0 && a->set[i][len] == '=')
			return a->set[i] + len + 1;
	for (i = 0; i < r->n_options; i++)
		if (strlen(r->options[i].name) == len &&
		    memcmp(r->options[i].name, name, len) == 0)
			return r->options[i].value;
	return NULL;
}

/* The value of a measure over all rows, an option, or the calendar. */
static void
fill_in(const struct section *s, const char *name, size_t len, struct buf *b)
{
	struct show show = { s->args->words, s->args->run.zone };
	const struct result *t = &s->total;
	const char *value = option_value(s, name, len);
	int at = field_find(t->fields, t->n, name, len);

	if (value != NULL)
		buf_str(b, *value != '\0' ? value : "-");
	else if (at >= 0 && t->rows > 0)
		show_cell(b, &show, &t->fields[at], &result_row(t, 0)[at]);
	else if (len == 8 && memcmp(name, "calendar", 8) == 0)
		buf_str(b, s->args->run.calendar);
	else
		buf_str(b, "\u2013");
}

static const char *
filled(struct section *s, const char *text)
{
	struct buf b = BUF_INIT;
	const char *open;

	while ((open = strchr(text, '{')) != NULL) {
		size_t len = strcspn(open + 1, "}");

		buf_add(&b, text, (size_t)(open - text));
		fill_in(s, open + 1, len, &b);
		text = open + 1 + len + (open[1 + len] == '}');
	}
	buf_str(&b, text);
	text = arena_str(&s->texts, buf_cstr(&b));
	buf_release(&b);
	return text;
}

void
section_notes(struct section *s)
{
	const struct report *r = s->report;
	enum lang lang = words_lang(s->args->words);
	size_t i;

	if (report_word(r, lang, "note") == NULL)
		lang = lang == LANG_EN ? LANG_ZH : LANG_EN;
	s->notes = xcalloc(r->n_words + 1, sizeof(*s->notes));
	for (i = 0; i < r->n_words; i++)
		if (r->words[i].lang == lang && strcmp(r->words[i].name, "note") == 0)
			s->notes[s->n_notes++] = filled(s, r->words[i].text);
}
