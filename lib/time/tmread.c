/* tmread - reads instants, dates and lengths of time */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "time/tm.h"

static bool
date_exists(struct tm_date d)
{
	struct tm_date back;

	if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
		return false;
	back = tm_date(tm_days(d));
	return back.day == d.day;
}

/* Text being read; never past END. */
struct in {
	const char *p, *end;
};

/* MIN to MAX digits into *v. */
static bool
digits(struct in *in, int min, int max, int *v)
{
	int n = 0;

	*v = 0;
	while (n < max && in->p < in->end && *in->p >= '0' && *in->p <= '9') {
		*v = *v * 10 + (*in->p++ - '0');
		n++;
	}
	return n >= min;
}

static bool
take(struct in *in, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(in->end - in->p) < len || memcmp(in->p, word, len) != 0)
		return false;
	in->p += len;
	return true;
}

static bool
take_blanks(struct in *in)
{
	const char *from = in->p;

	while (in->p < in->end && *in->p == ' ')
		in->p++;
	return in->p > from;
}

/* 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日; *han tells the last. */
static bool
read_date(struct in *in, struct tm_date *d, bool *han)
{
	char sep;

	if (!digits(in, 4, 4, &d->year) || in->p == in->end)
		return false;
	*han = take(in, "年");
	if (*han)
		return digits(in, 1, 2, &d->month) && take(in, "月") &&
		    digits(in, 1, 2, &d->day) && (take(in, "日") || take(in, "号"));
	sep = *in->p++;
	if (sep != '-' && sep != '/' && sep != '.')
		return false;
	return digits(in, 1, 2, &d->month) && in->p < in->end && *in->p++ == sep &&
	    digits(in, 1, 2, &d->day);
}

/* .123456 as milliseconds; nothing is zero. */
static bool
read_fraction(struct in *in, int *ms)
{
	static const int scale[] = { 0, 100, 10, 1 };
	const char *from;
	int rest;

	*ms = 0;
	if (!take(in, ".") && !take(in, ","))
		return true;
	from = in->p;
	if (!digits(in, 1, 3, ms))
		return false;
	*ms *= scale[in->p - from];
	return digits(in, 0, 9, &rest);
}

/* 9:00, 09:00:05.123, 9时, 9点5分, 9时5分6秒 as milliseconds of the day. */
static bool
read_clock(struct in *in, int64_t *ms)
{
	int h, m = 0, s = 0, frac = 0;

	if (!digits(in, 1, 2, &h))
		return false;
	if (take(in, ":")) {
		if (!digits(in, 2, 2, &m))
			return false;
		if (take(in, ":") && !(digits(in, 2, 2, &s) && read_fraction(in, &frac)))
			return false;
	} else if (take(in, "时") || take(in, "点")) {
		if (digits(in, 1, 2, &m) && take(in, "分") && digits(in, 1, 2, &s) &&
		    !take(in, "秒"))
			return false;
	} else {
		return false;
	}
	*ms = ((h * 60 + m) * 60 + s) * INT64_C(1000) + frac;
	return h < 24 && m < 60 && s <= 60;
}

/* Z, +08:00, -0500, +08, UTC, or nothing (*given false), up to the end. */
static bool
read_offset(struct in *in, bool *given, int64_t *offset_ms)
{
	int sign, h, m = 0;

	*offset_ms = 0;
	take_blanks(in);
	*given = in->p < in->end;
	if (!*given)
		return true;
	if (take(in, "Z") || take(in, "z") || take(in, "UTC") || take(in, "GMT"))
		return in->p == in->end;
	sign = *in->p == '-' ? -1 : 1;
	if (!take(in, "+") && !take(in, "-"))
		return false;
	if (!digits(in, 2, 2, &h))
		return false;
	if (in->p < in->end && (take(in, ":"), !digits(in, 2, 2, &m)))
		return false;
	*offset_ms = sign * (h * 60 + m) * TM_MINUTE_MS;
	return in->p == in->end && h < 24 && m < 60;
}

/* 1790816400, 1790816400123, 1790816400.123456 */
static bool
read_unix(struct in in, int64_t *at)
{
	const char *from = in.p;
	int64_t v = 0;
	int ms;

	while (in.p < in.end && *in.p >= '0' && *in.p <= '9' && in.p - from < 13)
		v = v * 10 + (*in.p++ - '0');
	*at = v;
	if (in.p - from == 13 && in.p == in.end)
		return true;
	if (in.p - from != 10 || !read_fraction(&in, &ms) || in.p != in.end)
		return false;
	*at = v * 1000 + ms;
	return true;
}

/* "Oct", in *month. */
static bool
read_month(struct in *in, int *month)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int i;

	for (i = 0; i < 12 && in->end - in->p >= 3; i++)
		if (memcmp(in->p, names + 3 * i, 3) == 0) {
			*month = i + 1;
			in->p += 3;
			return true;
		}
	return false;
}

