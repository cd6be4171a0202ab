/* class - what messages are about, as stored */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/class.h"
#include "store/label.h"
#include "store/ticket.h"
#include "time/tm.h"

DB_SQL(CLASS_MESSAGE, "SELECT m.ticket, c.message FROM message AS m "
    "LEFT JOIN class AS c ON c.message = m.id WHERE m.id = :id AND m.direction = 1");
DB_SQL(CLASS_PUT, "INSERT INTO class (message, type, area, urgency, sentiment, confidence, "
    "why, needs, more) VALUES (:message, :type, :area, :urgency, :sentiment, :confidence, "
    ":why, :needs, :more) ON CONFLICT (message) DO UPDATE SET type = excluded.type, "
    "area = excluded.area, urgency = excluded.urgency, sentiment = excluded.sentiment, "
    "confidence = excluded.confidence, why = excluded.why, needs = excluded.needs, "
    "more = excluded.more");
DB_SQL(CLASS_RELABEL, "UPDATE class SET type = :type, area = :area, urgency = :urgency, "
    "sentiment = :sentiment, more = :more, why = :why WHERE message = :message");
DB_SQL(ENTITY_CLEAR, "DELETE FROM entity WHERE message = :message");
DB_SQL(ENTITY_ADD, "INSERT INTO entity (message, n, kind, text, first, past) "
    "VALUES (:message, :n, :kind, :text, :first, :past)");
DB_SQL(CLASS_OF_TICKET, "SELECT c.type, c.area, c.urgency, c.sentiment FROM message AS m "
    "JOIN class AS c ON c.message = m.id WHERE m.ticket = :ticket ORDER BY m.at, m.id");
DB_SQL(CLASS_PENDING, "SELECT m.id, m.ticket, m.customer, a.channel, a.name, m.external_id, "
    "m.at, m.subject, m.text FROM message AS m JOIN account AS a ON a.id = m.account "
    "WHERE m.id > :after AND m.direction = 1 AND m.automatic = 0 "
    "AND NOT EXISTS (SELECT 1 FROM class AS c WHERE c.message = m.id) "
    "ORDER BY m.id LIMIT :page");

enum { PAGE = 500 };

static int
put_class(struct db *db, const struct class_row *row, struct err *e)
{
	struct stmt *s = db_stmt(db, &CLASS_PUT, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":message", row->message);
	stmt_text(s, ":type", row->type);
	stmt_text(s, ":area", row->area);
	stmt_text(s, ":urgency", row->urgency);
	stmt_text(s, ":sentiment", row->sentiment);
	stmt_real(s, ":confidence", row->confidence);
	stmt_text(s, ":why", row->why);
	stmt_text(s, ":needs", row->needs);
	stmt_text(s, ":more", row->more);
	return stmt_run(s, e);
}

int
class_relabel(struct db *db, const struct class_row *row, struct err *e)
{
	struct stmt *s = db_stmt(db, &CLASS_RELABEL, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":message", row->message);
	stmt_text(s, ":type", row->type);
	stmt_text(s, ":area", row->area);
	stmt_text(s, ":urgency", row->urgency);
	stmt_text(s, ":sentiment", row->sentiment);
	stmt_text(s, ":more", row->more);
	stmt_text(s, ":why", row->why);
	return stmt_run(s, e);
}

static int
put_entities(struct db *db, const struct class_row *row, struct err *e)
{
	size_t i;

	for (i = 0; i < row->n; i++) {
		const struct class_entity *en = &row->entities[i];
		struct stmt *s = db_stmt(db, &ENTITY_ADD, e);

		if (s == NULL)
			return -1;
		stmt_int(s, ":message", row->message);
		stmt_int(s, ":n", (int64_t)i);
		stmt_text(s, ":kind", en->kind);
		stmt_text(s, ":text", en->text);
		stmt_int(s, ":first", (int64_t)en->start);
		stmt_int(s, ":past", (int64_t)en->end);
		if (stmt_run(s, e) < 0)
			return -1;
	}
	return 0;
}

static int
clear_entities(struct db *db, int64_t id, struct err *e)
{
	struct stmt *s = db_stmt(db, &ENTITY_CLEAR, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":message", id);
	return stmt_run(s, e);
}

static void
touch(struct class_store *cs, int64_t ticket)
{
	if (ticket == 0 || (cs->n > 0 && cs->tickets[cs->n - 1] == ticket))
		return;
	if (cs->n == cs->cap) {
		cs->cap = cs->cap * 2 + 64;
		cs->tickets = xrealloc(cs->tickets, cs->cap * sizeof(*cs->tickets));
	}
	cs->tickets[cs->n++] = ticket;
}

