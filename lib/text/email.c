/* email - e-mail addresses in the one form that can be compared */
#include <ctype.h>
#include <string.h>

#include "text/email.h"

enum { LOCAL_MAX = 64, ADDRESS_MAX = 254 };

/* Bytes of the name before the @ at S: letters, signs, single dots inside. */
static size_t
local_len(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '.') {
			if (i == 0 || s[i - 1] == '.')
				break;
		} else if (c >= 0x80 || (!isalnum(c) && (c == '\0' ||
		    strchr("!#$%&'*+-/=?^_`{|}~", c) == NULL))) {
			break;
		}
	}
	return i > 0 && s[i - 1] == '.' ? 0 : i;
}

/* Bytes of the domain at S: two or more labels, the last not a number. */
static size_t
domain_len(const char *s, size_t len)
{
	size_t i = 0, start, good = 0;
	int labels = 0;

	while (i < len) {
		bool letter = false;

		for (start = i; i < len && (isalnum((unsigned char)s[i]) ||
		    (s[i] == '-' && i > start)) && i - start < 63; i++)
			letter |= isalpha((unsigned char)s[i]) != 0;
		while (i > start && s[i - 1] == '-')
			i--;
		if (i == start)
			break;
		if (++labels >= 2 && letter && i - start >= 2)
			good = i;
		if (i == len || s[i] != '.')
			break;
		i++;
	}
	return good;
}

size_t
email_len(const char *s, size_t len)
{
	size_t local = local_len(s, len), domain;

	if (local == 0 || local > LOCAL_MAX || local >= len || s[local] != '@')
		return 0;
	domain = domain_len(s + local + 1, len - local - 1);
	return domain != 0 && local + 1 + domain <= ADDRESS_MAX ? local + 1 + domain : 0;
}

bool
email_fold(const char *s, char out[EMAIL_SIZE])
{
	size_t len, i;

	out[0] = '\0';
	s += strspn(s, " \t\r\n<'\"");
	if (strncmp(s, "mailto:", 7) == 0)
		s += 7;
	len = strlen(s);
	while (len > 0 && strchr(" \t\r\n>'\"", s[len - 1]) != NULL)
		len--;
	if (len == 0 || email_len(s, len) != len)
		return false;
	for (i = 0; i < len; i++)
		out[i] = (char)tolower((unsigned char)s[i]);
	out[len] = '\0';
	return true;
}
