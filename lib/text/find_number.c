/* find_number - order, phone, identity and bank card numbers */
#include <string.h>

#include "text/checks.h"
#include "text/find.h"
#include "text/phone.h"

enum { MOST_DIGITS = 24, MOST_GROUPS = 12 };

/* Digits as written, in groups with one blank or hyphen between them. */
struct digits {
	char d[MOST_DIGITS + 1];
	size_t n;			/* digits read */
	size_t groups;
	size_t upto[MOST_GROUPS];	/* digits read at the end of each group */
	size_t end[MOST_GROUPS];	/* and the place behind it */
};

/* Bytes of the sign between two groups of digits at AT, 0 if there is none. */
static size_t
gap(const struct find *f, size_t at)
{
	size_t n = f->t[at] == ')';

	if (f->t[at + n] == ' ' || f->t[at + n] == '-')
		n++;
	return n > 0 && find_digit(f, at + n) ? n : 0;
}

/* Reads the groups at AT; the last may end in the x of an identity number. */
static void
read_digits(const struct find *f, size_t at, struct digits *g)
{
	size_t sign;

	memset(g, 0, sizeof(*g));
	while (g->groups < MOST_GROUPS) {
		while (find_digit(f, at) && g->n < MOST_DIGITS)
			g->d[g->n++] = f->t[at++];
		if (g->n == 17 && f->t[at] == 'x')
			g->d[g->n++] = f->t[at++];
		if (find_latin(f, at))
			return;		/* runs on into letters: no number of ours */
		g->upto[g->groups] = g->n;
		g->end[g->groups++] = at;
		sign = gap(f, at);
		if (sign == 0)
			return;
		at += sign;
	}
}

/* The group that ends after exactly N digits, as its index + 1; 0 for none. */
static size_t
group_at(const struct digits *g, size_t n)
{
	size_t i;

	for (i = 0; i < g->groups; i++)
		if (g->upto[i] == n)
			return i + 1;
	return 0;
}

/* Beginnings of numbers that card issuers have: UnionPay 62, Visa 4, Mastercard 51-55
 * and 2221-2720, American Express 34 and 37, JCB 35, Discover and Maestro 60, 65. */
static bool
is_issuer(const char *d)
{
	return strncmp(d, "62", 2) == 0 || d[0] == '4' ||
	    (d[0] == '5' && d[1] >= '1' && d[1] <= '5') ||
	    (strncmp(d, "2221", 4) >= 0 && strncmp(d, "2720", 4) <= 0) ||
	    (d[0] == '3' && (d[1] == '4' || d[1] == '5' || d[1] == '7')) ||
	    strncmp(d, "60", 2) == 0 || strncmp(d, "65", 2) == 0;
}

static size_t
card_group(const struct digits *g, int context)
{
	size_t n, i;

	if (context > 0 || !is_issuer(g->d))
		return 0;
	for (n = 19; n >= 15; n--) {
		i = group_at(g, n);
		if (i != 0 && luhn_is_valid(g->d, n) && (n > 15 || g->d[0] == '3'))
			return i;
	}
	return 0;
}

/* A mobile number (perhaps after 86) or a landline with its area code. */
static size_t
phone_group(const struct digits *g, int context)
{
	static const size_t lens[] = { 11, 12, 10, 13, 15, 14 };
	char text[MOST_DIGITS + 1], out[PHONE_SIZE];
	size_t k, i;

	for (k = 0; k < sizeof(lens) / sizeof(*lens); k++) {
		i = group_at(g, lens[k]);
		if (i == 0 || (context > 0 && i == 1))
			continue;
		memcpy(text, g->d, lens[k]);
		text[lens[k]] = '\0';
		if (phone_e164(text, "CN", out))
			return i;
	}
	return 0;
}

/* "+" and 8 to 15 digits; of Chinese numbers exactly as many as there should be. */
static size_t
plus_group(const struct digits *g)
{
	char text[MOST_DIGITS + 2] = "+", out[PHONE_SIZE];
	size_t i;

	for (i = g->groups; i > 0; i--) {
		memcpy(text + 1, g->d, g->upto[i - 1]);
		text[g->upto[i - 1] + 1] = '\0';
		if (g->upto[i - 1] <= 15 && phone_e164(text, "CN", out))
			return i;
	}
	return 0;
}

static bool
is_hotline(const struct digits *g)
{
	return (strncmp(g->d, "400", 3) == 0 || strncmp(g->d, "800", 3) == 0) &&
	    group_at(g, 10) != 0;
}

/* An order number: one group wherever it stands plainly, several where the text says
 * so.  Numbers another word lays claim to are none. */
static size_t
order_group(const struct digits *g, int context)
{
	size_t i;

	if (context < 0 || is_hotline(g))
		return 0;
	for (i = context > 0 ? g->groups : 1; i > 0; i--)
		if (g->upto[i - 1] >= 10 && g->upto[i - 1] <= 19)
			return i;
	return 0;
}

size_t
find_number(const struct find *f, size_t at, enum finding_kind *kind)
{
	bool plus = f->t[at] == '+', bracket = f->t[at] == '(';
	struct digits g;
	int context;
	size_t i;

	read_digits(f, at + (plus || bracket), &g);
	if (g.groups == 0 || g.upto[g.groups - 1] < 8)
		return 0;
	*kind = FIND_PHONE;
	if (plus)
		return (i = plus_group(&g)) != 0 ? g.end[i - 1] : 0;
	context = find_order_context(f, at);
	if ((i = group_at(&g, 18)) != 0 && id_card_is_valid(g.d))
		*kind = FIND_ID_CARD;
	else if ((i = card_group(&g, context)) != 0)
		*kind = FIND_BANK_CARD;
	else if ((i = phone_group(&g, context)) != 0)
		*kind = FIND_PHONE;
	else if (!bracket && (i = order_group(&g, context)) != 0)
		*kind = FIND_ORDER_NO;
	return i != 0 ? g.end[i - 1] : 0;
}
