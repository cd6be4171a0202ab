/* customer - one person behind many addresses */

#include "base/mem.h"
#include "store/customer.h"
#include "store/identity.h"
#include "store/names.h"

enum { CACHE_MAX = 400000 };

DB_SQL(CUSTOMER_ADD, "INSERT INTO customer (id, root, name, created_at) "
    "VALUES (:id, :id, :name, :created_at)");
DB_SQL(CUSTOMER_ROOT, "SELECT root FROM customer WHERE id = :id");
DB_SQL(CUSTOMER_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM customer");
DB_SQL(CUSTOMER_SET, "UPDATE customer SET name = coalesce(:name, name), "
    "segment = coalesce(:segment, segment), language = coalesce(:language, language), "
    "zone = coalesce(:zone, zone), extra = coalesce(:extra, extra) WHERE id = :id "
    "AND (name IS DISTINCT FROM coalesce(:name, name) "
    "OR segment IS DISTINCT FROM coalesce(:segment, segment) "
    "OR language IS DISTINCT FROM coalesce(:language, language) "
    "OR zone IS DISTINCT FROM coalesce(:zone, zone) "
    "OR extra IS DISTINCT FROM coalesce(:extra, extra))");
DB_SQL(IDENTITY_FIND, "SELECT customer FROM identity "
    "WHERE value = :value AND kind = :kind AND account = :account");
DB_SQL(IDENTITY_ROW, "SELECT id FROM identity "
    "WHERE value = :value AND kind = :kind AND account = :account");
DB_SQL(IDENTITY_ADD, "INSERT INTO identity (id, kind, account, value, customer, first_at) "
    "VALUES (:id, :kind, :account, :value, :customer, :first_at)");
DB_SQL(IDENTITY_NEXT, "SELECT coalesce(max(id), 0) + 1 FROM identity");
DB_SQL(MEMBERS_DIFFER, "SELECT count(*) FROM identity AS i "
    "JOIN customer AS ci ON ci.id = i.customer AND ci.root = :a "
    "JOIN identity AS j ON j.kind = 4 AND j.value <> i.value "
    "JOIN customer AS cj ON cj.id = j.customer AND cj.root = :b WHERE i.kind = 4");
DB_SQL(HAS_MEMBER, "SELECT count(*) FROM customer AS c JOIN identity AS i "
    "ON i.customer = c.id AND i.kind = 4 WHERE c.root = :root");
DB_SQL(CONFLICT_ADD, "INSERT INTO conflict (a, b, identity, seen_at) "
    "VALUES (:a, :b, :identity, :seen_at) ON CONFLICT (a, b, identity) DO NOTHING");
DB_SQL(LINK_ADD, "INSERT INTO link (a, b, identity, actor, linked_at) "
    "VALUES (:a, :b, :identity, :actor, :linked_at)");
DB_SQL(LINK_END, "UPDATE link SET unlinked_at = :at "
    "WHERE a = :a AND b = :b AND unlinked_at IS NULL");

void
customers_init(struct customers *c, struct db *db)
{
	*c = (struct customers){ .db = db, .country = "CN", .known = MAP_INIT,
		.roots = MAP_INIT };
}

void
customers_release(struct customers *c)
{
	map_release(&c->known);
	map_release(&c->roots);
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

static void
bind_identity(struct stmt *s, const struct identity *id)
{
	stmt_text(s, ":value", id->value);
	stmt_int(s, ":kind", id->kind);
	stmt_int(s, ":account", id->account);
}

static int
find(struct customers *c, struct identity *id, struct err *e)
{
	char key[IDENTITY_KEY_MAX];
	size_t len = identity_key(id, key);
	union map_value *known = map_get(&c->known, key, len);
	struct stmt *s;
	int got;

	if (known != NULL) {
		id->customer = known->num;
		return 0;
	}
	if ((s = db_stmt(c->db, &IDENTITY_FIND, e)) == NULL)
		return -1;
	bind_identity(s, id);
	got = stmt_one(s, &id->customer, e);
	if (got > 0)
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
	stmt_int(s, ":id", c->next_identity++);
	bind_identity(s, id);
	stmt_int(s, ":customer", customer);
	stmt_int(s, ":first_at", at);
	if (stmt_run(s, e) < 0)
		return -1;
	id->customer = customer;
	len = identity_key(id, key);
	map_put(&c->known, key, len, NULL)->num = customer;
	return 0;
}

static int
refuse_link(struct customers *c, int64_t a, int64_t b, int64_t identity, int64_t at,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CONFLICT_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":a", a < b ? a : b);
	stmt_int(s, ":b", a < b ? b : a);
	stmt_int(s, ":identity", identity);
	stmt_int(s, ":seen_at", at);
	return stmt_run(s, e);
}

/* ID, seen with CUSTOMER, belongs to somebody else: the same person, unless their
 * member numbers say otherwise. */
static int
reconcile(struct customers *c, int64_t customer, const struct identity *id, int64_t at,
    struct err *e)
{
	int64_t a = customers_root(c, customer, e), b = customers_root(c, id->customer, e);
	int64_t row = 0, differ = 0;
	struct stmt *s;

	if (a < 0 || b < 0)
		return -1;
	if (a == b)
		return 0;
	if ((s = db_stmt(c->db, &IDENTITY_ROW, e)) == NULL)
		return -1;
	bind_identity(s, id);
	if (stmt_one(s, &row, e) < 0 || (s = db_stmt(c->db, &MEMBERS_DIFFER, e)) == NULL)
		return -1;
	stmt_int(s, ":a", a);
	stmt_int(s, ":b", b);
	if (stmt_one(s, &differ, e) < 0)
		return -1;
	if (differ > 0)
		return refuse_link(c, customer, id->customer, row, at, e);
	return customers_link(c, customer, id->customer, row, "csr-ingest", at, e);
}

/* A member number nobody has yet, shown beside a telephone of somebody who has another:
 * that is not him.  Clears *customer then, and the telephone becomes a conflict. */
static int
tell_members_apart(struct customers *c, const struct identities *ids, int64_t *customer,
    struct err *e)
{
	const struct identity *first = &ids->v[0];
	int64_t root, n = 0;
	struct stmt *s;

	if (*customer == 0 || first->kind != IDENTITY_MEMBER || first->customer != 0)
		return 0;
	root = customers_root(c, *customer, e);
	if (root < 0 || (s = db_stmt(c->db, &HAS_MEMBER, e)) == NULL)
		return -1;
	stmt_int(s, ":root", root);
	if (stmt_one(s, &n, e) < 0)
		return -1;
	if (n > 0)
		*customer = 0;
	return 0;
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
	for (i = 0; i < ids.n; i++) {
		if (find(c, &ids.v[i], e) < 0)
			return -1;
		if (*customer == 0)
			*customer = ids.v[i].customer;
	}
	if (tell_members_apart(c, &ids, customer, e) < 0 ||
	    (*customer == 0 && customer_new(c, who->name, at, customer, e) < 0))
		return -1;
	for (i = 0; i < ids.n; i++) {
		struct identity *id = &ids.v[i];

		if (id->customer == 0 ? identity_add(c, id, *customer, at, e) < 0 :
		    id->customer != *customer && reconcile(c, *customer, id, at, e) < 0)
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
	if (!identities_add(&ids, IDENTITY_CHANNEL, account, id))
		return 0;
	if (find(c, &ids.v[0], e) < 0)
		return -1;
	*customer = ids.v[0].customer;
	if (*customer == 0)
		return 0;
	*root = customers_root(c, *customer, e);
	return *root < 0 ? -1 : 0;
}

int
customers_describe(struct customers *c, int64_t customer, const struct fact *f,
    bool *changed, struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CUSTOMER_SET, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":name", f->who.name);
	stmt_text(s, ":segment", f->customer.segment);
	stmt_text(s, ":language", f->customer.language);
	stmt_text(s, ":zone", f->customer.zone);
	stmt_text(s, ":extra", f->extra);
	stmt_int(s, ":id", customer);
	if (stmt_run(s, e) < 0)
		return -1;
	*changed = db_changes(c->db) > 0;
	return 0;
}

static int
settle_roots(struct customers *c, int64_t a, int64_t b, struct err *e)
{
	map_clear(&c->roots);
	return customers_check_roots(c->db, a, b, true, NULL, NULL, e);
}

int
customers_link(struct customers *c, int64_t a, int64_t b, int64_t identity,
    const char *actor, int64_t at, struct err *e)
{
	int64_t root_a = customers_root(c, a, e), root_b = customers_root(c, b, e);
	struct stmt *s;

	if (root_a < 0 || root_b < 0)
		return -1;
	if (a == b)
		return err_set(e, ERR_DATA, "customer %lld cannot be linked to itself",
		    (long long)a);
	if ((s = db_stmt(c->db, &LINK_ADD, e)) == NULL)
		return -1;
	stmt_int(s, ":a", a < b ? a : b);
	stmt_int(s, ":b", a < b ? b : a);
	stmt_id(s, ":identity", identity);
	stmt_text(s, ":actor", actor);
	stmt_int(s, ":linked_at", at);
	if (stmt_run(s, e) < 0)
		return -1;
	return settle_roots(c, root_a, root_b, e);
}

int
customers_unlink(struct customers *c, int64_t a, int64_t b, int64_t at, struct err *e)
{
	int64_t root = customers_root(c, a, e);
	struct stmt *s = db_stmt(c->db, &LINK_END, e);

	if (root < 0 || s == NULL)
		return -1;
	stmt_int(s, ":at", at);
	stmt_int(s, ":a", a < b ? a : b);
	stmt_int(s, ":b", a < b ? b : a);
	if (stmt_run(s, e) < 0)
		return -1;
	if (db_changes(c->db) == 0)
		return err_set(e, ERR_DATA, "customers %lld and %lld are not linked directly",
		    (long long)a, (long long)b);
	return settle_roots(c, root, root, e);
}
