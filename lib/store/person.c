/* person - one person on one page: who they are, what they are known by */
#include <string.h>

#include "store/consent.h"
#include "store/entitlement.h"
#include "store/identity.h"
#include "store/membership.h"
#include "store/person_private.h"
#include "store/preference.h"

DB_SQL(PERSON_GROUP, "SELECT id, name, segment, profile, language, zone, birthday, extra, "
    "created_at, erased_at FROM customer WHERE root = :root ORDER BY id");
DB_SQL(PERSON_ROOT, "SELECT root FROM customer WHERE id = :id");
DB_SQL(PERSON_IDENTITIES, "SELECT i.kind, a.channel, a.name, i.value, i.first_at, "
    "i.customer, i.shared FROM customer AS c JOIN identity AS i ON i.customer = c.id "
    "LEFT JOIN account AS a ON a.id = i.account WHERE c.root = :root AND i.shared = 0 "
    "UNION SELECT i.kind, a.channel, a.name, i.value, min(x.first_at), min(x.customer), "
    "i.shared FROM customer AS c JOIN contact AS x ON x.customer = c.id "
    "JOIN identity AS i ON i.id = x.identity LEFT JOIN account AS a ON a.id = i.account "
    "WHERE c.root = :root GROUP BY i.kind, a.channel, a.name, i.value, i.shared "
    "ORDER BY 7, 1 DESC, 5, 4");
DB_SQL(PERSON_LINKS, "SELECT l.a, l.b, i.kind, i.value, l.actor, l.linked_at "
    "FROM customer AS c JOIN link AS l ON l.a = c.id "
    "LEFT JOIN identity AS i ON i.id = l.identity "
    "WHERE c.root = :root AND l.unlinked_at IS NULL ORDER BY l.id");

void
person_set(struct node *o, const char *key, const char *text)
{
	if (text != NULL && *text != '\0')
		node_set_text(o, key, text);
}

void
person_set_at(const struct person_ask *ask, struct node *o, const char *key, int64_t at)
{
	char text[TM_SIZE];

	if (at != 0)
		node_set_text(o, key, tm_format(at, ask->zone, text));
}

void
person_set_day(const struct person_ask *ask, struct node *o, const char *key, int64_t end)
{
	char text[TM_SIZE];

	if (end == 0)
		return;
	tm_format(end - 1, ask->zone, text);
	text[10] = '\0';
	node_set_text(o, key, text);
}

void
person_set_end(const struct person_ask *ask, struct node *o, const char *key, int64_t end)
{
	person_set_at(ask, o, key, end);
	person_set_day(ask, o, "until", end);
}

int
person_traits(struct db *db, int64_t root, struct person_traits *t, struct err *e)
{
	struct stmt *s = db_stmt(db, &PERSON_GROUP, e);
	char **const texts[] = { &t->name, &t->segment, &t->profile, &t->language, &t->zone,
		&t->birthday, &t->extra };
	size_t i;
	int got;

	*t = (struct person_traits){ .text = ARENA_INIT };
	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		if (t->n < sizeof(t->ids) / sizeof(*t->ids))
			t->ids[t->n] = stmt_col_int(s, 0);
		for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
			if (*texts[i] == NULL)
				*texts[i] = arena_str(&t->text, stmt_col_text(s, (int)i + 1));
		if (t->n == 0 || stmt_col_int(s, 8) < t->created_at)
			t->created_at = stmt_col_int(s, 8);
		if (t->erased_at == 0)
			t->erased_at = stmt_col_int(s, 9);
		t->n++;
	}
	if (got == 0 && t->n == 0)
		return err_set(e, ERR_DATA, "no customer %lld", (long long)root);
	return got;
}

void
person_traits_release(struct person_traits *t)
{
	arena_release(&t->text);
}

