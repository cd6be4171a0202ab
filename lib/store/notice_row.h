/* notice_row - the rows of the table notice; for notice*.c only. */
#ifndef CSR_NOTICE_ROW_H
#define CSR_NOTICE_ROW_H

#include "desk/plan.h"
#include "store/agenda.h"

enum {
	NOTICE_SHARE = 20000,	/* rows a transaction: a storm fits in one */
	NOTICE_LINES = 10	/* tickets a digest names */
};

/* What a run has to tell one queue. */
struct notice_group {
	const char *queue;	/* NULL: none */
	int64_t n, warned, breached;
	bool digest;		/* one message for all of it */
	int64_t outbox;		/* that one's id */
	struct buf lines;	/* its first tickets */
};

/* A clock, and the notice of it that is to be told. */
struct notice {
	int64_t clock, ticket;
	int kind;		/* of the table clock */
	int level;
	const char *calendar;
	struct plan_clock reckoned;	/* cal is found by its name when needed */
	bool stopped;
	/* What notice_due() finds out about it: */
	const struct plan *plan;
	const struct plan_case *chosen;
	const char *queue, *subject;
	struct notice_group *group;	/* NULL: nothing to tell */
};

struct notices {
	struct notice *v;
	size_t n, cap;
	struct arena text;
};
void notices_release(struct notices *n);

/* Appends clocks behind AFTER that run, with the next level to tell: one share. */
int notice_take_new(struct db *db, int64_t after, struct notices *out, struct err *e);
/* Appends what is due, by time: one share. */
int notice_take_due(struct db *db, int64_t now, struct notices *out, struct err *e);

/* The notice of CLOCK and LEVEL is due then, unless it is done. */
int notice_wait(struct db *db, int64_t clock, int level, int64_t due_at, struct err *e);
/* It is done: told as OUTBOX, or SKIPPED says why not. */
int notice_done(struct db *db, int64_t clock, int level, int64_t due_at, int64_t at,
    int64_t outbox, const char *skipped, struct err *e);
int notice_drop(struct db *db, int64_t clock, int level, struct err *e);
int notice_drop_waiting(struct db *db, struct err *e);
/* The highest id of the table clock. */
int notice_newest(struct db *db, int64_t *id, struct err *e);

/* The clock's plan and case in *n, by the ticket in a->matter; false if it has none. */
bool notice_choose(struct agenda *a, struct notice *n);
/* Finds n->reckoned.cal; 78 if there is no such calendar. */
int notice_calendar(struct notice *n, struct err *e);
const char *notice_kind_name(int kind);

#endif
