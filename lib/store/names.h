/* names - small numbers for the names that come again and again.
 *
 * Owns the tables account, agent, source and thread.  Ids are handed out by the writer
 * that holds the write lock, so no round trip is needed to learn them; what is known is
 * cached for the run and forgotten after a rollback.
 */
#ifndef CSR_NAMES_H
#define CSR_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "store/db.h"

struct names {
	struct db *db;
	struct map accounts, agents, threads;	/* name -> id */
	int64_t next_thread;		/* valid within a transaction */
	int64_t source;			/* row of the file being read, 0 before its first row */
	uint64_t epoch;
};

void names_init(struct names *n, struct db *db);
void names_release(struct names *n);
/* At the start of each write transaction. */
int names_begin(struct names *n, struct err *e);

/* The id, made if there was none; -1 on error. NULL names are "". */
int64_t names_account(struct names *n, const char *channel, const char *name,
    struct err *e);
/* CODE as the source writes it; NAME fills an empty one in. 0 for a NULL code. */
int64_t names_agent(struct names *n, const char *code, const char *name, struct err *e);
int64_t names_thread(struct names *n, int64_t account, const char *name, bool grouped,
    struct err *e);
/* The same for a conversation that is there already; 0 if none is. */
int64_t names_thread_known(struct names *n, int64_t account, const char *name,
    struct err *e);
/* A new row for each file read; -1 on error. */
int64_t names_source(struct names *n, const char *name, const char *format, int64_t at,
    struct err *e);

/* The highest id in use plus one, by a "SELECT coalesce(max(id), 0) + 1" statement. */
int names_next(struct db *db, const struct db_sql *sql, int64_t *next, struct err *e);

#endif
