/* page_find - sentences that sum a page up, made from its figures */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/page.h"
#include "report/phrase.h"

enum { MOST_ROWS = 2 };		/* of a section that are worth a sentence */

/* What a sentence is made of. */
struct said {
	struct page *page;
	const struct page_section *s;
	struct show show;
	const struct figure *f;
	const char *row;		/* of which row; NULL: of all */
};

static const char *
before(const struct said *d)
{
	return period_say_before(&d->page->period, words_lang(d->page->words));
}

/* The change: in relation to what was, or in points of a percentage. */
static void
add_change(struct buf *b, const struct said *d)
{
	const struct figure *f = d->f;
	bool percent = f->field->unit != NULL && *f->field->unit == '%';

	if (percent || f->before == 0)
		show_difference(b, &d->show, f->field, fabs(f->change));
	else
		buf_fmt(b, "%.*f\u202f%%", fabs(f->change / f->before) < 0.1,
		    fabs(100 * f->change / f->before));
}

/* "more than noise, p = 0.01" between OPEN and CLOSE; nothing where there is no test. */
static void
add_judgement(struct buf *b, const struct said *d, const char *open, const char *close)
{
	enum lang lang = words_lang(d->page->words);
	const struct figure *f = d->f;

	if (!f->tested)
		return;
	buf_str(b, open);
	buf_str(b, phrase(lang, isnan(f->p) ? PH_TOO_FEW : page_is_news(f->p) ? PH_NEWS :
	    PH_NOISE));
	if (page_is_news(f->p)) {
		buf_str(b, lang == LANG_ZH ? "，" : ", ");
		show_p(b, f->p);
	}
	buf_str(b, close);
}

/* "First answers, E-mail: 90 % within 17 min 08 s, down 49 % from 33 min 53 s the week
 * before (more than noise, p = 0.01)." */
static void
say_en(struct buf *b, const struct said *d)
{
	const struct figure *f = d->f;

	buf_fmt(b, "%s%s%s: %s ", d->s->title, d->row != NULL ? ", " : "",
	    d->row != NULL ? d->row : "", words_name(d->page->words, d->s->report,
	    f->field->name));
	show_number(b, &d->show, f->field, f->now);
	if (!isnan(f->change) && f->change != 0) {
		buf_str(b, f->change > 0 ? ", up " : ", down ");
		add_change(b, d);
		buf_str(b, " from ");
		show_number(b, &d->show, f->field, f->before);
		buf_fmt(b, " %s", before(d));
		add_judgement(b, d, " (", ")");
	} else if (!isnan(f->change)) {
		buf_fmt(b, ", as %s", before(d));
	}
	buf_char(b, '.');
}

/* 首次回复·邮件：九成不超过 17 分 08 秒，比上一周（33 分 53 秒）下降 49 %；超出正常波动，p = 0.01。 */
static void
say_zh(struct buf *b, const struct said *d)
{
	const struct figure *f = d->f;

	buf_fmt(b, "%s%s%s：%s ", d->s->title, d->row != NULL ? "·" : "",
	    d->row != NULL ? d->row : "", words_name(d->page->words, d->s->report,
	    f->field->name));
	show_number(b, &d->show, f->field, f->now);
	if (!isnan(f->change) && f->change != 0) {
		buf_fmt(b, "，比%s（", before(d));
		show_number(b, &d->show, f->field, f->before);
		buf_fmt(b, "）%s ", f->change > 0 ? "上升" : "下降");
		add_change(b, d);
		add_judgement(b, d, "；", "");
	} else if (!isnan(f->change)) {
		buf_fmt(b, "，与%s持平", before(d));
	}
	buf_str(b, "。");
}

static void
add(const struct said *d)
{
	struct page *p = d->page;
	struct buf b = BUF_INIT;

	if (isnan(d->f->now))
		return;
	if (words_lang(p->words) == LANG_ZH)
		say_zh(&b, d);
	else
		say_en(&b, d);
	p->findings = xrealloc(p->findings, (p->n_findings + 1) * sizeof(*p->findings));
	p->findings[p->n_findings++] = (struct finding){ arena_str(&p->texts, buf_cstr(&b)),
		page_mood(d->f), (size_t)(d->s - p->sections) };
	buf_release(&b);
}

/* A change in one row that is news. */
struct row_news {
	size_t row, at;		/* of the table */
	struct figure figure;
};

static int
by_p(const void *a, const void *b)
{
	const struct row_news *x = a, *y = b;

	if (x->figure.p != y->figure.p)
		return x->figure.p < y->figure.p ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* Headline F in row I, if it changed by more than noise. */
static bool
is_news(const struct result *t, size_t i, const struct figure *f, struct row_news *out)
{
	int at = field_find(t->fields, t->n, f->field->name, strlen(f->field->name));
	const struct cell *c = result_row(t, i) + (at >= 0 ? at : 0);

	if (at < 0 || (size_t)at + 3 >= t->n || t->fields[at + 1].role != ROLE_BEFORE ||
	    !page_is_news(cell_number(c + 3)))
		return false;
	*out = (struct row_news){ i, (size_t)at, *f };
	out->figure.now = cell_number(c);
	out->figure.before = cell_number(c + 1);
	out->figure.change = cell_number(c + 2);
	out->figure.p = cell_number(c + 3);
	return true;
}

/* Every headline of every row that changed by more than noise, the surest first. */
static struct row_news *
collect(const struct page_section *s, size_t *n)
{
	const struct result *t = &s->section.rows;
	struct row_news *news = xcalloc(t->rows * s->section.n_figures + 1, sizeof(*news));
	size_t i, k;

	*n = 0;
	for (i = 0; i < t->rows; i++)
		for (k = 0; k < s->section.n_figures; k++)
			*n += is_news(t, i, &s->section.figures[k], &news[*n]);
	qsort(news, *n, sizeof(*news), by_p);
	return news;
}

static void
name_row(const struct said *d, size_t row, struct buf *b)
{
	const struct result *t = &d->s->section.rows;
	size_t i;

	for (i = 0; i < t->n_by; i++) {
		if (i > 0)
			buf_str(b, words_lang(d->page->words) == LANG_ZH ? "、" : ", ");
		show_cell(b, &d->show, &t->fields[i], &result_row(t, row)[i]);
	}
}

static void
add_rows(struct said *d)
{
	struct buf name = BUF_INIT;
	struct row_news *news;
	size_t i, n;

	if (d->s->section.rows.n_by == 0 || d->s->section.rows.rows < 2)
		return;
	news = collect(d->s, &n);
	for (i = 0; i < n && i < MOST_ROWS; i++) {
		buf_clear(&name);
		name_row(d, news[i].row, &name);
		d->row = buf_cstr(&name);
		d->f = &news[i].figure;
		add(d);
	}
	d->row = NULL;
	free(news);
	buf_release(&name);
}

/* Of each section its first headline, the others if they are news, and its rows that are. */
void
page_findings(struct page *p)
{
	size_t i, k;

	for (i = 0; i < p->n; i++) {
		struct said d = { .page = p, .s = &p->sections[i], .show = { p->words, p->zone } };
		const struct section *s = &d.s->section;

		for (k = 0; k < s->n_figures; k++) {
			d.f = &s->figures[k];
			if (k == 0 || page_is_news(d.f->p))
				add(&d);
		}
		if (p->compared)
			add_rows(&d);
	}
}
