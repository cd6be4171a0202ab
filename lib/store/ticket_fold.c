/* ticket_fold - a ticket's summary, computed again from its messages and events */
#include <stdio.h>
#include <string.h>

#include "store/db_rows.h"
#include "store/ticket.h"
#include "store/ticket_row.h"

/* A message's step depends on events it caused: thanks, reopened, recalled.  A call of ours
 * that reached nobody (its outcome is not 1, answered, or 8) tells the customer as little
 * as a note does. */
DB_SQL(FOLD_STEPS,
    "SELECT m.at AS at, 0 AS class, m.id AS id, "
    "CASE WHEN m.direction = 2 AND c.outcome NOT IN (1, 8) THEN 3 ELSE m.direction END "
    "AS direction, m.automatic AS automatic, m.agent AS agent, e.name AS name, "
    "NULL AS value "
    "FROM message AS m LEFT JOIN event AS e ON e.message = m.id AND e.ticket = :ticket "
    "AND e.name IN ('ticket.thanks', 'ticket.reopened', 'message.recalled') "
    "LEFT JOIN call AS c ON c.message = m.id "
    "WHERE m.ticket = :ticket "
    "UNION ALL "
    "SELECT c.answered_at, 1, c.message, NULL, NULL, c.agent, 'call.answered', NULL "
    "FROM message AS m JOIN call AS c ON c.message = m.id "
    "WHERE m.ticket = :ticket AND m.direction = 1 AND c.answered_at IS NOT NULL "
    "UNION ALL "
    "SELECT e.at, 2, e.id, NULL, NULL, a.id, e.name, e.value "
    "FROM event AS e LEFT JOIN agent AS a ON a.code = e.actor "
    "WHERE e.ticket = :ticket AND (e.name IN ('ticket.status', 'ticket.answered') "
    "OR (e.name = 'ticket.merged' AND NOT EXISTS (SELECT 1 FROM event AS u "
    "WHERE u.ticket = :ticket AND u.id > e.id "
    "AND u.name IN ('ticket.merged', 'ticket.unmerged')))) "
    "ORDER BY at, class, id");
DB_SQL(FOLD_OPENED, "SELECT opened_at FROM ticket WHERE id = :id");
#define SUM_COLUMNS "cycle = :cycle, reopens = :reopens, messages_in = :messages_in, " \
	"messages_out = :messages_out, first_in_at = :first_in_at, " \
	"first_response_at = :first_response_at, last_in_at = :last_in_at, " \
	"last_out_at = :last_out_at, waiting_since_at = :waiting_since_at, " \
	"first_resolved_at = :first_resolved_at, resolved_at = :resolved_at, " \
	"last_at = :last_at, event_at = :event_at"
/* Naming a column of an index or a foreign key costs a lookup each, changed or not. */
DB_SQL(TICKET_SUM_SAME, "UPDATE ticket SET " SUM_COLUMNS " WHERE id = :id");
DB_SQL(TICKET_SUM, "UPDATE ticket SET " SUM_COLUMNS ", opened_at = :opened_at, "
    "status = :status, first_response_agent = :first_response_agent WHERE id = :id");
DB_SQL(TICKET_ADD, "INSERT INTO ticket (id, account, thread, external_id, customer, "
    "follows, related, subject, opened_at, status, cycle, reopens, messages_in, "
    "messages_out, first_in_at, first_response_at, first_response_agent, last_in_at, "
    "last_out_at, waiting_since_at, first_resolved_at, resolved_at, last_at, event_at) "
    "SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, "
    "c17, c18, c19, c20, c21, c22, c23 FROM csr_rows");
DB_SQL(TICKETS_AFTER, "SELECT " TICKET_COLUMNS " FROM ticket AS t WHERE t.id > :after "
    "ORDER BY t.id LIMIT 1");

