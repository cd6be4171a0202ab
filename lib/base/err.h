/* err - what went wrong, in a struct on the caller's stack.
 *
 * Every fallible function of lib/ takes a `struct err *e` last, returns -1 and
 * leaves the reason there.  The code is the exit status the failure deserves if
 * nobody handles it (the ERR_* values are those of sysexits(3)); the message
 * names the place before the fault, in lower case, without a full stop.
 * Nothing to free.
 */
#ifndef CSR_ERR_H
#define CSR_ERR_H

#include <stddef.h>

enum err_code {
	ERR_NO = 1,		/* a question answered with no */
	ERR_USAGE = 64,		/* wrong call */
	ERR_DATA = 65,		/* some input refused */
	ERR_NOINPUT = 66,	/* a named input cannot be opened */
	ERR_UNAVAILABLE = 69,	/* a service is missing */
	ERR_BUG = 70,		/* a csr bug */
	ERR_MEM = 71,		/* out of memory */
	ERR_IO = 74,		/* output or database could not be written */
	ERR_BUSY = 75,		/* busy: run again, nothing is half done */
	ERR_PERM = 77,		/* not permitted */
	ERR_CONFIG = 78		/* bad configuration */
};

struct err {
	int code;		/* an ERR_* value, 0 while nothing failed */
	char msg[240];		/* for people; may hold text from outside */
};

/* Fills *e and returns -1, so that `return err_set(...)` reads well. */
int err_set(struct err *e, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "source:line: " (or "source: " for line 0) before the message. Returns -1. */
int err_at(struct err *e, const char *source, size_t line);

#endif
