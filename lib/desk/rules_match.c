/* rules_match - does a rule hold for a message? */
#include <string.h>

#include "desk/rules_own.h"

void
rules_note_hit(void *ctx, const struct words_hit *hit)
{
	struct rules *r = ctx;
	struct rules_list *l = &r->lists[hit->id / 2];
	uint32_t *head;
	size_t i;

	if (l->turn != r->turn) {
		l->turn = r->turn;
		l->first = l->except = 0;
		for (i = 0; i < l->part_of.n; i++)
			r->any[l->part_of.v[i]] = r->turn;
	}
	head = hit->id % 2 != 0 ? &l->except : &l->first;
	RULES_GROW(r->hits, r->n_hits, r->cap_hits);
	r->hits[r->n_hits] = (struct rules_hit){ hit->start, hit->end, *head };
	*head = (uint32_t)++r->n_hits;
}

/* True if HIT stands inside an exception of its list: 好吃 inside 不好吃. */
static bool
is_excepted(const struct rules *r, const struct rules_list *l, const struct rules_hit *hit)
{
	uint32_t i;

	for (i = l->except; i != 0; i = r->hits[i - 1].next)
		if (r->hits[i - 1].start <= hit->start && r->hits[i - 1].end >= hit->end)
			return true;
	return false;
}

/* Walks the hits of list ID, its included lists too: start with *part and *at 0. */
const struct rules_hit *
rules_next_hit(const struct rules *r, uint32_t id, size_t *part, uint32_t *at)
{
	const struct rules_list *l = &r->lists[id];

	if (r->any[id] != r->turn)
		return NULL;
	while (*part < l->all.n) {
		const struct rules_list *own = &r->lists[l->all.v[*part]];

		if (*at == 0 && own->turn == r->turn)
			*at = own->first;
		else if (*at != 0)
			*at = r->hits[*at - 1].next;
		if (*at == 0)
			++*part;
		else if (!is_excepted(r, own, &r->hits[*at - 1]))
			return &r->hits[*at - 1];
		else if (r->hits[*at - 1].next == 0) {
			*at = 0;
			++*part;
		}
	}
	return NULL;
}

static bool
list_holds(const struct rules_turn *t, const struct rules_term *term)
{
	const struct rules_hit *hit;
	size_t part = 0;
	uint32_t at = 0;

	while ((hit = rules_next_hit(t->r, term->list, &part, &at)) != NULL)
		if ((!(term->anchor & ANCHOR_START) || hit->start <= t->start) &&
		    (!(term->anchor & ANCHOR_END) || hit->end >= t->end))
			return true;
	return false;
}

/* True if no sentence ends within LEN bytes at S. */
static bool
is_one_sentence(const char *s, size_t len)
{
	const char *end = s + len;

	for (; s < end; s++)
		if (*s == '?' || *s == '!' || *s == '\n' || *s == ';' ||
		    (*s == '.' && s + 1 < end && s[1] == ' ') ||
		    (*s == '\xE3' && strncmp(s, "。", 3) == 0))
			return false;
	return true;
}

static bool
near_holds(const struct rules_turn *t, const struct rules_term *term)
{
	const struct rules_hit *a, *b;
	size_t pa = 0, pb;
	uint32_t ia = 0, ib;

	while ((a = rules_next_hit(t->r, term->list, &pa, &ia)) != NULL)
		for (pb = 0, ib = 0; (b = rules_next_hit(t->r, term->right, &pb, &ib)) != NULL; )
			if (b->start >= a->end && b->start - a->end <= term->number &&
			    is_one_sentence(t->text + a->end, b->start - a->end))
				return true;
	return false;
}

/* Hits of a list; of those that overlap one counts. */
uint32_t
rules_count_hits(const struct rules_turn *t, uint32_t list)
{
	const struct rules_hit *hit;
	uint32_t at = 0, n = 0, before = UINT32_MAX;
	size_t part = 0, last = 0;

	while ((hit = rules_next_hit(t->r, list, &part, &at)) != NULL) {
		if (part != last)
			before = UINT32_MAX;
		last = part;
		if (hit->end > before)
			continue;
		before = hit->start;
		n++;
	}
	return n;
}

static bool
pattern_holds(struct rules_turn *t, struct rules_term *term)
{
	int rc;

	if (term->failed >= RULES_PATIENCE)
		return false;
	rc = pattern_match(term->pattern, t->text, t->len, NULL, NULL, t->e);
	if (rc < 0) {
		t->bad = -1;
		term->failed++;
	}
	return rc > 0;
}

static bool
term_holds(struct rules_turn *t, struct rules_term *term)
{
	switch (term->kind) {
	case TERM_LIST:
		return list_holds(t, term);
	case TERM_NEAR:
		return near_holds(t, term);
	case TERM_COUNT:
		return rules_count_hits(t, term->list) > term->number;
	case TERM_REGEX:
		return pattern_holds(t, term);
	case TERM_LABEL:
		return (term->labels >> t->label[term->dimension] & 1) != 0;
	case TERM_CHANNEL:
		return t->in->channel != NULL && strcmp(t->in->channel, term->channel) == 0;
	case TERM_ENTITY:
		return (t->in->entities & term->labels) != 0;
	case TERM_LONGER:
		return t->in->fold->chars > term->number;
	default:
		return t->in->fold->chars < term->number;
	}
}

/* Says in which rule a pattern failed, and whether it is the last time. */
static void
name_rule(struct rules_turn *t, const struct rules_rule *rule, const struct rules_term *term)
{
	struct err why = *t->e;

	err_set(t->e, why.code, "rule %s: %.120s%s", rule->name, why.msg,
	    term->failed >= RULES_PATIENCE ? "; it is left out from now on" : "");
	err_at(t->e, rule->source, rule->line);
}

bool
rules_rule_holds(struct rules_turn *t, const struct rules_rule *rule)
{
	size_t g, i;

	for (g = 0; g < rule->n; g++) {
		const struct rules_group *group = &rule->groups[g];
		bool any = false;

		for (i = 0; i < group->n && !any; i++) {
			unsigned failed = group->terms[i].failed;

			any = term_holds(t, &group->terms[i]);
			if (group->terms[i].failed > failed)
				name_rule(t, rule, &group->terms[i]);
		}
		if (any == group->negated)
			return false;
	}
	return true;
}
