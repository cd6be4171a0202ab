/* surveyfile - reading a form (csr-surveys(5)) */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/survey.h"
#include "text/fold.h"
#include "time/tm.h"

static char *
folded(struct survey_form *f, const char *s, size_t len)
{
	struct fold fold = FOLD_INIT;
	char *out;

	fold_text(&fold, s, len);
	out = arena_strn(&f->text, buf_cstr(&fold.text), fold.text.len);
	fold_release(&fold);
	return out;
}

/* Words stand between commas; calls FN with each, without the blanks around it. */
static int
each_word(struct survey_form *f, const char *s, int (*fn)(struct survey_form *f,
    const char *word, size_t len, void *ctx, struct err *e), void *ctx, struct err *e)
{
	size_t len, cut;

	for (; *s != '\0'; s += len + (s[len] == ',')) {
		s += strspn(s, " \t");
		len = strcspn(s, ",");
		for (cut = len; cut > 0 && strchr(" \t", s[cut - 1]); cut--)
			;
		if (cut > 0 && fn(f, s, cut, ctx, e) < 0)
			return -1;
	}
	return 0;
}

static int
add_to_list(struct survey_form *f, const char *word, size_t len, void *ctx, struct err *e)
{
	struct survey_list *l = ctx;

	if (l->n == SURVEY_LIST)
		return err_set(e, ERR_CONFIG, "more than %d words", SURVEY_LIST);
	l->v[l->n++] = folded(f, word, len);
	return 0;
}

static int
add_answer(struct survey_form *f, const char *word, size_t len, void *ctx, struct err *e)
{
	int64_t *score = ctx;

	(void)e;
	words_add(&f->answers, arena_strn(&f->text, word, len), (uint32_t)*score, 0);
	return 0;
}

static int
read_scale(struct survey_form *f, const char *value, struct err *e)
{
	char *end;

	f->min = strtol(value, &end, 10);
	if (end != value && *end == '-') {
		value = end + 1;
		f->max = strtol(value, &end, 10);
		if (end != value && *end == '\0' && f->min >= 0 && f->min < f->max &&
		    f->max <= 10)
			return 0;
	}
	return err_set(e, ERR_CONFIG, "a scale looks like 1-5 and ends at 10 at most");
}

static int
read_measure(struct survey_form *f, const char *value, struct err *e)
{
	static const char *const names[] = { "csat", "nps", "ces" };
	int i;

	for (i = 0; i < 3; i++)
		if (strcmp(value, names[i]) == 0) {
			f->measure = (enum survey_measure)i;
			return 0;
		}
	return err_set(e, ERR_CONFIG, "measure is csat, nps or ces, not \"%s\"", value);
}

static int
read_head(struct survey_form *f, const char *key, const char *value, struct err *e)
{
	const struct { const char *key; const char **text; } texts[] = {
		{ "what", &f->what }, { "language", &f->language }, { "template", &f->template },
	};
	const struct { const char *key; int64_t *ms; } spans[] = {
		{ "quiet", &f->quiet_ms }, { "again", &f->again_ms }, { "late", &f->late_ms },
		{ "expires", &f->expires_ms },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(key, texts[i].key) == 0) {
			*texts[i].text = arena_str(&f->text, value);
			return 0;
		}
	for (i = 0; i < sizeof(spans) / sizeof(*spans); i++)
		if (strcmp(key, spans[i].key) == 0)
			return tm_parse_span(value, spans[i].ms, e);
	if (strcmp(key, "scale") == 0)
		return read_scale(f, value, e);
	if (strcmp(key, "measure") == 0)
		return read_measure(f, value, e);
	if (strcmp(key, "hours") == 0)
		return hours_parse(&f->hours, value, e);
	if (strcmp(key, "channels") == 0)
		return each_word(f, value, add_to_list, &f->channels, e);
	return err_set(e, ERR_CONFIG, "no form has a \"%s\"", key);
}

static int
read_answer(struct survey_form *f, const char *key, const char *value, struct err *e)
{
	char *end;
	int64_t score = strtol(key, &end, 10);

	if (end == key || *end != '\0' || score < f->min || score > f->max)
		return err_set(e, ERR_CONFIG, "\"%s\" is not on the scale %d-%d", key,
		    (int)f->min, (int)f->max);
	return each_word(f, value, add_answer, &score, e);
}

static int
read_words(struct survey_form *f, const char *key, const char *value, struct err *e)
{
	const struct { const char *key; struct survey_list *list; } lists[] = {
		{ "before", &f->before }, { "after", &f->after }, { "other", &f->other },
		{ "not", &f->negations },
	};
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (strcmp(key, lists[i].key) == 0)
			return each_word(f, value, add_to_list, lists[i].list, e);
	return err_set(e, ERR_CONFIG, "[words] has before, after, other and not, no \"%s\"", key);
}

static int
read_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct survey_form *f = ctx;

	(void)line;
	if (*section == '\0')
		return read_head(f, key, value, e);
	if (f->max == 0)
		return err_set(e, ERR_CONFIG, "scale must stand above the first section");
	if (strcmp(section, "answers") == 0)
		return key == NULL ? 0 : read_answer(f, key, value, e);
	if (strcmp(section, "words") == 0)
		return key == NULL ? 0 : read_words(f, key, value, e);
	return err_set(e, ERR_CONFIG, "a form has [answers] and [words], no [%s]", section);
}

static int
check(const struct survey_form *f, const char *source, struct err *e)
{
	if (f->max == 0 || f->what == NULL || f->template == NULL || f->channels.n == 0)
		return err_set(e, ERR_CONFIG, "%s: a form needs what, scale, template and channels",
		    source);
	if ((f->measure == SURVEY_NPS) != (f->max == 10))
		return err_set(e, ERR_CONFIG, "%s: nps, and only nps, has the scale 0-10", source);
	return 0;
}

int
survey_parse(struct survey_form *f, const char *name, const char *source, char *text,
    struct err *e)
{
	memset(f, 0, sizeof(*f));
	f->name = arena_str(&f->text, name);
	f->language = "zh";
	f->quiet_ms = 2 * TM_HOUR_MS;
	f->again_ms = 30 * TM_DAY_MS;
	f->late_ms = 7 * TM_DAY_MS;
	f->expires_ms = 7 * TM_DAY_MS;
	if (conf_parse_text(source, text, read_line, f, e) == 0 && check(f, source, e) == 0) {
		words_build(&f->answers);
		return 0;
	}
	survey_release(f);
	e->code = ERR_CONFIG;
	return -1;
}

void
survey_release(struct survey_form *f)
{
	words_release(&f->answers);
	arena_release(&f->text);
	memset(f, 0, sizeof(*f));
}
