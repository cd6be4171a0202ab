/* jtext - JSON written straight into a buffer, for rows that are many */
#include <stdbool.h>
#include <string.h>

#include "stream/jtext.h"

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c != '"' && c != '\\';
}

static void
add_escaped(struct buf *out, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *short_form = c != '\0' ? strchr(from, c) : NULL;

	buf_char(out, '\\');
	if (short_form != NULL)
		buf_char(out, to[short_form - from]);
	else
		buf_fmt(out, "u%04x", c);
}

void
jtext_string(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len, *run = s;

	buf_room(out, len + 2);
	buf_char(out, '"');
	for (; s < end; s++) {
		if (is_plain((unsigned char)*s))
			continue;
		buf_add(out, run, (size_t)(s - run));
		add_escaped(out, (unsigned char)*s);
		run = s + 1;
	}
	buf_add(out, run, (size_t)(s - run));
	buf_char(out, '"');
}

void
jtext_key(struct buf *out, const char *key)
{
	if (out->len > 0 && out->p[out->len - 1] != '{')
		buf_char(out, ',');
	jtext_string(out, key, strlen(key));
	buf_char(out, ':');
}

void
jtext_member(struct buf *out, const char *key, const char *s)
{
	if (s == NULL)
		return;
	jtext_key(out, key);
	jtext_string(out, s, strlen(s));
}

void
jtext_list(struct buf *out, const char *key, const char *const *v, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	jtext_key(out, key);
	for (i = 0; i < n; i++) {
		buf_char(out, i == 0 ? '[' : ',');
		jtext_string(out, v[i], strlen(v[i]));
	}
	buf_char(out, ']');
}
