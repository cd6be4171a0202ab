/* outfile - files that appear only when they are complete */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/outfile.h"

/* A new file beside PATH: its descriptor and name. */
static int
create(const char *path, char **written, struct err *e)
{
	struct buf name = BUF_INIT;
	int fd;

	buf_fmt(&name, "%s.XXXXXX", path);
	fd = mkstemp(name.p);
	if (fd < 0) {
		err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
		buf_release(&name);
		return -1;
	}
	*written = buf_take(&name);
	return fd;
}

char *
outfile_begin(const char *path, struct err *e)
{
	char *written;
	int fd = create(path, &written, e);

	if (fd < 0)
		return NULL;
	if (dup2(fd, STDOUT_FILENO) >= 0) {
		close(fd);
		return written;
	}
	err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	close(fd);
	unlink(written);
	free(written);
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

bool
outfile_is_folder(const char *path)
{
	struct stat st;
	size_t len = strlen(path);

	return (len > 0 && path[len - 1] == '/') || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

int
outfile_make_folder(const char *path, struct err *e)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
}

int
newfile_open(struct newfile *f, const char *path, struct err *e)
{
	*f = (struct newfile){ .path = path };
	f->fd = create(path, &f->written, e);
	return f->fd >= 0 ? 0 : -1;
}

void
newfile_drain(void *ctx, struct buf *b)
{
	struct newfile *f = ctx;
	size_t done = 0;

	while (done < b->len && f->error == 0) {
		ssize_t got = write(f->fd, b->p + done, b->len - done);

		if (got >= 0)
			done += (size_t)got;
		else if (errno != EINTR)
			f->error = errno;
	}
	buf_clear(b);
}

int
newfile_close(struct newfile *f, int keep, struct err *e)
{
	if (close(f->fd) != 0 && f->error == 0)
		f->error = errno;
	if (keep && f->error != 0) {
		outfile_end(f->written, f->path, 0, e);
		return err_set(e, ERR_IO, "%s: %s", f->path, strerror(f->error));
	}
	return outfile_end(f->written, f->path, keep, e);
}
