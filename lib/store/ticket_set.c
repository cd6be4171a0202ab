/* ticket_set - single columns of a ticket, for the programs that decide them */
#include "store/ticket.h"

DB_SQL(TICKET_LABELS, "UPDATE ticket SET type = :type, area = :area, urgency = :urgency, "
    "sentiment = :sentiment WHERE id = :id");
DB_SQL(TICKET_ROUTE, "UPDATE ticket SET queue = :queue, agent = :agent, "
    "priority = :priority, routed_at = :routed_at WHERE id = :id");
DB_SQL(TICKET_CSAT, "UPDATE ticket SET csat = :csat WHERE id = :id");
DB_SQL(TICKET_MERGED, "UPDATE ticket SET merged = :merged WHERE id = :id");
DB_SQL(TICKET_OUTCOME, "UPDATE ticket SET cause = :cause, outcome = :outcome "
    "WHERE id = :id");

int
ticket_set_labels(struct db *db, int64_t ticket, const char *type, const char *area,
    const char *urgency, const char *sentiment, struct err *e)
{
	struct stmt *s = db_stmt(db, &TICKET_LABELS, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":type", type);
	stmt_text(s, ":area", area);
	stmt_text(s, ":urgency", urgency);
	stmt_text(s, ":sentiment", sentiment);
	stmt_int(s, ":id", ticket);
	return stmt_run(s, e);
}

int
ticket_set_route(struct db *db, int64_t ticket, const char *queue, int64_t agent,
    int64_t priority, int64_t routed_at, struct err *e)
{
	struct stmt *s = db_stmt(db, &TICKET_ROUTE, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":queue", queue);
	stmt_id(s, ":agent", agent);
	stmt_id(s, ":priority", priority);
	stmt_id(s, ":routed_at", routed_at);
	stmt_int(s, ":id", ticket);
	return stmt_run(s, e);
}

int
ticket_set_csat(struct db *db, int64_t ticket, int64_t score, struct err *e)
{
	struct stmt *s = db_stmt(db, &TICKET_CSAT, e);

	if (s == NULL)
		return -1;
	stmt_id(s, ":csat", score);
	stmt_int(s, ":id", ticket);
	return stmt_run(s, e);
}

int
ticket_set_merged(struct db *db, int64_t ticket, int64_t into, struct err *e)
{
	struct stmt *s = db_stmt(db, &TICKET_MERGED, e);

	if (s == NULL)
		return -1;
	stmt_id(s, ":merged", into);
	stmt_int(s, ":id", ticket);
	return stmt_run(s, e);
}

int
ticket_set_outcome(struct db *db, int64_t ticket, const char *cause, const char *outcome,
    struct err *e)
{
	struct stmt *s = db_stmt(db, &TICKET_OUTCOME, e);

	if (s == NULL)
		return -1;
	stmt_text(s, ":cause", cause);
	stmt_text(s, ":outcome", outcome);
	stmt_int(s, ":id", ticket);
	return stmt_run(s, e);
}
