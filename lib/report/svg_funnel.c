/* svg_funnel - one step after the other, and how many are left */
#include <math.h>

#include "report/markup.h"
#include "report/svg.h"

enum { ROW = 58, BAR = 20, BAR_Y = 22, ACROSS = 1000, NAME_COLUMNS = 30 };

/* The slope from a step to the next, in an inner picture that is stretched. */
static void
slope(struct buf *b, double y, double from, double to)
{
	markup(b, "<svg x=\"0\" y=\"%f\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 %d %d\" "
	    "preserveAspectRatio=\"none\"><path class=\"slope\" d=\"M0 0H%fL%f %dH0z\"/></svg>",
	    y, ROW - BAR, ACROSS, ROW - BAR, ACROSS * from, ACROSS * to, ROW - BAR);
}

static void
step(struct buf *b, const struct chart *c, const struct show *s, size_t i, double most)
{
	struct buf value = BUF_INIT;
	double y = (double)i * ROW, v = isnan(c->v[i]) ? 0 : c->v[i];

	show_number(&value, s, &c->of, c->v[i]);
	if (i > 0 && c->v[0] > 0)
		buf_fmt(&value, " \u00b7 %.0f\u202f%%", 100 * v / c->v[0]);
	if (i + 1 < c->nx && !isnan(c->v[i + 1]))
		slope(b, y + BAR_Y + BAR, v / most, c->v[i + 1] / most);
	buf_str(b, "<g class=\"row\">");
	svg_title(b, c, s, i);
	markup(b, "<text class=\"name\" x=\"0\" y=\"%f\">", y + 15);
	svg_fit(b, c->x[i], NAME_COLUMNS);
	markup(b, "</text><text class=\"value\" x=\"100%%\" y=\"%f\" text-anchor=\"end\">%s</text>",
	    y + 15, buf_cstr(&value));
	markup(b, "<rect class=\"bar s1\" x=\"0\" y=\"%f\" width=\"%f%%\" height=\"%d\" "
	    "rx=\"3\"/></g>", y + BAR_Y, fmax(100 * v / most, 0.4), BAR);
	buf_release(&value);
}

void
svg_funnel(struct buf *b, const struct chart *c, const struct show *s)
{
	double most = 0;
	size_t i;

	for (i = 0; i < c->nx; i++)
		most = fmax(most, isnan(c->v[i]) ? 0 : c->v[i]);
	if (most <= 0)
		most = 1;
	svg_open(b, c, s, (double)c->nx * ROW);
	for (i = 0; i < c->nx; i++)
		step(b, c, s, i, most);
	svg_close(b);
}
