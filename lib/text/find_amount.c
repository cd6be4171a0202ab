/* find_amount - numbers with a currency */
#include <string.h>

#include "text/find.h"

enum { NUMERALS_MOST = 60 };	/* bytes; no sum of money is longer in words */

/* Bytes of a number at AT: 1,960.50 or 两千八百; *SMALL is set for one under ten. */
static size_t
number_len(const struct find *f, size_t at, bool *small)
{
	static const char *const han[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八",
		"九", "十", "两", "百", "千", "万", NULL };
	static const char *const powers[] = { "万", "千", "百", "亿", NULL };
	size_t start = at, n;

	if (!find_digit(f, at)) {
		while (at - start < NUMERALS_MOST && (n = find_any(f, at, han)) != 0)
			at += n;
		*small = at - start < 6;
		return at - start;
	}
	while (at - start < NUMERALS_MOST && (find_digit(f, at) ||
	    ((f->t[at] == ',' || f->t[at] == '.') && find_digit(f, at + 1))))
		at++;
	*small = at - start < 2;
	n = find_any(f, at, powers);
	*small = *small && n == 0;
	return at + n - start;
}

/* Bytes of a range's second half at AT: "-90", "~90". */
static size_t
range_len(const struct find *f, size_t at)
{
	bool small;
	size_t n = f->t[at] == '-' || f->t[at] == '~' ? 1 : 0, digits;

	if (n == 0 || !find_digit(f, at + n))
		return 0;
	digits = number_len(f, at + n, &small);
	return digits != 0 ? n + digits : 0;
}

/* Bytes of 元 and the like at AT. 块 also counts pieces: under ten it needs 钱, or digits
 * and the end of the clause; 元 also begins 元旦. */
static size_t
han_unit(const struct find *f, size_t at, bool small)
{
	static const char *const units[] = { "元人民币", "块钱", "块人民币", "元钱", "元", "块",
		"人民币", "美元", "美金", "欧元", "英镑", "日元", "日币", "港币", "港元", "台币",
		"新台币", "韩元", "泰铢", "新币", "澳元", "加元", "澳币", "马币", NULL };
	static const char *const not_yuan[] = { "元旦", "元宵", "元素", "元件", "元老", NULL };
	size_t n;

	at += f->t[at] == ' ';
	n = find_any(f, at, units);
	if (n == 0 || find_any(f, at, not_yuan) != 0)
		return 0;
	if (n == 3 && small && strncmp(f->t + at, "块", 3) == 0 &&
	    ((unsigned char)f->t[at + 3] >= 0x80 || !find_digit(f, at - 1)))
		return 0;
	return n + (f->t[at - 1] == ' ');
}

/* Bytes of a Latin unit at AT: " dollars", "€", "usd". */
static size_t
latin_unit(const struct find *f, size_t at)
{
	static const char *const signs[] = { "€", "£", "$", "¥", NULL };
	static const char *const words[] = { "dollars", "dollar", "usd", "bucks", "euros", "euro",
		"eur", "pounds", "gbp", "rmb", "cny", "yuan", "hkd", "yen", "jpy", "sgd", "aud",
		"cad", "twd", "thb", "krw", "cents", NULL };
	size_t blank = f->t[at] == ' ', n = find_any(f, at, signs);

	if (n != 0)
		return find_latin(f, at + n) ? 0 : n;
	n = find_any(f, at + blank, words);
	return n != 0 && !find_letter(f, at + blank + n) ? blank + n : 0;
}

/* Bytes of what stands before a number: "$", "hk$", "usd ", "人民币". */
static size_t
lead_len(const struct find *f, size_t at)
{
	static const char *const leads[] = { "人民币", "hk$", "nt$", "us$", "s$", "a$", "c$", "$",
		"£", "€", "¥", "usd", "rmb", "cny", "hkd", "eur", "gbp", "sgd", "jpy", "aud",
		"cad", "twd", NULL };
	size_t n = find_any(f, at, leads);

	return n != 0 ? n + (f->t[at + n] == ' ') : 0;
}

/* The end of "million", "k" and a unit said twice behind a led number that ends at AT. */
static size_t
tail_end(const struct find *f, size_t at)
{
	static const char *const powers[] = { "million", " million", "billion", "k", "m", NULL };
	size_t n = find_any(f, at, powers);

	if (n != 0 && !find_latin(f, at + n))
		at += n;
	else if (strncmp(f->t + at, "元", 3) == 0)
		at += 3;
	return at;
}

size_t
find_amount(const struct find *f, size_t at)
{
	static const struct find_word vague[] = {
		FIND_WORD("几"), FIND_WORD("数"), FIND_END
	};	/* 几十块 */
	static const struct find_word nothing[] = { FIND_END };
	bool small = false;
	size_t lead = find_digit(f, at) ? 0 : lead_len(f, at), n, unit;

	if (lead != 0) {
		at += lead;
		n = find_digit(f, at) ? number_len(f, at, &small) : 0;
		if (n == 0)
			return 0;
		at += n;
		at = tail_end(f, at + range_len(f, at));
		return find_latin(f, at) ? 0 : at;
	}
	n = number_len(f, at, &small);
	if (n == 0 || find_context(f, at, 3, vague, nothing) > 0)
		return 0;
	at += n;
	n = range_len(f, at);
	at += n;
	unit = han_unit(f, at, small && n == 0);
	if (unit == 0)
		unit = latin_unit(f, at);
	return unit != 0 ? at + unit : 0;
}
