/* svg_heat - a grid of figures as shades: the weekday down, the hour across */
#include <math.h>
#include <string.h>

#include "report/markup.h"
#include "report/svg.h"
#include "text/utf8.h"

enum { ROW = 26, BELOW = 22, LEVELS = 8, FEW = 8, MOST_NAME = 14 };

/* The names of the rows in a picture of their own, as wide as they are. */
static void
names_beside(struct buf *b, const struct chart *c)
{
	size_t i, widest = 2;

	for (i = 0; i < c->ns; i++) {
		size_t w = utf8_width(c->series[i], strlen(c->series[i]));

		widest = w > widest ? w : widest;
	}
	widest = widest < MOST_NAME ? widest : MOST_NAME;
	markup(b, "<svg class=\"names\" width=\"%f\" height=\"%z\" aria-hidden=\"true\">",
	    (double)widest * 6.8 + 10, c->ns * ROW + BELOW);
	for (i = 0; i < c->ns; i++) {
		markup(b, "<text class=\"tick\" x=\"0\" y=\"%z\">", i * ROW + 17);
		svg_fit(b, c->series[i], widest);
		buf_str(b, "</text>");
	}
	buf_str(b, "</svg>");
}

static int
level(double v, double most)
{
	if (isnan(v) || v <= 0)
		return 0;
	return 1 + (int)fmin(floor(v / most * LEVELS), LEVELS - 1);
}

static void
cell(struct buf *b, const struct chart *c, const struct show *s, double most, size_t row, size_t x)
{
	struct buf text = BUF_INIT;
	double v = c->v[row * c->nx + x], slot = 100 / (double)c->nx;
	int shade = level(v, most);

	markup(b, "<rect class=\"cell h%d\" x=\"%f%%\" y=\"%z\" width=\"%f%%\" height=\"%d\" "
	    "rx=\"2\"><title>%s \u00b7 %s: ", shade, slot * (double)x, row * ROW + 1, slot, ROW - 2,
	    c->series[row], c->x[x]);
	svg_say(b, c, s, row, x);
	buf_str(b, "</title></rect>");
	if (c->nx <= FEW && !isnan(v)) {
		show_number(&text, s, &c->of, v);
		markup(b, "<text class=\"in%d\" x=\"%f%%\" y=\"%z\" text-anchor=\"middle\">%s"
		    "</text>", shade > LEVELS / 2 + 1, slot * ((double)x + 0.5), row * ROW + 17,
		    buf_cstr(&text));
	}
	buf_release(&text);
}

/* The names of the columns: of hours every third. */
static void
names_below(struct buf *b, const struct chart *c)
{
	size_t step = c->nx > 12 ? 3 : 1, i, room = c->nx > FEW ? 4 : 60 / (c->nx + 1);
	double slot = 100 / (double)c->nx;

	for (i = 0; i < c->nx; i += step) {
		markup(b, "<text class=\"tick\" x=\"%f%%\" y=\"%z\" text-anchor=\"middle\">",
		    slot * ((double)i + 0.5), c->ns * ROW + 15);
		svg_fit(b, c->tick[i], room > 3 ? room : 3);
		buf_str(b, "</text>");
	}
}

void
svg_heat(struct buf *b, const struct chart *c, const struct show *s)
{
	size_t i, x;
	double most = 0;

	for (i = 0; i < c->nx * c->ns; i++)
		most = fmax(most, isnan(c->v[i]) ? 0 : c->v[i]);
	buf_str(b, "<div class=\"axed\">");
	names_beside(b, c);
	svg_open(b, c, s, (double)(c->ns * ROW + BELOW));
	for (i = 0; i < c->ns; i++)
		for (x = 0; x < c->nx; x++)
			cell(b, c, s, most > 0 ? most : 1, i, x);
	names_below(b, c);
	svg_close(b);
	buf_str(b, "</div>");
}
