/* acts_one - what is done to one person */
#include <string.h>

#include "base/mem.h"
#include "store/acts_one.h"
#include "store/consent.h"
#include "store/dump_person.h"
#include "store/entitlement.h"
#include "store/people.h"
#include "store/person_private.h"
#include "store/preference.h"

int
act_show(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct node *page;

	if (person_page(&a->ask, who->root, &page, e) < 0)
		return -1;
	node_push(out, page);
	return 0;
}

int
act_brief(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct node *brief;

	if (person_brief(&a->ask, who->root, &brief, e) < 0)
		return -1;
	node_push(out, brief);
	return 0;
}

/* The next setting at *I in two, KEY in A; false behind the last. */
static bool
next_setting(const struct acts *a, int *i, struct arena *text, const char **key,
    const char **value)
{
	for (; *i < a->n_settings; ++*i) {
		const char *s = a->settings[*i];
		size_t len = strcspn(s, "=");

		if (!people_is_setting(s))
			continue;
		*key = arena_strn(text, s, len);
		*value = s + len + 1;
		++*i;
		return true;
	}
	return false;
}

/* A record about the person: {"kind":KIND,"customer":7}. */
static struct node *
record(const char *kind, const struct whois_hit *who)
{
	struct node *o = node_object();

	node_set_text(o, "kind", kind);
	node_set_int(o, "customer", who->root);
	return o;
}

int
act_set(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct arena text = ARENA_INIT;
	const char *key, *value;
	bool changed, any = false;
	struct node *brief;
	int i = 0, bad = customers_begin(&a->customers, e);

	while (bad == 0 && next_setting(a, &i, &text, &key, &value)) {
		bad = customers_set(&a->customers, who->root, key, value, a->actor, a->ask.now,
		    &changed, e);
		any |= bad == 0 && changed;
	}
	arena_release(&text);
	if (bad < 0 || person_brief(&a->ask, who->root, &brief, e) < 0)
		return -1;
	node_set_bool(brief, "changed", any);
	node_push(out, brief);
	return 0;
}

/* One preference of the person; none any more is none of any linked customer. */
static int
prefer(struct acts *a, int64_t root, const char *key, const char *value, struct err *e)
{
	struct preference p = { .customer = root, .name = key, .value = value,
		.at = a->ask.now, .source = a->source != NULL ? a->source : a->actor,
		.actor = a->actor };
	struct person_traits t;
	bool changed;
	size_t i;
	int bad;

	if (strcmp(key, "language") == 0)
		return customers_set(&a->customers, root, key, value, a->actor, a->ask.now,
		    &changed, e);
	if (*value != '\0')
		return preference_set(a->ask.db, &p, NULL, e);
	bad = person_traits(a->ask.db, root, &t, e);
	for (i = 0; i < t.n && i < sizeof(t.ids) / sizeof(*t.ids) && bad == 0; i++) {
		p.customer = t.ids[i];
		bad = preference_set(a->ask.db, &p, NULL, e);
	}
	person_traits_release(&t);
	return bad;
}

struct listing {
	const struct acts *a;
	const struct whois_hit *who;
	struct node *out;
};

static void
on_preference(void *ctx, const struct preference *p)
{
	struct listing *l = ctx;
	struct node *o = record("preference", l->who);

	node_set_text(o, "name", p->name);
	node_set_text(o, "value", p->value);
	person_set_at(&l->a->ask, o, "at", p->at);
	node_set_text(o, "source", p->source);
	node_set_text(o, "actor", p->actor);
	node_push(l->out, o);
}

int
act_prefer(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct arena text = ARENA_INIT;
	struct listing l = { a, who, out };
	const char *key, *value;
	int i = 0, bad = 0;

	while (bad == 0 && next_setting(a, &i, &text, &key, &value))
		bad = prefer(a, who->root, key, value, e);
	arena_release(&text);
	return bad < 0 ? -1 : preference_each(a->ask.db, who->root, on_preference, &l, e);
}

