/* rules_parse - reads files of rules: sections, lists, dimensions (csr-rules(5)) */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "desk/rules_own.h"

enum section { NO_SECTION, IN_LIST, IN_DIMENSION, IN_RULES };

/* A file while it is read. */
struct reader {
	struct rules *r;
	const char *source;
	size_t line;
	enum section section;
	uint32_t list, dimension, label;
	struct err *e;
};

int
rules_dimension_of(const struct rules *r, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < r->n_dimensions; i++)
		if (strncmp(r->dimensions[i].name, name, len) == 0 &&
		    r->dimensions[i].name[len] == '\0')
			return (int)i;
	return -1;
}

int
rules_label_of(const struct rules_dimension *d, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		if (strncmp(d->labels[i], name, len) == 0 && d->labels[i][len] == '\0')
			return (int)i;
	return -1;
}

uint32_t
rules_list_of(struct rules *r, const char *name, const char *source, size_t line)
{
	int is_new = 1;
	union map_value *v = name != NULL ?
	    map_put(&r->list_names, name, strlen(name), &is_new) : NULL;

	if (!is_new)
		return (uint32_t)v->num;
	RULES_GROW(r->lists, r->n_lists, r->cap_lists);
	r->lists[r->n_lists] = (struct rules_list){ .name = arena_str(&r->arena, name),
	    .source = source, .line = line };
	if (v != NULL)
		v->num = (int64_t)r->n_lists;
	return (uint32_t)r->n_lists++;
}

/* The next word of *P, cut off in place; NULL at the end. */
static char *
next_token(char **p)
{
	char *s = *p + strspn(*p, " \t"), *end = s + strcspn(s, " \t");

	*p = end + (*end != '\0');
	*end = '\0';
	return *s != '\0' ? s : NULL;
}

static int
open_list(struct reader *rd, char *rest)
{
	char *name = next_token(&rest), *more = next_token(&rest);
	struct rules_list *l;

	if (name == NULL || (more != NULL && strcmp(more, "apart") != 0))
		return err_set(rd->e, ERR_CONFIG, "a list head is [list NAME] or "
		    "[list NAME apart]");
	rd->list = rules_list_of(rd->r, name, rd->source, rd->line);
	l = &rd->r->lists[rd->list];
	l->defined = true;
	l->apart = more != NULL;
	rd->section = IN_LIST;
	return 0;
}

static int
open_dimension(struct reader *rd, char *rest)
{
	char *name = next_token(&rest);
	struct rules *r = rd->r;
	int at;

	if (name == NULL)
		return err_set(rd->e, ERR_CONFIG, "[dimension] needs a name");
	at = rules_dimension_of(r, name, strlen(name));
	if (at < 0) {
		if (r->n_dimensions == RULES_DIMENSIONS)
			return err_set(rd->e, ERR_CONFIG, "more than %d dimensions",
			    RULES_DIMENSIONS);
		at = (int)r->n_dimensions++;
		r->dimensions[at].name = arena_str(&r->arena, name);
		r->dimensions[at].need = 1;
	}
	rd->dimension = (uint32_t)at;
	rd->section = IN_DIMENSION;
	return 0;
}

static int
open_rules(struct reader *rd, const char *dimension, char *rest)
{
	char *label = next_token(&rest);
	int at = rules_dimension_of(rd->r, dimension, strlen(dimension)), l;

	if (at < 0)
		return err_set(rd->e, ERR_CONFIG, "no dimension \"%s\" before this", dimension);
	l = label != NULL ? rules_label_of(&rd->r->dimensions[at], label, strlen(label)) : -1;
	if (l < 0)
		return err_set(rd->e, ERR_CONFIG, "dimension \"%s\" has no label \"%s\"",
		    dimension, label != NULL ? label : "");
	rd->dimension = (uint32_t)at;
	rd->label = (uint32_t)l;
	rd->section = IN_RULES;
	return 0;
}

static int
read_head(struct reader *rd, char *s)
{
	char *close = strrchr(s, ']'), *rest = s + 1, *what;

	if (close == NULL || close[1] != '\0')
		return err_set(rd->e, ERR_CONFIG, "a section head must look like [type refund]");
	*close = '\0';
	what = next_token(&rest);
	if (what == NULL)
		return err_set(rd->e, ERR_CONFIG, "an empty section head");
	if (strcmp(what, "list") == 0)
		return open_list(rd, rest);
	if (strcmp(what, "dimension") == 0)
		return open_dimension(rd, rest);
	return open_rules(rd, what, rest);
}

static int
add_labels(struct reader *rd, struct rules_dimension *d, char *rest)
{
	char *name;

	while ((name = next_token(&rest)) != NULL) {
		if (rules_label_of(d, name, strlen(name)) >= 0)
			continue;
		if (d->n == 64)
			return err_set(rd->e, ERR_CONFIG, "more than 64 labels");
		if (d->labels == NULL)
			d->labels = arena_alloc(&rd->r->arena, 64 * sizeof(*d->labels));
		d->labels[d->n++] = arena_str(&rd->r->arena, name);
	}
	return 0;
}

