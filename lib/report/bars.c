/* bars - the charts of a page as text, for a terminal */
#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "report/bars.h"
#include "report/table_form.h"
#include "text/utf8.h"

enum { PLAIN_WIDTH = 80, LEAST_BAR = 10, MOST_BAR = 60, NAME_WIDTH = 24 };

struct canvas {
	struct buf *b;
	const struct chart *c;
	struct show show;
	bool color;
	size_t width;		/* columns of the terminal */
	size_t name, value;	/* columns of the widest of each */
	double most;
};

static size_t
terminal_width(void)
{
	struct winsize w;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 40)
		return w.ws_col;
	return PLAIN_WIDTH;
}

static void
pad(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_char(b, ' ');
}

/* A name in its column, cut to it with an ellipsis. */
static void
put_name(struct canvas *k, const char *name)
{
	size_t len = strlen(name), width = utf8_width(name, len);

	if (width > k->name) {
		len = utf8_fit(name, len, k->name - 1);
		width = utf8_width(name, len) + 1;
		table_add_clean(k->b, name, len);
		buf_str(k->b, "\u2026");
	} else {
		table_add_clean(k->b, name, len);
	}
	pad(k->b, k->name - width + 2);
}

/* V as blocks, an eighth of a column exact. */
static void
put_bar(struct canvas *k, double v, size_t room)
{
	static const char *const eighths[] = { "", "\u258f", "\u258e", "\u258d", "\u258c",
		"\u258b", "\u258a", "\u2589" };
	size_t n = isnan(v) || v <= 0 ? 0 : (size_t)round(v / k->most * (double)room * 8), i;

	if (k->color)
		buf_str(k->b, "\033[34m");
	for (i = 0; i < n / 8; i++)
		buf_str(k->b, "\u2588");
	buf_str(k->b, eighths[n % 8]);
	if (k->color)
		buf_str(k->b, "\033[m");
	pad(k->b, room - n / 8 - (n % 8 > 0));
}

static void
say(struct canvas *k, size_t series, size_t x, struct buf *text)
{
	buf_clear(text);
	show_number(text, &k->show, &k->c->of, k->c->v[series * k->c->nx + x]);
}

/* How wide names and values are, and the greatest value. */
static void
measure(struct canvas *k)
{
	const struct chart *c = k->c;
	struct buf text = BUF_INIT;
	size_t i, s;

	k->name = k->value = 1;
	k->most = 0;
	for (i = 0; i < c->nx; i++) {
		size_t w = utf8_width(c->x[i], strlen(c->x[i]));

		if (w > k->name)
			k->name = w < NAME_WIDTH ? w : NAME_WIDTH;
		for (s = 0; s < c->ns; s++) {
			say(k, s, i, &text);
			w = utf8_width(buf_cstr(&text), text.len);
			k->value = w > k->value ? w : k->value;
			k->most = fmax(k->most, isnan(c->v[s * c->nx + i]) ? 0 :
			    c->v[s * c->nx + i]);
		}
	}
	if (k->most <= 0)
		k->most = 1;
	buf_release(&text);
}

static void
rows(struct canvas *k, size_t series)
{
	size_t taken = k->name + k->value + 4, room, i;
	struct buf text = BUF_INIT;

	room = k->width > taken + LEAST_BAR ? k->width - taken : LEAST_BAR;
	room = room < MOST_BAR ? room : MOST_BAR;
	for (i = 0; i < k->c->nx; i++) {
		put_name(k, k->c->x[i]);
		put_bar(k, k->c->v[series * k->c->nx + i], room);
		say(k, series, i, &text);
		pad(k->b, 2 + k->value - utf8_width(buf_cstr(&text), text.len));
		buf_fmt(k->b, "%s\n", buf_cstr(&text));
	}
	buf_release(&text);
}

static void
heat(struct canvas *k)
{
	static const char *const shades[] = { " ", "\u00b7", "\u2591", "\u2592", "\u2593",
		"\u2588" };
	const struct chart *c = k->c;
	size_t s, i, least = k->c->nx > 12 ? 2 : 8;

	k->name = 1;
	for (s = 0; s < c->ns; s++) {
		size_t w = utf8_width(c->series[s], strlen(c->series[s]));

		k->name = w > k->name ? w < NAME_WIDTH ? w : NAME_WIDTH : k->name;
	}
	for (s = 0; s < c->ns; s++) {
		put_name(k, c->series[s]);
		for (i = 0; i < c->nx; i++) {
			double v = c->v[s * c->nx + i];
			int shade = isnan(v) || v <= 0 ? 0 :
			    1 + (int)fmin(floor(5 * v / k->most), 4);
			size_t n;

			for (n = 0; n < least; n++)
				buf_str(k->b, shades[shade]);
		}
		buf_char(k->b, '\n');
	}
	put_name(k, "");
	for (i = 0; i < c->nx; i++) {
		size_t len = utf8_fit(c->tick[i], strlen(c->tick[i]), least);

		table_add_clean(k->b, c->tick[i], len);
		pad(k->b, least - utf8_width(c->tick[i], len));
	}
	buf_char(k->b, '\n');
}

static void
chart(struct canvas *k)
{
	size_t s;

	buf_str(k->b, k->color ? "\033[1m" : "");
	table_add_clean(k->b, k->c->title, strlen(k->c->title));
	buf_str(k->b, k->color ? "\033[m\n" : "\n");
	measure(k);
	if (k->c->kind == CHART_HEAT)
		heat(k);
	for (s = 0; k->c->kind != CHART_HEAT && s < k->c->ns; s++) {
		if (k->c->ns > 1) {
			table_add_clean(k->b, k->c->series[s], strlen(k->c->series[s]));
			buf_str(k->b, ":\n");
		}
		rows(k, s);
	}
	buf_char(k->b, '\n');
}

static int
count_only(void *ctx, const struct cell *cells, struct err *e)
{
	(void)ctx;
	(void)cells;
	(void)e;
	return 0;
}

int
bars_page(const struct page *p, const struct page_out *out, bool color, struct err *e)
{
	struct canvas k = { .b = out->b, .show = { p->words, p->zone }, .color = color,
		.width = terminal_width() };
	size_t i, n;

	for (n = 0; n < p->n; n++) {
		struct section *s = &p->sections[n].section;

		if (s->report->n_measures == 0 && s->report->n_charts == 0)
			return err_set(e, ERR_USAGE, "%s has no chart: it is a list",
			    s->report->name);
		for (i = 0; i < s->n_charts; i++) {
			k.c = &s->charts[i];
			chart(&k);
		}
		if (section_rows(s, count_only, NULL, e) < 0)
			return -1;
	}
	return 0;
}
