/* outbox_view - the outbox as people look at it */
#include <string.h>

#include "desk/gate.h"
#include "report/outbox_view.h"

DB_SQL(VIEW_STATUS, "SELECT state, channel, kind, count(*), min(not_before_at) FROM outbox "
    "GROUP BY state, channel, kind ORDER BY state, channel, kind");
DB_SQL(VIEW_ROWS, "SELECT o.id, o.state, o.kind, o.channel, o.recipient, o.ticket, "
    "o.attempts, o.not_before_at, (SELECT d.detail FROM delivery AS d WHERE d.outbox = o.id "
    "ORDER BY d.id DESC LIMIT 1) FROM outbox AS o WHERE o.state = :state OR :state = 0 "
    "ORDER BY o.id DESC");
DB_SQL(VIEW_TRIES, "SELECT attempt, at, transport, result, code, detail FROM delivery "
    "WHERE outbox = :id ORDER BY id");

static const char *const states[] = { "any", "queued", "sending", "sent", "failed",
	"withdrawn" };

static struct cell
int_or_null(struct stmt *s, int i)
{
	return stmt_col_null(s, i) ? cell_null() : cell_int(stmt_col_int(s, i));
}

int
outbox_status(struct db *db, struct table *t, struct err *e)
{
	static const struct column cols[] = { { "state", COL_TEXT, 0 }, { "channel", COL_TEXT, 0 },
		{ "purpose", COL_TEXT, 0 }, { "n", COL_INT, 0 }, { "first_due", COL_TIME, 0 } };
	struct stmt *s = db_stmt(db, &VIEW_STATUS, e);
	int got;

	if (s == NULL)
		return -1;
	table_open(t, cols, 5);
	while ((got = stmt_step(s, e)) > 0)
		table_row(t, (struct cell[]){ cell_text(states[stmt_col_int(s, 0)]),
		    cell_text(stmt_col_text(s, 1)), cell_text(stmt_col_text(s, 2)),
		    cell_int(stmt_col_int(s, 3)), stmt_col_int(s, 0) < 3 ?
		    cell_time(stmt_col_int(s, 4)) : cell_null() });
	table_close(t);
	return got;
}

static int
state_of(const char *name)
{
	int i;

	for (i = 0; i < 6; i++)
		if (strcmp(states[i], name) == 0)
			return i;
	return -1;
}

int
outbox_rows(struct db *db, const char *state, struct table *t, struct err *e)
{
	static const struct column cols[] = { { "outbox", COL_INT, 0 }, { "state", COL_TEXT, 0 },
		{ "purpose", COL_TEXT, 0 }, { "channel", COL_TEXT, 0 }, { "to", COL_TEXT, 0 },
		{ "ticket", COL_INT, 0 }, { "attempts", COL_INT, 0 }, { "due", COL_TIME, 0 },
		{ "why", COL_TEXT, 0 } };
	struct stmt *s = db_stmt(db, &VIEW_ROWS, e);
	int got, number = state_of(state);

	if (s == NULL)
		return -1;
	if (number < 0)
		return err_set(e, ERR_USAGE, "--state %s: not queued, sending, sent, failed, "
		    "withdrawn or any", state);
	stmt_int(s, ":state", number);
	table_open(t, cols, 9);
	while ((got = stmt_step(s, e)) > 0)
		table_row(t, (struct cell[]){ cell_int(stmt_col_int(s, 0)),
		    cell_text(states[stmt_col_int(s, 1)]), cell_text(stmt_col_text(s, 2)),
		    cell_text(stmt_col_text(s, 3)), cell_text(stmt_col_text(s, 4)),
		    int_or_null(s, 5), cell_int(stmt_col_int(s, 6)), cell_time(stmt_col_int(s, 7)),
		    cell_text(stmt_col_text(s, 8)) });
	table_close(t);
	return got;
}

int
outbox_tries(struct db *db, int64_t id, struct table *t, struct err *e)
{
	static const struct column cols[] = { { "attempt", COL_INT, 0 }, { "at", COL_TIME, 0 },
		{ "transport", COL_TEXT, 0 }, { "result", COL_TEXT, 0 }, { "code", COL_INT, 0 },
		{ "why", COL_TEXT, 0 } };
	struct stmt *s = db_stmt(db, &VIEW_TRIES, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":id", id);
	table_open(t, cols, 6);
	while ((got = stmt_step(s, e)) > 0)
		table_row(t, (struct cell[]){ cell_int(stmt_col_int(s, 0)),
		    cell_time(stmt_col_int(s, 1)), cell_text(stmt_col_text(s, 2)),
		    cell_text(delivery_result_name(
		    (enum delivery_result)stmt_col_int(s, 3))), int_or_null(s, 4),
		    cell_text(stmt_col_text(s, 5)) });
	table_close(t);
	return got;
}
