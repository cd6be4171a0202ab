/* person_ticket - a person's tickets, how they sound, how content they said they were */
#include <string.h>

#include "desk/mood.h"
#include "desk/ticket.h"
#include "store/person_private.h"

DB_SQL(TICKETS_COUNT, "SELECT count(*), coalesce(sum(t.reopens), 0), "
    "sum(CASE WHEN t.type = 'complaint' THEN 1 ELSE 0 END), max(t.last_at) "
    "FROM customer AS c JOIN ticket AS t ON t.customer = c.id WHERE c.root = :root");
DB_SQL(TICKETS_OPEN, "SELECT t.id, a.channel, coalesce(t.subject, (SELECT substr(m.text, 1, "
    "200) FROM message AS m WHERE m.id = (SELECT min(f.id) FROM message AS f "
    "WHERE f.ticket = t.id AND f.direction = 1))), "
    "t.opened_at, t.status, t.type, t.area, t.urgency, "
    "t.sentiment, t.queue, g.code, t.priority, t.waiting_since_at "
    "FROM customer AS c JOIN ticket AS t ON t.customer = c.id AND t.status < 3 "
    "JOIN account AS a ON a.id = t.account LEFT JOIN agent AS g ON g.id = t.agent "
    "WHERE c.root = :root ORDER BY t.opened_at, t.id");
DB_SQL(MOOD_OF, "SELECT k.sentiment FROM customer AS c "
    "JOIN ticket AS t ON t.customer = c.id JOIN message AS m ON m.ticket = t.id "
    "AND m.direction = 1 JOIN class AS k ON k.message = m.id WHERE c.root = :root "
    "ORDER BY m.at DESC, m.id DESC LIMIT :n");
DB_SQL(SCORES_OF, "SELECT r.form, count(r.score), cast(avg(r.score) AS DOUBLE PRECISION), "
    "max(r.answered_at) FROM customer AS c JOIN response AS r ON r.customer = c.id "
    "WHERE c.root = :root AND r.score IS NOT NULL GROUP BY r.form ORDER BY r.form");

static struct node *
ticket_node(const struct person_ask *ask, const struct stmt *s)
{
	static const char *const keys[] = { "type", "area", "urgency", "sentiment", "queue",
		"agent" };
	struct node *o = node_object();
	int i;

	node_set_int(o, "ticket", stmt_col_int(s, 0));
	person_set(o, "channel", stmt_col_text(s, 1));
	person_set(o, "subject", stmt_col_text(s, 2));
	person_set_at(ask, o, "opened_at", stmt_col_int(s, 3));
	node_set_text(o, "status",
	    ticket_status_name((enum ticket_status)stmt_col_int(s, 4)));
	for (i = 0; i < 6; i++)
		person_set(o, keys[i], stmt_col_text(s, 5 + i));
	if (!stmt_col_null(s, 11))
		node_set_int(o, "priority", stmt_col_int(s, 11));
	person_set_at(ask, o, "waiting_since", stmt_col_int(s, 12));
	return o;
}

int
person_add_tickets(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &TICKETS_COUNT, e);
	struct node *o;
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":root", root);
	if ((got = stmt_step(s, e)) < 0)
		return -1;
	if (got > 0 && stmt_col_int(s, 0) > 0) {
		o = node_object();
		node_set_int(o, "n", stmt_col_int(s, 0));
		node_set_int(o, "reopens", stmt_col_int(s, 1));
		node_set_int(o, "complaints", stmt_col_int(s, 2));
		person_set_at(ask, o, "last_at", stmt_col_int(s, 3));
		node_set(page, "tickets", o);
	}
	stmt_reset(s);
	return person_rows(ask, &TICKETS_OPEN, root, ticket_node, page, "open", e);
}

static int
add_scores(const struct person_ask *ask, int64_t root, struct node *page, struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &SCORES_OF, e);
	struct node *list;
	int got;

	if (s == NULL)
		return -1;
	list = node_array();
	stmt_int(s, ":root", root);
	while ((got = stmt_step(s, e)) > 0) {
		struct node *o = node_object();

		node_set_text(o, "form", stmt_col_text(s, 0));
		node_set_int(o, "n", stmt_col_int(s, 1));
		node_set_real(o, "mean", stmt_col_real(s, 2));
		person_set_at(ask, o, "last_at", stmt_col_int(s, 3));
		node_push(list, o);
	}
	if (node_len(list) > 0)
		node_set(page, "scores", list);
	else
		node_free(list);
	return got;
}

int
person_add_mood(const struct person_ask *ask, int64_t root, struct node *page,
    struct err *e)
{
	struct stmt *s = db_stmt(ask->db, &MOOD_OF, e);
	int scores[MOOD_LAST + MOOD_BEFORE], got;
	struct node *o, *last;
	size_t n = 0;

	if (s == NULL)
		return -1;
	last = node_array();
	stmt_int(s, ":root", root);
	stmt_int(s, ":n", MOOD_LAST + MOOD_BEFORE);
	while ((got = stmt_step(s, e)) > 0)
		if (mood_score(stmt_col_text(s, 0), &scores[n])) {
			n++;
			node_push_text(last, stmt_col_text(s, 0));
		}
	if (got < 0 || n == 0) {
		node_free(last);
		return got < 0 ? -1 : add_scores(ask, root, page, e);
	}
	o = node_object();
	person_set(o, "trend", mood_trend_name(mood_trend(scores, n)));
	node_set(o, "latest_first", last);
	node_set(page, "mood", o);
	return add_scores(ask, root, page, e);
}
