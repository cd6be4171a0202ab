/* fuzz - what the harnesses share.
 *
 * A harness is one file, one door: it feeds the bytes it is given and aborts when a
 * promise of the door's header does not hold; crashes, leaks, hangs and undefined
 * behaviour are found by the sanitizers.  Its "seeds:" line names the directories of the
 * files to begin with.
 */
#ifndef CSR_FUZZ_H
#define CSR_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(promise) do { \
	if (!(promise)) { \
		fprintf(stderr, "broken: %s\n", #promise); \
		abort(); \
	} \
} while (0)

/* The bytes as a file, at its beginning. */
static inline int
fuzz_fd(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	MUST(fd > STDERR_FILENO && write(fd, data, size) == (ssize_t)size);
	MUST(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* A name under which FD can be opened again. */
static inline const char *
fuzz_path(int fd)
{
	static char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return path;
}

/* The bytes as a string of its own (NUL becomes a blank), so that reading past its end
 * is seen. */
static inline char *
fuzz_text(const uint8_t *data, size_t size)
{
	char *text = xmalloc(size + 1);

	for (size_t i = 0; i < size; i++)
		text[i] = data[i] != 0 ? (char)data[i] : ' ';
	text[size] = '\0';
	return text;
}

#endif
