/* svg_stack - figures of days, standing, the parts upon one another */
#include <math.h>

#include "report/markup.h"
#include "report/svg.h"

static void
column(struct buf *b, const struct chart *c, const struct show *s, const struct svg_axis *a,
    size_t x)
{
	double slot = 100 / (double)c->nx, sum = 0;
	double width = slot * (c->nx > 60 ? 0.9 : c->nx > 8 ? 0.7 : 0.56);
	size_t i;

	markup(b, "<g class=\"row\"><rect class=\"hit\" x=\"%f%%\" width=\"%f%%\" y=\"%d\" "
	    "height=\"%d\"/>", slot * (double)x, slot, SVG_TOP, SVG_PLOT);
	svg_title(b, c, s, x);
	for (i = 0; i < c->ns; i++) {
		double v = c->v[i * c->nx + x];

		if (isnan(v) || v <= 0)
			continue;
		markup(b, "<rect class=\"part s%z\" x=\"%f%%\" width=\"%f%%\" y=\"%f\" "
		    "height=\"%f\"/>", i + 1, slot * (double)x + (slot - width) / 2, width,
		    svg_y(a, sum + v), svg_y(a, sum) - svg_y(a, sum + v));
		sum += v;
	}
	buf_str(b, "</g>");
}

void
svg_stack(struct buf *b, const struct chart *c, const struct show *s)
{
	struct svg_axis a;
	size_t i;

	a = svg_open_axis(b, c, s, 0);
	for (i = 0; i < c->nx; i++)
		column(b, c, s, &a, i);
	svg_ticks(b, c, false);
	svg_close_axis(b);
}
