/* phone - telephone numbers in the one form that can be compared */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "text/phone.h"
#include "text/utf8.h"

/* What each country's numbers begin with, behind code and trunk prefix: its mobiles, or
 * (for Hong Kong) its landlines.  Lists are blank-separated; "" where nothing tells. */
static const struct country {
	const char *name, *code, *trunk;	/* ISO 3166, country code, domestic prefix */
	const char *mobile, *fixed;
} countries[] = {
	{ "CN", "86", "0", "13 14 15 16 17 18 19", "" }, { "HK", "852", "", "", "2 3" },
	{ "MO", "853", "", "6", "" }, { "TW", "886", "0", "9", "" }, { "SG", "65", "", "8 9", "" },
	{ "MY", "60", "0", "1", "" }, { "JP", "81", "0", "70 80 90", "" },
	{ "KR", "82", "0", "10", "" }, { "TH", "66", "0", "6 8 9", "" },
	{ "VN", "84", "0", "3 5 7 8 9", "" }, { "ID", "62", "0", "8", "" },
	{ "PH", "63", "0", "9", "" }, { "IN", "91", "0", "6 7 8 9", "" },
	{ "AU", "61", "0", "4", "" }, { "NZ", "64", "0", "2", "" }, { "GB", "44", "0", "7", "" },
	{ "DE", "49", "0", "15 16 17", "" }, { "FR", "33", "0", "6 7", "" },
	{ "ES", "34", "", "6 7", "" }, { "IT", "39", "", "3", "" }, { "RU", "7", "8", "9", "" },
	{ "US", "1", "1", "", "" }, { "CA", "1", "1", "", "" }, { "AE", "971", "0", "5", "" },
};

enum { MOST_DIGITS = 24, CELL_MAX = 128 };

/* What is left of a written number: digits, and where its groups begin. */
struct written {
	char digits[MOST_DIGITS + 1];
	size_t n;
	size_t last_group;	/* digits before the last sign between digits */
	bool plus;
	char ext[PHONE_EXT_SIZE];
};

static bool
is_looked_through(uint32_t cp)
{
	return cp == ' ' || cp == '-' || cp == '.' || cp == '(' || cp == ')' || cp == '/' ||
	    cp == '\'' || cp == '"' || cp == '=' || cp == '\t' || cp == 0xA0 ||
	    (cp >= 0x2000 && cp <= 0x200A) || (cp >= 0x2010 && cp <= 0x2029) || cp == 0x202F ||
	    cp == 0x2212 || cp == 0x30FB || utf8_is_invisible(cp);
}

/* The digit CP is written for, full width and in Chinese too; -1 if it is none. */
static int
digit_of(uint32_t cp)
{
	static const uint32_t han[][3] = {
		{ 0x3007, 0x96F6, 0x25CB }, { 0x4E00, 0x5E7A, 0x58F9 }, { 0x4E8C, 0x8D30, 0 },
		{ 0x4E09, 0x53C1, 0 }, { 0x56DB, 0x8086, 0 }, { 0x4E94, 0x4F0D, 0 },
		{ 0x516D, 0x9646, 0 }, { 0x4E03, 0x67D2, 0 }, { 0x516B, 0x634C, 0 },
		{ 0x4E5D, 0x7396, 0 }
	};
	int d;

	if (cp >= '0' && cp <= '9')
		return (int)cp - '0';
	for (d = 0; d < 10; d++)
		if (cp == han[d][0] || cp == han[d][1] || (cp == han[d][2] && cp != 0))
			return d;
	return -1;
}

/* "转801", "ext. 801", "#3" from P on: the digits of the extension; false if it is other
 * words, or a number of its own. */
static bool
read_ext(const char *p, const char *end, char ext[PHONE_EXT_SIZE])
{
	static const char *const words[] = { "转", "轉", "分机号", "分机", "分機", "内线", "extension",
		"ext", "x", "#", ",", ";ext=", ";" };
	bool named = false;
	size_t i, n = 0;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t len = strlen(words[i]);

		while (p < end && *p == ' ')
			p++;
		if ((size_t)(end - p) >= len && strncasecmp(p, words[i], len) == 0) {
			p += len;
			named = true;
			i = (size_t)-1;		/* "转分机801" */
		}
	}
	while (p < end) {
		uint32_t cp = utf8_narrow(utf8_next(&p, end));
		int d = digit_of(cp);

		if (d >= 0 && n + 1 == PHONE_EXT_SIZE)
			return false;
		if (d >= 0)
			ext[n++] = (char)('0' + d);
		else if (n > 0 || !(is_looked_through(cp) || cp == ':'))
			break;
	}
	ext[n] = '\0';
	return named;
}

