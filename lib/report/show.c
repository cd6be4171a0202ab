/* show - a cell as people read it on a page, in their language */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/show.h"
#include "report/table_form.h"
#include "time/tm.h"

#define NONE "\u2013"
#define MINUS "\u2212"

void
show_int(struct buf *b, int64_t v)
{
	char digits[24];
	int len, i;

	if (v < 0)
		buf_str(b, MINUS);
	len = snprintf(digits, sizeof(digits), "%llu", v < 0 ? 0 - (unsigned long long)v :
	    (unsigned long long)v);
	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_char(b, ',');
		buf_char(b, digits[i]);
	}
}

static void
show_real(struct buf *b, double v, int decimals)
{
	double scale = pow(10, decimals), whole;
	char text[40];

	v = round(v * scale) / scale;
	if (fabs(v) >= 1e15) {
		buf_fmt(b, "%.3g", v);
		return;
	}
	if (v < 0)
		buf_str(b, MINUS);
	whole = trunc(fabs(v));
	show_int(b, (int64_t)whole);
	if (decimals > 0) {
		snprintf(text, sizeof(text), "%.*f", decimals, fabs(v) - whole);
		buf_str(b, strchr(text, '.'));
	}
}

/* The two largest units of a length of time: how long it is, not to the second. */
static const struct {
	double s;
	const char *name[LANGS];
	int digits;		/* of what stands behind a larger unit */
} units[] = {
	{ 86400, { [LANG_EN] = "d", [LANG_ZH] = "天" }, 1 },
	{ 3600, { [LANG_EN] = "h", [LANG_ZH] = "小时" }, 1 },
	{ 60, { [LANG_EN] = "min", [LANG_ZH] = "分" }, 2 },
	{ 1, { [LANG_EN] = "s", [LANG_ZH] = "秒" }, 2 },
};
enum { UNITS = sizeof(units) / sizeof(units[0]) };

static void
add_unit(struct buf *b, enum lang lang, double n, int digits, size_t unit)
{
	buf_fmt(b, "%0*.0f", digits, n);
	buf_str(b, "\u202f");
	buf_str(b, units[unit].name[lang]);
}

/* Below a minute with a decimal if it is not whole: 42 s, 0.5 s. */
static void
show_seconds(struct buf *b, enum lang lang, double s)
{
	size_t i = 0;
	double rest;

	if (s < 0)
		buf_str(b, MINUS);
	s = fabs(s);
	if (s < 10 && s != floor(s)) {
		buf_fmt(b, "%.1f\u202f%s", s, units[UNITS - 1].name[lang]);
		return;
	}
	/* Rounded to the smaller unit first, so that 59.9 s is a minute. */
	while (i + 1 < UNITS && round(s / (i + 2 < UNITS ? units[i + 1].s : 1)) *
	    (i + 2 < UNITS ? units[i + 1].s : 1) < units[i].s)
		i++;
	if (i + 1 == UNITS) {
		add_unit(b, lang, round(s), 1, i);
		return;
	}
	s = round(s / units[i + 1].s) * units[i + 1].s;
	rest = s - floor(s / units[i].s) * units[i].s;
	add_unit(b, lang, floor(s / units[i].s), 1, i);
	if (rest > 0) {
		buf_char(b, ' ');
		add_unit(b, lang, rest / units[i + 1].s, units[i + 1].digits, i + 1);
	}
}

static bool
is_percent(const struct field *f)
{
	return f->unit != NULL && strcmp(f->unit, "%") == 0;
}

/* A number that is a name, as the number of a ticket. */
static bool
is_id(const struct field *f)
{
	return f->unit != NULL && strcmp(f->unit, "#") == 0;
}

static double
seconds(const struct field *f, double v)
{
	return f->type == FIELD_MS ? v / 1000 : v;
}

static bool
is_length(const struct field *f)
{
	return f->type == FIELD_MS || f->type == FIELD_SECONDS;
}

void
show_number(struct buf *b, const struct show *s, const struct field *f, double v)
{
	enum lang lang = words_lang(s->words);

	if (isnan(v))
		buf_str(b, NONE);
	else if (is_id(f))
		buf_fmt(b, "%.0f", v);
	else if (is_length(f))
		show_seconds(b, lang, seconds(f, v));
	else
		show_real(b, v, f->type == FIELD_REAL ? f->decimals : 0);
	if (!isnan(v) && f->unit != NULL && !is_length(f) && !is_id(f)) {
		buf_str(b, "\u202f");
		buf_str(b, f->unit);
	}
}

void
show_difference(struct buf *b, const struct show *s, const struct field *f, double v)
{
	struct field points = *f;

	if (isnan(v) || !is_percent(f)) {
		show_number(b, s, f, v);
		return;
	}
	points.unit = words_lang(s->words) == LANG_ZH ? "个百分点" : "points";
	show_number(b, s, &points, v);
}

void
show_change(struct buf *b, const struct show *s, const struct field *f, double v)
{
	if (v > 0)
		buf_char(b, '+');
	show_difference(b, s, f, v);
}

void
show_tick(struct buf *b, const struct show *s, const struct field *f, double v)
{
	if (v == 0 && !is_percent(f)) {
		buf_char(b, '0');
	} else if (is_length(f)) {
		show_seconds(b, words_lang(s->words), seconds(f, v));
	} else if (fabs(v) >= 10000) {
		buf_fmt(b, "%.*f%s", fmod(v, fabs(v) >= 1e6 ? 1e6 : 1e3) != 0,
		    v / (fabs(v) >= 1e6 ? 1e6 : 1e3), fabs(v) >= 1e6 ? "M" : "k");
	} else {
		buf_fmt(b, "%.10g", v);
		if (is_percent(f))
			buf_str(b, "\u202f%");
	}
}

void
show_p(struct buf *b, double p)
{
	if (p < 0.001)
		buf_str(b, "p\u202f<\u202f0.001");
	else if (p > 0.99)
		buf_str(b, "p\u202f>\u202f0.99");
	else
		buf_fmt(b, "p\u202f=\u202f%.*f", p < 0.1 ? 3 : 2, p);
}

static void
show_text(struct buf *b, const struct show *s, const struct field *f, const char *text,
    size_t len)
{
	const char *word = words_value(s->words, f->name, text, len);

	if (word != NULL)
		buf_str(b, word);
	else
		table_add_clean(b, text, len);
}

void
show_cell(struct buf *b, const struct show *s, const struct field *f, const struct cell *c)
{
	char text[TM_SIZE];
	const char *word;

	if (table_is_null(c)) {
		buf_str(b, NONE);
	} else if (c->kind == CELL_TEXT) {
		show_text(b, s, f, c->u.text, c->len);
	} else if (c->kind == CELL_TIME) {
		tm_format(c->u.n, s->zone, text);
		text[10] = ' ';
		buf_add(b, text, 16);
	} else {
		snprintf(text, sizeof(text), "%lld", c->kind == CELL_INT ? (long long)c->u.n : 0);
		word = c->kind == CELL_INT ? words_value(s->words, f->name, text,
		    strlen(text)) : NULL;
		if (word != NULL)
			buf_str(b, word);
		else if (f->role == ROLE_CHANGE)
			show_change(b, s, f, cell_number(c));
		else
			show_number(b, s, f, cell_number(c));
	}
}
