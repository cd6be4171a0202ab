/* rules_lint - rules that can be read but cannot be meant */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "desk/rules_own.h"

enum { STRESS = 400 };		/* bytes; a sound pattern takes some thousand steps */

/* True if matching P on S runs into its limit. */
static bool
blows_up(struct pattern *p, const struct buf *s)
{
	struct err e;

	return pattern_match(p, s->p, s->len, NULL, NULL, &e) < 0;
}

/* What the pattern needs stands behind, or it would not be tried at all; a match of all
 * fails between the two. */
static bool
blows_up_on(struct pattern *p, const char *source, const char *piece, size_t len)
{
	struct buf s = BUF_INIT;
	bool bad;

	while (s.len < STRESS)
		buf_add(&s, piece, len);
	buf_str(&s, "\n~");
	buf_str(&s, source);
	bad = blows_up(p, &s);
	buf_release(&s);
	return bad;
}

/* Texts that make nested repeats try every way there is: what the pattern itself names,
 * over and over. */
static bool
is_catastrophic(struct pattern *p, const char *source)
{
	static const char *const usual[] = { "a", "1", " ", "a ", "a1", "好", "好a", "ab" };
	size_t i, len = strlen(source), n;

	for (i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (blows_up_on(p, source, usual[i], strlen(usual[i])))
			return true;
	for (i = 0; i < len; i += n) {
		for (n = 1; i + n < len && ((unsigned char)source[i + n] & 0xC0) == 0x80; n++)
			continue;
		if ((isalnum((unsigned char)source[i]) || (unsigned char)source[i] >= 0x80) &&
		    blows_up_on(p, source, source + i, n))
			return true;
	}
	return false;
}

static bool
list_is_empty(const struct rules *r, uint32_t list)
{
	size_t i, k;

	for (i = 1; i < r->words.n_entries; i++)
		for (k = 0; k < r->lists[list].all.n; k++)
			if (r->words.entries[i].id == r->lists[list].all.v[k] * 2)
				return false;
	return true;
}

static bool
takes_a_list(const struct rules_term *t)
{
	return t->kind == TERM_LIST || t->kind == TERM_NEAR || t->kind == TERM_COUNT;
}

/* True if no term of the group can hold, as far as its lists go. */
static bool
is_empty(const struct rules *r, const struct rules_group *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		if (!takes_a_list(&g->terms[i]) || (!list_is_empty(r, g->terms[i].list) &&
		    (g->terms[i].kind != TERM_NEAR || !list_is_empty(r, g->terms[i].right))))
			return false;
	return true;
}

/* True if A and B, both groups of one label term, leave no label. */
static bool
exclude(const struct rules_group *a, const struct rules_group *b)
{
	const struct rules_term *x = a->terms, *y = b->terms;
	uint64_t left = a->negated ? ~x->labels : x->labels;

	if (a->n != 1 || b->n != 1 || x->kind != TERM_LABEL || y->kind != TERM_LABEL ||
	    x->dimension != y->dimension || (a->negated && b->negated))
		return false;
	return (left & (b->negated ? ~y->labels : y->labels)) == 0;
}

/* True if A asks for more characters than B allows. */
static bool
no_length(const struct rules_group *a, const struct rules_group *b)
{
	return a->n == 1 && b->n == 1 && !a->negated && !b->negated &&
	    a->terms->kind == TERM_LONGER && b->terms->kind == TERM_SHORTER &&
	    a->terms->number + 1 >= b->terms->number;
}

const char *
rules_fault(struct rules *r, size_t i)
{
	const struct rules_rule *rule = &r->rules[i];
	size_t g, k;

	for (g = 0; g < rule->n; g++) {
		const struct rules_group *group = &rule->groups[g];

		if (!group->negated && is_empty(r, group))
			return "can never hold: a list it needs has no words";
		for (k = 0; k < rule->n; k++)
			if (k != g && (exclude(group, &rule->groups[k]) ||
			    no_length(group, &rule->groups[k])))
				return "can never hold: two of its conditions exclude each other";
		for (k = 0; k < group->n; k++)
			if (group->terms[k].kind == TERM_REGEX &&
			    is_catastrophic(group->terms[k].pattern, group->terms[k].source))
				return "its pattern takes too long on some texts: repeats "
				    "within repeats";
	}
	return NULL;
}
