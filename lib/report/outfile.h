/* outfile - files that appear only when they are complete.
 *
 * A new file beside PATH is written and takes its place in the end, so that a report which
 * fails half way leaves the old one as it was.
 */
#ifndef CSR_OUTFILE_H
#define CSR_OUTFILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* stdout into PATH.  Call before anything is written. The new file's name, yours; NULL
 * with 74. */
char *outfile_begin(const char *path, struct err *e);
/* After out_finish(): gives the file its name (KEEP) or removes it; frees WRITTEN. */
int outfile_end(char *written, const char *path, int keep, struct err *e);

/* True for a folder, and for what ends in a slash. */
bool outfile_is_folder(const char *path);

/* Makes the folder PATH if it is not there. 74. */
int outfile_make_folder(const char *path, struct err *e);

/* One file more. */
struct newfile {
	const char *path;	/* borrowed */
	char *written;		/* the name it has so far */
	int fd;
	int error;		/* errno of the first write that failed, else 0 */
};

int newfile_open(struct newfile *f, const char *path, struct err *e);
/* Writes what is in B and clears it; CTX is the struct newfile. */
void newfile_drain(void *ctx, struct buf *b);
/* Gives it its name if KEEP and all was written, else removes it. 74. */
int newfile_close(struct newfile *f, int keep, struct err *e);

#endif
