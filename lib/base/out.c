/* out - stdout, the last step of every program */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/out.h"

enum { OUT_SIZE = 64 * 1024 };

static char held[OUT_SIZE];
static size_t held_len;

static void
write_all(const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			die(ERR_IO, "stdout: %s", strerror(errno));
		p += n;
		len -= (size_t)n;
	}
}

int
out_is_tty(void)
{
	static int known = -1;

	if (known < 0)
		known = isatty(STDOUT_FILENO);
	return known;
}

/* On a terminal, DEL and C1 controls inside JSON strings are shown as escapes: they
 * could command the terminal.  C0 controls cannot occur in JSON text. */
static void
write_tty(const char *p, size_t len)
{
	char esc[8];
	size_t i, from = 0;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)p[i];
		int c1 = c == 0xc2 && i + 1 < len && (unsigned char)p[i + 1] >= 0x80 &&
		    (unsigned char)p[i + 1] <= 0x9f;

		if (c != 0x7f && !c1)
			continue;
		write_all(p + from, i - from);
		snprintf(esc, sizeof(esc), "\\u%04x", c1 ? (unsigned char)p[i + 1] : c);
		write_all(esc, 6);
		i += (size_t)c1;
		from = i + 1;
	}
	write_all(p + from, len - from);
}

void
out_flush(void)
{
	size_t len = held_len;

	held_len = 0;
	if (out_is_tty())
		write_tty(held, len);
	else
		write_all(held, len);
}

void
out_write(const void *p, size_t len)
{
	const char *from = p;

	while (len > 0) {
		size_t room = OUT_SIZE - held_len;
		size_t n = len < room ? len : room;

		memcpy(held + held_len, from, n);
		held_len += n;
		from += n;
		len -= n;
		if (held_len == OUT_SIZE)
			out_flush();
	}
}

void
out_str(const char *s)
{
	out_write(s, strlen(s));
}

void
out_fmt(const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap, again;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len > 0) {
		vsnprintf(buf_room(&text, (size_t)len), (size_t)len + 1, fmt, again);
		out_write(text.p, (size_t)len);
	}
	va_end(again);
	va_end(ap);
	buf_release(&text);
}

int
out_finish(int status)
{
	out_flush();
	if (close(STDOUT_FILENO) != 0) {
		warn("stdout: %s", strerror(errno));
		return ERR_IO;
	}
	return status;
}
