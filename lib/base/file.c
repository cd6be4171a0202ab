/* file - bytes onto the disk, all of them or an error */
#include <errno.h>
#include <unistd.h>

#include "base/file.h"

int
file_write(int fd, const void *p, size_t len)
{
	const char *from = p;

	while (len > 0) {
		ssize_t n = write(fd, from, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		from += n;
		len -= (size_t)n;
	}
	return fsync(fd);
}
