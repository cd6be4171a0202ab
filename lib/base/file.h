/* file - bytes onto the disk, all of them or an error.
 */
#ifndef CSR_FILE_H
#define CSR_FILE_H

#include <stddef.h>

/* Writes LEN bytes to FD and syncs it: 0, or -1 with errno set.  A failed sync is not tried
 * again: what the kernel dropped then is gone. */
int file_write(int fd, const void *p, size_t len);

#endif
