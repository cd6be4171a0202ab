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
	char old[sizeof(e->msg)];

	memcpy(old, e->msg, sizeof(old));
	if (line > 0)
		snprintf(e->msg, sizeof(e->msg), "%s:%zu: %s", source, line, old);
	else
		snprintf(e->msg, sizeof(e->msg), "%s: %s", source, old);
	return -1;
}
