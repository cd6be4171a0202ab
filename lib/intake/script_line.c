/* script_line - a line of a chat log: when, who, and perhaps what */
#include <string.h>

#include "intake/script_line.h"
#include "time/tm.h"

enum { NAME_MAX_BYTES = 96, DATE_MAX = 24 };

struct in {
	const char *p, *end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
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

static void
blanks(struct in *in)
{
	while (in->p < in->end && (*in->p == ' ' || *in->p == '\t'))
		in->p++;
}

static bool
number(struct in *in, int min, int max, int *v)
{
	int n = 0;

	*v = 0;
	while (n < max && in->p < in->end && is_digit(*in->p)) {
		*v = *v * 10 + (*in->p++ - '0');
		n++;
	}
	return n >= min;
}

/* 2026-10-01, 2026/10/1, 2026年10月1日 */
static bool
take_date(struct in *in, int64_t *day)
{
	char copy[DATE_MAX + 1];
	const char *p = in->p;
	struct err ignored;
	size_t len;

	if (p == in->end || !is_digit(*p))
		return false;
	while (p < in->end && (is_digit(*p) || strchr("-/.", *p) != NULL ||
	    (unsigned char)*p >= 0x80))
		p++;
	len = (size_t)(p - in->p);
	if (len < 8 || len > DATE_MAX)
		return false;
	memcpy(copy, in->p, len);
	copy[len] = '\0';
	if (tm_parse_date(copy, day, &ignored) < 0)
		return false;
	in->p = p;
	return true;
}

/* 9:01, 09:01:02.123, 9:01 PM, 下午 9:01 */
static bool
take_clock(struct in *in, int64_t *ms)
{
	bool noon = take(in, "下午") || take(in, "晚上"), morning = !noon && take(in, "上午");
	bool behind = false;
	struct in from;
	int h, m, s = 0, frac = 0;

	blanks(in);
	if (!number(in, 1, 2, &h) || !take(in, ":") || !number(in, 2, 2, &m))
		return false;
	if (take(in, ":") && !number(in, 2, 2, &s))
		return false;
	if (take(in, ".") && !number(in, 1, 3, &frac))
		return false;
	from = *in;
	blanks(&from);
	if (take(&from, "PM") || take(&from, "pm"))
		noon = behind = true;
	else if (take(&from, "AM") || take(&from, "am"))
		morning = behind = true;
	if (behind)
		*in = from;
	if (noon || morning)
		h = h % 12 + (noon ? 12 : 0);
	*ms = ((h * 60 + m) * 60 + s) * INT64_C(1000) + frac;
	return h < 24 && m < 60 && s <= 60;
}

/* A date and a time of day, or the latter alone. */
static bool
take_stamp(struct in *in, struct script_line *l)
{
	struct in from = *in;

	l->day = SCRIPT_NO_DAY;
	if (take_date(in, &l->day)) {
		if (!take(in, "T"))
			blanks(in);
		if (take_clock(in, &l->clock_ms))
			return true;
	}
	*in = from;
	l->day = SCRIPT_NO_DAY;
	return take_clock(in, &l->clock_ms);
}

/* The stamp, in brackets or bare; what follows is set off from it. */
static bool
take_framed(struct in *in, struct script_line *l)
{
	static const char *const frames[][2] = {
		{ "[", "]" }, { "(", ")" }, { "【", "】" }, { "（", "）" }
	};
	size_t i;

	for (i = 0; i < 4; i++)
		if (take(in, frames[i][0]))
			return take_stamp(in, l) && take(in, frames[i][1]);
	return take_stamp(in, l) && (in->p == in->end || *in->p == ' ' || *in->p == '\t');
}

/* Where a colon parts name and text; *past is behind it. NULL: nowhere. */
static const char *
find_colon(const char *p, const char *end, const char **past)
{
	const char *q;

	for (q = p; q < end && q - p <= NAME_MAX_BYTES; q++) {
		if (*q == ':' && q > p) {
			*past = q + 1;
			return q;
		}
		if (end - q >= 3 && memcmp(q, "：", 3) == 0 && q > p) {
			*past = q + 3;
			return q;
		}
	}
	return NULL;
}

static void
trim(const char **p, size_t *len)
{
	while (*len > 0 && (**p == ' ' || **p == '\t')) {
		(*p)++;
		(*len)--;
	}
	while (*len > 0 && strchr(" \t\r", (*p)[*len - 1]) != NULL)
		(*len)--;
}

static bool
set_name(struct script_line *l, const char *from, const char *to)
{
	l->name = from;
	l->name_len = (size_t)(to - from);
	trim(&l->name, &l->name_len);
	return l->name_len > 0 && l->name_len <= NAME_MAX_BYTES;
}

/* "name: text", "name" */
static bool
take_speaker(struct in *in, struct script_line *l)
{
	const char *past, *colon;

	blanks(in);
	colon = find_colon(in->p, in->end, &past);
	l->text = NULL;
	l->text_len = 0;
	if (colon == NULL)
		return set_name(l, in->p, in->end);
	l->text = past;
	l->text_len = (size_t)(in->end - past);
	trim(&l->text, &l->text_len);
	return set_name(l, in->p, colon);
}

/* "name 2026-10-01 09:01:02", "name [09:01:02]: text" */
static bool
name_first(struct in in, struct script_line *l)
{
	const char *from = in.p, *p;

	for (p = from + 1; p < in.end && p - from <= NAME_MAX_BYTES + 1; p++) {
		struct in at = { p, in.end };
		bool framed = *p == '[' || *p == '(' || strncmp(p, "（", 3) == 0 ||
		    strncmp(p, "【", 3) == 0;

		if (!framed && (p[-1] != ' ' || !is_digit(*p)))
			continue;
		if (!take_framed(&at, l) || (!framed && l->day == SCRIPT_NO_DAY))
			continue;
		blanks(&at);
		l->text = NULL;
		l->text_len = 0;
		if (take(&at, ":") || take(&at, "：")) {
			l->text = at.p;
			l->text_len = (size_t)(at.end - at.p);
			trim(&l->text, &l->text_len);
		} else if (at.p != at.end) {
			continue;
		}
		l->stamp_last = true;
		return set_name(l, from, p);
	}
	return false;
}

bool
script_line(const char *s, size_t len, struct script_line *l)
{
	struct in in = { s, s + len }, first;

	while (in.end > in.p && strchr(" \t\r", in.end[-1]) != NULL)
		in.end--;
	blanks(&in);
	if (in.p == in.end)
		return false;
	first = in;
	l->stamp_last = false;
	if (take_framed(&in, l))
		return take_speaker(&in, l);
	return name_first(first, l);
}

/* Dashes, stars and blanks around something. True: there was any but blanks. */
static bool
decoration(struct in *in)
{
	bool any = false;

	for (;;) {
		const char *from = in->p;

		blanks(in);
		while (in->p < in->end && strchr("-=*#~\r", *in->p) != NULL && *in->p != '\0')
			in->p++;
		while (take(in, "—") || take(in, "─"))
			continue;
		if (in->p == from)
			return any;
		any = any || strchr(" \t\r", *from) == NULL;
	}
}

static bool
take_weekday(struct in *in)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	size_t i;

