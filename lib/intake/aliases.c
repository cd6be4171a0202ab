/* aliases - what columns and cells are called: share/aliases/NAME.conf */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "intake/csv_figure.h"

/* Sections of words, and the words csr knows there; NULL: any. */
static const struct { const char *section; const char *keys[16]; } sections[] = {
	{ "direction", { "in", "out", "robot", "note", NULL } },
	{ "sms direction", { "in", "out", NULL } },
	{ "status", { "open", "pending", "solved", "closed", NULL } },
	{ "score", { "0", "1", "2", "3", "4", "5" } },
	{ "answered", { "yes", "no", "abandoned", "busy", "failed", "voicemail" } },
	{ "channel", { NULL } },
	{ "currency", { NULL } },
	{ "channel by column", { NULL } },
	{ "consent", { "yes", "no", NULL } },
	{ "scene", { "invited", "link", "qr", NULL } },
	{ "reported", { NULL } },
	{ "reported hours", { NULL } },
	{ "figure", { NULL } },
	{ "ending", { "second", "minute", "hour", "day", "working", NULL } },
	{ "account by column", { NULL } },
	{ "msgtype", { "text", "image", "voice", "video", "file", "emotion", "location", "link",
	    "card", "weapp", "call", "redpacket", "system", "recalled", NULL } },
	{ "note", { "begins", NULL } }
};

static bool
is_dropped(char c)
{
	return c == ' ' || c == '_' || c == '-' || c == ':' || c == '*' || c == '\t' ||
	    c == '\n' || c == '\r';
}

const char *
aliases_fold(struct aliases *a, const char *s, size_t len)
{
	char *to;
	size_t i;

	fold_text(&a->fold, s, len);
	to = a->fold.text.p;
	for (i = 0; i < a->fold.text.len; i++)
		if (!is_dropped(a->fold.text.p[i]))
			*to++ = a->fold.text.p[i];
	if (to == NULL)
		return "";
	*to = '\0';
	return a->fold.text.p;
}

static const struct buf *
map_key(struct aliases *a, const char *section, const char *s, size_t len)
{
	const char *folded = aliases_fold(a, s, len);

	buf_clear(&a->key);
	buf_str(&a->key, section);
	buf_char(&a->key, '\n');
	buf_str(&a->key, folded);
	return &a->key;
}

const struct alias *
aliases_find(struct aliases *a, const char *section, const char *s, size_t len)
{
	const struct buf *key = map_key(a, section, s, len);
	const union map_value *v = map_get(&a->names, key->p, key->len);

	return v != NULL ? v->ptr : NULL;
}

bool
aliases_is_note(struct aliases *a, const char *s, size_t len, bool whole)
{
	const char *folded = aliases_fold(a, s, len);
	size_t i;

	for (i = 0; i < a->notes_n; i++)
		if (whole ? strcmp(folded, a->notes[i]) == 0 :
		    strncmp(folded, a->notes[i], strlen(a->notes[i])) == 0)
			return true;
	return false;
}

const struct alias_ending *
aliases_ending(const struct aliases *a, const char *name)
{
	const struct alias_ending *best = NULL;
	size_t i, len = strlen(name), most = 0;

	for (i = 0; i < a->endings_n; i++) {
		size_t n = strlen(a->endings[i].folded);

		if (n > most && n < len && strcmp(name + len - n, a->endings[i].folded) == 0) {
			best = &a->endings[i];
			most = n;
		}
	}
	return best;
}

static int
check_key(const char *section, const char *key, struct err *e)
{
	/* What stands around a list is said of messages, orders and the rest. */
	bool around = strcmp(section, "conversation") == 0;
	enum csv_kind kind = csv_kind_find(section);
	size_t i, k;

	if (around || kind != CSV_KINDS) {
		enum csv_slot slot = csv_slot_find(key);

		if (slot != SLOTS && (around || (csv_slots[slot].kinds & 1u << kind) != 0))
			return 0;
		return err_set(e, ERR_CONFIG, "a %s has no field \"%s\"", section, key);
	}
	for (i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
		if (strcmp(sections[i].section, section) != 0)
			continue;
		for (k = 0; k < 16 && sections[i].keys[k] != NULL; k++)
			if (strcmp(sections[i].keys[k], key) == 0)
				return 0;
		if (k == 0)
			return 0;
		return err_set(e, ERR_CONFIG, "[%s] has no word \"%s\"", section, key);
	}
	return err_set(e, ERR_CONFIG, "no section is called [%s]", section);
}

static void
add_note(struct aliases *a, const char *s, size_t len)
{
	const char *folded = aliases_fold(a, s, len);

	if (*folded == '\0')
		return;
	a->notes = xrealloc(a->notes, (a->notes_n + 1) * sizeof(*a->notes));
	a->notes[a->notes_n++] = arena_str(&a->mem, folded);
}

static void
add_ending(struct aliases *a, const char *key, const char *s, size_t len)
{
	const char *folded = aliases_fold(a, s, len);

	if (*folded == '\0')
		return;
	a->endings = xrealloc(a->endings, (a->endings_n + 1) * sizeof(*a->endings));
	a->endings[a->endings_n++] = (struct alias_ending){ arena_str(&a->mem, folded),
		csv_figure_unit(key) };
}

static void
add_name(struct aliases *a, const char *section, const char *key, const char *s, size_t len)
{
	const struct buf *k = map_key(a, section, s, len);
	struct alias *v = arena_alloc(&a->mem, sizeof(*v));

	v->key = key;
	v->rank = a->rank + a->n++;
	map_put(&a->names, k->p, k->len, NULL)->ptr = v;
}

static int
on_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct aliases *a = ctx;

	(void)line;
	if (key == NULL)
		return 0;
	if (check_key(section, key, e) < 0)
		return -1;
	key = arena_str(&a->mem, key);
	while (*value != '\0') {
		size_t len = strcspn(value, "|");

		if (strcmp(section, "note") == 0)
			add_note(a, value, len);
		else if (strcmp(section, "ending") == 0)
			add_ending(a, key, value, len);
		else if (len > 0)
			add_name(a, section, key, value, len);
		value += len + (value[len] == '|');
	}
	return 0;
}

int
aliases_load(struct aliases *a, struct err *e)
{
	char **paths;
	int n, i, bad = 0;

	memset(a, 0, sizeof(*a));
	a->fold = (struct fold)FOLD_INIT;
	n = conf_list("aliases", ".conf", &paths, e);
	if (n < 0)
		return -1;
	for (i = 0; i < n && bad == 0; i++) {
		a->rank = (size_t)(n - i) << 32;	/* what is read later counts first */
		bad = conf_parse(paths[i], on_line, a, e);
	}
	conf_list_free(paths, n);
	return bad;
}

void
aliases_release(struct aliases *a)
{
	map_release(&a->names);
	arena_release(&a->mem);
	free(a->notes);
	free(a->endings);
	fold_release(&a->fold);
	buf_release(&a->key);
}