void
ticket_read_row(struct stmt *s, struct ticket *k)
{
	memset(k, 0, sizeof(*k));
	k->id = stmt_col_int(s, 0);
	k->account = stmt_col_int(s, 1);
	k->thread = stmt_col_int(s, 2);
	k->customer = stmt_col_int(s, 3);
	k->follows = stmt_col_int(s, 4);
	k->related = stmt_col_int(s, 5);
	k->sum.opened_at = stmt_col_int(s, 6);
	k->sum.status = (enum ticket_status)stmt_col_int(s, 7);
	k->sum.cycle = stmt_col_int(s, 8);
	k->sum.reopens = stmt_col_int(s, 9);
	k->sum.messages_in = stmt_col_int(s, 10);
	k->sum.messages_out = stmt_col_int(s, 11);
	k->sum.first_in_at = stmt_col_int(s, 12);
	k->sum.first_response_at = stmt_col_int(s, 13);
	k->sum.first_response_agent = stmt_col_int(s, 14);
	k->sum.last_in_at = stmt_col_int(s, 15);
	k->sum.last_out_at = stmt_col_int(s, 16);
	k->sum.waiting_since_at = stmt_col_int(s, 17);
	k->sum.first_resolved_at = stmt_col_int(s, 18);
	k->sum.resolved_at = stmt_col_int(s, 19);
	k->sum.last_at = stmt_col_int(s, 20);
	k->sum.event_at = stmt_col_int(s, 21);
	k->merged = stmt_col_int(s, 22);
	k->sum.merged = k->merged != 0;
	k->stored = k->sum;
	k->made = true;
}

static void
fill(void *ctx, size_t i, struct db_cell *c)
{
	const struct ticket *k = ((struct ticket *const *)ctx)[i];
	const struct ticket_sum *s = &k->sum;

	c[0] = cell_int(k->id);
	c[1] = cell_int(k->account);
	c[2] = cell_int(k->thread);
	c[3] = cell_text(k->external_id);
	c[4] = cell_id(k->customer);
	c[5] = cell_id(k->follows);
	c[6] = cell_id(k->related);
	c[7] = cell_text(k->subject);
	c[8] = cell_int(s->opened_at);
	c[9] = cell_int(s->status);
	c[10] = cell_int(s->cycle);
	c[11] = cell_int(s->reopens);
	c[12] = cell_int(s->messages_in);
	c[13] = cell_int(s->messages_out);
	c[14] = cell_id(s->first_in_at);
	c[15] = cell_id(s->first_response_at);
	c[16] = cell_id(s->first_response_agent);
	c[17] = cell_id(s->last_in_at);
	c[18] = cell_id(s->last_out_at);
	c[19] = cell_id(s->waiting_since_at);
	c[20] = cell_id(s->first_resolved_at);
	c[21] = cell_id(s->resolved_at);
	c[22] = cell_id(s->last_at);
	c[23] = cell_id(s->event_at);
}

int
ticket_add_rows(struct db *db, struct ticket *const *v, size_t n, struct err *e)
{
	return db_insert_rows(db, &TICKET_ADD, n, fill, (void *)(uintptr_t)v, e);
}

int
ticket_write_sum(struct db *db, int64_t id, const struct ticket_sum *sum,
    const struct ticket_sum *was, struct err *e)
{
	bool same = was != NULL && was->status == sum->status &&
	    was->opened_at == sum->opened_at &&
	    was->first_response_agent == sum->first_response_agent;
	struct stmt *s = db_stmt_early(db, same ? &TICKET_SUM_SAME : &TICKET_SUM, e);

	if (s == NULL)
		return -1;
	stmt_int(s, ":cycle", sum->cycle);
	stmt_int(s, ":reopens", sum->reopens);
	stmt_int(s, ":messages_in", sum->messages_in);
	stmt_int(s, ":messages_out", sum->messages_out);
	stmt_id(s, ":first_in_at", sum->first_in_at);
	stmt_id(s, ":first_response_at", sum->first_response_at);
	stmt_id(s, ":last_in_at", sum->last_in_at);
	stmt_id(s, ":last_out_at", sum->last_out_at);
	stmt_id(s, ":waiting_since_at", sum->waiting_since_at);
	stmt_id(s, ":first_resolved_at", sum->first_resolved_at);
	stmt_id(s, ":resolved_at", sum->resolved_at);
	stmt_id(s, ":last_at", sum->last_at);
	stmt_id(s, ":event_at", sum->event_at);
	if (!same) {
		stmt_int(s, ":opened_at", sum->opened_at);
		stmt_int(s, ":status", sum->status);
		stmt_id(s, ":first_response_agent", sum->first_response_agent);
	}
	stmt_int(s, ":id", id);
	return stmt_run(s, e);
}

