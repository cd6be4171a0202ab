/* span - places inside JSON text that has already been found to be valid */
#include <string.h>

#include "stream/span.h"

static size_t
skip_blank(const char *p, size_t i)
{
	while (p[i] == ' ' || p[i] == '\t' || p[i] == '\n' || p[i] == '\r')
		i++;
	return i;
}

/* Behind the string that starts at the quote P[i]. */
static size_t
skip_string(const char *p, size_t i)
{
	for (i++; p[i] != '"'; i++)
		if (p[i] == '\\')
			i++;
	return i + 1;
}

/* Behind the value at P[i]. */
static size_t
skip_value(const char *p, size_t i)
{
	size_t depth = 0;

	for (;; i++) {
		if (p[i] == '"')
			i = skip_string(p, i) - 1;
		else if (p[i] == '{' || p[i] == '[')
			depth++;
		else if (depth > 0 && (p[i] == '}' || p[i] == ']'))
			depth--;
		else if (depth == 0 && strchr(",}] \t\r\n", p[i]) != NULL)
			return i;
		if (depth == 0 && (p[i] == '"' || p[i] == '}' || p[i] == ']'))
			return i + 1;
	}
}

bool
span_of_member(const char *text, size_t len, const char *key, size_t *start, size_t *end)
{
	size_t n = strlen(key), i = skip_blank(text, 0) + 1, before = i;

	while (i < len) {
		size_t name = skip_blank(text, i), after;
		bool found;

		if (text[name] != '"')
			return false;
		i = skip_string(text, name);
		found = i - name == n + 2 && memcmp(text + name + 1, key, n) == 0;
		i = skip_blank(text, skip_blank(text, i) + 1);
		after = skip_blank(text, skip_value(text, i));
		if (found) {
			bool first = text[before - 1] == '{' && before == skip_blank(text, 0) + 1;

			*start = first ? before : before - 1;
			*end = first && text[after] == ',' ? after + 1 : after;
			return true;
		}
		if (text[after] != ',')
			return false;
		i = before = after + 1;
	}
	return false;
}

size_t
span_utf8(const unsigned char *s, size_t len)
{
	if (s[0] < 0x80)
		return 1;
	if (len >= 2 && s[0] >= 0xc2 && s[0] <= 0xdf && (s[1] & 0xc0) == 0x80)
		return 2;
	if (len >= 3 && (s[0] & 0xf0) == 0xe0 && (s[1] & 0xc0) == 0x80 &&
	    (s[2] & 0xc0) == 0x80 && !(s[0] == 0xe0 && s[1] < 0xa0) &&
	    !(s[0] == 0xed && s[1] > 0x9f))
		return 3;
	if (len >= 4 && s[0] >= 0xf0 && s[0] <= 0xf4 && (s[1] & 0xc0) == 0x80 &&
	    (s[2] & 0xc0) == 0x80 && (s[3] & 0xc0) == 0x80 &&
	    !(s[0] == 0xf0 && s[1] < 0x90) && !(s[0] == 0xf4 && s[1] > 0x8f))
		return 4;
	return 0;
}

void
span_clean_utf8(const char *s, size_t len, struct buf *out)
{
	size_t i = 0;

	while (i < len) {
		size_t n = span_utf8((const unsigned char *)s + i, len - i);

		if (n == 0)
			buf_str(out, "\xef\xbf\xbd");
		else if (s[i] != '\0')
			buf_add(out, s + i, n);
		i += n ? n : 1;
	}
}