/* "Thu " and "Thu, ", as dates of the English kind begin. */
static void
take_weekday(struct in *in)
{
	static const char names[] = "MonTueWedThuFriSatSun";
	int i;

	for (i = 0; i < 7 && in->end - in->p > 3; i++)
		if (memcmp(in->p, names + 3 * i, 3) == 0 &&
		    (in->p[3] == ' ' || in->p[3] == ',')) {
			in->p += 3;
			take(in, ",");
			take_blanks(in);
			return;
		}
}

/* "Thu Oct 01 09:00:00 +0800 2026" (social platforms), the same without a zone (C), and
 * "Thu, 1 Oct 2026 09:00:00 +0800" (mail). */
static bool
read_english(struct in in, const struct zone *z, int64_t *at)
{
	struct tm_date d;
	int64_t clock, offset_ms = 0;
	struct in zone;
	bool given = false, day_first;

	take_weekday(&in);
	day_first = digits(&in, 1, 2, &d.day) && take_blanks(&in);
	if (!read_month(&in, &d.month) || !take_blanks(&in) ||
	    (day_first ? !digits(&in, 4, 4, &d.year) : !digits(&in, 1, 2, &d.day)) ||
	    !take_blanks(&in) || !read_clock(&in, &clock))
		return false;
	zone = in;
	if (!day_first) {
		zone.end = in.end - 4;
		in.p = zone.end;
		if (zone.end <= zone.p || zone.end[-1] != ' ' || !digits(&in, 4, 4, &d.year))
			return false;
		zone.end--;
	}
	if (!read_offset(&zone, &given, &offset_ms) || !date_exists(d))
		return false;
	clock += tm_days(d) * TM_DAY_MS;
	*at = given ? clock - offset_ms : zone_to_utc(z, clock);
	return true;
}

static bool
read_time(struct in in, const struct zone *z, int64_t *at)
{
	const struct in all = in;
	int64_t day, clock, offset_ms;
	struct tm_date d;
	bool han, given;

	if (read_unix(in, at))
		return true;
	if (!read_date(&in, &d, &han))
		return read_english(all, z, at);
	if (!date_exists(d))
		return false;
	day = tm_days(d);
	if (in.p == in.end) {
		*at = zone_day_start(z, day);
		return true;
	}
	if (!take(&in, "T") && !take(&in, "t") && !take_blanks(&in) && !han)
		return false;
	if (!read_clock(&in, &clock) || !read_offset(&in, &given, &offset_ms))
		return false;
	clock += day * TM_DAY_MS;
	*at = given ? clock - offset_ms : zone_to_utc(z, clock);
	return true;
}

/* Bytes of IN to show in a message: not many, and no half character. */
static int
quoted(const struct in *in)
{
	int n = (int)(in->end - in->p < 40 ? in->end - in->p : 40);

	while (n > 0 && in->p + n < in->end && ((unsigned char)in->p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

int
tm_parse(const char *s, size_t len, const struct zone *z, int64_t *at, struct err *e)
{
	struct in in = { s, s + len };

	while (in.p < in.end && isspace((unsigned char)*in.p))
		in.p++;
	while (in.p < in.end && isspace((unsigned char)in.end[-1]))
		in.end--;
	if (in.p == in.end)
		return err_set(e, ERR_DATA, "no time given");
	if (!read_time(in, z != NULL ? z : zone_utc(), at))
		return err_set(e, ERR_DATA, "\"%.*s\" is not a time", quoted(&in), in.p);
	return 0;
}

int
tm_parse_date(const char *s, int64_t *days, struct err *e)
{
	struct in in = { s, s + strlen(s) };
	struct tm_date d;
	bool han;

	if (!read_date(&in, &d, &han) || in.p != in.end || !date_exists(d))
		return err_set(e, ERR_DATA, "\"%s\" is not a date", s);
	*days = tm_days(d);
	return 0;
}

static const struct unit {
	const char *name;
	int64_t ms;
} units[] = {	/* the largest first, "ms" before "m" would be read as minutes */
	{ "w", 7 * TM_DAY_MS }, { "d", TM_DAY_MS }, { "h", TM_HOUR_MS },
	{ "ms", 1 }, { "m", TM_MINUTE_MS }, { "s", 1000 }
};
static const int64_t SPAN_MAX_MS = 36525 * TM_DAY_MS;	/* a century */
enum { UNITS = sizeof(units) / sizeof(units[0]) };

int
tm_parse_span(const char *s, int64_t *ms, struct err *e)
{
	struct in in = { s, s + strlen(s) };
	size_t i;
	int n;

	*ms = 0;
	do {
		if (!digits(&in, 1, 9, &n) || *ms > SPAN_MAX_MS)
			break;
		for (i = 0; i < UNITS && !take(&in, units[i].name); i++)
			;
		if (i == UNITS)
			break;
		*ms += n * units[i].ms;
		take_blanks(&in);
		if (in.p == in.end && *ms <= SPAN_MAX_MS)
			return 0;
	} while (in.p < in.end);
	in.p = s;
	return err_set(e, ERR_DATA, "\"%.*s\" is not a length of time such as 30m, 1h30m "
	    "or 2d", quoted(&in), s);
}
