/* customer - one person behind many addresses */
#include <string.h>

#include "base/mem.h"
#include "store/customer_private.h"
#include "store/names.h"

enum { CACHE_MAX = 150000 };

DB_SQL(CUSTOMER_ADD, "INSERT INTO customer (id, root, name, folded, created_at) "
    "VALUES (:id, :id, :name, :folded, :created_at)");
DB_SQL(CUSTOMER_ROOT, "SELECT root FROM customer WHERE id = :id");
DB_SQL(CUSTOMER_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM customer");
DB_SQL(IDENTITY_FIND, "SELECT id, customer, shared FROM identity "
    "WHERE value = :value AND kind = :kind AND account = :account");
DB_SQL(IDENTITY_ADD, "INSERT INTO identity (id, kind, account, value, customer, first_at, "
    "shared) VALUES (:id, :kind, :account, :value, :customer, :first_at, :shared)");
DB_SQL(IDENTITY_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM identity");

void
customers_init(struct customers *c, struct db *db)
{
	*c = (struct customers){ .db = db, .country = "CN", .known = MAP_INIT,
		.roots = MAP_INIT, .fold = FOLD_INIT };
}

void
customers_release(struct customers *c)
{
	map_release(&c->known);
	map_release(&c->roots);
	fold_release(&c->fold);
}

int
customers_begin(struct customers *c, struct err *e)
{
	bool stale = c->epoch != db_epoch(c->db);

	if (stale || c->known.n > CACHE_MAX)
		map_clear(&c->known);
	if (stale || c->roots.n > CACHE_MAX)
		map_clear(&c->roots);
	c->epoch = db_epoch(c->db);
	if (names_next(c->db, &CUSTOMER_NEXT, &c->next_customer, e) < 0)
		return -1;
	return names_next(c->db, &IDENTITY_NEXT, &c->next_identity, e);
}

const char *
customer_fold(struct customers *c, const char *name)
{
	size_t len;
	char *p;

	if (name == NULL)
		return "";
	fold_text(&c->fold, name, strlen(name));
	p = c->fold.text.p;
	for (len = c->fold.text.len; len > 0 && p[len - 1] == ' '; len--)
		p[len - 1] = '\0';
	return p + strspn(p, " ");
}

static void
bind_identity(struct stmt *s, const struct identity *id)
{
	stmt_text(s, ":value", id->value);
	stmt_int(s, ":kind", id->kind);
	stmt_int(s, ":account", id->account);
}

static int
look_up(struct customers *c, struct identity *id, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &IDENTITY_FIND, e);
	int got;

	if (s == NULL)
		return -1;
	bind_identity(s, id);
	if ((got = stmt_step(s, e)) > 0) {
		id->id = stmt_col_int(s, 0);
		id->customer = stmt_col_int(s, 1);
		id->shared |= stmt_col_int(s, 2) != 0;
		stmt_reset(s);
	}
	return got;
}

/* Fills in id->customer; id->id too, unless it was in the cache. */
static int
find(struct customers *c, struct identity *id, struct err *e)
{
	char key[IDENTITY_KEY_MAX];
	size_t len = identity_key(id, key);
	union map_value *known = map_get(&c->known, key, len);
	int got;

	if (known != NULL && known->num != 0) {
		id->customer = known->num;
		return 0;
	}
	if ((got = look_up(c, id, e)) > 0 && !id->shared)
		map_put(&c->known, key, len, NULL)->num = id->customer;
	return got < 0 ? -1 : 0;
}

int64_t
customers_root(struct customers *c, int64_t customer, struct err *e)
{
	union map_value *known = map_get(&c->roots, &customer, sizeof(customer));
	struct stmt *s;
	int64_t root = customer;

	if (known != NULL)
		return known->num;
	if ((s = db_stmt(c->db, &CUSTOMER_ROOT, e)) == NULL)
		return -1;
	stmt_int(s, ":id", customer);
	if (stmt_one(s, &root, e) < 0)
		return -1;
	map_put(&c->roots, &customer, sizeof(customer), NULL)->num = root;
	return root;
}

static int
customer_new(struct customers *c, const char *name, int64_t at, int64_t *id, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CUSTOMER_ADD, e);

	if (s == NULL)
		return -1;
	*id = c->next_customer++;
	stmt_int(s, ":id", *id);
	stmt_text(s, ":name", name);
	stmt_text(s, ":folded", name != NULL ? customer_fold(c, name) : NULL);
	stmt_int(s, ":created_at", at);
	if (stmt_run(s, e) < 0)
		return -1;
	map_put(&c->roots, id, sizeof(*id), NULL)->num = *id;
	return 0;
}