static int
add_traits(const struct person_ask *ask, int64_t root, struct node *page, struct err *e)
{
	struct node *ids = node_array(), *extra;
	struct person_traits t;
	struct err ignored;
	int bad = person_traits(ask->db, root, &t, e);
	size_t i;

	for (i = 0; i < t.n && i < sizeof(t.ids) / sizeof(*t.ids); i++)
		node_push(ids, node_int(t.ids[i]));
	person_set(page, "name", t.name);
	node_set(page, "customers", ids);
	person_set(page, "segment", t.segment);
	person_set(page, "profile", t.profile);
	person_set(page, "language", t.language);
	person_set(page, "zone", t.zone);
	person_set(page, "birthday", t.birthday);
	person_set_at(ask, page, "since", t.created_at);
	person_set_at(ask, page, "erased_at", t.erased_at);
	extra = t.extra != NULL ? node_parse(t.extra, strlen(t.extra), &ignored) : NULL;
	if (extra != NULL)
		node_set(page, "extra", extra);
	person_traits_release(&t);
	return bad;
}

static struct node *
identity_node(const struct person_ask *ask, const struct stmt *s)
{
	struct node *o = node_object();
	enum identity_kind kind = (enum identity_kind)stmt_col_int(s, 0);

	node_set_text(o, "kind", identity_kind_name(kind));
	person_set(o, "channel", stmt_col_text(s, 1));
	person_set(o, "account", stmt_col_text(s, 2));
	node_set_text(o, "value", stmt_col_text(s, 3));
	person_set_at(ask, o, "since", stmt_col_int(s, 4));
	node_set_int(o, "customer", stmt_col_int(s, 5));
	if (stmt_col_int(s, 6) != 0)
		node_set_bool(o, "shared", true);
	return o;
}

static struct node *
link_node(const struct person_ask *ask, const struct stmt *s)
{
	struct node *o = node_object();

	node_set_int(o, "a", stmt_col_int(s, 0));
	node_set_int(o, "b", stmt_col_int(s, 1));
	if (!stmt_col_null(s, 2)) {
		node_set_text(o, "by",
		    identity_kind_name((enum identity_kind)stmt_col_int(s, 2)));
		node_set_text(o, "value", stmt_col_text(s, 3));
	}
	node_set_text(o, "actor", stmt_col_text(s, 4));
	person_set_at(ask, o, "at", stmt_col_int(s, 5));
	return o;
}

int
person_rows(const struct person_ask *ask, const struct db_sql *sql, int64_t root,
    struct node *(*row)(const struct person_ask *ask, const struct stmt *s),
    struct node *page, const char *key, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, sql, e);
	struct node *list;
	int got;

	if (s == NULL)
		return -1;
	list = node_array();
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0)
		node_push(list, row(ask, s));
	if (got == 0 && node_len(list) > 0)
		node_set(page, key, list);
	else
		node_free(list);
	return got;
}

/* What the callbacks of the tables below add to. */
struct adding {
	const struct person_ask *ask;
	struct node *list;
};

static void
on_membership(void *ctx, const struct membership *m)
{
	struct adding *a = ctx;
	struct node *o = node_object();

	node_set_text(o, "number", m->number);
	person_set(o, "level", m->level);
	person_set_end(a->ask, o, "expires_at", m->expires_at);
	node_push(a->list, o);
}

static void
on_entitlement(void *ctx, const struct entitlement *t)
{
	struct adding *a = ctx;
	struct node *o = node_object();

	/* What can be used still. */
	if ((t->quantity != 0 && t->used >= t->quantity) ||
	    (t->expires_at != 0 && t->expires_at <= a->ask->now)) {
		node_free(o);
		return;
	}
	node_set_int(o, "id", t->id);
	node_set_text(o, "name", t->name);
	person_set(o, "reference", t->reference);
	if (t->quantity != 0)
		node_set_int(o, "quantity", t->quantity);
	node_set_int(o, "used", t->used);
	person_set_end(a->ask, o, "expires_at", t->expires_at);
	node_push(a->list, o);
}

