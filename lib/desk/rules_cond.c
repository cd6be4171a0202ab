/* rules_cond - words and conditions of rules (csr-rules(5)) */
#include <stdlib.h>
#include <string.h>

#include "desk/rules_own.h"
#include "text/finders.h"

enum { NEAR_USUAL = 6, BYTES_A_CHARACTER = 3, MOST_TERMS = 64, MOST_GROUPS = 12 };

/* A condition while it is read. */
struct cond {
	struct rules *r;
	struct rules_rule *rule;
	struct rules_term terms[MOST_TERMS];	/* of the group being read */
	size_t n;
	uint32_t words[4];	/* the group's list of words + 1 per anchor, 0 none yet */
	struct err *e;
};

/* Cuts the token at *P: a "phrase", a /pattern/, or all up to a blank. Returns it with
 * its quotes gone; *QUOTE tells which they were. NULL with *e set. */
static char *
token(char **p, char *quote, struct err *e)
{
	char *s = *p, *end;

	*quote = *s == '"' || *s == '/' ? *s : '\0';
	if (*quote == '\0') {
		end = s + strcspn(s, " \t");
		*p = end + (*end != '\0');
		*end = '\0';
		return s;
	}
	end = s + 1;
	while (*end != '\0' && *end != *quote)
		end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;
	if (*end == '\0') {
		err_set(e, ERR_CONFIG, "%c without its end", *quote);
		return NULL;
	}
	*end = '\0';
	*p = end + 1;
	return s + 1;
}

/* Puts the word S ("refund*" with letters after it) or the list @S into LIST. */
static void
add_word(struct rules *r, uint32_t list, char *s, bool quoted, bool except)
{
	unsigned flags = r->lists[list].apart ? WORDS_APART : 0;
	size_t len = strlen(s);
	uint32_t other;

	if (!quoted && *s == '@' && len > 1) {
		other = rules_list_of(r, s + 1, r->lists[list].source, r->lists[list].line);
		rules_ids_add(&r->lists[list].also, other);
		return;
	}
	if (len > 1 && s[len - 1] == '*') {
		flags |= WORDS_PREFIX;
		s[len - 1] = '\0';
	}
	words_add(&r->words, s, list * 2 + except, flags);
}

int
rules_word(struct rules *r, uint32_t list, char **p, struct err *e)
{
	bool except = **p == '-' && strchr(" \t", (*p)[1]) == NULL;
	char quote, *s;

	*p += except;
	s = token(p, &quote, e);
	if (s == NULL)
		return -1;
	add_word(r, list, s, quote != '\0', except);
	return 0;
}

static uint32_t
new_list(struct cond *c, char *word, bool quoted)
{
	uint32_t list = rules_list_of(c->r, NULL, c->rule->source, c->rule->line);

	if (word != NULL)
		add_word(c->r, list, word, quoted, false);
	return list;
}

/* LEFT..RIGHT or LEFT..9..RIGHT */
static int
read_near(struct cond *c, struct rules_term *t, char *s, char *dots)
{
	char *right = dots + 2, *more = strstr(right, ".."), *end;
	long gap = NEAR_USUAL;

	*dots = '\0';
	if (more != NULL) {
		gap = strtol(right, &end, 10);
		if (end != more || end == right || gap < 0 || gap > 1000)
			return err_set(c->e, ERR_CONFIG, "\"%s..%s\": a distance is a number",
			    s, right);
		right = more + 2;
	}
	t->kind = TERM_NEAR;
	t->number = (uint32_t)gap * BYTES_A_CHARACTER;
	t->list = new_list(c, s, false);
	t->right = new_list(c, right, false);
	return 1;
}

/* "a,b": the bits of those labels of D; 0 with *e set if one is unknown. */
static uint64_t
label_bits(struct cond *c, const struct rules_dimension *d, const char *s)
{
	uint64_t bits = 0;
	size_t n;
	int at;

	for (; *s != '\0'; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		at = rules_label_of(d, s, n);
		if (at < 0) {
			err_set(c->e, ERR_CONFIG, "dimension \"%s\" has no label \"%.*s\"",
			    d->name, (int)n, s);
			return 0;
		}
		bits |= UINT64_C(1) << at;
	}
	return bits;
}

static uint64_t
entity_bits(struct cond *c, const char *s)
{
	uint64_t bits = 0;
	size_t n;
	int kind;

	for (; *s != '\0'; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		for (kind = 0; kind < FIND_KINDS; kind++)
			if (strncmp(finding_name(kind), s, n) == 0 &&
			    finding_name(kind)[n] == '\0')
				break;
		if (kind == FIND_KINDS) {
			err_set(c->e, ERR_CONFIG, "no entity is called \"%.*s\"", (int)n, s);
			return 0;
		}
		bits |= UINT64_C(1) << kind;
	}
	return bits;
}

/* chars>N, chars<N */
static int
read_chars(struct cond *c, struct rules_term *t, const char *s, const char *sign)
{
	char *end;

	t->kind = *sign == '>' ? TERM_LONGER : TERM_SHORTER;
	t->number = (uint32_t)strtoul(sign + 1, &end, 10);
	if (*end != '\0' || end == sign + 1)
		return err_set(c->e, ERR_CONFIG, "\"%s\": not a number of characters", s);
	return 1;
}

/* @list>N */
static int
read_count(struct cond *c, struct rules_term *t, char *s, char *sign)
{
	char *end;

	t->kind = TERM_COUNT;
	t->number = (uint32_t)strtoul(sign + 1, &end, 10);
	if (*end != '\0' || end == sign + 1)
		return err_set(c->e, ERR_CONFIG, "\"%s\": not a number of hits", s);
	*sign = '\0';
	t->list = new_list(c, s, false);
	return 1;
}