/* Reads S up to an extension; false if it holds other words. */
static bool
read_written(const char *s, size_t len, struct written *w)
{
	const char *p = s, *end = s + len, *at;
	bool gap = false;

	memset(w, 0, sizeof(*w));
	if (len > 4 && strncasecmp(p, "tel:", 4) == 0)
		p += 4;
	while (p < end) {
		uint32_t cp = (at = p, utf8_narrow(utf8_next(&p, end)));
		int d = digit_of(cp);

		if (cp == '+' && w->n == 0) {
			w->plus = true;
		} else if (d >= 0) {
			if (w->n == MOST_DIGITS)
				return false;
			if (gap && w->n > 0)
				w->last_group = w->n;
			gap = false;
			w->digits[w->n++] = (char)('0' + d);
		} else if (is_looked_through(cp)) {
			gap = true;
		} else {
			return w->n >= 7 && read_ext(at, end, w->ext);
		}
	}
	return w->n > 0;
}

bool
phone_is_cn_mobile(const char *digits)
{
	return strspn(digits, "0123456789") == 11 && digits[11] == '\0' &&
	    digits[0] == '1' && digits[1] >= '3';
}

/* The digits of a Chinese area code at D without its 0, or 0. */
static size_t
cn_area(const char *d)
{
	if (strncmp(d, "10", 2) == 0 || (d[0] == '2' && d[1] != '6'))
		return 2;
	return d[0] >= '3' && d[0] <= '9' ? 3 : 0;
}

/* A number inside China, its leading 0 gone; cuts off a hyphenated extension. */
static bool
cn_national(struct written *w, const char *d, size_t group)
{
	size_t area, n = strlen(d);

	if (phone_is_cn_mobile(d))
		return true;
	area = cn_area(d);
	if (area == 0 || strncmp(d, "400", 3) == 0 || strncmp(d, "800", 3) == 0)
		return false;
	if (n > area + 8 && (group == area + 7 || group == area + 8)) {
		if (w->ext[0] == '\0')
			snprintf(w->ext, sizeof(w->ext), "%.7s", d + group);
		n = group;
		w->digits[(size_t)(d - w->digits) + n] = '\0';
	}
	return n == area + 8 || (n == area + 7 && area == 3);
}

static const struct country *
country_of(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < sizeof(countries) / sizeof(*countries); i++)
		if (strcmp(countries[i].name, name) == 0)
			return &countries[i];
	return &countries[0];
}

static size_t
group_behind(const struct written *w, const char *d)
{
	size_t n = (size_t)(d - w->digits);

	return w->last_group > n ? w->last_group - n : 0;
}

/* A number that states its country, D behind the + or 00. */
static bool
international(struct written *w, const char *d, char out[PHONE_SIZE])
{
	const char *national = d + 2;
	size_t n;

	if (strncmp(d, "86", 2) == 0) {
		if (*national == '0')
			national++;
		if (!cn_national(w, national, group_behind(w, national)))
			return false;
		snprintf(out, PHONE_SIZE, "+86%.16s", national);
		return true;
	}
	n = strlen(d);
	if (n < 8 || n > 15 || *d == '0')
		return false;
	/* +44 (0)20: the bracketed trunk prefix is not dialled from abroad. */
	if (strncmp(d, "440", 3) == 0 || strncmp(d, "490", 3) == 0)
		snprintf(out, PHONE_SIZE, "+%.2s%.16s", d, d + 3);
	else
		snprintf(out, PHONE_SIZE, "+%.16s", d);
	return true;
}

/* A mobile behind the prefix of a cheap line, or behind 086; else D. */
static const char *
without_prefix(const char *d)
{
	static const char *const prefixes[] = { "17951", "17911", "17909", "17901", "12593",
		"10193", "11808", "086" };
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t len = strlen(prefixes[i]);

		if (strncmp(d, prefixes[i], len) == 0 && phone_is_cn_mobile(d + len))
			return d + len;
	}
	return d;
}