/* The last word on each channel and purpose; words come the latest first. */
static void
on_consent(void *ctx, const struct consent *c)
{
	struct adding *a = ctx;
	struct node *o;
	size_t i;

	for (i = 0; i < node_len(a->list); i++) {
		const struct node *have = node_at(a->list, i);

		if (strcmp(node_as_text(node_get(have, "channel")), c->channel) == 0 &&
		    strcmp(node_as_text(node_get(have, "purpose")), c->purpose) == 0)
			return;
	}
	o = node_object();
	node_set_text(o, "channel", c->channel);
	node_set_text(o, "purpose", c->purpose);
	node_set_bool(o, "given", c->given);
	person_set_at(a->ask, o, "at", c->at);
	node_set_text(o, "source", c->source);
	node_push(a->list, o);
}

static void
on_preference(void *ctx, const struct preference *p)
{
	node_set_text(((struct adding *)ctx)->list, p->name, p->value);
}

static void
keep_unless_empty(struct node *page, const char *key, struct node *list)
{
	if (node_len(list) > 0)
		node_set(page, key, list);
	else
		node_free(list);
}

/* Memberships, benefits, consent, preferences. */
static int
add_rights(const struct person_ask *ask, int64_t root, struct node *page, struct err *e)
{
	struct adding m = { ask, node_array() }, t = { ask, node_array() };
	struct adding c = { ask, node_array() }, p = { ask, node_object() };
	int bad = membership_each(ask->db, root, on_membership, &m, e);

	if (bad == 0)
		bad = entitlement_each(ask->db, root, 0, 0, on_entitlement, &t, e);
	if (bad == 0)
		bad = consent_each(ask->db, root, on_consent, &c, e);
	if (bad == 0)
		bad = preference_each(ask->db, root, on_preference, &p, e);
	keep_unless_empty(page, "memberships", m.list);
	keep_unless_empty(page, "entitlements", t.list);
	keep_unless_empty(page, "consent", c.list);
	keep_unless_empty(page, "prefer", p.list);
	return bad;
}

static int
add_line(const struct person_ask *ask, int64_t root, struct node *page, struct err *e)
{
	struct node *line;
	bool more;

	if (person_line(ask->db, root, ask->entries, ask->zone, &line, &more, e) < 0)
		return -1;
	node_set(page, "timeline", line);
	if (more)
		node_set_bool(page, "earlier", true);
	return 0;
}

static int
find_root(struct db *db, int64_t customer, int64_t *root, struct err *e)
{
	struct stmt *s = db_stmt(db, &PERSON_ROOT, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", customer);
	got = stmt_one(s, root, e);
	return got == 0 ? err_set(e, ERR_DATA, "no customer %lld", (long long)customer) :
	    got < 0 ? -1 : 0;
}

int
person_page(const struct person_ask *ask, int64_t customer, struct node **page,
    struct err *e)
{
	struct node *o;
	int64_t root;

	*page = NULL;
	if (find_root(ask->db, customer, &root, e) < 0)
		return -1;
	o = node_object();
	node_set_text(o, "kind", "customer");
	node_set_int(o, "id", root);
	if (add_traits(ask, root, o, e) < 0 ||
	    person_rows(ask, &PERSON_IDENTITIES, root, identity_node, o, "identities", e) < 0 ||
	    person_rows(ask, &PERSON_LINKS, root, link_node, o, "links", e) < 0 ||
	    add_rights(ask, root, o, e) < 0 || person_add_value(ask, root, o, e) < 0 ||
	    person_add_mood(ask, root, o, e) < 0 || person_add_tickets(ask, root, o, e) < 0 ||
	    person_add_orders(ask, root, o, e) < 0 || add_line(ask, root, o, e) < 0) {
		node_free(o);
		return -1;
	}
	*page = o;
	return 0;
}
