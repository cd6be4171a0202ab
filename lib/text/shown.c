/* shown - text of strangers as a terminal may show it */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/shown.h"
#include "text/utf8.h"

static bool
is_harmful(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x61c ||
	    c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

void
shown_add(struct buf *b, const char *s, size_t len)
{
	const char *end = s + len, *from;

	while (s < end) {
		from = s;
		if (is_harmful(utf8_next(&s, end)))
			buf_char(b, '?');
		else if (utf8_valid(from, (size_t)(s - from)))
			buf_add(b, from, (size_t)(s - from));
		else
			buf_char(b, '?');
	}
}

void
shown_lines(struct buf *b, const char *s, const char *indent)
{
	size_t n, i;

	for (;; s += n + 1) {
		n = strcspn(s, "\r\n");
		buf_str(b, n > 0 ? indent : "");
		for (i = 0; i < n; i++)
			if (s[i] == '\t') {
				shown_add(b, s, i);
				buf_char(b, ' ');
				s += i + 1;
				n -= i + 1;
				i = (size_t)-1;
			}
		shown_add(b, s, n);
		buf_char(b, '\n');
		if (s[n] == '\r' && s[n + 1] == '\n')
			n++;
		if (s[n] == '\0' || s[n + 1] == '\0')
			return;
	}
}
