/* report_words - the texts of a report's header, in Chinese and in English */
#include <string.h>

#include "base/buf.h"
#include "report/report_header.h"

static struct report_word *
find(struct report *r, enum lang lang, const char *name)
{
	size_t i;

	for (i = 0; i < r->n_words; i++)
		if (r->words[i].lang == lang && strcmp(r->words[i].name, name) == 0)
			return &r->words[i];
	return NULL;
}

/* Lines make one text: with blanks between but behind Chinese, which has none. */
static const char *
two_lines(struct report *r, enum lang lang, const char *first, const char *second)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_fmt(&b, "%s%s%s", first, lang == LANG_ZH ? "" : " ", second);
	text = arena_str(&r->texts, buf_cstr(&b));
	buf_release(&b);
	return text;
}

void
header_add_word(struct report *r, enum lang lang, const char *name, const char *text)
{
	struct report_word *old = strcmp(name, "note") == 0 ? NULL : find(r, lang, name);
	const char *bar = strstr(text, " | ");
	struct report_word w = { lang, arena_str(&r->texts, name),
		arena_strn(&r->texts, text, bar != NULL ? (size_t)(bar - text) : strlen(text)),
		bar != NULL ? arena_str(&r->texts, bar + 3) : NULL };

	if (old != NULL && strcmp(name, "about") == 0) {
		old->text = two_lines(r, lang, old->text, text);
	} else if (old != NULL) {
		*old = w;
	} else {
		r->words = xrealloc(r->words, (r->n_words + 1) * sizeof(w));
		r->words[r->n_words++] = w;
	}
}

static bool
is_option(const struct report *r, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < r->n_options; i++)
		if (strlen(r->options[i].name) == len &&
		    memcmp(r->options[i].name, name, len) == 0)
			return true;
	return false;
}

static bool
is_chart(const struct report *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->n_charts; i++)
		if (strcmp(r->charts[i].name, name) == 0)
			return true;
	return false;
}

int
header_words(struct report *r, enum lang lang, const char *s, struct err *e)
{
	const char *name = header_word(r, &s);

	if (strcmp(name, "title") != 0 && strcmp(name, "about") != 0 &&
	    strcmp(name, "note") != 0 &&
	    field_find(r->fields, r->n, name, strlen(name)) < 0 &&
	    report_measure(r, name, strlen(name)) < 0 &&
	    !is_option(r, name, strlen(name)) && !is_chart(r, name))
		return err_set(e, ERR_CONFIG, "\"%s\" is nothing declared above, nor title, "
		    "about or note", name);
	if (*s == '\0')
		return err_set(e, ERR_CONFIG, "%s: no words", name);
	header_add_word(r, lang, name, s);
	return 0;
}

static int
check_note(const struct report *r, const char *s, struct err *e)
{
	for (; (s = strchr(s, '{')) != NULL; s++) {
		size_t len = strcspn(s + 1, "}");

		if (s[1 + len] == '}' && (report_measure(r, s + 1, len) >= 0 ||
		    is_option(r, s + 1, len) || (len == 8 && memcmp(s + 1, "calendar", 8) == 0)))
			continue;
		return err_set(e, ERR_CONFIG, "%s: a note speaks of \"{%.*s}\", which is no "
		    "measure, option or {calendar}", r->path, (int)len, s + 1);
	}
	return 0;
}

int
header_check_notes(const struct report *r, struct err *e)
{
	size_t i;

	for (i = 0; i < r->n_words; i++)
		if (strcmp(r->words[i].name, "note") == 0 &&
		    check_note(r, r->words[i].text, e) < 0)
			return -1;
	return 0;
}
