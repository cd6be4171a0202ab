/* article_files - articles from files: Markdown, CSV, JSON Lines, folders of them */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/conf.h"
#include "store/article_files.h"
#include "stream/csvin.h"
#include "stream/jsonl.h"

enum { FILE_MAX_BYTES = 4 * 1024 * 1024 };

static struct article *
begin(const char *source, size_t line)
{
	struct article *a = xmalloc(sizeof(*a));

	article_init(a, source, line);
	return a;
}

static void
drop(struct article *a)
{
	article_release(a);
	free(a);
}

static void
refuse(struct article_files *f, struct article *a, const struct err *e)
{
	f->refused++;
	f->complain(e);
	drop(a);
}

/* Keeps A, or refuses it because its id has been met. */
static void
keep(struct article_files *f, struct article *a)
{
	union map_value *place;
	int is_new;
	struct err e;

	place = map_put(&f->by_id, a->id, strlen(a->id), &is_new);
	if (!is_new) {
		err_set(&e, ERR_CONFIG, "%s: \"%s\" is in %s already", a->source, a->id,
		    f->v[place->num]->source);
		refuse(f, a, &e);
		return;
	}
	if (f->n == f->cap) {
		f->cap = f->cap * 2 + 64;
		f->v = xrealloc(f->v, f->cap * sizeof(*f->v));
	}
	place->num = (int64_t)f->n;
	f->v[f->n++] = a;
}

static int
read_md(struct article_files *f, const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char *text = conf_read(path, FILE_MAX_BYTES, NULL, e);
	struct article *a;
	struct err fault;

	if (text == NULL)
		return -1;
	a = begin(path, 0);
	if (article_read_md(a, path, slash != NULL ? slash + 1 : path, text, f->zone, &fault) < 0)
		refuse(f, a, &fault);
	else
		keep(f, a);
	free(text);
	return 0;
}

static int
read_jsonl(struct article_files *f, const char *path, struct err *e)
{
	struct jsonl in;
	int got;

	if (jsonl_open(&in, path, e) < 0)
		return -1;
	while ((got = jsonl_next(&in, e)) != 0) {
		struct article *a = begin(path, in.in.line);

		if (got < 0 && e->code != ERR_DATA) {
			drop(a);
			break;
		}
		if (got < 0) {
			refuse(f, a, e);
		} else if (article_read_json(a, rec_node(&in.rec, ""), f->zone, e) < 0) {
			err_at(e, path, in.in.line);
			refuse(f, a, e);
		} else {
			keep(f, a);
		}
	}
	jsonl_close(&in);
	return got < 0 ? -1 : 0;
}

/* Rows of one id are one article. */
static void
keep_row(struct article_files *f, struct article *a, const char *path, struct err *e)
{
	union map_value *place = map_get(&f->by_id, a->id, strlen(a->id));

	if (place == NULL || strncmp(f->v[place->num]->source, path, strlen(path)) != 0) {
		keep(f, a);
		return;
	}
	if (article_merge(f->v[place->num], a, e) < 0) {
		err_at(e, a->source, 0);
		refuse(f, a, e);
		return;
	}
	drop(a);
}

static int
read_rows(struct article_files *f, struct csvin *in, const char *path, struct err *e)
{
	struct article_csv head = { .keys = NULL };
	const char **cells = NULL;
	bool headed = false;
	size_t i;
	int got;

	while ((got = csvin_next(in, e)) != 0) {
		struct article *a;

		if (got < 0 && e->code != ERR_DATA)
			break;
		if (got < 0) {
			f->refused++;
			f->complain(e);
			continue;
		}
		cells = xrealloc(cells, (in->n + head.n + 1) * sizeof(*cells));
		for (i = 0; i < in->n || i < head.n; i++)
			cells[i] = i < in->n ? in->field[i].p : "";
		if (!headed) {
			if ((got = article_csv_head(&head, cells, in->n, e)) < 0) {
				err_at(e, path, in->line);
				break;
			}
			headed = true;
			continue;
		}
		a = begin(path, in->line);
		if (article_read_csv(a, &head, cells, f->zone, e) < 0) {
			err_at(e, a->source, 0);
			refuse(f, a, e);
		} else {
			keep_row(f, a, path, e);
		}
	}
	article_csv_release(&head);
	free(cells);
	return got < 0 ? -1 : 0;
}

static int
read_csv(struct article_files *f, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), bad;
	struct csvin in;

	if (fd < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	if (csvin_open(&in, fd, path, "", 0, NULL, e) < 0)
		return -1;
	bad = read_rows(f, &in, path, e);
	csvin_close(&in);
	return bad;
}

/* Reads PATH by the end of its name; 0 without reading if it is none of ours. */
static int
read_file(struct article_files *f, const char *path, bool *ours, struct err *e)
{
	const char *dot = strrchr(path, '.');

	*ours = true;
	if (dot != NULL && strcmp(dot, ".md") == 0)
		return read_md(f, path, e);
	if (dot != NULL && strcmp(dot, ".csv") == 0)
		return read_csv(f, path, e);
	if (strcmp(path, "-") == 0 || (dot != NULL && (strcmp(dot, ".jsonl") == 0 ||
	    strcmp(dot, ".json") == 0)))
		return read_jsonl(f, path, e);
	*ours = false;
	return 0;
}

static int
visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static int
read_dir(struct article_files *f, const char *path, struct err *e)
{
	struct dirent **names;
	int n = scandir(path, &names, visible, alphasort), i, bad = 0;
	bool ours;

	if (n < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	for (i = 0; i < n; i++) {
		struct buf full = BUF_INIT;

		buf_fmt(&full, "%s/%s", path, names[i]->d_name);
		if (bad == 0)
			bad = read_file(f, full.p, &ours, e);
		buf_release(&full);
		free(names[i]);
	}
	free(names);
	return bad;
}

int
article_files_read(struct article_files *f, const char *path, struct err *e)
{
	struct stat st;
	bool ours;
	int bad;

	if (strcmp(path, "-") != 0 && stat(path, &st) < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
	if (strcmp(path, "-") != 0 && S_ISDIR(st.st_mode))
		return read_dir(f, path, e);
	bad = read_file(f, path, &ours, e);
	return bad < 0 || ours ? bad :
	    err_set(e, ERR_NOINPUT, "%s: neither .md nor .csv nor .jsonl", path);
}

int
article_files_usual(struct article_files *f, struct err *e)
{
	char **paths;
	int i, n = conf_list("articles", ".md", &paths, e), bad = n < 0 ? -1 : 0;

	for (i = 0; i < n && bad == 0; i++)
		bad = read_md(f, paths[i], e);
	conf_list_free(paths, n);
	return bad;
}

void
article_files_release(struct article_files *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		drop(f->v[i]);
	free(f->v);
	map_release(&f->by_id);
	*f = (struct article_files){ .zone = NULL };
}
