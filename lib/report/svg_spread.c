/* svg_spread - how lengths of time are spread, with the percentiles */
#include <math.h>

#include "report/markup.h"
#include "report/svg.h"

enum { LABELS = 40, LABEL = 14 };

/* Where S seconds lie, in per cent of the width: straight within a column. */
static double
place(const struct chart *c, double s)
{
	size_t i = 0;
	double to, part;

	while (i + 1 < c->nx && s >= c->edge[i + 1])
		i++;
	to = i + 1 < c->nx ? c->edge[i + 1] : 2 * c->edge[i] + 1;
	part = fmin((s - c->edge[i]) / (to - c->edge[i]), 0.96);
	return 100 * ((double)i + part) / (double)c->nx;
}

/* The percentiles as lines, and above the columns their names, each at its own height, on
 * the side where there is room; names last, so that no line runs through one. */
static void
marks(struct buf *b, const struct chart *c, const struct show *s)
{
	static const char *const names[] = { "p50", "p90", "p95" };
	static const struct field length = { .name = "", .type = FIELD_SECONDS };
	struct buf text = BUF_INIT;
	double x[3], y[3];
	size_t i;

	for (i = 0; i < 3; i++) {
		x[i] = place(c, c->mark[i]);
		y[i] = 14 + LABEL * (double)(2 - i);
		markup(b, "<line class=\"mark\" x1=\"%f%%\" x2=\"%f%%\" y1=\"%f\" y2=\"%d\"/>",
		    x[i], x[i], y[i] - 11, LABELS + SVG_TOP + SVG_PLOT);
	}
	for (i = 0; i < 3; i++) {
		buf_clear(&text);
		show_number(&text, s, &length, c->mark[i]);
		markup(b, "<text class=\"label halo\" x=\"%f%%\" dx=\"%d\" y=\"%f\" "
		    "text-anchor=\"%s\"><tspan class=\"strong\">%s</tspan> %s</text>", x[i],
		    x[i] > 55 ? -5 : 5, y[i], x[i] > 55 ? "end" : "start", names[i],
		    buf_cstr(&text));
	}
	buf_release(&text);
}

static void
columns(struct buf *b, const struct chart *c, const struct show *s, const struct svg_axis *a)
{
	double slot = 100 / (double)c->nx;
	size_t i;

	for (i = 0; i < c->nx; i++) {
		markup(b, "<g class=\"row\"><rect class=\"hit\" x=\"%f%%\" width=\"%f%%\" y=\"%d\" "
		    "height=\"%d\"/>", slot * (double)i, slot, SVG_TOP, SVG_PLOT);
		svg_title(b, c, s, i);
		markup(b, "<rect class=\"part s1\" x=\"%f%%\" width=\"%f%%\" y=\"%f\" "
		    "height=\"%f\"/>", slot * ((double)i + 0.03), slot * 0.94, svg_y(a, c->v[i]),
		    SVG_TOP + SVG_PLOT - svg_y(a, c->v[i]));
		if (c->before != NULL)
			markup(b, "<line class=\"past\" x1=\"%f%%\" x2=\"%f%%\" y1=\"%f\" "
			    "y2=\"%f\"/>", slot * ((double)i + 0.03), slot * ((double)i + 0.97),
			    svg_y(a, c->before[i]), svg_y(a, c->before[i]));
		buf_str(b, "</g>");
	}
}

void
svg_spread(struct buf *b, const struct chart *c, const struct show *s)
{
	struct svg_axis a;

	a = svg_open_axis(b, c, s, LABELS);
	columns(b, c, s, &a);
	svg_ticks(b, c, true);
	buf_str(b, "</svg>");
	marks(b, c, s);
	svg_close_axis(b);
}
