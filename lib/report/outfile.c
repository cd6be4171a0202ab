/* outfile - stdout into a file that appears only when it is complete */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "report/outfile.h"

char *
outfile_begin(const char *path, struct err *e)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_fmt(&name, "%s.XXXXXX", path);
	fd = mkstemp(name.p);
	if (fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0) {
		close(fd);
		return buf_take(&name);
	}
	err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		unlink(name.p);
	buf_release(&name);
	return NULL;
}

int
outfile_end(char *written, const char *path, int keep, struct err *e)
{
	int bad = 0;

	if (keep && rename(written, path) != 0)
		bad = err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	if (!keep || bad < 0)
		unlink(written);
	free(written);
	return bad;
}
