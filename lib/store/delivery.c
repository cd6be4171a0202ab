/* delivery - what became of each try to send */
#include "store/delivery.h"

DB_SQL(DELIVERY_ADD, "INSERT INTO delivery (outbox, attempt, transport, at, result, code, "
    "detail) VALUES (:outbox, :attempt, :transport, :at, :result, :code, :detail)");

int
delivery_add(struct db *db, const struct delivery *d, struct err *e)
{
	struct stmt *s = db_stmt(db, &DELIVERY_ADD, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":outbox", d->outbox);
	stmt_int(s, ":attempt", d->attempt);
	stmt_text(s, ":transport", d->transport);
	stmt_int(s, ":at", d->at);
	stmt_int(s, ":result", d->result);
	stmt_id(s, ":code", d->code);
	stmt_text(s, ":detail", d->detail);
	return stmt_run(s, e);
}
