/* rules - what a message is about, by rules that people write */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "desk/rules_own.h"
#include "text/utf8.h"

/* One message while it is decided. */
struct turn {
	struct rules *r;
	const struct rules_input *in;
	const char *text;
	size_t len;
	size_t start, end;	/* of the text without greetings and signs around it */
	struct verdict *v;
	uint32_t label[RULES_DIMENSIONS];	/* decided so far */
	struct err *e;
	int bad;		/* -1 once a pattern failed */
};

struct rules *
rules_new(void)
{
	struct rules *r = xcalloc(1, sizeof(*r));

	r->opening = rules_list_of(r, "opening", "", 0);
	r->lists[r->opening].defined = true;
	return r;
}

static void
free_pattern(struct rules_rule *rule)
{
	size_t g, t;

	for (g = 0; g < rule->n; g++)
		for (t = 0; t < rule->groups[g].n; t++)
			pattern_free(rule->groups[g].terms[t].pattern);
}

void
rules_free(struct rules *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n_rules; i++)
		free_pattern(&r->rules[i]);
	for (i = 0; i < r->n_lists; i++) {
		free(r->lists[i].also.v);
		free(r->lists[i].all.v);
		free(r->lists[i].part_of.v);
	}
	words_release(&r->words);
	map_release(&r->list_names);
	arena_release(&r->arena);
	free(r->lists);
	free(r->rules);
	free(r->hits);
	free(r->any);
	free(r);
}

