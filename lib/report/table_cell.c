/* table_cell - one cell as text */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/table_form.h"
#include "text/shown.h"
#include "time/tm.h"

void
table_add_clean(struct buf *b, const char *s, size_t len)
{
	shown_add(b, s, len);
}

/* Appends V with at most DECIMALS places; without the zeros behind if TRIM. */
static void
add_real(struct buf *b, double v, int decimals, bool trim)
{
	char text[400];
	int len = snprintf(text, sizeof(text), "%.*f", decimals, v);

	if (trim && decimals > 0) {
		while (text[len - 1] == '0')
			len--;
		if (text[len - 1] == '.')
			len--;
	}
	if (len == 2 && memcmp(text, "-0", 2) == 0)
		buf_char(b, '0');
	else
		buf_add(b, text, (size_t)len);
}

bool
table_is_null(const struct cell *c)
{
	return c->kind == CELL_NULL || (c->kind == CELL_REAL && !isfinite(c->u.real));
}

void
table_add_plain(struct buf *b, const struct table *t, const struct column *col,
    const struct cell *c, bool trim)
{
	char time[TM_SIZE];

	if (c->kind == CELL_INT)
		buf_fmt(b, "%lld", (long long)c->u.n);
	else if (c->kind == CELL_REAL)
		add_real(b, c->u.real, col->decimals, trim);
	else
		buf_str(b, tm_format(c->u.n, t->zone, time));
}

bool
table_is_right(const struct column *col)
{
	return col->type == COL_INT || col->type == COL_REAL;
}

/* "2026-10-01 09:00:00": a person at this desk knows the zone. */
static void
add_people_time(struct buf *b, const struct table *t, int64_t at)
{
	char time[TM_SIZE];

	tm_format(at, t->zone, time);
	time[10] = ' ';
	buf_add(b, time, 19);
}

void
table_add_people(struct buf *b, const struct table *t, const struct column *col,
    const struct cell *c)
{
	if (table_is_null(c))
		buf_char(b, '-');
	else if (c->kind == CELL_TEXT)
		table_add_clean(b, c->u.text, c->len);
	else if (c->kind == CELL_TIME)
		add_people_time(b, t, c->u.n);
	else
		table_add_plain(b, t, col, c, false);
}
