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
id_card15_is_valid(const char id[15])
{
	size_t i;

	for (i = 0; i < 15; i++)
		if (!isdigit((unsigned char)id[i]))
			return false;
	return is_province(number(id, 2)) && number(id + 2, 2) > 0 &&
	    day_is_valid(1900 + number(id + 6, 2), number(id + 8, 2), number(id + 10, 2));
}

/* Countries in the IBAN registry, in order. */
static const char iban_countries[] = "AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK "
    "DO EE EG ES FI FK FO FR GB GE GI GL GR GT HN HR HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU "
    "LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU SA SC SD SE SI SK SM SO "
    "ST SV TL TN TR UA VA VG XK YE";

bool
iban_is_valid(const char *iban, size_t n)
{
	char head[3] = { 0 };
	int rest = 0;
	size_t i;

	if (n < 15 || n > 34)
		return false;
	head[0] = (char)toupper((unsigned char)iban[0]);
	head[1] = (char)toupper((unsigned char)iban[1]);
	if (!isdigit((unsigned char)iban[2]) || !isdigit((unsigned char)iban[3]) ||
	    !isalpha((unsigned char)head[0]) || !isalpha((unsigned char)head[1]) ||
	    strstr(iban_countries, head) == NULL)
		return false;
	for (i = 4; i < n + 4; i++) {	/* the first four characters come last */
		int c = toupper((unsigned char)iban[i % n]);

		if (!isalnum(c))
			return false;
		rest = isdigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
	}
	return rest == 1;
}

/* Issuer identification numbers and the lengths of their cards; the first that fits. */
static const struct issuer {
	const char *from, *to;		/* first digits, inclusive */
	unsigned char least, most;	/* digits that are usual */
	unsigned char rare_least, rare_most;
} issuers[] = {
	{ "62", "62", 16, 19, 0, 0 },			/* UnionPay */
	{ "81", "81", 0, 0, 16, 19 },
	{ "4", "4", 16, 16, 13, 19 },			/* Visa */
	{ "51", "55", 16, 16, 0, 0 },			/* Mastercard */
	{ "2221", "2720", 16, 16, 0, 0 },
	{ "34", "34", 15, 15, 0, 0 },			/* American Express */
	{ "37", "37", 15, 15, 0, 0 },
	{ "3528", "3589", 16, 16, 17, 19 },		/* JCB */
	{ "2131", "2131", 0, 0, 15, 15 },
	{ "1800", "1800", 0, 0, 15, 15 },
	{ "6011", "6011", 16, 16, 17, 19 },		/* Discover */
	{ "644", "649", 16, 16, 17, 19 },
	{ "65", "65", 16, 16, 17, 19 },
	{ "60", "60", 16, 16, 12, 19 },			/* RuPay, Maestro */
	{ "300", "305", 0, 0, 14, 16 },			/* Diners Club */
	{ "36", "36", 0, 0, 14, 19 },
	{ "38", "39", 0, 0, 14, 19 },
	{ "50", "50", 0, 0, 12, 19 },			/* Maestro */
	{ "56", "58", 0, 0, 12, 19 },
	{ "6", "6", 0, 0, 12, 19 },
	{ "9", "9", 0, 0, 16, 19 },			/* of one country, old Chinese ones */
};

int
card_issuer(const char *digits, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof(issuers) / sizeof(*issuers); i++) {
		const struct issuer *s = &issuers[i];
		size_t k = strlen(s->from);

		if (n < k || strncmp(digits, s->from, k) < 0 || strncmp(digits, s->to, k) > 0)
			continue;
		return n >= s->least && n <= s->most ? 2 :
		    n >= s->rare_least && n <= s->rare_most ? 1 : 0;
	}
	return n >= 14 && n <= 19;
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
