/* article - one piece of knowledge: its questions and answers, by language */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "desk/article.h"
#include "text/utf8.h"
#include "time/tm.h"

static const char *const types[ARTICLE_TYPES] = { "faq", "policy", "guide", "script", "offer" };

void
article_init(struct article *a, const char *source, size_t line)
{
	struct buf place = BUF_INIT;

	*a = (struct article){ .to_at = INT64_MAX };
	buf_str(&place, source);
	if (line > 0)
		buf_fmt(&place, ":%zu", line);
	a->source = arena_strn(&a->arena, place.p, place.len);
	buf_release(&place);
}

void
article_release(struct article *a)
{
	struct article_list *const lists[] = { &a->area, &a->segment, &a->channel, &a->product,
		&a->tags, &a->order };
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		free(lists[i]->v);
	for (i = 0; i < a->n_texts; i++)
		free(a->text[i].questions.v);
	arena_release(&a->arena);
	memset(a, 0, sizeof(*a));
}

const char *
article_type_name(enum article_type t)
{
	return types[t];
}

void
article_list_add(struct article *a, struct article_list *l, const char *s, size_t len)
{
	while (len > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		len--;
	}
	while (len > 0 && strchr(" \t\r", s[len - 1]) != NULL)
		len--;
	if (len == 0)
		return;
	if (l->n == l->cap) {
		l->cap = l->cap * 2 + 4;
		l->v = xrealloc(l->v, l->cap * sizeof(*l->v));
	}
	l->v[l->n++] = arena_strn(&a->arena, s, len);
}

bool
article_list_has(const struct article_list *l, const char *s)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->v[i], s) == 0)
			return true;
	return false;
}

/* Bytes up to the next comma, of either width, or the list comma; *SKIP is its length. */
static size_t
item_len(const char *s, size_t *skip)
{
	static const char *const commas[] = { ",", "，", "、", NULL };
	const char *p;
	size_t i;

	for (p = s; *p != '\0'; p++)
		for (i = 0; commas[i] != NULL; i++)
			if (strncmp(p, commas[i], strlen(commas[i])) == 0) {
				*skip = strlen(commas[i]);
				return (size_t)(p - s);
			}
	*skip = 0;
	return (size_t)(p - s);
}

static void
add_items(struct article *a, struct article_list *l, const char *s)
{
	size_t len, skip;

	for (; *s != '\0'; s += len + skip) {
		len = item_len(s, &skip);
		article_list_add(a, l, s, len);
	}
}

static bool
is_id(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

	return n > 0 && n <= ARTICLE_ID_MAX && s[n] == '\0';
}

/* True or false in *V; 78 for other words. */
static int
read_flag(const char *s, bool *v, struct err *e)
{
	static const char *const yes[] = { "yes", "true", "1", "是", NULL };
	static const char *const no[] = { "no", "false", "0", "否", NULL };
	size_t i;

	for (i = 0; yes[i] != NULL; i++) {
		if (strcmp(s, yes[i]) == 0 || strcmp(s, no[i]) == 0) {
			*v = strcmp(s, yes[i]) == 0;
			return 0;
		}
	}
	return err_set(e, ERR_CONFIG, "\"%s\" is neither yes nor no", s);
}

/* A day or a moment; the end of a last day is the start of the next. */
static int
read_bound(const char *s, bool last, const struct zone *z, int64_t *at, struct err *e)
{
	int64_t day;

	if (strlen(s) == 10 && tm_parse_date(s, &day, e) == 0) {
		char next[TM_SIZE];
		struct tm_date d = tm_date(day + last);

		snprintf(next, sizeof(next), "%04d-%02d-%02d", d.year, d.month, d.day);
		return tm_parse(next, strlen(next), z, at, e);
	}
	if (tm_parse(s, strlen(s), z, at, e) == 0)
		return 0;
	e->code = ERR_CONFIG;
	return -1;
}

static int
read_type(struct article *a, const char *s, struct err *e)
{
	size_t i;

	for (i = 0; i < ARTICLE_TYPES; i++)
		if (strcmp(s, types[i]) == 0) {
			a->type = (enum article_type)i;
			return 0;
		}
	return err_set(e, ERR_CONFIG, "\"%s\" is none of faq, policy, guide, script, offer", s);
}

static int
read_offer(struct article *a, const char *s, struct err *e)
{
	struct arena scratch = ARENA_INIT;
	const struct cond *c = cond_parse(&scratch, s, 1u << DIM_TYPE | 1u << DIM_AREA |
	    1u << DIM_URGENCY | 1u << DIM_SENTIMENT | 1u << DIM_SEGMENT | 1u << DIM_LANGUAGE |
	    1u << DIM_CHANNEL, e);

	arena_release(&scratch);
	if (c == NULL)
		return -1;
	a->offer = arena_str(&a->arena, s);
	return 0;
}

static struct article_list *
list_of(struct article *a, const char *key)
{
	const struct { const char *key; struct article_list *list; } lists[] = {
		{ "area", &a->area }, { "segment", &a->segment }, { "channel", &a->channel },
		{ "product", &a->product }, { "tags", &a->tags }, { "order", &a->order },
	};
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (strcmp(key, lists[i].key) == 0)
			return lists[i].list;
	return NULL;
}

