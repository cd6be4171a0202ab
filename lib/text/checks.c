/* checks - check digits of identity and bank card numbers */
#include <ctype.h>
#include <string.h>

#include "text/checks.h"

bool
day_is_valid(int year, int month, int day)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
		return false;
	return month != 2 || day < 29 || leap;
}

static int
number(const char *s, size_t n)
{
	int v = 0;

	while (n-- > 0)
		v = v * 10 + (*s++ - '0');
	return v;
}

/* The first two digits of GB/T 2260 codes: provinces, and 83 for Taiwan's residents. */
static bool
is_province(int code)
{
	static const char last[] = { 0, 5, 3, 7, 6, 4, 5, 1, 3 };	/* per tens, from x1 */
	int tens = code / 10, ones = code % 10;

	return code == 91 || (tens >= 1 && tens <= 8 && ones <= last[tens] &&
	    ones >= (tens != 5));
}

bool
id_card_is_valid(const char id[18])
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0, year;
	size_t i;

	for (i = 0; i < 17; i++) {
		if (!isdigit((unsigned char)id[i]))
			return false;
		sum += (id[i] - '0') * weights[i];
	}
	year = number(id + 6, 4);
	return is_province(number(id, 2)) && year >= 1850 && year <= 2199 &&
	    day_is_valid(year, number(id + 10, 2), number(id + 12, 2)) &&
	    toupper((unsigned char)id[17]) == "10X98765432"[sum % 11];
}

bool
luhn_is_valid(const char *digits, size_t n)
{
	int sum = 0, d;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!isdigit((unsigned char)digits[i]))
			return false;
		d = digits[i] - '0';
		if ((n - i) % 2 == 0)
			d = d * 2 - (d > 4 ? 9 : 0);
		sum += d;
	}
	return n > 0 && sum % 10 == 0;
}
