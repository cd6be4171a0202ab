/* conf - where configuration lives, and the plain files it is written in */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/mem.h"
#include "base/opt.h"

enum { PLACES = 5, CONF_MAX = 16 * 1024 * 1024 };

static char *
joined(const char *a, const char *b)
{
	struct buf path = BUF_INIT;

	buf_str(&path, a);
	buf_str(&path, b);
	return buf_take(&path);
}

/* The directory PLACE (0 is searched first), yours to free; NULL if there is none. */
static char *
place_dir(int place)
{
	const char *env;
	char exe[4096];
	ssize_t len;

	switch (place) {
	case 0:
		return common.config ? xstrdup(common.config) : NULL;
	case 1:
		env = getenv("CSR_CONFIG");
		return env != NULL && *env != '\0' ? xstrdup(env) : NULL;
	case 2:
		env = getenv("XDG_CONFIG_HOME");
		if (env != NULL && *env == '/')
			return joined(env, "/csr");
		env = getenv("HOME");
		return env != NULL && *env == '/' ? joined(env, "/.config/csr") : NULL;
	case 3:
		return xstrdup("/etc/csr");
	default:
		len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
		if (len <= 0)
			return NULL;
		exe[len] = '\0';
		*strrchr(exe, '/') = '\0';
		return joined(exe, "/../share/csr");
	}
}

char *
conf_find(const char *name, struct err *e)
{
	int place;

	for (place = 0; place < PLACES; place++) {
		char *dir = place_dir(place), *rel, *path;

		if (dir == NULL)
			continue;
		rel = joined("/", name);
		path = joined(dir, rel);
		free(rel);
		free(dir);
		if (access(path, F_OK) == 0)
			return path;
		free(path);
	}
	err_set(e, ERR_CONFIG, "%s: not found in --config, $CSR_CONFIG, ~/.config/csr, "
	    "/etc/csr or the installed share/csr", name);
	return NULL;
}

static int
by_base_name(const void *a, const void *b)
{
	const char *x = strrchr(*(char *const *)a, '/');
	const char *y = strrchr(*(char *const *)b, '/');

	return strcmp(x, y);
}

static bool
have_name(char **paths, int n, const char *name)
{
	while (n-- > 0)
		if (strcmp(strrchr(paths[n], '/') + 1, name) == 0)
			return true;
	return false;
}

static void
list_dir(const char *dir, const char *suffix, char ***paths, int *n)
{
	DIR *d = opendir(dir);
	struct dirent *ent;
	size_t want = strlen(suffix), len;

	if (d == NULL)
		return;
	while ((ent = readdir(d)) != NULL) {
		struct buf path = BUF_INIT;

		len = strlen(ent->d_name);
		if (ent->d_name[0] == '.' || len <= want ||
		    strcmp(ent->d_name + len - want, suffix) != 0 ||
		    have_name(*paths, *n, ent->d_name))
			continue;
		buf_fmt(&path, "%s/%s", dir, ent->d_name);
		*paths = xrealloc(*paths, ((size_t)*n + 1) * sizeof(**paths));
		(*paths)[(*n)++] = buf_take(&path);
	}
	closedir(d);
}

int
conf_list(const char *dir, const char *suffix, char ***paths, struct err *e)
{
	int place, n = 0;

	*paths = NULL;
	for (place = 0; place < PLACES; place++) {
		char *base = place_dir(place), *rel, *full;

		if (base == NULL)
			continue;
		rel = joined("/", dir);
		full = joined(base, rel);
		list_dir(full, suffix, paths, &n);
		free(full);
		free(rel);
		free(base);
	}
	if (n == 0)
		return err_set(e, ERR_CONFIG, "%s/*%s: none found in --config, $CSR_CONFIG, "
		    "~/.config/csr, /etc/csr or the installed share/csr", dir, suffix);
	qsort(*paths, (size_t)n, sizeof(**paths), by_base_name);
	return n;
}

void
conf_list_free(char **paths, int n)
{
	while (n-- > 0)
		free(paths[n]);
	free(paths);
}

char *
conf_read(const char *path, size_t max, size_t *len, struct err *e)
{
	struct buf text = BUF_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = 1;

	if (fd < 0) {
		err_set(e, ERR_NOINPUT, "%s: %s", path, strerror(errno));
		return NULL;
	}
	while (got > 0 && text.len <= max) {
		got = read(fd, buf_room(&text, 65536), 65536);
		if (got > 0)
			text.len += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	if (got < 0)
		err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	else if (text.len > max)
		err_set(e, ERR_DATA, "%s: larger than %zu bytes", path, max);
	close(fd);
	if (got < 0 || text.len > max) {
		buf_release(&text);
		return NULL;
	}
	buf_room(&text, 1)[0] = '\0';
	if (len != NULL)
		*len = text.len;
	return buf_take(&text);
}

/* Cuts blanks at both ends, in place. */
static char *
trimmed(char *s)
{
	char *end;

	while (*s == ' ' || *s == '\t')
		s++;
	end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return s;
}

static int
parse_line(char *line, char *section, size_t size, conf_fn *fn, void *ctx, size_t at,
    struct err *e)
{
	char *s = trimmed(line), *eq;
	size_t len = strlen(s);

	if (*s == '\0' || *s == '#')
		return 0;
	if (*s == '[') {
		if (s[len - 1] != ']' || len - 2 >= size)
			return err_set(e, ERR_CONFIG, "a section head must look like [name]");
		s[len - 1] = '\0';
		snprintf(section, size, "%s", trimmed(s + 1));
		return fn(ctx, section, NULL, NULL, at, e);
	}
	eq = strchr(s, '=');
	if (eq == NULL)
		return err_set(e, ERR_CONFIG, "neither [section] nor key = value");
	*eq = '\0';
	return fn(ctx, section, trimmed(s), trimmed(eq + 1), at, e);
}

int
conf_parse_text(const char *source, char *text, conf_fn *fn, void *ctx, struct err *e)
{
	char section[128] = "";
	struct buf joined_line = BUF_INIT;
	size_t line = 0;
	int bad = 0;

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	while (text != NULL && bad == 0) {
		char *end = strchr(text, '\n');
		size_t len = end ? (size_t)(end - text) : strlen(text);

		line++;
		buf_add(&joined_line, text, len);
		text = end ? end + 1 : NULL;
		if (joined_line.len > 0 && joined_line.p[joined_line.len - 1] == '\r')
			joined_line.p[--joined_line.len] = '\0';
		if (joined_line.len > 0 && joined_line.p[joined_line.len - 1] == '\\' &&
		    text != NULL) {
			joined_line.p[--joined_line.len] = '\0';
			continue;
		}
		if (joined_line.len > 0 && parse_line(joined_line.p, section,
		    sizeof(section), fn, ctx, line, e) < 0)
			bad = err_at(e, source, line);
		buf_clear(&joined_line);
	}
	buf_release(&joined_line);
	return bad;
}

int
conf_parse(const char *path, conf_fn *fn, void *ctx, struct err *e)
{
	char *text = conf_read(path, CONF_MAX, NULL, e);
	int bad;

	if (text == NULL)
		return -1;
	bad = conf_parse_text(path, text, fn, ctx, e);
	free(text);
	return bad;
}

char *
conf_text(const char *name, char **path, struct err *e)
{
	char *text;

	if ((*path = conf_find(name, e)) == NULL)
		return NULL;
	if ((text = conf_read(*path, CONF_MAX, NULL, e)) == NULL) {
		free(*path);
		*path = NULL;
	}
	return text;
}