/* chars>N, @list>N, channel=X, entity=X,Y or DIMENSION=X,Y. 1 if S is such a test, 0 if not. */
static int
read_test(struct cond *c, struct rules_term *t, char *s)
{
	char *sign = strpbrk(s, "=<>");
	size_t len = sign != NULL ? (size_t)(sign - s) : 0;
	int d;

	if (len == 0)
		return 0;
	if (*sign == '>' && *s == '@' && len > 1)
		return read_count(c, t, s, sign);
	if (*sign != '=')
		return strncmp(s, "chars", len) == 0 && len == 5 ?
		    read_chars(c, t, s, sign) : 0;
	if (len == 7 && strncmp(s, "channel", len) == 0) {
		t->kind = TERM_CHANNEL;
		t->channel = arena_str(&c->r->arena, sign + 1);
		return 1;
	}
	if (len == 6 && strncmp(s, "entity", len) == 0) {
		t->kind = TERM_ENTITY;
		t->labels = entity_bits(c, sign + 1);
		return t->labels != 0 ? 1 : -1;
	}
	d = rules_dimension_of(c->r, s, len);
	if (d < 0)
		return 0;
	if ((uint32_t)d >= c->rule->dimension)
		return err_set(c->e, ERR_CONFIG, "\"%s\": that is decided after %s", s,
		    c->r->dimensions[c->rule->dimension].name);
	t->kind = TERM_LABEL;
	t->dimension = (uint32_t)d;
	t->labels = label_bits(c, &c->r->dimensions[d], sign + 1);
	return t->labels != 0 ? 1 : -1;
}

/* Tries S as LEFT..RIGHT and as a test. 1 if it is one, 0 if a word, -1. */
static int
read_special(struct cond *c, struct rules_term *t, char *s)
{
	char *dots = strstr(s, "..");

	if (dots != NULL && dots > s && dots[2] != '\0')
		return read_near(c, t, s, dots);
	return read_test(c, t, s);
}

/* A word. All of a group with the same anchor share one list, so one term. */
static int
read_word(struct cond *c, struct rules_term *t, char *s, bool quoted)
{
	uint32_t *list = &c->words[t->anchor];

	t->kind = TERM_LIST;
	if (*list != 0) {
		add_word(c->r, *list - 1, s, quoted, false);
		return 0;
	}
	t->list = new_list(c, s, quoted);
	*list = t->list + 1;
	return 1;
}

/* One term of a group. */
static int
read_term(struct cond *c, char **p)
{
	struct rules_term t = { 0 };
	char quote, *s;
	size_t len;
	int is = 0;

	if (**p == '^') {
		t.anchor |= ANCHOR_START;
		++*p;
	}
	s = token(p, &quote, c->e);
	if (s == NULL)
		return -1;
	len = strlen(s);
	if (quote == '/') {
		t.kind = TERM_REGEX;
		t.pattern = pattern_new(s, c->e);
		t.source = arena_str(&c->r->arena, s);
		is = t.pattern != NULL ? 1 : -1;
	} else if (quote == '\0') {
		is = read_special(c, &t, s);
		if (len > 1 && s[len - 1] == '$') {
			t.anchor |= ANCHOR_END;
			s[len - 1] = '\0';
		}
	} else if (**p == '$') {
		t.anchor |= ANCHOR_END;
		++*p;
	}
	if (is == 0)
		is = read_word(c, &t, s, quote != '\0');
	if (is > 0 && c->n == MOST_TERMS)
		return err_set(c->e, ERR_CONFIG, "more than %d terms", MOST_TERMS);
	if (is > 0)
		c->terms[c->n++] = t;
	return is < 0 ? -1 : 0;
}

/* Terms up to "&" or the end. */
static int
read_group(struct cond *c, struct rules_group *g, char **p)
{
	size_t i;

	c->n = 0;
	memset(c->words, 0, sizeof(c->words));
	g->negated = **p == '!' && strchr(" \t", (*p)[1]) == NULL;
	*p += g->negated;
	while (*(*p += strspn(*p, " \t")) != '\0') {
		if (**p == '&' && strchr(" \t", (*p)[1]) != NULL) {
			++*p;
			break;
		}
		if (read_term(c, p) < 0)
			return -1;
	}
	if (c->n == 0)
		return err_set(c->e, ERR_CONFIG, "rule %s: an empty condition", c->rule->name);
	g->n = c->n;
	g->terms = arena_alloc(&c->r->arena, c->n * sizeof(*g->terms));
	memcpy(g->terms, c->terms, c->n * sizeof(*g->terms));
	for (i = 0; i < g->n; i++)
		g->slow |= g->terms[i].kind == TERM_REGEX;
	return 0;
}

int
rules_condition(struct rules *r, struct rules_rule *rule, char *text, struct err *e)
{
	struct cond c = { .r = r, .rule = rule, .e = e };
	struct rules_group groups[MOST_GROUPS] = { { 0 } };
	size_t n = 0, i, slow;
	char *p = text;

	do {
		if (n == MOST_GROUPS)
			return err_set(e, ERR_CONFIG, "rule %s: more than %d conditions",
			    rule->name, MOST_GROUPS);
		p += strspn(p, " \t");
		if (read_group(&c, &groups[n++], &p) < 0)
			return -1;
	} while (p[strspn(p, " \t")] != '\0');
	rule->groups = arena_alloc(&r->arena, n * sizeof(*groups));
	for (slow = 0; slow < 2; slow++)
		for (i = 0; i < n; i++)
			if (groups[i].slow == (slow != 0))
				rule->groups[rule->n++] = groups[i];
	return 0;
}
