/* csv_value - cells of spreadsheets as ids, times, amounts and lengths of time */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "intake/csv_value.h"
#include "text/money.h"
#include "time/tm.h"

enum { EXACT_DIGITS = 15 };	/* what a spreadsheet's number holds */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
digits_at(struct csv_cell c, size_t at)
{
	size_t n = at;

	while (n < c.len && is_digit(c.p[n]))
		n++;
	return n - at;
}

/* A spreadsheet's guard against formulas, or its mark of text before a number. */
static bool
is_guarded(struct csv_cell c)
{
	if (c.len < 2 || c.p[0] != '\'')
		return false;
	return strchr("=+-@\t\r", c.p[1]) != NULL || digits_at(c, 1) == c.len - 1;
}

struct csv_cell
csv_unwrap(struct csv_cell c, struct arena *scratch)
{
	if (c.len == 0 || (*c.p != '=' && *c.p != '\''))
		return c;
	if (c.len >= 3 && c.p[0] == '=' && c.p[1] == '"' && c.p[c.len - 1] == '"')
		return (struct csv_cell){ arena_strn(scratch, c.p + 2, c.len - 3), c.len - 3 };
	if (is_guarded(c))
		return (struct csv_cell){ c.p + 1, c.len - 1 };
	return c;
}

bool
csv_is_nothing(struct csv_cell c)
{
	static const char *const words[] = {
		"-", "--", "/", "NULL", "null", "\\N", "None", "nan", "NaN", "NaT", "N/A", "n/a",
		"#N/A", "无", "—", "——"
	};
	size_t i;

	if (c.len > 6 || (c.len > 0 && is_digit(*c.p)) || strchr("-/Nn\\#\xe6\xe2", *c.p) == NULL)
		return false;
	for (i = 0; c.len > 0 && i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(c.p, words[i]) == 0)
			return true;
	return c.len == 0;
}

/* 1.23457E+17: what a spreadsheet shows of a number too long for its column. */
static bool
is_scientific(struct csv_cell c)
{
	size_t at = 1;

	if (digits_at(c, 0) != 1)
		return false;
	if (at < c.len && c.p[at] == '.')
		at += 1 + digits_at(c, at + 1);
	if (at + 2 >= c.len || (c.p[at] != 'E' && c.p[at] != 'e') || c.p[at + 1] != '+')
		return false;
	return at + 2 + digits_at(c, at + 2) == c.len;
}

void
csv_digits_learn(struct csv_digits *d, struct csv_cell c)
{
	size_t i;

	if (d->kept || c.len <= EXACT_DIGITS || digits_at(c, 0) != c.len)
		return;
	for (i = EXACT_DIGITS; i < c.len; i++)
		d->kept = d->kept || c.p[i] != '0';
	d->zeros += (unsigned)(c.len - EXACT_DIGITS);
}

/* Three zeros where digits should be happen once in a thousand by chance. */
static bool
is_shortened(const struct csv_digits *d, struct csv_cell c)
{
	return c.len > EXACT_DIGITS && !d->kept && d->zeros >= 3 &&
	    digits_at(c, 0) == c.len;
}

/* 13800000000.0, as programs write whole numbers from a column with gaps. */
static bool
has_point_zero(struct csv_cell c)
{
	size_t n = digits_at(c, 0);

	return n > 0 && n <= EXACT_DIGITS && c.len == n + 2 && c.p[n] == '.' &&
	    c.p[n + 1] == '0';
}

