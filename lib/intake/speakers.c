/* speakers - who is ours and who is a customer, where a chat has nothing but names */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "intake/speakers.h"
#include "text/utf8.h"

enum { PREFIX_MAX = 6, LETTERS_MIN = 4 };	/* characters; of English words */

/* "[agent lisi]", "name = 李思" */
static int
on_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct speakers *s = ctx;
	const char *code = section + 6, *folded;

	(void)line;
	(void)e;
	if (strncmp(section, "agent ", 6) != 0)
		return 0;
	while (*code == ' ')
		code++;
	code = arena_str(&s->mem, code);
	folded = aliases_fold(s->aliases, code, strlen(code));
	map_put(&s->ours, folded, strlen(folded), NULL)->ptr = (void *)(uintptr_t)code;
	if (key == NULL || strcmp(key, "name") != 0)
		return 0;
	folded = aliases_fold(s->aliases, value, strlen(value));
	map_put(&s->ours, folded, strlen(folded), NULL)->ptr = (void *)(uintptr_t)code;
	return 0;
}

int
speakers_init(struct speakers *s, struct aliases *a, struct err *e)
{
	struct err none;
	char *path;
	int bad;

	*s = (struct speakers){ .aliases = a };
	path = conf_find("routing/roster.conf", &none);
	if (path == NULL)
		return 0;
	bad = conf_parse(path, on_line, s, e);
	free(path);
	return bad;
}

void
speakers_release(struct speakers *s)
{
	map_release(&s->ours);
	arena_release(&s->mem);
	free(s->customer);
	free(s->agent);
}

static void
declare(char **slot, const char *name)
{
	free(*slot);
	*slot = name != NULL ? xstrdup(name) : NULL;
}

void
speakers_customer(struct speakers *s, const char *name)
{
	declare(&s->customer, name);
}

void
speakers_agent(struct speakers *s, const char *name)
{
	declare(&s->agent, name);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of the first word of NAME if it is English: "Visitor" of "Visitor 12". */
static size_t
first_word(const char *name)
{
	size_t len = 0;

	while (is_letter(name[len]))
		len++;
	return len >= LETTERS_MIN && (name[len] == '\0' || strchr(" -_#.", name[len]) != NULL ||
	    (name[len] >= '0' && name[len] <= '9')) ? len : 0;
}

/* The word of [direction] that NAME is, or begins with; the longest counts. */
static const char *
word_of(struct speakers *s, const char *name)
{
	const struct alias *a = aliases_find(s->aliases, "direction", name, strlen(name));
	size_t len = strlen(name), n, at;

	if (a != NULL)
		return len > 1 ? a->key : NULL;
	if ((at = first_word(name)) > 0)
		a = aliases_find(s->aliases, "direction", name, at);
	for (n = PREFIX_MAX; n >= 2 && a == NULL && (unsigned char)*name >= 0x80; n--) {
		at = utf8_offset(name, len, n);
		if (at < len)
			a = aliases_find(s->aliases, "direction", name, at);
	}
	return a != NULL ? a->key : NULL;
}

static bool
is_exporter(const char *name)
{
	return strcmp(name, "我") == 0 || strcmp(name, "本人") == 0 ||
	    strcasecmp(name, "me") == 0;
}

/* "in", "out", "robot" or "note"; *CODE is the roster's of ours. */
static const char *
direction_of(struct speakers *s, const char *name, const char **code)
{
	const char *folded = aliases_fold(s->aliases, name, strlen(name)), *word;
	const union map_value *known = map_get(&s->ours, folded, strlen(folded));

	if (known != NULL)
		*code = known->ptr;
	if (s->customer != NULL && strcmp(name, s->customer) == 0)
		return "in";
	if ((s->agent != NULL && strcmp(name, s->agent) == 0) || is_exporter(name) ||
	    known != NULL)
		return "out";
	if ((word = word_of(s, name)) != NULL)
		return word;
	return s->customer != NULL ? "out" : "in";
}

void
speakers_place(struct speakers *s, struct fact *f, const char *name)
{
	struct fact_message *m = &f->message;
	const char *code = name, *word = direction_of(s, name, &code);

	if (strcmp(word, "in") == 0) {
		m->direction = FACT_IN;
		f->who.name = name;
		f->who.role = ROLE_CUSTOMER;
		return;
	}
	m->automatic = strcmp(word, "robot") == 0;
	m->direction = strcmp(word, "note") == 0 ? FACT_NOTE : FACT_OUT;
	f->agent.id = code;
	f->agent.name = name;
	f->agent.role = m->automatic ? ROLE_ROBOT : ROLE_AGENT;
}
