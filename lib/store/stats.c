/* stats - how much the database holds */
#include <sys/stat.h>

#include "store/stats.h"
#include "time/tm.h"

DB_SQL(STATS_COUNTS, "SELECT (SELECT count(*) FROM customer WHERE id = root) AS customers, "
    "(SELECT count(*) FROM identity) AS identities, "
    "(SELECT count(*) FROM link WHERE unlinked_at IS NULL) AS links, "
    "(SELECT count(*) FROM conflict) AS conflicts, "
    "(SELECT count(*) FROM ticket) AS tickets, "
    "(SELECT count(*) FROM ticket WHERE status < 3) AS open_tickets, "
    "(SELECT count(*) FROM message) AS messages, "
    "(SELECT count(*) FROM message WHERE ticket IS NULL) AS messages_without_ticket, "
    "(SELECT count(*) FROM class) AS classified, "
    "(SELECT count(*) FROM orders) AS orders, "
    "(SELECT count(*) FROM event) AS events, "
    "(SELECT count(*) FROM clock) AS clocks, "
    "(SELECT count(*) FROM outbox) AS outbox, "
    "(SELECT count(*) FROM outbox WHERE state < 3) AS outbox_waiting, "
    "(SELECT count(*) FROM survey) AS surveys, "
    "(SELECT count(*) FROM response) AS responses");
DB_SQL(STATS_SPAN, "SELECT min(at), max(at) FROM message");

static int
counts(struct db *db, struct node *o, struct err *e)
{
	struct stmt *s = db_stmt(db, &STATS_COUNTS, e);
	int i;

	if (s == NULL || stmt_step(s, e) < 0)
		return -1;
	for (i = 0; i < stmt_cols(s); i++)
		node_set_int(o, stmt_col_name(s, i), stmt_col_int(s, i));
	stmt_reset(s);
	return 0;
}

static int
span(struct db *db, struct node *o, struct err *e)
{
	struct stmt *s = db_stmt(db, &STATS_SPAN, e);
	char text[TM_SIZE];

	if (s == NULL || stmt_step(s, e) < 0)
		return -1;
	if (!stmt_col_null(s, 0)) {
		node_set_text(o, "first_message_at", tm_format(stmt_col_int(s, 0), NULL, text));
		node_set_text(o, "last_message_at", tm_format(stmt_col_int(s, 1), NULL, text));
	}
	stmt_reset(s);
	return 0;
}

int
stats_all(struct db *db, struct node **o, struct err *e)
{
	struct stat st;

	*o = node_object();
	node_set_text(*o, "database", db_path(db));
	node_set_int(*o, "schema", db_schema_version(db));
	node_set_text(*o, "sqlite", db_engine_version());
	if (stat(db_path(db), &st) == 0)
		node_set_int(*o, "bytes", st.st_size);
	return counts(db, *o, e) < 0 || span(db, *o, e) < 0 ? -1 : 0;
}
