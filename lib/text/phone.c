/* phone - telephone numbers in the one form that can be compared */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "text/phone.h"
#include "text/utf8.h"

static const struct country {
	const char *name, *code, *trunk;	/* ISO 3166, country code, domestic prefix */
} countries[] = {
	{ "CN", "86", "0" }, { "HK", "852", "" }, { "MO", "853", "" }, { "TW", "886", "0" },
	{ "SG", "65", "" }, { "MY", "60", "0" }, { "JP", "81", "0" }, { "KR", "82", "0" },
	{ "TH", "66", "0" }, { "VN", "84", "0" }, { "ID", "62", "0" }, { "PH", "63", "0" },
	{ "IN", "91", "0" }, { "AU", "61", "0" }, { "NZ", "64", "0" }, { "GB", "44", "0" },
	{ "DE", "49", "0" }, { "FR", "33", "0" }, { "ES", "34", "" }, { "IT", "39", "" },
	{ "RU", "7", "8" }, { "US", "1", "1" }, { "CA", "1", "1" }, { "AE", "971", "0" },
};

enum { MOST_DIGITS = 24 };

/* What is left of a written number: digits, and where its groups begin. */
struct written {
	char digits[MOST_DIGITS + 1];
	size_t n;
	size_t last_group;	/* digits before the last sign between digits */
	bool plus;
};

static bool
is_looked_through(uint32_t cp)
{
	return cp == ' ' || cp == '-' || cp == '.' || cp == '(' || cp == ')' || cp == '/' ||
	    cp == '\'' || cp == '"' || cp == '=' || cp == '\t' || cp == 0xA0 ||
	    cp == 0x3000 || (cp >= 0x2000 && cp <= 0x202F) || cp == 0x2060 ||
	    cp == 0x2212 || cp == 0xFEFF;
}

/* Full-width signs and digits as their ASCII twins. */
static uint32_t
narrow(uint32_t cp)
{
	return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp;
}

/* Reads S up to an extension ("x12", "转8001", "#3"); false if it holds other words. */
static bool
read_written(const char *s, struct written *w)
{
	const char *p = s, *end = s + strlen(s);
	bool gap = false;

	memset(w, 0, sizeof(*w));
	if (strncmp(p, "tel:", 4) == 0)
		p += 4;
	while (p < end) {
		uint32_t cp = narrow(utf8_next(&p, end));

		if (cp == '+' && w->n == 0) {
			w->plus = true;
		} else if (cp >= '0' && cp <= '9') {
			if (w->n == MOST_DIGITS)
				return false;
			if (gap && w->n > 0)
				w->last_group = w->n;
			gap = false;
			w->digits[w->n++] = (char)cp;
		} else if (is_looked_through(cp)) {
			gap = true;
		} else {
			return w->n >= 7 && (cp == 'x' || cp == 'X' || cp == 'e' || cp == '#' ||
			    cp == ',' || cp == ';' || cp == 0x8F6C || cp == 0x8F49 ||
			    cp == 0x5206);	/* 转 轉 分(机) */
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

/* A number inside China, its leading 0 gone; cuts a hyphenated extension. */
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

/* A number that states its country, D behind the + or 00. */
static bool
international(struct written *w, const char *d, char out[PHONE_SIZE])
{
	const char *national = d + 2;
	size_t n;

	if (strncmp(d, "86", 2) == 0) {
		if (*national == '0')
			national++;
		n = (size_t)(national - w->digits);
		if (!cn_national(w, national, w->last_group > n ? w->last_group - n : 0))
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

bool
phone_e164(const char *s, const char *country, char out[PHONE_SIZE])
{
	const struct country *c = country_of(country);
	struct written w;
	const char *d = w.digits;
	size_t trunk, n;

	out[0] = '\0';
	if (!read_written(s, &w))
		return false;
	if (w.plus)
		return international(&w, d + (strncmp(d, "00", 2) == 0 ? 2 : 0), out);
	if (strncmp(d, "00", 2) == 0)
		return international(&w, d + 2, out);
	if (strcmp(c->code, "86") == 0) {
		if (strncmp(d, "86", 2) == 0 && w.n >= 12)
			return international(&w, d, out);
		if (*d != '0' && !phone_is_cn_mobile(d))
			return false;
		d += *d == '0';
		n = (size_t)(d - w.digits);
		if (!cn_national(&w, d, w.last_group > n ? w.last_group - n : 0))
			return false;
		snprintf(out, PHONE_SIZE, "+86%.16s", d);
		return true;
	}
	trunk = strlen(c->trunk);
	if (trunk > 0 && strncmp(d, c->trunk, trunk) == 0)
		d += trunk;
	n = strlen(d) + strlen(c->code);
	if (strlen(d) < 7 || n > 15)
		return false;
	snprintf(out, PHONE_SIZE, "+%.3s%.14s", c->code, d);
	return true;
}
