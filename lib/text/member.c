/* member - membership numbers in the one form that can be compared */
#include <ctype.h>
#include <string.h>

#include "text/member.h"
#include "text/utf8.h"

bool
member_fold(const char *s, char out[MEMBER_SIZE])
{
	const char *end = s + strlen(s);
	size_t n = 0;

	out[0] = '\0';
	while (s < end) {
		uint32_t cp = utf8_narrow(utf8_next(&s, end));

		if (cp <= ' ' || cp == 0xA0 || utf8_is_invisible(cp))
			continue;
		if (n + 4 >= MEMBER_SIZE) {
			out[0] = '\0';
			return false;
		}
		n += utf8_put(out + n, cp < 0x80 ? (uint32_t)toupper((int)cp) : cp);
	}
	out[n] = '\0';
	return n > 0;
}

bool
member_differ(const char *a, const char *b)
{
	const char *end_a = strchr(a, ':'), *end_b = strchr(b, ':');
	size_t len = end_a != NULL ? (size_t)(end_a - a) : 0;

	return len == (end_b != NULL ? (size_t)(end_b - b) : 0) && strncmp(a, b, len) == 0 &&
	    strcmp(a, b) != 0;
}
