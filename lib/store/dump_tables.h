/* dump_tables - how each table is read out and filled again.  Shared by dump*.c only. */
#ifndef CSR_DUMP_TABLES_H
#define CSR_DUMP_TABLES_H

#include "store/db.h"

struct dumped {
	const char *name;	/* of the table */
	const struct db_sql *all;	/* its rows, in order */
	const struct db_sql *one;	/* the row with a key */
	const struct db_sql *put;	/* one row in, unless its key is taken */
};

/* Ended by a NULL name. */
extern const struct dumped dump_tables[];

#endif
