/* err - what went wrong, in a struct on the caller's stack */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

int
err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	e->code = code;
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof(e->msg), fmt, ap);
	va_end(ap);
	return -1;
}

int
err_at(struct err *e, const char *source, size_t line)
{
	char where[160];
	size_t n, keep;

	if (line > 0)
		snprintf(where, sizeof(where), "%.120s:%zu: ", source, line);
	else
		snprintf(where, sizeof(where), "%.120s: ", source);
	n = strlen(where);
	keep = strnlen(e->msg, sizeof(e->msg) - 1);
	if (keep > sizeof(e->msg) - 1 - n)
		keep = sizeof(e->msg) - 1 - n;
	memmove(e->msg + n, e->msg, keep);
	memcpy(e->msg, where, n);
	e->msg[n + keep] = '\0';
	return -1;
}
