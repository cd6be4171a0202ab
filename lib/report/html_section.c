/* html_section - the headlines and charts of a section */
#include <math.h>
#include <stdlib.h>

#include "report/html.h"
#include "report/markup.h"
#include "report/phrase.h"
#include "report/svg.h"

const char *
html_mood(enum mood mood)
{
	return mood == MOOD_GOOD ? " good" : mood == MOOD_BAD ? " bad" : "";
}

/* Headlines */

/* "▲ 12 % · was 1,100" and whether that is news. */
static void
change(struct buf *b, const struct show *s, const struct figure *f)
{
	enum lang lang = words_lang(s->words);
	bool percent = f->field->unit != NULL && *f->field->unit == '%';
	struct buf text = BUF_INIT;

	if (isnan(f->change))
		return;
	if (f->before != 0 && !percent)
		buf_fmt(&text, "%.*f\u202f%%", fabs(f->change / f->before) < 0.1,
		    fabs(100 * f->change / f->before));
	else
		show_difference(&text, s, f->field, fabs(f->change));
	markup(b, "<p class=\"delta%s\"><span class=\"arrow\" aria-hidden=\"true\">%s</span>"
	    "<span class=\"sr\">%s</span>%s ", html_mood(page_mood(f)),
	    f->change > 0 ? "\u25b2" : f->change < 0 ? "\u25bc" : "\u25cf",
	    f->change > 0 ? "+" : f->change < 0 ? "\u2212" : "", buf_cstr(&text));
	buf_clear(&text);
	show_number(&text, s, f->field, f->before);
	markup(b, "<span class=\"was\">%s %s</span></p>", phrase(lang, PH_WAS), buf_cstr(&text));
	buf_clear(&text);
	if (!isnan(f->p))
		show_p(&text, f->p);
	if (f->tested)
		markup(b, "<p class=\"noise\">%s%s%s</p>",
		    phrase(lang, isnan(f->p) ? PH_TOO_FEW : page_is_news(f->p) ? PH_NEWS :
		    PH_NOISE), isnan(f->p) ? "" : ", ", buf_cstr(&text));
	buf_release(&text);
}

static void
figure(struct buf *b, const struct page *p, const struct section *s, const struct figure *f)
{
	struct show show = { p->words, p->zone };
	struct buf text = BUF_INIT;

	show_number(&text, &show, f->field, f->now);
	markup(b, "<li class=\"figure\"><p class=\"what\" title=\"%s\">%s</p>"
	    "<p class=\"big\">%s</p>",
	    words_about(p->words, s->report, f->field->name, f->field->about),
	    words_name(p->words, s->report, f->field->name), buf_cstr(&text));
	if (p->compared)
		change(b, &show, f);
	if (f->n_days > 0)
		svg_spark(b, f->days, f->n_days);
	buf_str(b, "</li>\n");
	buf_release(&text);
}

void
html_figures(struct buf *b, const struct page *p, const struct section *s)
{
	size_t i;

	if (s->n_figures == 0)
		return;
	buf_str(b, "<ul class=\"figures\">\n");
	for (i = 0; i < s->n_figures; i++)
		figure(b, p, s, &s->figures[i]);
	buf_str(b, "</ul>\n");
}

/* Charts */

static void
key(struct buf *b, const char *class, int n, const char *text)
{
	markup(b, "<li><span class=\"key %s s%d\"></span>%s</li>", class, n, text);
}

static void
legend(struct buf *b, const struct chart *c, enum lang lang)
{
	bool names = c->ns > 1 && c->kind != CHART_HEAT, past = c->before != NULL &&
	    c->kind != CHART_STACK && c->kind != CHART_HEAT && c->kind != CHART_FUNNEL;
	size_t i;

	if (!names && !past && c->low == NULL && c->kind != CHART_HEAT)
		return;
	buf_str(b, "<ul class=\"legend\" aria-hidden=\"true\">");
	for (i = 0; names && i < c->ns; i++)
		key(b, "fill", (int)i + 1, c->series[i]);
	if (past)
		key(b, c->kind == CHART_BAR ? "tickmark" : "dash", 0,
		    phrase(lang, PH_BEFORE_LEGEND));
	if (c->low != NULL)
		key(b, "whisker", 0, phrase(lang, PH_RANGE_LEGEND));
	if (c->kind == CHART_HEAT) {
		markup(b, "<li>%s <span class=\"shades\">", phrase(lang, PH_LESS));
		for (i = 1; i <= 8; i++)
			markup(b, "<span class=\"key g%z\"></span>", i);
		markup(b, "</span> %s</li>", phrase(lang, PH_MORE));
	}
	buf_str(b, "</ul>\n");
}

static void
data_cell(struct buf *b, const struct chart *c, const struct show *s, size_t series, size_t x)
{
	struct buf text = BUF_INIT;

	show_number(&text, s, &c->of, c->v[series * c->nx + x]);
	markup(b, "<td class=\"n\">%s</td>", buf_cstr(&text));
	buf_release(&text);
}

/* One row for each x, or of a heat map for each row of it. */
static void
data(struct buf *b, const struct chart *c, const struct show *s)
{
	bool heat = c->kind == CHART_HEAT;
	size_t rows = heat ? c->ns : c->nx, cols = heat ? c->nx : c->ns, i, k;

	markup(b, "<details><summary>%s</summary>", phrase(words_lang(s->words), PH_DATA));
	html_scroll_open(b, c->title);
	markup(b, "<thead><tr><th scope=\"col\">%s</th>", heat && c->series_title ?
	    c->series_title : c->x_title != NULL ? c->x_title : "");
	for (k = 0; k < cols; k++)
		markup(b, "<th scope=\"col\" class=\"n\">%s</th>", heat ? c->x[k] : c->series[k]);
	buf_str(b, "</tr></thead>\n<tbody>");
	for (i = 0; i < rows; i++) {
		markup(b, "<tr><th scope=\"row\">%s</th>", heat ? c->series[i] : c->x[i]);
		for (k = 0; k < cols; k++)
			data_cell(b, c, s, heat ? i : k, heat ? k : i);
		buf_str(b, "</tr>\n");
	}
	buf_str(b, "</tbody>");
	html_scroll_close(b);
	buf_str(b, "</details>\n");
}

static void
chart(struct buf *b, const struct page *p, const struct page_section *s, const struct chart *c)
{
	struct show show = { p->words, p->zone };
	enum lang lang = words_lang(p->words);

	markup(b, "<figure class=\"card%s\" aria-labelledby=\"%s-%s\">\n"
	    "<figcaption id=\"%s-%s\">%s</figcaption>\n", svg_is_wide(c) ? " broad" : "", s->id,
	    c->name, s->id, c->name, c->title);
	legend(b, c, lang);
	svg_chart(b, c, &show);
	if (c->more + c->more_series > 0)
		markup(b, lang == LANG_ZH ? "<p class=\"aside\">另有 %z %s</p>\n" :
		    "<p class=\"aside\">%z %s</p>\n", c->more + c->more_series,
		    phrase(lang, PH_MORE_X));
	data(b, c, &show);
	buf_str(b, "</figure>\n");
}

void
html_charts(struct buf *b, const struct page *p, const struct page_section *s)
{
	size_t i;

	if (s->section.n_charts == 0)
		return;
	buf_str(b, "<div class=\"charts\">\n");
	for (i = 0; i < s->section.n_charts; i++)
		chart(b, p, s, &s->section.charts[i]);
	buf_str(b, "</div>\n");
}
