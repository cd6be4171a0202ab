/* mapped - a whole file as bytes in memory, read as they are touched. */
#ifndef CSR_MAPPED_H
#define CSR_MAPPED_H

#include <stddef.h>

#include "base/err.h"

struct mapped {
	const void *p;		/* NULL for an empty file */
	size_t len;
};

/* Maps PATH, a plain file of at most MAX bytes, to be read only.  66 when it cannot be
 * opened, 78 when it is no plain file or too long.  The file must not be cut short while
 * it is mapped: replace it by renaming. */
int mapped_open(struct mapped *m, const char *path, size_t max, struct err *e);
void mapped_close(struct mapped *m);

#endif
