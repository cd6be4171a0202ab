/* svg_line - figures over time */
#include <math.h>

#include "report/markup.h"
#include "report/svg.h"

enum { HEIGHT = SVG_TOP + SVG_PLOT + SVG_BELOW, ACROSS = 1000, MOST_DOTS = 40 };

static double
across(const struct chart *c, size_t i)
{
	return ACROSS * ((double)i + 0.5) / (double)c->nx;
}

/* The line through the values there are, broken where there is none. */
static void
path(struct buf *b, const struct chart *c, const struct svg_axis *a, const double *v,
    const char *class, int series)
{
	bool down = false;
	size_t i;

	markup(b, "<path class=\"%s s%d\" vector-effect=\"non-scaling-stroke\" d=\"", class,
	    series);
	for (i = 0; i < c->nx; i++) {
		if (isnan(v[i])) {
			down = false;
			continue;
		}
		markup(b, "%s%f %f", down ? "L" : "M", across(c, i), svg_y(a, v[i]));
		down = true;
	}
	buf_str(b, "\"/>");
}

/* Points that would not be seen on the line, and all of them if they are few: lines of no
 * length with round ends. */
static void
dots(struct buf *b, const struct chart *c, const struct svg_axis *a, const double *v, int series)
{
	size_t i;

	markup(b, "<path class=\"dot s%d\" vector-effect=\"non-scaling-stroke\" d=\"", series);
	for (i = 0; i < c->nx; i++) {
		bool alone = (i == 0 || isnan(v[i - 1])) && (i + 1 == c->nx || isnan(v[i + 1]));

		if (!isnan(v[i]) && (alone || c->nx <= MOST_DOTS))
			markup(b, "M%f %fh0", across(c, i), svg_y(a, v[i]));
	}
	buf_str(b, "\"/>");
}

/* A soft ground below a single line. */
static void
ground(struct buf *b, const struct chart *c, const struct svg_axis *a)
{
	double zero = svg_y(a, fmax(0, a->low));
	size_t i, from;

	for (i = 0; i < c->nx; i++) {
		if (isnan(c->v[i]))
			continue;
		from = i;
		markup(b, "<path class=\"ground s1\" d=\"M%f %f", across(c, from), zero);
		for (; i < c->nx && !isnan(c->v[i]); i++)
			markup(b, "L%f %f", across(c, i), svg_y(a, c->v[i]));
		markup(b, "L%f %fz\"/>", across(c, i - 1), zero);
	}
}

void
svg_line(struct buf *b, const struct chart *c, const struct show *s)
{
	struct svg_axis a;
	size_t i;

	a = svg_open_axis(b, c, s, 0);
	markup(b, "<svg width=\"100%%\" height=\"%d\" viewBox=\"0 0 %d %d\" "
	    "preserveAspectRatio=\"none\" overflow=\"visible\" aria-hidden=\"true\">", HEIGHT,
	    ACROSS, HEIGHT);
	if (c->ns == 1)
		ground(b, c, &a);
	for (i = 0; c->before != NULL && i < c->ns; i++)
		path(b, c, &a, c->before + i * c->nx, "past", (int)i + 1);
	for (i = c->ns; i-- > 0;) {
		path(b, c, &a, c->v + i * c->nx, "line", (int)i + 1);
		dots(b, c, &a, c->v + i * c->nx, (int)i + 1);
	}
	buf_str(b, "</svg>");
	svg_ticks(b, c, false);
	for (i = 0; i < c->nx; i++) {
		markup(b, "<rect class=\"hit\" x=\"%f%%\" width=\"%f%%\" y=\"%d\" height=\"%d\">",
		    100 * (double)i / (double)c->nx, 100 / (double)c->nx, SVG_TOP, SVG_PLOT);
		svg_title(b, c, s, i);
		buf_str(b, "</rect>");
	}
	svg_close_axis(b);
}

void
svg_spark(struct buf *b, const double *v, size_t n)
{
	double low = INFINITY, high = -INFINITY;
	bool down = false;
	size_t i;

	for (i = 0; i < n; i++)
		if (!isnan(v[i]))
			low = fmin(low, v[i]), high = fmax(high, v[i]);
	if (high < low)
		return;
	low = fmin(low, 0);
	if (high <= low)
		high = low + 1;
	buf_str(b, "<svg class=\"spark\" width=\"100%\" height=\"34\" viewBox=\"0 0 100 34\" "
	    "preserveAspectRatio=\"none\" aria-hidden=\"true\"><path "
	    "vector-effect=\"non-scaling-stroke\" d=\"");
	for (i = 0; i < n; i++) {
		if (!isnan(v[i]))
			markup(b, "%s%f %f", down ? "L" : "M", 100 * ((double)i + 0.5) / (double)n,
			    31 - 28 * (v[i] - low) / (high - low));
		down = !isnan(v[i]);
	}
	buf_str(b, "\"/></svg>");
}
