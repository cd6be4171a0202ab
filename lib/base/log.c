/* log - words for people, on stderr, one write(2) a message */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static const char *prog = "csr";

void
log_name(const char *name)
{
	prog = name;
}

const char *
log_get_name(void)
{
	return prog;
}

/* Length of the dangerous sequence at S: C0, DEL, C1 (C2 80..9F), bidi controls
 * (E2 80 8E..8F, AA..AE; E2 81 A6..A9); 0 if S starts with none. */
static size_t
control_len(const unsigned char *s)
{
	if (s[0] < 0x20 || s[0] == 0x7f)
		return 1;
	if (s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f)
		return 2;
	if (s[0] == 0xe2 && s[1] == 0x80 &&
	    ((s[2] >= 0x8e && s[2] <= 0x8f) || (s[2] >= 0xaa && s[2] <= 0xae)))
		return 3;
	if (s[0] == 0xe2 && s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9)
		return 3;
	return 0;
}

void
log_clean(char *out, size_t size, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n = 0;

	while (*p != '\0' && n + 1 < size) {
		size_t bad = control_len(p);

		out[n++] = bad ? '?' : (char)*p;
		p += bad ? bad : 1;
	}
	out[n] = '\0';
}

static void
say(const char *text)
{
	char clean[512], line[640];
	int len;

	log_clean(clean, sizeof(clean), text);
	len = snprintf(line, sizeof(line), "%s: %s\n", prog, clean);
	if (len > 0 && write(STDERR_FILENO, line, (size_t)len) < 0)
		return;		/* nobody is left to tell */
}

void
warn(const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	say(text);
}

void
warn_err(const struct err *e)
{
	say(e->msg);
}

void
die(int code, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	say(text);
	_exit(code);
}

void
die_err(const struct err *e)
{
	say(e->msg);
	_exit(e->code ? e->code : ERR_BUG);
}
