/* proc - other programs: arguments as they are, input and output by pipes, a time limit.
 *
 * No shell, no PATH tricks with text from outside: the program is named by the
 * configuration, and found by posix_spawnp(3).
 */
#ifndef CSR_PROC_H
#define CSR_PROC_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Runs ARGV with INPUT at its standard input; what it prints on either is gathered in OUT of
 * SIZE bytes (the rest is dropped).  The exit status, 128 + the signal, 127 if it cannot be
 * run; -1 if it took longer than TIMEOUT_MS and was ended. */
int proc_run(char *const *argv, const char *input, size_t len, int64_t timeout_ms, char *out,
    size_t size);
/* What COMMAND (words at blanks) prints, into OUT. -1 with 78 if it fails. */
int proc_output(const char *command, char *out, size_t size, struct err *e);

#endif
