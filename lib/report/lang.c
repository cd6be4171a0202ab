/* lang - the language people are shown reports in, and the words of columns and values */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/map.h"
#include "report/lang.h"
#include "report/report.h"

static const char *const names[LANGS] = { [LANG_EN] = "en", [LANG_ZH] = "zh" };

struct words {
	enum lang lang;
	struct map words;	/* "column", "column.value", "column?" (about it) to a text */
	struct arena texts;
};

int
lang_of(const char *name)
{
	int i;

	for (i = 0; i < LANGS; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

const char *
lang_name(enum lang lang)
{
	return names[lang];
}

enum lang
lang_of_locale(void)
{
	static const char *const from[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	size_t i;

	for (i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		const char *v = getenv(from[i]);

		if (v != NULL && *v != '\0')
			return strncmp(v, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
	}
	return LANG_EN;
}

static void
put_word(struct words *w, const char *key, const char *suffix, const char *text, size_t len)
{
	struct buf k = BUF_INIT;

	buf_fmt(&k, "%s%s", key, suffix);
	map_put(&w->words, k.p, k.len, NULL)->ptr = arena_strn(&w->texts, text, len);
	buf_release(&k);
}

/* "name = what it is called | one sentence about it" */
static int
read_word(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct words *w = ctx;
	const char *bar;

	(void)line;
	if (lang_of(section) < 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no language: [zh] or [en]", section);
	if (key == NULL || lang_of(section) != (int)w->lang)
		return 0;
	bar = strstr(value, " | ");
	put_word(w, key, "", value, bar != NULL ? (size_t)(bar - value) : strlen(value));
	if (bar != NULL)
		put_word(w, key, "?", bar + 3, strlen(bar + 3));
	return 0;
}

struct words *
words_load(enum lang lang, struct err *e)
{
	struct words *w = xcalloc(1, sizeof(*w));
	char **paths;
	int n = conf_list("reports", ".words", &paths, e), i, bad = n < 0 ? -1 : 0;

	w->lang = lang;
	for (i = 0; bad == 0 && i < n; i++)
		bad = conf_parse(paths[i], read_word, w, e);
	if (n > 0)
		conf_list_free(paths, n);
	if (bad == 0)
		return w;
	words_free(w);
	return NULL;
}

enum lang
words_lang(const struct words *w)
{
	return w->lang;
}

const char *
words_name(const struct words *w, const struct report *r, const char *name)
{
	const struct report_word *own = r != NULL ? report_word(r, w->lang, name) : NULL;
	const union map_value *v = own == NULL ? map_get(&w->words, name, strlen(name)) : NULL;

	return own != NULL ? own->text : v != NULL ? v->ptr : name;
}

void
words_field(const struct words *w, const struct report *r, const struct field *f,
    struct buf *b)
{
	static const struct {
		const char *suffix, *said[LANGS];
	} roles[] = {
		[ROLE_BEFORE] = { "_before", { [LANG_EN] = ", before", [LANG_ZH] = "·此前" } },
		[ROLE_CHANGE] = { "_change", { [LANG_EN] = ", change", [LANG_ZH] = "·变化" } },
		[ROLE_P] = { "_p", { [LANG_EN] = ", p", [LANG_ZH] = "·p 值" } },
	};
	char *base = xstrdup(f->name);

	if (f->role != ROLE_SELF)
		base[strlen(base) - strlen(roles[f->role].suffix)] = '\0';
	buf_str(b, words_name(w, r, base));
	if (f->role != ROLE_SELF)
		buf_str(b, roles[f->role].said[w->lang]);
	free(base);
}

const char *
words_about(const struct words *w, const struct report *r, const char *name,
    const char *otherwise)
{
	const struct report_word *own = report_word(r, w->lang, name);
	struct buf key = BUF_INIT;
	const union map_value *v;

	if (own != NULL && own->about != NULL)
		return own->about;
	buf_fmt(&key, "%s?", name);
	v = map_get(&w->words, key.p, key.len);
	buf_release(&key);
	return v != NULL ? v->ptr : w->lang == LANG_EN ? otherwise : "";
}

const char *
words_value(const struct words *w, const char *column, const char *value, size_t len)
{
	struct buf key = BUF_INIT;
	const union map_value *v;

	buf_fmt(&key, "%s.", column);
	buf_add(&key, value, len);
	v = map_get(&w->words, key.p, key.len);
	buf_release(&key);
	return v != NULL ? v->ptr : NULL;
}

void
words_free(struct words *w)
{
	if (w == NULL)
		return;
	map_release(&w->words);
	arena_release(&w->texts);
	free(w);
}
