/* outfile - stdout into a file that appears only when it is complete.
 *
 * A new file beside PATH takes the place of stdout, so that a report which fails half
 * way leaves the old one as it was.
 */
#ifndef CSR_OUTFILE_H
#define CSR_OUTFILE_H

#include "base/err.h"

/* Call before anything is written. The new file's name, yours; NULL with 74. */
char *outfile_begin(const char *path, struct err *e);
/* After out_finish(): gives the file its name (KEEP) or removes it; frees WRITTEN. */
int outfile_end(char *written, const char *path, int keep, struct err *e);

#endif
