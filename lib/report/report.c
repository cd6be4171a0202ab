/* report - a report's definition: an SQL file with a header */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/conf.h"
#include "report/report_header.h"

enum { REPORT_MAX = 256 * 1024 };

/* Where the statement at S ends: its semicolon or the end of the text. */
static const char *
statement_end(const char *s)
{
	while (*s != '\0' && *s != ';') {
		if (strncmp(s, "--", 2) == 0) {
			s += strcspn(s, "\n");
		} else if (*s == '\'' || *s == '"') {
			s += 1 + strcspn(s + 1, *s == '"' ? "\"" : "'");
			s += *s != '\0';
		} else {
			s++;
		}
	}
	return s;
}

/* Behind the blanks and comments at S. */
static const char *
skip_comments(const char *s)
{
	for (;;) {
		s += strspn(s, " \t\r\n");
		if (strncmp(s, "--", 2) != 0)
			return s;
		s += strcspn(s, "\n");
	}
}

static int
read_selects(struct report *r, struct err *e)
{
	const char *s = skip_comments(r->text), *end;

	for (; *s != '\0'; s = skip_comments(end)) {
		if (strncasecmp(s, "SELECT", 6) != 0 && strncasecmp(s, "WITH", 4) != 0)
			return err_set(e, ERR_CONFIG, "%s: \"%.*s\" is no SELECT: a report only "
			    "reads", r->path, (int)strcspn(s, " \t\r\n;("), s);
		end = statement_end(s);
		r->selects = xrealloc(r->selects, (r->n_selects + 1) * sizeof(*r->selects));
		r->selects[r->n_selects++] = arena_strn(&r->texts, s, (size_t)(end - s));
		end += *end == ';';
	}
	if (r->n_selects > 0 && r->n > 0)
		return 0;
	return err_set(e, ERR_CONFIG, "%s: %s", r->path, r->n == 0 ?
	    "no \"-- column:\" line" : "no SELECT");
}

static char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');

	return xstrndup(base, dot ? (size_t)(dot - base) : strlen(base));
}

struct report *
report_read(const char *path, struct err *e)
{
	struct report *r = xcalloc(1, sizeof(*r));
	size_t len;

	r->path = xstrdup(path);
	r->name = base_name(path);
	r->by = "";
	r->time = -1;
	r->text = conf_read(path, REPORT_MAX, &len, e);
	if (r->text == NULL || report_header(r, e) < 0 || read_selects(r, e) < 0) {
		report_free(r);
		return NULL;
	}
	return r;
}

struct report *
report_load(const char *name, struct err *e)
{
	struct buf file = BUF_INIT;
	struct report *r = NULL;
	char *path;

	if (*name == '\0' || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") !=
	    strlen(name)) {
		err_set(e, ERR_USAGE, "\"%s\" is no report name (try csr-report list)", name);
		return NULL;
	}
	buf_fmt(&file, "reports/%s.sql", name);
	path = conf_find(buf_cstr(&file), e);
	if (path == NULL)
		err_set(e, ERR_USAGE, "no report \"%s\" (try csr-report list)", name);
	else
		r = report_read(path, e);
	free(path);
	buf_release(&file);
	return r;
}

const struct report_word *
report_word(const struct report *r, enum lang lang, const char *name)
{
	size_t i;

	for (i = 0; i < r->n_words; i++)
		if (r->words[i].lang == lang && strcmp(r->words[i].name, name) == 0)
			return &r->words[i];
	return NULL;
}

const char *
report_says(const struct report *r, enum lang lang, const char *name)
{
	const struct report_word *w = report_word(r, lang, name);

	if (w == NULL)
		w = report_word(r, lang == LANG_EN ? LANG_ZH : LANG_EN, name);
	return w != NULL ? w->text : "";
}

int
report_measure(const struct report *r, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < r->n_measures; i++)
		if (strlen(r->measures[i].out.name) == len &&
		    memcmp(r->measures[i].out.name, name, len) == 0)
			return (int)i;
	return -1;
}

void
report_free(struct report *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n_charts; i++)
		free(r->charts[i].y);
	free(r->name);
	free(r->path);
	free(r->text);
	free(r->fields);
	free(r->origins);
	free(r->measures);
	free(r->options);
	free(r->words);
	free(r->charts);
	free(r->figures);
	free(r->selects);
	arena_release(&r->texts);
	free(r);
}
