/* log - words for people, on stderr, one write(2) a message.
 *
 * Used by cmd/ only: the library reports through struct err and never prints.
 * The program's name is put in front here and nowhere else; control characters
 * and invalid bytes become '?', since messages quote what strangers wrote.
 */
#ifndef CSR_LOG_H
#define CSR_LOG_H

#include "base/err.h"

/* Sets the name in front of every message; NAME is borrowed for ever. */
void log_name(const char *name);
const char *log_get_name(void);

void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void warn_err(const struct err *e);

/* Say it and exit with CODE (e->code) without flushing stdout: what was not
 * committed must not look as if it were. */
void die(int code, const char *fmt, ...) __attribute__((format(printf, 2, 3), noreturn));
void die_err(const struct err *e) __attribute__((noreturn));

/* Copies S to OUT (SIZE bytes with the NUL) with control characters as '?',
 * C1 controls and bidi overrides included. */
void log_clean(char *out, size_t size, const char *s);

#endif