static void
on_consent(void *ctx, const struct consent *c)
{
	struct listing *l = ctx;
	struct node *o = record("consent", l->who);

	node_set_text(o, "channel", c->channel);
	node_set_text(o, "purpose", c->purpose);
	node_set_bool(o, "given", c->given);
	person_set_at(&l->a->ask, o, "at", c->at);
	node_set_text(o, "source", c->source);
	node_set_text(o, "actor", c->actor);
	node_push(l->out, o);
}

/* "all" covers everything. */
static const char *
or_all(const char *word)
{
	return word == NULL || strcmp(word, "all") == 0 ? "" : word;
}

int
act_consent(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct listing l = { a, who, out };
	const char *purpose = a->give != NULL ? a->give : a->withdraw;
	struct consent c = { .customer = who->root, .channel = or_all(a->channel),
		.purpose = or_all(purpose), .given = a->give != NULL,
		.at = a->at != 0 ? a->at : a->ask.now,
		.source = a->source != NULL ? a->source : a->actor, .actor = a->actor };

	if (purpose == NULL)
		return consent_each(a->ask.db, who->root, on_consent, &l, e);
	/* Said again without a date it is nothing new. */
	if (a->at != 0 ? consent_add(a->ask.db, &c, NULL, e) < 0 :
	    consent_state(a->ask.db, &c, NULL, e) < 0)
		return -1;
	on_consent(&l, &c);
	return 0;
}

static struct node *
entitlement_node(const struct person_ask *ask, const struct entitlement *t)
{
	struct node *o = node_object();

	node_set_text(o, "kind", "entitlement");
	node_set_int(o, "id", t->id);
	node_set_int(o, "customer", t->root);
	person_set(o, "customer_name", t->customer_name);
	node_set_text(o, "name", t->name);
	person_set(o, "reference", t->reference);
	if (t->quantity != 0)
		node_set_int(o, "quantity", t->quantity);
	node_set_int(o, "used", t->used);
	person_set_end(ask, o, "expires_at", t->expires_at);
	person_set_at(ask, o, "at", t->at);
	node_set_text(o, "actor", t->actor);
	return o;
}

static void
on_entitlement(void *ctx, const struct entitlement *t)
{
	struct listing *l = ctx;

	if (l->a->use == 0 || l->a->use == t->id)
		node_push(l->out, entitlement_node(&l->a->ask, t));
}

int
act_entitle(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct listing l = { a, who, out };
	struct entitlement t = { .customer = who->root, .name = a->add,
		.reference = a->reference != NULL ? a->reference : "",
		.quantity = a->quantity, .expires_at = a->expires_at, .at = a->ask.now,
		.actor = a->actor };
	bool added;

	if (a->add != NULL && entitlement_add(a->ask.db, &t, &t.id, &added, e) < 0)
		return -1;
	return entitlement_each(a->ask.db, who->root, a->ask.now,
	    a->add == NULL ? a->until : 0, on_entitlement, &l, e);
}

int
acts_entitlements(struct acts *a, int argc, char **words, struct node *out, struct err *e)
{
	struct listing l = { a, NULL, out };
	bool counted;

	(void)argc, (void)words;
	if (a->use != 0 && entitlement_use(a->ask.db, a->use, a->reference, a->actor,
	    a->ask.now, &counted, e) < 0)
		return -1;
	return entitlement_each(a->ask.db, 0, a->ask.now, a->until, on_entitlement, &l, e);
}

static int
push_row(void *ctx, const struct node *row, struct err *e)
{
	(void)e;
	node_push(ctx, node_copy(row));
	return 0;
}

int
act_export(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;
	struct holdings h;
	int bad = holdings_load(&h, a->ask.db, who->root, e);

	if (bad == 0)
		bad = dump_person(a->ask.db, &h, push_row, out, e);
	holdings_release(&h);
	return bad;
}

/* A name may be somebody else's. */
int
act_erase(void *acts, const struct whois_hit *who, struct node *out, struct err *e)
{
	struct acts *a = acts;

	if (strcmp(who->by, "name") == 0)
		return err_set(e, ERR_DATA, "customer %lld is not erased by a name: give an id, a "
		    "telephone, an address", (long long)who->root);
	return erase_person(&a->erase, who->root, out, e);
}
