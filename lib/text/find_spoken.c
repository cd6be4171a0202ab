/* find_spoken - numbers in Chinese numerals, and numbers glued to letters */
#include <string.h>

#include "text/checks.h"
#include "text/find_digits.h"
#include "text/phone.h"

/* What N digits without any sign between them are for certain; FIND_KINDS for nothing. */
static enum finding_kind
certain(const char *digits, size_t n)
{
	char text[DIGITS_MAX + 1], out[PHONE_SIZE];

	memcpy(text, digits, n);
	text[n] = '\0';
	if (n == 18 && id_card_is_valid(text))
		return FIND_ID_CARD;
	if (n >= 15 && n <= 19 && card_issuer(text, n) == 2 && luhn_is_valid(text, n))
		return FIND_BANK_CARD;
	if (phone_is_cn_mobile(text) || ((n == 11 || n == 12) && text[0] == '0' &&
	    phone_e164(text, "CN", out)))
		return FIND_PHONE;
	return FIND_KINDS;
}

size_t
find_glued(const struct find *f, size_t at, size_t end, size_t *start,
    enum finding_kind *kind)
{
	static const char *const heads[] = { "telephone", "tel", "phone", "mobile", "mob", "cell",
		"call", "sfz", "id", "no", "card", "kh", "wx", "vx", "v", "q", "qq", "dh", "sj",
		NULL };
	size_t n = 0, lead = 0;

	if (find_letter(f, at)) {
		while (find_letter(f, at + lead))
			lead++;
		if (find_any(f, at, heads) == 0 || lead > 9)
			return 0;
	}
	*start = at + lead;
	while (find_digit(f, *start + n) && n < DIGITS_MAX)
		n++;
	if (n == 17 && f->t[*start + n] == 'x')
		n++;
	if (n < 11 || find_digit(f, *start + n))
		return 0;
	*kind = certain(f->t + *start, n);
	if (*kind == FIND_KINDS || (*start + n != end && *kind != FIND_PHONE))
		return 0;
	return *start + n;
}

/* The digit that stands at AT, in figures or as a Chinese numeral, -1 for none; *N bytes. */
static int
any_digit(const struct find *f, size_t at, size_t *n)
{
	static const struct { const char *s; int v; } numerals[] = {
		{ "〇", 0 }, { "零", 0 }, { "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 },
		{ "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 }, { "幺", 1 },
		{ "两", 2 }, { "壹", 1 }, { "贰", 2 }, { "叁", 3 }, { "肆", 4 }, { "伍", 5 },
		{ "陆", 6 }, { "柒", 7 }, { "捌", 8 }, { "玖", 9 }, { "洞", 0 }, { "拐", 7 },
	};
	size_t i;

	*n = 1;
	if (find_digit(f, at))
		return f->t[at] - '0';
	*n = 3;
	for (i = 0; i < sizeof(numerals) / sizeof(*numerals); i++)
		if (strncmp(f->t + at, numerals[i].s, 3) == 0)
			return numerals[i].v;
	return -1;
}

size_t
find_spoken(const struct find *f, size_t at, enum finding_kind *kind)
{
	char d[DIGITS_MAX + 1];
	size_t n = 0, len, end = at, skip;
	bool numeral = false;
	int v;

	while (n < DIGITS_MAX) {
		skip = n > 0 && (f->t[end] == ' ' || f->t[end] == '-') ? 1 : 0;
		if ((v = any_digit(f, end + skip, &len)) < 0)
			break;
		numeral |= len > 1;
		d[n++] = (char)('0' + v);
		end += skip + len;
	}
	if (n == 17 && f->t[end] == 'x') {
		d[n++] = 'x';
		end++;
	}
	if (!numeral || n < 11 || find_latin(f, end))
		return 0;
	if (n == 13 && strncmp(d, "86", 2) == 0)
		*kind = certain(d + 2, n - 2);
	else
		*kind = certain(d, n);
	return *kind != FIND_KINDS ? end : 0;
}
