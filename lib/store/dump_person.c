/* dump_person - every row about one person, as lines of a dump */
#include <string.h>

#include "store/dump_person.h"

#define BY_ID "id = :id"
DB_SQL(BUNDLE_ACCOUNT, "SELECT * FROM account WHERE " BY_ID);
DB_SQL(BUNDLE_AGENT, "SELECT * FROM agent WHERE " BY_ID);
DB_SQL(BUNDLE_SOURCE, "SELECT * FROM source WHERE " BY_ID);
DB_SQL(BUNDLE_THREAD, "SELECT * FROM thread WHERE " BY_ID);
DB_SQL(BUNDLE_CUSTOMER, "SELECT * FROM customer WHERE " BY_ID);
DB_SQL(BUNDLE_IDENTITY, "SELECT * FROM identity WHERE " BY_ID);
DB_SQL(BUNDLE_LINK, "SELECT * FROM link WHERE a = :id ORDER BY id");
DB_SQL(BUNDLE_CONTACT, "SELECT * FROM contact WHERE customer = :id ORDER BY id");
DB_SQL(BUNDLE_CONSENT, "SELECT * FROM consent WHERE customer = :id ORDER BY id");
DB_SQL(BUNDLE_PREFERENCE, "SELECT * FROM preference WHERE customer = :id ORDER BY id");
DB_SQL(BUNDLE_MEMBERSHIP, "SELECT * FROM membership WHERE customer = :id ORDER BY id");
DB_SQL(BUNDLE_ENTITLEMENT, "SELECT * FROM entitlement WHERE customer = :id ORDER BY id");
DB_SQL(BUNDLE_MEMBER, "SELECT * FROM member WHERE customer = :id ORDER BY id");
DB_SQL(BUNDLE_STANDING, "SELECT * FROM standing WHERE customer = :id");
DB_SQL(BUNDLE_TICKET, "SELECT * FROM ticket WHERE " BY_ID);
DB_SQL(BUNDLE_TASK, "SELECT * FROM task WHERE ticket = :id ORDER BY id");
DB_SQL(BUNDLE_PARTICIPANT, "SELECT * FROM participant WHERE customer = :id ORDER BY ticket");
DB_SQL(BUNDLE_MESSAGE, "SELECT * FROM message WHERE " BY_ID);
DB_SQL(BUNDLE_ORDERS, "SELECT * FROM orders WHERE " BY_ID);
DB_SQL(BUNDLE_SEGMENT, "SELECT * FROM segment WHERE orders = :id ORDER BY id");
DB_SQL(BUNDLE_PASSENGER, "SELECT * FROM passenger WHERE orders = :id ORDER BY id");
DB_SQL(BUNDLE_TRAVEL, "SELECT * FROM travel WHERE passenger IN (SELECT p.id "
    "FROM passenger AS p WHERE p.orders = :id) ORDER BY segment, passenger");
DB_SQL(BUNDLE_EVENT, "SELECT * FROM event WHERE " BY_ID);
DB_SQL(BUNDLE_CLASS, "SELECT * FROM class WHERE message = :id");
DB_SQL(BUNDLE_LABEL, "SELECT * FROM label WHERE message = :id ORDER BY id");
DB_SQL(BUNDLE_ENTITY, "SELECT * FROM entity WHERE message = :id ORDER BY n");
DB_SQL(BUNDLE_CALL, "SELECT * FROM call WHERE message = :id");
DB_SQL(BUNDLE_CALL_LEG, "SELECT * FROM call_leg WHERE message = :id ORDER BY id");
DB_SQL(BUNDLE_CLOCK, "SELECT * FROM clock WHERE ticket = :id ORDER BY id");
DB_SQL(BUNDLE_REPORTED, "SELECT * FROM reported WHERE ticket = :id ORDER BY measure");
DB_SQL(BUNDLE_OUTBOX, "SELECT * FROM outbox WHERE " BY_ID);
DB_SQL(BUNDLE_ANSWER, "SELECT * FROM answer WHERE message = :id");
DB_SQL(BUNDLE_DELIVERY, "SELECT * FROM delivery WHERE outbox = :id ORDER BY id");
DB_SQL(BUNDLE_FOLLOWUP, "SELECT * FROM followup WHERE ticket = :id ORDER BY id");
DB_SQL(BUNDLE_NOTICE, "SELECT * FROM notice WHERE clock IN (SELECT k.id FROM clock AS k "
    "WHERE k.ticket = :id) ORDER BY id");
