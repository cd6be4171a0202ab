/* mail_dir - a Maildir, or a directory of .eml files: read in order, left as they are */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "intake/mail_lib.h"
#include "intake/mail_source.h"

struct maildir {
	struct mail_source s;
	struct arena names;
	const char **name;	/* below the directory: "new/1790816400.1.host" */
	size_t n, cap, at;
	struct buf path;	/* of the present mail */
};

static bool
is_eml(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && strcasecmp(name + len - 4, ".eml") == 0;
}

static bool
has_dir(const char *path, const char *sub)
{
	struct buf b = BUF_INIT;
	DIR *d;

	buf_fmt(&b, "%s/%s", path, sub);
	d = opendir(b.p);
	buf_release(&b);
	if (d != NULL)
		closedir(d);
	return d != NULL;
}

static bool
has_eml(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *ent;
	bool found = false;

	while (d != NULL && !found && (ent = readdir(d)) != NULL)
		found = is_eml(ent->d_name);
	if (d != NULL)
		closedir(d);
	return found;
}

static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	(void)head;
	(void)len;
	if (!is_dir)
		return 0;
	if (has_dir(path, "new") && has_dir(path, "cur"))
		return 95;
	return has_eml(path) ? 80 : 0;
}

static void
add_name(struct maildir *m, const char *sub, const char *name)
{
	struct buf b = BUF_INIT;

	if (m->n == m->cap) {
		m->cap = m->cap > 0 ? 2 * m->cap : 64;
		m->name = xrealloc(m->name, m->cap * sizeof(*m->name));
	}
	buf_fmt(&b, "%s%s", sub, name);
	m->name[m->n++] = arena_strn(&m->names, b.p, b.len);
	buf_release(&b);
}

static int
list(struct maildir *m, const char *path, const char *sub, bool eml, struct err *e)
{
	struct buf b = BUF_INIT;
	struct dirent *ent;
	DIR *d;

	buf_fmt(&b, "%s/%s", path, sub);
	d = opendir(b.p);
	buf_release(&b);
	if (d == NULL)
		return err_set(e, ERR_NOINPUT, "%s/%s: %s", path, sub, strerror(errno));
	while (errno = 0, (ent = readdir(d)) != NULL)
		if (ent->d_name[0] != '.' && (!eml || is_eml(ent->d_name)))
			add_name(m, sub, ent->d_name);
	if (errno != 0)
		err_set(e, ERR_IO, "%s/%s: %s", path, sub, strerror(errno));
	else
		e->code = 0;
	closedir(d);
	return e->code != 0 ? -1 : 0;
}

/* By the file's own name, which in a Maildir begins with the time of delivery; new/ or cur/ does
 * not matter. */
static int
by_name(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	const char *xs = strrchr(x, '/'), *ys = strrchr(y, '/');
	int order = strcmp(xs != NULL ? xs + 1 : x, ys != NULL ? ys + 1 : y);

	return order != 0 ? order : strcmp(x, y);
}

static void
free_dir(struct maildir *m)
{
	mail_source_release(&m->s);
	arena_release(&m->names);
	buf_release(&m->path);
	free(m->name);
	free(m);
}

static int
open_dir(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct maildir *m;
	bool plain;
	int got;

	(void)head;
	(void)len;
	if (fd >= 0)
		return err_set(e, ERR_USAGE, "%s: not a directory", in->name);
	if (mail_lib_open(e) < 0)
		return -1;
	m = xcalloc(1, sizeof(*m));
	plain = !has_dir(in->name, "new") && !has_dir(in->name, "cur");
	if (plain)
		got = list(m, in->name, "", true, e);
	else
		got = list(m, in->name, "new/", false, e) < 0 ? -1 :
		    list(m, in->name, "cur/", false, e);
	if (got < 0) {
		free_dir(m);
		return -1;
	}
	if (m->n > 0)
		qsort(m->name, m->n, sizeof(*m->name), by_name);
	mail_source_init(&m->s, in);
	in->state = m;
	return 0;
}

/* Fills raw. What moved or vanished since it was listed is refused by name, like a bad mail. */
static int
load(struct maildir *m, struct err *e)
{
	int fd = open(m->path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK), got;

	buf_clear(&m->s.raw);
	if (fd < 0)
		return err_set(e, errno == ENOENT || errno == EACCES ? ERR_DATA : ERR_IO,
		    "cannot open: %s", strerror(errno));
	got = mail_source_slurp(&m->s, fd, e);
	close(fd);
	return got;
}

static int
next_dir(struct intake *in, struct fact *f, struct err *e)
{
	struct maildir *m = in->state;

	if (in->opts.dry != NULL && m->at == m->n && in->opts.dry(in->opts.ctx, e) < 0)
		return -1;
	if (m->at == m->n)
		return 0;
	buf_clear(&m->path);
	buf_fmt(&m->path, "%s/%s", in->name, m->name[m->at++]);
	m->s.number = m->at;
	if (load(m, e) < 0) {
		mail_source_raw(&m->s, in);
		return err_at(e, m->path.p, 0);
	}
	return mail_source_fact(&m->s, in, m->path.p, FACT_NO_TIME, f, e);
}

static void
close_dir(struct intake *in)
{
	free_dir(in->state);
}

static void
raw_dir(struct intake *in)
{
	struct maildir *m = in->state;

	mail_source_raw(&m->s, in);
}

const struct intake_format intake_maildir = {
	"maildir", "a Maildir, or a directory of .eml files", sniff, open_dir, next_dir, close_dir,
	raw_dir
};