static void
note_hit(void *ctx, const struct words_hit *hit)
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
static const struct rules_hit *
next_hit(const struct rules *r, uint32_t id, size_t *part, uint32_t *at)
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
list_holds(const struct turn *t, const struct rules_term *term)
{
	const struct rules_hit *hit;
	size_t part = 0;
	uint32_t at = 0;

	while ((hit = next_hit(t->r, term->list, &part, &at)) != NULL)
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
near_holds(const struct turn *t, const struct rules_term *term)
{
	const struct rules_hit *a, *b;
	size_t pa = 0, pb;
	uint32_t ia = 0, ib;

	while ((a = next_hit(t->r, term->list, &pa, &ia)) != NULL)
		for (pb = 0, ib = 0; (b = next_hit(t->r, term->right, &pb, &ib)) != NULL; )
			if (b->start >= a->end && b->start - a->end <= term->number &&
			    is_one_sentence(t->text + a->end, b->start - a->end))
				return true;
	return false;
}

static bool
pattern_holds(struct turn *t, const struct rules_term *term)
{
	int rc = pattern_match(term->pattern, t->text, t->len, NULL, NULL, t->e);

	if (rc < 0)
		t->bad = -1;
	return rc > 0;
}

static bool
term_holds(struct turn *t, const struct rules_term *term)
{
	switch (term->kind) {
	case TERM_LIST:
		return list_holds(t, term);
	case TERM_NEAR:
		return near_holds(t, term);
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

static bool
rule_holds(struct turn *t, const struct rules_rule *rule)
{
	size_t g, i;

	for (g = 0; g < rule->n; g++) {
		const struct rules_group *group = &rule->groups[g];
		bool any = false;

		for (i = 0; i < group->n && !any; i++)
			any = term_holds(t, &group->terms[i]);
		if (any == group->negated)
			return false;
	}
	return true;
}

static void
fire(struct turn *t, const struct rules_rule *rule, const struct rules_dimension *d)
{
	struct verdict *v = t->v;

	if (v->n_fired < RULES_FIRED)
		v->fired[v->n_fired++] = (struct rules_fired){ rule->name, d->name,
		    d->labels[rule->label], rule->weight, rule->dimension };
}

/* The label that wins with SCORE and HARD votes, or the default. */
static size_t
winner(const struct rules_dimension *d, const double *score, uint64_t hard)
{
	size_t best = d->n, i;

	for (i = 0; i < d->n; i++) {
		if (hard >> i & 1)
			return i;
		if (hard != 0 || score[i] < d->need)
			continue;
		if (best == d->n || (!d->first && score[i] > score[best]))
			best = i;
	}
	return best < d->n ? best : d->fallback;
}

/* How far the winner stands above the next, on a scale where a lone rule of weight 2
 * gives 0.8 and no rule at all 0.3. */
static double
confidence(const struct rules_dimension *d, const double *score, size_t won, uint64_t hard)
{
	double second = 0, own = score[won] > 0 ? score[won] : 0;
	size_t i;

	if (hard >> won & 1)
		return 0.99;
	for (i = 0; i < d->n; i++)
		if (i != won && score[i] > second)
			second = score[i];
	if (own == 0)
		return second > 0 ? 0.25 : 0.3;
	own = (own + 0.4) / (own + second * 0.7 + 1.0);
	return own > 0.98 ? 0.98 : own;
}

static void
decide(struct turn *t, uint32_t at)
{
	const struct rules_dimension *d = &t->r->dimensions[at];
	double score[64] = { 0 };
	uint64_t hard = 0;
	size_t i, won;

	for (i = 0; i < d->n_gates; i++) {
		const struct rules_gate *gate = &d->gates[i];
		const struct rules_rule *rule = &t->r->rules[gate->rule];

		if ((!gate->open && t->r->any[gate->list] != t->r->turn) ||
		    !rule_holds(t, rule))
			continue;
		score[rule->label] += rule->weight;
		hard |= (uint64_t)rule->hard << rule->label;
		fire(t, rule, d);
	}
	won = winner(d, score, hard);
	t->label[at] = (uint32_t)won;
	t->v->labels[t->v->n++] = (struct rules_label){ d->name, d->labels[won],
	    score[won] > 0 ? score[won] : 0, confidence(d, score, won, hard) };
}

/* The bytes of a name called ("@shop") at AT, 0 if there is none. */
static size_t
mention_len(const struct turn *t, size_t at)
{
	size_t n = 0;

	if (t->text[at] == '@')
		while (at + n < t->len && t->text[at + n] != ' ' && t->text[at + n] != '\n')
			n++;
	return n;
}

/* Passes over signs, names called and the words of [list opening]. */
static void
trim(struct turn *t)
{
	size_t before, part;
	const struct rules_hit *hit;
	uint32_t at;

	do {
		before = t->start;
		while (t->start < t->end && t->text[t->start] != '@') {
			const char *p = t->text + t->start;

			if (!utf8_is_sign(utf8_next(&p, t->text + t->end)))
				break;
			t->start = (size_t)(p - t->text);
		}
		t->start += mention_len(t, t->start);
		for (part = 0, at = 0; (hit = next_hit(t->r, t->r->opening, &part, &at)) != NULL; )
			if (hit->start <= t->start && hit->end > t->start)
				t->start = hit->end;
	} while (t->start != before);
	while (t->end > t->start) {
		size_t ch = t->end - 1;
		const char *p;

		while (ch > t->start && ((unsigned char)t->text[ch] & 0xC0) == 0x80)
			ch--;
		p = t->text + ch;
		if (!utf8_is_sign(utf8_next(&p, t->text + t->end)))
			break;
		t->end = ch;
	}
}

int
rules_decide(struct rules *r, const struct rules_input *in, struct verdict *v, struct err *e)
{
	struct turn t = { .r = r, .in = in, .text = buf_cstr(&in->fold->text),
	    .len = in->fold->text.len, .v = v, .e = e };
	uint32_t i;

	v->n = v->n_fired = 0;
	r->turn++;
	r->n_hits = 0;
	words_scan(&r->words, t.text, t.len, note_hit, r);
	t.end = t.len;
	trim(&t);
	for (i = 0; i < r->n_dimensions; i++)
		decide(&t, i);
	v->confidence = v->n > 0 ? v->labels[0].confidence : 0;
	if (v->n > 1 && v->labels[1].confidence < v->confidence)
		v->confidence = v->labels[1].confidence;
	return t.bad;
}

const char *
verdict_label(const struct verdict *v, const char *dimension)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (strcmp(v->labels[i].dimension, dimension) == 0)
			return v->labels[i].label;
	return NULL;
}

int
verdict_counted(const struct verdict *v, size_t i)
{
	return v->fired[i].label == v->labels[v->fired[i].at].label && v->fired[i].weight >= 0;
}

int
rules_info(const struct rules *r, size_t i, struct rules_info *info)
{
	const struct rules_rule *rule = &r->rules[i];
	const struct rules_dimension *d;

	if (i >= r->n_rules)
		return 0;
	d = &r->dimensions[rule->dimension];
	*info = (struct rules_info){ rule->name, d->name, d->labels[rule->label], rule->source,
	    rule->line, rule->weight, rule->hard };
	return 1;
}

int
rules_dimension(const struct rules *r, size_t i, struct rules_dimension_info *info)
{
	const struct rules_dimension *d = &r->dimensions[i];

	if (i >= r->n_dimensions)
		return 0;
	*info = (struct rules_dimension_info){ d->name, d->labels[d->fallback], d->labels, d->n };
	return 1;
}