/* labels, default, decide, need. */
static int
read_setting(struct reader *rd, char *s)
{
	struct rules_dimension *d = &rd->r->dimensions[rd->dimension];
	char *rest = s, *key = next_token(&rest), *end;
	int at;

	rest += strspn(rest, " \t");
	if (strcmp(key, "labels") == 0)
		return add_labels(rd, d, rest);
	if (strcmp(key, "default") == 0) {
		at = rules_label_of(d, rest, strlen(rest));
		if (at < 0)
			return err_set(rd->e, ERR_CONFIG, "no label \"%s\" before this", rest);
		d->fallback = (size_t)at;
		return 0;
	}
	if (strcmp(key, "decide") == 0 &&
	    (strcmp(rest, "first") == 0 || strcmp(rest, "best") == 0)) {
		d->first = *rest == 'f';
		return 0;
	}
	if (strcmp(key, "need") == 0) {
		d->need = strtod(rest, &end);
		if (*rest != '\0' && *end == '\0' && d->need > 0)
			return 0;
	}
	return err_set(rd->e, ERR_CONFIG, "not \"labels ...\", \"default LABEL\", "
	    "\"decide first\", \"decide best\" or \"need NUMBER\"");
}

/* The place of the rule NAME, an earlier one of that name and label or a new one. */
static struct rules_rule *
place_rule(struct reader *rd, const char *name)
{
	struct rules *r = rd->r;
	size_t i;

	for (i = 0; i < r->n_rules; i++)
		if (r->rules[i].dimension == rd->dimension && r->rules[i].label == rd->label &&
		    strcmp(r->rules[i].name, name) == 0)
			return &r->rules[i];
	RULES_GROW(r->rules, r->n_rules, r->cap_rules);
	r->rules[r->n_rules] = (struct rules_rule){ NULL };
	return &r->rules[r->n_rules++];
}

/* NAME WEIGHT [each]: conditions */
static int
read_rule(struct reader *rd, char *s)
{
	char *colon = strchr(s, ':'), *rest = s, *name, *weight, *each, *end;
	struct rules_rule *rule, read = { NULL };

	if (colon == NULL)
		return err_set(rd->e, ERR_CONFIG, "a rule is \"name weight: conditions\"");
	*colon = '\0';
	name = next_token(&rest);
	weight = next_token(&rest);
	each = next_token(&rest);
	if (name == NULL || weight == NULL || (each != NULL && strcmp(each, "each") != 0) ||
	    next_token(&rest) != NULL)
		return err_set(rd->e, ERR_CONFIG, "a rule begins with its name and weight");
	if (strpbrk(name, "\"\\") != NULL)
		return err_set(rd->e, ERR_CONFIG, "a rule's name has no quotes or backslashes");
	read.hard = strcmp(weight, "hard") == 0;
	read.weight = read.hard ? 0 : strtod(weight, &end);
	if (!read.hard && *end != '\0')
		return err_set(rd->e, ERR_CONFIG, "rule %s: \"%s\" is neither a number nor hard",
		    name, weight);
	read.name = arena_str(&rd->r->arena, name);
	read.source = rd->source;
	read.line = rd->line;
	read.each = each != NULL;
	read.dimension = rd->dimension;
	read.label = rd->label;
	if (rules_condition(rd->r, &read, colon + 1, rd->e) < 0)
		return -1;
	rule = place_rule(rd, name);
	*rule = read;
	return 0;
}

static int
read_words(struct reader *rd, char *s)
{
	while (*(s += strspn(s, " \t")) != '\0')
		if (rules_word(rd->r, rd->list, &s, rd->e) < 0)
			return -1;
	return 0;
}

/* One line, those it continues on joined to it. */
static int
read_line(struct reader *rd, char *s)
{
	s += strspn(s, " \t");
	if (*s == '\0' || *s == '#')
		return 0;
	if (*s == '[' && s[strlen(s) - 1] == ']')
		return read_head(rd, s);
	switch (rd->section) {
	case IN_LIST:
		return read_words(rd, s);
	case IN_DIMENSION:
		return read_setting(rd, s);
	case IN_RULES:
		return read_rule(rd, s);
	default:
		return err_set(rd->e, ERR_CONFIG, "this stands before any [section]");
	}
}

/* Cuts the line at S from the text; returns where the next begins, NULL at the end. */
static char *
cut_line(char *s)
{
	char *end = s + strcspn(s, "\n"), *next = *end != '\0' ? end + 1 : NULL;

	while (end > s && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return next;
}

int
rules_read(struct rules *r, const char *source, char *text, struct err *e)
{
	struct reader rd = { .r = r, .source = arena_str(&r->arena, source), .e = e };
	struct buf joined = BUF_INIT;
	size_t line = 0;
	int bad = 0;

	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	while (text != NULL && bad == 0) {
		char *next = cut_line(text);

		line++;
		rd.line = joined.len == 0 ? line : rd.line;
		if (text[strspn(text, " \t")] != '#')
			buf_str(&joined, text);
		/* An indented line goes on with the one before. */
		if (next == NULL || (*next != ' ' && *next != '\t')) {
			if (joined.len > 0 && read_line(&rd, joined.p) < 0)
				bad = err_at(e, source, rd.line);
			buf_clear(&joined);
		}
		text = next;
	}
	buf_release(&joined);
	return bad;
}
