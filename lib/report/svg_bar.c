/* svg_bar - figures of names, lying: the name above its bar, so that long ones fit */
#include <math.h>
#include <string.h>

#include "report/markup.h"
#include "report/svg.h"

enum { ROW = 42, BAR = 10, BAR_Y = 22, NAME_COLUMNS = 30 };

struct scale {
	double low, top;
};

static double
percent(const struct scale *s, double v)
{
	return 100 * (v - s->low) / (s->top - s->low);
}

static void
bar(struct buf *b, const struct scale *sc, const char *class, double v, double y)
{
	double from = percent(sc, fmin(v, 0)), to = percent(sc, fmax(v, 0));

	markup(b, "<rect class=\"%s\" x=\"%f%%\" y=\"%f\" width=\"%f%%\" height=\"%d\" rx=\"3\"/>",
	    class, from, y, fmax(to - from, 0.4), BAR);
}

/* The interval as a line with ends, the value before as a mark. */
static void
extras(struct buf *b, const struct chart *c, const struct scale *sc, size_t i, double y)
{
	double mid = y + BAR / 2.0;

	if (c->before != NULL && !isnan(c->before[i]))
		markup(b, "<line class=\"mark\" x1=\"%f%%\" x2=\"%f%%\" y1=\"%f\" y2=\"%f\"/>",
		    percent(sc, c->before[i]), percent(sc, c->before[i]), y - 3, y + BAR + 3);
	if (c->low == NULL || isnan(c->low[i]))
		return;
	markup(b, "<line class=\"range\" x1=\"%f%%\" x2=\"%f%%\" y1=\"%f\" y2=\"%f\"/>",
	    percent(sc, c->low[i]), percent(sc, c->high[i]), mid, mid);
	markup(b, "<line class=\"range\" x1=\"%f%%\" x2=\"%f%%\" y1=\"%f\" y2=\"%f\"/>",
	    percent(sc, c->low[i]), percent(sc, c->low[i]), mid - 4, mid + 4);
	markup(b, "<line class=\"range\" x1=\"%f%%\" x2=\"%f%%\" y1=\"%f\" y2=\"%f\"/>",
	    percent(sc, c->high[i]), percent(sc, c->high[i]), mid - 4, mid + 4);
}

static void
row(struct buf *b, const struct chart *c, const struct show *s, const struct scale *sc, size_t i)
{
	struct buf value = BUF_INIT;
	double y = (double)i * ROW;

	markup(b, "<g class=\"row\"><rect class=\"hit\" x=\"0\" y=\"%f\" width=\"100%%\" "
	    "height=\"%d\"/>", y, ROW);
	svg_title(b, c, s, i);
	markup(b, "<text class=\"name\" x=\"0\" y=\"%f\">", y + 15);
	svg_fit(b, c->x[i], NAME_COLUMNS);
	show_number(&value, s, &c->of, c->v[i]);
	markup(b, "</text><text class=\"value\" x=\"100%%\" y=\"%f\" text-anchor=\"end\">%s</text>",
	    y + 15, buf_cstr(&value));
	markup(b, "<rect class=\"track\" x=\"0\" y=\"%f\" width=\"100%%\" height=\"%d\" rx=\"3\"/>",
	    y + BAR_Y, BAR);
	if (!isnan(c->v[i]))
		bar(b, sc, "bar s1", c->v[i], y + BAR_Y);
	extras(b, c, sc, i, y + BAR_Y);
	buf_str(b, "</g>");
	buf_release(&value);
}

void
svg_bar(struct buf *b, const struct chart *c, const struct show *s)
{
	struct scale sc;
	double step;
	size_t i;

	sc.top = chart_range(c, &sc.low, &step);
	if (c->of.unit != NULL && strcmp(c->of.unit, "%") == 0 && sc.low == 0)
		sc.top = fmax(sc.top, 100);
	svg_open(b, c, s, (double)c->nx * ROW);
	for (i = 0; i < c->nx; i++)
		row(b, c, s, &sc, i);
	svg_close(b);
}
