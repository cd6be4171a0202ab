/* markup - text into HTML and SVG, so that it stays text */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/markup.h"
#include "report/table_form.h"

static void
escape(struct buf *b, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		switch (s[i]) {
		case '&':
			buf_str(b, "&amp;");
			break;
		case '<':
			buf_str(b, "&lt;");
			break;
		case '>':
			buf_str(b, "&gt;");
			break;
		case '"':
			buf_str(b, "&quot;");
			break;
		case '\'':
			buf_str(b, "&#39;");
			break;
		default:
			buf_char(b, s[i]);
		}
}

void
markup_textn(struct buf *b, const char *s, size_t len)
{
	struct buf clean = BUF_INIT;

	table_add_clean(&clean, s, len);
	escape(b, buf_cstr(&clean), clean.len);
	buf_release(&clean);
}

void
markup_text(struct buf *b, const char *s)
{
	markup_textn(b, s, strlen(s));
}

/* Two decimals at most, no zeros behind, never "-0". */
static void
number(struct buf *b, double v)
{
	char text[64];
	int len;

	if (!isfinite(v) || fabs(v) > 1e12)
		v = 0;
	len = snprintf(text, sizeof(text), "%.2f", v);
	while (text[len - 1] == '0')
		len--;
	if (text[len - 1] == '.')
		len--;
	if (len == 2 && text[0] == '-' && text[1] == '0')
		buf_char(b, '0');
	else
		buf_add(b, text, (size_t)len);
}

void
markup(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (; *fmt != '\0'; fmt++) {
		if (*fmt != '%') {
			buf_char(b, *fmt);
			continue;
		}
		switch (*++fmt) {
		case 's':
			markup_text(b, va_arg(ap, const char *));
			break;
		case 'd':
			buf_fmt(b, "%d", va_arg(ap, int));
			break;
		case 'z':
			buf_fmt(b, "%zu", va_arg(ap, size_t));
			break;
		case 'f':
			number(b, va_arg(ap, double));
			break;
		default:
			buf_char(b, *fmt);
		}
	}
	va_end(ap);
}
