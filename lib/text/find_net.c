/* find_net - addresses of the internet; account numbers with letters */
#include <arpa/inet.h>
#include <string.h>

#include "text/checks.h"
#include "text/find.h"

enum { IP6_MAX = 45, IBAN_MAX = 34 };

/* The end of a dotted quad at AT, 0 if none stands there. */
static size_t
ip4_end(const struct find *f, size_t at)
{
	int v, part, most = 0;
	size_t n;

	for (part = 0; part < 4; part++) {
		n = find_int(f, at, 4, &v);
		if (n == 0 || n > 3 || v > 255 || (n > 1 && f->t[at] == '0'))
			return 0;
		at += n;
		most = v > most ? v : most;
		if (part < 3 && f->t[at++] != '.')
			return 0;
	}
	/* 1.8.8.8 is a price of some sort, or a server that everybody knows. */
	return most < 10 || find_latin(f, at) || (f->t[at] == '.' && find_digit(f, at + 1)) ?
	    0 : at;
}

/* Version 6, in full or with a "::"; times and hardware addresses are none. */
static size_t
ip6_end(const struct find *f, size_t at)
{
	struct in6_addr ignored;
	char text[IP6_MAX + 1];
	size_t n = 0, i, colons = 0;

	while (n <= IP6_MAX && f->t[at + n] != '\0' &&
	    strchr("0123456789abcdef:.", f->t[at + n]) != NULL)
		n++;
	while (n > 0 && (f->t[at + n - 1] == ':' || f->t[at + n - 1] == '.') &&
	    !(n > 1 && f->t[at + n - 2] == ':'))
		n--;
	if (n < 6 || n > IP6_MAX || find_latin(f, at + n))
		return 0;
	for (i = 0; i < n; i++)
		colons += f->t[at + i] == ':';
	memcpy(text, f->t + at, n);
	text[n] = '\0';
	return colons >= 3 && inet_pton(AF_INET6, text, &ignored) == 1 ? at + n : 0;
}

size_t
find_ip(const struct find *f, size_t at)
{
	static const struct find_word versions[] = {
		FIND_WORD("版本"), FIND_WORD("version"), FIND_WORD("ver"), FIND_WORD("固件"),
		FIND_WORD("app"), FIND_WORD("build"), FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };
	size_t end = find_digit(f, at) ? ip4_end(f, at) : 0;

	if (end != 0)
		return find_context(f, at, 16, versions, nothing) > 0 ? 0 : end;
	return ip6_end(f, at);
}

size_t
find_iban(const struct find *f, size_t at)
{
	char text[IBAN_MAX];
	size_t n = 0, end = at, good = 0;
	bool groups = false;

	if (!find_letter(f, at) || !find_letter(f, at + 1) || !find_digit(f, at + 2) ||
	    !find_digit(f, at + 3))
		return 0;
	while (n < IBAN_MAX) {
		if (n > 0 && n % 4 == 0 && f->t[end] == ' ' && (groups || n == 4)) {
			groups = true;
			end++;
		}
		if (!find_latin(f, end))
			break;
		text[n++] = f->t[end++];
		if (!find_latin(f, end) && iban_is_valid(text, n))
			good = end;
	}
	return good;
}

size_t
find_ssn(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("ssn"), FIND_WORD("social security"), FIND_WORD("social security number"),
		FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };
	const char *t = f->t + at;
	size_t n = find_run(f, at) - at, end = at + 9;
	int area;

	if (n == 9) {
		if (strspn(t, "0123456789") != 9 || find_context(f, at, 30, yes, nothing) <= 0)
			return 0;
	} else {
		if (n != 3 || strspn(t, "0123456789") != 3 || (t[3] != '-' && t[3] != ' ') ||
		    strspn(t + 4, "0123456789") != 2 || t[6] != t[3] ||
		    strspn(t + 7, "0123456789") != 4)
			return 0;
		end = at + 11;
		if (t[3] == ' ' && find_context(f, at, 30, yes, nothing) <= 0)
			return 0;
	}
	find_int(f, at, 3, &area);
	return area != 0 && area != 666 && !find_latin(f, end) &&
	    !(f->t[end] == '-' && find_digit(f, end + 1)) ? end : 0;
}
