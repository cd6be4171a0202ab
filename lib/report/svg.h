/* svg - a chart as inline SVG.
 *
 * A picture is as wide as its place and as high as it says: positions across are per cent,
 * letters keep their size, so that it can be read on a telephone, a wide screen and paper
 * without any script.  Lines lie in an inner picture that is stretched, strokes are not.
 * Colours come from classes of the page (html_style.c); every mark has a title that says
 * its value, and all values stand in the table that the page puts under the chart.
 */
#ifndef CSR_SVG_H
#define CSR_SVG_H

#include "base/buf.h"
#include "report/chart.h"
#include "report/show.h"

/* Appends <svg>...</svg>. */
void svg_chart(struct buf *b, const struct chart *c, const struct show *s);
/* Appends a small line of N values, without axes; NAN is a gap. */
void svg_spark(struct buf *b, const double *v, size_t n);
/* True for a chart that wants the whole width of a page. */
bool svg_is_wide(const struct chart *c);

/* For svg_*.c: one file a kind. */
void svg_line(struct buf *b, const struct chart *c, const struct show *s);
void svg_bar(struct buf *b, const struct chart *c, const struct show *s);
void svg_stack(struct buf *b, const struct chart *c, const struct show *s);
void svg_heat(struct buf *b, const struct chart *c, const struct show *s);
void svg_spread(struct buf *b, const struct chart *c, const struct show *s);
void svg_funnel(struct buf *b, const struct chart *c, const struct show *s);

/* Where things lie in a chart with an upright axis, in pixels. */
enum { SVG_TOP = 22, SVG_PLOT = 188, SVG_BELOW = 24 };

struct svg_axis {
	double low, top, step;
};

/* A picture without an axis. */
void svg_open(struct buf *b, const struct chart *c, const struct show *s, double height);
void svg_close(struct buf *b);
/* A picture beside the numbers of its upright axis, which are as wide as they are; DOWN
 * pixels are kept free above.  Draws the lines of the axis. */
struct svg_axis svg_open_axis(struct buf *b, const struct chart *c, const struct show *s,
    int down);
void svg_close_axis(struct buf *b);
double svg_y(const struct svg_axis *a, double v);
/* The names below: as many as there is room for, fewer on a narrow screen. */
void svg_ticks(struct buf *b, const struct chart *c, bool at_edges);
/* <title> of column X: its name and the value of each series. */
void svg_title(struct buf *b, const struct chart *c, const struct show *s, size_t x);
/* "name: value" of one place in the grid. */
void svg_say(struct buf *b, const struct chart *c, const struct show *s, size_t series, size_t x);
/* An escaped text of at most COLUMNS columns, with an ellipsis if it was longer. */
void svg_fit(struct buf *b, const char *text, size_t columns);

#endif