int
article_set(struct article *a, const char *key, const char *value, const struct zone *z,
    struct err *e)
{
	struct article_list *list = list_of(a, key);

	if (*value == '\0')
		return 0;
	if (list != NULL) {
		add_items(a, list, value);
		return 0;
	}
	if (strcmp(key, "id") == 0) {
		if (!is_id(value))
			return err_set(e, ERR_CONFIG, "\"%s\" is no id: letters, digits, - _ .",
			    value);
		a->id = arena_str(&a->arena, value);
		return 0;
	}
	if (strcmp(key, "type") == 0)
		return read_type(a, value, e);
	if (strcmp(key, "audience") == 0) {
		a->for_staff = strcmp(value, "staff") == 0;
		return a->for_staff || strcmp(value, "public") == 0 ? 0 :
		    err_set(e, ERR_CONFIG, "\"%s\" is neither public nor staff", value);
	}
	if (strcmp(key, "auto") == 0)
		return read_flag(value, &a->automatic, e);
	if (strcmp(key, "valid_from") == 0) {
		a->from = arena_str(&a->arena, value);
		return read_bound(value, false, z, &a->from_at, e);
	}
	if (strcmp(key, "valid_to") == 0) {
		a->to = arena_str(&a->arena, value);
		return read_bound(value, true, z, &a->to_at, e);
	}
	if (strcmp(key, "offer") == 0)
		return read_offer(a, value, e);
	return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
}

struct article_text *
article_language(struct article *a, const char *lang, struct err *e)
{
	struct article_text *t;
	size_t i, n = strspn(lang, "abcdefghijklmnopqrstuvwxyz");

	for (i = 0; i < a->n_texts; i++)
		if (strcmp(a->text[i].lang, lang) == 0)
			return &a->text[i];
	if (n < 2 || n > 3 || lang[n] != '\0') {
		err_set(e, ERR_CONFIG, "\"%s\" is no language code such as zh or en", lang);
		return NULL;
	}
	if (a->n_texts == ARTICLE_LANGUAGES) {
		err_set(e, ERR_CONFIG, "more than %d languages", (int)ARTICLE_LANGUAGES);
		return NULL;
	}
	t = &a->text[a->n_texts++];
	*t = (struct article_text){ .title = NULL };
	memcpy(t->lang, lang, n + 1);
	return t;
}

const struct article_text *
article_in(const struct article *a, const char *lang)
{
	size_t i;

	for (i = 0; i < a->n_texts; i++)
		if (strcmp(a->text[i].lang, lang) == 0)
			return &a->text[i];
	return NULL;
}

const char *
article_guess_language(const char *s)
{
	const char *end = s + strlen(s);

	while (s < end)
		if (utf8_is_cjk(utf8_next(&s, end)))
			return "zh";
	return "en";
}

int
article_merge(struct article *a, const struct article *b, struct err *e)
{
	size_t i, k;

	for (i = 0; i < b->n_texts; i++) {
		const struct article_text *from = &b->text[i];
		struct article_text *to;

		if (article_in(a, from->lang) != NULL)
			return err_set(e, ERR_CONFIG, "\"%s\" is there in %s already (%s)", a->id,
			    from->lang, a->source);
		if ((to = article_language(a, from->lang, e)) == NULL)
			return -1;
		to->title = arena_str(&a->arena, from->title);
		to->answer = arena_str(&a->arena, from->answer);
		for (k = 0; k < from->questions.n; k++)
			article_list_add(a, &to->questions, from->questions.v[k],
			    strlen(from->questions.v[k]));
	}
	return 0;
}

int
article_finish(struct article *a, struct err *e)
{
	size_t i;

	if (a->id == NULL)
		return err_set(e, ERR_CONFIG, "no id");
	if (a->n_texts == 0)
		return err_set(e, ERR_CONFIG, "no chapter: \"# TITLE\" opens one");
	for (i = 0; i < a->n_texts; i++) {
		struct article_text *t = &a->text[i];

		if (t->title == NULL && t->questions.n > 0)
			t->title = t->questions.v[0];
		if (t->title == NULL)
			return err_set(e, ERR_CONFIG, "%s: no title and no question", t->lang);
		if (t->answer == NULL || *t->answer == '\0')
			return err_set(e, ERR_CONFIG, "%s: no answer", t->lang);
	}
	if (a->type == ARTICLE_SCRIPT && !a->for_staff)
		return err_set(e, ERR_CONFIG, "a script must be for staff (audience: staff)");
	if (a->automatic && a->for_staff)
		return err_set(e, ERR_CONFIG, "what is for staff is not sent (auto: no)");
	if ((a->offer != NULL || a->order.n > 0) && a->type != ARTICLE_OFFER)
		return err_set(e, ERR_CONFIG, "offer and order belong to type: offer");
	if (a->from_at >= a->to_at)
		return err_set(e, ERR_CONFIG, "valid_to is not after valid_from");
	return 0;
}