static int
identity_add(struct customers *c, struct identity *id, int64_t customer, int64_t at,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &IDENTITY_ADD, e);
	char key[IDENTITY_KEY_MAX];
	size_t len;

	if (s == NULL)
		return -1;
	id->id = c->next_identity++;
	stmt_int(s, ":id", id->id);
	bind_identity(s, id);
	stmt_int(s, ":customer", customer);
	stmt_int(s, ":first_at", at);
	stmt_int(s, ":shared", id->shared);
	if (stmt_run(s, e) < 0)
		return -1;
	id->customer = customer;
	if (id->shared)
		return 0;
	len = identity_key(id, key);
	map_put(&c->known, key, len, NULL)->num = customer;
	return 0;
}

/* A shared identity: CUSTOMER was seen with it. */
static int
keep_shared(struct customers *c, struct identity *id, int64_t customer, const char *name,
    int64_t at, struct err *e)
{
	if (id->customer == 0 && identity_add(c, id, customer, at, e) < 0)
		return -1;
	return contact_add(c, id->id, customer, customer_fold(c, name), at, e);
}

/* ID, seen with CUSTOMER, belongs to somebody else: the same person, unless something
 * says otherwise. */
static int
reconcile(struct customers *c, int64_t customer, struct identity *id, const char *name,
    int64_t at, struct err *e)
{
	int64_t a = customers_root(c, customer, e), b = customers_root(c, id->customer, e);
	char key[IDENTITY_KEY_MAX];
	bool differ = false;
	size_t len;

	if (a < 0 || b < 0)
		return -1;
	if (a == b)
		return 0;
	if (id->id == 0 && look_up(c, id, e) < 0)
		return -1;
	if (customer_reconcile(c, customer, id->customer, id->id, at, &differ, e) < 0)
		return -1;
	/* A chat account stays whose it was; a number that two members use is nobody's. */
	if (!differ || (id->kind != IDENTITY_PHONE && id->kind != IDENTITY_EMAIL))
		return 0;
	len = identity_key(id, key);
	map_put(&c->known, key, len, NULL)->num = 0;
	c->links++;
	if (contact_share(c, id, at, e) < 0)
		return -1;
	return contact_add(c, id->id, customer, customer_fold(c, name), at, e);
}

/* A member number nobody has yet, shown beside a telephone of somebody who has another:
 * that is not him.  Clears *customer then, and the telephone becomes a conflict. */
static int
tell_members_apart(struct customers *c, const struct identities *ids, int64_t *customer,
    struct err *e)
{
	const struct identity *first = &ids->v[0];
	bool differs = false;
	int64_t root;

	if (*customer == 0 || first->kind != IDENTITY_MEMBER || first->customer != 0)
		return 0;
	root = customers_root(c, *customer, e);
	if (root < 0 || customer_differs(c, root, first->value, &differs, e) < 0)
		return -1;
	if (differs)
		*customer = 0;
	return 0;
}

/* Whose IDS are: the owner of the strongest one that is not shared; if all are shared, who
 * was seen with them under that name. */
static int
choose(struct customers *c, struct identities *ids, const char *name, int64_t *customer,
    struct err *e)
{
	bool personal = false;
	size_t i;

	*customer = 0;
	for (i = 0; i < ids->n; i++) {
		if (find(c, &ids->v[i], e) < 0)
			return -1;
		personal |= !ids->v[i].shared;
		if (*customer == 0 && !ids->v[i].shared)
			*customer = ids->v[i].customer;
	}
	if (!personal)
		return contact_find(c, ids, customer_fold(c, name), customer, e);
	return tell_members_apart(c, ids, customer, e);
}

int
customers_resolve(struct customers *c, const struct fact_person *who, int64_t account,
    const char *fallback, int64_t at, int64_t *customer, int64_t *root, struct err *e)
{
	struct identities ids;
	size_t i;

	*customer = *root = 0;
	identities_gather(who, account, fallback, c->country, &ids);
	if (ids.n == 0)
		return 0;
	if (choose(c, &ids, who->name, customer, e) < 0 ||
	    (*customer == 0 && customer_new(c, who->name, at, customer, e) < 0))
		return -1;
	for (i = 0; i < ids.n; i++) {
		struct identity *id = &ids.v[i];
		int bad = id->shared ? keep_shared(c, id, *customer, who->name, at, e) :
		    id->customer == 0 ? identity_add(c, id, *customer, at, e) :
		    id->customer != *customer ?
		    reconcile(c, *customer, id, who->name, at, e) : 0;

		if (bad < 0)
			return -1;
	}
	*root = customers_root(c, *customer, e);
	return *root < 0 ? -1 : 0;
}

int
customers_known(struct customers *c, int64_t account, const char *id, int64_t *customer,
    int64_t *root, struct err *e)
{
	struct identities ids = { .n = 0 };

	*customer = *root = 0;
	if (!identities_add(&ids, IDENTITY_CHANNEL, account, id, false))
		return 0;
	if (find(c, &ids.v[0], e) < 0)
		return -1;
	*customer = ids.v[0].customer;
	if (*customer == 0)
		return 0;
	*root = customers_root(c, *customer, e);
	return *root < 0 ? -1 : 0;
}
