/* answer_pending - classified messages that csr-answer has not looked at yet */
#include <stdlib.h>

#include "base/mem.h"
#include "store/answer.h"
#include "time/tm.h"

DB_SQL(ANSWER_PENDING, "SELECT m.id, m.ticket, m.customer, a.channel, a.name, m.external_id, "
    "m.at, m.subject, m.text, c.type, c.area, c.urgency, c.sentiment FROM message AS m "
    "JOIN class AS c ON c.message = m.id JOIN account AS a ON a.id = m.account "
    "WHERE m.id > :after AND m.direction = 1 AND m.automatic = 0 AND m.ticket IS NOT NULL "
    "AND m.at > :since AND NOT EXISTS (SELECT 1 FROM answer AS w WHERE w.message = m.id) "
    "ORDER BY m.id LIMIT :page");

enum { PAGE = 500 };

static void
put_text(struct node *n, const char *key, const struct stmt *s, int col)
{
	if (!stmt_col_null(s, col))
		node_set_text(n, key, stmt_col_text(s, col));
}

static void
row_to_rec(const struct answer_pending *p, const struct stmt *s, struct rec *r)
{
	struct node *n = node_object(), *class = node_object();
	char at[TM_SIZE];

	node_set_text(n, "kind", "message");
	node_set_int(n, "id", stmt_col_int(s, 0));
	node_set_int(n, "ticket", stmt_col_int(s, 1));
	if (!stmt_col_null(s, 2))
		node_set_int(n, "customer", stmt_col_int(s, 2));
	put_text(n, "channel", s, 3);
	put_text(n, "account", s, 4);
	put_text(n, "external_id", s, 5);
	node_set_text(n, "direction", "in");
	node_set_text(n, "at", tm_format(stmt_col_int(s, 6), p->zone, at));
	put_text(n, "subject", s, 7);
	put_text(n, "text", s, 8);
	put_text(class, "type", s, 9);
	put_text(class, "area", s, 10);
	put_text(class, "urgency", s, 11);
	put_text(class, "sentiment", s, 12);
	node_set(n, "class", class);
	*r = (struct rec)REC_INIT;
	rec_from_node(r, n);
}

static int
read_page(struct answer_pending *p, struct err *e)
{
	struct stmt *s = db_stmt(p->db, &ANSWER_PENDING, e);
	int got;

	if (s == NULL)
		return -1;
	if (p->page == NULL)
		p->page = xcalloc(PAGE, sizeof(*p->page));
	p->n = p->at = 0;
	stmt_int(s, ":after", p->after);
	stmt_int(s, ":since", p->since_at);
	stmt_int(s, ":page", PAGE);
	while ((got = stmt_step(s, e)) > 0) {
		p->after = stmt_col_int(s, 0);
		row_to_rec(p, s, &p->page[p->n++]);
	}
	return got;
}

int
answer_pending_next(struct answer_pending *p, struct rec *r, struct err *e)
{
	if (p->at == p->n && read_page(p, e) < 0)
		return -1;
	if (p->at == p->n)
		return 0;
	rec_move(r, &p->page[p->at++]);
	return 1;
}

void
answer_pending_release(struct answer_pending *p)
{
	for (; p->at < p->n; p->at++)
		rec_release(&p->page[p->at]);
	free(p->page);
	p->page = NULL;
}