int
csv_id(struct csv_digits *d, struct csv_cell *c, struct arena *scratch, struct err *e)
{
	if (c->len > 0 && *c->p == '\'')
		*c = (struct csv_cell){ c->p + 1, c->len - 1 };
	if (csv_is_nothing(*c)) {
		c->len = 0;
		return 0;
	}
	if (!is_digit(*c->p))
		return 0;
	if (is_scientific(*c))
		return err_set(e, ERR_DATA, "\"%.40s\" is a number cut short by a spreadsheet; "
		    "its digits are lost: export the column as text", c->p);
	csv_digits_learn(d, *c);
	if (is_shortened(d, *c))
		return err_set(e, ERR_DATA, "\"%.40s\" ends in zeros from digit 16 on, as all ids "
		    "here: rounded by a spreadsheet; export the column as text", c->p);
	if (has_point_zero(*c)) {
		c->len -= 2;
		c->p = arena_strn(scratch, c->p, c->len);
	}
	return 0;
}

static int
time_by_format(struct csv_cell c, const char *format, const struct zone *z, int64_t *at,
    struct err *e)
{
	struct tm t = { .tm_mday = 1 };
	const char *end = strptime(c.p, format, &t);
	struct tm_date d = { t.tm_year + 1900, t.tm_mon + 1, t.tm_mday };
	int64_t local;

	if (end == NULL || *end != '\0' || tm_date(tm_days(d)).day != d.day)
		return err_set(e, ERR_DATA, "\"%.40s\" is not a time by format=%s", c.p, format);
	local = tm_days(d) * TM_DAY_MS +
	    ((t.tm_hour * 60 + t.tm_min) * 60 + t.tm_sec) * INT64_C(1000);
	*at = strstr(format, "%z") != NULL ? local - t.tm_gmtoff * INT64_C(1000) :
	    zone_to_utc(z, local);
	return 0;
}

int
csv_time(struct csv_cell c, const char *format, const struct zone *z, int64_t *at,
    struct err *e)
{
	return format != NULL ? time_by_format(c, format, z, at, e) :
	    tm_parse(c.p, c.len, z, at, e);
}

/* The milliseconds of a unit called by the LEN bytes at S; 0 when none is. */
static int64_t
unit_of(const char *s, size_t len)
{
	static const struct { int64_t ms; const char *words; } units[] = {
		{ 86400000, " 天 日 d day days día días dia dias tag tage jour jours " },
		{ 3600000, " 小时 小時 时 h hr hrs hour hours hora horas std stunde stunden heure heures " },
		{ 60000, " 分钟 分鐘 分 m min mins minute minutes minuto minutos minuten " },
		{ 1000, " 秒钟 秒 s sec secs second seconds segundo segundos sekunde sekunden seconde "
		  "secondes " }
	};
	char word[32];
	size_t i;

	if (len == 0 || len + 3 > sizeof(word))
		return 0;
	word[0] = ' ';
	for (i = 0; i < len; i++)
		word[i + 1] = (char)tolower((unsigned char)s[i]);
	word[len + 1] = ' ';
	word[len + 2] = '\0';
	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strstr(units[i].words, word) != NULL)
			return units[i].ms;
	return 0;
}

/* 00:04:00 and 4:00; 1:30 of hours, or 1:30 hrs, is an hour and a half. */
static bool
span_by_colons(const char *s, int64_t unit_ms, int64_t *ms)
{
	int64_t total = 0, last_ms = 1000;
	int parts = 0;

	for (;;) {
		char *end;
		long v = strtol(s, &end, 10);

		if (end == s || v < 0 || v > 1000000 || !is_digit(*s))
			return false;
		total = total * 60 + v;
		parts++;
		s = end;
		if (*s != ':')
			break;
		if (parts == 3)
			return false;
		s++;
	}
	if (*s != '\0') {
		s += strspn(s, " ");
		unit_ms = unit_of(s, strlen(s));
		if (unit_ms == 0)
			return false;
	}
	if (parts == 2 && unit_ms == 3600000)
		last_ms = 60000;
	*ms = total * last_ms;
	return parts > 1;
}

