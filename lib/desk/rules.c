/* rules - what a message is about, by rules that people write */
#include <stdlib.h>
#include <string.h>

#include "desk/rules_own.h"
#include "text/utf8.h"

enum { EACH_MOST = 6 };		/* hits that count for a weight "each" */

/* What a model's whole share is worth in weights of rules, and what it is worth to be the
 * label that rules alone would give.  Found on share/training, the model's shares coming
 * from models that had not seen the message. */
static const double SHARE = 6, OWN = 2;

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

/* What RULE, which holds, adds to its label; noted for the verdict. */
static double
fire(struct rules_turn *t, const struct rules_rule *rule, const struct rules_gate *gate)
{
	const struct rules_dimension *d = &t->r->dimensions[rule->dimension];
	struct verdict *v = t->v;
	double weight = rule->weight;
	uint32_t n;

	if (rule->each && !gate->open) {
		n = rules_count_hits(t, gate->list);
		weight *= n < EACH_MOST ? n : EACH_MOST;
	}
	if (v->n_fired < RULES_FIRED)
		v->fired[v->n_fired++] = (struct rules_fired){ rule->name, d->name,
		    d->labels[rule->label], weight, rule->dimension };
	return weight;
}

/* The label with the highest score, if that is at least NEED; d->n if none is. */
static size_t
best_of(const struct rules_dimension *d, const double *score, double need)
{
	size_t best = d->n, i;

	for (i = 0; i < d->n; i++)
		if (score[i] >= need && (best == d->n || score[i] > score[best]))
			best = i;
	return best;
}

/* The label that wins with SCORE and HARD votes, or the default.  Where no label is sure
 * enough to be taken by precedence, half as much decides by the best score. */
static size_t
winner(const struct rules_dimension *d, const double *score, uint64_t hard)
{
	size_t best, i;

	for (i = 0; i < d->n; i++)
		if (hard >> i & 1 || (hard == 0 && d->first && score[i] >= d->need))
			return i;
	best = best_of(d, score, d->first ? d->need / 2 : d->need);
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

/* The label with the highest sum of what rules and a model say. */
static size_t
together(const struct rules_dimension *d, const double *score, const double *shares,
    size_t ruled)
{
	double sum, most = 0;
	size_t best = ruled, i;

	for (i = 0; i < d->n; i++) {
		sum = score[i] + SHARE * shares[i] + (i == ruled && score[i] > 0 ? OWN : 0);
		if (i == 0 || sum > most) {
			most = sum;
			best = i;
		}
	}
	return best;
}

/* The confidence in a label with this SHARE, when rules SPOKE with confidence SURE and the
 * label is theirs or not. */
static double
both_sure(double share, bool spoke, bool same, double sure)
{
	if (!spoke)
		return share;
	return same ? share + (1 - share) * sure * sure : share * (1 - sure / 2);
}

static void
decide(struct rules_turn *t, uint32_t at)
{
	const struct rules_dimension *d = &t->r->dimensions[at];
	const double *shares;
	double score[64] = { 0 }, sure;
	uint64_t hard = 0;
	size_t i, won, ruled;

	for (i = 0; i < d->n_gates; i++) {
		const struct rules_gate *gate = &d->gates[i];
		const struct rules_rule *rule = &t->r->rules[gate->rule];

		if ((!gate->open && t->r->any[gate->list] != t->r->turn) ||
		    !rules_rule_holds(t, rule))
			continue;
		score[rule->label] += fire(t, rule, gate);
		hard |= (uint64_t)rule->hard << rule->label;
	}
	shares = t->in->shares != NULL ? t->in->shares[at] : NULL;
	ruled = winner(d, score, hard);
	won = shares != NULL && hard == 0 ? together(d, score, shares, ruled) : ruled;
	t->label[at] = (uint32_t)won;
	sure = confidence(d, score, ruled, hard);
	if (shares != NULL && hard == 0)
		sure = both_sure(shares[won], score[ruled] > 0, won == ruled, sure);
	t->v->labels[t->v->n++] = (struct rules_label){ d->name, d->labels[won],
	    score[won] > 0 ? score[won] : 0, sure, shares != NULL ? shares[won] : -1, false };
}

/* The bytes of a name called ("@shop") at AT, 0 if there is none. */
static size_t
mention_len(const struct rules_turn *t, size_t at)
{
	size_t n = 0;

	if (t->text[at] == '@')
		while (at + n < t->len && t->text[at + n] != ' ' && t->text[at + n] != '\n')
			n++;
	return n;
}

/* Passes over signs, names called and the words of [list opening]. */
static void
trim(struct rules_turn *t)
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
		part = 0;
		at = 0;
		while ((hit = rules_next_hit(t->r, t->r->opening, &part, &at)) != NULL)
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
	struct rules_turn t = { .r = r, .in = in, .text = buf_cstr(&in->fold->text),
	    .len = in->fold->text.len, .v = v, .e = e };
	uint32_t i;

	v->n = v->n_fired = 0;
	r->turn++;
	r->n_hits = 0;
	words_scan(&r->words, t.text, t.len, rules_note_hit, r);
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
