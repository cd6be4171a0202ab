/* out - stdout, the last step of every program.
 *
 * Data goes through one 64 KiB buffer and reaches the pipe when the buffer is full,
 * when out_flush() says so (input has run dry, a batch is committed) or at the end.
 * A write that fails ends the program with 74: never a silent loss.
 */
#ifndef CSR_OUT_H
#define CSR_OUT_H

#include <stddef.h>

void out_write(const void *p, size_t len);
void out_str(const char *s);
void out_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Writes what is buffered; exits with 74 if that fails. */
void out_flush(void);
/* Flushes, closes stdout, returns STATUS; or says why not and returns 74. The last
 * call of every main(). */
int out_finish(int status);
/* True when stdout is a terminal. */
int out_is_tty(void);

#endif