/* 1小时2分3秒, 2 hours 5 minutes, and parts of them. */
static bool
span_by_words(const char *s, int64_t *ms)
{
	int64_t total = 0;

	while (*s != '\0') {
		char *end;
		double v = strtod(s, &end);
		const char *word = end + strspn(end, " ");
		size_t len = strcspn(word, " 0123456789,.;-+");
		int64_t unit = unit_of(word, len);

		if (end == s || unit == 0 || !is_digit(*s) || !(v >= 0 && v < 1e9))
			return false;
		total += (int64_t)(v * (double)unit + 0.5);
		s = word + len;
		s += strspn(s, " ,");
	}
	*ms = total;
	return true;
}

int
csv_span(struct csv_cell c, int64_t unit_ms, int64_t *ms, struct err *e)
{
	struct err unused;
	char *end;
	double v;

	if (span_by_colons(c.p, unit_ms, ms))
		return 0;
	v = strtod(c.p, &end);
	if (end > c.p && *end == '\0' && v >= 0 && v < 1e9) {
		*ms = (int64_t)(v * (double)unit_ms + 0.5);
		return 0;
	}
	if (c.len > 0 && (span_by_words(c.p, ms) || tm_parse_span(c.p, ms, &unused) == 0))
		return 0;
	return err_set(e, ERR_DATA, "\"%.40s\" is not a length of time", c.p);
}

static bool
is_of_number(char c)
{
	return is_digit(c) || c == '.' || c == ',';
}

int
csv_money_split(struct csv_cell c, struct csv_cell *number, struct csv_cell *currency,
    bool *negative, struct err *e)
{
	size_t from = 0, past, before = 0;

	while (from < c.len && !is_digit(c.p[from]))
		from++;
	past = from;
	while (past < c.len && is_of_number(c.p[past]))
		past++;
	if (past == from)
		return err_set(e, ERR_DATA, "\"%.40s\" is not an amount", c.p);
	*negative = memchr(c.p, '-', from) != NULL || memchr(c.p, '(', from) != NULL;
	while (before < from && strchr("-+( ", c.p[before]) != NULL)
		before++;
	*number = (struct csv_cell){ c.p + from, past - from };
	while (past < c.len && (c.p[past] == ' ' || c.p[past] == ')'))
		past++;
	if (past < c.len)
		*currency = (struct csv_cell){ c.p + past, c.len - past };
	else
		*currency = (struct csv_cell){ c.p + before, from - before };
	while (currency->len > 0 && strchr("-+( ", currency->p[currency->len - 1]) != NULL)
		currency->len--;
	return 0;
}

/* Thousands are marked by commas, three digits behind each. */
static bool
grouped_well(struct csv_cell c, size_t whole)
{
	size_t i;

	for (i = 0; i < whole; i++)
		if (c.p[i] == ',' && digits_at(c, i + 1) != 3)
			return false;
	return true;
}

/* One digit more; -1 when *V would be too much. */
static int
add_digit(int64_t *v, char digit)
{
	if (*v > (INT64_MAX / 10 - 9) / 1000)
		return -1;
	*v = *v * 10 + (digit - '0');
	return 0;
}

int
csv_money(struct csv_cell c, const char *currency, int64_t *minor, struct err *e)
{
	const char *point = memchr(c.p, '.', c.len);
	size_t whole = point != NULL ? (size_t)(point - c.p) : c.len, i;
	int left = money_digits(currency);
	bool bad = !grouped_well(c, whole);
	int64_t v = 0;

	for (i = 0; i < c.len && !bad; i++) {
		if (i == whole || (i < whole && c.p[i] == ','))
			continue;
		if (i > whole && left == 0)
			bad = c.p[i] != '0';
		else
			bad = !is_digit(c.p[i]) || add_digit(&v, c.p[i]) < 0;
		left -= i > whole && left > 0;
	}
	if (bad)
		return err_set(e, ERR_DATA, "\"%.*s\" is not an amount of %s", (int)c.len, c.p,
		    currency);
	while (left-- > 0)
		v *= 10;
	*minor = v;
	return 0;
}