/* What the row of FOLD_STEPS means as a step. */
static void
read_message(struct stmt *s, struct step *step)
{
	const char *name = stmt_col_text(s, 6);
	int64_t direction = stmt_col_int(s, 3);

	step->agent = stmt_col_int(s, 5);
	if (stmt_col_int(s, 4) != 0 || direction == 3 ||
	    (name != NULL && strcmp(name, "message.recalled") == 0))
		step->kind = STEP_SILENT;
	else if (direction == 2)
		step->kind = STEP_OUT;
	else if (name != NULL && strcmp(name, "ticket.thanks") == 0)
		step->kind = STEP_THANKS;
	else
		step->kind = STEP_IN;
}

static void
read_event(struct stmt *s, struct step *step)
{
	const char *name = stmt_col_text(s, 6);

	if (strcmp(name, "ticket.status") == 0) {
		step->kind = STEP_STATUS;
		step->status = ticket_status_parse(stmt_col_text(s, 7));
	} else if (strcmp(name, "ticket.merged") == 0) {
		step->kind = STEP_MERGED;
	} else {
		step->kind = STEP_ANSWERED;
		step->agent = stmt_col_int(s, 5);
	}
}

/* A recalled message that had reopened the ticket gives two rows: it counts once, as
 * recalled. */
static bool
same_message(const struct step *held, int64_t held_id, const struct step *step, int64_t id)
{
	return held_id == id && held->kind <= STEP_SILENT && step->kind <= STEP_SILENT;
}

int
ticket_steps(struct db *db, int64_t id, void (*fn)(void *ctx, const struct step *step),
    void *ctx, struct err *e)
{
	struct step held = { .kind = STEP_SILENT }, step;
	int64_t held_id = 0, row_id;
	struct stmt *s = db_stmt(db, &FOLD_STEPS, e);
	int got;

	if (s == NULL)
		return -1;
	stmt_int(s, ":ticket", id);
	while ((got = stmt_step(s, e)) > 0) {
		step = (struct step){ .at = stmt_col_int(s, 0) };
		row_id = stmt_col_int(s, 2);
		if (stmt_col_int(s, 1) == 0)
			read_message(s, &step);
		else
			read_event(s, &step);
		if (held_id != 0 && same_message(&held, held_id, &step, row_id)) {
			if (step.kind == STEP_SILENT)
				held.kind = STEP_SILENT;
			continue;
		}
		if (held_id != 0)
			fn(ctx, &held);
		held = step;
		held_id = row_id;
	}
	if (held_id != 0)
		fn(ctx, &held);
	return got;
}

static void
fold_step(void *ctx, const struct step *step)
{
	ticket_sum_add(ctx, step);
}

int
ticket_fold(struct db *db, int64_t id, struct ticket_sum *sum, struct err *e)
{
	struct stmt *s;
	int64_t opened = 0;
	int got;

	ticket_sum_init(sum);
	if (ticket_steps(db, id, fold_step, sum, e) < 0)
		return -1;
	if (sum->opened_at != 0)
		return 0;
	/* Nothing happened to it yet: it keeps the time it was made with. */
	if ((s = db_stmt(db, &FOLD_OPENED, e)) == NULL)
		return -1;
	stmt_int(s, ":id", id);
	got = stmt_one(s, &opened, e);
	sum->opened_at = opened;
	return got < 0 ? -1 : 0;
}

int
tickets_check(struct db *db, bool fix,
    void (*fn)(void *ctx, int64_t ticket, const char *what), void *ctx, struct err *e)
{
	struct ticket k = { .id = 0 };
	struct ticket_sum want;

	for (;;) {
		struct stmt *s = db_stmt(db, &TICKETS_AFTER, e);
		int got;

		if (s == NULL)
			return -1;
		stmt_int(s, ":after", k.id);
		if ((got = stmt_step(s, e)) <= 0)
			return got;
		ticket_read_row(s, &k);
		stmt_reset(s);
		if (ticket_fold(db, k.id, &want, e) < 0)
			return -1;
		if (ticket_sum_equal(&want, &k.sum))
			continue;
		if (fn != NULL)
			fn(ctx, k.id, "its summary differs from its messages and events");
		if (fix && ticket_write_sum(db, k.id, &want, NULL, e) < 0)
			return -1;
	}
}