static bool
inside_china(struct written *w, const char *d, char out[PHONE_SIZE])
{
	d = without_prefix(d);
	if (strncmp(d, "86", 2) == 0 && strlen(d) >= 12)
		return international(w, d, out);
	if (*d != '0' && !phone_is_cn_mobile(d))
		return false;
	d += *d == '0';
	if (!cn_national(w, d, group_behind(w, d)))
		return false;
	snprintf(out, PHONE_SIZE, "+86%.16s", d);
	return true;
}

static bool
to_e164(struct written *w, const char *country, char out[PHONE_SIZE])
{
	const struct country *c = country_of(country);
	const char *d = w->digits;
	size_t trunk;

	if (w->plus && without_prefix(d) == d)
		return international(w, d + (strncmp(d, "00", 2) == 0 ? 2 : 0), out);
	if (strncmp(d, "00", 2) == 0)
		return international(w, d + 2, out);
	if (w->plus || strcmp(c->code, "86") == 0)
		return inside_china(w, d, out);
	trunk = strlen(c->trunk);
	if (trunk > 0 && strncmp(d, c->trunk, trunk) == 0)
		d += trunk;
	if (strlen(d) < 7 || strlen(d) + strlen(c->code) > 15)
		return false;
	snprintf(out, PHONE_SIZE, "+%.3s%.14s", c->code, d);
	return true;
}

static bool
begins_with(const char *s, const char *list)
{
	while (*list != '\0') {
		size_t len = strcspn(list, " ");

		if (strncmp(s, list, len) == 0)
			return true;
		list += len + strspn(list + len, " ");
	}
	return false;
}

enum phone_kind
phone_kind_of(const char *number)
{
	const struct country *c;
	size_t i, len;

	for (i = 0; i < sizeof(countries) / sizeof(*countries); i++) {
		c = &countries[i];
		len = strlen(c->code);
		if (*number != '+' || strncmp(number + 1, c->code, len) != 0)
			continue;
		number += 1 + len;
		return (*c->mobile != '\0' && !begins_with(number, c->mobile)) ||
		    begins_with(number, c->fixed) ? PHONE_FIXED : PHONE_PERSONAL;
	}
	return PHONE_PERSONAL;
}

static bool
read_part(const char *s, size_t len, const char *country, struct phone *p)
{
	struct written w;

	*p = (struct phone){ .number = "" };
	if (!read_written(s, len, &w) || !to_e164(&w, country, p->number)) {
		p->number[0] = '\0';
		return false;
	}
	p->kind = phone_kind_of(p->number);
	if (p->kind == PHONE_FIXED)
		memcpy(p->ext, w.ext, sizeof(p->ext));
	return true;
}

bool
phone_read(const char *s, const char *country, struct phone *p)
{
	return read_part(s, strlen(s), country, p);
}

bool
phone_e164(const char *s, const char *country, char out[PHONE_SIZE])
{
	struct phone p;
	bool ok = phone_read(s, country, &p);

	memcpy(out, p.number, sizeof(p.number));
	return ok;
}

/* A character at which one of several numbers in a cell may begin or end. */
static bool
is_boundary(uint32_t cp)
{
	return cp == ' ' || cp == '/' || cp == ',' || cp == ';' || cp == '|' || cp == ':' ||
	    cp == '\n' || cp == '\t' || cp == 0x3001 || (utf8_is_cjk(cp) && digit_of(cp) < 0);
}

/* The bytes of the longest number S begins with, 0 if it begins with none. */
static size_t
longest(const char *s, size_t len, const char *country, struct phone *p)
{
	size_t ends[CELL_MAX + 1], n = 0;
	const char *at = s, *end = s + len;

	while (at < end) {
		const char *was = at;

		if (is_boundary(utf8_narrow(utf8_next(&at, end))))
			ends[n++] = (size_t)(was - s);
	}
	ends[n] = len;
	do
		if (ends[n] > 0 && read_part(s, ends[n], country, p))
			return ends[n];
	while (n-- > 0);
	return 0;
}

bool
phone_next(const char **s, const char *country, struct phone *p)
{
	size_t len = strnlen(*s, CELL_MAX), n;
	const char *end = *s + len;

	while (*s < end) {
		if ((n = longest(*s, (size_t)(end - *s), country, p)) > 0) {
			*s += n;
			return true;
		}
		while (*s < end && !is_boundary(utf8_narrow(utf8_next(s, end))))
			continue;
	}
	return false;
}