	if (take(in, "星期") || take(in, "周")) {
		in->p += in->end - in->p >= 3 ? 3 : 0;
		return true;
	}
	for (i = 0; i < 7; i++)
		if (take(in, days[i])) {
			while (in->p < in->end && *in->p >= 'a' && *in->p <= 'z')
				in->p++;
			return true;
		}
	return false;
}

bool
script_day(const char *s, size_t len, int64_t *day, bool *bare)
{
	struct in in = { s, s + len };

	*bare = !decoration(&in);
	if (!take_date(&in, day))
		return false;
	blanks(&in);
	if (take_weekday(&in))
		*bare = false;
	decoration(&in);
	return in.p == in.end;
}

bool
script_rule(const char *s, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++) {
		if (strchr("-=*_#~", s[i]) != NULL)
			n++;
		else if (strchr(" \t\r", s[i]) == NULL)
			return false;
	}
	return n >= 3;
}

bool
script_key(const char *s, size_t len, size_t *key_len, const char **value, size_t *value_len)
{
	const char *past, *colon = find_colon(s, s + len, &past);

	if (colon == NULL)
		return false;
	*key_len = (size_t)(colon - s);
	*value = past;
	*value_len = (size_t)(s + len - past);
	trim(value, value_len);
	return *value_len > 0;
}
