/* answer_csv - answers to surveys, as survey tools export them, as records */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/conf.h"
#include "intake/answer_csv.h"
#include "text/fold.h"

enum { HEAD_ROWS = 20 };

/* S as names are compared, in A. */
static char *
name_key(struct arena *a, const char *s, size_t len)
{
	struct fold f = FOLD_INIT;
	size_t i, n = 0;
	char *out;

	fold_text(&f, s, len);
	out = arena_strn(a, buf_cstr(&f.text), f.text.len);
	for (i = 0; i < f.text.len; i++)
		if (strchr(" _-\t\r\n:", out[i]) == NULL)
			out[n++] = out[i];
	out[n] = '\0';
	fold_release(&f);
	return out;
}

static int
read_names(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct answer_csv *a = ctx;
	size_t len;

	(void)line;
	if (strcmp(section, "columns") != 0)
		return err_set(e, ERR_CONFIG, "no section is called [%s]", section);
	if (key == NULL)
		return 0;
	key = arena_str(&a->text, key);
	for (; *value != '\0'; value += len + (value[len] == '|')) {
		char *name;

		len = strcspn(value, "|");
		name = name_key(&a->text, value, len);
		map_put(&a->names, name, strlen(name), NULL)->ptr = arena_str(&a->text, key);
	}
	return 0;
}

static int
load_names(struct answer_csv *a, struct err *e)
{
	char *path = conf_find("surveys/columns.conf", e);
	int bad = path != NULL ? conf_parse(path, read_names, a, e) : -1;

	free(path);
	return bad;
}

static const char *
field_of(struct answer_csv *a, const struct csvin_field *f)
{
	char *name = name_key(&a->text, f->p, f->len);
	const union map_value *v = map_get(&a->names, name, strlen(name));

	return v != NULL ? v->ptr : NULL;
}

static bool
has(const struct answer_csv *a, const char *field)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (a->columns[i].field != NULL && strcmp(a->columns[i].field, field) == 0)
			return true;
	return false;
}

/* Takes the row last read for the header if it can be one. */
static bool
take_header(struct answer_csv *a)
{
	size_t i;

	free(a->columns);
	a->columns = xcalloc(a->in.n + 1, sizeof(*a->columns));
	for (a->n = 0, i = 0; i < a->in.n; i++) {
		const char *field = field_of(a, &a->in.field[i]);

		a->columns[i].field = field != NULL && !has(a, field) ? field : NULL;
		a->columns[i].name = arena_strn(&a->text, a->in.field[i].p, a->in.field[i].len);
		a->n++;
	}
	return has(a, "at") && (has(a, "score") || has(a, "comment"));
}

static int
find_header(struct answer_csv *a, struct err *e)
{
	int row, got;

	for (row = 0; row < HEAD_ROWS && (got = csvin_next(&a->in, e)) != 0; row++) {
		if (got < 0 && e->code != ERR_DATA)
			return -1;
		if (got > 0 && take_header(a)) {
			a->in.columns = a->n;
			return 0;
		}
	}
	return err_set(e, ERR_DATA, "%s: no header with a time and a score or comment (names: "
	    "surveys/columns.conf)", a->path);
}

int
answer_csv_open(struct answer_csv *a, const char *path, struct err *e)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);

	*a = (struct answer_csv){ .path = is_stdin ? "stdin" : path };
	if (fd < 0)
		return err_set(e, ERR_NOINPUT, "%s: %s", a->path, strerror(errno));
	if (csvin_open(&a->in, fd, a->path, NULL, 0, NULL, e) < 0)
		return -1;
	if (load_names(a, e) == 0 && find_header(a, e) == 0)
		return 0;
	answer_csv_close(a);
	return -1;
}

/* The row is refused: R holds its bytes, a->refused the reason without its place. */
static void
refuse(struct answer_csv *a, struct rec *r, const struct err *why)
{
	struct err ignored;
	const char *raw;
	char place[200];
	size_t len, n;

	a->refused = *why;
	n = (size_t)snprintf(place, sizeof(place), "%s:%zu: ", a->path, a->in.line);
	if (n < sizeof(place) && strncmp(a->refused.msg, place, n) == 0)
		memmove(a->refused.msg, a->refused.msg + n, strlen(a->refused.msg) - n + 1);
	csvin_raw(&a->in, &raw, &len);
	rec_parse(r, raw, len, &ignored);
}

static void
build(struct answer_csv *a, struct rec *r)
{
	struct node *n = node_object(), *extra = node_object();
	size_t i;

	node_set_text(n, "kind", "response");
	for (i = 0; i < a->n; i++) {
		const char *cell = a->in.field[i].p;

		if (*cell != '\0')
			node_set_text(a->columns[i].field != NULL ? n : extra,
			    a->columns[i].field != NULL ? a->columns[i].field :
			    a->columns[i].name, cell);
	}
	if (node_len(extra) > 0)
		node_set(n, "extra", extra);
	else
		node_free(extra);
	rec_from_node(r, n);
}

int
answer_csv_next(struct answer_csv *a, struct rec *r, struct err *e)
{
	int got = csvin_next(&a->in, e);

	if (got == 0 || (got < 0 && e->code != ERR_DATA))
		return got;
	a->refused.code = 0;
	if (got < 0)
		refuse(a, r, e);
	else
		build(a, r);
	r->source = a->path;
	r->line = a->in.line;
	return 1;
}

const struct err *
answer_csv_refused(const struct answer_csv *a)
{
	return a->refused.code != 0 ? &a->refused : NULL;
}

void
answer_csv_close(struct answer_csv *a)
{
	csvin_close(&a->in);
	free(a->columns);
	map_release(&a->names);
	arena_release(&a->text);
}

bool
answer_csv_is(const char *path)
{
	size_t len = strlen(path);
	char first = '{';
	int fd;

	if (len > 4 && strcasecmp(path + len - 4, ".csv") == 0)
		return true;
	if (strcmp(path, "-") == 0 || (len > 6 && strcasecmp(path + len - 6, ".jsonl") == 0) ||
	    (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return false;
	if (read(fd, &first, 1) != 1)
		first = '{';
	close(fd);
	return first != '{';
}