DB_SQL(BUNDLE_SURVEY, "SELECT * FROM survey WHERE ticket = :id ORDER BY id");
DB_SQL(BUNDLE_SURVEY_SKIP, "SELECT * FROM survey_skip WHERE ticket = :id ORDER BY id");
DB_SQL(BUNDLE_RESPONSE, "SELECT * FROM response WHERE " BY_ID);

/* A row comes after those it refers to. */
static const struct bundle {
	const char *table;
	enum holding by;
	const struct db_sql *sql;
} bundles[] = {
	{ "account", HOLD_ACCOUNT, &BUNDLE_ACCOUNT }, { "agent", HOLD_AGENT, &BUNDLE_AGENT },
	{ "source", HOLD_SOURCE, &BUNDLE_SOURCE }, { "thread", HOLD_THREAD, &BUNDLE_THREAD },
	{ "customer", HOLD_CUSTOMER, &BUNDLE_CUSTOMER },
	{ "identity", HOLD_IDENTITY, &BUNDLE_IDENTITY }, { "link", HOLD_CUSTOMER, &BUNDLE_LINK },
	{ "contact", HOLD_CUSTOMER, &BUNDLE_CONTACT },
	{ "consent", HOLD_CUSTOMER, &BUNDLE_CONSENT },
	{ "preference", HOLD_CUSTOMER, &BUNDLE_PREFERENCE },
	{ "membership", HOLD_CUSTOMER, &BUNDLE_MEMBERSHIP },
	{ "entitlement", HOLD_CUSTOMER, &BUNDLE_ENTITLEMENT },
	{ "standing", HOLD_CUSTOMER, &BUNDLE_STANDING }, { "member", HOLD_CUSTOMER, &BUNDLE_MEMBER },
	{ "ticket", HOLD_TICKET, &BUNDLE_TICKET }, { "task", HOLD_TICKET, &BUNDLE_TASK },
	{ "participant", HOLD_CUSTOMER, &BUNDLE_PARTICIPANT },
	{ "message", HOLD_MESSAGE, &BUNDLE_MESSAGE }, { "orders", HOLD_ORDER, &BUNDLE_ORDERS },
	{ "segment", HOLD_ORDER, &BUNDLE_SEGMENT },
	{ "passenger", HOLD_ORDER, &BUNDLE_PASSENGER }, { "travel", HOLD_ORDER, &BUNDLE_TRAVEL },
	{ "event", HOLD_EVENT, &BUNDLE_EVENT }, { "class", HOLD_MESSAGE, &BUNDLE_CLASS },
	{ "label", HOLD_MESSAGE, &BUNDLE_LABEL },
	{ "entity", HOLD_MESSAGE, &BUNDLE_ENTITY }, { "call", HOLD_MESSAGE, &BUNDLE_CALL },
	{ "call_leg", HOLD_MESSAGE, &BUNDLE_CALL_LEG }, { "clock", HOLD_TICKET, &BUNDLE_CLOCK },
	{ "reported", HOLD_TICKET, &BUNDLE_REPORTED }, { "outbox", HOLD_OUTBOX, &BUNDLE_OUTBOX },
	{ "delivery", HOLD_OUTBOX, &BUNDLE_DELIVERY }, { "answer", HOLD_MESSAGE, &BUNDLE_ANSWER },
	{ "followup", HOLD_TICKET, &BUNDLE_FOLLOWUP }, { "notice", HOLD_TICKET, &BUNDLE_NOTICE },
	{ "survey", HOLD_TICKET, &BUNDLE_SURVEY },
	{ "survey_skip", HOLD_TICKET, &BUNDLE_SURVEY_SKIP },
	{ "response", HOLD_RESPONSE, &BUNDLE_RESPONSE },
};

