/* mapped - a whole file as bytes in memory, read as they are touched */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mapped.h"

static int
map(struct mapped *m, int fd, const char *path, size_t max, struct err *e)
{
	struct stat st;
	void *p;

	if (fstat(fd, &st) < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_CONFIG, "%s: not a plain file", path);
	if ((size_t)st.st_size > max)
		return err_set(e, ERR_CONFIG, "%s: longer than %zu bytes", path, max);
	*m = (struct mapped){ NULL, (size_t)st.st_size };
	if (m->len == 0)
		return 0;
	p = mmap(NULL, m->len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (p == MAP_FAILED)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	m->p = p;
	return 0;
}

int
mapped_open(struct mapped *m, const char *path, size_t max, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), bad;

	if (fd < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	bad = map(m, fd, path, max, e);
	close(fd);
	return bad;
}

void
mapped_close(struct mapped *m)
{
	union {
		const void *read;
		void *p;
	} at = { m->p };

	if (m->p != NULL)
		munmap(at.p, m->len);
	*m = (struct mapped){ NULL, 0 };
}
