/* rules_link - makes rules that have been read ready to decide */
#include <stdlib.h>

#include "desk/rules_own.h"

void
rules_ids_add(struct rules_ids *ids, uint32_t id)
{
	RULES_GROW(ids->v, ids->n, ids->cap);
	ids->v[ids->n++] = id;
}

/* Puts list OF and all it takes in into ALL, each once. */
static void
flatten(const struct rules *r, struct rules_ids *all, uint32_t of)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->v[i] == of)
			return;
	rules_ids_add(all, of);
	for (i = 0; i < r->lists[of].also.n; i++)
		flatten(r, all, r->lists[of].also.v[i]);
}

/* Tells every list what it takes in and what takes it in. */
static int
link_lists(struct rules *r, struct err *e)
{
	uint32_t i;
	size_t k;

	for (i = 0; i < r->n_lists; i++) {
		struct rules_list *l = &r->lists[i];

		if (l->name != NULL && !l->defined) {
			err_set(e, ERR_CONFIG, "no list \"%s\"", l->name);
			return err_at(e, l->source, l->line);
		}
		l->all.n = l->part_of.n = 0;
	}
	for (i = 0; i < r->n_lists; i++) {
		flatten(r, &r->lists[i].all, i);
		for (k = 0; k < r->lists[i].all.n; k++)
			rules_ids_add(&r->lists[r->lists[i].all.v[k]].part_of, i);
	}
	return 0;
}

/* The gate of rule I: a list that must have been hit for it to hold. */
static struct rules_gate
gate_of(const struct rules *r, uint32_t i)
{
	const struct rules_rule *rule = &r->rules[i];
	size_t g;

	for (g = 0; g < rule->n; g++) {
		const struct rules_group *group = &rule->groups[g];

		if (!group->negated && group->n == 1 && (group->terms[0].kind == TERM_LIST ||
		    group->terms[0].kind == TERM_NEAR))
			return (struct rules_gate){ i, group->terms[0].list, false };
	}
	return (struct rules_gate){ i, 0, true };
}

static bool
is_in_force(const struct rules_rule *rule)
{
	return rule->hard || rule->weight < 0 || rule->weight > 0;
}

int
rules_ready(struct rules *r, struct err *e)
{
	uint32_t i, k;

	if (link_lists(r, e) < 0)
		return -1;
	for (k = 0; k < r->n_dimensions; k++) {
		struct rules_dimension *d = &r->dimensions[k];

		if (d->n == 0)
			return err_set(e, ERR_CONFIG, "dimension \"%s\" has no labels", d->name);
		d->gates = arena_alloc(&r->arena, (r->n_rules + 1) * sizeof(*d->gates));
		for (i = 0; i < r->n_rules; i++)
			if (r->rules[i].dimension == k && is_in_force(&r->rules[i]))
				d->gates[d->n_gates++] = gate_of(r, i);
	}
	r->any = xcalloc(r->n_lists, sizeof(*r->any));
	words_build(&r->words);
	return 0;
}