/* Columns that refer to rows, which may not be the person's; MUST: without it the row is
 * nothing. */
static const struct reference {
	const char *table, *column;	/* table NULL: of any */
	enum holding to;
	bool must;
} references[] = {
	{ "link", "b", HOLD_CUSTOMER, true }, { "link", "identity", HOLD_IDENTITY, false },
	{ "contact", "identity", HOLD_IDENTITY, true }, { "member", "thread", HOLD_THREAD, true },
	{ "participant", "ticket", HOLD_TICKET, true }, { "ticket", "follows", HOLD_TICKET, false },
	{ "ticket", "related", HOLD_TICKET, false }, { "ticket", "merged", HOLD_TICKET, false },
	{ NULL, "ticket", HOLD_TICKET, false }, { NULL, "customer", HOLD_CUSTOMER, false },
	{ NULL, "message", HOLD_MESSAGE, false }, { NULL, "outbox", HOLD_OUTBOX, false },
};

/* 0 a column to print, 1 to leave out, 2 to leave the row out. */
static int
verdict(const struct holdings *h, const char *table, const char *column, int64_t id)
{
	size_t i;

	for (i = 0; i < sizeof(references) / sizeof(*references); i++) {
		const struct reference *r = &references[i];

		if (strcmp(r->column, column) == 0 &&
		    (r->table == NULL || strcmp(r->table, table) == 0))
			return holdings_have(h, r->to, id) ? 0 : r->must ? 2 : 1;
	}
	return 0;
}

/* The row S stands on, NULL if it is nothing without what it refers to. */
static struct node *
row_node(const struct holdings *h, const char *table, const struct stmt *s)
{
	struct node *o = node_object();
	int i, n = stmt_cols(s), left;

	node_set_text(o, "table", table);
	for (i = 0; i < n; i++) {
		const char *name = stmt_col_name(s, i);
		enum db_type type = stmt_col_type(s, i);

		left = type == DB_INT ? verdict(h, table, name, stmt_col_int(s, i)) : 0;
		if (left == 2) {
			node_free(o);
			return NULL;
		}
		if (type == DB_NULL || left != 0)
			continue;
		if (type == DB_INT)
			node_set_int(o, name, stmt_col_int(s, i));
		else if (type == DB_REAL)
			node_set_real(o, name, stmt_col_real(s, i));
		else
			node_set_text(o, name, stmt_col_text(s, i));
	}
	return o;
}

static int
put_rows(struct db *db, const struct holdings *h, const struct bundle *b, int64_t id,
    int (*put)(void *ctx, const struct node *row, struct err *e), void *ctx, struct err *e)
{
	struct stmt *s = db_stmt(db, b->sql, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	while ((got = stmt_step(s, e)) > 0) {
		struct node *row = row_node(h, b->table, s);
		int bad = row != NULL ? put(ctx, row, e) : 0;

		node_free(row);
		if (bad < 0)
			return -1;
	}
	return got;
}

int
dump_person(struct db *db, const struct holdings *h,
    int (*put)(void *ctx, const struct node *row, struct err *e), void *ctx, struct err *e)
{
	size_t i, k;

	for (i = 0; i < sizeof(bundles) / sizeof(*bundles); i++) {
		const struct held *held = &h->of[bundles[i].by];

		for (k = 0; k < held->n; k++)
			if (put_rows(db, h, &bundles[i], held->v[k], put, ctx, e) < 0)
				return -1;
	}
	return 0;
}

const char *
dump_person_table(size_t i)
{
	return i < sizeof(bundles) / sizeof(*bundles) ? bundles[i].table : NULL;
}
