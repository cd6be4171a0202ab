/* birthday - a day of birth, with or without its year */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "time/birthday.h"
#include "time/tm.h"

/* Reads digits, then one of the signs that stand between the parts of a date. */
static bool
part(const char **s, int *v)
{
	static const char *const signs[] = { "-", "/", ".", "年", "月", "日", "号" };
	const char *p = *s;
	size_t i;

	if (!isdigit((unsigned char)*p))
		return false;
	for (*v = 0; isdigit((unsigned char)*p) && *v < 100000000; p++)
		*v = *v * 10 + (*p - '0');
	for (i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(p, signs[i], strlen(signs[i])) == 0) {
			p += strlen(signs[i]);
			break;
		}
	*s = p;
	return true;
}

/* The parts of S into V; 0 unless S holds one to three and nothing but a time behind. */
static int
parts(const char *s, int v[3])
{
	int n = 0;

	while (n < 3 && part(&s, &v[n]))
		n++;
	if (n == 1 && v[0] >= 10000000) {		/* 19900501 */
		v[2] = v[0] % 100;
		v[1] = v[0] / 100 % 100;
		v[0] /= 10000;
		n = 3;
	}
	return *s == '\0' || (n == 3 && (*s == ' ' || *s == 'T')) ? n : 0;
}

bool
birthday_read(const char *s, char out[BIRTHDAY_SIZE])
{
	int v[3], n, year;
	char iso[40];
	int64_t days;
	struct err ignored;

	out[0] = '\0';
	s += strspn(s, " \t");
	if (strncmp(s, "--", 2) == 0)
		s += 2;
	n = parts(s, v);
	if (n < 2)
		return false;
	/* Without a year the 29th of February must be possible. */
	year = n == 3 && v[0] != 0 ? v[0] : 2000;
	if (year < 1900 || year > 2100 || v[n - 2] > 12 || v[n - 1] > 31)
		return false;
	snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, v[n - 2], v[n - 1]);
	if (tm_parse_date(iso, &days, &ignored) < 0 || strcmp(iso, "1900-01-01") == 0)
		return false;
	memcpy(out, n == 3 && v[0] != 0 ? iso : iso + 5, n == 3 && v[0] != 0 ? 11 : 6);
	return true;
}
