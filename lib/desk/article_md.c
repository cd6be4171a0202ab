/* article_md - articles written as Markdown with a head */
#include <string.h>

#include "base/buf.h"
#include "desk/article.h"

struct reading {
	struct article *a;
	const char *source;
	const struct zone *zone;
	size_t line;
	struct article_text *text;	/* the chapter, NULL before the first */
	bool questions;			/* still in the list below its title */
	struct buf answer;
};

/* Takes the next line off *P; its bytes without the line end. */
static const char *
take_line(const char **p, size_t *len)
{
	const char *s = *p;

	*len = strcspn(s, "\n");
	*p = s + *len + (s[*len] == '\n');
	if (*len > 0 && s[*len - 1] == '\r')
		--*len;
	return s;
}

static bool
is_blank(const char *s, size_t len)
{
	return strspn(s, " \t") >= len;
}

static int
fault(const struct reading *r, struct err *e)
{
	return err_at(e, r->source, r->line);
}

/* "key: value" of the head. */
static int
read_key(struct reading *r, const char *s, size_t len, struct err *e)
{
	char key[32], *value;
	size_t n = strcspn(s, ":\n"), colon = n;

	while (n > 0 && s[n - 1] == ' ')
		n--;
	if (colon >= len || n == 0 || n >= sizeof(key))
		return err_set(e, ERR_CONFIG, "not a line of \"key: value\"");
	memcpy(key, s, n);
	key[n] = '\0';
	s += colon + 1;
	len -= colon + 1;
	while (len > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		len--;
	}
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	value = arena_strn(&r->a->arena, s, len);
	return article_set(r->a, key, value, r->zone, e);
}

/* The head between two lines of ---, if there is one. */
static int
read_head(struct reading *r, const char **p, struct err *e)
{
	const char *s, *start = *p;
	size_t len;

	s = take_line(p, &len);
	if (len != 3 || memcmp(s, "---", 3) != 0) {
		*p = start;
		return 0;
	}
	for (r->line = 2; **p != '\0'; r->line++) {
		s = take_line(p, &len);
		if (len == 3 && memcmp(s, "---", 3) == 0)
			return 0;
		if (!is_blank(s, len) && *s != '#' && read_key(r, s, len, e) < 0)
			return fault(r, e);
	}
	r->line = 1;
	err_set(e, ERR_CONFIG, "the head is not closed by a line of ---");
	return fault(r, e);
}

/* Ends the chapter: its answer without blank lines at both ends. */
static void
end_chapter(struct reading *r)
{
	const char *s = buf_cstr(&r->answer);
	size_t len = r->answer.len;

	if (r->text == NULL)
		return;
	while (len > 0 && (*s == '\n' || *s == ' ')) {
		s++;
		len--;
	}
	while (len > 0 && strchr("\n \t", s[len - 1]) != NULL)
		len--;
	r->text->answer = arena_strn(&r->a->arena, s, len);
	buf_clear(&r->answer);
}

/* "# zh: TITLE" or "# TITLE". */
static int
begin_chapter(struct reading *r, const char *s, size_t len, struct err *e)
{
	char lang[4] = "", *title;
	size_t n;

	end_chapter(r);
	s++;
	len--;
	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	n = strspn(s, "abcdefghijklmnopqrstuvwxyz");
	if (n >= 2 && n <= 3 && n < len && s[n] == ':') {
		memcpy(lang, s, n);
		s += n + 1;
		len -= n + 1;
	}
	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	if (is_blank(s, len))
		return err_set(e, ERR_CONFIG, "a chapter without a title");
	title = arena_strn(&r->a->arena, s, len);
	if (*lang == '\0')
		memcpy(lang, article_guess_language(title), 3);
	if (article_in(r->a, lang) != NULL)
		return err_set(e, ERR_CONFIG, "a second chapter in %s", lang);
	if ((r->text = article_language(r->a, lang, e)) == NULL)
		return -1;
	r->text->title = title;
	r->questions = true;
	return 0;
}

static int
read_body(struct reading *r, const char *s, size_t len, struct err *e)
{
	if (*s == '#' && len > 1 && s[1] != '#')
		return begin_chapter(r, s, len, e);
	if (r->text == NULL)
		return is_blank(s, len) ? 0 :
		    err_set(e, ERR_CONFIG, "text before the first \"# TITLE\"");
	if (r->questions && len > 1 && (*s == '-' || *s == '*') && s[1] == ' ') {
		article_list_add(r->a, &r->text->questions, s + 2, len - 2);
		return 0;
	}
	if (r->questions && is_blank(s, len)) {
		/* A second list is the answer's. */
		r->questions = r->text->questions.n == 0;
		return 0;
	}
	r->questions = false;
	buf_add(&r->answer, s, len);
	buf_char(&r->answer, '\n');
	return 0;
}

int
article_read_md(struct article *a, const char *source, const char *name, const char *text,
    const struct zone *z, struct err *e)
{
	struct reading r = { .a = a, .source = source, .zone = z, .line = 1, .answer = BUF_INIT };
	const char *p = text, *s;
	size_t len;
	int bad;

	if (strncmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	bad = read_head(&r, &p, e);
	for (r.line = r.line > 1 ? r.line + 1 : 1; bad == 0 && *p != '\0'; r.line++) {
		s = take_line(&p, &len);
		if (read_body(&r, s, len, e) < 0)
			bad = fault(&r, e);
	}
	end_chapter(&r);
	buf_release(&r.answer);
	if (bad == 0 && a->id == NULL) {
		len = strlen(name);
		if (len > 3 && strcmp(name + len - 3, ".md") == 0)
			len -= 3;
		bad = article_set(a, "id", arena_strn(&a->arena, name, len), z, e);
	}
	if (bad == 0 && article_finish(a, e) < 0)
		bad = err_at(e, source, 0);
	return bad;
}
