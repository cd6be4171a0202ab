/* svg - a chart as inline SVG: what all kinds share */
#include <math.h>
#include <string.h>

#include "report/markup.h"
#include "report/svg.h"
#include "text/utf8.h"

enum { WIDE = 1000, HALF = 470, NARROW = 300 };	/* pixels a chart has at least */
#define COLUMN_PX 6.6	/* a column of small letters */

void
svg_chart(struct buf *b, const struct chart *c, const struct show *s)
{
	static void (*const draw[])(struct buf *, const struct chart *, const struct show *) = {
		[CHART_LINE] = svg_line, [CHART_BAR] = svg_bar, [CHART_STACK] = svg_stack,
		[CHART_HEAT] = svg_heat, [CHART_SPREAD] = svg_spread, [CHART_FUNNEL] = svg_funnel,
	};

	draw[c->kind](b, c, s);
}

bool
svg_is_wide(const struct chart *c)
{
	return ((c->kind == CHART_HEAT || c->kind == CHART_SPREAD) && c->nx > 12) ||
	    ((c->kind == CHART_LINE || c->kind == CHART_STACK) && c->nx > 16);
}

void
svg_open(struct buf *b, const struct chart *c, const struct show *s, double height)
{
	markup(b, "<svg class=\"plot\" width=\"100%%\" height=\"%f\" role=\"img\" "
	    "aria-label=\"%s%s\">", height, c->title, words_lang(s->words) == LANG_ZH ? "（数据见下表）" :
	    " (figures in the table below)");
}

void
svg_close(struct buf *b)
{
	buf_str(b, "</svg>");
}

double
svg_y(const struct svg_axis *a, double v)
{
	return SVG_TOP + SVG_PLOT * (1 - (v - a->low) / (a->top - a->low));
}

static int
lines(const struct svg_axis *a)
{
	return (int)round((a->top - a->low) / a->step);
}

/* The numbers of the axis in a picture of their own. */
static void
numbers(struct buf *b, const struct chart *c, const struct show *s, const struct svg_axis *a,
    int down)
{
	struct buf all = BUF_INIT, text = BUF_INIT;
	size_t widest = 2;
	double width;
	int i;

	for (i = 0; i <= lines(a); i++) {
		double v = a->low + i * a->step;

		buf_clear(&text);
		show_tick(&text, s, &c->of, fabs(v) < a->step / 1000 ? 0 : v);
		if (utf8_width(buf_cstr(&text), text.len) > widest)
			widest = utf8_width(buf_cstr(&text), text.len);
		markup(&all, "<text class=\"tick\" x=\"100%%\" dx=\"-8\" y=\"%f\" "
		    "text-anchor=\"end\">%s</text>", down + svg_y(a, v) + 4, buf_cstr(&text));
	}
	width = (double)widest * COLUMN_PX + 10;
	markup(b, "<svg class=\"names\" width=\"%f\" height=\"%d\" aria-hidden=\"true\">", width,
	    down + SVG_TOP + SVG_PLOT + SVG_BELOW);
	buf_str(b, buf_cstr(&all));
	buf_str(b, "</svg>");
	buf_release(&all);
	buf_release(&text);
}

struct svg_axis
svg_open_axis(struct buf *b, const struct chart *c, const struct show *s, int down)
{
	struct svg_axis a;
	int i;

	a.top = chart_range(c, &a.low, &a.step);
	buf_str(b, "<div class=\"axed\">");
	numbers(b, c, s, &a, down);
	svg_open(b, c, s, down + SVG_TOP + SVG_PLOT + SVG_BELOW);
	if (down > 0)
		markup(b, "<svg y=\"%d\" width=\"100%%\" height=\"%d\" overflow=\"visible\">", down,
		    SVG_TOP + SVG_PLOT + SVG_BELOW);
	for (i = 0; i <= lines(&a); i++) {
		double v = a.low + i * a.step, y = svg_y(&a, v);

		markup(b, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%f\" y2=\"%f\"/>",
		    fabs(v) < a.step / 1000 ? "zero" : "grid", y, y);
	}
	return a;
}

void
svg_close_axis(struct buf *b)
{
	buf_str(b, "</svg></div>");
}

/* Every how many names fit into so many pixels. */
static size_t
every(const struct chart *c, double px)
{
	size_t i, widest = 1, step;

	for (i = 0; i < c->nx; i++) {
		size_t w = utf8_width(c->tick[i], strlen(c->tick[i]));

		widest = w > widest ? w : widest;
	}
	step = (size_t)ceil((double)c->nx * ((double)widest * COLUMN_PX + 12) / px);
	if (c->is_time && step > 4 && step < 7)
		step = 7;
	return step > 0 ? step : 1;
}

void
svg_ticks(struct buf *b, const struct chart *c, bool at_edges)
{
	size_t wide = every(c, svg_is_wide(c) ? WIDE : HALF), narrow = every(c, NARROW), i;

	narrow = (narrow + wide - 1) / wide * wide;
	for (i = 0; i < c->nx; i += wide) {
		double x = 100 * ((double)i + (at_edges ? 0 : 0.5)) / (double)c->nx;
		const char *anchor = at_edges && i == 0 ? "start" : "middle";

		markup(b, "<text class=\"tick%s\" x=\"%f%%\" y=\"%d\" text-anchor=\"%s\">%s</text>",
		    i % narrow != 0 ? " wide" : "", x, SVG_TOP + SVG_PLOT + 17, anchor,
		    c->tick[i]);
	}
}

void
svg_say(struct buf *b, const struct chart *c, const struct show *s, size_t series, size_t x)
{
	struct buf text = BUF_INIT;
	double v = c->v[series * c->nx + x];

	show_number(&text, s, &c->of, v);
	markup(b, "%s", buf_cstr(&text));
	if (c->before != NULL && !isnan(c->before[series * c->nx + x])) {
		buf_clear(&text);
		show_number(&text, s, &c->of, c->before[series * c->nx + x]);
		markup(b, words_lang(s->words) == LANG_ZH ? "（此前 %s）" : " (before: %s)",
		    buf_cstr(&text));
	}
	buf_release(&text);
}

void
svg_title(struct buf *b, const struct chart *c, const struct show *s, size_t x)
{
	size_t i;

	markup(b, "<title>%s", c->x[x]);
	for (i = 0; i < c->ns; i++) {
		markup(b, "\n%s: ", c->series[i]);
		svg_say(b, c, s, i, x);
	}
	buf_str(b, "</title>");
}

void
svg_fit(struct buf *b, const char *text, size_t columns)
{
	size_t len = strlen(text);

	if (utf8_width(text, len) <= columns) {
		markup_text(b, text);
		return;
	}
	markup_textn(b, text, utf8_fit(text, len, columns - 1));
	buf_str(b, "\u2026");
}
