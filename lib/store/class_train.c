/* class_train - a model file from texts that people labelled */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/class_train.h"

static int
add(void *ctx, const struct labelled *l, const struct rec *r, struct err *e)
{
	size_t i;

	(void)r;
	for (i = 0; i < l->n_labels; i++)
		if (samples_add(ctx, l->text.text.p, l->text.text.len, l->labels[i], e) < 0)
			return -1;
	return 0;
}

void
class_train_into(struct labelled *l, struct samples *s)
{
	l->each = add;
	l->ctx = s;
}

/* A file of its own first, so that a program that has the old one mapped keeps it. */
static int
replace(const char *path, const struct buf *bytes, struct err *e)
{
	struct buf new = BUF_INIT;
	int fd, bad;

	buf_fmt(&new, "%s.%ld.new", path, (long)getpid());
	fd = open(new.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	bad = fd < 0 ? -1 : file_write(fd, bytes->p, bytes->len);
	if (bad == 0)
		bad = rename(new.p, path);
	if (bad < 0)
		err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && bad < 0)
		unlink(new.p);
	buf_release(&new);
	return bad;
}

int
class_train_write(const struct train *t, struct samples *s, const char *path, struct err *e)
{
	struct buf bytes = BUF_INIT;
	int bad = train_model(t, s, &bytes, e);

	if (bad == 0)
		bad = replace(path, &bytes, e);
	buf_release(&bytes);
	return bad;
}
