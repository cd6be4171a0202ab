/* conflicts - what a person must decide about who is whom, as records */
#include "store/conflicts.h"
#include "store/identity.h"
#include "store/person_private.h"

DB_SQL(CONFLICT_PAIRS, "SELECT k.identity, i.kind, i.value, k.seen_at, ca.root, cb.root "
    "FROM conflict AS k JOIN identity AS i ON i.id = k.identity "
    "JOIN customer AS ca ON ca.id = k.a JOIN customer AS cb ON cb.id = k.b "
    "WHERE ca.root <> cb.root AND NOT EXISTS (SELECT 1 FROM customer AS c JOIN apart AS p "
    "ON (p.a = c.id OR p.b = c.id) AND p.ended_at IS NULL "
    "JOIN customer AS pa ON pa.id = p.a JOIN customer AS pb ON pb.id = p.b "
    "WHERE c.root = ca.root AND ((pa.root = ca.root AND pb.root = cb.root) "
    "OR (pa.root = cb.root AND pb.root = ca.root))) ORDER BY k.identity, k.id");
DB_SQL(CONFLICT_LINKS, "SELECT l.identity, i.kind, i.value, l.linked_at, l.a, l.b "
    "FROM identity AS i JOIN link AS l ON l.identity = i.id AND l.unlinked_at IS NULL "
    "WHERE i.shared = 1 ORDER BY l.id");
DB_SQL(CONFLICT_PARTY, "SELECT c.id, c.name, (SELECT i.value FROM customer AS g "
    "JOIN identity AS i ON i.customer = g.id AND i.kind = 4 WHERE g.root = c.root "
    "ORDER BY i.id LIMIT 1) FROM customer AS c WHERE c.id = :id");

static int
add_party(const struct person_ask *ask, struct node *list, int64_t id, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &CONFLICT_PARTY, e);
	struct node *o;
	int64_t have;
	size_t i;
	int got;

	for (i = 0; i < node_len(list); i++)
		if (node_as_int(node_get(node_at(list, i), "id"), &have) && have == id)
			return 0;
	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	if ((got = stmt_step(s, e)) > 0) {
		o = node_object();
		node_set_int(o, "id", id);
		person_set(o, "name", stmt_col_text(s, 1));
		person_set(o, "member", stmt_col_text(s, 2));
		node_push(list, o);
	}
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

static struct node *
conflict_node(const struct person_ask *ask, const struct stmt *s, const char *why)
{
	struct node *o = node_object();

	node_set_text(o, "kind", "conflict");
	node_set_text(o, "why", why);
	node_set_text(o, "by", identity_kind_name((enum identity_kind)stmt_col_int(s, 1)));
	node_set_text(o, "value", stmt_col_text(s, 2));
	person_set_at(ask, o, "at", stmt_col_int(s, 3));
	return o;
}

/* The rows of SQL; those of one identity together as one record if GROUPED. */
static int
list(const struct person_ask *ask, const struct db_sql *sql, const char *why, bool grouped,
    struct node *out, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, sql, e);
	struct node *o = NULL, *parties = NULL;
	int64_t last = 0;
	int got = s == NULL ? -1 : 0;

	while (got == 0 && (got = stmt_step(s, e)) > 0) {
		if (parties == NULL || !grouped || stmt_col_int(s, 0) != last) {
			o = conflict_node(ask, s, why);
			parties = node_array();
			node_set(o, "customers", parties);
			node_push(out, o);
		}
		last = stmt_col_int(s, 0);
		got = add_party(ask, parties, stmt_col_int(s, 4), e);
		if (got == 0)
			got = add_party(ask, parties, stmt_col_int(s, 5), e);
	}
	return got < 0 ? -1 : 0;
}

int
conflicts_list(const struct person_ask *ask, struct node *out, struct err *e)
{
	if (list(ask, &CONFLICT_PAIRS, "members_differ", true, out, e) < 0)
		return -1;
	return list(ask, &CONFLICT_LINKS, "linked_by_shared", false, out, e);
}
