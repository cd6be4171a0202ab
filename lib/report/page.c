/* page - what a page shows: sections under a title, and sentences that sum them up */
#include <math.h>
#include <stdlib.h>

#include "report/page.h"
#include "report/stats.h"

struct page_section *
page_add(struct page *p, struct report *r, const struct run_args *a)
{
	struct page_section *s;

	p->sections = xrealloc(p->sections, (p->n + 1) * sizeof(*p->sections));
	s = &p->sections[p->n++];
	*s = (struct page_section){ .report = r, .id = r->name, .table = true,
		.title = report_says(r, words_lang(p->words), "title"),
		.args = { .report = r, .run = *a, .charts = true } };
	return s;
}

/* The row of all rows says the same as the headlines, and of the rest nothing. */
static void
correct_total(struct section *s)
{
	struct result *t = &s->total;
	size_t i, k;

	for (i = 3; i < t->n && t->rows > 0; i++) {
		if (t->fields[i].role != ROLE_P)
			continue;
		t->cells[i] = cell_null();
		for (k = 0; k < s->n_figures; k++)
			if (s->figures[k].field == &t->fields[i - 3])
				t->cells[i] = cell_real(s->figures[k].p);
	}
}

/* Of many headlines some would change by chance: their p-values, corrected together. */
static void
correct(struct page *p)
{
	size_t i, k, n = 0;
	double *all;

	for (i = 0; i < p->n; i++)
		n += p->sections[i].section.n_figures;
	all = xcalloc(n + 1, sizeof(*all));
	for (i = n = 0; i < p->n; i++)
		for (k = 0; k < p->sections[i].section.n_figures; k++)
			all[n++] = p->sections[i].section.figures[k].p;
	stats_holm(all, n);
	for (i = n = 0; i < p->n; i++)
		for (k = 0; k < p->sections[i].section.n_figures; k++)
			p->sections[i].section.figures[k].p = all[n++];
	for (i = 0; i < p->n; i++)
		correct_total(&p->sections[i].section);
	free(all);
}

int
page_read(struct page *p, struct db *db, struct err *e)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		struct page_section *s = &p->sections[i];

		s->args.period = &p->period;
		s->args.before = p->compared && s->report->n_measures > 0 ? &p->before : NULL;
		s->args.words = p->words;
		s->args.db = db;
		if (section_make(&s->section, &s->args, e) < 0)
			return -1;
	}
	correct(p);
	return 0;
}

bool
page_is_news(double p)
{
	return p < STATS_LEVEL;
}

enum mood
page_mood(const struct figure *f)
{
	if (!page_is_news(f->p) || f->good == GOOD_NEITHER || f->change == 0)
		return MOOD_NONE;
	return (f->change > 0) == (f->good == GOOD_MORE) ? MOOD_GOOD : MOOD_BAD;
}

void
page_release(struct page *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (p->sections[i].section.args != NULL)
			section_release(&p->sections[i].section);
		report_free(p->sections[i].report);
	}
	free(p->sections);
	free(p->findings);
	arena_release(&p->texts);
}
