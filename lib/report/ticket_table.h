/* ticket_table - lists of tickets and of tasks as people and programs read them */
#ifndef CSR_TICKET_TABLE_H
#define CSR_TICKET_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/table.h"
#include "report/ticket_query.h"

struct ticket_show {
	enum table_format form;
	bool ids;		/* numbers only, one a line */
	const struct zone *zone;
	struct buf *out;
};

/* The first N of what L has found; FLUSH is called as text gathers and at the end. */
int ticket_table(struct ticket_query *l, size_t n, const struct ticket_show *w,
    void (*flush)(struct buf *out), struct err *e);
/* The tasks of TICKET (0: of all), open ones unless ALL, of QUEUE (NULL: of all). */
int task_table(struct db *db, int64_t ticket, const char *queue, bool all,
    const struct ticket_show *w, int64_t now, struct err *e);

#endif