int
class_store(struct class_store *cs, struct db *db, const struct class_row *row,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &CLASS_MESSAGE, e);
	bool again;
	int got;

	if (s == NULL)
		return -1;
	if (row->message == 0)
		return err_set(e, ERR_DATA, "no \"id\": csr-ingest gives one (or use -n)");
	stmt_int(s, ":id", row->message);
	got = stmt_step(s, e);
	if (got < 0)
		return -1;
	if (got == 0)
		return err_set(e, ERR_DATA, "\"id\": no incoming message %lld is stored",
		    (long long)row->message);
	touch(cs, stmt_col_int(s, 0));
	again = !stmt_col_null(s, 1);
	stmt_reset(s);
	if (put_class(db, row, e) < 0 || (again && clear_entities(db, row->message, e) < 0) ||
	    put_entities(db, row, e) < 0)
		return -1;
	if (again)
		return label_apply(db, row->message, e);
	rule_use_note(&cs->use, row->hits, row->n_hits);
	return 0;
}

int
class_sum_up(struct db *db, int64_t ticket, struct err *e)
{
	struct stmt *s = db_stmt(db, &CLASS_OF_TICKET, e);
	struct class_sum sum = { "", "", "", "" };
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", ticket);
	while ((got = stmt_step(s, e)) > 0)
		class_sum_add(&sum, stmt_col_text(s, 0), stmt_col_text(s, 1),
		    stmt_col_text(s, 2), stmt_col_text(s, 3));
	if (got < 0)
		return -1;
	return ticket_set_labels(db, ticket, *sum.type ? sum.type : NULL,
	    *sum.area ? sum.area : NULL, *sum.urgency ? sum.urgency : NULL,
	    *sum.sentiment ? sum.sentiment : NULL, e);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int
class_store_end(struct class_store *cs, struct db *db, struct err *e)
{
	size_t i;

	qsort(cs->tickets, cs->n, sizeof(*cs->tickets), by_number);
	for (i = 0; i < cs->n; i++)
		if ((i == 0 || cs->tickets[i] != cs->tickets[i - 1]) &&
		    class_sum_up(db, cs->tickets[i], e) < 0)
			return -1;
	cs->n = 0;
	return rule_use_store(&cs->use, db, cs->now, e);
}

void
class_store_release(struct class_store *cs)
{
	free(cs->tickets);
	rule_use_release(&cs->use);
	*cs = (struct class_store){ .tickets = NULL };
}

static void
row_to_rec(const struct class_pending *p, const struct stmt *s, struct rec *r)
{
	struct node *n = node_object();
	char at[TM_SIZE];

	node_set_text(n, "kind", "message");
	node_set_int(n, "id", stmt_col_int(s, 0));
	if (!stmt_col_null(s, 1))
		node_set_int(n, "ticket", stmt_col_int(s, 1));
	if (!stmt_col_null(s, 2))
		node_set_int(n, "customer", stmt_col_int(s, 2));
	node_set_text(n, "channel", stmt_col_text(s, 3));
	node_set_text(n, "account", stmt_col_text(s, 4));
	node_set_text(n, "external_id", stmt_col_text(s, 5));
	node_set_text(n, "direction", "in");
	node_set_text(n, "at", tm_format(stmt_col_int(s, 6), p->zone, at));
	if (!stmt_col_null(s, 7))
		node_set_text(n, "subject", stmt_col_text(s, 7));
	node_set_text(n, "text", stmt_col_text(s, 8));
	*r = (struct rec)REC_INIT;
	rec_from_node(r, n);
}

static int
read_page(struct class_pending *p, struct err *e)
{
	struct stmt *s = db_stmt(p->db, &CLASS_PENDING, e);
	int got;

	if (s == NULL)
		return -1;
	if (p->page == NULL)
		p->page = xcalloc(PAGE, sizeof(*p->page));
	p->n = p->at = 0;
	stmt_int(s, ":after", p->after);
	stmt_int(s, ":page", PAGE);
	while ((got = stmt_step(s, e)) > 0) {
		p->after = stmt_col_int(s, 0);
		row_to_rec(p, s, &p->page[p->n++]);
	}
	return got;
}

int
class_pending_next(struct class_pending *p, struct rec *r, struct err *e)
{
	if (p->at == p->n && read_page(p, e) < 0)
		return -1;
	if (p->at == p->n)
		return 0;
	rec_move(r, &p->page[p->at++]);
	return 1;
}

void
class_pending_release(struct class_pending *p)
{
	for (; p->at < p->n; p->at++)
		rec_release(&p->page[p->at]);
	free(p->page);
	p->page = NULL;
}
