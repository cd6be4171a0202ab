/* customer_contact - who was seen with identities that several people use */
#include <string.h>

#include "store/customer_private.h"
#include "store/event.h"

DB_SQL(CONTACT_FIND, "SELECT x.customer, c.root, CASE WHEN EXISTS (SELECT 1 FROM identity "
    "AS i WHERE i.customer = x.customer AND i.shared = 0) THEN 0 ELSE 1 END "
    "FROM contact AS x JOIN customer AS c ON c.id = x.customer "
    "WHERE x.identity = :identity AND x.name = :name ORDER BY x.id");
DB_SQL(CONTACT_ADD, "INSERT INTO contact (identity, customer, name, first_at) "
    "VALUES (:identity, :customer, :name, :first_at) "
    "ON CONFLICT (identity, name, customer) DO NOTHING");
DB_SQL(CONTACT_OWNER, "INSERT INTO contact (identity, customer, name, first_at) "
    "SELECT i.id, i.customer, coalesce(c.folded, ''), i.first_at FROM identity AS i "
    "JOIN customer AS c ON c.id = i.customer WHERE i.id = :identity "
    "ON CONFLICT (identity, name, customer) DO NOTHING");
DB_SQL(IDENTITY_SHARED, "UPDATE identity SET shared = 1 WHERE id = :id AND shared = 0");

/* One candidate after another: the only person, else one known by nothing better. */
struct candidates {
	int64_t customer, root;	/* of the first */
	int64_t lone;		/* the first that has no identity of its own, 0 none */
	bool several;		/* different persons */
};

static int
gather(struct customers *c, int64_t identity, const char *name, struct candidates *k,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CONTACT_FIND, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":identity", identity);
	stmt_text(s, ":name", name);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t customer = stmt_col_int(s, 0), root = stmt_col_int(s, 1);

		if (k->customer == 0)
			*k = (struct candidates){ customer, root, k->lone, false };
		k->several |= root != k->root;
		if (k->lone == 0 && stmt_col_int(s, 2) != 0)
			k->lone = customer;
	}
	return got;
}

int
contact_find(struct customers *c, const struct identities *ids, const char *name,
    int64_t *customer, struct err *e)
{
	struct candidates k = { 0, 0, 0, false };
	size_t i;

	for (i = 0; i < ids->n; i++)
		if (ids->v[i].id != 0 && gather(c, ids->v[i].id, name, &k, e) < 0)
			return -1;
	/* That no name was given is no sign of anybody. */
	*customer = k.several || *name == '\0' ? k.lone : k.customer;
	return 0;
}

int
contact_add(struct customers *c, int64_t id, int64_t customer, const char *name, int64_t at,
    struct err *e)
{
	struct stmt *s = db_stmt(c->db, &CONTACT_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":identity", id);
	stmt_int(s, ":customer", customer);
	stmt_text(s, ":name", name);
	stmt_int(s, ":first_at", at);
	return stmt_run(s, e);
}

int
contact_share(struct customers *c, struct identity *id, int64_t at, struct err *e)
{
	struct event ev = { .name = "customer.shared", .at = at, .customer = id->customer,
		.subject = identity_kind_name(id->kind), .actor = "csr-ingest" };
	struct stmt *s = db_stmt(c->db, &IDENTITY_SHARED, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id->id);
	if (stmt_run(s, e) < 0)
		return -1;
	id->shared = true;
	if (db_changes(c->db) == 0)
		return 0;
	if ((s = db_stmt(c->db, &CONTACT_OWNER, e)) == NULL)
		return -1;
	stmt_int(s, ":identity", id->id);
	return stmt_run(s, e) < 0 ? -1 : event_add(c->db, &ev, NULL, e);
}
