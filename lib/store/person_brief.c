/* person_brief - one person in a line */
#include <string.h>

#include "store/identity.h"
#include "store/person_private.h"

DB_SQL(BRIEF_IDENTITIES, "SELECT i.kind, i.value, i.shared, i.first_at, i.id "
    "FROM customer AS c JOIN identity AS i ON i.customer = c.id AND i.shared = 0 "
    "WHERE c.root = :root UNION SELECT i.kind, i.value, i.shared, i.first_at, i.id "
    "FROM customer AS c JOIN contact AS x ON x.customer = c.id "
    "JOIN identity AS i ON i.id = x.identity WHERE c.root = :root ORDER BY 3, 4 DESC, 5");
DB_SQL(BRIEF_TICKETS, "SELECT count(*), coalesce(sum(CASE WHEN t.status < 3 THEN 1 ELSE 0 "
    "END), 0), max(t.last_at) FROM customer AS c JOIN ticket AS t ON t.customer = c.id "
    "WHERE c.root = :root");

static int
add_identities(const struct person_ask *ask, int64_t root, struct node *o, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &BRIEF_IDENTITIES, e);
	bool had[IDENTITY_MEMBER + 1] = { false };
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		int64_t kind = stmt_col_int(s, 0);

		if (kind >= IDENTITY_CHANNEL && kind <= IDENTITY_MEMBER && !had[kind])
			node_set_text(o, identity_kind_name((enum identity_kind)kind),
			    stmt_col_text(s, 1));
		if (kind >= IDENTITY_CHANNEL && kind <= IDENTITY_MEMBER)
			had[kind] = true;
	}
	return got;
}

static int
add_tickets(const struct person_ask *ask, int64_t root, struct node *o, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &BRIEF_TICKETS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	if ((got = stmt_step(s, e)) > 0) {
		node_set_int(o, "tickets", stmt_col_int(s, 0));
		node_set_int(o, "open", stmt_col_int(s, 1));
		person_set_at(ask, o, "last_at", stmt_col_int(s, 2));
	}
	stmt_reset(s);
	return got < 0 ? -1 : 0;
}

int
person_brief(const struct person_ask *ask, int64_t root, struct node **brief, struct err *e)
{
	struct node *o = node_object();
	struct person_traits t;
	int bad = person_traits(ask->db, root, &t, e);

	node_set_text(o, "kind", "customer");
	node_set_int(o, "id", root);
	person_set(o, "name", t.name);
	person_set(o, "segment", t.segment);
	person_set(o, "profile", t.profile);
	person_set(o, "language", t.language);
	person_traits_release(&t);
	if (bad < 0 || add_identities(ask, root, o, e) < 0 ||
	    person_add_value(ask, root, o, e) < 0 || add_tickets(ask, root, o, e) < 0) {
		node_free(o);
		return -1;
	}
	*brief = o;
	return 0;
}
