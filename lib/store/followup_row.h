/* followup_row - the rows of the table followup; for followup_*.c only.
 *
 * The one file that reads and writes them; what is decided about them is elsewhere.
 */
#ifndef CSR_FOLLOWUP_ROW_H
#define CSR_FOLLOWUP_ROW_H

#include "store/agenda.h"

enum { FOLLOWUP_SHARE = 1000 };		/* rows a transaction */

struct followup_row {
	int64_t id, ticket, cycle, step, from_at, due_at;
	int64_t outbox;		/* 0: none */
	const char *plan;
	const char *key;	/* of the outbox row, NULL: none */
	int64_t not_before_at;	/* of it */
};

/* A share of rows, read before any of them is changed. */
struct followup_rows {
	struct followup_row v[FOLLOWUP_SHARE];
	size_t n;
	struct arena text;
};
struct followup_rows *followup_rows_new(void);
void followup_rows_free(struct followup_rows *rows);

/* Each fills ROWS with the next share. */
/* ... that wait, by id, behind AFTER_ID */
int followup_waiting(struct db *db, int64_t after_id, struct followup_rows *rows,
    struct err *e);
/* ... that are due and not later than LATE, by time, behind (AFTER_AT, AFTER_ID) */
int followup_take_due(struct agenda *a, struct followup_rows *rows, struct err *e);
/* ... whose message waits for its hour while something happened to the ticket */
int followup_take_stopped(struct agenda *a, struct followup_rows *rows, struct err *e);

/* Adds step 1; what has not been sent yet starts anew from a later answer. */
int followup_first(struct db *db, const struct followup_row *r, struct err *e);
/* Adds a further step. */
int followup_next(struct db *db, const struct followup_row *r, struct err *e);
int followup_move(struct db *db, int64_t id, int64_t due_at, struct err *e);
/* It was queued as OUTBOX, or SKIPPED says why not. */
int followup_done(struct db *db, int64_t id, int64_t at, int64_t outbox,
    const char *skipped, struct err *e);
int followup_drop(struct db *db, int64_t id, struct err *e);

#endif
